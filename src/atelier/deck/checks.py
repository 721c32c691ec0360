"""Everything that a deck's text alone says about what is wrong with it.

What reading a deck reports is in `Deck.diagnostics` and `Content.diagnostics`; what takes more than reading, or matters
to an author alone, is looked for here. Typeset text is checked elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from atelier.deck.activity_checks import check_activities
from atelier.deck.decoding import deck_bytes, text_of
from atelier.deck.frame_checks import check_card, check_embedded, check_frames, check_language
from atelier.deck.front_matter import Metadata, read_metadata
from atelier.deck.media_checks import check_media
from atelier.deck.path_checks import check_names, check_paths
from atelier.deck.picture_checks import check_pictures
from atelier.deck.redaction_checks import check_redaction
from atelier.deck.references import picture_diagnostics
from atelier.deck.source_checks import check_source
from atelier.deck.source_text import read_source
from atelier.foundation.errors import InputError
from atelier.foundation.progress import Progress, unseen
from atelier.markup.frontmatter import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from atelier.deck.contents import Contents
    from atelier.deck.types import Deck
    from atelier.foundation.diagnostics import Diagnostic


DEEPEST: Final = 6
"""Levels of headings, of which a card has all."""


def check_deck(deck: Deck, text: str, contents: Contents, progress: Progress = unseen) -> list[Diagnostic]:
    """What there is to say about `deck`, which was made of `text`, private frames included. In no order.

    `progress` counts frames.
    """
    metadata = metadata_of(deck, text)
    for frame in deck.frames:
        contents.content(frame.index)
        progress(frame.index + 1, len(deck.frames))
    source = read_source(text, deck.file, metadata.frames)
    found = list(contents.all_diagnostics())
    found += _new(check_source(source), found)
    if metadata.lang:
        found += check_language(metadata.lang, metadata.line_of("lang"), deck)
    found += check_frames(deck, source, contents.content, titled=bool(metadata.title))
    found += check_paths(deck, metadata, contents.content)
    found += check_names(deck, metadata, source)
    found += _of_embedded(deck, contents)
    found += check_activities(deck, contents.content)
    found += check_pictures(deck, contents.content)
    found += check_redaction(deck, metadata, contents.content)
    found += check_media(deck, contents.content)
    return found


def _of_embedded(deck: Deck, contents: Contents) -> Iterator[Diagnostic]:
    """What the texts that were put in show, line by line and frame by frame."""
    for file in dict.fromkeys(frame.origin.file for frame in deck.frames if frame.origin is not None):
        try:
            text = text_of(deck_bytes(file))
        except InputError:  # it is gone since the deck was read
            continue
        front = split_front_matter(text)
        source = read_source(text, file, read_metadata(front.text, front.first_line, file)[0].frames)
        yield from check_source(source)
        yield from check_embedded(deck, source, contents.content, file)


def check_cards(deck: Deck, contents: Contents) -> Iterator[Diagnostic]:
    """What the cards and notes of a canvas show, and which of their pictures are missing or may show a term of
    `redact`: said at their nodes.
    """
    cards = [frame for frame in deck.frames if frame.node is not None and frame.source.strip()]
    if not cards or deck.geometry is None:
        return
    file = deck.geometry.file
    ids = frozenset(frame.id for frame in deck.frames)
    deck = replace(deck, file=file)
    for frame in cards:
        found = list(check_source(read_source(frame.source, file, DEEPEST)))
        found += check_card(deck, frame, contents.content(frame.index), ids)
        alone = replace(deck, frames=(frame,))
        found += check_redaction(alone, Metadata(), contents.content)
        found += (each for each in picture_diagnostics(alone, contents.content) if each.code != "picture-no-alt")
        yield from (replace(each, file=file, line=frame.line, column=0) for each in found)


def metadata_of(deck: Deck, text: str) -> Metadata:
    """The front matter of `text` with the lines its keys stand on, which a deck does not keep."""
    front = split_front_matter(text)
    return read_metadata(front.text, front.first_line, deck.file)[0]


def _new(lines: Iterable[Diagnostic], found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What the lines show, less what was found when the bytes were read or the paragraphs parsed."""
    undecoded = any(each.code == "not-utf8" for each in found)
    remote = {each.message for each in found if each.code == "picture-remote"}
    return [
        each
        for each in lines
        if not (undecoded and each.code == "sign-unreadable")
        and not (each.code == "picture-remote" and each.message in remote)
    ]
