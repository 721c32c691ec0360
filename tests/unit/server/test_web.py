"""The real server, over the loopback address: what it gives to whom, and what hostile bytes do to it."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import socket
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession, TCPConnector, WSMsgType
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.server.limits import MOST_WRONG
from atelier.server.messages import (
    Act,
    Ask,
    ChangePin,
    Done,
    LetAdvance,
    Lifted,
    Point,
    Remove,
    Roll,
    Show,
    message_json,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from aiohttp import ClientWebSocketResponse

    from conftest import Server

PIN = "314159"
STATE = {"title": "The first frame", "notes": "Never to be seen: quagga."}
TIMEOUT = 15
NAMES = st.sampled_from(["act", "laser", "ask", "token", "pin"])
_NUMBERS = itertools.cycle(range(1, 250))


class Phone:
    """A telephone with its token."""

    def __init__(self, session: ClientSession, server: Server, token: str) -> None:
        self.session = session
        self.token = token
        self._host = server.host

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Origin": f"http://{self._host}"}

    async def act(self, **message: object) -> int:
        async with self.session.post("/act", json=message, headers=self.headers) as answer:
            return answer.status

    async def state(self) -> tuple[int, Any]:
        async with self.session.get("/state", headers={"Authorization": f"Bearer {self.token}"}) as answer:
            return answer.status, await answer.json() if answer.status == 200 else None

    @asynccontextmanager
    async def live(self, token: str = "") -> AsyncGenerator[ClientWebSocketResponse]:
        async with self.session.ws_connect("/live", origin=f"http://{self._host}") as socket_:
            await socket_.send_json({"token": token or self.token})
            yield socket_


def session_from(server: Server, address: str) -> ClientSession:
    connector = TCPConnector(local_addr=(address, 0), force_close=True)
    return ClientSession(f"http://{server.host}", connector=connector)


async def try_pin(session: ClientSession, server: Server, pin: object) -> tuple[int, Any]:
    async with session.post("/join", json={"pin": pin}, headers={"Origin": f"http://{server.host}"}) as answer:
        return answer.status, json.loads(await answer.text()) if answer.content_type == "application/json" else None


@asynccontextmanager
async def phones(server: Server, count: int = 1, address: str = "127.0.0.1") -> AsyncGenerator[list[Phone]]:
    async with asyncio.timeout(TIMEOUT), AsyncExitStack() as stack:
        found: list[Phone] = []
        for _n in range(count):
            session = await stack.enter_async_context(session_from(server, address))
            status, said = await try_pin(session, server, PIN)
            assert status == 200, said
            found.append(Phone(session, server, said["token"]))
        yield found


# ------------------------------------------------------------------ without the PIN


def test_the_page_is_for_anybody_and_holds_no_secret(server: Server) -> None:
    server.say(Show(STATE))
    for path in ("/", "/remote.css", "/remote.js"):
        answer = server.raw(f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert PIN.encode() not in answer
        assert b"quagga" not in answer
        assert b"default-src 'none'" in answer
        assert b"Access-Control" not in answer
        assert b"aiohttp" not in answer
        assert re.findall(rb"https?://[^\s\"'`)]+", answer.partition(b"\r\n\r\n")[2]) == [], "another server"


@pytest.mark.parametrize(
    "path",
    ["/..", "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/remote.html", "/static/", "/remote.js/", "//",
     "/remote.css%00", "/favicon.ico", "/join", "/act", "/" + "a" * 1500],
)  # fmt: skip
def test_nothing_else_is_there(server: Server, path: str) -> None:
    answer = server.raw(f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
    assert answer.split(b" ", 2)[1] in (b"400", b"404", b"405"), answer[:80]
    assert b"root:" not in answer


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_only_what_is_needed_can_be_asked(server: Server, method: str) -> None:
    for path in ("/", "/state", "/join"):
        request = f"{method} {path} HTTP/1.1\r\nHost: {server.host}\r\nOrigin: http://{server.host}\r\n\r\n"
        assert server.raw(request.encode()).startswith(b"HTTP/1.1 405 ")


@pytest.mark.parametrize("host", ["evil.example", "localhost:{port}", "127.0.0.1", "127.0.0.1:{port}@evil.example", ""])
def test_a_name_that_somebody_else_gave_to_this_address_leads_nowhere(server: Server, host: str) -> None:
    name = host.format(port=server.port)
    answer = server.raw(f"GET / HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
    assert answer.split(b" ", 2)[1] in (b"400", b"421")
    twice = server.raw(f"GET / HTTP/1.1\r\nHost: {server.host}\r\nHost: {name}\r\n\r\n".encode())
    assert twice.split(b" ", 2)[1] in (b"400", b"421")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", None])
def test_a_page_of_somebody_else_can_do_nothing(server: Server, origin: str | None) -> None:
    said = f"Origin: {origin}\r\n" if origin is not None else ""
    body = json.dumps({"pin": PIN})
    post = (
        f"POST /join HTTP/1.1\r\nHost: {server.host}\r\n{said}Content-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )
    assert server.raw(post.encode()).startswith(b"HTTP/1.1 403 ")
    upgrade = (
        f"GET /live HTTP/1.1\r\nHost: {server.host}\r\n{said}Connection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    assert server.raw(upgrade.encode()).startswith(b"HTTP/1.1 403 ")


def test_a_form_is_no_message(server: Server) -> None:
    async def run() -> None:
        async with asyncio.timeout(TIMEOUT), session_from(server, "127.0.0.1") as session:
            headers = {"Origin": f"http://{server.host}", "Content-Type": "text/plain"}
            async with session.post("/join", data=json.dumps({"pin": PIN}), headers=headers) as answer:
                assert answer.status == 400

    asyncio.run(run())


def test_without_a_token_there_are_no_notes(server: Server) -> None:
    async def run() -> None:
        server.say(Show(STATE))
        async with phones(server) as [phone]:
            for token in ("", "x", "x" * 43, "x" * 5000, "Bearer", phone.token[:-1]):
                stranger = Phone(phone.session, server, token)
                assert (await stranger.state())[0] in (400, 401)
                assert await stranger.act(act="next") in (400, 401)
                async with phone.live(token or "-") as live:
                    assert (await live.receive()).type is WSMsgType.CLOSE
            address = f"/state?token={phone.token}"
            async with phone.session.get(address) as answer:
                assert answer.status == 401, "a token in an address is none"

    asyncio.run(run())


# ------------------------------------------------------------------ PINs


def test_wrong_pins_are_few(own_server: Server) -> None:
    async def run() -> None:
        async with asyncio.timeout(TIMEOUT), session_from(own_server, "127.0.0.1") as session:
            for _n in range(MOST_WRONG - 1):
                assert await try_pin(session, own_server, "000000") == (403, {"wrong": True})
            status, said = await try_pin(session, own_server, "000000")
            assert (status, said["wait"] in (60, 61)) == (429, True)
            assert (await try_pin(session, own_server, PIN))[0] == 429
        async with phones(own_server, address="127.0.0.2"):
            own_server.say(ChangePin("271828"))
            own_server.say(LetAdvance(0))
            own_server.heard(Roll, lambda roll: bool(roll.remotes) and not roll.remotes[0].advances)
        async with asyncio.timeout(TIMEOUT), session_from(own_server, "127.0.0.3") as session:
            assert (await try_pin(session, own_server, "271828"))[0] == 200

    asyncio.run(run())


# ------------------------------------------------------------------ with it


def test_one_advances_and_the_other_reads(own_server: Server) -> None:
    async def run() -> None:
        server = own_server
        server.say(Show(STATE))
        async with phones(server, 2) as [first, second]:
            async with first.live() as live, second.live() as other:
                while True:
                    told = await live.receive_json()
                    if told["state"] is not None:
                        break
                assert told == {"you": {"advances": True, "asks": False}, "state": STATE}
                await live.send_json({"act": "next"})
                await live.send_json({"laser": [0.25, 0.5]})
                await live.send_json({"laser": None})
                await live.send_str("nonsense")
                await other.send_json({"act": "previous"})
                await other.send_json({"laser": [0.1, 0.1]})
                await other.send_json({"ask": True})
                for message in (Act("next"), Point(0.25, 0.5), Lifted()):
                    server.heard(Done, lambda done, wanted=message: (done.id, done.message) == (1, wanted))
                server.heard(Done, lambda done: (done.id, done.message) == (2, Ask()))
                assert await second.act(act="next") == 403
                assert {done.id for done in server.reports if isinstance(done, Done) and done.message != Ask()} == {1}
                server.say(LetAdvance(2))
                while not (await other.receive_json())["you"]["advances"]:
                    pass
                assert await second.act(act="black") == 204
                assert await first.act(act="black") == 403
                server.heard(Done, lambda done: (done.id, done.message) == (2, Act("black")))
                server.say(Remove(2))
                while (message := await other.receive()).type is WSMsgType.TEXT:
                    pass
                assert other.close_code == 4001
            assert await second.state() == (401, None)

    asyncio.run(run())


def test_without_a_socket_the_same_is_there_for_asking(own_server: Server) -> None:
    async def run() -> None:
        own_server.say(Show(STATE))
        async with phones(own_server) as [phone]:
            async with phone.live() as live:
                while (await live.receive_json())["state"] is None:
                    pass
            assert (await phone.state())[1] == {"you": {"advances": True, "asks": False}, "state": STATE}
            assert await phone.act(act="previous") == 204
            own_server.heard(Done, lambda done: done.message == Act("previous"))
            assert await phone.act(act="quit") == 400
            assert await phone.act(laser=[0.5, 2]) == 400
            assert await phone.act(act="next", padding="x" * 4000) in (400, 413)

    asyncio.run(run())


def test_when_the_talk_ends_telephones_are_told(own_server: Server) -> None:
    async def run() -> None:
        async with phones(own_server) as [phone], phone.live() as live:
            await live.receive_json()
            assert own_server.process.stdin is not None
            own_server.process.stdin.close()
            while (await live.receive()).type is WSMsgType.TEXT:
                pass
            assert live.close_code == 4002

    asyncio.run(run())
    assert own_server.process.wait(TIMEOUT) == 0


# ------------------------------------------------------------------ bad manners


def test_a_socket_that_floods_is_closed(server: Server) -> None:
    async def run() -> None:
        async with phones(server, address="127.0.0.4") as [phone], phone.live() as live:
            for _n in range(2000):
                if live.closed:
                    break
                try:
                    await live.send_str('{"laser":[0,0]}')
                except ConnectionError:
                    break
            while (await live.receive()).type is WSMsgType.TEXT:
                pass
            assert live.close_code in (1008, 1006)

    asyncio.run(run())


@pytest.fixture
def token(own_server: Server) -> str:
    """That of a telephone that may advance."""

    async def run() -> str:
        async with phones(own_server) as [phone]:
            return phone.token

    return asyncio.run(run())


@given(st.lists(st.text(max_size=120) | st.dictionaries(NAMES, st.text(max_size=6)).map(json.dumps), max_size=8))
@settings(max_examples=15)
def test_any_messages_leave_the_socket_standing(own_server: Server, token: str, messages: list[str]) -> None:
    where = Point(next(_NUMBERS) / 250, 0.5)

    async def run() -> None:
        async with (
            asyncio.timeout(TIMEOUT),
            session_from(own_server, f"127.0.3.{next(_NUMBERS)}") as session,
            Phone(session, own_server, token).live() as live,
        ):
            await live.receive_json()
            for message in messages:
                await live.send_str(message)
            heard = asyncio.create_task(asyncio.to_thread(own_server.heard, Done, lambda done: done.message == where))
            while not heard.done():  # a telephone that says much is passed over for a moment
                await live.send_json(message_json(where))
                await asyncio.wait({heard}, timeout=0.2)
            await heard

    asyncio.run(run())


def test_a_message_that_is_too_long_ends_its_socket(server: Server) -> None:
    async def run() -> None:
        async with phones(server, address="127.0.0.5") as [phone], phone.live() as live:
            await live.send_str("x" * 100_000)
            while (await live.receive()).type is WSMsgType.TEXT:
                pass
            assert live.close_code in (1009, 1006)

    asyncio.run(run())


def test_a_hundred_connections_keep_nobody_out(server: Server) -> None:
    async def run() -> None:
        async with phones(server, address="127.0.0.6") as [phone], phone.live() as live:
            await live.receive_json()
            held = [socket.create_connection(("127.0.0.1", server.port), 5, ("127.0.0.7", 0)) for _n in range(100)]
            try:
                server.say(Show({"title": "In spite of all"}))
                while (await live.receive_json())["state"] != {"title": "In spite of all"}:
                    pass
                assert (await phone.state())[0] == 200
                async with phones(server, address="127.0.0.8") as [late]:
                    assert (await late.state())[0] == 200
            finally:
                for each in held:
                    each.close()

    asyncio.run(run())


@given(st.binary(max_size=400))
@settings(max_examples=25)
def test_any_bytes_leave_the_server_standing(server: Server, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 5, (f"127.0.2.{next(_NUMBERS)}", 0)) as connection:
        connection.sendall(data + b"\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        try:
            answer = connection.recv(65536)
        except ConnectionResetError:
            answer = b""
        assert b"200 OK" not in answer
    assert server.raw(f"GET / HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())[:15] == b"HTTP/1.1 200 OK"


@given(st.text(max_size=80) | st.recursive(st.none() | st.integers(), st.lists, max_leaves=5).map(json.dumps))
@settings(max_examples=25)
def test_any_body_leaves_the_server_standing(server: Server, body: str) -> None:
    sent = body.encode("utf-8", "surrogatepass")
    head = (
        f"POST /join HTTP/1.1\r\nHost: {server.host}\r\nOrigin: http://{server.host}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    assert server.raw(head.encode() + sent).startswith(b"HTTP/1.1 400 ")
