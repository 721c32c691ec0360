"""What is said of a deck once it is set: too much text, letters too small for the last row, hasty flights."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from atelier.deck.loading import load
from atelier.render.layout_checks import check_layout
from atelier.render.scene import build_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from PySide6.QtGui import QGuiApplication

    from atelier.foundation.diagnostics import Diagnostic

    Check: TypeAlias = Callable[[str], list[Diagnostic]]

KEYNOTE = Path(__file__).parents[3] / "decks" / "gateau-au-chocolat"
LINE = "The canvas shows many frames at once so that a room sees where it is"
LONG = "\n\n".join(f"{LINE}, number {n}: and there is still more to say about every one of them." for n in range(14))
ARABIC = "نص بالعربية " * 200
TABLE = "| a | b | c | d |\n|---|---|---|---|\n" + "".join(
    f"| number {n} | value | {37 * n} | remark {n} |\n" for n in range(11)
)
SMALL_TABLE = "| a | b |\n|---|---|\n| one | 1 |\n| two | 2 |\n"
CODE = "```python\n" + "".join(f"call_{n} = something.of(the_length, a={n})  # and why\n" for n in range(16)) + "```\n"
SHORT_CODE = "```python\ndef bake(cake):\n    return cake\n```\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><rect width="30" height="20"/></svg>'


@pytest.fixture
def check(tmp_path: Path, qapp: QGuiApplication) -> Check:
    """Checks a text as a deck."""
    del qapp

    def checked(text: str) -> list[Diagnostic]:
        file = tmp_path / "talk.md"
        file.write_text(text, encoding="utf-8")
        return list(check_layout(build_scene(load(file)), lambda _done, _total: None))

    return checked


def _deck(body: str, front: str = "") -> str:
    return f"{front}# A talk\n\n## One\n\n{body}\n\n## Two\n\nMore.\n"


def _room(width: str, distance: str) -> str:
    return f"---\nroom: {{width: {width}, distance: {distance}}}\n---\n"


def test_there_is_nothing_to_say_about_the_keynote(qapp: QGuiApplication) -> None:
    del qapp
    assert check_layout(build_scene(load(KEYNOTE)), lambda _done, _total: None) == ()


@pytest.mark.parametrize(
    "body", [LINE, f"- {LINE}\n- `and` more", SMALL_TABLE, SHORT_CODE, "> So.\n>\n> — Who", "$$x^2$$"]
)
def test_there_is_nothing_to_say_about_frames_of_usual_size(check: Check, body: str) -> None:
    assert check(_deck(body)) == []


def test_text_that_goes_on_over_several_pages_is_told_of(check: Check) -> None:
    (found,) = check(_deck(LONG))
    assert (found.code, found.line) == ("overfull", 3)
    assert "goes on over 2" in found.message
    assert found.file is not None
    assert found.file.name == "talk.md"


def test_a_squeezed_frame_is_overfull_and_too_small_to_read(check: Check) -> None:
    overfull, small = check(_deck(ARABIC, "---\nlang: ar\n---\n"))
    assert (overfull.code, small.code) == ("overfull", "text-too-small")
    assert overfull.line == small.line == 6


@pytest.mark.parametrize("body", [TABLE, CODE])
def test_a_large_table_and_dense_code_are_too_small(check: Check, body: str) -> None:
    (found,) = check(_deck(body))
    assert (found.code, found.line) == ("text-too-small", 3)
    # 2.6 h at 94 % of a picture 3 m wide: the capitals of Inter and JetBrains Mono are 0.73 em
    assert found.message.startswith(("“number 10” in “One”", "“call_10 = something.of(the_length, a=10…” in “One”"))
    assert re.search(r"30 mm high on the screen, 8\.[56] minutes of arc", found.message)
    assert "read up to 10 m away, and the room is 12 m deep" in found.message


def test_a_formula_as_wide_as_many_is_too_small(check: Check) -> None:
    (found,) = check(_deck("$$" + " + ".join(f"x_{{{n}}}^2" for n in range(40)) + "$$"))
    assert found.code == "text-too-small"
    assert found.message.startswith("A formula in “One”")


def test_the_size_of_the_room_decides(check: Check) -> None:
    assert [found.code for found in check(_deck(TABLE, _room("3m", "10m")))] == []
    assert [found.code for found in check(_deck(TABLE, _room("4m", "12m")))] == []
    assert [found.code for found in check(_deck(TABLE, _room("12 ft", "45 ft")))] == ["text-too-small"]


def test_a_room_in_which_nothing_can_be_read_is_said_once(check: Check) -> None:
    (found,) = check(_deck(f"{TABLE}\n{LONG}", _room("2m", "40m")))[:1]
    assert (found.code, found.line) == ("text-too-small", 0)
    assert "15 m away, and the last row is 40 m away" in found.message
    assert found.hint.startswith("Use a screen 8 m wide")


def test_captions_may_be_smaller_than_text(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(PICTURE, encoding="utf-8")
    body = f'{LINE}\n\n![A box](a.svg){{data-credit="A. Painter"}}'
    assert check(_deck(body)) == []
    (found,) = check(_deck(body, _room("3m", "21m")))
    assert found.message.startswith("The caption or label “A. Painter” in “One”")


def test_titles_are_judged_where_they_are_seen_from_outside(check: Check) -> None:
    frames = "".join(f"## {LINE} {n} {{#f{n}}}\n\nx\n\n" for n in range(24))
    assert check(f"# A talk\n\n{frames}") == []
    overview = "---\npaths:\n  a: [f0, {frame: f0, view: overview}]\n---\n"
    (found,) = check(f"{overview}# A talk\n\n{frames}")
    assert (found.code, found.line) == ("text-too-small", 5)
    assert found.message.startswith("The title “The canvas shows many")
    assert "where all of “A talk” is shown" in found.message


def test_a_frame_off_every_path_is_set_but_nobody_has_to_read_it(check: Check) -> None:
    assert check(f"# A talk\n\n## Here\n\nx\n\n## One {{skip=true}}\n\n{TABLE}") == []
    (found,) = check(f"# A talk\n\n## Here\n\nx\n\n## One {{skip=true}}\n\n{LONG}")
    assert found.code == "overfull"


def test_a_frame_is_told_of_once_and_the_worst_of_it(check: Check) -> None:
    front = "---\npaths:\n  a: [one, two]\n  b: [two, one, one]\n---\n"
    assert len(check(_deck(TABLE, front))) == 1


def test_text_that_one_path_alone_shows_is_set_for_it(check: Check) -> None:
    front = "---\npaths:\n  long: [one]\n  short: [one, two]\n---\n"
    (found,) = check(_deck(f"Brief.\n\n/// only | path=long\n{LONG}\n///", front))
    assert (found.code, found.line) == ("overfull", 8)


def test_private_frames_are_left_alone(check: Check) -> None:
    assert check(f"# A talk\n\n## One\n\nx\n\n## Mine {{.private}}\n\n{LONG}\n\n{TABLE}") == []


def test_what_typesetting_finds_has_its_own_line(check: Check) -> None:
    found = check(_deck("Text.\n\nAnd $\\frac$ here.\n\n$$\\frac$$\n\n![x](missing.png)"))
    assert [(each.code, each.line) for each in found] == [("math-error", 7), ("math-error", 9), ("picture-missing", 11)]


def test_hasty_flights_are_among_them(check: Check) -> None:
    frames = "".join(f"## F{n}\n\nx\n\n" for n in range(200))
    assert "flight-too-fast" in {found.code for found in check(f"# A talk\n\n{frames}")}


def test_progress_counts_every_place_once(check: Check, tmp_path: Path) -> None:
    del check
    file = tmp_path / "talk.md"
    file.write_text(_deck(f"x\n\n/// only | path=a\n{LINE}\n///", "---\npaths:\n  a: [one]\n---\n"), encoding="utf-8")
    seen: list[tuple[int, int]] = []
    check_layout(build_scene(load(file)), lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_what_progress_raises_ends_the_check(tmp_path: Path, qapp: QGuiApplication) -> None:
    del qapp
    file = tmp_path / "talk.md"
    file.write_text(_deck(LINE), encoding="utf-8")

    def enough(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_layout(build_scene(load(file)), enough)


@pytest.mark.parametrize("text", ["", "# \n", "---\nroom: 3\n---\n", "\n\n\n", "# A {.private}\n\nx", "x" * 100_000])
def test_odd_decks_are_checked_too(check: Check, text: str) -> None:
    assert all(found.message for found in check(text))


def test_a_sign_that_no_font_has_is_told_of_once(check: Check) -> None:
    text = _deck("Unassigned: \u0378.").replace("More.", "\u0378 and \u0379, été, 🍰 and שלום.")
    found = [(each.code, each.line) for each in check(text)]
    assert found == [("glyph-missing", 3), ("glyph-missing", 7)]
    first, second = check(text)
    assert "\u0378" in first.message
    assert "\u0378" not in second.message
    assert "\u0379" in second.message
