"""What is counted and collected while one frame is parsed: steps, footnotes, notes, diagnostics."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _
from atelier.markup.limits import LONGEST_FRAME, PIECE

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from atelier.markup.blocks import Block


@dataclass(slots=True)
class Register:
    """Footnotes in the order their marks are met."""

    labels: list[str] = field(default_factory=list[str])
    _numbers: dict[str, int] = field(default_factory=dict[str, int])

    def number(self, label: str) -> int:
        if label not in self._numbers:
            self.labels.append(label)
            self._numbers[label] = len(self.labels)
        return self._numbers[label]


@dataclass(slots=True)
class Room:
    """How many more signs a frame takes, and whether something of it had to be left out."""

    signs: int = LONGEST_FRAME
    cut: bool = False


@dataclass(slots=True)
class FrameState:
    file: Path | None
    lang: str
    steps: int = 0
    """Advances given out so far."""
    step: int = 0
    """The advance that reveals what is being built."""
    depth: int = 0
    quiet: int = 0
    """Above 0 inside what the audience never sees: nothing there takes an advance."""
    register: Register = field(default_factory=Register)
    notes_register: Register = field(default_factory=Register)
    notes: list[Block] = field(default_factory=list["Block"])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
    reads_notes: bool = True
    line: int = 0
    """Of the paragraph being read, for diagnostics."""
    seen: Room = field(default_factory=Room)
    unseen_room: Room = field(default_factory=Room)
    """Notes, what is private and footnotes have a room of their own, so that a long text costs no notes."""

    def report(self, code: str, message: str, hint: str = "", line: int = 0) -> None:
        self.diagnostics.append(Diagnostic(code, message, hint, self.file, line or self.line))

    @property
    def room(self) -> Room:
        return self.unseen_room if self.quiet else self.seen

    def spend(self, signs: int) -> None:
        """Takes `signs`, and what a piece counts for, from the room that is left."""
        room = self.room
        room.signs = max(0, room.signs - signs - PIECE)

    def affords(self, line: int) -> bool:
        """Whether there is room for what begins at `line`."""
        if self.room.signs:
            return True
        self.cut(line)
        return False

    def cut(self, line: int) -> None:
        """Says, once, that the frame is too long from `line` on."""
        room = self.room
        if not room.cut:
            room.cut = True
            self.report(
                "text-too-long",
                _("This frame holds more text than it can show; what follows is left out."),
                _("Split it into several frames."),
                line,
            )

    def next_step(self) -> int:
        """The next advance, or the one at hand where nothing is counted."""
        if self.quiet:
            return self.step
        self.steps += 1
        return self.steps

    @contextmanager
    def at_step(self, step: int) -> Generator[None]:
        before, self.step = self.step, step
        try:
            yield
        finally:
            self.step = before

    @contextmanager
    def unseen(self) -> Generator[None]:
        self.quiet += 1
        try:
            yield
        finally:
            self.quiet -= 1

    @contextmanager
    def in_notes(self) -> Generator[None]:
        """Notes number their footnotes by themselves, and have no steps."""
        register, step, self.register, self.step = self.register, self.step, self.notes_register, 0
        try:
            with self.unseen():
                yield
        finally:
            self.register, self.step = register, step

    @contextmanager
    def in_language(self, lang: str) -> Generator[None]:
        before, self.lang = self.lang, lang or self.lang
        try:
            yield
        finally:
            self.lang = before
