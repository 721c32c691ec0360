"""What takes the whole deck to see about its activities and its schedule: ids used twice, days that do not exist."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, cast

from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _
from atelier.markup.blocks import Activity, Agenda, Only

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atelier.deck.types import Deck, Frame
    from atelier.markup.blocks import Content


@dataclass(frozen=True, slots=True)
class _Found:
    block: Activity | Agenda
    conditions: tuple[Only, ...]


def check_activities(deck: Deck, content: Callable[[int], Content]) -> Iterator[Diagnostic]:
    """Ids that two activities share where both may be shown; schedules of days that the agenda does not have."""
    known: dict[str, list[tuple[_Found, str]]] = {}
    for frame in deck.frames:
        if not frame.blocks:
            continue
        for found in _blocks(content(frame.index).blocks, ()):
            block = found.block
            if isinstance(block, Agenda):
                yield from _day(deck, frame, block)
            elif block.id:
                others = known.setdefault(block.id, [])
                same = next((title for other, title in others if _meet(found, other)), None)
                if same is not None:
                    message = _("The id “{id}” is already that of an activity in “{title}”.")
                    message = message.format(id=block.id, title=same[:60])
                    hint = _("Give one of them another id: their answers would be mixed.")
                    yield Diagnostic("activity-id", message, hint, deck.file_of(frame), block.line)
                others.append((found, frame.title))


def _day(deck: Deck, frame: Frame, block: Agenda) -> Iterator[Diagnostic]:
    if not deck.agenda:
        message = _("This shows the agenda, and the front matter has none.")
        yield Diagnostic("agenda-day", message, _("Write an “agenda” with its days."), deck.file_of(frame), block.line)
    elif block.day > len(deck.agenda):
        message = _("This shows day {day} of an agenda that has {n}.").format(day=block.day, n=len(deck.agenda))
        yield Diagnostic("agenda-day", message, _("Write a day that it has."), deck.file_of(frame), block.line)


def _blocks(value: object, conditions: tuple[Only, ...]) -> Iterator[_Found]:
    if isinstance(value, tuple):
        for item in cast("tuple[object, ...]", value):
            yield from _blocks(item, conditions)
        return
    if isinstance(value, Only):
        conditions = (*conditions, value)
    if isinstance(value, Activity | Agenda):
        yield _Found(value, conditions)
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(cast("Any", value)):
            if "Block" in str(each.type) or each.name in ("blocks", "items", "columns"):
                yield from _blocks(getattr(value, each.name), conditions)


def _meet(one: _Found, other: _Found) -> bool:
    """Whether two blocks may be shown to the same people: no path and no language that keeps them apart."""
    return not any(
        _apart(a.paths, b.paths) or _apart(a.languages, b.languages) for a in one.conditions for b in other.conditions
    )


def _apart(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return bool(some) and bool(others) and not set(some) & set(others)
