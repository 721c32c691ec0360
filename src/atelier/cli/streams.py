"""Words on stdout and stderr, whatever these are: a terminal of any encoding, a file, a pipe nobody reads any more."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console
    from rich.text import Text

NARROWEST: Final = 20
USUAL_WIDTH: Final = 80
"""Columns."""
_HELD: Final = {ord("\u00a0"): "\ue0a0", ord("\u202f"): "\ue02f"}
"""Signs for private use in the place of no-break spaces, which are as wide and part no line."""
_FREED: Final = {ord(held): chr(space) for space, held in _HELD.items()}
_PLAIN: Final = "atelier-plain"
_SPELLED: Final[Mapping[str, str]] = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("–—‑−─━", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009", " "),
    **dict.fromkeys("│┃", "|"),
    **dict.fromkeys("█▌", "#"),
    "…": "...",
    "→": "->",
    "×": "x",
    "•": "*",
    "✓": "+",
    "✗": "x",
    "œ": "oe",
    "Œ": "OE",
    "\ufffd": "?",
}


def prepare_streams() -> None:
    """Has stdout and stderr spell what their encoding has no sign for, instead of failing."""
    codecs.register_error(_PLAIN, _spell)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_PLAIN)


def _spell(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    import unicodedata

    out = bytearray()
    for character in error.object[error.start : error.end]:
        if "\udc80" <= character <= "\udcff":
            out.append(ord(character) - 0xDC00)  # a file's name that is not UTF-8 is given back as it is on disk
            continue
        spelled = _SPELLED.get(character) or unicodedata.normalize("NFKD", character)
        out += spelled.encode("ascii", "ignore") or b"?"
    return bytes(out), error.end


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def is_clever(stream: TextIO | None) -> bool:
    """Whether it is a terminal that can go back in a line and show colours."""
    return is_terminal(stream) and os.environ.get("TERM") not in {"dumb", "unknown"}


def console(*, stderr: bool = False) -> Console:
    """The terminal on stdout or stderr, to which words are given as they are to be read."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    if made.width < NARROWEST:  # some that do not know their width say 0
        made.width = NARROWEST if made.width > 0 else USUAL_WIDTH
    return made


def wrapped(words: Text, page: Console, width: int) -> list[Text]:
    """`words` in lines of at most `width` columns, none of which ends at a no-break space: rich parts them there."""
    held = words.copy()
    held.plain = held.plain.translate(_HELD)
    lines = list(held.wrap(page, width))
    for line in lines:
        line.plain = line.plain.translate(_FREED)
    return lines


def say(text: str) -> None:
    """Writes to stdout: what was asked for."""
    if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison] - it is None where it was closed
        sys.stdout.write(text)


def complain(text: str) -> None:
    """Writes to stderr: what went wrong."""
    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stderr.write(text)


def finish_streams() -> None:
    """Sends out what was written. Raises BrokenPipeError where nobody reads it."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:  # pyright: ignore[reportUnnecessaryComparison]
            stream.flush()


def give_up_streams() -> None:
    """Lets Python end in silence after a pipe was broken: it would try once more to send what is left."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        for stream in (sys.stdout, sys.stderr):
            try:
                os.dup2(nowhere, stream.fileno())
            except (AttributeError, OSError, ValueError):
                continue
    finally:
        os.close(nowhere)
