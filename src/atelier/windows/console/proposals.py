"""The right end of the ribbon: one proposal or notice at a time, answered with a key or a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from atelier.foundation.translation import _, ngettext
from atelier.talk.wording import minutes_words
from atelier.windows.controls import Button, CommandCaps, frame, label, restyle
from atelier.windows.notice import announce
from atelier.windows.style import font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from atelier.talk.session import Talk

LOOK: Final = 5000
"""Milliseconds between two looks at the time."""
AT_MOST_EVERY: Final = 180.0
"""Seconds of the talk between two proposals to leave something out."""
UNDO_SHOWN: Final = 20_000
"""Milliseconds that taking frames in again is offered for."""
WIDTH: Final = 500
WORDS: Final = 290
"""Pixels that a line of a proposal may take."""
_NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """`kind` is `info`, `warn` or `error`. What `undoes` tells of something done, and Shift+D takes that back."""

    message: str
    detail: str
    verb: str
    act: Callable[[], None]
    undoes: bool = False
    kind: str = "warn"


class ProposalBoard(QWidget):
    """Shows what is proposed. Of its own, it proposes to leave out optional frames when the talk is late."""

    changed = Signal()

    def __init__(self, talk: Talk) -> None:
        super().__init__()
        self._talk = talk
        self._proposal: Proposal | None = None
        self._ids: tuple[str, ...] = ()
        self._last = -AT_MOST_EVERY
        self.setFixedWidth(WIDTH)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._panel = frame("warn")
        outer.addWidget(self._panel)
        row = QHBoxLayout(self._panel)
        row.setContentsMargins(14, 4, 6, 4)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(1)
        self.message = label("", "strong")
        self.detail = label("", "small")
        words.addWidget(self.message)
        words.addWidget(self.detail)
        row.addLayout(words, 1)
        self.yes = Button("", "answer")
        self.yes.when_clicked(self._answer)
        row.addWidget(self.yes)
        self._keys = {False: CommandCaps("talk.accept"), True: CommandCaps("talk.refuse")}
        for key in self._keys.values():
            row.addWidget(key)
        self.no = Button(_("No"), "ghost", dense=True)
        self.no.when_clicked(self.refuse)
        row.addWidget(self.no)
        self._panel.hide()
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._undo = QTimer(self, interval=UNDO_SHOWN, singleShot=True)
        self._undo.timeout.connect(self.take_away)

    @property
    def proposes(self) -> bool:
        return self._proposal is not None

    @property
    def frames(self) -> tuple[int, ...]:
        """The frames that are proposed to be left out, in the version of the deck that is shown now."""
        return self._found(self._ids)

    def offer(self, proposal: Proposal) -> None:
        """Shows a proposal in the place of the one before."""
        self._undo.stop()
        self._ids = ()
        self._proposal = proposal
        self.message.setText(proposal.message)
        self.message.setToolTip(proposal.message)
        self.message.setWordWrap(not proposal.detail)  # where there is room for a second line
        metrics = QFontMetrics(font(12))
        self.detail.setText(metrics.elidedText(proposal.detail, Qt.TextElideMode.ElideRight, WORDS))
        self.detail.setToolTip(proposal.detail)
        self.detail.setVisible(bool(proposal.detail))
        self.yes.setText(proposal.verb)
        for undoes, key in self._keys.items():
            key.setVisible(undoes == proposal.undoes)
        self.yes.for_command("talk.refuse" if proposal.undoes else "talk.accept")
        self.no.setHidden(proposal.undoes)
        restyle(self._panel, kind=proposal.kind)
        self._panel.show()
        announce(self, f"{proposal.message} {proposal.detail}")
        self.changed.emit()

    def propose(self, message: str, verb: str, accept: Callable[[], None]) -> None:
        """Offers something that has nothing to do with time."""
        self.offer(Proposal(message, "", verb, accept, kind="info"))

    def accept(self) -> None:
        if self._proposal is not None and not self._proposal.undoes:
            self._answer()

    def refuse(self) -> None:
        """Answers no, or takes back what was done."""
        if self._proposal is not None and self._proposal.undoes:
            self._answer()
        else:
            self.take_away()

    def _answer(self) -> None:
        proposal = self._proposal
        if proposal is not None:
            self.take_away()
            proposal.act()

    def take_away(self) -> None:
        self._undo.stop()
        self._proposal, self._ids = None, ()
        self._panel.hide()
        self.changed.emit()

    # ------------------------------------------------------------------ leaving frames out

    def look(self) -> None:
        """Proposes to leave something out where the talk is late; takes that back where it no longer helps.

        While nobody sees it, nothing is proposed: that would count as the one of these minutes.
        """
        if not self._seen:
            return
        frames = self._talk.proposal() if self._talk.state.clock.running else ()
        if self._ids:
            if not frames:
                self.take_away()
            return
        if not frames or self.proposes or self._talk.elapsed() - self._last < AT_MOST_EVERY:
            return
        self._last = self._talk.elapsed()
        self._propose_to_drop(frames)

    @property
    def _seen(self) -> bool:
        return self.isVisible() and not self.window().isMinimized()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._ids:  # of the time when it was last seen
            frames = self._talk.proposal() if self._talk.state.clock.running else ()
            if frames and frames != self.frames:
                self._propose_to_drop(frames)
        self.look()

    def _propose_to_drop(self, frames: tuple[int, ...]) -> None:
        count = len(frames)
        message = ngettext(
            "To end in time, leave out {n} optional frame", "To end in time, leave out {n} optional frames", count
        ).format(n=count)
        saved = sum(
            seconds
            for seconds, stop in zip(self._talk.plan.seconds, self._talk.route, strict=True)
            if self._inside(stop.frame, frames)
        )
        detail = _("{time} less: {titles}").format(titles=self._titles(frames), time=minutes_words(saved))
        deck = self._talk.ground.deck
        ids = tuple(deck.frames[index].id for index in frames)
        self.offer(Proposal(message, detail, _("Leave out"), lambda: self.leave_out(self._found(ids))))
        self._ids = ids
        self.changed.emit()

    def leave_out(self, frames: tuple[int, ...]) -> None:
        """Leaves frames out with all in them, and offers for a while to take them in again."""
        if not frames:  # the deck has lost them since
            return
        deck = self._talk.ground.deck
        ids = tuple(deck.frames[index].id for index in frames)
        self._talk.drop(frames)
        message = ngettext("{n} frame is left out", "{n} frames are left out", len(frames)).format(n=len(frames))
        self.offer(
            Proposal(
                message,
                self._titles(frames),
                _("Take in again"),
                lambda: self.take_in(self._found(ids)),
                undoes=True,
                kind="info",
            )
        )
        self._undo.start()

    def take_in(self, frames: tuple[int, ...]) -> None:
        """Takes frames in again that were left out, whenever that was."""
        if self._proposal is not None and self._proposal.undoes:
            self.take_away()  # it would speak of what is no longer so
        if frames:
            self._talk.restore(frames)

    def _found(self, ids: tuple[str, ...]) -> tuple[int, ...]:
        """The frames of these ids in the version of the deck there is now."""
        deck = self._talk.ground.deck
        found = (deck.frame(id_) for id_ in ids)
        return tuple(frame.index for frame in found if frame is not None)

    def _titles(self, frames: tuple[int, ...]) -> str:
        deck = self._talk.ground.deck
        shown = ", ".join(_("“{name}”").format(name=deck.frames[index].title) for index in frames[:_NAMED])
        more = len(frames) - _NAMED
        return shown if more <= 0 else _("{titles} and {n} more").format(titles=shown, n=more)

    def _inside(self, index: int, frames: tuple[int, ...]) -> bool:
        return index in frames or not set(frames).isdisjoint(self._talk.ground.deck.ancestors(index))
