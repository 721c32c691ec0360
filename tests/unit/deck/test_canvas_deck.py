"""A `.canvas` by anyone as a deck: what lies in what, what each node shows, in which order they are shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atelier.app.checking import check
from atelier.canvas.arrange import arrange
from atelier.canvas.by_hand import boxes_of
from atelier.deck.canvas_deck import MOST_NESTED
from atelier.deck.contents import Contents
from atelier.deck.loading import deck_file, load
from atelier.deck.references import picture_file, pictures
from atelier.deck.types import NodeKind
from atelier.markup.blocks import Paragraph, Text, plain_text
from atelier.markup.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atelier.deck.types import Deck, Frame

NOTE = """---
tags: x
---
# Note

Intro

## Un

```
## Deux
```

## Deux {#d}

B **b**

### Sous

C

## Trois

D ^qui
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000154a24f5f0000000049454e44ae426082"
)


def node(id_: str, x: float, y: float, width: float = 100, height: float = 60, **more: object) -> dict[str, Any]:
    return {"id": id_, "type": "text", "text": id_, "x": x, "y": y, "width": width, "height": height} | more


def edge(start: str, end: str, label: str = "", **more: object) -> dict[str, Any]:
    return {"id": f"{start}-{end}-{label}", "fromNode": start, "toNode": end, "label": label} | more


def opened(folder: Path, nodes: Sequence[object], edges: Sequence[object] = (), **top: object) -> Deck:
    file = folder / "plan.canvas"
    data = json.dumps({"nodes": nodes, "edges": edges} | top).encode()
    file.write_bytes(data)
    deck = load(file)
    assert file.read_bytes() == data
    return deck


def named(deck: Deck, title: str) -> Frame:
    return next(frame for frame in deck.frames if frame.title == title)


def stops(deck: Deck) -> list[str]:
    return [deck.frames[stop.frame].title for stop in deck.paths[0].stops]


def kinds(deck: Deck) -> dict[str, NodeKind]:
    return {frame.title: frame.node.kind for frame in deck.frames[1:] if frame.node is not None}


def test_a_line_of_a_card_is_a_line(tmp_path: Path) -> None:
    text = "One\ntwo **three\nfour**\n\n```\na\nb\n```\n"
    (tmp_path / "note.md").write_text("# Note\n\nOne\ntwo\n", encoding="utf-8")
    deck = opened(tmp_path, [node("a", 0, 0, text=text, type="text"), node("n", 900, 0, type="file", file="note.md")])
    contents = Contents(deck)
    card, note = (contents.content(frame.index).blocks[0] for frame in deck.frames[1:3])
    assert isinstance(card, Paragraph)
    assert isinstance(note, Paragraph)
    assert [run.text if isinstance(run, Text) else "/" for run in card.inlines] == [
        "One",
        "/",
        "two ",
        "three",
        "/",
        "four",
    ]
    assert plain_text(note.inlines) == "One two"


def test_groups_hold_what_lies_in_them(tmp_path: Path) -> None:
    outer = node("O", 0, 0, 1000, 800, type="group", label="Dehors")
    inner = node("I", 100, 100, 400, 300, type="group", label="Dedans")
    deck = opened(tmp_path, [node("a", 150, 150), node("b", 700, 200), node("c", 950, 200), inner, outer])
    assert deck.title == "plan"
    assert deck.frames[named(deck, "a").parent].title == "Dedans"
    assert deck.frames[named(deck, "Dedans").parent].title == "Dehors"
    assert deck.frames[named(deck, "b").parent].title == "Dehors"
    assert named(deck, "c").parent == 0, "it stands over the edge"
    assert not deck.diagnostics


