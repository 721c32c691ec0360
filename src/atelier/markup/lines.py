"""What a single line of Markdown can be. Shared by the scanner, the grammar and the estimate of a frame's extent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TAB_WIDTH = 4

_ATX = re.compile(r"(#{1,6})(?:[ \t\u00a0\u202f]+(.*))?$")
"""A no-break space is what French keyboards give where the key of the mark is held a moment too long."""
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+$")
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})(.*)$")
_FENCE_END = re.compile(r"(`{3,}|~{3,})[ \t]*$")
_CONTAINERS = re.compile(r"[ \t]*(?:>[ \t]?[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_QUOTES = re.compile(r"[ \t]*(?:>[ \t]*)*")
_BLOCK = re.compile(r"(/{3,})(.*)$")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_MARKER = re.compile(r"([-*+]|(\d{1,9})[.)])(?:([ \t]+)(\S.*)?|$)")
_ATTRIBUTE = re.compile(  # an id may have dots, but must not swallow what was to be hidden
    r"""\s*(?:\#((?:(?!\.(?i:private))[^\s#={}"'])+)|\.([^\s#.={}"']+)|([\w:-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+)))(?=\s|$)"""
)
_WORD = re.compile(r"\s*([A-Za-z][\w-]*)(?=\s|$)")
_MEANT_FOR_OTHERS = frozenset({"-", ".unnumbered", ".unnumbered .unlisted"})
_DATA = re.compile(r"data-[\w-]+(?:\s+data-[\w-]+)*")
"""What Pandoc and MkDocs say of a heading that means nothing here."""
_INLINE_ENDS = ("*", "_", "`", ")", "]", "=", "~", "^")
_LONGEST_RULE = 1_000
_LONGEST_ATTRIBUTES = 2_000


def indentation(line: str) -> int:
    """Columns of white space before the first sign; a tab stands for the way to the next multiple of four."""
    width = len(line) - len(line.lstrip(" "))
    if line[width : width + 1] != "\t":
        return width
    for sign in line[width:]:
        if sign == "\t":
            width += TAB_WIDTH - width % TAB_WIDTH
        elif sign == " ":
            width += 1
        else:
            break
    return width


def dedent(line: str, columns: int) -> str:
    """`line` without up to `columns` columns of its leading white space."""
    blanks = len(line) - len(line.lstrip(" "))
    if blanks >= columns or line[blanks : blanks + 1] != "\t":
        return line[min(blanks, columns) :]
    stripped = line.lstrip(" \t")
    return " " * max(0, indentation(line) - columns) + stripped


def is_rule(line: str) -> bool:
    return len(line) <= _LONGEST_RULE and _RULE.match(line) is not None


Attributes = tuple[tuple[str, str], ...]


def attributes(text: str) -> Attributes | None:
    """The pairs of an attribute list's inside (`#id .class key=value`), None when it is not one."""
    text = text.strip().removeprefix(":")
    if text in _MEANT_FOR_OTHERS or _DATA.fullmatch(text):
        return ()
    out: list[tuple[str, str]] = []
    at, marked = 0, False
    while at < len(text) and text[at:].strip():
        if found := _ATTRIBUTE.match(text, at):
            id_, name, key, double, single, bare = found.groups()
            marked = True
            if id_ is not None:
                out.append(("id", id_))
            elif name is not None:
                out.append(("class", name))
            else:
                out.append((key, next((v for v in (double, single, bare) if v is not None), "")))
        elif found := _WORD.match(text, at):
            out.append((found[1], "true"))
        else:
            return None
        at = found.end()
    return tuple(out) if marked else None


def split_attributes(text: str) -> tuple[str, Attributes]:
    """A line and the attribute list at its end: `Title {#id .class}` gives `Title` and its pairs."""
    text = text.rstrip()
    if not text.endswith("}"):
        return text, ()
    start = text.rfind("{", max(0, len(text) - _LONGEST_ATTRIBUTES))
    while start >= 0:
        if text[start - 1 : start] in _INLINE_ENDS:
            break  # it belongs to the span it follows
        if (pairs := attributes(text[start + 1 : -1])) is not None:
            return text[:start].rstrip(), pairs
        if '"' not in text[start:] and "'" not in text[start:]:
            break  # only a quoted value may hold a brace
        start = text.rfind("{", max(0, len(text) - _LONGEST_ATTRIBUTES), start)
    return text, ()


