"""The parsed text of frames, on demand: what an edit left alone is not parsed again."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from atelier.deck.embedded_links import EmbeddedLinks
from atelier.deck.references import link_diagnostics, picture_diagnostics
from atelier.deck.types import NodeKind
from atelier.foundation.diagnostics import Diagnostic, bounded
from atelier.markup.blocks import Content
from atelier.markup.definitions import collect, link_label
from atelier.markup.outline import outline
from atelier.markup.parser import FrameParser
from atelier.markup.source import Definitions

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.deck.types import Deck, Frame

_Key: TypeAlias = tuple[str, str, Definitions, str]
_Parsed: TypeAlias = dict[tuple[_Key, bool, bool], tuple[int, Content]]
_EMPTY = Content()
_NOTE_MARK = re.compile(r"\[\^([^\]\n]{1,200})\]")
_BRACKETED = re.compile(r"\[([^\[\]]{1,999})\]")
_WORD = re.compile(r"[^\W_]+")


class Contents:
    """The contents of a deck's frames. `previous` are those of the deck before the last edit.

    A content is kept under its Markdown, its language and the definitions it uses; when it merely moved to other lines
    of the file, its lines are moved.
    """

    def __init__(self, deck: Deck, previous: Contents | None = None) -> None:
        self.deck = deck
        self._parsed: _Parsed = previous.kept_for(deck) if previous else {}
        self._here: dict[tuple[int, bool], Content] = {}
        self._keys: dict[int, _Key] = {}
        self._files: dict[Path | int | None, _File] = {}
        self._links = EmbeddedLinks(deck.frames)

    def kept_for(self, deck: Deck) -> _Parsed:
        """What was parsed here and may be of use in `deck`."""
        sources = {frame.source for frame in deck.frames}
        return {key: kept for key, kept in self._parsed.items() if key[0][0] in sources}

    def content(self, index: int) -> Content:
        """The parsed text of the frame with this index, its notes with it."""
        return self._known(index, notes=True)

    def shown(self, index: int) -> Content:
        """The same without the notes, which a frame can be drawn without: half the time."""
        return self._known(index, notes=(index, True) in self._here)

    def _known(self, index: int, *, notes: bool) -> Content:
        if (index, notes) not in self._here:
            self._here[index, notes] = self._content(index, notes=notes)
        return self._here[index, notes]

    def key(self, index: int) -> str:
        """Equal for frames whose contents are equal but for their lines: what is made of them can be kept under it."""
        origin = self.deck.frames[index].origin
        scope = origin.ids if origin is not None else ()
        return hashlib.sha256(repr((self._key(index), scope)).encode("utf-8", "surrogatepass")).hexdigest()

    def all_diagnostics(self) -> tuple[Diagnostic, ...]:
        """What there is to say about the deck without setting its text. Parses every frame."""
        found = list(self.deck.diagnostics)
        for frame in self.deck.frames:
            found += self.content(frame.index).diagnostics
        found += link_diagnostics(self.deck, self.content)
        found += picture_diagnostics(self.deck, self.content)
        own = self.deck.file
        return bounded(sorted(found, key=lambda each: (each.file != own, str(each.file), each.line, each.column)))

    def _key(self, index: int) -> _Key:
        if index not in self._keys:
            frame = self.deck.frames[index]
            file = "" if frame.origin is None else str(frame.origin.file)
            self._keys[index] = (frame.source, frame.lang, self._file_of(frame).used.of(frame.source), file)
        return self._keys[index]

    def _content(self, index: int, *, notes: bool) -> Content:
        frame = self.deck.frames[index]
        if not frame.source.strip():
            return _EMPTY
        breaks = frame.node is not None and frame.node.kind is NodeKind.TEXT
        key = (self._key(index), notes, breaks)
        if key not in self._parsed:
            file = self._file_of(frame)
            source = frame.source if file.source is None else file.source
            content = file.parser.parse(source, frame.source_line, lang=frame.lang, notes=notes, breaks=breaks)
            self._parsed[key] = (frame.source_line, content)
        line, content = self._parsed[key]
        if line != frame.source_line:
            content = cast("Content", _moved(content, frame.source_line - line))
        if frame.origin is None or not ("#" in frame.source or "#" in repr(key[0][2])):  # no link to a frame
            return content
        return self._links.relinked(content, frame.origin)

    def _file_of(self, frame: Frame) -> _File:
        """What the text of a frame is read with; a card of a canvas is a text of its own."""
        if frame.node is not None and "]:" in frame.source:
            if frame.index not in self._files:
                self._files[frame.index] = _card(frame, self.deck.lang, self.deck.file)
            return self._files[frame.index]
        origin = frame.origin
        path = origin.file if origin is not None else None
        if path not in self._files:
            definitions = origin.definitions if origin is not None else self.deck.definitions
            parser = FrameParser(definitions, self.deck.lang, self.deck.file_of(frame))
            self._files[path] = _File(UsedDefinitions(definitions), parser)
        return self._files[path]


@dataclass(frozen=True, slots=True)
class _File:
    """What is common to the frames of one text: `used` finds the definitions of each.

    `source` is the text of a card without its definitions.
    """

    used: UsedDefinitions
    parser: FrameParser
    source: str | None = None


def _card(frame: Frame, lang: str, file: Path | None) -> _File:
    lines = frame.source.split("\n")
    fenced = {i for span in outline(lines).fences.values() for i in range(span.start, span.stop)}
    lines, definitions = collect(lines, fenced)
    return _File(UsedDefinitions(definitions), FrameParser(definitions, lang, file), "\n".join(lines))


class UsedDefinitions:
    """Finds which of `definitions` a frame uses without looking at each of them for each frame."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._notes = {label: (place, text) for place, (label, text) in enumerate(definitions.footnotes)}
        self._links = {item[0]: place for place, item in enumerate(definitions.links)}
        self._words = {item[0]: place for place, item in enumerate(definitions.abbreviations) if item[0].isalnum()}
        self._phrases = [place for place, item in enumerate(definitions.abbreviations) if not item[0].isalnum()]

    def of(self, source: str) -> Definitions:
        """Those that a frame with this Markdown can use; a few more do no harm."""
        every = self._definitions
        notes: dict[str, str] = {}
        texts = [source] if self._notes else []
        while texts:  # a note may have notes
            for label in _NOTE_MARK.findall(texts.pop()):
                if label in self._notes and label not in notes:
                    notes[label] = self._notes[label][1]
                    texts.append(notes[label])
        whole = "\n".join((source, *notes.values()))
        links: set[int] = set()
        if self._links and "[" in whole:
            labels = {link_label(label) for label in _BRACKETED.findall(whole)}
            links = {self._links[label] for label in labels if label in self._links}
        abbreviations = {place for place in self._phrases if every.abbreviations[place][0] in whole}
        if self._words:
            abbreviations |= {self._words[word] for word in set(_WORD.findall(whole)) if word in self._words}
        return Definitions(
            footnotes=tuple(every.footnotes[place] for place in sorted(self._notes[label][0] for label in notes)),
            links=tuple(every.links[place] for place in sorted(links)),
            abbreviations=tuple(every.abbreviations[place] for place in sorted(abbreviations)),
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
