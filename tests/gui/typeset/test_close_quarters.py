"""Words where there is little room: none is broken in two, and no accent meets what stands above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFontMetricsF

from atelier.canvas.arrange import arrange
from atelier.canvas.faces import Face
from atelier.deck.contents import Contents
from atelier.deck.loading import read
from atelier.deck.theme import bundled_theme, bundled_themes
from atelier.typeset.typesetter import Typesetter

from .typeset_reading import item_with, texts

if TYPE_CHECKING:
    from atelier.typeset.display import DisplayList, TextItem

WALLS = (
    "/// stickies | À quel usage ?\n\n- Service client\n- Communication\n- Relations publiques\n"
    "- Crise\n- Innovation\n///"
)
ROUNDS = (
    "/// rounds | Écrire\n\n- Écrire la phrase, 8 min\n- Le voisin barre un mot, 5 min\n- Récrire, 7 min\n"
    "- Trois lecteurs, un point, 10 min\n- « Recopiez ! » au propre, 5 min\n///"
)


def face(text: str, title: str, theme: str, kind: Face = Face.CONTENT) -> DisplayList:
    deck = read(f"---\nlang: fr\n---\n# Deck {{layout=grid}}\n\n{text}".encode())
    setter = Typesetter(deck, arrange(deck), bundled_theme(theme), Contents(deck).content)
    frame = next(each.index for each in deck.frames if each.title == title)
    place = next(each.index for each in setter.canvas.places if each.frame == frame)
    return setter.face(place, kind, 0)


def broken_words(display: DisplayList) -> list[str]:
    """The texts with a line that ends within a word."""
    out: list[str] = []
    for item in texts(display):
        said = item.layout.text()
        starts = [item.layout.lineAt(i).textStart() for i in range(1, item.layout.lineCount())]
        if any(said[start - 1] not in " \u2028-" for start in starts):
            out.append(said)
    return out


@pytest.mark.parametrize("theme", bundled_themes())
@pytest.mark.parametrize("block", [WALLS, ROUNDS])
def test_no_word_of_an_activity_is_broken(qapp: object, block: str, theme: str) -> None:
    assert qapp
    assert broken_words(face(f"## Frame\n\n{block}\n\n## Other\n\nWords.\n", "Frame", theme)) == []


def ink(item: TextItem) -> tuple[float, float]:
    """The top and the bottom of what a text of one line really draws, in frame units."""
    line = item.layout.lineAt(item.first)
    box = QFontMetricsF(item.layout.font()).tightBoundingRect(item.layout.text())
    baseline = item.y + (line.y() + line.ascent()) * item.scale
    return baseline + box.top() * item.scale, baseline + box.bottom() * item.scale


@pytest.mark.parametrize("theme", bundled_themes())
@pytest.mark.parametrize("kind", [Face.CONTENT, Face.COVER])
def test_the_accent_of_a_section_s_title_keeps_clear_of_its_number(qapp: object, kind: Face, theme: str) -> None:
    assert qapp
    text = "## Écoles {label=01}\n\nWords.\n\n### A\n\n### B\n\n## Other\n\nWords.\n"
    shown = face(text, "Écoles", theme, kind)
    number, title = item_with(shown, "01"), item_with(shown, "Écoles")
    if abs(number.x - title.x) < 1.0:  # above the title, not beside it
        assert ink(title)[0] > ink(number)[1]
