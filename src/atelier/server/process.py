"""The process that serves telephones: told what to say on its input, it says on its output what they do.

It ends with its input, so that it does not outlive the program, however that ended.
"""

from __future__ import annotations

import asyncio
import logging
import os
import queue
import signal
import socket
import threading
import time
from typing import TYPE_CHECKING, Final

from atelier.server.messages import (
    LONGEST_LINE,
    ChangePin,
    Failed,
    LetAdvance,
    Open,
    Ready,
    Remove,
    Show,
    read_order,
    report_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.server.messages import Order, Report

COMMAND: Final = "--serve-remote"
"""The argument that makes a process of this program serve telephones; `__main__` spells it too, to import nothing."""
LOOK: Final = 4.0
"""Seconds between two looks at who is still there."""
FAREWELL: Final = 0.4
"""Seconds that telephones are given to hear that it is over."""
_MOST_WAITING: Final = 1000
"""Reports that wait for a program that is busy; what comes then is lost."""


def serve() -> int:
    """Serves until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program
    logging.disable(logging.CRITICAL)  # nothing that anybody sends is ever written down
    asyncio.run(_serve())
    os._exit(0)  # the threads wait for pipes


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    orders: asyncio.Queue[Order | None] = asyncio.Queue()
    reports: queue.Queue[Report] = queue.Queue(_MOST_WAITING)

    def tell(report: Report) -> None:
        if not reports.full():
            reports.put_nowait(report)

    def take(order: Order | None) -> None:
        loop.call_soon_threadsafe(orders.put_nowait, order)

    threading.Thread(target=_read, args=(take,), daemon=True).start()
    threading.Thread(target=_write, args=(reports,), daemon=True).start()
    first = await orders.get()
    if not isinstance(first, Open):
        return
    from aiohttp import web

    from atelier.server.door import Door, House
    from atelier.server.limits import PinGate
    from atelier.server.web import Site

    house = House()
    site = Site(PinGate(first.pin), house, first.lang, tell, time.monotonic)
    runner = web.AppRunner(
        site.application(),
        access_log=None,
        handle_signals=False,
        max_line_size=2048,
        max_field_size=2048,
        max_headers=64,
        keepalive_timeout=0,
    )
    await runner.setup()
    make = runner.server
    assert make is not None
    try:
        listening = _listening(first.address)
        server = await loop.create_server(lambda: Door(house, make), sock=listening, backlog=64)
    except OSError as error:
        tell(Failed(error.strerror or str(error)))
        await asyncio.sleep(FAREWELL)
        return
    port = int(listening.getsockname()[1])
    site.host = f"{first.address}:{port}"
    tell(Ready(port))
    looking = asyncio.create_task(_look(site.roll, tell))
    while (order := await orders.get()) is not None:
        match order:
            case Show(state):
                site.show(state)
            case LetAdvance(id_):
                site.let_advance(id_)
            case Remove(id_):
                site.remove(id_)
            case ChangePin(pin):
                site.change_pin(pin)
            case Open():
                pass  # it is open already
    looking.cancel()
    server.close()
    await asyncio.wait([asyncio.create_task(site.end())], timeout=FAREWELL)


async def _look(roll: Callable[[], Report], tell: Callable[[Report], None]) -> None:
    """Says who is there from time to time: telephones go without a word."""
    while True:
        tell(roll())
        await asyncio.sleep(LOOK)


def _listening(address: str) -> socket.socket:
    """A socket on a free port of one address, chosen by the system; raises OSError."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.bind((address, 0))
    except OSError:
        made.close()
        raise
    made.setblocking(False)
    return made


def _read(take: Callable[[Order | None], None]) -> None:
    """Hands on each line of the input, and None at its end."""
    waiting = b""
    while len(waiting) <= 2 * LONGEST_LINE:
        try:
            part = os.read(0, 65536)
        except OSError:
            break
        if not part:
            break
        *lines, waiting = (waiting + part).split(b"\n")
        for line in lines:
            order = read_order(line)
            if order is not None:
                take(order)
    take(None)


def _write(reports: queue.Queue[Report]) -> None:
    """Writes reports as they come; ends the process where nobody reads them."""
    while True:
        line = report_line(reports.get())
        try:
            while line:
                line = line[os.write(1, line) :]
        except OSError:
            os._exit(0)
