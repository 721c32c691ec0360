"""A clock that nobody sets."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from atelier.foundation.clock import steady_clock

if TYPE_CHECKING:
    import pytest


def test_it_shows_the_time_and_goes_on() -> None:
    clock = steady_clock()
    before = clock()
    assert abs(before - time.time()) < 5.0
    while clock() == before:
        pass
    assert clock() > before


def test_setting_the_clock_of_the_system_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = steady_clock()
    before = clock()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert before <= clock() < before + 5.0
