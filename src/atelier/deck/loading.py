"""From a file to a deck. Everything that can be shown is in it; what is wrong is among its diagnostics."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atelier.deck.decoding import deck_bytes, decoded, name_of, text_of
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
    reason,
)
from atelier.foundation.translation import _
from atelier.markup.blocks import Text, plain_text
from atelier.markup.embeds import TEXT_SUFFIXES
from atelier.markup.scanner import scan, split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.deck.front_matter import Metadata
    from atelier.deck.types import Day, Frame
    from atelier.markup.blocks import Inline

SUFFIXES: Final = (*TEXT_SUFFIXES, "")
DEFAULT_LANGUAGE: Final = "en"

_NAMES_LOOKED_AT = 2000
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
    if any(frame.layout == "cases" or frame.by for frame in frames):
        from atelier.deck.case_sections import with_sections

        frames, ungrouped = with_sections(frames)
        odd = (*odd, *ungrouped)
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
        categories=metadata.categories,
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
    headings = [f for f in previous.frames if f.node is None and f.origin is None and not f.made] if previous else []
    known = {(frame.heading, frame.lang): frame.title_inlines for frame in headings}
    if not metadata.title:
        known[title, lang] = (Text(title),)
    return known


def _in_order(diagnostics: Iterable[Diagnostic], file: Path | None) -> tuple[Diagnostic, ...]:
    placed = (replace(found, file=file) if found.file is None else found for found in diagnostics)
    return bounded(sorted(placed, key=lambda found: (found.file != file, str(found.file), found.line, found.column)))


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
