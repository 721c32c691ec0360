"""Films and sounds at rest: poster or dark well, play mark and duration; a flat strip for a sound without a picture."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen

from atelier.foundation.geometry import Rect
from atelier.markup.addresses import name_of
from atelier.markup.blocks import Align, MediaKind, Text
from atelier.markup.media import spoken
from atelier.typeset.art import seed_of
from atelier.typeset.display import BoxItem, MediaItem, PathItem, PictureItem
from atelier.typeset.pieces import Piece
from atelier.typeset.setting import H, colour, faded, mixed
from atelier.typeset.surfaces import vertical_colours
from atelier.typeset.text import TextStyle, set_even, set_text

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QBrush, QColor

    from atelier.markup.blocks import Media
    from atelier.typeset.pictures import Picture
    from atelier.typeset.setting import Setting
    from atelier.typeset.text import Lines

WIDESCREEN = 16 / 9
STRIP = 13.0 * H
"""Height of a sound's strip."""
STRIP_RATIO = 7.0
"""Width by height that a strip has where only its shape counts."""
_WIDEST_STRIP = 128.0 * H
LARGEST_STRIP = 1.4
"""A strip grows with the text around it, and up to this where it has the frame to itself."""
_WELL_WIDTH = 1920.0
"""Pixels a film is taken to have that does not say."""
_INSET = 1.8 * H
_PILL_HEIGHT = 4.6 * H
_MOST_WORDS = 160


@dataclass(frozen=True, slots=True)
class Film:
    """What is played in a box: a file from `start` to `end`, in seconds; an `end` of 0 is the file's.

    `file` is None where there is none; `ratio` of the picture is 0 where the file does not say.
    """

    file: Path | None
    kind: MediaKind
    title: str
    start: float = 0.0
    end: float = 0.0
    ratio: float = 0.0

    @property
    def duration(self) -> float:
        """Seconds from start to end; 0 where that is not known."""
        return max(0.0, self.end - self.start)


@dataclass(frozen=True, slots=True)
class Still:
    """The still face of a film or sound, measured as a picture is: its own pixels, and no limit to its size."""

    film: Film
    poster: Picture | None
    width: float
    height: float
    vector: bool = False
    missing: bool = False

    @property
    def ratio(self) -> float:
        return self.width / self.height

    @property
    def strip(self) -> bool:
        """Whether it is a sound that nothing is seen of."""
        return self.poster is None and self.film.kind is MediaKind.SOUND and not self.missing


def still_of(block: Media, setting: Setting) -> Still:
    """The face of a film or sound; what is wrong with its file goes to the report."""
    found = setting.pictures.media(block.source, setting.report, block.line)
    end = min(block.end, found.duration) if block.end and found.duration else block.end or found.duration
    start = block.start if not end or block.start < end else 0.0
    film = Film(
        found.path if not found.missing else None,
        block.kind,
        block.alt or name_of(block.source),
        start,
        end if block.end or found.duration else 0.0,
        found.ratio,
    )
    poster = setting.pictures.get(block.poster, block.alt, setting.report, block.line) if block.poster else None
    if poster is not None and not poster.missing:
        width = max(poster.width, found.width)
        return Still(film, poster, width, width / poster.ratio, vector=poster.vector)
    sound = block.kind is MediaKind.SOUND
    ratio = STRIP_RATIO if sound else found.ratio or WIDESCREEN
    return Still(film, None, _WELL_WIDTH, _WELL_WIDTH / ratio, vector=True, missing=found.missing)


