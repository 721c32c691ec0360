"""From a file to a deck. Everything that can be shown is in it; what is wrong is among its diagnostics."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atelier.deck.frames import build_frames
from atelier.deck.front_matter import read_metadata
from atelier.deck.paths import build_paths
from atelier.deck.types import DEFAULT_RATIO, Deck
from atelier.foundation.diagnostics import Diagnostic, bounded
from atelier.foundation.errors import InputError, Location
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.texts import (
    CANVAS_SUFFIX,
    DECK_FILE,
    canvas_beside,
    deck_path,
    read_bytes,
    read_text_file,
    reason,
)
from atelier.foundation.translation import _, ngettext
from atelier.markup.blocks import Text, plain_text
from atelier.markup.embeds import TEXT_SUFFIXES
from atelier.markup.frontmatter import normalise
from atelier.markup.scanner import scan, split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.deck.front_matter import Metadata
    from atelier.deck.types import Day, Frame
    from atelier.markup.blocks import Inline

SUFFIXES: Final = (*TEXT_SUFFIXES, "")
MOST_LINES: Final = 200_000
DEFAULT_LANGUAGE: Final = "en"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NAMES_LOOKED_AT = 2000
_NAMELESS = frozenset({"readme", "index", "_index"})
"""Files that are called after what they are in."""
_NAMES_SHOWN = 5


def deck_file(path: Path) -> Path:
    """The file that `path` means: itself, in a folder `deck.md`, for a canvas the text beside it if there is one.

    Raises InputError.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would lose the name the user knows
    try:
        if path.is_dir():
            inside = deck_path(path)
            if inside.is_file():
                return inside
            message = _("There is no “{name}” in this folder.").format(name=DECK_FILE)
            raise InputError(message, _texts_in(path), Location(path))
        if not path.exists():
            raise InputError(_("There is no such file."), _like(path), Location(path))
    except (OSError, ValueError) as error:
        raise InputError(_("This file cannot be looked for."), reason(error), Location(path)) from error
    if not path.is_file():
        raise InputError(_("This is not a file that holds a text."), "", Location(path))
    if path.suffix.lower() == CANVAS_SUFFIX:
        text = path.with_suffix(".md")
        return text if text.is_file() else path
    if path.suffix.lower() not in SUFFIXES:
        message = _("A deck is a Markdown text; this is a “{suffix}” file.").format(suffix=path.suffix)
        raise InputError(message, _("Give a .md file, or a folder with a deck.md in it."), Location(path))
    return path


def load(path: Path, previous: Deck | None = None) -> Deck:
    """The deck at `path`: a Markdown file or a folder with `deck.md`.

    `previous` is what was read before, so that an edit parses only what changed. Raises InputError, with what to do
    about it, where there is nothing to read.
    """
    file = deck_file(path)
    if is_canvas(file):
        return _canvas(file, previous)
    data = deck_bytes(file)
    return placed(read(data, file=file, folder=file.parent, previous=previous), data)


def is_canvas(file: Path) -> bool:
    """Whether a deck is a canvas with no text beside it, by the name of its file."""
    return file.suffix.lower() == CANVAS_SUFFIX


def _canvas(file: Path, previous: Deck | None) -> Deck:
    from atelier.deck.canvas_deck import canvas_deck
    from atelier.deck.json_canvas import LARGEST_CANVAS

    data = read_bytes(file, LARGEST_CANVAS)
    deck = canvas_deck(data, file, file.parent)
    return previous if previous is not None and previous == deck else deck


def placed(deck: Deck, data: bytes) -> Deck:
    """`deck`, whose text is `data`, with the places that the `.canvas` beside its file gives to frames."""
    file = deck.file
    if deck.geometry is not None:
        from atelier.deck.audience import without_nodes

        deck = without_nodes(deck)
    if file is None or not os.path.lexists(canvas_beside(file)):
        return deck
    from atelier.deck.canvas_frames import with_geometry

    return with_geometry(deck, text_of(data))


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


