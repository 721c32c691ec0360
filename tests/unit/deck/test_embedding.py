"""Frames of other files, put in by `![[file]]`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import atelier.deck.embedding
from atelier.app.checking import check
from atelier.app.placing import place
from atelier.canvas.arrange import arrange
from atelier.deck.audience import for_audience
from atelier.deck.contents import Contents
from atelier.deck.loading import load
from atelier.deck.references import drawing_of, links, picture_file
from atelier.foundation.diagnostics import Diagnostic
from atelier.markup.parser import FrameParser

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from atelier.deck.types import Deck

LEGO = """---
lang: fr
theme: chocolat
---
# Lego {#lego}

Des briques.[^1] Voir [le bilan](#bilan) et [AFOL].

![Une brique](brick.svg)

[^1]: Une note.
[AFOL]: #approche

## Approche

Il dit "oui".

## Bilan {#bilan}

Retour à [Lego](#lego).
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect id="bilan" width="16" height="9"/></svg>'


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder / "talk/deck.md"


def put_in(folder: Path, text: str, **files: str) -> Deck:
    """A deck with this text, `files` in a folder `cases` beside its own; `__` stands for a slash."""
    beside = {f"cases/{name.replace('__', '/')}.md": each for name, each in files.items()}
    return load(written(folder, {"talk/deck.md": f"---\nlibrary: ../cases\n---\n{text}", **beside}))


def tree(deck: Deck) -> list[str]:
    return ["  " * frame.depth + frame.id for frame in deck.frames]


def said(deck: Deck) -> list[tuple[str, str, int]]:
    return [(each.code, each.file.name if each.file else "", each.line) for each in deck.diagnostics]


def test_a_file_is_nested_where_its_line_stands(tmp_path: Path) -> None:
    deck = put_in(tmp_path, "# Talk\n\n## Cases\n\nThree.\n\n![[lego]]\n\nMore.\n\n### Own\n\n## End\n", lego=LEGO)
    assert tree(deck) == ["talk", "  cases", "    lego", "      lego-approche", "      lego-bilan", "    own", "  end"]
    assert [frame.index for frame in deck.frames] == list(range(7))
    assert deck.frames[1].children == (2, 5)
    assert deck.frames[1].source.split() == ["Three.", "More."]
    assert deck.diagnostics == ()
    assert [stop.frame for stop in deck.paths[0].stops] == list(range(7))


def test_its_text_is_read_with_what_its_file_defines(tmp_path: Path) -> None:
    deck = put_in(tmp_path, "# Talk\n\n![[lego]]\n", lego=LEGO)
    contents = Contents(deck)
    lego = contents.content(1)
    assert [href for href, _line in links(lego)] == ["#lego-bilan", "#lego-approche"]
    assert [href for href, _line in links(contents.content(3))] == ["#lego"]
    assert "Une note." in repr(lego.blocks[-1])
    assert (deck.lang, deck.frames[1].lang, deck.theme) == ("en", "fr", "")
    assert "«" in repr(contents.content(2).blocks)
    (missing,) = contents.all_diagnostics()
    assert (missing.code, missing.file, missing.line) == ("picture-missing", tmp_path / "cases/lego.md", 9)


@pytest.mark.parametrize(
    ("part", "ids"),
    [
        ("Bilan", ["lego-bilan"]),
        ("bilan", ["lego-bilan"]),
        ("Lego#Bilan", ["lego-bilan"]),
        ("Bilan { bilan}", ["lego-bilan"]),
        ("Lego", ["lego", "lego-approche", "lego-bilan"]),
    ],
)
def test_a_part_of_a_file(part: str, ids: list[str], tmp_path: Path) -> None:
    deck = put_in(tmp_path, f"# Talk\n\n![[lego#{part}]]\n", lego=LEGO)
    assert [frame.id for frame in deck.frames[1:]] == ids
    assert deck.frames[1].depth == 1


def test_equal_headings_are_told_apart_by_those_above(tmp_path: Path) -> None:
    both = "# All\n\n## A\n\n### End\n\nOne.\n\n## B\n\n### End\n\nTwo.\n"
    deck = put_in(tmp_path, "# Talk\n\n![[both#B#End]]\n", both=both)
    assert deck.frames[1].source.strip() == "Two."


def test_a_folder_is_its_deck(tmp_path: Path) -> None:
    deck = put_in(tmp_path, "# Talk\n\n![[study]]\n", study__deck="## One\n\n## Two\n")
    assert tree(deck)[1:] == ["  study", "    study-one", "    study-two"]


def test_a_file_that_is_put_in_twice(tmp_path: Path) -> None:
    text = "# Talk\n\n## A\n\n![[lego]]\n\n## B\n\n![[lego]]\n\n## Lego\n"
    deck = put_in(tmp_path, text, lego=LEGO)
    again = put_in(tmp_path, text.replace("## A", "## Z").replace("## B", "## A").replace("## Z", "## B"), lego=LEGO)
    ids = {frame.id for frame in deck.frames}
    assert len(ids) == len(deck.frames)
    assert {"a-lego", "a-lego-bilan", "b-lego", "b-lego-bilan", "lego"} <= ids
    assert ids == {frame.id for frame in again.frames}
    contents = Contents(deck)
    for name in ("a", "b"):
        frame = deck.frame(f"{name}-lego")
        assert frame is not None
        assert next(href for href, _line in links(contents.content(frame.index))) == f"#{name}-lego-bilan"


def test_stops_and_links_lead_to_what_was_put_in(tmp_path: Path) -> None:
    text = "---\nlibrary: [../cases]\npaths:\n  short: [lego-bilan]\n---\n# Talk\n\n[End](#lego-bilan)\n\n![[lego]]\n"
    deck = load(written(tmp_path, {"talk/deck.md": text, "cases/lego.md": LEGO}))
    assert [deck.frames[stop.frame].id for stop in deck.paths[1].stops] == ["lego-bilan"]
    assert "link-dead" not in [each.code for each in Contents(deck).all_diagnostics()]


def test_files_in_files(tmp_path: Path) -> None:
    inner = "# Inner\n\nTo [outer](#top) and [here](#leaf).\n\n## Leaf {#leaf}\n"
    deck = put_in(tmp_path, "# Talk\n\n![[outer]]\n", outer="# Outer {#top}\n\n![[inner]]\n", inner=inner)
    assert tree(deck)[1:] == ["  outer-top", "    outer-inner", "      outer-inner-leaf"]
    assert [href for href, _line in links(Contents(deck).content(2))] == ["#outer-top", "#outer-inner-leaf"]


def test_pictures_and_drawings_lie_beside_their_own_file(tmp_path: Path) -> None:
    files = {
        "talk/deck.md": "---\nlibrary: ../cases\n---\n# Talk\n\n![b](brick.svg)\n\n![[lego/study]]\n",
        "talk/brick.svg": DRAWING,
        "cases/brick.svg": DRAWING,
        "cases/lego/brick.svg": DRAWING,
        "cases/lego/study.md": "# Study {map=brick.svg}\n\n![b](../brick.svg)\n\n## B {#bilan}\n",
        "secret.svg": DRAWING,
    }
    deck = load(written(tmp_path, files))
    root, study = deck.frames[:2]
    assert picture_file(deck, root, "brick.svg") == tmp_path / "talk/brick.svg"
    assert picture_file(deck, study, "brick.svg") == tmp_path / "cases/lego/brick.svg"
    assert picture_file(deck, study, "../brick.svg") == tmp_path / "cases/brick.svg"
    refused = picture_file(deck, study, "../../secret.svg")
    assert isinstance(refused, Diagnostic)
    assert refused.code == "picture-outside"
    canvas = arrange(deck, load_svg=lambda frame: drawing_of(deck, frame))
    assert [each.code for each in canvas.diagnostics] == []
    assert canvas.places[canvas.place_of[1]].layout == "map"


def test_a_folder_of_the_name_that_is_no_deck_is_not_offered_in_its_own_place(tmp_path: Path) -> None:
    (tmp_path / "talk" / "lego").mkdir(parents=True)
    deck = put_in(tmp_path, "# Talk\n\n![[lego]]\n")
    (found,) = [each for each in deck.diagnostics if each.code == "embed-missing"]
    assert "“lego”" not in found.hint


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("![[nothing]]", "embed-missing"),
        ("![[lego#Nothing]]", "embed-heading"),
        ("![[lego#^block]]", "embed-heading"),
        ("![[deck]]", "embed-cycle"),
        ("![[#Talk]]", "embed-cycle"),
        ("![[#There]]", "embed-cycle"),
        ("![[loop]]", "embed-cycle"),
        ("![[/etc/passwd]]", "embed-outside"),
        ("![[../secret]]", "embed-outside"),
        ("![[linked]]", "embed-outside"),
        ("![[https://example.org/x]]", "embed-outside"),
        (r"![[C:\\secret]]", "embed-outside"),
        ("![[~/secret]]", "embed-outside"),
        ("![[binary]]", "embed-unreadable"),
    ],
)
def test_what_cannot_be_put_in(line: str, code: str, tmp_path: Path) -> None:
    text = f"# Talk\n\n## There\n\nSeen.\n\n{line}\n\n## After\n"
    written(tmp_path, {"secret.md": "# Secret\n", "cases/binary.md": "\0\0", "talk/x": ""})
    (tmp_path / "cases").joinpath("linked.md").symlink_to(tmp_path / "secret.md")
    deck = put_in(tmp_path, text, lego=LEGO, loop="# Loop\n\n![[middle]]\n", middle="# Middle\n\n![[loop]]\n")
    assert code in [each.code for each in deck.diagnostics]
    assert all(each.hint for each in deck.diagnostics)
    assert {"talk", "there", "after"} <= {frame.id for frame in deck.frames}
    assert "Secret" not in repr(deck.frames)
    if code != "embed-cycle" or "loop" not in line:
        assert [each for each in said(deck) if each[0] == code] == [(code, "deck.md", 10)]
        assert "![[" not in deck.frames[1].source
        assert "is not shown here" in deck.frames[1].source
    else:
        assert said(deck) == [(code, "middle.md", 3)]


