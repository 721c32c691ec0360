"""A site on loopback that speaks what publishing needs of WordPress's REST interface, and can be told to fail.

What it keeps is in plain values, as a test looks at them; `tests/interchange` has a real WordPress.
"""

from __future__ import annotations

import contextlib
import json
import threading
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Generator

USER, PASSWORD = "ann", "abcd efgh Zorblax"


class Blog:
    """What the site has. `failures` answers routes that contain a word: (status, code, message)."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.posts: list[dict[str, Any]] = []
        self.media: list[dict[str, Any]] = []
        self.terms: list[dict[str, Any]] = []
        self.failures: dict[str, tuple[int, str, str]] = {}
        self.index: Any = {"namespaces": ["wp/v2"], "authentication": {"application-passwords": {}}}
        self.redirect = ""
        self.open = threading.Event()
        """While it is not set, pictures wait."""
        self.open.set()
        self.waiting = threading.Event()
        """A picture waits."""
        self.asked: list[tuple[str, str]] = []
        """Methods and routes."""

    def answer(self, method: str, route: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        """The status and value for a request of somebody who may."""
        for word, (status, code, message) in self.failures.items():
            if word in route:
                return status, {"code": code, "message": message, "data": {"status": status}}
        kind, _slash, number = route.removeprefix("/wp/v2/").partition("/")
        if kind == "users":
            return 200, {"capabilities": dict.fromkeys(("edit_posts", "upload_files", "unfiltered_html"), True)}
        if kind == "media" and method == "POST" and not number:
            self.waiting.set()
            self.open.wait(20)
            return 201, self._add(self.media, {"source_url": f"{self.address}/{len(self.media)}.png"})
        values = cast("dict[str, Any]", json.loads(body)) if body else {}
        there = {"posts": self.posts, "media": self.media}.get(kind, self.terms)
        if number:
            found = next((each for each in there if each["id"] == int(number)), None)
            if found is None:
                return 404, {"code": "rest_post_invalid_id", "message": "Not there.", "data": {}}
            found.update(_kept(values))
            return 200, found
        if method == "POST":
            return 201, self._add(there, {"modified": "2026-03-14T14:08:03", **_kept(values)})
        if kind == "posts":
            return 200, [each for each in there if each.get("slug") == query.get("slug")]
        if kind == "media":
            return 200, [each for each in there if str(each["id"]) in query.get("include", "").split(",")]
        return 200, [each for each in there if each.get("name") == query.get("search")]

    def _add(self, there: list[dict[str, Any]], values: dict[str, Any]) -> dict[str, Any]:
        there.append({"id": 10 * len(there) + 7, **values})
        return there[-1]


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    """A post as WordPress gives it: its texts raw."""
    return {
        name: {"raw": value} if name in {"title", "content", "excerpt"} else value for name, value in values.items()
    }


@contextlib.contextmanager
def running_blog() -> Generator[Blog]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            route = query.get("rest_route", "")
            blog.asked.append((self.command, route))
            if blog.redirect:
                self._say(301, b"", ("Location", blog.redirect))
            elif route == "/":
                self._say(200, json.dumps(blog.index).encode())
            elif not self._is_known():
                self._say(401, json.dumps({"code": "incorrect_password", "message": "No.", "data": {}}).encode())
            else:
                status, value = blog.answer(self.command, route, query, body)
                self._say(status, json.dumps(value).encode())

        def _is_known(self) -> bool:
            pair = self.headers.get("Authorization", "").removeprefix("Basic ")
            return b64decode(pair).decode() == f"{USER}:{PASSWORD}"

        def _say(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # who asked has been cancelled
                self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002 - its name

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        blog = Blog(server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield blog
        finally:
            blog.open.set()
            server.shutdown()
            thread.join()
