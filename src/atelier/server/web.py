"""The pages and the routes there are, and who gets what from them.

`/` and its two files are for anybody on the network. `/join` takes the PIN and gives a token, which opens the rest:
`/live`, the socket of a telephone, and `/state` and `/act` for one whose socket does not hold.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any, Final

from aiohttp import WSCloseCode, WSMsgType, web

from atelier.foundation.resources import RESOURCES
from atelier.foundation.translation import LANGUAGES
from atelier.server.door import address_of
from atelier.server.limits import Bucket, PinGate
from atelier.server.messages import (
    LONGEST_MESSAGE,
    Act,
    Ask,
    Done,
    Lifted,
    Message,
    Point,
    Roll,
    checked_token,
    read_message,
    read_pin,
    read_token,
)
from atelier.server.remotes import Remotes, kind_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from atelier.server.door import House
    from atelier.server.messages import Report

FOLDER: Final = RESOURCES / "remote"
FILES: Final = {
    "/": ("remote.html", "text/html"),
    "/remote.css": ("remote.css", "text/css"),
    "/remote.js": ("remote.js", "text/javascript"),
}
"""The only files there are, by their paths."""
HEARTBEAT: Final = 15.0
"""Seconds between two signs of life of a socket."""
FIRST_WORDS: Final = 5.0
"""Seconds a socket has to say who it is."""
SLOWEST: Final = 8.0
"""Seconds a telephone may take to receive what it is told."""
MOST_SOCKETS: Final = 3
"""Sockets of one telephone."""
MESSAGES_A_SECOND: Final = 100.0
"""Messages of a socket, of whatever kind; one that sends more is closed."""
REMOVED: Final = 4001
ENDED: Final = 4002
UNKNOWN: Final = 4003
"""Why a socket is closed: the speaker removed this telephone, the talk is over, or nobody knows the token."""


class Site:
    """What is behind the door. `tell` takes reports for the program; `now` gives seconds."""

    def __init__(
        self, gate: PinGate, house: House, lang: str, tell: Callable[[Report], None], now: Callable[[], float]
    ) -> None:
        self.gate = gate
        self.remotes = Remotes()
        self.host = ""
        """What telephones call this server: address and port, once it listens."""
        self._house = house
        self._tell = tell
        self._now = now
        self._state: dict[str, Any] | None = None
        self._sockets: dict[int, list[_Socket]] = {}
        self._files = {path: _file(name, kind, lang) for path, (name, kind) in FILES.items()}

    def application(self) -> web.Application:
        app = web.Application(client_max_size=LONGEST_MESSAGE, middlewares=[self._check])
        for path in FILES:
            app.router.add_get(path, self._page, allow_head=False)
        app.router.add_post("/join", self._join)
        app.router.add_post("/act", self._act)
        app.router.add_get("/state", self._poll, allow_head=False)
        app.router.add_get("/live", self._live, allow_head=False)
        app.on_response_prepare.append(self._dress)
        return app

    # ------------------------------------------------------------------ what the speaker says

    def show(self, state: dict[str, Any]) -> None:
        """Tells every telephone what is so now."""
        self._state = state
        self._wake()

    def let_advance(self, id_: int) -> None:
        self.remotes.let_advance(id_)
        self._changed()

    def remove(self, id_: int) -> None:
        self.remotes.remove(id_)
        for socket in self._sockets.pop(id_, []):
            socket.close(REMOVED)
        self._changed()

    def change_pin(self, pin: str) -> None:
        self.gate.change(pin)
        self._changed()

    async def end(self) -> None:
        """Closes every socket, saying why."""
        sockets = [socket for each in self._sockets.values() for socket in each]
        with contextlib.suppress(Exception):
            await asyncio.gather(*(socket.response.close(code=ENDED) for socket in sockets), return_exceptions=True)

    def roll(self) -> Roll:
        return Roll(self.remotes.all(self._now()), self.gate.shut)

    def _changed(self) -> None:
        """Tells the speaker and the telephones who there is now."""
        self._tell(self.roll())
        self._wake()

    def _wake(self) -> None:
        for sockets in self._sockets.values():
            for socket in sockets:
                socket.news.set()

    # ------------------------------------------------------------------ every request

    @web.middleware
    async def _check(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuses names this server is not called by (DNS rebinding), and pages of anybody else."""
        if request.headers.getall("Host", []) != [self.host]:
            return _no(web.HTTPMisdirectedRequest)
        own = f"http://{self.host}"
        # browsers say the origin of whatever changes something, and of every socket
        says_it = request.method != "GET" or request.path == "/live"
        if any(origin != own for origin in request.headers.getall("Origin", [""] if says_it else [])):
            return _no(web.HTTPForbidden)
        try:
            response = await handler(request)
        except web.HTTPException as error:
            response = web.Response(status=error.status, text=error.reason)
        return response

    async def _dress(self, request: web.Request, response: web.StreamResponse) -> None:
        """The headers of every answer. Nothing may be framed, kept, or come from anywhere else."""
        del request
        if response.status != 101:
            response.force_close()
        response.headers.update(
            {
                "Server": "Atelier",
                "Content-Security-Policy": (
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
                    f"connect-src 'self' ws://{self.host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                ),
                "X-Content-Type-Options": "nosniff",
                "X-Frame-Options": "DENY",
                "Referrer-Policy": "no-referrer",
                "Cache-Control": "no-store",
                "Cross-Origin-Resource-Policy": "same-origin",
            }
        )

    async def _page(self, request: web.Request) -> web.Response:
        body, kind = self._files[request.path]
        return web.Response(body=body, content_type=kind, charset="utf-8")

    # ------------------------------------------------------------------ getting in

    async def _join(self, request: web.Request) -> web.Response:
        """The PIN for a token."""
        given = read_pin(await _body(request))
        if given is None:
            return _no(web.HTTPBadRequest)
        now, address = self._now(), address_of(request.transport)
        was_shut = self.gate.shut
        verdict = self.gate.judge(address, given, now)
        if verdict.shut and not was_shut:
            self._changed()
        if verdict.wait:
            return web.json_response({"wait": round(verdict.wait + 0.5)}, status=429)
        if verdict.shut:
            return web.json_response({"shut": True}, status=403)
        if not verdict.right:
            return web.json_response({"wrong": True}, status=403)
        joined = self.remotes.join(kind_of(request.headers.get("User-Agent", "")), address, now)
        if joined is None:
            return web.json_response({"full": True}, status=503)
        token, _id = joined
        self._changed()
        return web.json_response({"token": token})

    def _who(self, request: web.Request) -> int | None:
        """The number of the telephone that sent a request."""
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        token = checked_token(token) if scheme == "Bearer" else None
        return self.remotes.find(token, self._now()) if token is not None else None

    # ------------------------------------------------------------------ without a socket

    async def _poll(self, request: web.Request) -> web.Response:
        id_ = self._who(request)
        if id_ is None:
            return _no(web.HTTPUnauthorized)
        return web.Response(text=self._told(id_), content_type="application/json")

    async def _act(self, request: web.Request) -> web.Response:
        id_ = self._who(request)
        if id_ is None:
            return _no(web.HTTPUnauthorized)
        message = read_message(await _body(request))
        if message is None:
            return _no(web.HTTPBadRequest)
        return web.Response(status=204) if self._do(id_, message) else _no(web.HTTPForbidden)

    def _told(self, id_: int) -> str:
        known = self.remotes.known(id_)
        you = {"advances": known.advances, "asks": known.asks} if known is not None else {}
        return json.dumps({"you": you, "state": self._state})

    def _do(self, id_: int, message: Message) -> bool:
        """Passes on what a telephone may do; False for anything else."""
        now = self._now()
        match message:
            case Act():
                allowed = self.remotes.may_act(id_, now)
            case Point():
                allowed = self.remotes.may_point(id_, now)
            case Lifted():
                known = self.remotes.known(id_)
                allowed = known is not None and known.advances
            case Ask():
                if self.remotes.ask(id_, now):
                    self._changed()
                    self._tell(Done(id_, message))
                return True
        if allowed:
            self._tell(Done(id_, message))
        return allowed

    # ------------------------------------------------------------------ sockets

    async def _live(self, request: web.Request) -> web.StreamResponse:
        response = web.WebSocketResponse(
            max_msg_size=LONGEST_MESSAGE, compress=False, heartbeat=HEARTBEAT, timeout=1.0, autoping=True
        )
        if not response.can_prepare(request):
            return _no(web.HTTPBadRequest)
        await response.prepare(request)
        id_ = await self._known_socket(response)
        if id_ is None:
            await response.close(code=UNKNOWN)
            return response
        self._house.keep(request.transport)
        socket = _Socket(response, request.transport)
        sockets = self._sockets.setdefault(id_, [])
        sockets.append(socket)
        self.remotes.count_socket(id_, 1, self._now())
        self._changed()
        if len(sockets) > MOST_SOCKETS:
            sockets[0].close(WSCloseCode.TRY_AGAIN_LATER)
        writing = asyncio.create_task(self._write(id_, socket))
        try:
            await self._read(id_, socket)
        finally:
            writing.cancel()
            if socket in sockets:
                sockets.remove(socket)
            if not sockets and self._sockets.get(id_) is sockets:
                del self._sockets[id_]
            self.remotes.count_socket(id_, -1, self._now())
            self._do(id_, Lifted())
            self._changed()
        return response

    async def _known_socket(self, response: web.WebSocketResponse) -> int | None:
        """Who a socket says it is, in its first message."""
        with contextlib.suppress(TimeoutError, TypeError):
            first = await response.receive(FIRST_WORDS)
            token = read_token(first.data) if first.type is WSMsgType.TEXT else None
            return self.remotes.find(token, self._now()) if token is not None else None
        return None

    async def _read(self, id_: int, socket: _Socket) -> None:
        bucket = Bucket(MESSAGES_A_SECOND, MESSAGES_A_SECOND)
        async for raw in socket.response:
            if raw.type is not WSMsgType.TEXT or not bucket.take(self._now()):
                await socket.response.close(code=WSCloseCode.POLICY_VIOLATION)
                return
            message = read_message(raw.data)
            if message is not None:
                self._do(id_, message)

    async def _write(self, id_: int, socket: _Socket) -> None:
        """Tells a telephone what is so now, whenever that is something new; one that is slow misses what is between."""
        try:
            while True:
                socket.news.clear()
                async with asyncio.timeout(SLOWEST):
                    await socket.response.send_str(self._told(id_))
                await socket.news.wait()
        except (TimeoutError, OSError, RuntimeError):
            socket.abort()


class _Socket:
    def __init__(self, response: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self.response = response
        self.news = asyncio.Event()
        self._transport = transport
        self._closing: asyncio.Task[bool] | None = None

    def close(self, code: int) -> None:
        self._closing = asyncio.create_task(self.response.close(code=code))

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()


async def _body(request: web.Request) -> bytes:
    """What was sent as JSON; nothing for any other kind, which a form of another page could send."""
    if request.content_type != "application/json":
        return b""
    return await request.read()


def _file(name: str, kind: str, lang: str) -> tuple[bytes, str]:
    body = (FOLDER / name).read_bytes()
    if lang in LANGUAGES:
        body = body.replace(b'<html lang="en"', f'<html lang="{lang}"'.encode(), 1)
    return body, kind


def _no(error: type[web.HTTPError]) -> web.Response:
    """A refusal that says no more than its name."""
    return web.Response(status=error.status_code, text=error().reason)
