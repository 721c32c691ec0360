"""`atelier check` from the file to the findings, without a window: every code, every hint, and what breaks nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.app import damaged_decks
from tests.unit.app.damaged_decks import SHRUNK, TYPESET, Damaged, corpus

import atelier.deck.decoding
import atelier.deck.frames
import atelier.deck.json_canvas
from atelier.app.checking import check
from atelier.cli.findings import counts
from atelier.foundation.diagnostics import CODES, MOST_OF_A_CODE, Severity
from atelier.foundation.errors import AtelierError, InputError
from atelier.foundation.resources import bundled_decks

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = corpus()
KEYNOTE = bundled_decks() / "gateau-au-chocolat/deck.md"


def found(folder: Path, text: str) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in Damaged(text.encode()).checked(folder).diagnostics]


def test_there_is_a_damaged_deck_for_every_code() -> None:
    assert set(CODES) - set(CORPUS) == TYPESET | SHRUNK
    assert set(CORPUS) <= set(CODES)


@pytest.mark.parametrize("code", sorted(CORPUS))
def test_a_damaged_deck_is_reported_with_what_to_do(code: str, tmp_path: Path) -> None:
    checked = CORPUS[code].checked(tmp_path)
    mine = [each for each in checked.diagnostics if each.code == code]
    assert mine
    assert all(each.message.endswith((".", "?", "”")) for each in mine)
    assert all(each.hint for each in checked.diagnostics)
    assert all(each.file and each.line >= 0 for each in checked.diagnostics)


def test_texts_beyond_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atelier.deck.frames, "MOST_FRAMES", 3)
    assert found(tmp_path, "# A\n\n" + "## B\n\nWords.\n\n" * 5) == [("too-many-frames", 11)]
    monkeypatch.setattr(atelier.deck.decoding, "MOST_LINES", 10)
    assert ("file-too-large", 10) in found(tmp_path, "# A\n\n" + "Words.\n\n" * 20)
    monkeypatch.setattr(atelier.deck.json_canvas, "MOST_NODES", 1)
    group = '{"type":"group","x":0,"y":0,"width":9,"height":9,"id":'
    (tmp_path / "deck.canvas").write_text(f'{{"nodes":[{group}"a"}},{group}"b"}}]}}', encoding="utf-8")
    assert found(tmp_path, "# A\n\n## B\n\n## C\n") == [("canvas-too-large", 0)]


def test_the_keynote_is_without_fault() -> None:
    assert check(KEYNOTE).diagnostics == ()


def test_findings_are_in_the_order_of_the_lines_and_those_of_other_files_last(tmp_path: Path) -> None:
    text = b"---\ntheme: pale.toml\n---\n\n# Cake\n\n[a](#x)\n\n## \n\n[b](#y)\n\n##Muffin\n\nWords.\n"
    checked = Damaged(text, {"pale.toml": damaged_decks.PALE}).checked(tmp_path)
    mine = [each.line for each in checked.diagnostics if each.file == checked.file]
    assert mine == sorted(mine) == [7, 9, 11, 13]
    others = [each.file for each in checked.diagnostics if each.file != checked.file]
    assert others == [tmp_path / "pale.toml"] * len(others)
    assert checked.diagnostics[-1].file == tmp_path / "pale.toml"


def test_private_frames_are_checked_too(tmp_path: Path) -> None:
    text = "# Cake\n\n## Ours {.private layout=rnig}\n\n[a](#x)\n\n### In\n\n### There\n"
    assert found(tmp_path, text) == [("layout-unknown", 3), ("link-dead", 5)]


def test_many_of_a_kind_are_counted(tmp_path: Path) -> None:
    checked = Damaged(b"# Cake\n\n" + b"[a](#nowhere)\n\n" * 80).checked(tmp_path)
    assert len(checked.diagnostics) == MOST_OF_A_CODE + 1
    assert checked.diagnostics[-1].more == 30
    assert counts(checked.diagnostics)[Severity.WARNING] == 80


def test_a_theme_that_does_not_exist_is_reported_where_it_is_named(tmp_path: Path) -> None:
    assert found(tmp_path, "---\ntitle: A\ntheme: nope\n---\n\n# A\n") == [("theme-unreadable", 3)]


def test_progress_goes_from_frame_to_frame(tmp_path: Path) -> None:
    deck = Damaged(b"# A\n\n## B\n\n## C\n").write(tmp_path)
    seen: list[tuple[int, int]] = []
    check(deck, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3), (3, 3)]


def test_progress_may_end_the_work(tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(Damaged(b"# A\n").write(tmp_path), progress=stop)


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        check(tmp_path / "nothing.md")
    (tmp_path / "deck.md").write_bytes(b"\0" * 20)
    with pytest.raises(InputError):
        check(tmp_path)


def test_no_qt_is_loaded_for_the_text_alone(tmp_path: Path) -> None:
    deck = CORPUS["map-no-slot"].write(tmp_path)
    program = (
        "import sys; from pathlib import Path; from atelier.app.checking import check;"
        f"assert check(Path({str(deck)!r})).diagnostics;"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


# ------------------------------------------------------------------------------------------------------- damage

_LINES = KEYNOTE.read_text(encoding="utf-8").split("\n")
_SIGNS = (
    "/// //// /// #### ``` ~~~ --- === # ## {#a } {.private} {.Private} <!-- --> %% [[ ]] ![]( [a](# [^1] [^1]: |---| "
    "$$ \\[ \t \ufffd \u200b \u202e Ã© & * _ ` \x00 \U0001f370 e\u0301 \r ... ##\u00a0x ![[x]] ﹟ ＃"
)
_JUNK = st.sampled_from(
    (
        *_SIGNS.split(" "),
        *("//// column", "/// notes", "/// private", "/// only | path=", "/// nothing", "{: .steps }", "{: .step }"),
        *("# {map=cake.svg}", "# {layout=spiral}", "# {ratio=0:0}", "![x](nowhere.png){width=", "| a |", ": x", "> "),
        *("- ", "1. ", "    ", "paths: {a: [b]}", "minutes=99999999999", "title: x", "&a", "*a", "lang: jp"),
    )
)


@st.composite
def damage(draw: st.DrawFn) -> str:
    """A stretch of the keynote, with its front matter or without, in which lines and characters were put about."""
    start = draw(st.integers(0, len(_LINES) - 1))
    lines = (_LINES[: _LINES.index("---", 1) + 1] if draw(st.booleans()) else []) + _LINES[
        start : start + draw(st.integers(1, 60))
    ]
    for _act in range(draw(st.integers(0, 12))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        place = draw(st.integers(0, len(line)))
        match draw(st.integers(0, 6)):
            case 0:
                del lines[at : at + draw(st.integers(0, 3))]
            case 1:
                lines.insert(at, line)
            case 2:
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], line
            case 3:
                lines[at] = line[:place] + line[place + draw(st.integers(1, 4)) :]
            case 4:
                lines[at] = line[:place] + draw(_JUNK) + line[place:]
            case 5:
                lines.insert(at, draw(_JUNK))
            case _:
                lines[at] = line[:place] + draw(st.text(max_size=8)) + line[place:]
        lines = lines or [""]
    text = "\n".join(lines)
    return text[: draw(st.integers(0, len(text)))] if draw(st.booleans()) else text


@given(text=damage())
def test_no_damage_breaks_it(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("deck")
    started = time.thread_time()
    deck = Damaged(text.encode("utf-8", "replace")).write(folder)
    try:
        checked = check(deck)
    except AtelierError:
        assert "\0" in text
        return
    assert time.thread_time() - started < 5.0
    lines = [each.line for each in checked.diagnostics if each.file == deck]
    assert lines == sorted(lines)
    assert all(0 <= line <= len(checked.lines) for line in lines)
    assert all(each.message and each.column >= 0 for each in checked.diagnostics)
    assert all(each.hint or each.more for each in checked.diagnostics)


@given(data=st.binary(max_size=400))
def test_no_bytes_break_it(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    deck = Damaged(data).write(tmp_path_factory.mktemp("deck"))
    try:
        checked = check(deck)
    except AtelierError:
        return
    assert all(0 <= each.line <= len(checked.lines) for each in checked.diagnostics)


def test_what_the_front_matter_says_for_the_first_heading_is_reported_there(tmp_path: Path) -> None:
    text = "---\ntitle: A\nlayout: page\nmap: nowhere.svg\n---\n\n# A\n\n## B\n\n## C {layout=page}\n\n### D\n"
    assert found(tmp_path, text) == [("layout-unknown", 3), ("map-unreadable", 4), ("layout-unknown", 11)]
