"""Long work in a terminal: its progress on stderr, and the way out of it."""

from __future__ import annotations

import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from atelier.cli.streams import complain, console, is_clever
from atelier.foundation import run_messages
from atelier.foundation.progress import Progress, left_in_words, time_left, unseen
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import FrameType

    from rich.console import Console

AFTER: Final = 0.5
"""Seconds of work before a bar is shown."""
EVERY: Final = 0.1
"""Seconds between two pictures of a bar."""
WIDEST_BAR: Final = 40
NARROWEST_BAR: Final = 6
ROOM: Final = 3
"""Columns left free at the end: a sign in the last one moves some terminals to the next line, and Ctrl+C shows two."""
START_OF_LINE: Final = "\r\x1b[2K"
"""Goes back and wipes the line out."""


class Cancelled(Exception):  # noqa: N818 - not an error: somebody wanted it
    """Work was given up by Ctrl+C or SIGTERM. `code` is what the program ends with."""

    def __init__(self, words: str, code: int) -> None:
        super().__init__(words)
        self.words = words
        self.code = code


class _Interrupt(KeyboardInterrupt):
    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


_asked: list[int] = []
"""Signals that ask to give up what is done inside `cancellable`."""


def _poll() -> None:
    if _asked:
        raise _Interrupt(_asked[0])


@contextmanager
def cancellable(kept: Callable[[], str] | None = None, *, at_once: bool = True) -> Generator[Callable[[], None]]:
    """Ctrl+C and SIGTERM end what is done inside with `Cancelled`; a second one ends the program at once.

    `kept` is asked for the sentence about it, which says what is kept. Where `at_once` is False the work goes on until
    it calls what is given here, because it runs Qt's events: an exception in the midst of one is lost. Qt's bindings
    lose one now and then elsewhere, where they run Python to make an enumeration, and Python itself does where it calls
    back from a weak reference: a progress bar raises it again.
    """
    if threading.current_thread() is not threading.main_thread():
        yield _poll
        return
    _asked.clear()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    unraisable = sys.unraisablehook

    def complain_of(lost: sys.UnraisableHookArgs) -> None:
        if not isinstance(lost.exc_value, _Interrupt):  # which is raised again
            unraisable(lost)

    sys.unraisablehook = complain_of

    def interrupt(number: int, _frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        _asked.append(number)
        if at_once:
            _poll()

    for number in before:
        signal.signal(number, interrupt)
    try:
        yield _poll
        _poll()
    except KeyboardInterrupt as error:
        number = error.number if isinstance(error, _Interrupt) else signal.SIGINT
        words = kept() if kept else _("Cancelled; nothing was written.")
        raise Cancelled(words, 128 + number) from error
    finally:
        _asked.clear()
        sys.unraisablehook = unraisable
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def progress_bar(what: str, counted: str = "") -> Generator[Progress]:
    """A bar called `what` on stderr, shown in a terminal once the work has taken half a second.

    `counted` says how far it is, as in "{done} of {total} frames". Nothing of the bar is left at the end. A
    program that reads stderr is told in lines (`foundation.run_messages`). Where the work was given up meanwhile, the
    progress ends it.
    """
    counted = counted or _("{done} of {total}")
    if run_messages.is_for_a_program():
        yield _polled(_lines(what, counted))
        return
    if not is_clever(sys.stderr):
        yield _polled(unseen)
        return
    bar = _Bar(harmless(what), counted)
    try:
        yield _polled(bar.show)
    finally:
        bar.clear()


def _polled(progress: Progress) -> Progress:
    def show(done: int, total: int) -> None:
        _poll()
        progress(done, total)

    return show


def _lines(what: str, counted: str) -> Progress:
    """Tells a program how far the work is, ten times a second at most."""
    shown = 0.0

    def show(done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown >= EVERY and done < total:
            shown = now
            words = counted.format(done=done, total=total)
            complain(run_messages.line_of(run_messages.Progress(what, words, done, total)))
            sys.stderr.flush()

    return show


class _Bar:
    """No thread draws it: it moves when the work says so, and takes no time from what shares the interpreter."""

    def __init__(self, what: str, counted: str) -> None:
        self._what = what
        self._counted = counted
        self._started = time.monotonic()
        self._shown = 0.0
        self._done: int = -1
        self._console: Console | None = None

    def show(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._started < AFTER or now - self._shown < EVERY or done >= total or done == self._done:
            return
        self._shown, self._done = now, done
        from rich.text import Text

        if self._console is None:
            self._console = console(stderr=True)
        if self._console.legacy_windows:  # it knows no way back in its line
            return
        count = self._counted.format(done=done, total=total)
        left = time_left(now - self._started, done, total)
        before, full, empty, after = bar_line(
            self._console.width - ROOM, self._what, count, left_in_words(left), done / total
        )
        heavy, light = ("━", "─") if self._console.encoding.startswith("utf") else ("#", "-")
        line = Text.assemble(before, (heavy * full, "cyan"), (light * empty, "bright_black"), after)
        # drawn apart and written at once: a signal in the midst of rich's own writing would have it written twice
        with self._console.capture() as drawn:
            self._console.print(line, end="", soft_wrap=True)
        self._write(drawn.get())

    def clear(self) -> None:
        if self._console is not None and not self._console.legacy_windows:
            self._write("")

    def _write(self, line: str) -> None:
        sys.stderr.write(f"{START_OF_LINE}{line}")
        sys.stderr.flush()


def bar_line(width: int, what: str, count: str, left: str, share: float) -> tuple[str, int, int, str]:
    """What fits into `width` columns: words before the bar, its full and its empty part in columns, words after it.

    The time left goes first where there is little room, then the bar, then the end of the words.
    """
    from rich.cells import cell_len, set_cell_size

    for after in (f"{count}  {left}" if left else count, count):
        room = width - cell_len(what) - cell_len(after) - 4
        if room >= NARROWEST_BAR:
            cells = min(room, WIDEST_BAR)
            full = round(cells * min(1.0, max(0.0, share)))
            return f"{what}  ", full, cells - full, f"  {after}"
    words = f"{what}  {count}"
    if cell_len(words) > width:
        words = set_cell_size(f"{count}", width) if cell_len(count) <= width else set_cell_size(words, max(0, width))
    return words, 0, 0, ""
