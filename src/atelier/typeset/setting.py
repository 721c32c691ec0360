"""What the setting of a text needs to know: theme, scale, colours of the ground it stands on, where pictures are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QColor

from atelier.typeset import fonts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QFont

    from atelier.deck.looks import TextSize, Theme
    from atelier.deck.types import Day
    from atelier.markup.answers import Counts
    from atelier.markup.blocks import Block
    from atelier.typeset.pictures import Pictures, PicturesBeside
    from atelier.typeset.pieces import Row
    from atelier.typeset.report import Report
    from atelier.typeset.structure import Element

H = 10.0
"""Frame units in 1 h."""


@lru_cache(maxsize=1024)
def colour(value: str, opacity: float = 1.0) -> QColor:
    """The colour "#RRGGBB". The result is shared: never changed."""
    result = QColor(value)
    result.setAlphaF(opacity)
    return result


def faded(base: QColor, opacity: float) -> QColor:
    result = QColor(base)
    result.setAlphaF(base.alphaF() * opacity)
    return result


def mixed(base: QColor, other: QColor, share: float) -> QColor:
    """`base` with `share` of `other`, opaque."""
    return QColor.fromRgbF(
        base.redF() * (1 - share) + other.redF() * share,
        base.greenF() * (1 - share) + other.greenF() * share,
        base.blueF() * (1 - share) + other.blueF() * share,
    )


class Compose(Protocol):
    """Sets blocks as rows; every family of blocks gets it to set what it contains."""

    def __call__(self, blocks: Sequence[Block], width: float, setting: Setting) -> list[Row]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """`scale` multiplies the sizes of text; `ink` is for titles, `body` for text, all on the ground at hand."""

    theme: Theme
    pictures: Pictures | PicturesBeside
    compose: Compose
    report: Report
    ink: QColor
    body: QColor
    muted: QColor
    accent: QColor
    hue: QColor
    ground: QColor
    scale: float = 1.0
    lang: str = "en"
    level: int = 0
    """How many lists the text is in."""
    line: int = 0
    """Line of the deck's file for what has none of its own."""
    body_size: float = 0.0
    """Frame units; 0: the theme's."""
    step: int = 0
    aside: bool = False
    """Whether the text stands beside another: a footnote."""
    in_column: bool = False
    agenda: tuple[Day, ...] = ()
    counts: Mapping[int, Counts] = field(default_factory=dict[int, "Counts"])
    """What was counted for activities of the frame, by their lines."""
    similar: tuple[tuple[str, str], ...] = ()
    """Cases like the one that is set: the id of each, and what it is called."""
    inside: Element | None = None
    """What the text is a part of."""
    picture_height: float = 0.0
    """The most a picture may take, captions not counted; 0: what its width gives."""

    @property
    def minimum(self) -> float:
        return self.theme.type.minimum * H

    def size(self, of: TextSize) -> float:
        """Frame units of a text size at this scale, never under the theme's minimum."""
        return max(of.size * H * self.scale, self.minimum)

    @property
    def text_size(self) -> float:
        base = self.body_size or self.theme.type.body.size * H
        return max(base * self.scale, self.minimum)

    @property
    def gap(self) -> float:
        """Scale of the white space: it follows the text but shrinks less."""
        return max(self.scale, 0.7)

    def scaled(self, scale: float) -> Setting:
        return replace(self, scale=scale)

    def body_font(self, size: float, weight: int = 0, *, italic: bool = False, tabular: bool = False) -> QFont:
        kind = self.theme.fonts.body
        return fonts.font((kind.family, *kind.fallback), size, weight or kind.weight, italic=italic, tabular=tabular)
