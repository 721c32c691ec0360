"""The page for telephones in a real browser, against the real server and a real talk."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest
from tests.desktop.chromium import PATIENCE, Page, browser

from atelier.app.remote import Remote
from atelier.canvas.flight import Profile
from atelier.deck.loading import read
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.server.addresses import LOOPBACK
from atelier.windows.audience import AudienceWindow
from atelier.windows.ground import talk_over
from atelier.windows.remote_panel import Status
from atelier.windows.room_tools import Tool
from atelier.windows.style import Appearance
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

TEXT = """---
title: A talk
---

# A talk

/// notes
Never to be seen: quagga.
///

## Second

The end.
"""
PORTRAIT, LANDSCAPE, SMALL = (390, 844), (844, 390), (320, 568)
SMALLEST_TARGET = 44


class Given:
    """A talk with its remote on, and what a browser does while its windows live."""

    def __init__(self, qtbot: QtBot, folder: Path, look: Appearance) -> None:
        self._qtbot = qtbot
        self._folder = folder
        scene = build_scene(read(TEXT.encode()))
        self.talk = talk_over(scene)
        self.talk.begin()
        self.room = AudienceWindow(scene, TileCache(), self.talk, lambda: look, profile=Profile.CUTS)
        self.room.resize(640, 360)
        self.room.start()
        qtbot.addWidget(self.room)
        self.room.show()
        self.remote = Remote(self.talk, self.room, self.room.commands.run, self.room.aside)
        self.remote.start(LOOPBACK)
        qtbot.waitUntil(lambda: self.remote.view.status is Status.ON, timeout=20_000)

    def browse(self, act: Callable[[Page], Awaitable[None]]) -> None:
        trouble: list[BaseException] = []

        async def run() -> None:
            async with browser(self._folder) as page:
                await act(page)
                assert page.complaints == []

        def work() -> None:
            try:
                asyncio.run(run())
            except BaseException as error:  # noqa: BLE001 - said in the test's own thread
                trouble.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        self._qtbot.waitUntil(lambda: not thread.is_alive(), timeout=100_000)
        thread.join()
        if trouble:
            raise trouble[0]


async def join(page: Page, address: str, pin: str) -> None:
    await page.call("Page.navigate", url=address)
    await page.until("document.readyState === 'complete' && document.documentElement.dataset.screen === 'join'")
    await page.run("document.getElementById('pin').focus()")
    await page.call("Input.insertText", text=pin)
    await page.tap("enter")


@pytest.fixture
def given(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Given]:
    made = Given(qtbot, tmp_path, Appearance(qapp, Scheme.DARK))
    yield made
    made.remote.end()
    made.room.close()


def test_a_telephone_gives_a_talk(given: Given) -> None:
    url, pin = given.remote.view.url, given.remote.view.pin
    wrong = "000000" if pin != "000000" else "111111"

    async def act(page: Page) -> None:
        await page.be(PORTRAIT)
        await join(page, url, wrong)
        await page.until("document.getElementById('problem').textContent")
        assert await page.text("problem") == "This is not the PIN."
        page.complaints.clear()  # the browser notes the refusal
        await join(page, url, pin)
        await page.until("document.getElementById('title').textContent === 'A talk'")
        assert "quagga" in await page.text("text")
        assert await page.text("next") == "Second"
        assert pin not in await page.run("document.documentElement.outerHTML + JSON.stringify(sessionStorage)")
        assert await page.run("location.href") == url, "no token in the address"
        await page.tap("forward")
        await page.until("document.getElementById('title').textContent === 'Second'")
        assert given.talk.position.stop == 1
        await page.tap("laser")
        await page.touch("pad", 0.25, 0.5)
        await wait_for(lambda: given.room.tools.point is not None)
        point = given.room.tools.point
        assert point is not None
        assert (round(point.x(), 2), round(point.y(), 2)) == (0.25, 0.5)
        await page.lift()
        await wait_for(lambda: given.room.tools.tool is Tool.NONE)
        await page.tap("black")
        await page.until("document.getElementById('black').ariaPressed === 'true'")
        assert given.talk.state.cover == "black"
        await page.run("window.before = true; location.reload()")
        await page.until("!window.before && document.getElementById('title')?.textContent === 'Second'")
        for size in (PORTRAIT, LANDSCAPE, SMALL):
            await page.be(size)
            await every_button_can_be_hit(page, size)

    given.browse(act)


def test_a_telephone_that_was_removed_has_nothing_more(given: Given) -> None:
    url, pin = given.remote.view.url, given.remote.view.pin

    async def act(page: Page) -> None:
        await page.be(PORTRAIT)
        await join(page, url, pin)
        await page.until("document.getElementById('title').textContent === 'A talk'")
        given.talk.listen(lambda _event, _before: given.remote.remove(1))
        await page.tap("forward")
        await page.until("document.documentElement.dataset.screen === 'join'")
        assert await page.text("problem") == "The speaker removed this telephone."
        assert await page.run("sessionStorage.getItem('token')") is None

    given.browse(act)


def test_a_network_that_lets_no_sockets_through_is_enough(given: Given) -> None:
    url, pin = given.remote.view.url, given.remote.view.pin
    refused = (
        "window.WebSocket = class { constructor() { setTimeout(() => this.onclose({ code: 1006 }), 10); }"
        " send() {} close() {} };"
    )

    async def act(page: Page) -> None:
        await page.be(PORTRAIT)
        await page.call("Page.addScriptToEvaluateOnNewDocument", source=refused)
        await join(page, url, pin)
        await page.until("document.getElementById('title').textContent === 'A talk'")
        await page.tap("forward")
        await page.until("document.getElementById('title').textContent === 'Second'")

    given.browse(act)


def test_the_page_says_the_same_in_every_language(given: Given) -> None:
    async def act(page: Page) -> None:
        await page.call("Page.navigate", url=given.remote.view.url)
        await page.until("document.readyState === 'complete' && document.documentElement.dataset.screen === 'join'")
        fields = "Object.values(TEXTS[lang]).map((text) => (text.match(/\\{\\w+\\}/g) || []).sort().join())"
        english, french = [
            await page.run(f"(() => {{ const lang = '{lang}'; return [Object.keys(TEXTS[lang]), {fields}]; }})()")
            for lang in ("en", "fr")
        ]
        assert english == french
        assert await page.run("[...document.querySelectorAll('[data-words]')].every((part) => part.textContent)")

    given.browse(act)


async def wait_for(happens: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happens():  # noqa: ASYNC110 - the windows live in another thread
            await asyncio.sleep(0.02)


async def every_button_can_be_hit(page: Page, size: tuple[int, int]) -> None:
    """Each is on the screen, as large as a finger, and on top where it is touched."""
    found = await page.run(
        "[...document.querySelectorAll('#remote button')].filter((each) => each.offsetParent).map((each) => {"
        " const box = each.getBoundingClientRect();"
        " const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);"
        " return [each.id, box.x, box.y, box.right, box.bottom, each.contains(top),"
        " each.ariaLabel || each.innerText]; })"
    )
    assert {"forward", "previous", "black", "laser", "clock"} <= {row[0] for row in found}
    for id_, left, top, right, bottom, on_top, name in found:
        assert right - left >= SMALLEST_TARGET, (size, id_)
        assert bottom - top >= SMALLEST_TARGET, (size, id_)
        if id_ not in ("smaller", "larger"):  # those scroll with the notes
            assert left >= 0, (size, id_)
            assert top >= 0, (size, id_)
            assert right <= size[0], (size, id_)
            assert bottom <= size[1], (size, id_)
            assert on_top, (size, id_)
        assert name.strip(), (size, id_)
