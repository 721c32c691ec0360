"""Who may hold a connection, and for how long: what stands between the network and the HTTP server.

A connection serves one request and has a few seconds for it, unless it becomes the socket of a known telephone. So
nobody keeps the others out by connecting and saying nothing, or saying it slowly.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from atelier.server.limits import Bucket

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 60
"""Connections at a time."""
MOST_FROM_ONE = 16
"""Connections at a time from one address."""
PATIENCE = 10.0
"""Seconds for one request, from the first byte to the last of its answer."""
RATE, BURST = 10.0, 40.0
"""Connections a second from one address, and at once: a page takes three, a telephone without a socket one in three
seconds.
"""
MOST_ADDRESSES = 500
"""Addresses whose rate is known."""


class House:
    """All connections there are."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._doors: dict[asyncio.BaseTransport, Door] = {}
        self._from: dict[str, int] = {}
        self._rates: dict[str, Bucket] = {}

    def __len__(self) -> int:
        return len(self._doors)

    def keep(self, transport: asyncio.BaseTransport | None) -> None:
        """Lets a connection stay open as long as it likes."""
        door = self._doors.get(transport) if transport is not None else None
        if door is not None:
            door.stay()

    def enter(self, transport: asyncio.BaseTransport, door: Door, address: str) -> bool:
        """Whether one more may come in from an address."""
        if len(self._doors) >= MOST or self._from.get(address, 0) >= MOST_FROM_ONE or not self._in_time(address):
            return False
        self._doors[transport] = door
        self._from[address] = self._from.get(address, 0) + 1
        return True

    def _in_time(self, address: str) -> bool:
        """Whether an address does not come too often."""
        if address not in self._rates and len(self._rates) >= MOST_ADDRESSES:
            del self._rates[next(iter(self._rates))]
        return self._rates.setdefault(address, Bucket(RATE, BURST)).take(asyncio.get_running_loop().time())

    def leave(self, transport: asyncio.BaseTransport, address: str) -> None:
        if self._doors.pop(transport, None) is not None:
            self._from[address] -= 1
            if not self._from[address]:
                del self._from[address]


class Door(asyncio.Protocol):
    """One connection, in front of the protocol that `serve` makes for it."""

    def __init__(self, house: House, serve: Callable[[], asyncio.Protocol]) -> None:
        self._house = house
        self._serve = serve
        self._protocol: asyncio.Protocol | None = None
        self._transport: asyncio.Transport | None = None
        self._address = ""
        self._timer: asyncio.TimerHandle | None = None

    def stay(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._address = address_of(transport)
        if not self._house.enter(transport, self, self._address):
            self._transport.abort()
            return
        self._timer = asyncio.get_running_loop().call_later(self._house.patience, self._transport.abort)
        self._protocol = self._serve()
        self._protocol.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if self._protocol is not None:
            self._protocol.data_received(data)

    def eof_received(self) -> bool | None:
        return self._protocol.eof_received() if self._protocol is not None else None

    def connection_lost(self, exc: Exception | None) -> None:
        self.stay()
        if self._protocol is not None and self._transport is not None:
            self._house.leave(self._transport, self._address)
            self._protocol.connection_lost(exc)

    def pause_writing(self) -> None:
        if self._protocol is not None:
            self._protocol.pause_writing()

    def resume_writing(self) -> None:
        if self._protocol is not None:
            self._protocol.resume_writing()


def address_of(transport: asyncio.BaseTransport | None) -> str:
    """The address at the other end; empty where it is gone."""
    peer: object = transport.get_extra_info("peername") if transport is not None else None
    return str(cast("tuple[object, ...]", peer)[0]) if isinstance(peer, tuple) and peer else ""