def test_a_missing_file_is_named_and_looked_for_again(tmp_path: Path) -> None:
    deck = put_in(tmp_path, "# Talk\n\n![[legos]]\n", lego=LEGO)
    assert deck.diagnostics[0].hint == "Did you mean “lego”?"
    again = load(tmp_path / "talk", deck)
    assert again is deck
    (tmp_path / "talk/legos.md").write_text("# Now\n", encoding="utf-8")
    assert [frame.id for frame in load(tmp_path / "talk", deck).frames] == ["talk", "legos-now"]


def test_a_library_that_is_not_there(tmp_path: Path) -> None:
    text = "---\nlibrary: [../cases, ../nowhere, /etc]\n---\n# Talk\n\n![[lego]]\n"
    deck = load(written(tmp_path, {"talk/deck.md": text, "cases/lego.md": LEGO}))
    assert said(deck) == [("library-missing", "deck.md", 2), ("library-missing", "deck.md", 2)]
    assert len(deck.frames) == 4


@pytest.mark.parametrize(
    "library", ["linked", "../../" * 40, "../home", "../home/deck.md", "'~'", "https://example.org"]
)
def test_a_library_that_opens_too_much(library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home/me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home/me"))
    text = f"---\nlibrary: {library}\n---\n# Talk\n\n![[letter]]\n"
    file = written(tmp_path, {"talk/deck.md": text, "home/letter.md": "# Letter\n", "home/me/x": ""})
    (tmp_path / "talk/linked").symlink_to(tmp_path / "home")
    deck = load(file)
    assert said(deck) == [("library-missing", "deck.md", 2), ("embed-missing", "deck.md", 6)]


def test_so_many_frames_that_a_canvas_cannot_hold_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atelier.deck.embedding, "MOST_FRAMES", 300)
    files = {f"f{n}": f"# F\n\n![[f{n + 1}]]\n\n## A\n\n![[f{n + 1}]]\n\n## B\n\n![[f{n + 1}]]\n" for n in range(7)}
    deck = put_in(tmp_path, "# Talk\n\n![[f0]]\n", f7="# Leaf\n", **files)
    assert len(deck.frames) <= 300
    assert "embed-too-many" in [each.code for each in deck.diagnostics]