def test_every_node_lies_where_the_file_has_it(tmp_path: Path) -> None:
    nodes = [node("g", -100, -50, 900, 700, type="group", label="g"), node("a", 0, 0, 300, 200), node("b", 2000, 900)]
    deck = opened(tmp_path, nodes)
    canvas = arrange(deck)
    boxes = boxes_of(deck, canvas)
    for each in nodes:
        box = boxes[canvas.place_of[named(deck, each["id"]).index]]
        wanted = (each["x"], each["y"], each["width"], each["height"])
        assert (box.x, box.y, box.width, box.height) == pytest.approx(wanted)
    assert canvas.root.size.contains(canvas.places[1].transform.map_rect(canvas.places[1].size))


def test_a_node_shows_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "pic.png").write_bytes(PNG)
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    deck = opened(
        tmp_path,
        [
            node("t", 0, 0, text="# Titre\n\nTexte ![[pic.png|200]]", color="4"),
            node("n", 200, 0, type="file", file="note.md"),
            node("s", 400, 0, type="file", file="note.md", subpath="#Note#Deux"),
            node("q", 600, 0, type="file", file="note.md", subpath="#^qui"),
            node("p", 800, 0, type="file", file="pic.png"),
            node("l", 1000, 0, type="link", url="https://www.example.org/a/"),
            node("f", 1200, 0, type="file", file="plan.pdf"),
        ],
    )
    assert kinds(deck) == {
        "Titre": NodeKind.TEXT,
        "Note": NodeKind.NOTE,
        "Deux": NodeKind.NOTE,
        "note": NodeKind.NOTE,
        "pic": NodeKind.PICTURE,
        "example.org/a": NodeKind.LINK,
        "plan.pdf": NodeKind.FILE,
    }
    text = named(deck, "Titre")
    assert "![](<pic.png>)" in text.source
    assert text.node is not None
    assert text.node.colour == "4"
    assert named(deck, "Note").source.startswith("Intro")
    assert named(deck, "Deux").source == "B **b**\n\n### Sous\n\nC"
    assert named(deck, "note").source == "D"
    assert not deck.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "%% secret %%\nSeen",
        "<!-- secret -->\n\nSeen",
        "/// private\nsecret\n///\n\nSeen",
        "# *secret*{.private}\n\nSeen",
        "%% secret\nmore",
        "/// notes\nsecret",
        "/// private\n//// callout\nx\n////\nsecret\n///\n\nSeen",
        "- secret\n{: .private }\n\nSeen",
        "> secret\n{: .private }",
        "::: notes\nsecret\n:::\n\nSeen",
    ],
)
def test_no_title_says_what_is_private(tmp_path: Path, text: str) -> None:
    deck = opened(tmp_path, [node("a", 0, 0, text=text)])
    assert deck.frames[1].title in {"Seen", ""}
    assert "secret" not in deck.frames[1].id


def test_private_parts_of_a_note_stay_out(tmp_path: Path) -> None:
    text = "# Note\n\nSeen\n\n## Ours {#o .private}\n\nsecret\n\n### Deeper\n\nsecret\n\n## Theirs\n\nSeen too\n"
    (tmp_path / "note.md").write_text(text, encoding="utf-8")
    deck = opened(
        tmp_path,
        [
            node("a", 0, 0, type="file", file="note.md"),
            node("b", 200, 0, type="file", file="note.md", subpath="#Ours"),
            node("c", 400, 0, text="Seen\n\n# Ours {.private}\n\nsecret"),
        ],
    )
    assert not any("secret" in frame.source or "Ours" in frame.source + frame.title for frame in deck.frames)
    assert deck.frames[1].source == "Seen\n\n## Theirs\n\nSeen too"
    assert [found.code for found in deck.diagnostics] == ["canvas-heading"]


@pytest.mark.parametrize(
    "text",
    [
        "# A {private=true}\n\nsecret",
        "# A {.private}\n\n/// columns\n# H\nsecret\n///",
        "A {.private}\n===\n\nsecret",
        "    # x\n\n# A {.private}\n```\n# B\n```\nsecret",
        "# A {.private}\r\n\r\nsecret",
    ],
)
def test_what_is_below_a_private_heading_is_nowhere_in_a_card(tmp_path: Path, text: str) -> None:
    (tmp_path / "note.md").write_text(text, encoding="utf-8")
    deck = opened(tmp_path, [node("a", 0, 0, text=text), node("b", 200, 0, type="file", file="note.md")])
    assert not any("secret" in frame.source + frame.title for frame in deck.frames)


