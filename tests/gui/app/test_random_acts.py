"""Whatever somebody presses, clicks or saves: no exception, always a frame to see, all of it in the journal."""

from __future__ import annotations

import random
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from atelier.app.appearance import SharedAppearance
from atelier.app.opening import open_stage
from atelier.talk.kept import state_of

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from atelier.app.presenting import Presentation

TEXT = """---
paths:
  whole: {minutes: 20}
  short: {minutes: 5, stops: [cake, muffin, end]}
---

# The cake {#cake minutes=1}

/// private
Nobody but me.
///

## Muffin {#muffin minutes=4}

/// rounds | Write, then read
    repeat: 2

- Write, 2 min
- Read, 1 min
///

- chips
- beside the dough
{: .steps }

See [the end](#end) or [elsewhere](https://example.org/x).

/// notes
What I *say*.
///

## Icing {#icing minutes=4 optional=true}

### Sugar {#sugar minutes=1}

/// poll | Which one?
    minutes: 2

- this
- that
///

## The end {#end minutes=2}
"""
EDITS = (
    TEXT,
    TEXT.replace("## Icing {#icing minutes=4 optional=true}\n", ""),
    TEXT.replace("## Muffin", "## New\n\nwords\n\n## Muffin"),
    TEXT.replace("- chips\n", ""),
    "",
)
KEYS = (
    *(Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Home),
    *(Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_F1, Qt.Key.Key_Delete),
)
MINUTES = (Qt.Key.Key_Up, Qt.Key.Key_Down)
Act: TypeAlias = tuple[str, object]
LETTERS = "uiobwflszeccdtqvgnxmk1239.,+-"
acts = st.one_of(
    st.tuples(st.just("key"), st.sampled_from(KEYS)),
    st.tuples(st.just("letter"), st.sampled_from(LETTERS)),
    st.tuples(st.just("shift"), st.sampled_from("edc")),
    st.tuples(st.just("minute"), st.sampled_from(MINUTES)),
    st.tuples(st.just("next"), st.integers(0, 9)),
    st.tuples(st.just("again"), st.none()),
    st.tuples(st.just("click"), st.tuples(st.integers(0, 639), st.integers(0, 359))),
    st.tuples(st.just("edit"), st.sampled_from(EDITS)),
    st.tuples(st.just("resize"), st.tuples(st.integers(320, 700), st.integers(180, 700))),
    st.tuples(st.just("turn"), st.none()),
)


@contextmanager
def presented(folder: Path, qapp: QApplication, *, console: bool) -> Generator[Presentation]:
    file = folder / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    talk = open_stage(file, appearance=SharedAppearance(qapp), windowed=True, console=console, motion="cuts")
    talk.stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    talk.stage.resize(640, 360)
    qapp.processEvents()
    try:
        yield talk
    finally:
        talk.stage.close()
        qapp.processEvents()


def do(talk: Presentation, kind: str, value: object, folder: Path, qapp: QApplication, *, console: bool) -> None:
    room = talk.window
    target = talk.open_console() if console else room
    match kind, value:
        case "key", Qt.Key():
            QTest.keyClick(target, value)
        case "letter", str():
            QTest.keyClicks(target, value)
        case "shift", str():
            QTest.keyClicks(target, value.upper(), Qt.KeyboardModifier.ShiftModifier)
        case "minute", Qt.Key():
            QTest.keyClick(target, value, Qt.KeyboardModifier.AltModifier)
        case "next", int():
            room.changes.make_next(value % len(talk.scene.deck.frames))
        case "again", _:
            QTest.keyClick(target, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
        case "click", (int(), int()):
            QTest.mouseClick(room.canvas, Qt.MouseButton.LeftButton, pos=QPoint(*value))
        case "edit", str():
            (folder / "talk.md").write_text(value, encoding="utf-8")
            talk.reload()
        case "resize", (int(), int()):
            talk.stage.resize(*value)
        case _:
            qapp.processEvents()


def holds(talk: Presentation) -> None:
    """What is true after every act."""
    state, one = talk.talk.state, talk.talk
    assert state.mark is not None
    frame = talk.scene.deck.frame(state.mark.place.frame)
    assert frame is not None
    assert not frame.private
    assert talk.window.isVisible()
    assert 0 <= one.position.stop < len(one.route)
    assert talk.window.position == one.shown_position()


def live_through(talk: Presentation, done: Sequence[Act], folder: Path, qapp: QApplication, *, console: bool) -> None:
    for kind, value in done:
        do(talk, kind, value, folder, qapp, console=console)
        holds(talk)
    if talk.talk.state.clock.started:
        assert talk.keeper.flush()
        assert state_of(talk.keeper.file) == talk.talk.state


@pytest.mark.parametrize("console", [False, True])
def test_random_acts(tmp_path: Path, qapp: QApplication, console: bool) -> None:  # noqa: FBT001 - a parameter
    chance = random.Random(11)
    done: list[Act] = []
    for _ in range(60):
        kind = chance.choice(
            (
                "key",
                "key",
                "key",
                "letter",
                "letter",
                "shift",
                "minute",
                "next",
                "again",
                "click",
                "edit",
                "resize",
                "turn",
            )
        )
        values: dict[str, object] = {
            "key": chance.choice(KEYS),
            "letter": chance.choice(LETTERS),
            "shift": chance.choice("edc"),
            "minute": chance.choice(MINUTES),
            "next": chance.randrange(10),
            "click": (chance.randrange(640), chance.randrange(360)),
            "edit": chance.choice(EDITS),
            "resize": (chance.randrange(320, 700), chance.randrange(180, 700)),
        }
        done.append((kind, values.get(kind)))
    with presented(tmp_path, qapp, console=console) as talk:
        live_through(talk, done, tmp_path, qapp, console=console)


@pytest.mark.soak
@given(st.booleans(), st.lists(acts, max_size=1000))
def test_a_thousand_random_acts(
    tmp_path_factory: pytest.TempPathFactory,
    qapp: QApplication,
    console: bool,  # noqa: FBT001 - drawn
    done: list[Act],
) -> None:
    folder = tmp_path_factory.mktemp("talk")
    with presented(folder, qapp, console=console) as talk:
        live_through(talk, done, folder, qapp, console=console)