def test_private_stays_private(tmp_path: Path) -> None:
    case = "# Case\n\nSeen.\n\n/// private\nHush.\n///\n\n## Apart {.private}\n\nHush.\n"
    text = "# Talk\n\n![[case]]\n\n## Mine {.private}\n\n![[case]]\n\n## Yours\n\n![[case]]\n{: .private }\n"
    deck = put_in(tmp_path, text, case=case)
    assert [frame.title for frame in deck.frames if not frame.private] == ["Talk", "Case", "Yours"]
    assert [frame.title for frame in for_audience(deck).frames] == ["Talk", "Case", "Yours"]
    hidden = put_in(tmp_path, "# Talk\n\n![[case#Apart]]\n", case=case)
    assert [frame.title for frame in for_audience(hidden).frames] == ["Talk"]


def test_what_a_file_asks_to_replace_holds_for_the_deck(tmp_path: Path) -> None:
    deck = put_in(tmp_path, "# Talk\n\n![[case]]\n", case="---\nredact: {Acme: a client}\n---\n# Case\n")
    assert deck.redact == (("Acme", "a client"),)
    assert not deck.diagnostics


def test_an_edit_parses_what_it_touches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deck = put_in(tmp_path, "# Talk\n\n![[lego]]\n\n![[other]]\n", lego=LEGO, other="# Other\n\nText.\n")
    contents = Contents(deck)
    contents.all_diagnostics()
    file = tmp_path / "cases/lego.md"
    file.write_text(LEGO.replace("oui", "non"), encoding="utf-8")
    parsed: list[str] = []
    titles: list[str] = []
    whole, inline = FrameParser.parse, FrameParser.parse_inline

    def parse(self: FrameParser, source: str, first_line: int, **more: Any) -> object:
        parsed.append(source.strip())
        return whole(self, source, first_line, **more)

    def parse_inline(self: FrameParser, text: str, *, lang: str = "") -> object:
        titles.append(text)
        return inline(self, text, lang=lang)

    monkeypatch.setattr(FrameParser, "parse", parse)
    monkeypatch.setattr(FrameParser, "parse_inline", parse_inline)
    edited = load(tmp_path / "talk", deck)
    assert edited is not deck
    Contents(edited, contents).all_diagnostics()
    assert parsed == ['Il dit "non".']
    assert titles == []


