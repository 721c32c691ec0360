"""Other decks that a reader of an article may like: those of the deck's library with tags in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atelier.deck.decoding import deck_bytes, name_of, text_of
from atelier.deck.embedded_files import read_library
from atelier.deck.front_matter import read_metadata
from atelier.draft.types import Similar
from atelier.foundation.errors import InputError
from atelier.foundation.texts import DECK_FILE
from atelier.markup.frontmatter import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from atelier.deck.front_matter import Metadata
    from atelier.deck.types import Deck

MOST: Final = 3
_MOST_READ: Final = 200
"""Files of a folder that are looked at."""


def similar_decks(deck: Deck) -> tuple[Similar, ...]:
    """At most three, those with most tags in common first. Only folders that the deck names as its `library` are
    looked into: nobody's other decks are spoken of.
    """
    own = _metadata(deck.file) if deck.file is not None else None
    if own is None or not own.library or not deck.tags:
        return ()
    library, _diagnostics = read_library(deck.folder, own.library, deck.file)
    tags = {tag.casefold() for tag in deck.tags}
    found: list[tuple[int, str, Similar]] = []
    for file in dict.fromkeys(file for folder in library.folders[1:] for file in _decks(folder)):
        metadata = _metadata(file)
        shared = len(tags & {tag.casefold() for tag in metadata.tags}) if metadata is not None else 0
        if metadata is not None and shared and not _same(file, deck.file):
            title = metadata.title or name_of(file)
            found.append((-shared, title, Similar(title, _abstract(metadata, deck.lang))))
    return tuple(each for _shared, _title, each in sorted(found, key=lambda one: one[:2])[:MOST])


def _decks(folder: Path) -> Iterator[Path]:
    """The deck that a folder is, and those in it."""
    try:
        entries = sorted(folder.iterdir())[:_MOST_READ]
    except OSError:
        return
    yield folder / DECK_FILE
    yield from (entry / DECK_FILE for entry in entries if entry.is_dir())
    yield from (entry for entry in entries if entry.suffix.lower() == ".md" and entry.name != DECK_FILE)


def _metadata(file: Path) -> Metadata | None:
    """The front matter of a text; None where it has none, or cannot be read."""
    try:
        text = split_front_matter(text_of(deck_bytes(file)))
    except InputError:
        return None
    return read_metadata(text.text, text.first_line, file)[0] if text.text.strip() else None


def _abstract(metadata: Metadata, lang: str) -> str:
    own = lang.partition("-")[0]
    return next((words for language, words in metadata.abstract if language.partition("-")[0] in {own, ""}), "")


def _same(file: Path, other: Path | None) -> bool:
    return other is not None and file.resolve() == other.resolve()
