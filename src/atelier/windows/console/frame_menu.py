"""What can be done with a frame of the outline or the ribbon, as a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from atelier.talk.session import Talk
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.console.proposals import ProposalBoard


class FrameMenu:
    """Opens over `host`. What is done is done to `talk`, said on `board` and seen in `audience`."""

    def __init__(self, host: QWidget, talk: Talk, audience: AudienceWindow, board: ProposalBoard) -> None:
        self._host = host
        self._talk = talk
        self._audience = audience
        self._board = board
        self.menu: QMenu | None = None
        """The menu, while it is open."""

    def open(self, frame: int, at: QPoint) -> None:
        """Shows what can be done with a frame, at a point of the screen."""
        talk, canvas = self._talk, self._talk.ground.canvas
        menu = QMenu(self._host)
        id_ = talk.ground.deck.frames[frame].id
        self._add(menu, _("Go there"), id_, self._audience.go_to_frame)
        chosen = talk.next_chosen()
        if chosen is not None and canvas.places[chosen].frame == frame:
            self._add(menu, _("No longer next"), id_, lambda _frame: talk.follow_path())
        elif canvas.places[talk.position.place].frame != frame:
            self._add(menu, _("Make it next"), id_, self._audience.changes.make_next)
        if frame in talk.dropped():
            self._add(menu, _("Take in again"), id_, lambda frame: self._board.take_in((frame,)))
        elif talk.can_leave_out(frame):
            self._add(menu, _("Leave out"), id_, lambda frame: self._board.leave_out((frame,)))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.destroyed.connect(self._on_destroyed)
        self.menu = menu
        menu.popup(at)

    def _add(self, menu: QMenu, words: str, id_: str, act: Callable[[int], object]) -> None:
        def run() -> None:
            frame = self._talk.ground.deck.frame(id_)  # the deck may be another by now
            if frame is not None:
                act(frame.index)

        menu.addAction(words).triggered.connect(lambda _on=False: run())

    def _on_destroyed(self) -> None:
        self.menu = None
