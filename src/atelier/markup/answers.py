"""The answers of an activity that hands are counted for, and what an activity is called in a talk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from atelier.markup import activities as kinds
from atelier.markup.audience import all_parts
from atelier.markup.blocks import Activity, Text, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.markup.activities import Line, Task
    from atelier.markup.blocks import Block

Counts: TypeAlias = tuple[int, ...]
"""How often each answer was given, by its number from 0."""
Results: TypeAlias = Mapping[str, Mapping[str, Counts]]
"""Counts by the id of the frame, and what the activity is called in it."""


def answers_of(task: Task) -> tuple[Line, ...]:
    """What there is to choose from where a count by answer says it all; else nothing. What is private of an answer is
    gone from its line, which may then be empty: the others keep their numbers.
    """
    match task:
        case kinds.Poll():
            return task.answers
        case kinds.Quiz():
            return tuple(answer.words for answer in task.answers)
        case kinds.Vote():
            return task.choices
        case kinds.Levels() if not task.subjects:  # where there are several to be placed, each has a level of its own
            return task.levels
        case kinds.Scale():
            ends = {task.low: task.low_end, task.high: task.high_end}
            numbers = range(task.low, task.high + 1)
            return tuple((Text(f"{n}"), *((Text(", "), *ends[n]) if ends.get(n) else ())) for n in numbers)
        case _:
            return ()


def chosen_once(task: Task) -> bool:
    """Whether everyone gives one answer: then each count is a share of the people."""
    return not (isinstance(task, kinds.Vote) or (isinstance(task, kinds.Poll | kinds.Quiz) and task.multiple))


def fitted(counts: Counts, task: Task) -> Counts:
    """`counts` for the answers that there are now, nothing for those of which nothing is seen: a deck may be edited
    while somebody counts.
    """
    lines = answers_of(task)
    filled = (*counts[: len(lines)], *(0 for _ in range(len(lines) - len(counts))))
    return tuple(count if plain_text(line).strip() else 0 for count, line in zip(filled, lines, strict=True))


def activity_names(blocks: Iterable[Block]) -> dict[int, str]:
    """What each activity of a frame is called in a talk, by its line: its id, else its kind and its number from 0
    among those of its kind. `blocks` are all of the frame, so that what a path leaves out counts too.
    """
    names: dict[int, str] = {}
    seen: dict[str, int] = {}
    for block in all_parts(blocks):
        if isinstance(block, Activity):
            number = seen[block.kind] = seen.get(block.kind, -1) + 1
            own = block.id if block.id not in names.values() else ""
            names[block.line] = own or f"{block.kind} {number}"
    return names
