"""Chromium without a screen, driven through its DevTools protocol: it asks nobody on any network for anything."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import subprocess
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession

from atelier.server.addresses import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from aiohttp import ClientWebSocketResponse

PATIENCE = 20.0


class Page:
    """A tab of Chromium, through its DevTools protocol."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._last = 0
        self.complaints: list[object] = []

    async def call(self, method: str, **parameters: object) -> Any:
        self._last += 1
        await self._socket.send_json({"id": self._last, "method": method, "params": parameters})
        while True:
            said = await self._socket.receive_json(timeout=PATIENCE)
            if said.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                self.complaints.append(said["params"])
            if said.get("id") == self._last:
                assert "error" not in said, said
                return said["result"]

    async def run(self, script: str) -> Any:
        found = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def until(self, script: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await self.run(script):  # noqa: ASYNC110 - the page has no way to say so
                await asyncio.sleep(0.03)

    async def text(self, id_: str) -> str:
        return str(await self.run(f"document.getElementById('{id_}').textContent"))

    async def be(self, size: tuple[int, int]) -> None:
        """Is a telephone of that size."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=2, mobile=True
        )
        await self.call("Emulation.setTouchEmulationEnabled", enabled=True)

    async def look(self, width: int, height: int, density: float = 1.0) -> None:
        """Is a window of that size, in pixels of the page."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=density, mobile=False
        )

    async def picture(self) -> bytes:
        """What is shown, as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])

    async def traced(self, script: str, categories: str) -> list[dict[str, Any]]:
        """Runs a script while the browser notes what it does; the events of these categories."""
        config = {"includedCategories": categories.split(), "recordMode": "recordAsMuchAsPossible"}
        await self.call("Tracing.start", traceConfig=config, transferMode="ReportEvents")
        await self.run(script)
        self._last += 1
        await self._socket.send_json({"id": self._last, "method": "Tracing.end", "params": {}})
        events: list[dict[str, Any]] = []
        while True:
            said = await self._socket.receive_json(timeout=PATIENCE)
            if said.get("method") == "Tracing.dataCollected":
                events += said["params"]["value"]
            elif said.get("method") == "Tracing.tracingComplete":
                return events

    async def touch(self, id_: str, x: float = 0.5, y: float = 0.5) -> None:
        """Puts a finger on an element, at shares of its box."""
        at = await self.run(
            f"(() => {{ const box = document.getElementById('{id_}').getBoundingClientRect();"
            f" return {{ x: box.x + {x} * box.width, y: box.y + {y} * box.height }}; }})()"
        )
        await self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[at])

    async def lift(self) -> None:
        await self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    async def tap(self, id_: str) -> None:
        await self.touch(id_)
        await self.lift()


@contextlib.asynccontextmanager
async def browser(folder: Path) -> AsyncGenerator[Page]:
    """A tab of Chromium with a profile in `folder`."""
    chromium = await asyncio.create_subprocess_exec(
        *("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"),
        *(f"--user-data-dir={folder}", "--no-first-run", "--disable-background-networking", "--disable-sync"),
        *(
            "--disable-component-update",
            "--disable-default-apps",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            "about:blank",
        ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        told = folder / "DevToolsActivePort"
        async with asyncio.timeout(PATIENCE):
            while not told.exists() or len(told.read_text().split()) < 2:  # noqa: ASYNC110 - it says so in a file
                await asyncio.sleep(0.03)
        port = told.read_text().split()[0]
        async with ClientSession() as session:
            async with session.put(f"http://{LOOPBACK}:{port}/json/new") as answer:
                tab = await answer.json()
            async with session.ws_connect(tab["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                page = Page(socket)
                for domain in ("Page", "Runtime", "Log"):
                    await page.call(f"{domain}.enable")
                yield page
    finally:
        chromium.terminate()
        await chromium.wait()