def read(data: bytes, *, file: Path | None = None, folder: Path | None = None, previous: Deck | None = None) -> Deck:
    """The deck whose text is `data`. Never fails, whatever the bytes are."""
    digest = hashlib.sha256(data).hexdigest()
    if previous and (previous.digest, previous.file, previous.folder) == (digest, file, folder) and _same(previous):
        return previous
    from atelier.markup.parser import FrameParser

    text, found = decoded(data)
    front = split_front_matter(text)
    metadata, wrong = read_metadata(front.text, front.first_line, file)
    scanned = scan(text, deepest=metadata.frames, file=file)
    lang = metadata.lang or DEFAULT_LANGUAGE
    parser = FrameParser(scanned.definitions, lang, file)
    title = metadata.title or name_of(file)
    alike = previous if previous and previous.definitions == scanned.definitions else None
    known = _known(alike, metadata, title, lang)
    frames, odd = build_frames(scanned, parser, metadata, title=title, lang=lang, file=file, known=known)
    redact, embedded = metadata.redact, ()
    if metadata.library or any(frame.embeds for frame in frames):
        from atelier.deck.embedding import put_in

        put = put_in(
            frames, file=file, folder=folder, metadata=metadata, definitions=scanned.definitions, previous=previous
        )
        frames, embedded, odd = put.frames, put.files, (*odd, *put.diagnostics)
        redact = tuple(sorted({**dict(put.redact), **dict(redact)}.items(), key=lambda pair: -len(pair[0])))
    paths, unreached = build_paths(frames, metadata.paths, metadata.minutes, file)
    agenda, mistimed = _agenda(metadata, frames, file)
    return Deck(
        file=file,
        folder=folder,
        title=plain_text(parser.parse_inline(title, lang=lang)).strip() if metadata.title else frames[0].title,
        frames=frames,
        paths=paths,
        definitions=scanned.definitions,
        lang=lang,
        author=metadata.author,
        abstract=tuple((language or lang, words) for language, words in metadata.abstract),
        theme=metadata.theme,
        ratio=metadata.ratio or DEFAULT_RATIO,
        tags=metadata.tags,
        redact=redact,
        digest=digest,
        keywords=metadata.keywords,
        date=metadata.date,
        event=metadata.event,
        licence=metadata.licence,
        minutes=metadata.minutes,
        room=metadata.room,
        extra=metadata.extra,
        agenda=agenda,
        embedded=embedded,
        diagnostics=_in_order((*found, *wrong, *scanned.diagnostics, *odd, *unreached, *mistimed), file),
    )


def _agenda(
    metadata: Metadata, frames: tuple[Frame, ...], file: Path | None
) -> tuple[tuple[Day, ...], tuple[Diagnostic, ...]]:
    node = dict(metadata.extra).get("agenda")
    if node is None:
        return (), ()
    from atelier.deck.agenda import read_agenda

    return read_agenda(node, frames, file)


def _same(deck: Deck) -> bool:
    """Whether the files that were put into `deck` are as they were."""
    if not deck.embedded:
        return True
    from atelier.deck.embedding import unchanged

    return unchanged(deck.embedded)


def _known(
    previous: Deck | None, metadata: Metadata, title: str, lang: str
) -> dict[tuple[str, str], tuple[Inline, ...]]:
    """The titles that need no parsing: those of `previous`, and a file's name, which is not Markdown."""
    headings = [f for f in previous.frames if f.node is None and f.origin is None] if previous else []
    known = {(frame.heading, frame.lang): frame.title_inlines for frame in headings}
    if not metadata.title:
        known[title, lang] = (Text(title),)
    return known


def _in_order(diagnostics: Iterable[Diagnostic], file: Path | None) -> tuple[Diagnostic, ...]:
    placed = (replace(found, file=file) if found.file is None else found for found in diagnostics)
    return bounded(sorted(placed, key=lambda found: (found.file != file, str(found.file), found.line, found.column)))


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


def _names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for _n, entry in zip(range(_NAMES_LOOKED_AT), folder.iterdir(), strict=False))
    except OSError:
        return []


def _texts_in(folder: Path) -> str:
    texts = [name for name in _names(folder) if Path(name).suffix.lower() in SUFFIXES[:-2] and name != DECK_FILE]
    if not texts:
        return _("Give a .md file, or a folder with a deck.md in it.")
    shown = ", ".join(texts[:_NAMES_SHOWN]) + (", …" if len(texts) > _NAMES_SHOWN else "")
    return _("Name one of its texts instead: {names}.").format(names=shown)


def _like(path: Path) -> str:
    parent = path.parent
    while not parent.exists() and parent != parent.parent:
        parent = parent.parent
    if parent != path.parent:
        return _("There is no folder “{name}” either.").format(name=path.parent)
    names = _names(parent)
    if path.name in names:
        return _("It is a link to a file that is not there.")
    return did_you_mean(path.name, names) or _("Check the name and the folder.")