def test_a_canvas_points_into_the_file_they_are_from(tmp_path: Path) -> None:
    put_in(tmp_path, "# Talk\n\n![[lego]]\n", lego=LEGO)
    assert place(tmp_path / "talk").changed
    nodes = json.loads((tmp_path / "talk/deck.canvas").read_text(encoding="utf-8"))["nodes"]
    named = {(node["file"], node.get("subpath")) for node in nodes if node["type"] == "file"}
    assert {
        ("../cases/lego.md", "#Lego { lego}"),
        ("../cases/lego.md", "#Bilan { bilan}"),
        ("deck.md", "#Talk"),
    } <= named
    assert not place(tmp_path / "talk").changed


def test_a_node_that_names_the_text_never_means_another_file(tmp_path: Path) -> None:
    folder = put_in(tmp_path, "# Talk\n\n![[lego]]\n\n## Approche {.x}\n", lego="# Lego\n\n## Approche\n\n## Bilan\n")
    names = ["#Approche", "#Bilan", "#Lego#Approche"]
    nodes = [
        {"id": name, "type": "file", "file": "deck.md", "subpath": name, "x": 9, "y": 9, "width": 90, "height": 50}
        for name in names
    ]
    (tmp_path / "talk/deck.canvas").write_text(json.dumps({"nodes": nodes, "edges": []}), encoding="utf-8")
    deck = load(tmp_path / "talk")
    assert deck.geometry is not None
    assert [frame.origin for frame in deck.frames if frame.id in deck.geometry.hands] == [None]
    assert [found.code for found in deck.geometry.diagnostics] == ["canvas-frame-lost"] * 2
    assert folder


def test_check_names_the_file_and_the_line(tmp_path: Path) -> None:
    case = "# Case {#case}\n\n![ok](none.png)\n\n## Empty {layout=ring}\n\nSee [x](#nowhere) [[Case]].\n"
    put_in(tmp_path, "# Talk\n\n![[case]]\n\n- ![[case]]\n", case=case)
    checked = check(tmp_path / "talk")
    mine = [(each.code, each.file.name, each.line) for each in checked.diagnostics if each.file]
    assert ("embed-unread", "deck.md", 8) in mine
    assert {
        ("picture-missing", "case.md", 3),
        ("attribute-unused", "case.md", 5),
        ("link-dead", "case.md", 7),
        ("link-wiki", "case.md", 7),
    } <= set(mine)
    assert checked.frames == ((4, "Talk"),)


PUT_IN = ["![[a]]", "![[b]]", "![[c#X]]", "![[d/deck]]", "![[#X]]", "![[c#Y#X]]", "![[../out]]"]
MARKS = ["# X", "## Y", "### X {.private}", "## Z {#x}", "text", "", "- item", "```", "/// notes", "///", "[l](#x)"]
LINES = st.sampled_from([*PUT_IN, *MARKS, "{: .private }", "> q"])
TEXTS = st.lists(LINES, max_size=9).map("\n".join)


@given(st.fixed_dictionaries(dict.fromkeys(("deck", "a", "b", "c", "d/deck"), TEXTS)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_put_into_whatever(tmp_path: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        file = tmp_path / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    deck = load(tmp_path)
    ids = [frame.id for frame in deck.frames]
    assert len(set(ids)) == len(ids)
    for frame in deck.frames:
        assert frame.parent < frame.index
        assert all(deck.frames[child].parent == frame.index for child in frame.children)
        file = deck.file_of(frame)
        assert file is not None
        lines = file.read_text(encoding="utf-8").split("\n")
        assert frame.line <= max(1, len(lines))
        if frame.parent >= 0 and deck.frames[frame.parent].private:
            assert frame.private
    Contents(deck).all_diagnostics()
    assert load(tmp_path, deck) is deck


def test_a_deck_that_is_reached_by_a_link(tmp_path: Path) -> None:
    written(tmp_path, {"talk/deck.md": "# Talk\n\n![[case]]\n", "talk/case.md": "# Case\n\n![[deck]]\n"})
    (tmp_path / "elsewhere").symlink_to(tmp_path / "talk")
    deck = load(tmp_path / "elsewhere")
    assert tree(deck) == ["talk", "  case"]
    assert said(deck) == [("embed-cycle", "case.md", 3)]
