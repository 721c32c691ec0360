"""The command table: complete rows, no key with two meanings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from atelier.commands.keys import MODIFIERS, NAMES
from atelier.commands.table import BY_ID, COMMANDS, COUNTING, EVERYWHERE, GIVEN, LIBRARY, LINK, REPLAY, STAGE, Command

if TYPE_CHECKING:
    from collections.abc import Iterable


class Conflict(NamedTuple):
    """One key that would mean two things in one context."""

    key: str
    first: Command
    second: Command


def conflicts(commands: Iterable[Command] = COMMANDS) -> list[Conflict]:
    """The keys given twice where both would work. A chosen link is its own context: it may take a key of the stage."""
    found: list[Conflict] = []
    seen: dict[str, list[Command]] = {}
    for command in commands:
        for key in command.keys:
            others = seen.setdefault(key, [])
            found += [Conflict(key, other, command) for other in others if overlap(other.when, command.when)]
            others.append(command)
    return found


def overlap(one: str, other: str) -> bool:
    return one == other or EVERYWHERE in (one, other)


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(COMMANDS)


def test_no_key_means_two_things_in_one_context() -> None:
    assert conflicts() == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_rows_are_complete(command: Command) -> None:
    assert command.title
    assert command.section
    assert command.icon
    assert command.keys
    assert command.when in {STAGE, LINK, COUNTING, LIBRARY, GIVEN, REPLAY, EVERYWHERE}


@pytest.mark.parametrize("chord", sorted({key for command in COMMANDS for key in command.keys}))
def test_keys_are_written_one_way(chord: str) -> None:
    *held, key = [*chord[:-1].removesuffix("+").split("+"), "+"] if chord.endswith("+") else chord.split("+")
    held = [name for name in held if name]
    assert held == [name for name in MODIFIERS if name in held], "modifiers in their order"
    assert key in NAMES or (len(key) == 1 and key == key.upper())


def test_a_conflict_names_both_commands() -> None:
    overview = BY_ID["stage.overview"]
    rival = replace(overview, id="stage.rival", keys=("X", "O"))
    (found,) = conflicts((overview, rival))
    assert (found.key, found.first.id, found.second.id) == ("O", "stage.overview", "stage.rival")


def test_keys_that_work_everywhere_conflict_with_every_context() -> None:
    stage, library = BY_ID["stage.overview"], replace(BY_ID["library.open"], keys=("O",))
    assert conflicts((stage, library)) == []
    assert len(conflicts((stage, library, replace(BY_ID["window.keys"], keys=("O",))))) == 2


def test_a_chosen_link_may_take_a_key_of_the_stage() -> None:
    assert conflicts((BY_ID["stage.next"], BY_ID["link.follow"])) == []


def test_what_a_clicker_sends_ends_nothing() -> None:
    sent = {"PageDown", "PageUp", ".", "B", "F5", "Tab", "Enter", "Home", "End"}
    reached = {command.id for command in COMMANDS if command.when != LIBRARY and sent & set(command.keys)}
    assert "stage.close" not in reached
    assert "library.quit" not in reached