def add_film(out: Piece, box: Rect, still: Still, setting: Setting) -> None:
    """Poster or well in `box`, with the mark and the duration."""
    radius = setting.theme.pictures.radius * H
    radius = min(radius, box.width / 6, box.height / 6)
    if still.poster is not None:
        radius = 0.0 if still.poster.vector else radius
        out.add(0.0, 0.0, PictureItem(bounds=box, picture=still.poster, radius=radius))
    else:
        out.add(0.0, 0.0, BoxItem(bounds=box, radius=radius, fill=_well(setting)))
    size = min(7.2 * H, 0.17 * min(box.width, box.height))
    words = None if still.poster is not None else _words(still.film.title, box, size, setting)
    gap = min(2.8 * H, size * 0.5)
    below = words.height + gap if words is not None else 0.0
    centre = QPointF(box.width / 2, (box.height - below) / 2)
    disc = Rect(centre.x() - size, centre.y() - size, 2 * size, 2 * size)
    _add_mark(out, disc, colour(setting.theme.pictures.veil, 0.58), colour(setting.theme.colours.on_picture), ring=True)
    if words is not None:
        out.add((box.width - words.width) / 2, disc.bottom + gap, words)
    pill = _pill(still.film.duration, setting)
    if pill is not None and pill.width + 2 * _INSET < box.width and pill.height + 2 * _INSET < box.height / 2:
        out.add(box.width - pill.width - _INSET, box.height - pill.height - _INSET, pill)
    out.add(0.0, 0.0, MediaItem(bounds=box, film=still.film, radius=radius, mark=disc))


def strip_piece(still: Still, width: float, height: float, setting: Setting) -> Piece:
    """A sound: mark, words, a line of levels and the duration, in at most `width` by `height`."""
    theme = setting.theme
    width = min(width, _WIDEST_STRIP)
    scale = min(max(setting.scale, 0.85), LARGEST_STRIP)
    tall = min(STRIP * scale, max(height, STRIP * 0.6))
    box = Rect(0.0, 0.0, width, tall)
    out = Piece(width, tall)
    radius = min(max(theme.pictures.radius, 1.2) * H, tall / 2)
    ground = BoxItem(
        bounds=box,
        radius=radius,
        fill=colour(theme.colours.inset),
        stroke=colour(theme.colours.line),
        stroke_width=2.0,
    )
    out.add(0.0, 0.0, ground)
    size = tall * 0.30
    pad = (tall - 2 * size) / 2
    disc = Rect(pad, pad, 2 * size, 2 * size)
    _add_mark(out, disc, setting.accent, colour(theme.colours.inset), ring=False)
    left, right = disc.right + pad, width - pad * 1.1
    letters = max(theme.type.caption.size * H * scale, setting.minimum)
    time = _time(still.film.duration, letters, setting.muted, setting)
    if time is not None:
        out.add(right - time.width, (tall - time.height) / 2, time)
        right -= time.width + 2.4 * H
    level: QPainterPath | None = None
    if right - left > 8 * H:
        title = _one_line(still.film.title, right - left, letters * 1.2, setting)
        room = tall - 2 * 1.9 * H
        level_height = max(room - title.height - 0.9 * H, 1.6 * H)
        top = (tall - title.height - 0.9 * H - level_height) / 2
        out.add(left, top, title)
        level = levels(still.film.title, left, top + title.height + 0.9 * H, right - left, level_height)
        shade = faded(setting.muted, 0.55)
        out.add(0.0, 0.0, PathItem(bounds=_bounds(level), path=level, fill=shade))
    out.add(0.0, 0.0, MediaItem(bounds=box, film=still.film, radius=radius, mark=disc, level=level))
    return out


def levels(name: str, x: float, y: float, width: float, height: float) -> QPainterPath:
    """A row of rounded bars as a recorder draws them, the same for the same name: a sign, no measurement."""
    rng = random.Random(seed_of(name))  # noqa: S311 - a drawing
    pitch, bar = 0.95 * H, 0.42 * H
    count = max(1, int(width / pitch))
    path = QPainterPath()
    value, slow = 0.5, rng.uniform(0.0, 6.0)
    for i in range(count):
        value += (rng.random() - value) * 0.65
        swell = 0.62 + 0.38 * math.sin(slow + i * 0.21)
        tall = max(bar, height * min(1.0, (0.18 + 0.82 * value) * swell))
        path.addRoundedRect(QRectF(x + i * pitch, y + (height - tall) / 2, bar, tall), bar / 2, bar / 2)
    return path


def triangle(disc: Rect) -> QPainterPath:
    """The sign of playing within a disc, its middle where the eye takes it to be."""
    radius, centre = disc.width / 2 * 0.46, disc.centre
    path = QPainterPath()
    path.moveTo(centre.x + radius, centre.y)
    path.lineTo(centre.x - radius * 0.5, centre.y + radius * 0.866)
    path.lineTo(centre.x - radius * 0.5, centre.y - radius * 0.866)
    path.closeSubpath()
    return path.translated(radius * 0.06, 0.0)


