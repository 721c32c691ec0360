"""Signs that no font of this machine has: they are drawn as empty boxes."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _, ngettext
from atelier.typeset.display import TextItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QTextLayout

    from atelier.deck.types import Deck, Frame
    from atelier.typeset.display import DisplayList

MOST_NAMED = 8
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Mn", "Zl", "Zp", "Zs"})
"""General categories of Unicode: what has no shape of its own to be missed."""


class MissingGlyphs:
    """The signs without a glyph, each told of once: at the first frame that shows it."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._known: set[str] = set()
        self._found: dict[int, list[str]] = {}

    def look(self, display: DisplayList, frame: int) -> None:
        for item in display.items:
            if isinstance(item, TextItem) and not item.layout.text().isascii():
                new = [sign for sign in dict.fromkeys(_missing(item.layout)) if sign not in self._known]
                self._known.update(new)
                if new:
                    self._found.setdefault(frame, []).extend(new)

    def diagnostics(self) -> Iterator[Diagnostic]:
        for frame, signs in self._found.items():
            yield _told(self._deck, self._deck.frames[frame], signs)


def _missing(layout: QTextLayout) -> Iterator[str]:
    """The signs set with glyph 0, which is the empty box in every font (OpenType, table glyf), in their order.

    Which signs they are is asked of the fonts in use: Qt gives wrong positions where several runs have one font.
    """
    runs = layout.glyphRuns()
    if not any(0 in run.glyphIndexes() for run in runs):
        return
    fonts = [run.rawFont() for run in runs]
    for sign in layout.text():
        seen = not sign.isascii() and unicodedata.category(sign) not in _UNSEEN
        if seen and not any(font.supportsCharacter(ord(sign)) for font in fonts):
            yield sign


def _told(deck: Deck, frame: Frame, signs: list[str]) -> Diagnostic:
    named = " ".join(signs[:MOST_NAMED]) + (" …" if len(signs) > MOST_NAMED else "")
    message = ngettext(
        "No font here has the sign {signs}: an empty box is shown.",
        "No font here has these signs: {signs}. Empty boxes are shown.",
        len(signs),
    ).format(signs=named)
    hint = _("Install a font for this script where you speak, or write it in another way.")
    return Diagnostic("glyph-missing", message, hint, deck.file_of(frame), frame.line)
