"""Keeping account of what cannot be carried over, with the place in the source it stood at."""

from __future__ import annotations

import re
from typing import Final

from atelier.foundation.translation import ngettext
from atelier.importers.types import Loss

MOST: Final = 2_000
"""Losses that are told one by one."""
_LONGEST_TEXT: Final = 4_000
_SHOWN: Final = 60


def shown(text: str) -> str:
    """`text` as it is named in a sentence: in one line, and not long."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


class Losses:
    """Collects what is lost; the same thing on the same slide is told once."""

    def __init__(self) -> None:
        self._all: dict[tuple[str, str, int, str], Loss] = {}
        self._more = 0
        self._slide = 0
        self._line = 0
        self._lines: tuple[str, ...] = ()

    def at(self, slide: int, line: int = 0, lines: tuple[str, ...] = ()) -> None:
        """What follows is lost from this slide, whose `lines` begin at `line` of the file."""
        self._slide, self._line, self._lines = slide, line, lines

    def add(self, code: str, message: str, *, near: str = "", text: str = "") -> None:
        """`near` is a piece of the source the thing begins with, by which its line is found."""
        key = (code, message, self._slide, text)
        if key in self._all:
            return
        if len(self._all) >= MOST:
            self._more += 1
            return
        self._all[key] = Loss(code, message, self._slide, self._line_of(near), text[:_LONGEST_TEXT])

    def _line_of(self, near: str) -> int:
        near = near.lstrip("\n").split("\n", 1)[0].strip()
        if near:
            for offset, line in enumerate(self._lines):
                if near in line:
                    return self._line + offset
        return self._line

    def all(self) -> tuple[Loss, ...]:
        """In the order of the source."""
        found = sorted(self._all.values(), key=lambda each: (each.slide, each.line))
        if self._more:
            message = ngettext(
                "{n} more thing could not be carried over.", "{n} more things could not be carried over.", self._more
            ).format(n=self._more)
            found.append(Loss("more", message))
        return tuple(found)


_TAGS = re.compile(r"<[^<>]{0,2000}>")


def words_of(markup: str) -> str:
    """The words in a piece of HTML or Markdown that is not carried over."""
    return " ".join(_TAGS.sub(" ", markup).split())
