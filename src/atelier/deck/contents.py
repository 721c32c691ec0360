"""The parsed text of frames, on demand: what an edit left alone is not parsed again."""

from __future__ import annotations

import hashlib
import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from atelier.deck.references import link_diagnostics, picture_diagnostics
from atelier.foundation.diagnostics import Diagnostic
from atelier.markup.blocks import Content
from atelier.markup.parser import FrameParser
from atelier.markup.source import Definitions

if TYPE_CHECKING:
    from atelier.deck.types import Deck

_Key: TypeAlias = tuple[str, str, Definitions]
_EMPTY = Content()
_NOTE_MARK = re.compile(r"\[\^([^\]\n]{1,200})\]")


class Contents:
    """The contents of a deck's frames. `previous` are those of the deck before the last edit.

    A content is kept under its Markdown, its language and the definitions it uses; when it merely moved to other lines
    of the file, its lines are moved.
    """

    def __init__(self, deck: Deck, previous: Contents | None = None) -> None:
        self.deck = deck
        self._parsed = previous.kept_for(deck) if previous else {}
        self._here: dict[int, Content] = {}
        self._keys: dict[int, _Key] = {}
        self._parser = FrameParser(deck.definitions, deck.lang, deck.file)

    def kept_for(self, deck: Deck) -> dict[_Key, tuple[int, Content]]:
        """What was parsed here and may be of use in `deck`."""
        sources = {frame.source for frame in deck.frames}
        return {key: kept for key, kept in self._parsed.items() if key[0] in sources}

    def content(self, index: int) -> Content:
        """The parsed text of the frame with this index."""
        if index not in self._here:
            self._here[index] = self._content(index)
        return self._here[index]

    def key(self, index: int) -> str:
        """Equal for frames whose contents are equal but for their lines: what is made of them can be kept under it."""
        return hashlib.sha256(repr(self._key(index)).encode("utf-8", "surrogatepass")).hexdigest()

    def all_diagnostics(self) -> tuple[Diagnostic, ...]:
        """What there is to say about the deck without setting its text. Parses every frame."""
        found = list(self.deck.diagnostics)
        for frame in self.deck.frames:
            found += self.content(frame.index).diagnostics
        found += link_diagnostics(self.deck, self.content)
        found += picture_diagnostics(self.deck, self.content)
        return tuple(sorted(found, key=lambda each: (each.line, each.column)))

    def _key(self, index: int) -> _Key:
        if index not in self._keys:
            frame = self.deck.frames[index]
            self._keys[index] = (frame.source, frame.lang, used_definitions(self.deck.definitions, frame.source))
        return self._keys[index]

    def _content(self, index: int) -> Content:
        frame = self.deck.frames[index]
        if not frame.source.strip():
            return _EMPTY
        key = self._key(index)
        if key not in self._parsed:
            content = self._parser.parse(frame.source, frame.source_line, lang=frame.lang)
            self._parsed[key] = (frame.source_line, content)
        line, content = self._parsed[key]
        if line != frame.source_line:
            content = cast("Content", _moved(content, frame.source_line - line))
        return content


def used_definitions(definitions: Definitions, source: str) -> Definitions:
    """Those of `definitions` that a frame with this Markdown can use; a few more do no harm."""
    notes: dict[str, str] = {}
    if definitions.footnotes and "[^" in source:
        known = dict(definitions.footnotes)
        texts = [source]
        while texts:  # a note may have notes
            for label in _NOTE_MARK.findall(texts.pop()):
                if label in known and label not in notes:
                    notes[label] = known[label]
                    texts.append(known[label])
    whole = "\n".join((source, *notes.values()))
    lower = " ".join(whole.lower().split()) if definitions.links and "[" in whole else ""
    return Definitions(
        footnotes=tuple(item for item in definitions.footnotes if item[0] in notes),
        links=tuple(item for item in definitions.links if item[0] in lower) if lower else (),
        abbreviations=tuple(item for item in definitions.abbreviations if item[0] in whole),
    )


def _moved(value: Any, lines: int) -> Any:
    """`value` with every line in it `lines` further down."""
    if isinstance(value, tuple):
        return tuple(_moved(item, lines) for item in cast("tuple[Any, ...]", value))
    if isinstance(value, Diagnostic):
        return replace(value, line=value.line + lines) if value.line else value
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = [f.name for f in fields(value)]
    if "blocks" not in names and "line" not in names:
        return value  # an inline, which has no place of its own
    changed = {name: _moved(getattr(value, name), lines) for name in names}
    if changed.get("line"):
        changed["line"] += lines
    return replace(value, **changed)
