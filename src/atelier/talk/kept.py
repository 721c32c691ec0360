"""Talks on disk: one journal each, in a folder of their own."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from atelier.foundation.atomic import write_atomic
from atelier.foundation.errors import InputError, Location
from atelier.foundation.journal import Entry, JournalWriter, read_about, read_entries, write_about
from atelier.foundation.settings import data_folder
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.texts import reason
from atelier.foundation.translation import _
from atelier.talk.events import ClockStarted, Resumed, decoded, encoded
from atelier.talk.state import TalkState, replayed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atelier.talk.events import Event

SUFFIX: Final = ".talk"
FRESH: Final = 12 * 3600.0
"""Seconds within which a talk that was cut off is offered to be gone on with."""
MOST_READ: Final = 2000
_NAME: Final = re.compile(r"[^\w.-]+")
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTalk:
    """One talk given, as its journal describes it. Moments are seconds since 1970, times seconds."""

    file: Path
    title: str
    deck: Path
    path: str = ""
    lang: str = ""
    started: float = 0.0
    last: float = 0.0
    """When something was last written into it."""
    elapsed: float = 0.0
    planned: float = 0.0
    shown: int = 0
    """Frames that were shown."""
    frames: int = 0
    rehearsal: bool = False
    ended: bool = False

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        return self.file.stem

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "file": str(self.file),
            "title": self.title,
            "deck": str(self.deck),
            "path": self.path,
            "lang": self.lang,
            "started": _iso(self.started),
            "last": _iso(self.last),
            "elapsed": round(self.elapsed, 1),
            "planned": round(self.planned, 1),
            "shown": self.shown,
            "frames": self.frames,
            "rehearsal": self.rehearsal,
            "ended": self.ended,
        }


def talks_folder() -> Path:
    return data_folder() / "talks"


def new_talk_file(title: str, started: float) -> Path:
    """Where a talk that starts now is kept; nothing is there yet."""
    local = datetime.fromtimestamp(started, tz=UTC).astimezone()
    words = _NAME.sub("-", title.lower()).strip("-.")[:_LONGEST_NAME].rstrip("-.") or "talk"
    stem = f"{local:%Y-%m-%d_%H-%M-%S}_{words}"
    number, file = 1, talks_folder() / f"{stem}{SUFFIX}"
    while file.exists():
        number += 1
        file = talks_folder() / f"{stem}-{number}{SUFFIX}"
    return file


def kept_talks(deck: Path | None = None) -> tuple[KeptTalk, ...]:
    """The talks on disk, newest first; only those of one deck where it is given. What is no journal is passed over."""
    found: list[KeptTalk] = []
    for file in _files():
        try:
            talk = kept_talk(file)
        except InputError:
            continue
        if deck is None or talk.deck == deck:
            found.append(talk)
    return tuple(sorted(found, key=lambda talk: (-talk.started, talk.name)))


def kept_talk(file: Path) -> KeptTalk:
    """The talk in a file; raises InputError where it holds none."""
    about = read_about(file)
    return KeptTalk(
        file=file,
        title=about.get("title", "") or file.stem,
        deck=Path(about.get("deck", "")),
        path=about.get("path", ""),
        lang=about.get("lang", ""),
        started=_number(about.get("started")),
        last=_number(about.get("last")),
        elapsed=_number(about.get("elapsed")),
        planned=_number(about.get("planned")),
        shown=int(_number(about.get("shown"))),
        frames=int(_number(about.get("frames"))),
        rehearsal=about.get("rehearsal") == "yes",
        ended=about.get("ended") == "yes",
    )


def find_talk(name: str) -> KeptTalk:
    """The talk of that name, or in that file; raises InputError."""
    if Path(name).suffix == SUFFIX and Path(name).is_file():
        return kept_talk(Path(name).absolute())
    files = {file.stem: file for file in _files()}
    if name not in files:
        hint = did_you_mean(name, files) or _("“atelier talks” lists those there are.")
        raise InputError(_("No talk is called “{name}”.").format(name=name[:80]), hint)
    return kept_talk(files[name])


def cut_off(deck: Path, moment: float) -> KeptTalk | None:
    """The newest talk of a deck, if it was cut off not long before `moment` and not merely opened."""
    newest = next(iter(kept_talks(deck)), None)
    if newest is None or newest.ended or newest.elapsed <= 0 or moment - newest.last > FRESH:
        return None
    return newest


def events_of(file: Path) -> tuple[tuple[float, Event], ...]:
    """The events of a talk with their moments, in order; those of a later version are passed over."""
    return tuple(
        (entry.moment, event) for entry in read_entries(file) if (event := decoded(entry.kind, entry.data)) is not None
    )


def state_of(file: Path) -> TalkState:
    """The state that a talk was left in; raises InputError."""
    return replayed(events_of(file))


def rename(talk: KeptTalk, title: str) -> None:
    """Gives a talk another title; raises InputError."""
    title = " ".join(title.split())
    if not title:
        raise InputError(_("A title has at least one letter."), "", Location(talk.file))
    write_about(talk.file, title=title)


def delete(talk: KeptTalk) -> None:
    """Deletes a talk for good; raises InputError."""
    try:
        for name in (talk.file.name, f"{talk.file.name}-wal", f"{talk.file.name}-shm"):
            talk.file.with_name(name).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(_("This talk cannot be deleted."), reason(error), Location(talk.file)) from error


def write_json(talk: KeptTalk, file: Path) -> None:
    """Writes a talk with all its events as JSON; raises InputError, also where something is there already."""
    if file.exists():
        raise InputError(_("There is a file of that name."), _("Name one that is not there yet."), Location(file))
    events = [
        {"moment": entry.moment, "kind": entry.kind, **({"data": entry.data} if entry.data else {})}
        for entry in read_entries(talk.file)
    ]
    text = json.dumps({**talk.as_json(), "events": events}, ensure_ascii=True, indent=1)
    try:
        write_atomic(file, text.encode())
    except OSError as error:
        raise InputError(_("The file cannot be written."), reason(error), Location(file)) from error


class TalkJournal:
    """Keeps a talk while it is given: what `Talk` records, and what the list of talks shows of it.

    Nothing is written before the clock starts: a deck that was merely looked at is no talk. `on_trouble` is called in
    another thread, as `JournalWriter` has it.
    """

    def __init__(self, file: Path, on_trouble: Callable[[str], None], **about: str) -> None:
        self._file = file
        self._about = about
        self._on_trouble = on_trouble
        self._waiting: list[Entry] = []
        self._writer: JournalWriter | None = None

    @property
    def file(self) -> Path:
        return self._writer.file if self._writer is not None else self._file

    @property
    def trouble(self) -> str:
        """Why the talk is not on disk; empty while all is well."""
        return self._writer.trouble if self._writer is not None else ""

    def record(self, moment: float, event: Event) -> None:
        kind, data = encoded(event)
        entry = Entry(moment, kind, data)
        if self._writer is None:
            self._waiting.append(entry)
            if isinstance(event, ClockStarted | Resumed):
                self._writer = JournalWriter(self._file, self._about, self._on_trouble)
                for waiting in self._waiting:
                    self._writer.append(waiting)
                self._waiting.clear()
            return
        self._writer.append(entry)

    def describe(self, state: TalkState, planned: float) -> None:
        """What the list of talks is to show: how far it is."""
        about = {
            "path": state.path,
            "lang": state.lang,
            "last": repr(state.moment),
            "elapsed": repr(state.clock.elapsed(state.moment)),
            "planned": repr(planned),
            "shown": str(len(state.given)),
            "ended": "yes" if state.ended else "no",
            "rehearsal": "yes" if state.rehearsal else "no",
        }
        self._about |= about
        if self._writer is not None:
            self._writer.describe(**about)

    @property
    def waits(self) -> bool:
        """Whether something is not on disk yet."""
        return self._writer is not None and self._writer.waits

    def retry(self) -> None:
        if self._writer is not None:
            self._writer.retry()

    def move_to(self, file: Path) -> None:
        """Goes on in another file, with everything so far."""
        self._file = file
        if self._writer is not None:
            self._writer.move_to(file)

    def flush(self, seconds: float = 2.0) -> bool:
        """Waits until all is on disk, at most so long; whether it is."""
        return self._writer is None or self._writer.flush(seconds)

    def close(self) -> bool:
        """Writes what is left; whether all is on disk."""
        return self._writer is None or self._writer.close()


def journal_for(title: str, deck: Path, frames: int, started: float, on_trouble: Callable[[str], None]) -> TalkJournal:
    """The journal of a talk that begins at a moment."""
    file = new_talk_file(title, started)
    return TalkJournal(file, on_trouble, title=title, deck=str(deck), started=repr(started), frames=str(frames))


def resumed_journal(talk: KeptTalk, on_trouble: Callable[[str], None]) -> TalkJournal:
    """The journal of a talk that is gone on with."""
    return TalkJournal(talk.file, on_trouble)


def _files() -> Iterator[Path]:
    try:
        names = sorted((file for file in talks_folder().iterdir() if file.suffix == SUFFIX), reverse=True)
    except OSError:
        return
    yield from names[:MOST_READ]


def _number(text: str | None) -> float:
    try:
        value = float(text or 0.0)
    except ValueError:
        return 0.0
    return value if 0.0 <= value < 1e12 else 0.0  # a NaN is in no range


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(min(moment, 1e11), tz=UTC).isoformat(timespec="seconds")
