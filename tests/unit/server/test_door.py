"""Connections are few, and short unless they are somebody's."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

from atelier.server.door import BURST, MOST_FROM_ONE, Door, House

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Echo(asyncio.Protocol):
    last: asyncio.Transport | None = None
    """The connection that was made last."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = Echo.last = transport

    def data_received(self, data: bytes) -> None:
        self.transport.write(data)


def with_house(patience: float, act: Callable[[House, int], Awaitable[None]]) -> None:
    async def run() -> None:
        house = House(patience)
        server = await asyncio.get_running_loop().create_server(lambda: Door(house, Echo), "127.0.0.1", 0)
        async with server:
            await act(house, server.sockets[0].getsockname()[1])

    asyncio.run(run())


async def until(happens: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not happens():  # noqa: ASYNC110 - a transport says nothing when it is gone
            await asyncio.sleep(0.005)


def test_one_address_holds_no_more_than_its_share() -> None:
    async def act(house: House, port: int) -> None:
        held = [await asyncio.open_connection("127.0.0.1", port) for _n in range(40)]
        await until(lambda: len(house) == MOST_FROM_ONE)
        other, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=("127.0.0.2", 0))
        writer.write(b"still served")
        assert await other.readexactly(12) == b"still served"
        for _reader, each in (*held, (other, writer)):
            each.close()
        await until(lambda: len(house) == 0)

    with_house(20.0, act)


def test_one_address_comes_no_more_often_than_its_share() -> None:
    async def act(house: House, port: int) -> None:
        served = 0
        for _n in range(3 * int(BURST)):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            with contextlib.suppress(ConnectionError):
                writer.write(b"?")
                served += len(await reader.read(1))
            writer.close()
            await until(lambda: len(house) == 0)
        assert BURST <= served < 2 * BURST

    with_house(20.0, act)


def test_who_says_nothing_is_sent_away() -> None:
    async def act(house: House, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        began = time.monotonic()
        with contextlib.suppress(ConnectionResetError):
            assert await reader.read() == b""
        assert time.monotonic() - began < 4
        writer.close()
        await until(lambda: len(house) == 0)

    with_house(0.1, act)


def test_who_is_known_stays() -> None:
    async def act(house: House, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"who")
        assert await reader.readexactly(3) == b"who"
        house.keep(Echo.last)
        await asyncio.sleep(0.3)
        writer.write(b"here")
        assert await reader.readexactly(4) == b"here"
        writer.close()
        await until(lambda: len(house) == 0)

    with_house(0.15, act)
