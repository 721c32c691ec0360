"""What the library says of a deck, read one deck at a time between two events so that the window never waits."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QObject, QTimer, Signal

from atelier.deck.search import fold
from atelier.foundation.errors import AtelierError
from atelier.foundation.texts import DECK_FILE, reason
from atelier.foundation.translation import _, decimal, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from atelier.deck.types import Deck

_LONGEST_TITLE = 200  # characters
_HOURS_FROM = 180.0  # minutes
_PAUSE_MS = 5  # between two decks: input and painting come first


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckSummary:
    """A deck on its card. `frames` is 0 while it is not read or cannot be, and `problem` then says why."""

    path: Path
    title: str
    frames: int = 0
    minutes: float | None = None
    modified: float | None = None
    """Seconds since the epoch."""
    world: tuple[str, ...] = ()
    """The colours of its theme's canvas, centre first, as "#RRGGBB"."""
    text: str = ""
    """Everything it says, folded for searching."""
    problem: str = ""
    missing: bool = False


def is_there(path: Path) -> bool:
    """Whether a path leads to something that may be looked at."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def provisional(path: Path) -> DeckSummary:
    """What can be said before the deck is read: its name, and whether it is there at all."""
    there = is_there(path)
    name = path.name if there and path.is_dir() else path.stem
    if path.name == DECK_FILE:
        name = path.parent.name
    title = name.replace("-", " ").replace("_", " ").strip() or str(path)
    return DeckSummary(
        path=path,
        title=title[:1].upper() + title[1:],
        text=fold(title),
        missing=not there,
    )


def summarise(path: Path) -> DeckSummary:
    """Reads a deck for its card; a deck that cannot be read becomes a summary that says why."""
    from atelier.deck.loading import deck_file, load

    known = provisional(path)
    if known.missing:
        return known
    try:
        deck = load(path)
        modified = deck_file(path).stat().st_mtime
    except AtelierError as error:
        return DeckSummary(path=path, title=known.title, text=known.text, problem=error.message)
    except OSError as error:
        return DeckSummary(path=path, title=known.title, text=known.text, problem=reason(error))
    return DeckSummary(
        path=path,
        title=deck.title[:_LONGEST_TITLE] or known.title,
        frames=len(deck.frames),
        minutes=planned_minutes(deck),
        modified=modified,
        world=_world(deck),
        text=fold("\n".join((deck.title, *deck.tags, *(f"{f.title}\n{f.source}" for f in deck.frames)))),
    )


def planned_minutes(deck: Deck) -> float | None:
    """How long the whole of it takes: its longest path with a plan, else what its frames plan together."""
    if planned := [path.minutes for path in deck.paths if path.minutes]:
        return max(planned)
    return sum(frame.minutes or 0.0 for frame in deck.frames) or None


def _world(deck: Deck) -> tuple[str, ...]:
    from atelier.deck.theme import load_theme

    theme, _diagnostics = load_theme(deck.theme, deck.folder)
    return tuple(stop.colour for stop in theme.world.stops)


def matches(summary: DeckSummary, query: str) -> bool:
    """Whether every word of the query is somewhere in the deck."""
    return all(word in summary.text for word in fold(query).split())


def facts(summary: DeckSummary, now: datetime, *, brief: bool = False) -> str:
    """One line: how many frames, how long and, unless it is to be brief, when changed."""
    if summary.missing:
        return _("Not found where it was")
    if summary.problem:
        return summary.problem
    parts: list[str] = []
    if summary.frames:
        parts.append(ngettext("{n} frame", "{n} frames", summary.frames).format(n=summary.frames))
    if summary.minutes:
        parts.append(_length(summary.minutes))
    if summary.modified is not None and not brief:
        parts.append(_modified(datetime.fromtimestamp(summary.modified, UTC).astimezone(now.tzinfo), now))
    return " · ".join(parts)


def _length(minutes: float) -> str:
    """A duration in minutes, in hours from three of them on."""
    if minutes < _HOURS_FROM:
        return _("{n} min").format(n=decimal(minutes, 0))
    return _("{n} h").format(n=decimal(round(minutes / 30) / 2))


def _modified(then: datetime, now: datetime) -> str:
    days = (now.date() - then.date()).days
    if days <= 0:
        return _("changed today")
    if days == 1:
        return _("changed yesterday")
    locale = QLocale()
    if days < 7:
        return _("changed on {weekday}").format(weekday=locale.dayName(then.isoweekday()))
    date = locale.toString(QDate(then.year, then.month, then.day), "d MMMM" if then.year == now.year else "d MMMM yyyy")
    return _("changed on {date}").format(date=date)


class SummaryReader(QObject):
    """Reads decks one after the other, each in its own turn of the event loop."""

    read = Signal(object)
    """A `DeckSummary`."""

    def __init__(self, parent: QObject, summarise: Callable[[Path], DeckSummary] = summarise) -> None:
        super().__init__(parent)
        self._summarise = summarise
        self._waiting: deque[Path] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._on_turn)

    def ask(self, paths: Iterable[Path]) -> None:
        """Queues decks; those already waiting are not read twice."""
        self._waiting += [path for path in paths if path not in self._waiting]
        if self._waiting:
            self._timer.start()

    def stop(self) -> None:
        self._waiting.clear()
        self._timer.stop()

    def _on_turn(self) -> None:
        if self._waiting:
            self.read.emit(self._summarise(self._waiting.popleft()))
        if not self._waiting:
            self._timer.stop()
