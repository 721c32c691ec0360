"""Rough notes in plain text: numbered parts are frames, dashes are shown, the lines indented below are for the speaker.

A line that begins with an arrow (`=>`) is what follows from those above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atelier.importers.markdown import escaped, escaped_line
from atelier.importers.settings import common_settings
from atelier.importers.source import Source, bounded
from atelier.importers.types import Slide, Talk
from atelier.markup.lines import indentation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.importers.losses import Losses
    from atelier.importers.pictures import Pictures

_NUMBER = re.compile(
    r"(?:(?:part(?:ie)?|chapitre|chapter|section|module|slide|diapo)\s+)?(\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Za-z])\s*(?:[.)]|[:–—-](?=\s)|°)\s*(\S.*)$",
    re.IGNORECASE,
)
_SPELT = re.compile(r"(?:part(?:ie)?|chapitre|chapter|section|module|slide|diapo)\s+(\w{1,6})\s*$", re.IGNORECASE)
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)\.?\s+(\S.*)$")
_DASH = re.compile(r"(?:[-–—•*+·▪‣◦o]|->(?!>))\s+(\S.*)$")
_ARROW = re.compile(r"(?:=+>|⇒|-{2,}>|→|➔)\s*(\S.*)$")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*$")
_UNDERLINED: Final = "\U000f0002"
_LONG: Final = 90
"""Signs from which on a line at the margin is prose, which is said rather than shown."""
_TITLE: Final = 80
_WRAPPED: Final = 55
"""Signs a line has at least that goes on in the next."""


@dataclass(slots=True)
class _Part:
    title: str
    depth: int
    line: int
    body: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])

    @property
    def bare(self) -> bool:
        return not self.body and not self.notes


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    indent: int
    text: str
    after_gap: bool
    before_gap: bool


def read(source: Source, pictures: Pictures, losses: Losses) -> Talk:  # noqa: ARG001 - notes show no pictures
    lines = _lines(source.lines, source.first_line)
    parts = bounded(_Reader(lines).parts(), losses)
    title = ""
    if parts and not parts[0].depth and len(parts) > 1:
        title = parts[0].title
    settings = common_settings(source.front, source.text)
    slides = [
        Slide(
            number=number,
            line=part.line,
            title=escaped(part.title),
            level=1 if number == 1 and title else part.depth + 1,
            depth=max(0, part.depth - 1) if title else part.depth,
            body="\n".join(part.body).strip("\n"),
            notes="\n".join(part.notes).strip("\n"),
        )
        for number, part in enumerate(parts, 1)
    ]
    return Talk(title=settings.get("title", ""), settings=tuple(settings.items()), slides=tuple(slides))


def _lines(texts: Sequence[str], first: int) -> list[_Line]:
    """The lines with words. What is underlined is marked as a title; the underlines themselves part nothing."""
    out: list[_Line] = []
    gap = True
    for index, text in enumerate(texts):
        if not text.strip():
            gap = True
            continue
        if _UNDERLINE.match(text):
            gap = True
            continue
        follows = texts[index + 1] if index + 1 < len(texts) else ""
        underlined = bool(_UNDERLINE.match(follows)) and len(text.strip()) <= _TITLE
        words = " ".join(text.split())
        out.append(
            _Line(
                first + index,
                indentation(text.rstrip()),
                (_UNDERLINED if underlined else "") + words,
                gap,
                not follows.strip(),
            )
        )
        gap = False
    return out


def _style(number: str) -> str:
    if number.isdecimal():
        return "1"
    if re.fullmatch(r"[IVXLC]+", number) and (len(number) > 1 or number in "IVX"):
        return "I"
    return "A" if number.isupper() else "a"


class _Reader:
    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines
        self._numbered = self._are_parts()
        self._styles: list[str] = []
        self._parts: list[_Part] = []
        self._indents: list[int] = []
        """Where the dashes of the list at hand begin."""
        self._last = ""

    def _are_parts(self) -> bool:
        """Whether numbered lines at the margin are parts rather than items: something stands below one of them."""
        at_margin = {i for i, line in enumerate(self._lines) if not line.indent and _NUMBER.match(line.text)}
        found = sum(1 for i in at_margin if i + 1 < len(self._lines) and i + 1 not in at_margin)
        return found >= max(1, len(at_margin) // 3)

    def parts(self) -> list[_Part]:
        for place, line in enumerate(self._lines):
            following = self._lines[place + 1] if place + 1 < len(self._lines) else None
            if head := self._head(line, following):
                depth, title = head
                self._parts.append(_Part(title, depth, line.number))
                self._indents = []
                self._last = ""
            else:
                self._content(line)
        return self._parts

    def _head(self, line: _Line, following: _Line | None) -> tuple[int, str] | None:
        """Depth and title of a line that begins a part."""
        text = line.text.lstrip(_UNDERLINED)
        if line.indent:
            return None
        if self._numbered:
            if found := _DECIMAL.match(text):
                return 1 + found[1].count("."), found[2]
            if (found := _NUMBER.match(text)) and len(found[2]) <= _TITLE * 2:
                style = _style(found[1])
                if style == "I" and "A" in self._styles and len(found[1]) == 1 and "I" not in self._styles:
                    style = "A"
                if style == "a" and not self._styles:
                    return None
                if style in self._styles:
                    del self._styles[self._styles.index(style) + 1 :]
                else:
                    self._styles.append(style)
                return len(self._styles), found[2].rstrip(" :")
        if _SPELT.match(text):
            return 1, text
        if line.text.startswith(_UNDERLINED):
            return (0 if not self._parts else 1), text.rstrip(" :")
        plain = not _DASH.match(text) and not _ARROW.match(text) and len(text) <= _TITLE
        if not self._parts:
            return (0, text.rstrip(" :")) if plain and line.before_gap else (0, text[:_TITLE]) if plain else (1, "")
        titled = text.isupper() and any(map(str.isalpha, text)) and len(text) > 3
        headed = following is not None and not line.before_gap and bool(_DASH.match(following.text) or following.indent)
        if plain and line.after_gap and (titled or (headed and not self._numbered and not text.endswith((".", "…")))):
            return 1, text.rstrip(" :")
        return None

    def _content(self, line: _Line) -> None:
        if not self._parts:
            self._parts.append(_Part("", 1, line.number))
        part = self._parts[-1]
        text = line.text.lstrip(_UNDERLINED)
        if found := _ARROW.match(text):
            self._arrow(part, line, found[1])
        elif found := _DASH.match(text):
            self._dash(part, line.indent, found[1])
        elif (found := _NUMBER.match(text)) and found[1].isdecimal():
            self._numbered_item(part, line, f"{found[1]}. {escaped(found[2])}")
        elif line.indent and self._goes_on(line) and part.body:
            part.body[-1] += f" {escaped(text)}"
        elif line.indent or (len(text) > _LONG) or text.startswith("("):
            if line.after_gap and part.notes:
                part.notes.append("")
            part.notes.append(escaped_line(text))
            self._last = ""
            return
        else:
            if part.body:
                part.body.append("")
            part.body.append(escaped_line(text))
            self._indents = []
        self._last = text

    def _goes_on(self, line: _Line) -> bool:
        """Whether a line is the rest of the one above it, which was too long for the page."""
        return (
            not line.after_gap
            and len(self._last) >= _WRAPPED
            and not self._last.endswith((".", "!", "?", ":", ";", "…"))
        )

    def _depth(self, indent: int) -> int:
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        return len(self._indents) - 1

    def _dash(self, part: _Part, indent: int, text: str) -> None:
        if not self._indents and part.body:
            part.body.append("")
        part.body.append(f"{'  ' * self._depth(indent)}- {escaped(text)}")

    def _numbered_item(self, part: _Part, line: _Line, text: str) -> None:
        if not self._indents and part.body:
            part.body.append("")
        part.body.append(f"{'   ' * self._depth(line.indent)}{text}")

    def _arrow(self, part: _Part, line: _Line, text: str) -> None:
        if self._indents and line.indent > self._indents[0]:
            part.body.append(f"{'  ' * self._depth(line.indent)}- → {escaped(text)}")
            return
        if part.body:
            part.body.append("")
        part.body.append(f"**→ {escaped(text)}**")
        self._indents = []
