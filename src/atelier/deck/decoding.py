"""From the bytes of a file to a text, and what the file is called."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import InputError, Location
from atelier.foundation.texts import DECK_FILE, read_text_file
from atelier.foundation.translation import _, ngettext
from atelier.markup.frontmatter import normalise

if TYPE_CHECKING:
    from pathlib import Path

MOST_LINES: Final = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NAMELESS = frozenset({"readme", "index", "_index"})
"""Files that are called after what they are in."""


def deck_bytes(file: Path) -> bytes:
    """What stands in a deck's text. Raises InputError where it is not a text."""
    data = read_text_file(file)
    if b"\0" in data[:1024] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = _("This file is not a text.")
        raise InputError(message, _("Give a .md file, or a folder with a deck.md in it."), Location(file))
    return data


def text_of(data: bytes) -> str:
    """The text that `read` makes a deck of; its lines are those that diagnostics count."""
    return decoded(data)[0]


def decoded(data: bytes) -> tuple[str, list[Diagnostic]]:
    """The text of bytes, with signs for what is not UTF-8, and what there is to say about them."""
    text, found = _decoded(data)
    return _within_limits(text, found), found


def name_of(file: Path | None) -> str:
    """What a text without a title is called."""
    if file is None:
        return _("Untitled")
    return file.parent.name or file.stem if file.name == DECK_FILE or file.stem.lower() in _NAMELESS else file.stem


_WIDE_ENCODINGS: Final = {  # the mark of the first begins like that of the second
    "UTF-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "UTF-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}


def _decoded(data: bytes) -> tuple[str, list[Diagnostic]]:
    """The text, with signs for what is not UTF-8, and what there is to say about the bytes."""
    found: list[Diagnostic] = []
    for name, marks in _WIDE_ENCODINGS.items():
        if data.startswith(marks):
            message = _("The file is {encoding}, not UTF-8.").format(encoding=name)
            found.append(Diagnostic("not-utf8", message, _("Save it as UTF-8."), line=1))
            return _without_controls(data.decode(name, "replace")), found
    if data.startswith(codecs.BOM_UTF8):
        message = _("The file begins with a byte order mark, which some programs show.")
        found.append(Diagnostic("encoding-bom", message, _("Save it as UTF-8 without one.")))
        data = data[len(codecs.BOM_UTF8) :]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        found.append(_not_utf8(data, error, text))
    return _without_controls(text), found


def _within_limits(text: str, found: list[Diagnostic]) -> str:
    """The first lines of a text that has more than any deck; millions of headings would take a minute to count."""
    text = normalise(text)
    if text.count("\n") <= MOST_LINES:
        return text
    message = _("The file has more than {n} lines; only the first are shown.").format(n=MOST_LINES)
    found.append(Diagnostic("file-too-large", message, _("Split the text into several decks."), line=MOST_LINES))
    end = 0
    for _number in range(MOST_LINES):
        end = text.index("\n", end) + 1
    return text[:end]


def _not_utf8(data: bytes, error: UnicodeDecodeError, text: str) -> Diagnostic:
    before = data[: error.start]
    row = before[max(before.rfind(b"\n"), before.rfind(b"\r")) + 1 :]
    line = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    more = text.count("\ufffd") - 1
    message = _("Byte {byte} (0x{value:02X}) is not UTF-8; “\ufffd” stands in its place.").format(
        byte=error.start + 1, value=data[error.start]
    )
    if more > 0:
        message += " " + ngettext("There is one more.", "There are {n} more.", more).format(n=more)
    hint = _latin_hint(data, text)
    return Diagnostic("not-utf8", message, hint, line=line, column=len(row.decode("utf-8", "replace")) + 1)


def _latin_hint(data: bytes, text: str) -> str:
    """How to make UTF-8 of bytes that are not, as far as they tell what they are."""
    if not text.replace("\ufffd", "").isascii():
        return _("Most of the file is UTF-8: type the letters anew that were pasted from elsewhere.")
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return _("Save the file as UTF-8.")
    return _("It looks like Windows-1252 (Latin-1). Save it as UTF-8, or run: {command}").format(
        command="iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md"
    )


def _without_controls(text: str) -> str:
    """Control characters as blanks or signs: fonts, PDF and XML have no use for them."""
    if not _CONTROL.search(text):
        return text
    return _CONTROL.sub("\ufffd", text.replace("\x0b", " ").replace("\x0c", " "))