@pytest.mark.parametrize("part", ["#^here", "#Inner"])
def test_no_part_of_a_private_block_can_be_asked_for(tmp_path: Path, part: str) -> None:
    text = "Seen\n\n/// private\n\nsecret ^here\n\n# Inner\n\nsecret\n\n///\n"
    (tmp_path / "note.md").write_text(text, encoding="utf-8")
    deck = opened(tmp_path, [node("a", 0, 0, type="file", file="note.md", subpath=part)])
    assert "secret" not in deck.frames[1].source + deck.frames[1].title
    assert [found.code for found in deck.diagnostics] == ["canvas-heading"]


def test_the_pictures_of_a_note_are_found_as_obsidian_finds_them(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    for name in ("notes/img/a.png", "img/a.png", "attic/b.png", "attic/c.png", "notes/c.png", "d.png"):
        (vault / name).parent.mkdir(parents=True, exist_ok=True)
        (vault / name).write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)
    (vault / ".obsidian").mkdir()
    words = (
        "![](img/a.png) ![[b.png]] ![[c.png]] ![](d.png) ![](../../secret.png) ![[none.png]] ![w](https://a.b/b.png)"
    )
    (vault / "notes" / "n.md").write_text(f"# Note\n\n{words}\n", encoding="utf-8")
    deck = opened(vault, [node("n", 0, 0, type="file", file="notes/n.md")])
    shown = [source for source, _alt, _line in pictures(Contents(deck).content(1))]
    assert shown == [
        "notes/img/a.png", "attic/b.png", "notes/c.png", "d.png", "../../secret.png", "none.png", "https://a.b/b.png",
    ]  # fmt: skip


def test_a_picture_named_from_the_vault_is_shown_beside_a_text(tmp_path: Path) -> None:
    folder = tmp_path / "vault" / "talks"
    folder.mkdir(parents=True)
    (tmp_path / "vault" / ".obsidian").mkdir()
    (folder / "p.png").write_bytes(PNG)
    (folder / "plan.md").write_text("# A\n\n## B\n", encoding="utf-8")
    deck = opened(
        folder, [node("n", 0, 0, type="file", file="talks/p.png"), node("t", 200, 0, text="![[talks/p.png]]")]
    )
    picture, card = (frame for frame in deck.frames if frame.node is not None)
    assert picture.node is not None
    assert picture_file(deck, picture, picture.node.reference) == (folder / "p.png").resolve()
    assert card.source == "![](<p.png>)"


def test_footnotes_of_a_card_are_its_own(tmp_path: Path) -> None:
    texts = ["One[^1] and [x].\n\n[^1]: First.\n[x]: https://a.b/", "Two[^1].\n\n[^1]: Second.", "Three[^1]."]
    deck = opened(tmp_path, [node(str(i), 200 * i, 0, text=text) for i, text in enumerate(texts)])
    contents = Contents(deck)
    found = [words(contents.content(frame.index).blocks) for frame in deck.frames[1:]]
    assert "First." in found[0]
    assert "Second." in found[1]
    assert not any("]:" in text for text in found)


