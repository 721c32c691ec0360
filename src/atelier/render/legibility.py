"""Whether the last row of a room can read what is on the screen.

The size of letters is the angle under which the eye sees a capital. Three limits, all from S. L. Smith, "Letter size
and legibility", Human Factors 21 (1979), who compared the design standards of his time and had more than 300 displays
read some 2,000 times at the limit of legibility:

- text: 10 minutes of arc (0.003 rad), the least that the standards ask for; over 90 % of his letters could be read;
- the titles that an overview is there to show: 7 minutes, his average at the limit; they are few words, and also said;
- what stands beside the text (captions, credits, notes, labels) and titles of frames that the path will come to: 5
  minutes, the limit of normal eyesight (20/20).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetricsF

from atelier.canvas.camera import FILL, home
from atelier.canvas.faces import Face, at_rest
from atelier.canvas.route import route
from atelier.canvas.types import Surface
from atelier.deck.types import View
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.geometry import FRAME_HEIGHT
from atelier.foundation.translation import _, decimal
from atelier.typeset.display import PathItem, TextItem
from atelier.typeset.fit import SCALES
from atelier.typeset.report import readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QTextLayout

    from atelier.canvas.model import Canvas
    from atelier.deck.types import Deck, Frame, Room
    from atelier.typeset.display import DisplayList

TEXT, TITLE, GLANCE = 10.0, 7.0, 5.0
"""Minutes of arc."""
_LONGEST_SAMPLE = 40
_CAPITALS = 0.7
"""Height of a capital in em, for fonts that have none and for formulas."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The capitals of one text, `height` frame units high, and its words; a formula has none."""

    height: float = math.inf
    words: str = ""

    def or_(self, other: Sample) -> Sample:
        """The smaller of both, the longer where they are alike: an author finds it more easily."""
        return min(self, other, key=lambda each: (each.height, -len(each.words)))


@dataclass(frozen=True, slots=True)
class Letters:
    """The smallest letters of a face: of its text, and of what stands beside it; infinitely large without any."""

    text: Sample = Sample()
    aside: Sample = Sample()

    def and_(self, other: Letters) -> Letters:
        """The smallest of both."""
        return Letters(self.text.or_(other.text), self.aside.or_(other.aside))


def letters_of(display: DisplayList) -> Letters:
    """The smallest letters of a face, whichever advance shows them."""
    text = aside = Sample()
    for item in display.items:
        if isinstance(item, TextItem):
            words = item.layout.text()
            if not words.strip():
                continue
            found = Sample(_capitals(item.layout) * item.scale, words)
            if item.aside:
                aside = aside.or_(found)
            else:
                text = text.or_(found)
        elif isinstance(item, PathItem) and item.em:
            text = text.or_(Sample(item.em * item.scale * _CAPITALS))
    return Letters(text, aside)


def _capitals(layout: QTextLayout) -> float:
    font = layout.font()
    size = font.pixelSize()
    capitals = QFontMetricsF(font).capHeight()
    return capitals if capitals > 0.4 * size else _CAPITALS * size


@dataclass(frozen=True, slots=True)
class Faces:
    """The letters of every place: `contents` by path and place ("" for all paths that say nothing of their own),
    `covers` by place.
    """

    contents: Mapping[tuple[str, int], Letters]
    covers: Mapping[int, Letters]

    def content(self, path: str, place: int) -> Letters:
        return self.contents.get((path, place)) or self.contents["", place]


@dataclass(frozen=True, slots=True)
class _Found:
    """Letters `height` metres high on the screen, what they are, and their limit in minutes of arc."""

    height: float
    limit: float
    what: str = ""

    def share(self, distance: float) -> float:
        """How much of the limit they reach at that distance, in metres: under 1 they are too small."""
        return self.angle(distance) / self.limit

    def angle(self, distance: float) -> float:
        return math.degrees(math.atan(self.height / distance)) * 60.0

    @property
    def reach(self) -> float:
        """Metres from which they can just be read."""
        return self.height / math.tan(math.radians(self.limit / 60.0))


