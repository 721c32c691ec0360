"""The deck as it is exported: the terms of `redact:` replaced in whatever is written or drawn.

Frames keep their places, which are found before: only their words, ids and links change.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.deck.ids import slug
from atelier.deck.paths import FrameTable
from atelier.deck.types import NodeKind
from atelier.markup.blocks import Text, plain_text
from atelier.markup.redaction import Redaction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from xml.etree.ElementTree import Element

    from atelier.deck.svg import SafeSvg
    from atelier.deck.types import AgendaBlock, Day, Deck, Frame, FreeNode
    from atelier.markup.blocks import Content

_POSITIONS = ("x", "y", "dx", "dy", "rotate")
"""Attributes of a text in a drawing that may hold a value for each sign."""


class RedactedDeck:
    """`deck` with its terms replaced; `contents` gives the parsed text of its frames by their index."""

    def __init__(self, deck: Deck, contents: Callable[[int], Content]) -> None:
        self.redaction = Redaction(deck.redact)
        self._contents = contents
        self._table = FrameTable(deck.frames)
        self._ids = _ids(deck.frames, self.redaction)
        self._done: dict[int, tuple[Content, Content]] = {}
        self.deck = replace(described(deck, self.redaction), frames=tuple(map(self._frame, deck.frames)))

    def content(self, index: int) -> Content:
        """The text of a frame, its notes as far as they were parsed."""
        given = self._contents(index)
        known = self._done.get(index)
        if known is None or known[0] is not given:
            blocks = self.redaction.blocks(given.blocks, self.link)
            notes = self.redaction.blocks(given.notes, self.link)
            known = self._done[index] = (given, replace(given, blocks=blocks, notes=notes))
        return known[1]

    def link(self, href: str) -> str:
        """Where a link leads now: to a frame under its new id, or nowhere."""
        if href.startswith("#") and (index := self._table.find(href)) is not None:
            return f"#{self._ids[index]}"
        return self.redaction.address(href)

    def _frame(self, frame: Frame) -> Frame:
        redaction = self.redaction
        if frame.node is not None:
            node, title = redacted_node(frame.node, frame.title, redaction)
            inlines = redaction.inlines(frame.title_inlines, self.link) if title == frame.title else _line(title)
        else:
            node = None
            inlines = redaction.inlines(frame.title_inlines, self.link)
            title = plain_text(inlines).strip()
        return replace(
            frame,
            id=self._ids[frame.index],
            title=title,
            title_inlines=inlines,
            heading=title,
            label=redaction.text(frame.label),
            node=node,
        )


def described(deck: Deck, redaction: Redaction) -> Deck:
    """`deck` with the terms replaced in what it says of itself, of its paths and days; its frames are as they were."""
    text = redaction.text
    return replace(
        deck,
        title=text(deck.title),
        author=text(deck.author),
        abstract=tuple((language, text(words)) for language, words in deck.abstract),
        tags=_texts(deck.tags, text),
        keywords=_texts(deck.keywords, text),
        categories=_texts(deck.categories, text),
        date=text(deck.date),
        event=text(deck.event),
        licence=text(deck.licence),
        paths=tuple(replace(path, title=text(path.title)) for path in deck.paths),
        agenda=tuple(_day(day, text) for day in deck.agenda),
        extra=(),
    )


def _line(words: str) -> tuple[Text, ...]:
    return (Text(words),) if words else ()


def _texts(texts: Sequence[str], text: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for each in texts if (words := text(each))))


def _ids(frames: Sequence[Frame], redaction: Redaction) -> list[str]:
    """The ids without their terms, each of its own."""
    ids = [redaction.name(frame.id, slug) or slug("") for frame in frames]
    taken = {id_ for id_, frame in zip(ids, frames, strict=True) if id_ == frame.id}
    for index, frame in enumerate(frames):
        name, number = ids[index], 1
        if name == frame.id:
            continue
        while ids[index] in taken:
            number += 1
            ids[index] = f"{name}-{number}"
        taken.add(ids[index])
    return ids


def redacted_node(node: FreeNode, title: str, redaction: Redaction) -> tuple[FreeNode, str]:
    """What a node of a canvas shows, and its title."""
    if node.kind is NodeKind.LINK:
        term = redaction.terms.in_address(node.reference)
        if term is None:
            return node, redaction.text(title)
        return replace(node, reference=term.replacement or "–"), term.replacement
    if node.kind in {NodeKind.FILE, NodeKind.PICTURE, NodeKind.NOTE} and (named := redaction.name(title)) != title:
        return node, named
    return node, redaction.text(title)


def _day(day: Day, text: Callable[[str], str]) -> Day:
    def block(each: AgendaBlock) -> AgendaBlock:
        return replace(each, title=text(each.title))

    return replace(day, title=text(day.title), blocks=tuple(map(block, day.blocks)))


# --- drawings ------------------------------------------------------------------------------------------------------


def redacted_drawing(drawing: SafeSvg, redaction: Redaction) -> SafeSvg:
    """A drawing with the terms in its texts replaced; what is drawn as paths or pixels stays as it is."""
    texts = [each for each in drawing.root.iter("text") if redaction.terms.find(_flat(each))]
    if not texts:
        return drawing
    from atelier.deck.svg import as_bytes

    root = deepcopy(drawing.root)
    for element in root.iter("text"):
        _redact_text(element, redaction)
    return replace(drawing, root=root, data=as_bytes(root))


def _flat(text: Element) -> str:
    return "".join(_words(text)[0])


def _words(text: Element) -> tuple[list[str], list[tuple[Element, str]]]:
    """The words of a text in a drawing, and where each piece of them stands; lines of their own are parted."""
    pieces: list[str] = []
    places: list[tuple[Element, str]] = []

    def walk(element: Element, *, inner: bool) -> None:
        if inner and any(element.get(name) for name in ("x", "y", "dy")):
            pieces.append("\n")
            places.append((element, ""))
        for part in ("text", "tail"):
            if part == "tail":
                for child in element:
                    walk(child, inner=True)
                if not inner:
                    return
            pieces.append(getattr(element, part) or "")
            places.append((element, part))

    walk(text, inner=False)
    return pieces, places


def _redact_text(text: Element, redaction: Redaction) -> None:
    pieces, places = _words(text)
    done = redaction.pieces(pieces)
    if done == pieces:
        return
    for (element, part), words in zip(places, done, strict=True):
        if part:
            setattr(element, part, words)
    for element in text.iter():
        element.attrib.pop("textLength", None)
        for name in _POSITIONS:
            values = re.split(r"[\s,]+", element.get(name, "").strip())
            if len(values) > 1:  # one for each sign
                element.set(name, values[0])
