"""YAML as nodes with their places: read event by event, never turned into Python objects.

Every scalar is the text that stands there: YAML 1.1 would read `lang: no` as false and `16:9` as 969. Anchors, aliases
and tags are refused; depth and number of nodes are limited, so that no front matter takes long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEEPEST = 20
MOST_NODES = 20_000
MOST_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Scalar:
    """`line` and `column` count from 1, in the file."""

    text: str
    line: int
    column: int
    plain: bool = False
    """Written without quotation marks."""

    @property
    def absent(self) -> bool:
        """Nothing stands after the key, or YAML's word for nothing."""
        return self.plain and self.text in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """A key given twice appears once, with its last value."""

    items: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


Node: TypeAlias = Scalar | Sequence | Mapping


class _RefusedError(Exception):
    def __init__(self, code: str, message: str, hint: str, event: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.event = event


def compose(text: str, first_line: int, file: Path | None) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """The mapping that `text` is; its first line is line `first_line` of `file`.

    Broken YAML gives the keys that stand before the place where it breaks, and a diagnostic for that place. None when
    there is no mapping at all.
    """
    if not text.strip():
        return None, ()
    if len(text) > MOST_CHARACTERS:
        message = _("The front matter is longer than {n} characters and is not read.").format(n=MOST_CHARACTERS)
        hint = _("Keep there what says something of the deck, and the rest in the text.")
        return None, (Diagnostic("front-matter-syntax", message, hint, file, first_line),)
    return _Composer(text, first_line, file).compose()


_BREAKS: dict[int, str] = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
"""What ends a line in YAML and in no editor."""


class _Composer:
    def __init__(self, text: str, first_line: int, file: Path | None) -> None:
        self.text = text.translate(_BREAKS)
        self.first_line = first_line
        self.file = file
        self.nodes = 0
        self.diagnostics: list[Diagnostic] = []
        self.top: dict[str, tuple[Scalar, Node]] = {}
        """The keys of the whole read so far, for when the rest is broken."""

    def compose(self) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, ten times as fast
        node: Node | None = None
        try:
            events = cast("Iterator[Any]", yaml.parse(self.text.encode("utf-8", "replace"), Loader=loader))
            for event in events:
                if isinstance(event, yaml.NodeEvent):
                    node = self._node(event, events, 0)
                    break
        except _RefusedError as error:
            line, column = self._place(error.event.start_mark)
            self._report(error.code, error.message, error.hint, line, column)
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.YAMLError as error:  # a character YAML does not allow; it has no mark
            before = self.text[: getattr(error, "position", 0) or 0]
            line, column = before.count("\n") + self.first_line, len(before) - before.rfind("\n")
            message = _("The front matter holds a character that YAML does not allow.")
            self._report("front-matter-syntax", message, _("Delete it."), line, column)
        if isinstance(node, Scalar) and node.absent:
            return None, tuple(self.diagnostics)
        if isinstance(node, Scalar | Sequence):
            message = _("The front matter should be lines of the form “key: value”.")
            hint = _("Write a key, a colon and a value on each line, or take the lines with --- away.")
            self._report("front-matter-syntax", message, hint, node.line, node.column)
            return None, tuple(self.diagnostics)
        if node is None and self.top:
            node = Mapping(tuple(self.top.values()), self.first_line, 1)
        return node, tuple(self.diagnostics)

    def _place(self, mark: Any) -> tuple[int, int]:
        return self.first_line + int(mark.line), int(mark.column) + 1

    def _report(self, code: str, message: str, hint: str, line: int, column: int) -> None:
        self.diagnostics.append(Diagnostic(code, message, hint, self.file, line, column))

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        import yaml

        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            hint = _("Write the value out; in quotation marks if it begins with & or *.")
            raise _RefusedError("front-matter-alias", _("Anchors and aliases are not read here."), hint, event)
        if depth > DEEPEST or self.nodes > MOST_NODES:
            message = _("The front matter is nested deeper, or has more values, than any deck.")
            raise _RefusedError("front-matter-syntax", message, _("Take out what belongs elsewhere."), event)
        line, column = self._place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(str(event.value), line, column, plain=not event.style)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._node(item, events, depth + 1))
            return Sequence(tuple(items), line, column)
        pairs = self.top if depth == 0 else {}
        while not isinstance(item := next(events), yaml.MappingEndEvent):
            key = self._node(item, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                message = _("A key should be a single word or text.")
                self._report("front-matter-type", message, _("Put it in quotation marks."), key.line, key.column)
                continue
            if key.text in pairs:
                message = _("“{key}” is given twice; the last one counts.").format(key=key.text[:60])
                self._report("front-matter-twice", message, _("Delete one of them."), key.line, key.column)
                del pairs[key.text]
            pairs[key.text] = (key, value)
        return Mapping(tuple(pairs.values()), line, column)

    def _syntax(self, error: Any) -> None:
        context, problem = str(error.context), str(error.problem)
        opened = "flow" in context or "quoted" in context or "simple key" in context
        mark = (opened and error.context_mark) or error.problem_mark or error.context_mark
        line, column = self._place(mark) if mark else (self.first_line, 0)
        lines = self.text.split("\n")
        row = min(line - self.first_line, len(lines) - 1)
        written = lines[row] if row >= 0 else ""
        if written[: column + 1].lstrip(" ").startswith("\t"):
            hint = _("Indent with spaces; YAML does not allow tabs.")
        elif "mapping values" in problem:
            hint = _("Put a value that holds a colon in quotation marks.")
        elif "quoted" in context:
            hint = _("Close the quotation mark.")
        elif "flow" in context:
            hint = _("Close the bracket, and put commas between the values.")
        elif "simple key" in context:
            hint = _("Every line should be of the form “key: value”; put a longer text in quotation marks.")
        else:
            hint = _("Put the value in quotation marks if it holds signs such as @ : # [ { * & ! % |.")
        self._report("front-matter-syntax", _("The front matter is not valid YAML here."), hint, line, column)
