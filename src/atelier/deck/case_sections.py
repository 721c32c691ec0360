"""The layout `cases`: frames that hold a case go into sections, one for each value of a field they share.

The sections are frames like any other, between the parent and its cases, so that paths, overview, search and exports
know them; no text stands in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from atelier.deck.cases import case_facts, is_case
from atelier.deck.frames import MOST_FRAMES
from atelier.deck.ids import slug
from atelier.deck.types import Frame
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _
from atelier.markup.blocks import Text
from atelier.markup.case_words import case_word
from atelier.markup.cases import USES
from atelier.markup.extent import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CASES: Final = "cases"
USUAL: Final = "use"
"""The field they are grouped by where the author names none."""


@dataclass(slots=True)
class _Section:
    title: str
    members: list[int] = field(default_factory=list[int])


def with_sections(frames: tuple[Frame, ...]) -> tuple[tuple[Frame, ...], tuple[Diagnostic, ...]]:
    """`frames` with those that hold a case in sections, wherever their parent has the layout `cases`."""
    found: list[Diagnostic] = []
    sections: dict[int, list[int | _Section]] = {}
    left = MOST_FRAMES - len(frames)
    for frame in frames:
        if frame.layout != CASES:
            if frame.by:
                message = _("“by” does nothing without the layout “{layout}”.").format(layout=CASES)
                hint = _("Write {example} behind the heading, or take it out.").format(example=f"layout={CASES}")
                found.append(Diagnostic("attribute-unused", message, hint, _file(frame), frame.line))
            continue
        if frame.map or (is_case(frame) and frame.parent >= 0):
            continue  # neither is laid out by its layout
        made = _grouped(frames, frame)
        if isinstance(made, Diagnostic):
            found.append(made)
        elif made is not None:
            count = sum(isinstance(each, _Section) for each in made)
            if count > left:
                message = _(
                    "The cases in “{title}” would make {n} sections, more than a canvas holds: they lie in a grid."
                )
                hint = _("Name a field that more of them share: {example}.").format(example="by=sector")
                told = message.format(title=frame.title, n=count)
                found.append(Diagnostic("layout-fallback", told, hint, _file(frame), frame.line))
                continue
            left -= count
            sections[frame.index] = made
    return (_numbered(frames, sections) if sections else frames), tuple(found)


def _file(frame: Frame) -> Path | None:
    return frame.origin.file if frame.origin is not None else None


def _grouped(frames: Sequence[Frame], parent: Frame) -> list[int | _Section] | Diagnostic | None:
    """The children of a frame and the sections that take their place, in order; why there are none."""
    if not parent.children:
        return None
    by = parent.by or USUAL
    held = {index: case_facts(frames[index].source, frames[index].lang) for index in parent.children}
    out: list[int | _Section] = []
    known: dict[str, _Section] = {}
    rest: list[int] = []
    for index in parent.children:
        facts = held[index] if is_case(frames[index]) else None
        if facts is None:
            out.append(index)
        elif (value := facts.first(by)) is None:
            rest.append(index)
        else:
            key, words = value
            if key not in known:
                out.append(known.setdefault(key, _Section(_title(by, key, words, parent.lang))))
            known[key].members.append(index)
    if not known:
        return _fallback(parent, by, cases=bool(rest))
    if rest:
        last = max(place for place, each in enumerate(out) if isinstance(each, _Section))
        out.insert(last + 1, _Section(case_word("others", parent.lang), rest))
    for section in known.values():  # what only a private case says so is not said aloud
        public = next((i for i in section.members if not frames[i].private), section.members[0])
        facts = held[public]
        if facts is not None and (value := facts.first(by)) is not None:
            section.title = _title(by, *value, parent.lang)
    return out


def _title(by: str, key: str, words: str, lang: str) -> str:
    """A value as the title of a section: a usual kind of use in the language of the parent."""
    if by == "company":
        return words
    language = lang.split("-", maxsplit=1)[0].lower()
    for english, french in USES:
        if by == "use" and key == english and language in {"en", "fr"}:
            words = english if language == "en" else french
    return words[:1].upper() + words[1:]


def _fallback(parent: Frame, by: str, *, cases: bool) -> Diagnostic:
    if cases:
        message = _("No case in “{title}” has the field “{by}” to be grouped by: they lie in a grid.")
        hint = _("Add the field to them, or name another one: {example}.").format(example="by=sector")
    else:
        message = _("The layout “cases” groups frames that hold a case, “{title}” has none: its frames lie in a grid.")
        hint = _("Leave the layout out, or write a /// case block in the frames right below.")
    message = message.format(title=parent.title, by=by)
    return Diagnostic("layout-fallback", message, hint, _file(parent), parent.line)


def _numbered(frames: Sequence[Frame], sections: dict[int, list[int | _Section]]) -> tuple[Frame, ...]:
    """All frames in their new reading order."""
    taken = {frame.id for frame in frames}
    out: list[tuple[Frame, int, int]] = []  # with parent and depth
    children: list[list[int]] = []
    waiting: list[tuple[int | Frame, int, list[int]]] = [(0, -1, [])]  # a frame, its new parent, a section's members
    while waiting:
        each, parent, members = waiting.pop()
        frame = frames[each] if isinstance(each, int) else each
        index = len(out)
        out.append((frame, parent, out[parent][2] + 1 if parent >= 0 else 0))
        children.append([])
        if parent >= 0:
            children[parent].append(index)
        below: list[tuple[int | Frame, int, list[int]]] = []
        if not isinstance(each, int):
            below = [(member, index, []) for member in members]
        else:
            for child in sections.get(each, frame.children):
                if isinstance(child, int):
                    below.append((child, index, []))
                else:
                    section = _section(child, frame, [frames[i] for i in child.members], taken)
                    below.append((section, index, child.members))
        waiting += reversed(below)
    return tuple(
        replace(frame, index=index, parent=parent, depth=depth, children=tuple(children[index]))
        for index, (frame, parent, depth) in enumerate(out)
    )


def _section(section: _Section, parent: Frame, members: Sequence[Frame], taken: set[str]) -> Frame:
    """The frame of a section; it is private, optional or skipped where all that lies in it is."""
    plain = f"{parent.id}-{slug(section.title)}"
    id_, number = plain, 1
    while id_ in taken:
        number += 1
        id_ = f"{plain}-{number}"
    taken.add(id_)
    return Frame(
        index=0,
        id=id_,
        title=section.title,
        title_inlines=(Text(section.title),),
        line=parent.line,
        source_line=parent.source_line,
        extent=NOTHING,
        lang=parent.lang,
        ratio=parent.ratio,
        made=True,
        optional=all(member.optional for member in members),
        skip=all(member.skip for member in members),
        private=all(member.private for member in members),
        origin=parent.origin,
    )
