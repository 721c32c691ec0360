"""Running commands by id."""

from __future__ import annotations

import pytest

from atelier.commands.dispatch import Dispatcher
from atelier.foundation.errors import AtelierError, InputError


def dispatcher() -> tuple[Dispatcher, list[AtelierError]]:
    errors: list[AtelierError] = []
    return Dispatcher(errors.append), errors


def test_runs_what_is_bound() -> None:
    commands, errors = dispatcher()
    done: list[str] = []
    commands.bind("stage.next", lambda: done.append("next"))
    assert commands.run("stage.next")
    assert done == ["next"]
    assert errors == []


def test_what_is_not_bound_or_not_enabled_does_nothing() -> None:
    commands, _errors = dispatcher()
    ready = False
    done: list[str] = []
    commands.bind("history.back", lambda: done.append("back"), lambda: ready)
    assert not commands.run("stage.next")
    assert not commands.run("history.back")
    assert not commands.enabled("history.back")
    ready = True
    assert commands.run("history.back")
    assert done == ["back"]


def test_an_error_becomes_a_notice_and_nothing_else() -> None:
    commands, errors = dispatcher()
    wrong = InputError("This file is not a deck.", "Open a .md file.")

    def fail() -> None:
        raise wrong

    commands.bind("library.open", fail)
    assert commands.run("library.open")
    assert errors == [wrong]


def test_a_fault_of_the_program_is_not_hidden() -> None:
    commands, errors = dispatcher()

    def fail() -> None:
        raise RuntimeError

    commands.bind("library.open", fail)
    with pytest.raises(RuntimeError):
        commands.run("library.open")
    assert errors == []


def test_an_id_outside_the_table_is_refused() -> None:
    commands, _errors = dispatcher()
    with pytest.raises(KeyError):
        commands.bind("stage.dance", lambda: None)
