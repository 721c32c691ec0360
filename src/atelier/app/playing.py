"""A deck that plays by itself, on a stand or in a waiting room, and waits while somebody is at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer

from atelier.talk.unattended import Unattended

if TYPE_CHECKING:
    from atelier.talk.session import Talk

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Playing(QObject):
    """Moves `talk` on when it is due, as long as it is on. Any key, click or turn of the wheel has it wait."""

    def __init__(self, talk: Talk, parent: QObject) -> None:
        super().__init__(parent)
        self._talk = talk
        self._schedule: Unattended | None = None
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer)

    @property
    def on(self) -> bool:
        return self._schedule is not None

    @property
    def waiting(self) -> bool:
        """Whether somebody was at it a moment ago."""
        return self._schedule is not None and self._schedule.resting

    def start(self) -> None:
        app = QCoreApplication.instance()
        if self._schedule is None and app is not None:
            self._schedule = Unattended(self._talk)
            app.installEventFilter(self)
            self._plan()

    def stop(self) -> None:
        app = QCoreApplication.instance()
        if self._schedule is not None and app is not None:
            app.removeEventFilter(self)
            self._schedule.end()
            self._schedule = None
        self._timer.stop()

    def _plan(self) -> None:
        if self._schedule is not None:
            self._timer.start(round(self._schedule.wait() * 1000) + 1)

    def _on_timer(self) -> None:
        if self._schedule is not None and self._schedule.wait() <= 0:
            self._schedule.advance()
        self._plan()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's
        if event.type() in _TOUCHES and self._schedule is not None:
            self._schedule.touch()
            self._plan()
        return False
