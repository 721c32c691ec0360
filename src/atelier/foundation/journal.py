"""A journal: events in the order they happened, in one SQLite file that survives a power cut.

Write-ahead log with full synchronisation: what was committed is there after the plug is pulled
(https://www.sqlite.org/pragma.html#pragma_synchronous). The order is the row id.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from atelier.foundation.errors import InputError, Location
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

Values: TypeAlias = dict[str, Any]
"""What an event says, as JSON has it."""

TOGETHER: Final = 0.04
"""Seconds an event may wait for others to be committed with it."""
AGAIN: Final = 5.0
"""Seconds after which writing is tried again."""
LONGEST_EVENT: Final = 4 * 1024 * 1024  # characters
_VERSION: Final = 1
_BUSY: Final = 2.0  # seconds

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY AUTOINCREMENT, moment REAL NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `moment` is in seconds since 1970, UTC."""

    moment: float
    kind: str
    data: Values


class JournalWriter:
    """Appends to the journal in `file`, which it makes with its folders; `about` is what a new one says of itself.

    Nothing here waits for a disk: a thread of its own writes. Where it cannot, `on_trouble` is called once in that
    thread with the reason, everything is kept in memory, and it tries again until it can; then `on_trouble` is called
    with an empty reason.
    """

    def __init__(self, file: Path, about: Mapping[str, str], on_trouble: Callable[[str], None]) -> None:
        self.file = file
        self._about = dict(about)
        self._on_trouble = on_trouble
        self._pending: list[Entry] = []
        self._changed = threading.Condition()
        self._closing = False
        self._hurry = False
        self._trying = False
        self._trouble = ""
        self._connection: sqlite3.Connection | None = None
        self._written: Path | None = None
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> str:
        """Why what was appended last is not on disk; empty while all is well."""
        return self._trouble

    @property
    def waits(self) -> bool:
        """Whether something is not on disk yet."""
        return bool(self._pending)

    def append(self, entry: Entry) -> None:
        """Has an event written, at once for the caller and on disk within a tenth of a second."""
        with self._changed:
            self._pending.append(entry)
            self._changed.notify_all()

    def describe(self, **about: str) -> None:
        """Changes what the journal says of itself, with the next event that is written."""
        with self._changed:
            self._about |= about

    def move_to(self, file: Path) -> None:
        """Goes on in another file, which gets everything so far; the one before stays as it is."""
        with self._changed:
            self.file = file
            self._hurry = True
            self._changed.notify_all()

    def retry(self) -> None:
        """Tries to write now rather than in a while."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()

    def flush(self, seconds: float = 2.0) -> bool:
        """Waits until all is on disk or was tried in vain, at most so long; whether it is on disk."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._pending or not (self._hurry or self._trying), seconds)
            return not self._pending

    def close(self, seconds: float = 2.0) -> bool:
        """Writes what is left and ends the thread; whether all is on disk."""
        written = self.flush(seconds)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(seconds)
        return written

    def _run(self) -> None:
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: bool(self._pending) or self._closing)
                    if self._closing:
                        return
                    self._changed.wait_for(lambda: self._hurry or self._closing, AGAIN if self._trouble else TOGETHER)
                    self._hurry, self._trying = False, True
                    entries, about, file = list(self._pending), dict(self._about), self.file
                trouble = self._tried(file, entries, about)
                with self._changed:
                    if not trouble:
                        del self._pending[: len(entries)]
                    news = bool(trouble) != bool(self._trouble)
                    self._trouble = trouble
                    self._trying = False
                    self._changed.notify_all()
                if news:
                    self._on_trouble(trouble)
        finally:
            self._disconnect()

    def _tried(self, file: Path, entries: Sequence[Entry], about: Mapping[str, str]) -> str:
        """Writes into `file`; why it could not, or nothing."""
        try:
            if self._connection is None or self._written != file:
                earlier = read_entries(self._written) if self._written not in (None, file) and self._written else ()
                entries = (*earlier, *entries)
                self._disconnect()
                self._connection = _opened(file)
            _write(self._connection, entries, about)
        except (sqlite3.Error, OSError, InputError) as error:
            self._disconnect()
            return str(error) or type(error).__name__
        self._written = file
        return ""

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


