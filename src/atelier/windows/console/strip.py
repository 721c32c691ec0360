"""The tools at the foot of the console: buttons for commands, each with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from atelier.commands.table import BY_ID
from atelier.foundation.translation import _
from atelier.windows.controls import Button, CommandCaps, frame, restyle
from atelier.windows.focus_rings import PaintedRing
from atelier.windows.keyboard import key_press
from atelier.windows.room_tools import Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from atelier.windows.icons import Icons
    from atelier.windows.room_tools import RoomTools
    from atelier.windows.tokens import Tokens

HEIGHT: Final = 60
TOOLS: Final[Sequence[Sequence[str]]] = (
    ("room.black", "room.white", "room.freeze"),
    ("room.laser", "room.spot", "room.magnifier"),
    ("room.ink",),
)
"""The commands in their groups, between the steps on the left and the search on the right."""
_DOT, _BESIDE = 8.0, 24
_PADDING, _WORDS_GAP, _KEY_GAP = 10, 4, 6


class ToolButton(Button):
    """A button for a command with its key on it; `compact` leaves the words out, `bare` the key too."""

    def __init__(self, id_: str, words: str, *, key: bool) -> None:
        super().__init__(words, "tool")
        self._words = words
        self.setProperty("capped", key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._cap: CommandCaps | None = None
        if key:
            self._cap = CommandCaps(id_)
            self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row = QHBoxLayout(self)
            row.setContentsMargins(0, 0, 8, 0)
            row.addStretch()
            row.addWidget(self._cap)

    def show_as(self, *, words: bool, key: bool) -> None:
        self.setText(f" {self._words}" if words and self._words else "")  # a space, as between icon and text
        if self._cap is not None:
            self._cap.setVisible(key)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as what is in it: the style would make any button with words 80 pixels wide."""
        self.ensurePolished()
        words = self.fontMetrics().horizontalAdvance(self.text()) + _WORDS_GAP if self.text() else 0
        shown = self._cap is not None and not self._cap.isHidden()
        key = self._cap.sizeHint().width() + _KEY_GAP if self._cap is not None and shown else 0
        return QSize(2 * _PADDING + self.iconSize().width() + words + key, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class ColourDot(PaintedRing, QAbstractButton):
    """One of the colours of the pen; the arrow keys go on to the next."""

    def __init__(self, name: str, token: str, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._token = token
        self._tokens = tokens
        self.setCheckable(True)
        self.setFixedSize(_BESIDE, 40)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Ink: {colour}").format(colour=name))
        self.setToolTip(self.accessibleName())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small
        tokens = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(self.rect()).center()
        painter.setBrush(QColor(str(getattr(tokens, self._token))))
        painter.setPen(QPen(QColor(tokens.text), 2) if self.isChecked() else Qt.PenStyle.NoPen)
        painter.drawEllipse(middle, _DOT, _DOT)
        if self.ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 7, -1, -7), 6, 6)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if key_press(event).name in ("Enter", "Space"):
            self.click()
        else:
            event.ignore()


