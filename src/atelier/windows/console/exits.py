"""The ways out of the frame shown: its links, its parent, the first frame inside it; each with its digit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from atelier.canvas.faces import Face
from atelier.deck.types import View
from atelier.foundation.translation import _
from atelier.typeset.qr_code import can_be_scanned
from atelier.windows.controls import PaintedButton, label
from atelier.windows.keyboard import key_press
from atelier.windows.link_card import address_words
from atelier.windows.style import font
from atelier.windows.tokens import RADIUS_CONTROL

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from atelier.render.scene import Scene
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

MOST: Final = 9
"""As many as there are digits."""
ROW: Final = 30
ROW_GAP: Final = 4
NARROWEST: Final = 140
"""Pixels a row is at least wide where two stand side by side."""
BRIEF: Final = 250
"""Pixels of a row under which only its title is said."""
HEAD: Final = 28


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out: to a `place`, or to an `address` where that is -1."""

    title: str
    detail: str
    icon: str
    place: int = -1
    address: str = ""


def exits_from(scene: Scene, position: Position, numbers: dict[int, int]) -> tuple[Exit, ...]:
    """The links that can be seen at a position, then its parent and the first place in it; no place twice.

    `numbers` are those of the stops, by their place, counted from 1.
    """
    canvas, deck = scene.canvas, scene.deck
    here = canvas.places[position.place]
    out: list[Exit] = []
    known: set[int | str] = {position.place}

    def add(place: int, detail: str, icon: str) -> None:
        if place not in known:
            known.add(place)
            out.append(Exit(deck.frames[canvas.places[place].frame].title, detail, icon, place))

    def number(place: int) -> str:
        if place == here.parent:
            return _("parent")
        return str(numbers[place]) if place in numbers else _("off the path")

    if position.view is View.FRAME:
        for link in scene.typesetter.face(position.place, Face.CONTENT, position.page).links:
            if link.step > position.step or link.href in known:
                continue
            frame = deck.frame(link.href[1:]) if link.href.startswith("#") else None
            if frame is not None:
                place = canvas.place_of[frame.index]
                add(place, number(place), "arrow-bend-up-right")
            elif can_be_scanned(link.href):
                known.add(link.href)
                out.append(Exit(address_words(link.href), _("address and QR"), "qr-code", -1, link.href))
        if here.parent >= 0:
            add(here.parent, _("parent"), "arrow-up")
    if here.children:
        add(here.children[0], _("inside"), "arrow-elbow-right-down")
    return tuple(out[:MOST])


class ExitRow(PaintedButton):
    """One exit: its digit, what kind it is, where it leads."""

    def __init__(self, number: int, exit_: Exit, icons: Icons, tokens: Callable[[], Tokens], *, brief: bool) -> None:
        super().__init__()
        self.exit = exit_
        self._number = number
        self._icons = icons
        self._tokens = tokens
        self._brief = brief
        self.chosen = False
        self.setFixedHeight(ROW)
        self.setAccessibleName(f"{exit_.title}, {exit_.detail}")
        self.setAccessibleDescription(_("Key: {key}").format(key=number))
        self.setToolTip(f"{exit_.title}, {exit_.detail} ({number})")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        tokens = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        ground = tokens.selected if self.chosen else tokens.hover if self.underMouse() else tokens.sunken
        painter.setPen(QPen(QColor(tokens.accent), 2) if self.ring or self.chosen else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)
        key = QRectF(8, rect.center().y() - 9, 18, 18)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(key, 4, 4)
        painter.setFont(font(11, 500))
        painter.setPen(QColor(tokens.text2))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, str(self._number))
        icon = self._icons.pixmap(self.exit.icon, tokens.text2, 16, self.devicePixelRatioF())
        painter.drawPixmap(34, round(rect.center().y()) - 8, icon)
        self._paint_words(painter, rect.adjusted(58, 0, -10, 0), tokens)
        painter.end()

    def _paint_words(self, painter: QPainter, inside: QRectF, tokens: Tokens) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        if not self._brief:
            small = font(12)
            painter.setFont(small)
            painter.setPen(QColor(tokens.text3))
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, self.exit.detail)
            inside.adjust(0, 0, -QFontMetrics(small).horizontalAdvance(self.exit.detail) - 10, 0)
        strong = font(13, 600)
        painter.setFont(strong)
        painter.setPen(QColor(tokens.text))
        title = QFontMetrics(strong).elidedText(self.exit.title, Qt.TextElideMode.ElideRight, round(inside.width()))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, title)

    def set_chosen(self, *, chosen: bool) -> None:
        """Shows that Enter follows this one."""
        self.chosen = chosen
        self.update()


