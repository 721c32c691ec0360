"""Who is connected: the telephones that gave the PIN, which of them may advance, and which asks to.

Moments are seconds. One of them at most may advance: the first to come, until the speaker says otherwise.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field, replace
from typing import Final

from atelier.server.limits import Bucket

MOST: Final = 12
"""Telephones that are known at a time."""
AWAY: Final = 10.0
"""Seconds without a sign after which one without a socket counts as gone."""
TOKEN_BYTES: Final = 32
ACTS_A_SECOND: Final = 8.0
POINTS_A_SECOND: Final = 40.0
"""Positions of the laser; what comes faster is dropped."""
ASKS_A_SECOND: Final = 0.1
_KINDS: Final = (("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"))


@dataclass(frozen=True, slots=True)
class Known:
    """One telephone as the speaker sees it. `kind` is iPhone, iPad, Android, or empty for any other machine."""

    id: int
    kind: str
    address: str
    advances: bool = False
    asks: bool = False
    here: bool = True


@dataclass(slots=True)
class _Entry:
    known: Known
    seen: float
    sockets: int = 0
    acts: Bucket = field(default_factory=lambda: Bucket(ACTS_A_SECOND, ACTS_A_SECOND))
    points: Bucket = field(default_factory=lambda: Bucket(POINTS_A_SECOND, POINTS_A_SECOND / 4))
    asking: Bucket = field(default_factory=lambda: Bucket(ASKS_A_SECOND, 1))


def kind_of(agent: str) -> str:
    """What a telephone is, by what its browser says; only words from here ever reach the speaker."""
    return next((kind for mark, kind in _KINDS if mark in agent), "")


class Remotes:
    """Tokens are kept as their digests only."""

    def __init__(self) -> None:
        self._entries: dict[bytes, _Entry] = {}
        self._last = 0
        self._any_came = False

    def join(self, kind: str, address: str, now: float) -> tuple[str, int] | None:
        """The token and the number of one more; None where there are too many. One that is gone makes room."""
        if len(self._entries) >= MOST:
            away = [
                (entry.seen, digest)
                for digest, entry in self._entries.items()
                if not self._is_here(entry, now) and not entry.known.advances
            ]
            if not away:
                return None
            del self._entries[min(away)[1]]
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._last += 1
        known = Known(self._last, kind, address, advances=not self._any_came)
        self._any_came = True
        self._entries[_digest(token)] = _Entry(known, now)
        return token, known.id

    def find(self, token: str, now: float) -> int | None:
        """The number of the telephone with that token, which gave a sign now."""
        entry = self._entries.get(_digest(token))
        if entry is None:
            return None
        entry.seen = now
        return entry.known.id

    def known(self, id_: int) -> Known | None:
        entry = self._entry(id_)
        return entry.known if entry is not None else None

    def all(self, now: float) -> tuple[Known, ...]:
        """Everyone there is, in the order they came."""
        found = [replace(entry.known, here=self._is_here(entry, now)) for entry in self._entries.values()]
        return tuple(sorted(found, key=lambda known: known.id))

    def may_act(self, id_: int, now: float) -> bool:
        """Whether an act of this one counts now."""
        entry = self._entry(id_)
        return entry is not None and entry.known.advances and entry.acts.take(now)

    def may_point(self, id_: int, now: float) -> bool:
        entry = self._entry(id_)
        return entry is not None and entry.known.advances and entry.points.take(now)

    def ask(self, id_: int, now: float) -> bool:
        """Notes that one asks to advance; False where that says nothing new."""
        entry = self._entry(id_)
        if entry is None or entry.known.advances or entry.known.asks or not entry.asking.take(now):
            return False
        entry.known = replace(entry.known, asks=True)
        return True

    def let_advance(self, id_: int) -> None:
        """Has this one advance and no other; 0 for none. Whoever was asking has its answer."""
        for entry in self._entries.values():
            entry.known = replace(entry.known, advances=entry.known.id == id_, asks=False)

    def remove(self, id_: int) -> None:
        self._entries = {digest: entry for digest, entry in self._entries.items() if entry.known.id != id_}

    def count_socket(self, id_: int, by: int, now: float) -> None:
        """Notes a socket that was opened, or closed with -1."""
        entry = self._entry(id_)
        if entry is not None:
            entry.sockets += by
            entry.seen = now

    def _entry(self, id_: int) -> _Entry | None:
        return next((entry for entry in self._entries.values() if entry.known.id == id_), None)

    @staticmethod
    def _is_here(entry: _Entry, now: float) -> bool:
        return entry.sockets > 0 or now - entry.seen < AWAY


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
