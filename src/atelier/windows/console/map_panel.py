"""The map with what it says: how much was seen, what its colours mean, and the same over the whole body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.talk.events import Dropped, Moved, PathChosen, Restored, Resumed
from atelier.windows.console.minimap import Minimap
from atelier.windows.controls import Button, CommandCaps, frame, label
from atelier.windows.keyboard import key_press
from atelier.windows.style import font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

_SWATCH: Final = 14.0
_GAP: Final = 14.0
_LINE: Final = 18
_KEYED: Final = 230
"""Pixels of width from which on there is room for the key of the large map."""
_LEGEND_FROM: Final = 190
"""Pixels of height under which the map has all the room."""


class Legend(QWidget):
    """What the boxes of a map mean, on as many lines as that takes."""

    def __init__(self, talk: Talk, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._talk = talk
        self._tokens = tokens
        self.setFixedHeight(_LINE)
        talk.listen(self._on_event)

    def _on_event(self, event: Event, before: Position) -> None:
        del before
        if isinstance(event, Dropped | Restored | Resumed):
            self._fit()
            self.update()

    def _items(self) -> list[tuple[str, str]]:
        items = [
            ("seen", _("seen")),
            ("ahead", _("to come")),
            ("optional", _("optional")),
            ("here", _("path")),
            ("detour", _("detour")),
        ]
        if self._talk.state.dropped:
            items.insert(3, ("left", _("left out")))
        return items

    def sizeHint(self) -> QSize:
        return QSize(200, _LINE)

    def _spots(self) -> list[tuple[str, str, QRectF]]:
        """Every sign with its words, and where they are."""
        metrics = QFontMetricsF(font(12))
        x, y, spots = 0.5, 0.0, list[tuple[str, str, QRectF]]()
        for kind, text in self._items():
            width = _SWATCH + 5 + metrics.horizontalAdvance(text) + 1
            if spots and x + width > self.width():
                x, y = 0.5, y + _LINE
            spots.append((kind, text, QRectF(x, y, width, _LINE)))
            x += width + _GAP
        return spots

    def _fit(self) -> None:
        self.setFixedHeight(round(self._spots()[-1][2].bottom()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        tokens = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(12))
        for kind, text, spot in self._spots():
            swatch = QRectF(spot.x(), spot.center().y() - 4, _SWATCH - 1, 8)
            self._paint_swatch(painter, swatch, kind, tokens)
            painter.setPen(QColor(tokens.text3))
            painter.drawText(spot.adjusted(_SWATCH + 5, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _paint_swatch(self, painter: QPainter, box: QRectF, kind: str, tokens: Tokens) -> None:
        filled = {"seen": tokens.text3, "here": tokens.accent, "detour": tokens.detour}.get(kind)
        painter.setBrush(QColor(filled) if filled else Qt.BrushStyle.NoBrush)
        pen = QPen(QColor(tokens.strong), 1.1)
        if kind == "optional":
            pen.setDashPattern([2.0, 1.6])
        if kind == "left":
            painter.setBrush(QBrush(QColor(tokens.strong), Qt.BrushStyle.BDiagPattern))
        painter.setPen(Qt.PenStyle.NoPen if filled else pen)
        painter.drawRoundedRect(box, 2, 2)


class _Head(QWidget):
    """What a map is of, and how much of it was seen."""

    def __init__(self, talk: Talk, map_: Minimap) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._talk = talk
        self._map = map_
        self._seen = label("", "dim")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        self.row.addWidget(label(_("Canvas"), "caption"))
        self.row.addWidget(self._seen)
        self.row.addStretch()
        talk.listen(self._on_event)
        self.refresh()

    def _on_event(self, event: Event, before: Position) -> None:
        del before
        if isinstance(event, Moved | PathChosen | Resumed):
            self.refresh()

    def refresh(self) -> None:
        seen, all_ = len(self._map.seen()), len(self._talk.ground.deck.frames)
        words = _("{n} of {all} seen").format(n=seen, all=all_)
        if self._seen.text() != words:
            self._seen.setText(words)


class MapPanel(QWidget):
    """The map in small, under its name; below it what its colours mean. `menu` is the button of the panel's menu."""

    frame_chosen = Signal(int)

    def __init__(
        self,
        talk: Talk,
        scene: Scene,
        tokens: Callable[[], Tokens],
        icons: Icons,
        enlarge: Callable[[], None],
        menu: QWidget,
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.map = Minimap(talk, scene, tokens)
        self.map.frame_chosen.connect(self.frame_chosen)
        self._head = _Head(talk, self.map)
        self._large = Button("", "mini").for_command("canvas.map").when_clicked(enlarge)
        self._large.setAccessibleName(_("Large map of the canvas"))
        icons.dress(self._large, "arrows-out-simple", "text2", 14)
        self._head.row.addWidget(self._large)
        self._key = CommandCaps("canvas.map")
        self._head.row.addWidget(self._key)
        self._head.row.addWidget(menu)
        self._legend = Legend(talk, tokens)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addWidget(self.map, 1)
        column.addWidget(self._legend)

    def set_headed(self, *, headed: bool) -> None:
        """With its name above it, or without where a tab says it."""
        self._head.setVisible(headed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._legend.setVisible(self.height() >= _LEGEND_FROM)
        self._key.setVisible(self.width() >= _KEYED)

    def replace_scene(self, scene: Scene) -> None:
        """Shows a new version of the deck."""
        self.map.replace_scene(scene)
        self._head.refresh()


class LargeMap(QWidget):
    """The map over the body of the console, with the titles there is room for. Its key or Escape closes it. `area` is
    where it lies in `host`.
    """

    frame_chosen = Signal(int)

    def __init__(
        self,
        host: QWidget,
        talk: Talk,
        scene: Scene,
        tokens: Callable[[], Tokens],
        icons: Icons,
        area: Callable[[], QRect],
    ) -> None:
        super().__init__(host)
        self._host = host
        self._area = area
        self.map = Minimap(talk, scene, tokens, titled=True)
        self.map.frame_chosen.connect(self._on_chosen)
        panel = frame("panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(8)
        self._head = _Head(talk, self.map)
        close = Button("", "mini").when_clicked(self.close_map)
        close.setAccessibleName(_("Close"))
        close.for_command("canvas.map")
        icons.dress(close, "x", "text2", 16)
        self._head.row.addWidget(CommandCaps("canvas.map"))
        self._head.row.addWidget(close)
        column.addWidget(self._head)
        column.addWidget(self.map, 1)
        column.addWidget(Legend(talk, tokens))
        self.hide()

    def open(self) -> None:
        self._head.refresh()
        self.setGeometry(self._area())
        self._host.installEventFilter(self)
        self.show()
        self.raise_()
        self.map.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_map(self) -> None:
        """Goes away, and gives the keys back to the talk."""
        if self.isHidden():
            return
        self._host.removeEventFilter(self)
        self.hide()
        self.window().setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() is QEvent.Type.LayoutRequest:
            self.setGeometry(self._area())
        elif watched is self._host and event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._lie_down)  # once the halves have their new places
        return False

    def _lie_down(self) -> None:
        self.setGeometry(self._area())

    def _on_chosen(self, index: int) -> None:
        self.close_map()
        self.frame_chosen.emit(index)

    def replace_scene(self, scene: Scene) -> None:
        """Shows a new version of the deck."""
        self.map.replace_scene(scene)
        self._head.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if key_press(event).name == "Escape":
            self.close_map()
        else:
            super().keyPressEvent(event)
