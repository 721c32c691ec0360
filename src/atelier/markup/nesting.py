"""A line as elements inside each other, as HTML and Markdown write it: runs know only their own style and link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from atelier.markup.blocks import Style, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.blocks import Inline

_ORDER = (
    Style.STRONG, Style.EMPHASIS, Style.DELETED, Style.INSERTED, Style.MARK, Style.SUPERSCRIPT, Style.SUBSCRIPT,
    Style.PRIVATE, Style.CODE,
)  # fmt: skip
"""From the outside in, of those that go equally far."""


@dataclass(frozen=True, slots=True)
class Link:
    href: str


@dataclass(frozen=True, slots=True)
class Expanded:
    """An abbreviation and what it stands for."""

    expansion: str


Mark: TypeAlias = Style | Link | Expanded


@dataclass(frozen=True, slots=True)
class Span:
    """What several runs have in common. Texts below it are bare: their styles are the spans around them."""

    mark: Mark
    children: tuple[Span | Inline, ...]


def nested(runs: Sequence[Inline]) -> tuple[Span | Inline, ...]:
    """`runs` in spans; a link is one element however many styles its words have, code is always innermost."""
    return _nested([(run, _marks(run)) for run in runs])


def _marks(run: Inline) -> tuple[Mark, ...]:
    if not isinstance(run, Text):
        return ()
    styles = tuple(style for style in _ORDER if style in run.styles)
    outer = (Link(run.href),) if run.href else ()
    inner = (Expanded(run.expansion),) if run.expansion else ()
    code = (Style.CODE,) if Style.CODE in run.styles else ()
    return (*outer, *(style for style in styles if style is not Style.CODE), *inner, *code)


def _nested(runs: list[tuple[Inline, tuple[Mark, ...]]]) -> tuple[Span | Inline, ...]:
    out: list[Span | Inline] = []
    at = 0
    while at < len(runs):
        run, marks = runs[at]
        if not marks:
            out.append(Text(run.text) if isinstance(run, Text) else run)
            at += 1
            continue
        mark, end = _longest(runs, at)
        inner = [(each, tuple(m for m in own if m != mark)) for each, own in runs[at:end]]
        out.append(Span(mark, _nested(inner)))
        at = end
    return tuple(out)


def _longest(runs: list[tuple[Inline, tuple[Mark, ...]]], at: int) -> tuple[Mark, int]:
    """Which mark of a run goes furthest, and to where: a link before all, code after all."""
    best, furthest = runs[at][1][0], at
    for mark in runs[at][1]:
        end = at + 1
        while end < len(runs) and mark in runs[end][1]:
            end += 1
        if isinstance(mark, Link):
            return mark, end
        if end > furthest and (furthest == at or mark is not Style.CODE):
            best, furthest = mark, end
    return best, furthest