def legibility_diagnostics(deck: Deck, canvas: Canvas, faces: Faces, body: float) -> tuple[Diagnostic, ...]:
    """What the last row cannot read at the stops of the deck's paths: the worst of each frame's text, and the worst
    title of those that are seen inside it.

    `body` is the theme's size of text, in frame units: where it cannot be read even as large as it gets, it is the
    room that has to change, which is said once.
    """
    far = deck.room.distance
    usual = _Found(body * _CAPITALS * deck.room.width * FILL / (FRAME_HEIGHT * deck.ratio), TEXT)
    largest = _Found(usual.height * SCALES[0], TEXT)
    if largest.share(far) < 1.0:
        return (_told_of_room(deck, usual, largest),)
    worst: dict[tuple[int, bool], _Found] = {}
    seen: set[tuple[str, int, View]] = set()
    for path in deck.paths:
        for stop in route(deck, canvas, path):
            place = stop.place if stop.view is View.FRAME else max(canvas.places[stop.place].parent, 0)
            if (path.name, place, stop.view) in seen:
                continue
            seen.add((path.name, place, stop.view))
            frame = canvas.places[place].frame
            texts = _text_at(deck, canvas, faces.content(path.name, place), place)
            titles = _titles_at(deck, canvas, faces, place, TITLE if stop.view is View.OVERVIEW else GLANCE)
            for of_titles, several in ((False, texts), (True, titles)):
                for found in several:
                    before = worst.get((frame, of_titles), found)
                    worst[frame, of_titles] = min(before, found, key=lambda each: each.share(far))
    return tuple(
        _told(deck, deck.frames[frame], found, of_titles=of_titles)
        for (frame, of_titles), found in worst.items()
        if found.share(far) < 1.0
    )


def _unit(room: Room, canvas: Canvas, place: int, view_ratio: float) -> float:
    """Metres of a place's frame unit on the screen while the camera rests on it."""
    return room.width / home(canvas, place, view_ratio).width


def _text_at(deck: Deck, canvas: Canvas, letters: Letters, place: int) -> list[_Found]:
    unit = _unit(deck.room, canvas, place, deck.ratio)
    title = readable(deck.frames[canvas.places[place].frame].title)
    text, aside = letters.text, letters.aside
    what = _("“{words}” in “{title}”") if text.words else _("A formula in “{title}”")
    beside = _("The caption or label “{words}” in “{title}”")
    both = (
        _Found(text.height * unit, TEXT, what.format(words=_beginning(text.words), title=title)),
        _Found(aside.height * unit, GLANCE, beside.format(words=_beginning(aside.words), title=title)),
    )
    return [found for found in both if found.height < math.inf]


def _titles_at(deck: Deck, canvas: Canvas, faces: Faces, place: int, limit: float) -> list[_Found]:
    """The titles of the frames that lie in a place, as far as it shows their covers."""
    camera = home(canvas, place, deck.ratio)
    unit = _unit(deck.room, canvas, place, deck.ratio)
    view_height = camera.height(deck.ratio)
    title = readable(deck.frames[canvas.places[place].frame].title)
    found: list[_Found] = []
    for child in canvas.places[place].children:
        inner = canvas.places[child]
        share = inner.scale * FRAME_HEIGHT / view_height
        if at_rest(share, section=inner.surface is Surface.SECTION) is Face.COVER:
            cover = faces.covers[child].text
            what = _("The title “{words}”, where all of “{title}” is shown,")
            words = _beginning(cover.words)
            found.append(_Found(cover.height * inner.scale * unit, limit, what.format(words=words, title=title)))
    return found


def _beginning(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_SAMPLE else words[: _LONGEST_SAMPLE - 1].rstrip() + "…"


def _measures(found: _Found, room: Room) -> dict[str, str]:
    near = found.reach
    return {
        "height": decimal(found.height * 1000.0, 0 if found.height >= 0.01 else 1),
        "angle": decimal(math.floor(found.angle(room.distance) * 10.0) / 10.0),
        "near": decimal(math.floor(near) if near >= 10.0 else math.floor(near * 10.0) / 10.0),
        "deep": decimal(room.distance),
    }


def _told(deck: Deck, frame: Frame, found: _Found, *, of_titles: bool) -> Diagnostic:
    message = _(
        "{what} has capitals {height} mm high on the screen, {angle} minutes of arc from the last row: it can be read "
        "up to {near} m away, and the room is {deep} m deep."
    ).format(what=found.what, **_measures(found, deck.room))
    if of_titles:
        hint = _("Give the frames in it shorter titles, or put fewer of them side by side.")
    elif found.limit == TEXT:
        hint = _("Shorten the text, or split it with another heading; “room” in the front matter says how deep it is.")
    else:
        hint = _("Say it aloud, or write it into the text.")
    return Diagnostic("text-too-small", message, hint, deck.file_of(frame), frame.line)


def _told_of_room(deck: Deck, usual: _Found, largest: _Found) -> Diagnostic:
    message = _(
        "The room is too deep for its screen: the largest text can be read up to {near} m away, and the last row is "
        "{deep} m away."
    ).format(**_measures(largest, deck.room))
    width = decimal(math.ceil(deck.room.width / usual.share(deck.room.distance)), 0)
    hint = _("Use a screen {width} m wide; “room” in the front matter says what there is.").format(width=width)
    return Diagnostic("text-too-small", message, hint, deck.file)
