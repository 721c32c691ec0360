"""Files that their author has changed: who says what becomes of them, and what is said of what came of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from atelier.cli.streams import complain, is_terminal
from atelier.foundation.run_messages import Question, is_for_a_program, line_of
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _
from atelier.writers.placing import Choice, Outcome, refuse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atelier.writers.placing import Placed

_CHOICES = {"mine": Choice.MINE, "new": Choice.NEW, "beside": Choice.BESIDE}


def chooser(conflicts: str) -> Callable[[Path, str], Choice]:
    """What `writers.placing.place` asks: what --conflicts says, the window that started this, or whoever is at the
    terminal.
    """
    if conflicts:
        return _chosen(_CHOICES[conflicts])
    if is_for_a_program():
        return _asks_a_program
    return _asks if is_terminal(sys.stdin) and is_terminal(sys.stderr) else _refuses


def in_words(file: Placed) -> str:
    match file.outcome:
        case Outcome.MERGED:
            return _("{file} (merged with your changes)").format(file=file.path)
        case Outcome.KEPT:
            return _("{file} (as you changed it)").format(file=file.path)
        case Outcome.SAME | Outcome.WRITTEN | Outcome.BESIDE:
            return str(file.path)


def _chosen(choice: Choice) -> Callable[[Path, str], Choice]:
    return lambda _path, _difference: choice


def _refuses(path: Path, difference: str) -> Choice:
    """Where nobody can be asked: says what differs, and what can be done."""
    complain(f"{harmless(difference)}\n" if difference else "")
    return refuse(path, difference)


def _asks_a_program(path: Path, difference: str) -> Choice:
    """Asks the window that started this; it answers by a line. Raises KeyboardInterrupt where it does not."""
    complain(line_of(Question(str(path), difference)))
    sys.stderr.flush()
    choice = _CHOICES.get(sys.stdin.readline().strip())
    if choice is None:
        raise KeyboardInterrupt
    return choice


def _asks(path: Path, difference: str) -> Choice:
    """Asks on the terminal until there is an answer. Raises KeyboardInterrupt where the terminal is closed."""
    complain(f"{harmless(difference)}\n" if difference else "")
    message = _("{file} is not as a draft left it, and the new one changes the same.").format(file=path)
    question = _("Keep yours [k], take the new one [n], or put it beside [b]?")
    letters = dict(zip(_("k n b").split(), (Choice.MINE, Choice.NEW, Choice.BESIDE), strict=True))
    complain(f"{harmless(message)}\n")
    while True:
        complain(f"{question} ")
        answer = sys.stdin.readline()
        if not answer:
            raise KeyboardInterrupt
        choice = letters.get(answer.strip().lower()[:1])
        if choice is not None:
            return choice
