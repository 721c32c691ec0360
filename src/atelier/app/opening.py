"""From a path to a stage with a picture on it, before the rest of the program is even loaded."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from atelier.app.appearance import SharedAppearance
from atelier.app.qt import application
from atelier.render.kept import FIRST, KeptPictures
from atelier.windows.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from atelier.app.presenting import Presentation

RATIO = 16 / 9
"""What a deck has that says nothing."""


def open_stage(
    deck: Path,
    *,
    appearance: SharedAppearance,
    path: str = "",
    start: str = "",
    windowed: bool = False,
    motion: str = "",
    opened: Callable[[Stage], None] = lambda _: None,
) -> Presentation:
    """Opens a deck on a stage of its own. A deck opened before is seen at once, as it was; raises AtelierError.

    `opened` is told of the stage before anything is shown on it.
    """
    stage = Stage()
    opened(stage)
    stage.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    stage.lay_out(RATIO, windowed=windowed)
    ratio = stage.devicePixelRatioF()
    asked = f"{path}|{start}|{round(stage.width() * ratio)}x{round(stage.height() * ratio)}"
    picture = _kept_picture(deck, asked)
    if picture is not None:
        stage.show_picture(picture)
        stage.show()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    try:
        from atelier.app.motion import chosen_profile
        from atelier.app.presenting import Presentation

        presentation = Presentation(
            stage, deck, path=path, start=start, profile=chosen_profile(motion), appearance=appearance.get
        )
    except BaseException:
        stage.close()
        raise
    presentation.show(windowed=windowed, asked=asked)
    return presentation


def _kept_picture(deck: Path, asked: str) -> QImage | None:
    """The first stop as it was shown the last time, if neither the text nor what it shows has changed."""
    try:
        text = (deck / "deck.md" if deck.is_dir() else deck).read_bytes()
    except (OSError, ValueError):
        return None  # what is wrong is said when the deck is loaded
    return KeptPictures(FIRST).find(hashlib.sha256(text).hexdigest(), asked)


def present(deck: Path, *, path: str, start: str, windowed: bool, motion: str) -> int:
    """`atelier present`: returns when the talk has ended."""
    app = application()
    presentation = open_stage(
        deck, appearance=SharedAppearance(app), path=path, start=start, windowed=windowed, motion=motion
    )
    presentation.ended.connect(app.quit)
    return app.exec()
