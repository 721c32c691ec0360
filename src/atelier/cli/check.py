"""`atelier check`: findings on stdout, as an author, an editor or a program reads them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from atelier.cli import findings
from atelier.cli.findings import as_line, counts, grouped, in_words, name_of, quoted, where
from atelier.cli.streams import console, is_clever, is_terminal, say, wrapped
from atelier.cli.terminal import cancellable, progress_bar
from atelier.foundation.diagnostics import Severity
from atelier.foundation.errors import AtelierError
from atelier.foundation.terminals import harmless
from atelier.foundation.texts import read_bytes
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rich.text import Text

    from atelier.app.checking import Checked
    from atelier.foundation.diagnostics import Diagnostic

COLOURS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.HINT: "bold cyan",
}
MARGIN: Final = 2
WIDEST: Final = 110
"""Columns a line of words may have; the lines of the text may be longer."""
_QUOTABLE: Final = (".md", ".toml")
_LARGEST_QUOTED: Final = 1024 * 1024  # bytes


def check(deck: Path, *, layout: bool, as_json: bool) -> int:
    """Says what is wrong with a deck; the exit code is 1 where something is an error."""
    if layout:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with cancellable(lambda: _("Cancelled.")), progress_bar(_("Checking"), _("{done} of {total} frames")) as progress:
        from atelier.app.checking import check as look

        checked = look(deck, layout=layout, progress=progress)
    _tell(checked, as_json=as_json)
    return 1 if any(found.severity is Severity.ERROR for found in checked.diagnostics) else 0


def _tell(checked: Checked, *, as_json: bool) -> None:
    if as_json:
        say(findings.as_json(checked.file, checked.diagnostics) + "\n")
    elif is_terminal(sys.stdout):
        _Pages(checked).print()
    else:
        for found in checked.diagnostics:
            say(as_line(found, checked.file) + "\n")


class _Pages:
    """The findings in a terminal: by frame, each with its line quoted and what to do about it."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked
        self._console = console()
        self._width = min(self._console.width, WIDEST)
        self._bar = "│" if self._console.encoding.startswith("utf") else "|"
        self._links = is_clever(sys.stdout) and not os.environ.get("TERM", "").startswith(("linux", "screen"))
        self._texts: dict[Path, tuple[str, ...]] = {checked.file: checked.lines}

    def print(self) -> None:
        from rich.text import Text

        checked = self._checked
        for group in grouped(checked.file, checked.frames, checked.diagnostics):
            # said to print(): it makes one text of those it gets, and forgets how they were to be broken
            self._console.print(Text(harmless(group.title), "bold underline"), no_wrap=True, overflow="ellipsis")
            self._console.print()
            quote: tuple[Path, int] | None = None
            for found in group.diagnostics:
                here = (found.file or checked.file, found.line)
                self._finding(found, quote=found.column > 0 or here != quote)
                quote = here
                self._console.print()
        self._console.print(self._sum())

    def _finding(self, found: Diagnostic, *, quote: bool) -> None:
        from rich.text import Text

        file = found.file or self._checked.file
        colour = COLOURS[found.severity]
        self._print(Text.assemble((name_of(found.severity), colour), "  ", harmless(found.message)))
        place = Text(harmless(where(found, self._checked.file)), "dim")
        if self._links and file.is_absolute():
            place.stylize(f"link {file.as_uri()}")
        self._print(Text.assemble(place, "  ", (found.code, "dim")))
        if quote and found.line and not found.more:
            self._quote(file, found)
        if found.hint:
            self._print(Text(f"→ {harmless(found.hint)}", "green"))

    def _print(self, words: Text) -> None:
        """Words in lines of their own, set in from the margin and without blanks at their end."""
        for line in wrapped(words, self._console, self._width - MARGIN):
            line.pad_left(MARGIN)
            self._console.print(line, soft_wrap=True)

    def _quote(self, file: Path, found: Diagnostic) -> None:
        from rich.text import Text

        lines = self._lines(file)
        if found.line > len(lines):
            return
        number = f"{found.line:>{MARGIN + 4}} "
        room = max(8, self._console.width - len(number) - 3)
        quote = quoted(lines[found.line - 1], found.column, room)
        if not quote.text:
            return
        colour = COLOURS[found.severity]
        bar = (f"{self._bar} ", "dim")
        self._console.print(Text.assemble((number, "dim"), bar, quote.text), soft_wrap=True)
        if quote.size:
            self._console.print(
                Text.assemble(" " * len(number), bar, " " * quote.mark, ("^" * quote.size, colour)), soft_wrap=True
            )

    def _lines(self, file: Path) -> tuple[str, ...]:
        """The lines of a file that was found fault with; of a picture there is none to quote."""
        if file not in self._texts:
            text = ""
            if file.suffix.lower() in _QUOTABLE:
                try:
                    text = read_bytes(file, _LARGEST_QUOTED).decode("utf-8", "replace")
                except AtelierError:
                    text = ""
            self._texts[file] = tuple(text.splitlines())
        return self._texts[file]

    def _sum(self) -> Text:
        from rich.text import Text

        found = counts(self._checked.diagnostics)
        if not any(found.values()):
            return Text(_("No problems"), "bold green")
        parts = [Text(in_words(severity, n), COLOURS[severity]) for severity, n in found.items() if n]
        return Text(", ").join(parts)
