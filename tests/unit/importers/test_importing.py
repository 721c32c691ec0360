"""Importing as a whole: which tool a file is from, pictures, hostile files, folders, words that must not be lost."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.importers.conftest import PNG

from atelier.deck.contents import Contents
from atelier.deck.loading import read as read_deck
from atelier.foundation.errors import InputError
from atelier.importers.importing import import_deck
from atelier.importers.losses import Losses
from atelier.importers.marp import read as read_marp
from atelier.importers.obsidian import read as read_obsidian
from atelier.importers.pandoc import read as read_pandoc
from atelier.importers.pictures import Pictures
from atelier.importers.remark import read as read_remark
from atelier.importers.reveal import read as read_reveal
from atelier.importers.rough import read as read_rough
from atelier.importers.slidev import read as read_slidev
from atelier.importers.sniffing import kind_of_text
from atelier.importers.source import source_of
from atelier.importers.writing import write_deck

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.importers.conftest import Bring

READERS = {
    "marp": read_marp,
    "slidev": read_slidev,
    "reveal": read_reveal,
    "pandoc": read_pandoc,
    "remark": read_remark,
    "obsidian": read_obsidian,
    "text": read_rough,
}

SNIFFED = [
    ("marp", "---\nmarp: true\n---\n# A\n"),
    ("marp", "# A\n\n---\n\n![bg left](x.png)\n"),
    ("marp", "<!-- theme: gaia -->\n# A\n\n---\n\n# B\n"),
    ("marp", "# A\n\n---\n\n# B\n\n---\n\n# C\n"),
    ("slidev", "---\ntheme: seriph\n---\n# A\n\n---\nlayout: center\n---\n# B\n"),
    ("slidev", "# A\n\n---\n\n<v-clicks>\n\n- a\n\n</v-clicks>\n"),
    ("reveal", "# A\n\n---\n\n# B\n\nNote: said\n\n----\n\n# C\n"),
    ("reveal", "---\ntitle: x\nrevealOptions:\n  theme: black\n---\n# A\n"),
    ("pandoc", "---\nformat: revealjs\n---\n## A\n"),
    ("pandoc", "% Title\n% Me\n\n# A\n"),
    ("pandoc", "# A\n\n::: notes\nsaid\n:::\n"),
    ("markdown", "# A plain text\n\nwith a paragraph\n"),
    ("markdown", "# A\n\n/// notes\nsaid\n///\n\n## B {background=red}\n"),
    ("remark", "class: center, middle\n\n# A\n\n???\nsaid\n\n---\n\n# B\n"),
    ("remark", "---\noutput: xaringan::moon_reader\n---\n# A\n"),
    ("obsidian", "# A\n\n![[cat.png]] and [[Other]]\n\n> [!note]\n> x\n"),
    ("text", "A talk\n\n1. One\n   - a\n   => b\n"),
]


@pytest.mark.parametrize(("kind", "text"), SNIFFED)
def test_the_tool_is_found_out(tmp_path: Path, kind: str, text: str) -> None:
    assert kind_of_text(source_of(text, tmp_path / "deck.md")) == kind


def test_only_pictures_in_the_folder_are_copied(bring: Bring, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    text = (
        "# A\n\n---\n\n# B\n\n![a](../secret.png)\n\n![b](/etc/passwd)\n\n"
        "![c](sub/../../secret.png)\n\n![d](https://example.org/x.png)\n\n"
        "![e](gone.png)\n\n![f](fake.png)\n\n![g](<my cat.png>)\n\n![h](sub/my%20cat.png)\n\n"
        "![i][ref]\n\n[ref]: cat.png\n"
    )
    files = {"fake.png": b"no picture", "my cat.png": PNG, "sub/my cat.png": PNG + b"2", "cat.png": PNG}
    deck = bring(text, "marp", files=files)
    written = {path.name for path in (deck.imported.file.parent / "pictures").iterdir()}
    assert written == {"my-cat.png", "my-cat-2.png", "cat.png"}
    assert deck.codes == {"picture-outside", "picture-remote", "picture-missing", "picture-unreadable"}
    assert ("picture-outside", 7) in deck.said
    assert "https://example.org/x.png" in deck.text


def test_links_out_of_the_folder_are_not_followed(bring: Bring, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "link.png").symlink_to(tmp_path / "secret.png")
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "deck.md").write_text("# A\n\n---\n\n# B\n\n![a](link.png)\n")
    imported = import_deck(folder / "deck.md", tmp_path / "out", "marp")
    assert not imported.pictures
    assert [loss.code for loss in imported.losses] == ["picture-outside"]


def test_pictures_written_into_the_text(bring: Bring) -> None:
    data = base64.b64encode(PNG).decode()
    svg = '<svg viewBox="0 0 10 10"><title>Drawn</title>' + '<rect width="5" height="5" fill="#112233"/>' * 5 + "</svg>"
    deck = bring(
        f"# A\n\n---\n\n# B\n\n![a](data:image/png;base64,{data})\n\n![b](data:image/png;base64,AAAA)\n\n{svg}\n",
        "marp",
    )
    assert sorted(path.suffix for path in (deck.imported.file.parent / "pictures").iterdir()) == [".png", ".svg"]
    assert "![Drawn](pictures/drawing-2.svg)" in deck.text


def test_a_text_that_is_not_utf8(bring: Bring) -> None:
    deck = bring("# Été\n\n---\n\n# Où\n\nx\n".encode("cp1252"), "marp")
    assert [title for _depth, title in deck.titles] == ["Où"]
    assert "encoding" in deck.codes
    assert bring("# Été\n\n---\n\n# Où\n".encode("utf-16"), "marp").deck.title == "Été"


@pytest.mark.parametrize("name", ["a.md", "b.key", "c.exe", "d.ppt"])
def test_what_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\0\1\2\xff" * 100)
    with pytest.raises(InputError):
        import_deck(tmp_path / name, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text("# A\n\n---\n\n# B\n")
    for place in (tmp_path, tmp_path / "talk.md"):
        with pytest.raises(InputError):
            import_deck(tmp_path / "talk.md", place)
    assert [path.name for path in tmp_path.iterdir()] == ["talk.md"]


def test_work_that_is_given_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cat.png").write_bytes(PNG)
    (tmp_path / "talk.md").write_text("# A\n\n---\n\n# B\n\n![a](cat.png)\n")

    def stopped(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("shutil.copyfileobj", stopped)
    with pytest.raises(KeyboardInterrupt):
        import_deck(tmp_path / "talk.md", tmp_path / "new" / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cat.png", "talk.md"]


def _read(kind: str, text: str) -> tuple[str, str]:
    """The deck's text, and everything that was reported."""
    from pathlib import Path

    losses = Losses()
    source = source_of(text, Path("/nowhere/deck.md"))
    talk = READERS[kind](source, Pictures(None, losses), losses)
    written = write_deck(talk, losses, "Name")
    return written.text, " ".join(f"{loss.message} {loss.text}" for loss in losses.all())


