"""The pages of a PDF from as many processes as there are processors."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

from atelier.foundation.program import this_program
from atelier.importers.pdf_pages import COMMAND, READY, Page, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

MOST: Final = 8
"""Processes; each holds some 60 MB."""
PAGES_EACH: Final = 6
"""Pages that are worth the start of a process, some 0.15 s."""
LONGEST: Final = 60.0
"""Seconds a page may take, and a process to start."""
MOST_FALLS: Final = 10
"""Pages that may bring a process down; what it would have drawn after them is left out."""
_LOOK: Final = 0.2
"""Seconds between two looks at whether a page takes too long. Windows hears Ctrl+C between them."""
_KEEP_MEMORY: Final = {
    "MALLOC_TRIM_THRESHOLD_": str(256 * 1024 * 1024),
    "MALLOC_MMAP_THRESHOLD_": str(32 * 1024 * 1024),
}
"""Linux' C library keeps the large pieces that each page asks for again, which saves a tenth of the time."""


def pages(file: Path, total: int, draw: Callable[[int], Page]) -> Generator[tuple[int, Page]]:
    """The first `total` pages of a PDF by their index, as they come. Closing it ends the processes.

    `draw` draws those that no process could be started for. A page over which one falls, or that takes too long, comes
    back empty.
    """
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for index in range(total):
        waiting.put(index)
    done: queue.SimpleQueue[tuple[int, Page]] = queue.SimpleQueue()
    count = max(1, min(_processors(), MOST, -(-total // PAGES_EACH)))
    workers = [_Worker(file, waiting, done) for _number in range(count)]
    left = set(range(total))
    try:
        for worker in workers:
            worker.start()
        while left:
            try:
                index, page = done.get(timeout=_LOOK)
            except queue.Empty:
                for worker in workers:
                    worker.end_what_takes_too_long()
                if any(worker.is_alive() for worker in workers) or not done.empty():
                    continue
                break
            left.discard(index)
            yield index, page
        usable = any(worker.served for worker in workers)
        for index in sorted(left):
            yield index, Page() if usable else draw(index)
    finally:
        for worker in workers:
            worker.stop()
        for worker in workers:
            worker.join()


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker(threading.Thread):
    """Asks one process for pages, and starts another where it falls."""

    def __init__(self, file: Path, waiting: queue.SimpleQueue[int], done: queue.SimpleQueue[tuple[int, Page]]) -> None:
        super().__init__(name="pages of a PDF", daemon=True)
        self.served = False
        """Whether a process was ready."""
        self._file = file
        self._waiting = waiting
        self._done = done
        self._stopped = False
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._since = time.monotonic()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def end_what_takes_too_long(self) -> None:
        with self._lock:
            if self._process is not None and time.monotonic() - self._since > LONGEST:
                self._process.kill()

    def run(self) -> None:
        for _fall in range(MOST_FALLS):
            process = self._new_process()
            if process is None:
                return
            with contextlib.suppress(OSError), process:  # closing what it no longer reads
                try:
                    if self._emptied(process):
                        return
                finally:
                    process.kill()

    def _new_process(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._stopped:
                return None
            self._since = time.monotonic()
            with contextlib.suppress(OSError):
                self._process = subprocess.Popen(  # noqa: S603 - this program, and a file as its argument
                    [*this_program(), COMMAND, str(self._file)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, **_KEEP_MEMORY},
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
                return self._process
        return None

    def _emptied(self, process: subprocess.Popen[bytes]) -> bool:
        """Whether there is nothing more to ask for; if not, the process fell."""
        asked, answers = process.stdin, process.stdout
        assert asked is not None
        assert answers is not None
        if answers.read(len(READY)) != READY:
            return not self.served
        self.served = True
        while True:
            try:
                index = self._waiting.get_nowait()
            except queue.Empty:
                return True
            self._since = time.monotonic()
            page = None
            with contextlib.suppress(OSError):
                asked.write(b"%d\n" % index)
                asked.flush()
                page = answer(answers)
            self._done.put((index, page or Page()))
            if page is None:
                return False
