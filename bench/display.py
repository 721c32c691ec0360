"""A virtual screen for measuring where there is none."""

from __future__ import annotations

import os
import select
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def on_display(width: int, height: int) -> Generator[None]:
    """Has DISPLAY name an Xvfb of that size while it lasts.

    Its number is this process's own: servers that look for a free one take away each other's socket as they end.
    """
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", f":{100 + os.getpid() % 50_000}", "-displayfd", str(write), "-noreset", "-nolisten", "tcp"),
            *("-screen", "0", f"{width}x{height}x24"),
        ],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        ready, _, _ = select.select([read], [], [], 20)
        if not ready:
            raise TimeoutError("Xvfb did not start")
        number = os.read(read, 16).decode().strip()
        os.environ["DISPLAY"] = f":{number}"
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        yield
    finally:
        os.close(read)
        server.terminate()
        server.wait(10)
