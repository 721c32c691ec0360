"""How much anybody on the network may ask for: guesses at the PIN, messages a second. Moments are seconds."""

from __future__ import annotations

import hmac
from collections import deque
from dataclasses import dataclass
from typing import Final

MINUTE: Final = 60.0
MOST_WRONG: Final = 5
"""Wrong PINs from one address within a minute, after which it waits for a minute."""
MOST_WRONG_IN_ALL: Final = 50
"""Wrong PINs from anywhere after which nobody new gets in before there is another PIN: one chance in 20,000."""
MOST_ADDRESSES: Final = 500
"""Addresses whose guesses are counted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`wait` is in seconds; `shut` says that this PIN lets nobody in any more."""

    right: bool = False
    wait: float = 0.0
    shut: bool = False


class PinGate:
    """Compares PINs in constant time, and counts wrong ones. Keeps none of them."""

    def __init__(self, pin: str) -> None:
        self._pin = pin.encode()
        self._wrong_in_all = 0
        self._wrong: dict[str, deque[float]] = {}
        self._waits: dict[str, float] = {}

    @property
    def shut(self) -> bool:
        return self._wrong_in_all >= MOST_WRONG_IN_ALL

    @property
    def addresses(self) -> int:
        """How many addresses it knows of."""
        return len(self._wrong.keys() | self._waits.keys())

    def change(self, pin: str) -> None:
        """Takes another PIN, and counts anew; who has to wait still waits."""
        self._pin = pin.encode()
        self._wrong_in_all = 0

    def judge(self, address: str, given: str, now: float) -> Verdict:
        """Whether `given`, from an address, is the PIN. While an address waits nothing is compared."""
        waits = self._waits.get(address, now) - now
        if waits > 0:
            return Verdict(wait=waits)
        if self.shut:
            return Verdict(shut=True)
        if hmac.compare_digest(self._pin, given.encode("utf-8", "replace")):
            self._wrong.pop(address, None)
            return Verdict(right=True)
        self._wrong_in_all += 1
        self._make_room(now)
        wrong = self._wrong.setdefault(address, deque(maxlen=MOST_WRONG))
        wrong.append(now)
        if len(wrong) == MOST_WRONG and now - wrong[0] < MINUTE:
            self._waits[address] = now + MINUTE
            wrong.clear()
            return Verdict(wait=MINUTE, shut=self.shut)
        return Verdict(shut=self.shut)

    def _make_room(self, now: float) -> None:
        """Forgets what no longer counts; where that is not enough, the addresses heard of first."""
        if len(self._wrong) < MOST_ADDRESSES and len(self._waits) < MOST_ADDRESSES:
            return
        self._waits = {address: until for address, until in self._waits.items() if until > now}
        self._wrong = {address: wrong for address, wrong in self._wrong.items() if wrong and now - wrong[-1] < MINUTE}
        for known in (self._wrong, self._waits):
            while len(known) >= MOST_ADDRESSES:
                known.pop(next(iter(known)))


class Bucket:
    """Lets `rate` a second through, `burst` at once."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._then: float | None = None

    def take(self, now: float) -> bool:
        """Whether one more may pass."""
        if self._then is not None:
            self._left = min(self._burst, self._left + max(now - self._then, 0.0) * self._rate)
        self._then = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
