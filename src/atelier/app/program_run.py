"""The program as a child process, for work that would hold up a window: what `export` and `draft` do takes seconds, and
painting holds the interpreter, so that a thread would freeze a flight all the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from atelier.foundation.program import this_program
from atelier.foundation.run_messages import (
    LONGEST_LINE,
    VARIABLE,
    Failure,
    PostQuestion,
    Progress,
    Question,
    message_of,
)
from atelier.foundation.translation import _, current_language

if TYPE_CHECKING:
    from collections.abc import Sequence

GRACE: Final = 5_000
"""Milliseconds that a run has to end by itself once it was cancelled."""
MOST_WORDS: Final = 4_000
"""Bytes of the last words on stderr that are kept."""
LARGEST_RESULT: Final = 16 * 1024 * 1024
"""Bytes."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that was written. `outcome` is written, same, merged, kept or beside."""

    path: Path
    outcome: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: with what it says (`said`, its JSON), with a failure, or cancelled, which leaves nothing half
    done.
    """

    said: object = None
    failure: Failure | None = None
    cancelled: bool = False

    @property
    def files(self) -> tuple[WrittenFile, ...]:
        """The files it says it has written."""
        parts: list[Any] = cast("list[Any]", self.said) if isinstance(self.said, list) else []
        return tuple(
            WrittenFile(Path(each["file"]).absolute(), each["outcome"]) for part in parts for each in part["files"]
        )


class ProgramRun(QObject):
    """One run of `atelier` with `--json`, from `start` to `ended`, which comes once whatever happens."""

    progressed = Signal(object)
    """A `Progress`."""
    asked = Signal(object)
    """A `Question` or `PostQuestion`, which waits for `answer`."""
    ended = Signal(object)
    """An `Ended`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._failure: Failure | None = None
        self._words = b""
        self._rest = b""
        self._result = b""
        self._cancelled = False

    @property
    def runs(self) -> bool:
        return self._process is not None

    def start(self, arguments: Sequence[str], secret: str = "") -> None:
        """Runs `atelier` with these; does nothing while it runs. A `secret` is the first line of its input, which
        nobody else on this machine can read, as arguments and environment can be.
        """
        if self._process is not None:
            return
        self._failure, self._words, self._rest, self._result, self._cancelled = None, b"", b"", b"", False
        process = self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in ((VARIABLE, "json"), ("LANGUAGE", current_language()), ("QT_QPA_PLATFORM", "offscreen")):
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.readyReadStandardError.connect(self._on_said)
        process.readyReadStandardOutput.connect(self._on_result)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        program, *before = this_program()
        process.start(program, [*before, *arguments, "--json"])
        if secret:
            self.answer(secret)

    def answer(self, choice: str) -> None:
        """Answers what was asked: mine, new or beside of a file, replace or keep of a post."""
        if self._process is not None:
            self._process.write(f"{choice}\n".encode())

    def cancel(self) -> None:
        """Ends it, if need be by force; files that were being written are as they were before."""
        if self._process is not None and not self._cancelled:
            self._cancelled = True
            process = self._process
            process.terminate()
            QTimer.singleShot(GRACE, process, process.kill)

    def close(self) -> None:
        """Cancels it and waits until it has ended."""
        process = self._process
        if process is None:
            return
        self.cancel()
        if not process.waitForFinished(GRACE):
            process.kill()
            process.waitForFinished(GRACE)

    # ------------------------------------------------------------------ what it says

    def _on_said(self) -> None:
        if self._process is None:
            return
        self._rest += bytes(self._process.readAllStandardError().data())
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            self._hear(line)
        if len(self._rest) > LONGEST_LINE:
            self._rest = b""

    def _hear(self, line: bytes) -> None:
        match message_of(line):
            case Progress() as progress:
                self.progressed.emit(progress)
            case Question() | PostQuestion() as question:
                if not self._cancelled:
                    self.asked.emit(question)
            case Failure() as failure:
                self._failure = failure
            case None:
                self._words = (self._words + line + b"\n")[-MOST_WORDS:]

    def _on_result(self) -> None:
        if self._process is not None and len(self._result) < LARGEST_RESULT:
            self._result += bytes(self._process.readAllStandardOutput().data())

    # ------------------------------------------------------------------ how it ends

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            reason = self._process.errorString().rstrip(".")
            self._end(Ended(failure=Failure(_("The program cannot be started again: {reason}.").format(reason=reason))))

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_said()
        self._on_result()
        if self._cancelled and (code or status is QProcess.ExitStatus.CrashExit):
            self._end(Ended(cancelled=True))
        elif status is QProcess.ExitStatus.NormalExit and code == 0:
            self._end(Ended(said=_said(self._result)))
        elif self._failure is not None:
            self._end(Ended(failure=self._failure))
        else:
            words = self._words.decode("utf-8", "replace").strip().splitlines()
            message = _("The work has stopped before its end.")
            self._end(Ended(failure=Failure(message, words[-1] if words else "")))

    def _end(self, how: Ended) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            self.ended.emit(how)


def _said(result: bytes) -> object:
    try:
        return json.loads(result)
    except (ValueError, RecursionError):
        return None
