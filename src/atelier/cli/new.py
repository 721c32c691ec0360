"""`atelier new`."""

from __future__ import annotations

import shlex
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from atelier.cli.streams import say
from atelier.cli.terminal import cancellable
from atelier.foundation.terminals import harmless
from atelier.foundation.texts import DECK_FILE
from atelier.foundation.translation import _, current_language, ngettext

if TYPE_CHECKING:
    from pathlib import Path


def new(folder: Path, template: str) -> int:
    """Makes a deck to start from, and says what to do with it."""
    with suppress(RuntimeError):  # nobody has that home
        folder = folder.expanduser()  # not every shell does it, and a folder called “~” is a danger
    with cancellable():
        from atelier.app.creating import create

        created = create(folder, template, current_language())
    place = typed(str(folder))
    found = ngettext("“{title}”: {n} frame, in {folder}", "“{title}”: {n} frames, in {folder}", created.frames)
    lines = [found.format(title=created.title, n=created.frames, folder=folder / DECK_FILE), ""]
    for use, command in (
        (_("Look at it beside your editor:"), f"atelier present --windowed {place}"),
        (_("Check it while you write:"), f"atelier check --layout {place}"),
    ):
        lines += [use, f"    {command}"]
    say(harmless("\n".join(lines)) + "\n")
    return 0


def typed(argument: str) -> str:
    """`argument` as one types it in a shell."""
    if argument.startswith("-"):
        argument = f"./{argument}"
    return subprocess.list2cmdline([argument]) if sys.platform == "win32" else shlex.quote(argument)
