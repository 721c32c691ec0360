"""What was shown when, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.talk.events import Moved, PathChosen, Resumed
from atelier.windows.console.frame_list import FrameList, FrameRow, Sign
from atelier.windows.console.outline import SOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.tokens import Tokens


class History(QWidget):
    """Follows `talk` over a scene; a frame that is gone from the deck is left out."""

    frame_chosen = Signal(int)

    def __init__(self, talk: Talk, scene: Scene, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._talk = talk
        self._scene = scene
        self.list = FrameList(_("History"), tokens)
        self.list.frame_chosen.connect(self.frame_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        talk.listen(self._on_event)

    def _on_event(self, event: Event, before: Position) -> None:
        del before
        if isinstance(event, Moved | PathChosen | Resumed) and self.isVisible():
            self._soon.start()

    def replace_scene(self, scene: Scene) -> None:
        """Shows a new version of the deck."""
        self._scene = scene
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Shows everything as it is now."""
        self._soon.stop()
        state = self._talk.state
        frames = {frame.id: frame for frame in self._scene.deck.frames}
        past = [
            (frames[mark.place.frame], mark, moment)
            for mark, moment in zip(state.history, state.shown_at, strict=False)
            if mark.place.frame in frames
        ]
        rows = [
            FrameRow(
                frame.index,
                frame.title,
                f"{datetime.fromtimestamp(moment).astimezone():%H:%M}",
                sign=Sign.SEEN if mark.on_path else Sign.DETOUR,
                here=number == 0,
            )
            for number, (frame, mark, moment) in enumerate(reversed(past))
        ]
        if rows and self._talk.position.on_path:
            first = rows[0]
            rows[0] = FrameRow(first.frame, first.words, first.time, sign=Sign.HERE, here=True)
        self.list.show_rows(tuple(rows), 0 if rows else -1)