def test_check_says_at_its_node_what_a_card_shows(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text('---\nredact: {"Muffin": "X"}\n---\nWords ![y](muffin.png)\n', encoding="utf-8")
    (tmp_path / "muffin.png").write_bytes(PNG)
    cards = ["*Hush*{private}", "Seen\n\n???\n\nnot to be seen", "Words\n\n%% do not say this %%", "![x](gone.png)"]
    nodes = [node(str(i), 200 * i, 0, text=text) for i, text in enumerate(cards)]
    opened(tmp_path, [*nodes, node("n", 900, 0, type="file", file="note.md")])
    checked = check(tmp_path / "plan.canvas")
    codes = [found.code for found in checked.diagnostics]
    assert {"attributes-unread", "block-lookalike", "comment-leak", "redact-picture", "picture-missing"} <= {*codes}
    (tmp_path / "plan.md").write_text("# A\n\nWords.\n\n## B\n\nWords.\n", encoding="utf-8")
    beside = check(tmp_path / "plan.canvas")
    assert {"attributes-unread", "block-lookalike", "comment-leak", "redact-picture", "picture-missing"} <= {
        found.code for found in beside.diagnostics if found.file and found.file.suffix == ".canvas"
    }


def test_files_are_named_from_the_vault_or_from_beside_the_canvas(tmp_path: Path) -> None:
    folder = tmp_path / "vault" / "plans"
    folder.mkdir(parents=True)
    (tmp_path / "vault" / "top.md").write_text("# Top\n", encoding="utf-8")
    (folder / "near.md").write_text("# Near\n", encoding="utf-8")
    nodes = [
        node("a", 0, 0, type="file", file="plans/near.md"),
        node("b", 200, 0, type="file", file="near.md"),
        node("c", 400, 0, type="file", file="top.md"),
    ]
    alone = opened(folder, nodes)
    assert [f.title for f in alone.frames[1:]] == ["Near", "Near", "top.md"]
    assert [found.code for found in alone.diagnostics] == ["canvas-file"]
    (tmp_path / "vault" / ".obsidian").mkdir()
    assert [f.title for f in opened(folder, nodes).frames[1:]] == ["Near", "Near", "Top"]


@pytest.mark.parametrize(
    "name",
    ["../secret.md", "/etc/passwd", "C:\\secret.md", "~/secret.md", "file:///etc/passwd", "out.md", "https://a.b/c.md"],
)
def test_nothing_outside_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n", encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    deck = opened(folder, [node("a", 0, 0, type="file", file=name)])
    assert [(found.code, found.line) for found in deck.diagnostics] == [("canvas-file", 1)]
    assert deck.frames[1].node is not None
    assert deck.frames[1].node.kind is NodeKind.FILE
    assert deck.frames[1].source == ""


def test_a_heading_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    deck = opened(tmp_path, [node("a", 0, 0, type="file", file="note.md", subpath="#Quatre")])
    assert [found.code for found in deck.diagnostics] == ["canvas-heading"]
    assert len(deck.frames) == 2


def test_without_a_start_rows_are_read_from_the_top(tmp_path: Path) -> None:
    group = node("g", 0, 300, 500, 200, type="group", label="g")
    deck = opened(
        tmp_path,
        [node("d", 300, 320), node("b", 300, 10), node("c", 700, -5), group, node("a", 0, 0), node("e", 20, 345)],
    )
    assert stops(deck) == ["plan", "a", "b", "c", "g", "e", "d"]


def test_a_route_follows_the_edges_by_the_number_of_their_labels(tmp_path: Path) -> None:
    nodes = [node(name, i * 200, 0) for i, name in enumerate("abcdx")]
    edges = [
        edge("a", "d", "10"),
        edge("a", "c", "9"),
        edge("a", "b", "2"),
        edge("b", "a"),
        edge("c", "a"),
        edge("d", "x"),
    ]
    deck = opened(
        tmp_path, nodes, edges, metadata={"startNode": "a", "frontmatter": {"title": "Le plan", "lang": "fr"}}
    )
    assert stops(deck) == list("abacadx")
    assert (deck.title, deck.lang) == ("Le plan", "fr")


def test_a_route_that_runs_in_a_circle_ends(tmp_path: Path) -> None:
    nodes = [node(name, i * 200, 0) for i, name in enumerate("abc")]
    deck = opened(tmp_path, nodes, [edge("a", "b"), edge("b", "a")], metadata={"startNode": "a"})
    assert stops(deck) == list("aba")
    lost = opened(tmp_path, nodes, metadata={"startNode": "nobody"})
    assert stops(lost) == ["plan", "a", "b", "c"]
    assert [found.code for found in lost.diagnostics] == ["canvas-value"]


def test_edges_are_drawn_in_the_frame_that_holds_both_ends(tmp_path: Path) -> None:
    nodes = [
        node("g", 0, 0, 600, 300, type="group", label="g"),
        node("a", 20, 20),
        node("b", 300, 20),
        node("c", 900, 0),
    ]
    edges = [
        edge("a", "b", fromSide="right", toSide="left"),
        edge("b", "c", "oui", color="2", fromEnd="arrow", toEnd="none"),
        edge("g", "c", toSide="nowhere"),
        edge("a", "a"),
    ]
    deck = opened(tmp_path, nodes, edges)
    canvas = arrange(deck)
    holder = canvas.places[canvas.place_of[named(deck, "g").index]]
    assert [len(place.arrows) for place in (canvas.root, holder)] == [2, 1]
    (inside,) = holder.arrows
    assert (inside.start.x, inside.start.y) == pytest.approx((120 / 0.3, 50 / 0.3))
    assert (inside.end.x, inside.end.y) == pytest.approx((300 / 0.3, 50 / 0.3))
    assert inside.leaving.x > inside.start.x
    assert inside.arriving.x < inside.end.x
    labelled = canvas.root.arrows[0]
    assert (labelled.label, labelled.colour, labelled.start_arrow, labelled.end_arrow) == ("oui", "2", True, False)


def test_a_text_of_that_name_comes_first(tmp_path: Path) -> None:
    (tmp_path / "plan.canvas").write_text("{}", encoding="utf-8")
    assert deck_file(tmp_path / "plan.canvas").name == "plan.canvas"
    (tmp_path / "plan.md").write_text("# A\n", encoding="utf-8")
    assert deck_file(tmp_path / "plan.canvas").name == "plan.md"


def test_an_empty_canvas_is_a_deck(tmp_path: Path) -> None:
    deck = opened(tmp_path, [])
    assert len(arrange(deck).places) == 1
    assert stops(deck) == ["plan"]


def test_groups_in_groups_end_somewhere(tmp_path: Path) -> None:
    nodes = [node(str(i), i, i, 9000 - 2 * i, 9000 - 2 * i, type="group", label=str(i)) for i in range(300)]
    canvas = arrange(opened(tmp_path, nodes))
    assert max(place.depth for place in canvas.places) == MOST_NESTED


def test_ten_thousand_nodes_at_one_place_are_all_there(tmp_path: Path) -> None:
    deck = opened(tmp_path, [node("a", 0, 0, type=("text", "group")[i % 2], label="g") for i in range(10_000)])
    assert len(deck.frames) == 10_001
    assert len({frame.id for frame in deck.frames}) == 10_001
    assert {found.code for found in deck.diagnostics} == {"canvas-id-twice"}


_ODD = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.lists(st.integers(), max_size=2)
)
_NODES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.sampled_from("abc") | _ODD,
            "type": st.sampled_from(["text", "file", "link", "group"]) | _ODD,
            **{key: st.integers(-500, 500) | _ODD for key in ("x", "y", "width", "height")},
            **{key: st.text(max_size=12) | _ODD for key in ("text", "file", "subpath", "url", "label", "color")},
        },
    ),
    max_size=6,
)
_KEYS = ("id", "fromNode", "toNode", "label", "toEnd", "color")
_EDGES = st.lists(
    st.fixed_dictionaries({}, optional={key: st.sampled_from("abc") | _ODD for key in _KEYS}),
    max_size=4,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_NODES, _EDGES, _ODD)
def test_any_nonsense_can_be_placed(tmp_path: Path, nodes: list[Any], edges: list[Any], metadata: object) -> None:
    deck = opened(tmp_path, nodes, edges, metadata=metadata)
    canvas = arrange(deck)
    assert len(canvas.places) == len(deck.frames)
    for place in canvas.places:
        assert place.parent < place.index
        assert list(place.children) == sorted(place.children)