def attribute_line(line: str) -> Attributes | None:
    """The pairs of a line that is nothing but an attribute list, `{: .steps }`."""
    line = line.strip()
    if not line.startswith("{") or not line.endswith("}") or len(line) > _LONGEST_ATTRIBUTES:
        return None
    if not line.startswith("{:") and line[1:2] not in ".#":
        return None
    return attributes(line[1:-1])


def atx_heading(line: str) -> tuple[int, str, Attributes] | None:
    """Level, text and attributes of a `# heading` that begins `line`."""
    if not line.startswith("#") or (found := _ATX.match(line)) is None:
        return None
    text, pairs = split_attributes((found[2] or "").strip())
    return len(found[1]), _CLOSING_MARKS.sub("", text).rstrip(), pairs


@dataclass(frozen=True, slots=True)
class Fence:
    mark: str
    """The sign, "`" or "~"."""
    length: int
    info: str
    indent: int


def fence_start(line: str) -> Fence | None:
    """The fence a line opens, `line` being free of the marks of its containers."""
    stripped = line.lstrip(" \t")
    if stripped[:3] not in ("```", "~~~") or (found := _FENCE.match(stripped)) is None:
        return None
    return Fence(found[1][0], len(found[1]), found[2].strip(), indentation(line))


def closes_fence(line: str, fence: Fence) -> bool:
    stripped = line.lstrip(" \t")
    if not stripped.startswith(fence.mark * 3) or (found := _FENCE_END.match(stripped)) is None:
        return False
    return found[1][0] == fence.mark and len(found[1]) >= fence.length


def without_containers(line: str) -> str:
    """`line` without indentation, quote marks and a list marker, as far as they can hold a fence or a block."""
    found = _CONTAINERS.match(line)
    return line[found.end() :] if found else line


def without_quotes(line: str) -> str:
    found = _QUOTES.match(line)
    return line[found.end() :] if found else line


def quote_depth(line: str) -> int:
    found = _QUOTES.match(line)
    return found[0].count(">") if found else 0


def block_line(line: str) -> tuple[int, str] | None:
    """Number of slashes and the rest of a `///` line; the rest of a closing line is empty."""
    stripped = line.lstrip(" \t")
    if not stripped.startswith("///") or (found := _BLOCK.match(stripped)) is None:
        return None
    return len(found[1]), found[2].strip()


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker. `content` is the column its item's text begins at, `number` None for a bullet."""

    indent: int
    content: int
    sign: str
    number: int | None
    text: str


def list_marker(line: str) -> Marker | None:
    stripped = line.lstrip(" \t")
    if not stripped or (stripped[0] not in "-*+" and not stripped[0].isdigit()):
        return None
    found = _MARKER.match(stripped)
    if found is None or is_rule(stripped):
        return None
    indent = indentation(line)
    mark, number, gap, text = found.groups()
    space = indentation(gap) if gap and text else 1
    if space > TAB_WIDTH:  # an item that begins with indented code
        text, space = " " * (space - 1) + (text or ""), 1
    return Marker(indent, indent + len(mark) + space, mark[-1], int(number) if number else None, text or "")


class FenceEnds:
    """Tells in constant time whether a fence opened at a line is closed further down."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._longest: dict[str, list[int]] = {}
        for mark in "`~":
            if not any(mark * 3 in line for line in lines):
                continue
            longest = [0] * (len(lines) + 1)
            for index in range(len(lines) - 1, -1, -1):
                longest[index] = longest[index + 1]
                if mark * 3 in lines[index] and (found := _FENCE_END.match(without_containers(lines[index]))):
                    longest[index] = max(longest[index], len(found[1]) if found[1][0] == mark else 0)
            self._longest[mark] = longest

    def closed_after(self, index: int, fence: Fence) -> bool:
        longest = self._longest.get(fence.mark)
        return longest is not None and index + 1 < len(longest) and longest[index + 1] >= fence.length