WORDS = st.integers(0, 400).map("w{}w".format)
LINES = st.one_of(
    WORDS,
    st.builds("# {}".format, WORDS),
    st.builds("## {} {}".format, WORDS, WORDS),
    st.builds("- {} **{}**".format, WORDS, WORDS),
    st.builds("  * {}".format, WORDS),
    st.builds("1. {}".format, WORDS),
    st.builds("> {}".format, WORDS),
    st.builds("| {} | {} |".format, WORDS, WORDS),
    st.builds("<div class='columns'><div>{}</div><div>{}".format, WORDS, WORDS),
    st.builds("<b>{}</b> <i>{}".format, WORDS, WORDS),
    st.builds("</div> {}".format, WORDS),
    st.builds("`{}` <{}".format, WORDS, WORDS),
    st.builds("::: {{.column}}\n{}".format, WORDS),
    st.builds(".left-column[{}".format, WORDS),
    st.builds("<v-click>{}".format, WORDS),
    st.builds("=> {}".format, WORDS),
    st.builds("/// {}".format, WORDS),
    st.builds("%% {} %%".format, WORDS),
    st.builds("${}$ [{}](http://x.y)".format, WORDS, WORDS),
    st.sampled_from(
        ["", "", "---", "--", "----", "```", "~~~", ":::", "]", "***", "|---|---|", "///", "<br>", ". . .", "$$"]
    ),
)


@pytest.mark.parametrize("kind", READERS)
@given(st.lists(LINES, max_size=30))
def test_every_word_is_in_the_deck_or_in_the_report(kind: str, lines: list[str]) -> None:
    text = "start\n\n" + "\n".join(lines)
    written, reported = _read(kind, text)
    for word in re.findall(r"w\d+w", text):
        assert word in written or word in reported


NOTED = {
    "marp": "<!--\nsecret{}\n-->",
    "slidev": "<!--\nsecret{}\n-->",
    "reveal": "Note: secret{}",
    "pandoc": "::: notes\nsecret{}\n:::",
    "remark": "???\nsecret{}",
    "obsidian": "%%\nsecret{}\n%%",
}

CLOSED = LINES.filter(lambda line: not line.startswith(("```", "~~~", ":::", "%%", "$$")))
"""What stands within a fence is no note in the source either."""


@pytest.mark.parametrize("kind", NOTED)
@given(st.lists(CLOSED, max_size=12), st.sampled_from(["", "\n```", "\n<div>", "\n///", "\n# x", "\n- y\n  ```"]))
def test_notes_stay_notes(kind: str, lines: list[str], tail: str) -> None:
    text = "# A\n\n---\n\n## B\n\n" + "\n".join(lines) + "\n\n" + NOTED[kind].format(tail) + "\n\n---\n\n## C\n\nend\n"
    written, _reported = _read(kind, text)
    deck = read_deck(written.encode())
    contents = Contents(deck)
    for frame in deck.frames:
        assert "secret" not in repr(contents.content(frame.index).blocks)


@given(st.text(alphabet="# ab\n-:{}.=\"'/`>|[]()*!<$\\%~@?", max_size=300))
@pytest.mark.parametrize("kind", READERS)
def test_any_text_gives_a_deck(kind: str, text: str) -> None:
    written, _reported = _read(kind, text)
    deck = read_deck(written.encode())
    assert not [
        found for found in deck.diagnostics if found.code in ("block-unknown", "block-option", "fence-unclosed")
    ]
