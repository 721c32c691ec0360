"""What a site may answer, and what is said then; against a server on loopback."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from atelier.foundation.errors import InputError
from atelier.publishing.address import SiteAddress
from atelier.publishing.connection import (
    Connection,
    Credentials,
    ForbiddenError,
    NotThereError,
    PasswordError,
    RefusedError,
    TooLargeError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "Zorb lax"


class Answer:
    """What the server is to say, and what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.body = b"{}"
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []

    def error(self, status: int, code: str, message: str = "Because.", **data: Any) -> None:
        self.status = status
        self.body = json.dumps({"code": code, "message": message, "data": data}).encode()


@pytest.fixture
def answer() -> Answer:
    return Answer()


@pytest.fixture
def site(answer: Answer) -> Iterator[SiteAddress]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer.asked.append((self.command, self.path, dict(self.headers)))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002 - its name

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield SiteAddress(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


def line(site: SiteAddress, patience: float = 20.0) -> Connection:
    return Connection(site, Credentials("ann", SECRET), patience)


def said(site: SiteAddress, kind: type[InputError] = InputError) -> str:
    """What is said where the request fails."""
    with pytest.raises(InputError) as caught:
        line(site).post("/wp/v2/posts", {"title": "Title Quuxel"})
    assert type(caught.value) is kind
    words = str(caught.value)
    for secret in (SECRET, "Quuxel", "Wm9yYiBsYXg", "Basic"):
        assert secret not in words
        assert secret not in repr(caught.value.__context__)
    return words


def test_a_request_is_one_of_wordpress(site: SiteAddress, answer: Answer) -> None:
    answer.body = b'{"id": 3}'
    assert line(site).get("/wp/v2/posts/3", context="edit") == {"id": 3}
    ((method, path, headers),) = answer.asked
    assert (method, path) == ("GET", "/?rest_route=%2Fwp%2Fv2%2Fposts%2F3&context=edit")
    assert headers["Authorization"] == "Basic YW5uOlpvcmIgbGF4"


def test_a_redirection_is_said_and_not_followed(site: SiteAddress, answer: Answer) -> None:
    for target in ("https://www.example.org/?rest_route=/", "/blog/", "//evil.example/a"):
        answer.status, answer.headers, answer.asked = 301, {"Location": target}, []
        words = said(site)
        assert "leads on to http" in words
        assert len(answer.asked) == 1
    assert "https://www.example.org." not in words


@pytest.mark.parametrize(
    ("status", "code", "kind", "words"),
    [
        (401, "incorrect_password", PasswordError, "does not accept the name “ann”"),
        (401, "rest_not_logged_in", PasswordError, "application password"),
        (403, "rest_cannot_create", ForbiddenError, "does not allow that: Because."),
        (404, "rest_no_route", InputError, "No WordPress answers"),
        (404, "rest_post_invalid_id", NotThereError, "does not have it: Because."),
        (413, "", TooLargeError, "too large"),
        (400, "rest_upload_no_data", TooLargeError, "too large"),
        (400, "rest_upload_file_too_big", TooLargeError, "too large"),
        (400, "rest_invalid_param", RefusedError, "refuses it: Because."),
        (429, "", InputError, "too busy"),
        (503, "", InputError, "under maintenance"),
        (500, "internal_server_error", InputError, "a fault of its own (500)"),
        (500, "rest_upload_unknown_error", RefusedError, "refuses it: Because."),
    ],
)
def test_an_error_is_a_sentence(
    site: SiteAddress, answer: Answer, status: int, code: str, kind: type[InputError], words: str
) -> None:
    answer.error(status, code)
    assert words in said(site, kind)


@pytest.mark.parametrize("body", [b"", b"<html>A proxy</html>", b"\xff\xfe", b"[" * 100_000, b'{"id": '])
def test_what_is_no_json_is_no_wordpress(site: SiteAddress, answer: Answer, body: bytes) -> None:
    answer.body = body
    assert "No WordPress answers" in said(site)


def test_what_a_site_says_cannot_move_the_cursor(site: SiteAddress, answer: Answer) -> None:
    answer.error(400, "x", "\x1b[2J" + "long " * 1000)
    words = said(site, RefusedError)
    assert "\x1b" not in words
    assert len(words) < 400


@pytest.mark.parametrize(
    ("index", "words"),
    [
        ({}, "No WordPress answers"),
        ([], "No WordPress answers"),
        ({"namespaces": ["oembed/1.0"]}, "No WordPress answers"),
        ({"namespaces": ["wp/v2"], "authentication": []}, "takes no application passwords"),
    ],
)
def test_a_site_is_looked_at_before_the_password_is_sent(
    site: SiteAddress, answer: Answer, index: Any, words: str
) -> None:
    answer.body = json.dumps(index).encode()
    with pytest.raises(InputError, match=words):
        line(site).check()
    assert all("Authorization" not in headers for _method, _path, headers in answer.asked)


def test_a_site_that_does_not_answer_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with pytest.raises(InputError, match="has not answered for 0 seconds"):
            line(SiteAddress(f"http://127.0.0.1:{silent.getsockname()[1]}"), 0.2).get("/")
        port = silent.getsockname()[1]
    with pytest.raises(InputError, match=r"The connection to 127.0.0.1 fails"):
        line(SiteAddress(f"http://127.0.0.1:{port}")).get("/")


def test_a_site_that_is_not_known_or_speaks_no_https_is_said(site: SiteAddress) -> None:
    with pytest.raises(InputError, match=r"There is no way to nowhere\.invalid"):
        line(SiteAddress("https://nowhere.invalid")).get("/")
    with pytest.raises(InputError, match="does not speak HTTPS"):
        line(SiteAddress(site.root.replace("http://", "https://"))).get("/")


def test_a_way_out_of_the_machine_is_not_taken_to_the_machine_itself(
    site: SiteAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert line(site).get("/") == {}


def test_a_password_is_in_no_representation() -> None:
    assert SECRET not in repr(Credentials("ann", SECRET))
