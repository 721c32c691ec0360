"""`check --layout`: what is found by setting the text comes with the rest, in order and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.app.damaged_decks import TYPESET, Damaged, png

from atelier.app.checking import check
from atelier.foundation.resources import bundled_decks

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QGuiApplication

SPREAD = "".join(f"## B{n}\n\n" + "".join(f"### C{n}{m}\n\nWords.\n\n" for m in range(9)) for n in range(40))
DAMAGED = {
    "overfull": Damaged(b"# Cake\n\n## Muffin\n\n" + b"Flour and cocoa, sieved twice. " * 200),
    "glyph-missing": Damaged("# Cake\n\n## Muffin\n\nA sign of no alphabet: \u0378.\n".encode()),
    "text-too-small": Damaged(b"---\nroom: {width: 1m, distance: 40m}\n---\n# Cake\n\n## Muffin\n\nFlour.\n"),
    "flight-too-fast": Damaged(f"# Cake\n\n{SPREAD}".encode()),
    "math-error": Damaged(b"# Cake\n\n$$\\frac{1}{$$\n"),
    "theme-font": Damaged(b"---\ntheme: t.toml\n---\n# Cake\n", {"t.toml": b'[fonts.body]\nfamily = "Nowhere Sans"\n'}),
}


def test_there_is_a_damaged_deck_for_every_code() -> None:
    assert set(DAMAGED) == TYPESET


@pytest.mark.parametrize("code", sorted(DAMAGED))
def test_what_setting_the_text_finds(code: str, tmp_path: Path, qapp: QGuiApplication) -> None:
    del qapp
    deck = DAMAGED[code].write(tmp_path)
    assert code not in {each.code for each in check(deck).diagnostics}
    mine = [each for each in check(deck, layout=True).diagnostics if each.code == code]
    assert mine
    assert all(each.hint or each.more for each in mine)


def test_the_keynote_is_without_fault(qapp: QGuiApplication) -> None:
    del qapp
    assert check(bundled_decks() / "gateau-au-chocolat", layout=True).diagnostics == ()


def test_each_fault_is_reported_once_in_the_order_of_the_lines(tmp_path: Path, qapp: QGuiApplication) -> None:
    del qapp
    pictures = b"# Cake\n\n![Three](a.png)\n\n## B\n\n![Three](b.png){credit=x}\n\n"
    text = pictures + b"## C\n\n$$\\frac{1}{$$\n\n[a](#nowhere)\n\n## D\n\n![d](d.png)\n\n![e](e.svg)\n\n![f](f.png)\n"
    files = {"a.png": b"?", "b.png": png(20_000, 20_000), "e.svg": b"<svg", "f.png": png(64, 36)[:40]}
    deck = Damaged(text, files).write(tmp_path)
    found = [(each.code, each.line) for each in check(deck, layout=True).diagnostics]
    assert found == [
        ("picture-unreadable", 3),
        ("picture-too-large", 7),
        ("math-error", 11),
        ("link-dead", 13),
        ("picture-missing", 17),
        ("picture-unreadable", 19),
        ("picture-incomplete", 21),
    ]


def test_progress_goes_on_to_the_end(tmp_path: Path, qapp: QGuiApplication) -> None:
    del qapp
    seen: list[tuple[int, int]] = []
    deck = Damaged(b"# A\n\n" + b"## B\n\nWords.\n\n" * 12).write(tmp_path)
    check(deck, layout=True, progress=lambda done, total: seen.append((done, total)))
    done = [each for each, _total in seen]
    assert done == sorted(done)
    assert seen[-1] == (13, 13)
    assert {total for _done, total in seen} == {13}