def _opened(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=_BUSY, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.executescript(_SCHEMA)
        connection.execute(f"PRAGMA user_version={_VERSION}")
    except BaseException:
        connection.close()
        raise
    return connection


def _write(connection: sqlite3.Connection, entries: Sequence[Entry], about: Mapping[str, str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about.items())
        connection.executemany(
            "INSERT INTO event (moment, kind, data) VALUES (?, ?, ?)",
            [(e.moment, e.kind, json.dumps(e.data, ensure_ascii=True, separators=(",", ":"))) for e in entries],
        )
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def read_about(file: Path) -> dict[str, str]:
    """What a journal says of itself; raises InputError where the file is none."""
    with _reading(file) as connection:
        rows = _rows(connection, "SELECT key, value FROM about", file)
        return {key: value for key, value in rows if isinstance(key, str) and isinstance(value, str)}


def read_entries(file: Path) -> tuple[Entry, ...]:
    """Every event that can be read, in order: of a damaged file, those before the damage.

    Raises InputError where the file is no journal.
    """
    entries: list[Entry] = []
    with _reading(file) as connection:
        rows = _rows(connection, "SELECT moment, kind, data FROM event ORDER BY id", file)
        with suppress(sqlite3.DatabaseError):
            for moment, kind, data in rows:
                entry = _entry(moment, kind, data)
                if entry is not None:
                    entries.append(entry)
    return tuple(entries)


def write_about(file: Path, **about: str) -> None:
    """Changes what the journal of an ended talk says of itself; raises InputError where that is not possible."""
    read_about(file)
    try:
        with closing(_opened(file)) as connection:
            _write(connection, [], about)
    except (sqlite3.Error, OSError) as error:
        raise InputError(_("This talk cannot be changed."), str(error), Location(file)) from error


def _entry(moment: object, kind: object, data: object) -> Entry | None:
    if not isinstance(moment, int | float) or not isinstance(kind, str) or not isinstance(data, str):
        return None
    if len(data) > LONGEST_EVENT:
        return None
    try:
        values: object = _JSON.decode(data)
    except (ValueError, RecursionError):
        return None
    return Entry(float(moment), kind, cast("Values", values)) if isinstance(values, dict) else None


def _finite(number: str) -> float:
    if not isfinite(value := float(number)):
        raise ValueError(number)
    return value


_JSON: Final = json.JSONDecoder(parse_float=_finite, parse_constant=_finite)


def _rows(connection: sqlite3.Connection, query: str, file: Path) -> Iterator[tuple[Any, ...]]:
    try:
        return connection.execute(query)
    except sqlite3.Error as error:
        raise _no_journal(file, error) from error


def _reading(file: Path) -> closing[sqlite3.Connection]:
    """A connection that changes nothing, also in a folder that cannot be written to."""
    if not file.is_file():
        raise InputError(_("There is no such file."), "", Location(file))
    failure: sqlite3.Error | None = None
    # a journal that was closed is one file; only where its log is left over does SQLite need to write beside it
    unfinished = file.with_name(f"{file.name}-wal").exists()
    for mode in ("mode=ro", "immutable=1") if unfinished else ("immutable=1",):
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(f"{file.absolute().as_uri()}?{mode}", uri=True, timeout=_BUSY)
            connection.text_factory = _text
            connection.execute("SELECT count(*) FROM about")
        except sqlite3.Error as error:
            failure = error
            if connection is not None:
                connection.close()
        else:
            return closing(connection)
    raise _no_journal(file, failure) from failure


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _no_journal(file: Path, error: sqlite3.Error | None) -> InputError:
    return InputError(_("This file does not hold a talk."), str(error or ""), Location(file))
