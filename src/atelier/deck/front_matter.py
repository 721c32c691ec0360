"""The front matter, typed: what each key may hold, and a diagnostic with line and key for what it may not.

A small reader of nodes rather than msgspec: importing msgspec takes longer than reading the whole keynote, and a value
that cannot be used must not cost the ones beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from atelier.deck import front_matter_keys as keys
from atelier.deck.types import Room, View
from atelier.deck.values import language_value, language_wanted
from atelier.deck.yaml_nodes import Mapping, Node, Scalar, Sequence, compose
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from atelier.deck.front_matter_keys import Key, Kind, Several

DEEPEST_HEADING = 6
MOST_DIAGNOSTICS = 100
_ALIKE = 0.75
"""How much of a key another one must share to be what was meant: other programs have keys of their own."""
_OF_OTHERS = frozenset({"marp", "subtitle", "duration"})
"""Keys of theirs that share as much."""

_T = TypeVar("_T")

KEPT_RAW = frozenset({keys.AGENDA.name})
"""Keys that others read: they are kept as nodes."""


@dataclass(frozen=True, slots=True)
class StopValue:
    """A stop as written: `frame` is an id, without `#`."""

    frame: str
    view: View
    hold: float | None
    line: int
    inside: bool = False
    """Whether all frames in it are stops as well."""


@dataclass(frozen=True, slots=True)
class PathValue:
    """A path as written. `stops` is None where the path is the default one under a name of its own."""

    name: str
    line: int
    minutes: float | None = None
    title: str = ""
    stops: tuple[StopValue, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the front matter says; empty or None where it says nothing."""

    title: str = ""
    lang: str = ""
    abstract: tuple[tuple[str, str], ...] = ()
    """(language, text); the language is empty where the text stands alone."""
    author: str = ""
    theme: str = ""
    ratio: float | None = None
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    redact: tuple[tuple[str, str], ...] = ()
    """(term, what stands in its place), longest term first."""
    paths: tuple[PathValue, ...] = ()
    frames: int = DEEPEST_HEADING
    """The deepest level of heading that starts a frame."""
    layout: str = ""
    by: str = ""
    """A field of cases, for the layout `cases`."""
    map: str = ""
    minutes: float | None = None
    date: str = ""
    event: str = ""
    licence: str = ""
    room: Room = field(default_factory=Room)
    library: tuple[tuple[str, int], ...] = ()
    """(folder as written, line): where `![[…]]` may find files besides the deck's own folder"""
    extra: tuple[tuple[str, Node], ...] = ()
    """The keys of `KEPT_RAW`, unread."""
    lines: tuple[tuple[str, int], ...] = ()
    """(key, the file's line where it is set)"""

    def line_of(self, key: str) -> int:
        """0 where the key is not given."""
        return next((line for name, line in self.lines if name == key), 0)


def read_metadata(text: str, first_line: int, file: Path | None) -> tuple[Metadata, tuple[Diagnostic, ...]]:
    """The values of the front matter `text`, whose first line is line `first_line` of `file`. Never fails."""
    if not text.strip():
        return Metadata(), ()
    node, broken = compose(text, first_line, file)
    reader = _Reader(file, list(broken))
    metadata = reader.metadata(node) if node else Metadata()
    return metadata, tuple(reader.diagnostics[:MOST_DIAGNOSTICS])


