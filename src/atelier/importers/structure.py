"""How deep each slide lies: slides in a row become frames inside frames, where the deck has parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.importers.types import Slide

_DEEPEST: Final = 6
_ROOT_LINES: Final = 8
"""Lines a first slide may have to be the whole canvas; more make it a frame like the others."""
_SECTION_LINES: Final = 3
_MOST_DIVIDERS: Final = 1 / 3
"""Of the slides; where more have nothing but a title, that is how the deck is made."""


def has_root(slides: Sequence[Slide]) -> bool:
    """Whether the first slide is the title of the whole."""
    if not slides or not slides[0].title or (slides[0].depth or 0) > 0 or _is_private(slides[0]):
        return False
    first = slides[0]
    lines = [line for line in first.body.split("\n") if line.strip()]
    if len(lines) > _ROOT_LINES or any(line.startswith(("|", "```", "/// columns")) for line in lines):
        return False
    levels = [slide.level for slide in slides[1:] if slide.level]
    return not levels or not first.level or first.level <= min(levels)


def depths(slides: Sequence[Slide], *, first: int) -> list[int]:
    """The level of heading for each slide; `first` is that of the outermost. Nothing lies in a private slide: it would
    be private too.
    """
    out = _depths(slides, first)
    for index, slide in enumerate(slides):
        if not _is_private(slide):
            continue
        for below in range(index + 1, len(out)):
            if out[below] <= out[index]:
                break
            out[below] -= 1
    return out


def _depths(slides: Sequence[Slide], first: int) -> list[int]:
    if any(slide.depth is not None for slide in slides):
        found = [slide.depth or 0 for slide in slides]
        return _stepwise([first + depth - min(found) for depth in found], first)
    levels = [slide.level for slide in slides if slide.level]
    top = min(levels, default=0)
    heads = [slide for slide in slides if slide.level == top]
    nested = any(level > top for level in levels)
    if nested and 2 * sum(_is_short(slide) for slide in heads) >= len(heads):
        ranks = sorted(set(levels))
        return _by_level(slides, ranks, first)
    dividers = [slide.divider or _is_bare(slide) for slide in slides]
    for index in range(len(slides)):
        if dividers[index] and all(dividers[index:]):
            dividers[index] = False  # thanks, questions: nothing comes after them
    marked = any(slide.divider for slide in slides)
    if not any(dividers) or (not marked and not 1 < sum(dividers) <= _MOST_DIVIDERS * len(slides)):
        return [first] * len(slides)
    out: list[int] = []
    inside = False
    for index, slide in enumerate(slides):
        if dividers[index]:
            inside = True
            out.append(first)
        else:
            closing = inside and _is_bare(slide) and all(_is_bare(each) for each in slides[index:])
            out.append(first if closing else first + inside)
    return out


def _is_private(slide: Slide) -> bool:
    return ("class", "private") in slide.attributes


def _is_bare(slide: Slide) -> bool:
    return bool(slide.title and (slide.level or slide.divider)) and not slide.body.strip()


def _is_short(slide: Slide) -> bool:
    lines = [line for line in slide.body.split("\n") if line.strip()]
    return slide.divider or len(lines) <= _SECTION_LINES


def _by_level(slides: Sequence[Slide], ranks: Sequence[int], first: int) -> list[int]:
    out: list[int] = []
    current = first
    for slide in slides:
        if slide.level:
            current = first + ranks.index(slide.level)
        elif not out:
            current = first
        out.append(current)
    return _stepwise(out, first)


def _stepwise(levels: Sequence[int], first: int) -> list[int]:
    """`levels` without jumps down, none beyond the deepest."""
    out: list[int] = []
    for level in levels:
        above = out[-1] if out else first - 1
        out.append(max(first, min(level, above + 1, _DEEPEST)))
    return out
