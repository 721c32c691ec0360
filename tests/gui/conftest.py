"""Talks that were given, with a clock set by hand, kept on disk as any other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from atelier.canvas.arrange import arrange
from atelier.deck.loading import load
from atelier.talk.answers import Asked, set_count
from atelier.talk.countdown import laps_of_frame
from atelier.talk.kept import KeptTalk, journal_for, kept_talk
from atelier.talk.session import Ground, Talk

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.talk.events import Event

Give = Callable[..., KeptTalk]

DECK = """---
title: Three ways
paths:
  whole: {minutes: 10, stops: [cake, muffin, icing, chocolate, end]}
---

# The cake {#cake minutes=1}

## Muffin {#muffin minutes=2}

## Icing {#icing minutes=3 optional=true}

## Chocolate cake {#chocolate minutes=3}

## The end {#end minutes=1}

## A case {#case skip=true}

See [the muffin](#muffin).
"""


@pytest.fixture(autouse=True)
def _no_window_is_left() -> Iterator[None]:
    """Deletes the windows that a test has left: a change of style goes through every widget there is."""
    yield
    if QApplication.instance() is None:
        return
    for window in QApplication.topLevelWidgets():
        if not window.isVisible():
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def given_deck(tmp_path: Path) -> Path:
    """The deck of the talks that `give` gives."""
    file = tmp_path / "three-ways.md"
    file.write_text(DECK, encoding="utf-8")
    return file


@pytest.fixture
def give(given_deck: Path) -> Give:
    """`give()` gives a talk: each stop for so many seconds, a detour at `detour_at`, the minutes of the frame counted
    down from the beginning of the stop `counted_at`, hands for its poll at the end of `answered_at`, and keeps it.
    """

    def give_talk(
        seconds: Sequence[float] = (60.0, 200.0, 100.0, 180.0, 60.0),
        *,
        rehearsal: bool = False,
        ended: bool = True,
        detour_at: int = 1,
        counted_at: int = -1,
        answered_at: int = -1,
        started: float = 1_394_802_480.0,
    ) -> KeptTalk:
        moment = [started]
        deck = load(given_deck)
        journal = journal_for(deck.title, given_deck, len(deck.frames), started, lambda _reason: None)

        def record(at: float, event: Event) -> None:
            journal.record(at, event)
            journal.describe(talk.state, talk.plan.total)

        def wait(seconds: float) -> None:
            end = moment[0] + seconds
            while end - moment[0] > 10.0:
                moment[0] += 10.0
                talk.keep_alive()
            moment[0] = end

        ground = Ground(deck, arrange(deck), lambda _place: (0,), lambda _frame: 0)
        talk = Talk(ground, record, lambda: moment[0])
        talk.begin("whole", rehearsal=rehearsal)
        talk.pause_clock()
        talk.keep_plan()
        for number, each in enumerate(seconds):
            if number == counted_at:
                frame = deck.frames[ground.canvas.places[talk.position.place].frame]
                talk.start_countdown(frame.id, laps_of_frame(deck, frame))
            wait(each)
            if number == answered_at:
                asked = Asked(deck.frames[ground.canvas.places[talk.position.place].frame].id, "poll 0")
                for answer, hands in enumerate((14, 3)):
                    set_count(talk, asked, answer, hands, of=2)
            if number == detour_at:
                talk.jump(ground.canvas.place_of[5])
                wait(30.0)
                talk.close_detour()
            if number + 1 < len(seconds):
                talk.next()
        talk.begin_stroke(talk.position.place, "#FF0000", 4.0, ((0.0, 0.0, 1.0),))
        if ended:
            talk.end()
        journal.close()
        return kept_talk(journal.file)

    return give_talk