class Exits(QWidget):
    """Lists the exits of the position of the talk, as many as there is room for; digits reach them all. `menu` is the
    button of the panel's menu.
    """

    followed = Signal(object)
    """The exit that was clicked, or followed with a key."""

    def __init__(self, talk: Talk, icons: Icons, tokens: Callable[[], Tokens], menu: QWidget) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._talk = talk
        self._icons = icons
        self._tokens = tokens
        self._exits: tuple[Exit, ...] = ()
        self._rows: list[ExitRow] = []
        self._numbers: tuple[object, dict[int, int]] = (None, {})
        self._chosen = -1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._head = head = QWidget()
        head.setObjectName("plain")
        head.setFixedHeight(HEAD)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(_("Links out of here"), "caption"))
        row.addStretch()
        self.hint = label(_("digit = go there"), "dim")
        row.addWidget(self.hint)
        row.addWidget(menu)
        column.addWidget(head)
        self._grid = QGridLayout()
        self._grid.setSpacing(ROW_GAP)
        column.addLayout(self._grid)
        self._nothing = label(_("No link leads out of here."), "dim")
        column.addWidget(self._nothing)
        column.addStretch(1)

    @property
    def exits(self) -> tuple[Exit, ...]:
        return self._exits

    @property
    def rows(self) -> list[ExitRow]:
        """Those that there is room for."""
        return self._rows

    @property
    def choosing(self) -> bool:
        """Whether one is chosen, which Enter follows."""
        return self._chosen >= 0

    def refresh(self, scene: Scene) -> None:
        """Lists the exits of where the speaker is."""
        route = self._talk.route
        if self._numbers[0] is not route:
            self._numbers = (route, {stop.place: n for n, stop in reversed(tuple(enumerate(route, 1)))})
        found = exits_from(scene, self._talk.position, self._numbers[1])
        if found != self._exits:
            self._exits = found
            self._chosen = -1
            self._list()

    def _list(self) -> None:
        for row in self._rows:
            self._grid.removeWidget(row)
            row.hide()
            row.deleteLater()
        columns = 2 if self.width() >= 2 * NARROWEST + ROW_GAP and len(self._exits) > self._lines() else 1
        room = max(1, self._lines()) * columns
        self._rows = []
        brief = self.width() // columns < BRIEF
        for n, exit_ in enumerate(self._exits[:room]):
            row = ExitRow(n + 1, exit_, self._icons, self._tokens, brief=brief)
            row.clicked.connect(partial(self.followed.emit, exit_))
            self._rows.append(row)
            row.set_chosen(chosen=n == self._chosen)
            self._grid.addWidget(row, n // columns, n % columns)
            row.show()
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._nothing.setVisible(not self._exits)
        self.hint.setVisible(bool(self._exits))

    def _lines(self) -> int:
        above = 0 if self._head.isHidden() else HEAD + 2
        return (self.height() - above + ROW_GAP) // (ROW + ROW_GAP)

    def set_headed(self, *, headed: bool) -> None:
        """With its name above it, or without where a tab says it."""
        self._head.setVisible(headed)
        self._list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {"Up": -1, "Down": 1}.get(key_press(event).name, 0)
        focused = next((n for n, row in enumerate(self._rows) if row.hasFocus()), -1)
        if by and focused >= 0:
            row = self._rows[min(max(focused + by, 0), len(self._rows) - 1)]
            row.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ choosing

    def choose(self, by: int) -> None:
        """Goes on to the next exit, or to the one before; Enter follows it."""
        if not self._rows:
            return
        start = self._chosen if self.choosing else (-1 if by > 0 else 0)
        self._mark((start + by) % len(self._rows))

    def choose_none(self) -> None:
        self._mark(-1)

    def _mark(self, chosen: int) -> None:
        self._chosen = chosen
        for n, row in enumerate(self._rows):
            row.set_chosen(chosen=n == chosen)

    def follow_chosen(self) -> None:
        if self.choosing:
            self.followed.emit(self._exits[self._chosen])

    def follow(self, number: int) -> None:
        """Follows the exit with this digit, where there is one."""
        if 1 <= number <= len(self._exits):
            self.followed.emit(self._exits[number - 1])

    def address(self) -> str:
        """The first address among the exits; empty where there is none."""
        return next((exit_.address for exit_ in self._exits if exit_.address), "")