class _Reader:
    def __init__(self, file: Path | None, diagnostics: list[Diagnostic]) -> None:
        self.file = file
        self.diagnostics = diagnostics

    def metadata(self, node: Mapping) -> Metadata:
        given = {key.text: value for key, value in node.items}
        self._unknown(node, keys.FRONT_MATTER.names, "")
        licence = keys.LICENCE if keys.LICENCE.name in given else keys.LICENSE
        return Metadata(
            title=self._value(given, keys.TITLE) or "",
            lang=self._value(given, keys.LANG) or "",
            abstract=self._abstract(given.get(keys.ABSTRACT.name)),
            author=self._names(given.get(keys.AUTHOR.name)),
            theme=self._value(given, keys.THEME_KEY) or "",
            ratio=self._value(given, keys.RATIO_KEY),
            tags=self._list(given, keys.TAGS),
            keywords=self._list(given, keys.KEYWORDS),
            categories=self._list(given, keys.CATEGORIES),
            redact=self._redact(given.get(keys.REDACT.name)),
            paths=self._paths(given.get(keys.PATHS.name)),
            frames=self._value(given, keys.FRAMES) or DEEPEST_HEADING,
            layout=self._value(given, keys.LAYOUT_KEY) or "",
            by=self._value(given, keys.BY) or "",
            map=self._value(given, keys.MAP) or "",
            minutes=self._value(given, keys.PLANNED),
            date=self._value(given, keys.DATE_KEY) or "",
            event=self._value(given, keys.EVENT) or "",
            licence=self._value(given, licence) or "",
            room=self._room(given.get(keys.ROOM.name)),
            library=self._library(given.get(keys.LIBRARY.name)),
            extra=tuple((key, value) for key, value in given.items() if key in KEPT_RAW),
            lines=tuple((key.text, key.line) for key, _value in node.items),
        )

    def _wrong(self, node: Node, key: str, wanted: str, hint: str = "") -> None:
        message = _("“{key}” should be {wanted}.").format(key=key[:60], wanted=wanted)
        hint = hint or _("Correct the value, or take the key out.")
        self.diagnostics.append(Diagnostic("front-matter-type", message, hint, self.file, node.line, node.column))

    def _unknown(self, node: Mapping, known: Iterable[str], where: str) -> None:
        for key, _value in node.items:
            if key.text not in known:
                name = f"{where}{key.text}"[:60]
                message = _("The front matter has no key “{key}”.").format(key=name)
                near = "" if key.text in _OF_OTHERS else did_you_mean(key.text, known, alike=_ALIKE)
                if where:
                    code, hint = (
                        "front-matter-misspelt",
                        near or _("There are: {names}.").format(names=", ".join(known)),
                    )
                elif near:
                    code, hint = "front-matter-misspelt", near
                else:
                    code, hint = "front-matter-key", _("Other programs may read it; here it does nothing.")
                found = Diagnostic(code, message, hint, self.file, key.line, key.column)
                self.diagnostics.append(found)

    def _scalar(self, node: Node, key: str) -> str:
        if isinstance(node, Scalar):
            return "" if node.absent else node.text.strip()
        self._wrong(node, key, _("a text"))
        return ""

    def _value(self, given: dict[str, Node], key: Key[Kind[_T]], where: str = "") -> _T | None:
        node = given.get(key.name)
        if node is None or (isinstance(node, Scalar) and node.absent):
            return None
        text = node.text.strip() if isinstance(node, Scalar) else None
        value = None if text is None else key.shape.parse(text)
        if value is None:
            self._wrong(node, where + key.name, key.shape.wanted(), did_you_mean(text or "", key.shape.near))
        return value

    def _list(self, given: dict[str, Node], key: Key[Several]) -> tuple[str, ...]:
        """A list of texts, or one text with commas."""
        node = given.get(key.name)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            words = [self._scalar(item, key.name) for item in node.items]
        elif isinstance(node, Scalar):
            words = [word.strip() for word in self._scalar(node, key.name).split(",")]
        else:
            self._wrong(node, key.name, _("a list"))
            return ()
        return tuple(dict.fromkeys(word for word in words if word))

    def _library(self, node: Node | None) -> tuple[tuple[str, int], ...]:
        """A folder, or a list of folders; a comma is part of a name."""
        items = node.items if isinstance(node, Sequence) else (node,) if node is not None else ()
        named = [(self._scalar(item, "library"), item.line) for item in items]
        return tuple((name, line) for name, line in named if name)

    def _names(self, node: Node | None) -> str:
        """An author, several, or a mapping with a name: as one line."""
        if isinstance(node, Mapping):
            node = {key.text: value for key, value in node.items}.get("name", node)
        if isinstance(node, Sequence):
            return ", ".join(name for item in node.items if (name := self._names(item)))
        return self._scalar(node, "author") if node else ""

    def _abstract(self, node: Node | None) -> tuple[tuple[str, str], ...]:
        if not isinstance(node, Mapping):
            text = self._scalar(node, "abstract") if node else ""
            return (("", text),) if text else ()
        texts: list[tuple[str, str]] = []
        for key, value in node.items:
            language = language_value(key.text.strip())
            if language is None:
                self._wrong(key, f"abstract.{key.text}", language_wanted())
            else:
                texts.append((language, self._scalar(value, f"abstract.{key.text}")))
        return tuple((language, text) for language, text in texts if text)

    def _redact(self, node: Node | None) -> tuple[tuple[str, str], ...]:
        """Terms with what replaces them, or a list of such and of terms that go without replacement. Terms of a list in
        the list are none the less taken: what they name would leave the house.
        """
        pairs: list[tuple[str, str]] = []
        waiting = [] if node is None else [node]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Mapping):
                pairs += [(key.text.strip(), self._scalar(value, f"redact.{key.text}")) for key, value in item.items]
            elif isinstance(item, Sequence):
                if item is not node:
                    self._wrong(item, "redact", _("a text"))
                waiting += reversed(item.items)
            else:
                pairs.append((self._scalar(item, "redact"), ""))
        return tuple(sorted((pair for pair in pairs if pair[0]), key=lambda pair: -len(pair[0])))

    def _room(self, node: Node | None) -> Room:
        """The width of the picture and the distance of the last row; what cannot be used keeps its usual value."""
        usual = Room()
        if node is None or (isinstance(node, Scalar) and node.absent):
            return usual
        if not isinstance(node, Mapping):
            self._wrong(node, "room", _("a mapping such as {width: 3m, distance: 12m}"))
            return usual
        for key, value in node.items:
            if key.text[:1].isdigit() and isinstance(value, Scalar) and value.absent:  # {width: 2,5m}
                message = _("The comma before “{rest}” ends a value.").format(rest=key.text[:60])
                hint = _("Put a length with a comma in quotation marks.")
                found = Diagnostic("front-matter-type", message, hint, self.file, key.line, key.column)
                self.diagnostics.append(found)
                return usual
        self._unknown(node, keys.ROOM_KEYS.names, "room.")
        given = {key.text: value for key, value in node.items}
        width = self._value(given, keys.ROOM_WIDTH, "room.")
        distance = self._value(given, keys.ROOM_DISTANCE, "room.")
        return Room(width or usual.width, distance or usual.distance)

    def _paths(self, node: Node | None) -> tuple[PathValue, ...]:
        if node is None or (isinstance(node, Scalar) and node.absent):
            return ()
        if not isinstance(node, Mapping):
            self._wrong(node, "paths", _("a mapping from the name of a path to its minutes and stops"))
            return ()
        return tuple(self._path(key, value) for key, value in node.items if key.text.strip())

    def _path(self, key: Scalar, node: Node) -> PathValue:
        name = key.text.strip()
        where = f"paths.{name}"
        if isinstance(node, Sequence):
            return PathValue(name, key.line, stops=self._stops(node, where))
        if not isinstance(node, Mapping):
            if not node.absent:
                self._wrong(node, where, _("a mapping with “minutes” and “stops”, or a list of stops"))
            return PathValue(name, key.line)
        given = {k.text: value for k, value in node.items}
        self._unknown(node, keys.PATH.names, f"{where}.")
        return PathValue(
            name,
            key.line,
            minutes=self._value(given, keys.PLANNED, f"{where}."),
            title=self._value(given, keys.PATH_TITLE, f"{where}.") or "",
            stops=self._stops(given[keys.STOPS.name], f"{where}.stops") if keys.STOPS.name in given else None,
        )

    def _stops(self, node: Node, where: str) -> tuple[StopValue, ...] | None:
        if isinstance(node, Scalar) and node.absent:
            return None
        if not isinstance(node, Sequence):
            self._wrong(node, where, _("a list of stops"))
            return None
        return tuple(stop for item in node.items if (stop := self._stop(item, where)))

    def _stop(self, node: Node, where: str) -> StopValue | None:
        if isinstance(node, Scalar) and node.text.strip():
            return StopValue(_id(node.text), View.FRAME, None, node.line)
        given = {key.text: value for key, value in node.items} if isinstance(node, Mapping) else {}
        target = given.get(keys.STOP_FRAME.name)
        if not isinstance(node, Mapping) or not isinstance(target, Scalar) or not target.text.strip():
            self._wrong(node, where, _("an id, or a mapping with “frame”, “inside”, “hold” and “view”"))
            return None
        self._unknown(node, keys.STOP.names, f"{where}.")
        hold = self._value(given, keys.STOP_HOLD, f"{where}.")
        view = self._value(given, keys.STOP_VIEW, f"{where}.")
        inside = bool(self._value(given, keys.STOP_INSIDE, f"{where}."))
        return StopValue(_id(target.text), view or View.FRAME, hold, target.line, inside)


def _id(text: str) -> str:
    return text.strip().removeprefix("#")
