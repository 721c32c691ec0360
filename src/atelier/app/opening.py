"""From a path to a stage with a picture on it, before the rest of the program is even loaded."""

from __future__ import annotations

import gc
import hashlib
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer

from atelier.app.appearance import SharedAppearance
from atelier.app.qt import application, run
from atelier.app.screens import Screens
from atelier.foundation.errors import AtelierError, InputError, Location
from atelier.foundation.texts import canvas_beside, deck_path, read_text_file
from atelier.foundation.translation import _
from atelier.render.kept import FIRST, KeptPictures
from atelier.windows.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from atelier.app.presenting import Presentation
    from atelier.talk.kept import KeptTalk

MAPPING = 150
"""Milliseconds a window system may take to put a window on screen."""
RATIO = 16 / 9
"""What a deck has that says nothing."""


def open_stage(
    deck: Path,
    *,
    appearance: SharedAppearance,
    path: str = "",
    language: str = "",
    start: str = "",
    resume: bool = False,
    rehearse: bool = False,
    loop: bool = False,
    screen: str = "",
    console: bool = False,
    windowed: bool = False,
    motion: str = "",
    opened: Callable[[Stage], None] = lambda _: None,
) -> Presentation:
    """Opens a deck on a stage of its own. A deck opened before is seen at once, as it was; raises AtelierError.

    `screen` names the one for the room; `console` opens the console even where there is only one, `rehearse` opens it
    in front there; `loop` has the deck play by itself. `opened` is told of the stage before anything is shown on it.
    """
    gc.disable()  # what is loaded now stays: looking through it again and again takes a tenth of the time
    stage = Stage()
    opened(stage)
    stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    screens = Screens(stage, screen, windowed=windowed)
    screens.place_stage()
    stage.lay_out(RATIO, windowed=windowed)
    ratio = stage.devicePixelRatioF()
    size = f"{round(stage.width() * ratio)}x{round(stage.height() * ratio)}"
    asked = f"{path}|{language.lower()}|{start}|{size}{_hand_of(deck)}"
    picture = _kept_picture(deck, asked) if not resume else None
    if picture is not None:
        stage.show_picture(picture)
        stage.show()
        _wait_for_paint(stage)
    try:
        from atelier.app.motion import chosen_profile
        from atelier.app.presenting import Presentation

        presentation = Presentation(
            stage,
            screens,
            deck,
            path=path,
            language=language,
            start=start,
            resume=_cut_off(deck) if resume else None,
            rehearse=rehearse,
            loop=loop,
            profile=chosen_profile(motion),
            appearance=appearance.get,
        )
        presentation.show(windowed=windowed, asked=asked, console=console)
    except BaseException:
        stage.close()
        raise
    finally:
        gc.enable()
    return presentation


def _wait_for_paint(stage: Stage) -> None:
    """Returns when the stage is on screen; a window system that takes its time is not waited for."""
    loop = QEventLoop()
    stage.first_painted.connect(loop.quit)
    QTimer.singleShot(MAPPING, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def _hand_of(deck: Path) -> str:
    """What tells one state of the places by hand from another; empty where there are none."""
    try:
        found = canvas_beside(deck_path(deck)).stat()
    except (OSError, ValueError):
        return ""
    return f"|{found.st_mtime_ns},{found.st_size}"


def _cut_off(deck: Path) -> KeptTalk:
    """The talk of a deck that was cut off last; raises InputError where there is none."""
    from atelier.deck.loading import deck_file
    from atelier.talk.kept import cut_off

    talk = cut_off(deck_file(deck).absolute(), time.time())
    if talk is None:
        message = _("No talk of this deck was cut off.")
        raise InputError(message, _("“atelier talks” lists those there are."), Location(deck))
    return talk


def _kept_picture(deck: Path, asked: str) -> QImage | None:
    """The first stop as it was shown the last time, if neither the text nor what it shows has changed."""
    try:
        text = read_text_file(deck_path(deck))
    except AtelierError:
        return None  # what is wrong is said when the deck is loaded
    return KeptPictures(FIRST).find(hashlib.sha256(text).hexdigest(), asked)


def present(
    deck: Path,
    *,
    path: str,
    language: str,
    start: str,
    windowed: bool,
    resume: bool,
    rehearse: bool,
    loop: bool,
    screen: str,
    console: bool,
    motion: str,
    on_given: Callable[[KeptTalk], None] = lambda _: None,
) -> int:
    """`atelier present`: returns when the talk has ended; `on_given` is told of it where one was given."""
    app = application()

    def begin() -> Presentation:
        presentation = open_stage(
            deck,
            appearance=SharedAppearance(app),
            path=path,
            language=language,
            start=start,
            windowed=windowed,
            resume=resume,
            rehearse=rehearse,
            loop=loop,
            screen=screen,
            console=console,
            motion=motion,
        )

        def end() -> None:
            if (talk := presentation.given) is not None:
                on_given(talk)
            app.quit()

        presentation.ended.connect(end)
        return presentation

    return run(app, begin)
