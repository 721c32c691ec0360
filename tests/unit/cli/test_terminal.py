"""Progress in a terminal, and being stopped."""

from __future__ import annotations

import contextlib
import io
import signal
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from atelier.cli import terminal
from atelier.cli.terminal import Cancelled, bar_line, cancellable, progress_bar
from atelier.foundation import run_messages
from atelier.foundation.progress import left_in_words, time_left


class Tty(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def terminal_on_stderr(monkeypatch: pytest.MonkeyPatch) -> Tty:
    """A terminal for stderr; not a fixture, because pytest puts its own stderr there when the test begins."""
    stream = Tty()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    return stream


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """`clock[0]` is what time it is."""
    now = [100.0]
    monkeypatch.setattr(terminal.time, "monotonic", lambda: now[0])
    return now


def test_short_work_shows_nothing(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    tty = terminal_on_stderr(monkeypatch)
    with progress_bar("Checking") as progress:
        clock[0] += 0.4
        progress(1, 2)
    assert tty.getvalue() == ""


def test_long_work_shows_how_far_it_is_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    tty = terminal_on_stderr(monkeypatch)
    with progress_bar("Checking", "{done} of {total} frames") as progress:
        clock[0] += 0.6
        progress(12, 46)
        assert "12 of 46 frames" in tty.getvalue()
    assert tty.getvalue().endswith("\r\x1b[2K")
    assert "\n" not in tty.getvalue()


def test_a_program_is_told_in_lines_from_the_beginning(
    monkeypatch: pytest.MonkeyPatch, clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(run_messages.VARIABLE, "json")
    with progress_bar("Checking", "{done} of {total} frames") as progress:
        progress(1, 46)
        progress(2, 46)
        clock[0] += 0.2
        progress(3, 46)
        clock[0] += 0.2
        progress(46, 46)
    heard = [run_messages.message_of(line) for line in capsys.readouterr().err.encode().splitlines()]
    assert heard == [run_messages.Progress("Checking", f"{n} of 46 frames", n, 46) for n in (1, 3)]


def test_a_bar_is_drawn_ten_times_a_second_at_most(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    tty = terminal_on_stderr(monkeypatch)
    with progress_bar("Checking") as progress:
        clock[0] += 0.6
        for n in range(1000):
            clock[0] += 0.001
            progress(n, 1000)
    assert tty.getvalue().count("of 1000") in range(9, 12)


def test_work_that_fails_leaves_nothing_of_its_bar(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    tty = terminal_on_stderr(monkeypatch)

    def fail() -> None:
        with progress_bar("Checking") as progress:
            clock[0] += 0.6
            progress(1, 2)
            raise ValueError("it failed")

    with pytest.raises(ValueError, match="it failed"):
        fail()
    assert tty.getvalue().endswith("\x1b[2K")


def test_nobody_sees_a_bar_in_a_file(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress_bar("Checking") as progress:
        clock[0] += 5
        progress(1, 2)
    assert stream.getvalue() == ""


def test_a_dumb_terminal_shows_no_bar(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    tty = terminal_on_stderr(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    with progress_bar("Checking") as progress:
        clock[0] += 5
        progress(1, 2)
    assert tty.getvalue() == ""


def test_work_without_an_end_in_sight_shows_nothing(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    tty = terminal_on_stderr(monkeypatch)
    with progress_bar("Checking") as progress:
        clock[0] += 5
        progress(3, 0)
    assert tty.getvalue() == ""


def test_the_time_left_is_said_of_long_work_alone() -> None:
    assert time_left(3.0, 1, 2) is None
    assert time_left(1.0, 1, 1000) is None
    assert time_left(6.0, 1, 3) == 12.0
    assert time_left(60.0, 3, 3) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s left"), (12.4, "12 s left"), (43.0, "45 s left"), (61.0, "1 min 0 s left"), (3000.0, "50 min left")],
)
def test_a_time_is_said_as_one_says_it(seconds: float, words: str) -> None:
    assert left_in_words(seconds) == words


def test_a_narrow_terminal_loses_the_time_then_the_bar() -> None:
    def shown(width: int) -> str:
        before, full, empty, after = bar_line(width, "PDF", "12 of 46 pages", "1 min 20 s left", 0.5)
        return before + "#" * full + "-" * empty + after

    assert "left" in shown(79)
    assert "left" not in shown(39)
    assert "#" in shown(39)
    assert shown(20) == "PDF  12 of 46 pages"
    assert shown(16) == "12 of 46 pages  "


@given(st.integers(0, 200), st.text(max_size=30), st.text(max_size=30), st.text(max_size=20), st.floats(0, 2))
def test_a_bar_never_takes_more_than_its_line(width: int, what: str, count: str, left: str, share: float) -> None:
    before, full, empty, after = bar_line(width, what, count, left, share)
    assert full >= 0
    assert empty >= 0
    assert cell_len(before) + full + empty + cell_len(after) <= width


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_work_in_words(number: signal.Signals, code: int) -> None:
    before = signal.getsignal(number)
    with pytest.raises(Cancelled) as cancelled, cancellable(lambda: "The PDF is kept."):
        signal.raise_signal(number)
    assert (cancelled.value.words, cancelled.value.code) == ("The PDF is kept.", code)
    assert signal.getsignal(number) is before


def test_a_signal_waits_for_the_work_to_ask() -> None:
    done: list[str] = []

    def work() -> None:
        with cancellable(at_once=False) as poll:
            signal.raise_signal(signal.SIGINT)
            done.append("the event")
            poll()
            done.append("the rest")

    with pytest.raises(Cancelled):
        work()
    assert done == ["the event"]


def test_a_signal_lost_in_the_midst_of_a_call_ends_the_work_at_its_next_progress() -> None:
    done: list[str] = []

    def work() -> None:
        with cancellable(), progress_bar("PDF") as progress:
            with contextlib.suppress(KeyboardInterrupt):  # as Qt's bindings do
                signal.raise_signal(signal.SIGINT)
            done.append("the frame")
            progress(1, 2)
            done.append("the rest")

    with pytest.raises(Cancelled):
        work()
    assert done == ["the frame"]


def test_a_signal_that_comes_while_something_is_deleted_is_not_complained_of(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = sys.__unraisablehook__
    monkeypatch.setattr(sys, "unraisablehook", hook)  # that of a program, not pytest's

    class Deleted:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGTERM)

    def work() -> None:
        with cancellable(), progress_bar("PDF") as progress:
            Deleted()
            progress(1, 2)

    with pytest.raises(Cancelled):
        work()
    assert capsys.readouterr().err == ""
    assert sys.unraisablehook is hook


def test_work_that_never_asks_is_cancelled_at_its_end() -> None:
    with pytest.raises(Cancelled), cancellable(at_once=False):
        signal.raise_signal(signal.SIGINT)