def _add_mark(out: Piece, disc: Rect, ground: QColor, ink: QColor, *, ring: bool) -> None:
    line = disc.width * 0.028
    stroke = faded(ink, 0.9) if ring else None
    circle = BoxItem(bounds=disc, radius=disc.width / 2, fill=ground, stroke=stroke, stroke_width=line)
    out.add(0.0, 0.0, circle)
    path = triangle(disc)
    pen = QPen(ink, disc.width * 0.07, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    out.add(0.0, 0.0, PathItem(bounds=_bounds(path), path=path, fill=ink, pen=pen))


def _well(setting: Setting) -> QBrush:
    """The dark ground of a film without a picture, with a breath of the frame's hue."""
    dark = mixed(colour(setting.theme.pictures.veil), colour("#FFFFFF"), 0.06)
    return vertical_colours(mixed(dark, setting.hue, 0.26), mixed(dark, setting.hue, 0.10))


def _words(title: str, box: Rect, size: float, setting: Setting) -> Piece | None:
    """What the film shows, in two lines at most; None where that has no room."""
    kind = setting.theme.type.caption
    letters = max(min(kind.size * 1.45 * H, box.height * 0.042), setting.minimum)
    style = TextStyle(
        size=letters,
        line=kind.line,
        colour=faded(colour(setting.theme.colours.on_picture), 0.86),
        align=Align.CENTRE,
        aside=True,
    )
    inner = box.width - 8 * H
    if inner < 12 * H or box.height < 2 * size + letters * kind.line * 2 + 4 * H:
        return None
    lines = set_even((Text(_cut(title)),), inner, style, setting)
    room = box.height - 2 * size - 5 * H - _PILL_HEIGHT
    shown = max(1, min(lines.count, 2, int(room / (letters * kind.line))))
    return _shortened(title, lines, inner, shown, style, setting).piece()


def _one_line(title: str, width: float, size: float, setting: Setting) -> Piece:
    style = TextStyle(
        size=size,
        line=1.2,
        colour=setting.body,
        weight=setting.theme.fonts.body.label_weight,
        aside=True,
    )
    lines = set_text(_cut(title), width, style, setting)
    return _shortened(title, lines, width, 1, style, setting).piece()


def _shortened(title: str, lines: Lines, width: float, most: int, style: TextStyle, setting: Setting) -> Lines:
    """`lines` of `title`, with an end of three dots where it has more than `most`."""
    words = _cut(title).split(" ")
    while lines.count > most and len(words) > 1:
        words = words[: max(1, len(words) * most // lines.count)] if lines.count > most + 1 else words[:-1]
        lines = set_text(" ".join(words) + "…", width, style, setting)
    return lines


def _cut(title: str) -> str:
    return title if len(title) <= _MOST_WORDS else title[: _MOST_WORDS - 1] + "…"


def _time(duration: float, size: float, ink: QColor, setting: Setting) -> Piece | None:
    """A duration in figures of equal width; None where it is not known."""
    if duration <= 0.0:
        return None
    style = TextStyle(size=size, line=1.2, colour=ink, weight=560, tabular=True, aside=True)
    plain = replace(setting, lang="en")
    lines = set_text(spoken(duration), 1e4, style, plain)
    piece = lines.piece(0, 1)
    piece.width = lines.natural
    return piece


def _pill(duration: float, setting: Setting) -> Piece | None:
    """A duration on a small dark ground, over a picture."""
    theme = setting.theme
    size = max(theme.type.caption.size * H, setting.minimum)
    text = _time(duration, size, colour(theme.colours.on_picture), setting)
    if text is None:
        return None
    pad = 1.4 * H
    height = max(_PILL_HEIGHT, text.height + 0.8 * H)
    out = Piece(text.width + 2 * pad, height)
    box = Rect(0.0, 0.0, out.width, height)
    out.add(0.0, 0.0, BoxItem(bounds=box, radius=height / 2, fill=colour(theme.pictures.veil, 0.72)))
    out.add(pad, (height - text.height) / 2, text)
    return out


def _bounds(path: QPainterPath) -> Rect:
    rect = path.boundingRect().adjusted(-H, -H, H, H)
    return Rect(rect.x(), rect.y(), rect.width(), rect.height())
