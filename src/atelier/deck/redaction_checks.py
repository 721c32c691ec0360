"""What is odd about the terms of `redact:`: those that stand nowhere, those put back in, pictures that may show one."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from atelier.deck.decoding import deck_bytes, text_of
from atelier.deck.references import links, things
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import InputError, Location
from atelier.foundation.translation import _
from atelier.markup.blocks import Figure, InlineImage, Text, plain_text
from atelier.markup.terms import Terms
from atelier.markup.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atelier.deck.front_matter import Metadata
    from atelier.deck.types import Deck, Frame
    from atelier.markup.blocks import Content

_DRAWINGS = frozenset({".svg", ".svgz"})
_SHOWN = 60
"""Signs of a term that a message shows."""


_UNREAD = {f"front-matter-{fault}": 1 for fault in ("syntax", "unclosed", "alias", "misplaced")} | {
    "front-matter-twice": 2
}
"""By the code of what is wrong with a front matter, how often `redact` stands in it where terms are lost by that."""
_REDACT = re.compile(r"^[ \t]*[\"']?redact[\"']?\s*:", re.MULTILINE)


def refuse_unread_terms(deck: Deck) -> None:
    """Raises InputError where a front matter that cannot be read may say what nobody is to see."""
    for found in deck.diagnostics:
        times = _UNREAD.get(found.code)
        if times is None or found.file is None:
            continue
        try:
            text = text_of(deck_bytes(found.file))
        except InputError:
            continue
        if len(_REDACT.findall(text)) >= times:
            message = _("Nothing is exported: “redact” stands in a front matter that cannot be read.")
            hint = _("Correct it first. {message}").format(message=found.message)
            raise InputError(message, hint, Location(found.file, found.line))


def check_redaction(deck: Deck, metadata: Metadata, content: Callable[[int], Content]) -> Iterator[Diagnostic]:
    """What to look at before a deck is handed on whose front matter, or that of a text in it, has `redact`."""
    if not deck.redact:
        return
    line = metadata.line_of("redact")
    yield from _put_back(deck, metadata, line)
    for term in _unused(deck, metadata, content):
        message = _("The term “{term}” of “redact” stands nowhere in the deck.").format(term=term[:_SHOWN])
        hint = _("Check how it is spelt, or take it out; only whole words are replaced.")
        yield Diagnostic("redact-unused", message, hint, deck.file, line)
    terms = Terms(deck.redact)
    for frame in deck.frames:
        if not frame.private:
            yield from _pictures(deck, frame, content(frame.index), terms)


def _put_back(deck: Deck, metadata: Metadata, line: int) -> Iterator[Diagnostic]:
    terms = Terms(deck.redact)
    for term, replacement in metadata.redact:
        if found := terms.find(replacement):
            message = _("What stands in place of “{term}” holds “{other}”, a term of “redact” itself: it is shown.")
            hint = _("Choose words that hold none of the terms.")
            message = message.format(term=term[:_SHOWN], other=found[0].term.text[:_SHOWN])
            yield Diagnostic("redact-again", message, hint, deck.file, line)


def _unused(deck: Deck, metadata: Metadata, content: Callable[[int], Content]) -> list[str]:
    """The terms of the deck's own front matter that are found in no words, names and addresses."""
    left = {term: Terms([(term, "")]) for term, _replacement in metadata.redact}

    def look(text: str, *, name: bool = False, address: bool = False) -> None:
        for term, alone in list(left.items()):
            in_name = name and alone.find_in_name(text)
            if in_name or (address and alone.in_address(text) is not None) or alone.find(text):
                del left[term]

    about = (deck.title, deck.author, deck.event, deck.licence, *deck.tags, *deck.keywords)
    for text in (*about, *(said for _language, said in deck.abstract)):
        look(text)
    for name in (deck.file.stem if deck.file else "", deck.folder.name if deck.folder else ""):
        look(name, name=True)
    for day in deck.agenda:
        look("\n\n".join((day.title, *(block.title for block in day.blocks))))
    for frame in deck.frames:
        if not left:
            break
        read = content(frame.index)
        look(plain_text(frame.title_inlines, private=True))
        look(frame.label)
        for name in (frame.id, frame.background):
            look(name, name=True)
        look(words(read.blocks) + "\n\n" + words(read.notes))
        for href, _line in links(read):
            look(href, address=True)
        for thing, _line in things((read.blocks, read.notes)):
            if isinstance(thing, Figure | InlineImage):
                look(thing.source, name=True)
            elif isinstance(thing, Text) and thing.expansion:
                look(thing.expansion)
    return list(left)


def _pictures(deck: Deck, frame: Frame, content: Content, terms: Terms) -> Iterator[Diagnostic]:
    shown: list[tuple[str, str, int]] = [(frame.background, "", frame.line)] if frame.background else []
    for thing, line in things(content.blocks):
        if isinstance(thing, Figure):
            shown.append((thing.source, f"{thing.alt}\n\n{plain_text(thing.caption)}", line))
        elif isinstance(thing, InlineImage):
            shown.append((thing.source, thing.alt, line))
    for source, about, line in dict.fromkeys(shown):
        path = PurePosixPath(source.replace("\\", "/"))
        if path.suffix.lower() in _DRAWINGS:
            continue
        if found := terms.find_in_name(path.name) or terms.find(about):
            term = found[0].term.text[:_SHOWN]
            message = _(
                "“{name}” may show “{term}”: its name or its words hold it, and pixels are exported as they are."
            )
            hint = _("Look at the picture; blur or cover what nobody is to see.")
            message = message.format(name=source[:_SHOWN], term=term)
            yield Diagnostic("redact-picture", message, hint, deck.file_of(frame), line)