class Strip(QWidget):
    """`run` runs a command; `on` says of commands that are switched on whether they are now."""

    def __init__(
        self,
        icons: Icons,
        run: Callable[[str], object],
        on: Mapping[str, Callable[[], bool]],
        tools: RoomTools,
        tokens: Callable[[], Tokens],
    ) -> None:
        super().__init__()
        self._icons = icons
        self._run = run
        self._tools = tools
        self._on = {
            **on,
            "room.laser": lambda: tools.tool is Tool.LASER,
            "room.spot": lambda: tools.tool is Tool.SPOT,
            "room.magnifier": lambda: tools.tool is Tool.MAGNIFIER,
            "room.ink": lambda: tools.draws,
            "ink.eraser": lambda: tools.erases,
        }
        self._compact = False
        self._buttons: dict[str, Button] = {}
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        foot = frame("foot")
        outer.addWidget(foot)
        self._row = QHBoxLayout(foot)
        self._row.setContentsMargins(14, 0, 8, 0)
        self._row.setSpacing(2)
        self._add(self._row, "stage.previous", "", key=False)
        self._add_next()
        short = {"room.black": _("Black"), "room.white": _("White")}
        for group in TOOLS:
            self._row.addWidget(frame("upright"))
            for id_ in group:
                self._add(self._row, id_, short.get(id_) or _(BY_ID[id_].title).split(":")[0].strip())
        self._dots, self._pens = self._build_pens(tokens)
        self._row.addWidget(self._pens)
        self._row.addStretch()
        self._add(self._row, "countdown.toggle", "", key=False)
        self._add(self._row, "room.message", "", key=False)
        self._add(self._row, "window.remote", "", key=False)
        self._add(self._row, "stage.jump", _("Go to"))
        self._add(self._row, "window.keys", "", key=False)
        tools.changed.connect(self.refresh)
        self.refresh()

    def _build_pens(self, tokens: Callable[[], Tokens]) -> tuple[list[ColourDot], QWidget]:
        """Colours, eraser and undo, which are there while the pointer is a pen."""
        pens = QWidget()
        pens.setObjectName("plain")
        row = QHBoxLayout(pens)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(0)
        names = ((_("red"), "live"), (_("yellow"), "warn"), (_("green"), "ok"), (_("blue"), "accent"))
        dots: list[ColourDot] = []
        for n, (name, token) in enumerate(names):
            dot = ColourDot(name, token, tokens)
            dot.clicked.connect(lambda _on=False, n=n: self._tools.choose_colour(n))
            dots.append(dot)
            row.addWidget(dot)
        row.addSpacing(4)
        self._add(row, "ink.eraser", "", key=False)
        self._add(row, "ink.undo", "", key=False)
        return dots, pens

    def minimumSizeHint(self) -> QSize:
        return QSize(0, HEIGHT)  # the window is not made wider by what comes and goes here

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_compact(self, *, compact: bool) -> None:
        """Icons and keys alone, for a small screen."""
        self._compact = compact
        self._fit()

    def _fit(self) -> None:
        """Leaves out words, then keys, where there is no room for them with the pens: nothing moves when those come."""
        pens = self._pens.sizeHint().width() + self._row.spacing() if self._pens.isHidden() else 0
        for words, key in ((True, True), (False, True), (False, False)):
            if words and self._compact:
                continue
            for button in self._buttons.values():
                if isinstance(button, ToolButton):
                    button.show_as(words=words, key=key)
            self._row.invalidate()
            if self._row.sizeHint().width() + pens <= self.width():
                return

    def refresh(self) -> None:
        """Shows which tools are on."""
        for id_, is_on in self._on.items():
            button = self._buttons.get(id_)
            if button is not None and bool(button.property("on")) != is_on():
                restyle(button, on=is_on())
                self._icons.dress(button, BY_ID[id_].icon, "accent" if is_on() else "text", 20)
        for n, dot in enumerate(self._dots):
            dot.setChecked(n == self._tools.colour and not self._tools.erases)
        if self._pens.isHidden() == self._tools.draws:
            self._pens.setVisible(self._tools.draws)

    def _pressed(self, id_: str) -> None:
        self._run(id_)

    def _add_next(self) -> None:
        command = BY_ID["stage.next"]
        button = Button(_("Next"), "primary")
        button.setProperty("large", True)
        button.setAccessibleName(_(command.title))
        self._wire(self._row, "stage.next", button, "on_accent")

    def _add(self, row: QHBoxLayout, id_: str, words: str, *, key: bool = True) -> None:
        command = BY_ID[id_]
        button = ToolButton(id_, words, key=key)
        button.setAccessibleName(_(command.title))
        self._wire(row, id_, button, "text")

    def _wire(self, row: QHBoxLayout, id_: str, button: Button, colour: str) -> None:
        button.for_command(id_).when_clicked(lambda: self._pressed(id_))
        self._icons.dress(button, BY_ID[id_].icon, colour, 20)
        self._buttons[id_] = button
        row.addWidget(button)
