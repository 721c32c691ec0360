"""The numbering of lists: one of bullets for all, and one of numbers for each list, which so begins anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atelier.writers.word.elements import node, part
from atelier.writers.word.styles import LIST_STYLES, STEP

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NOTHING, BULLETS, NUMBERS = 0, 1, 2
"""`NOTHING` takes a paragraph out of the numbering of its style."""
DEEPEST: Final = 8
"""The last level that Word counts, from 0."""
_BULLETS: Final = "•–▪"
_FORMATS: Final = ("decimal", "lowerLetter", "lowerRoman")


class Numbering:
    """The lists of a document, as they come."""

    def __init__(self) -> None:
        self._starts: list[tuple[int, int]] = []

    def numbers(self, level: int, start: int) -> int:
        """The id of a numbering for a list of that level which begins with `start`."""
        self._starts.append((level, max(start, 0)))
        return NUMBERS + len(self._starts)

    def xml(self) -> bytes:
        counted = (
            _counted(number, node("w:lvlOverride", node("w:startOverride", val=start), ilvl=level))
            for number, (level, start) in enumerate(self._starts, NUMBERS + 1)
        )
        root = node(
            "w:numbering",
            _kinds(BULLETS, "List Bullet"),
            _kinds(NUMBERS, "List Number"),
            node("w:num", node("w:abstractNumId", val=BULLETS), numId=BULLETS),
            _counted(NUMBERS, None),
            *counted,
        )
        return part(root)


def _counted(number: int, override: Element | None) -> Element:
    return node("w:num", node("w:abstractNumId", val=NUMBERS), override, numId=number)


def _kinds(number: int, style: str) -> Element:
    levels = (_level(level, bulleted=number == BULLETS, style=style) for level in range(DEEPEST + 1))
    return node("w:abstractNum", node("w:multiLevelType", val="multilevel"), *levels, abstractNumId=number)


def _level(level: int, *, bulleted: bool, style: str) -> Element:
    name = style.replace(" ", "") + (str(level + 1) if level else "")
    sign = _BULLETS[level % len(_BULLETS)] if bulleted else f"%{level + 1}."
    return node(
        "w:lvl",
        node("w:start", val=1),
        node("w:numFmt", val="bullet" if bulleted else _FORMATS[level % len(_FORMATS)]),
        node("w:pStyle", val=name) if level < LIST_STYLES else None,
        node("w:lvlText", val=sign),
        node("w:lvlJc", val="left"),
        node("w:pPr", node("w:ind", left=STEP * (level + 1), hanging=STEP)),
        ilvl=level,
    )
