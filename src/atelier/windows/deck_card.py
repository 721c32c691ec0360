"""A deck in the library: the picture of its canvas, its title, one line of facts."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QRadialGradient,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from atelier.foundation.translation import _
from atelier.windows.controls import Button, tooltip
from atelier.windows.deck_summary import DeckSummary, facts
from atelier.windows.style import Appearance, font
from atelier.windows.tokens import RADIUS_THUMBNAIL, RING, TEXT, TEXT_SMALL, Tokens

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QResizeEvent

    from atelier.windows.icons import Icons

ASPECT = 9 / 16
_RING_GAP = 3  # between the picture and the line around a chosen card
_TITLE_HEIGHT = 20
_FACTS_HEIGHT = 18
_ABOVE_TITLE = 6


class DeckCard(QAbstractButton):
    """One click chooses, a double click, Enter or the button in its corner presents."""

    presented = Signal()
    exported = Signal()
    chosen = Signal()
    menu_asked = Signal(QPoint)
    """At a point of the screen."""
    picture_needed = Signal()
    """Painted for the first time: what is never scrolled into view is never drawn."""

    def __init__(self, summary: DeckSummary, appearance: Appearance, icons: Icons) -> None:
        super().__init__()
        self._appearance = appearance
        self._icons = icons
        self._summary = summary
        self._image: QImage | None = None
        self._scaled: QPixmap | None = None
        self._asked = False
        self._current = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.chosen)
        self.present_button = Button(_("Present"), "primary")
        self.present_button.setParent(self)
        self.present_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.present_button.setToolTip(tooltip("library.present"))
        self.present_button.clicked.connect(self.presented)
        self.present_button.hide()
        icons.dress(self.present_button, "play", "on_accent")
        self.export_button = Button("", "on-picture").for_command("library.export")
        self.export_button.setAccessibleName(_("Export"))
        self.export_button.setParent(self)
        self.export_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.export_button.clicked.connect(self.exported)
        self.export_button.hide()
        icons.dress(self.export_button, "export", "text", 16)
        self.set_summary(summary)

    @property
    def summary(self) -> DeckSummary:
        return self._summary

    @property
    def current(self) -> bool:
        return self._current

    @property
    def has_picture(self) -> bool:
        return self._image is not None

    def set_summary(self, summary: DeckSummary) -> None:
        before, self._summary = self._summary, summary
        if self._asked and before.modified not in (None, summary.modified):
            self.picture_needed.emit()
        self.setAccessibleName(summary.title)
        self.setAccessibleDescription(self.facts_line())
        self.setToolTip(f"<span>{escape(str(summary.path))}</span>")  # Qt would guess at HTML in a name
        self._arrange()
        self.update()

    def _facts_that_fit(self) -> str:
        line = self.facts_line()
        fits = QFontMetrics(font(TEXT_SMALL)).horizontalAdvance(line) <= self.width()
        return line if fits else self.facts_line(brief=True)

    def set_picture(self, image: QImage) -> None:
        """The picture of the canvas; a null image keeps the placeholder."""
        if not image.isNull():
            self._image = image
            self._scaled = None
            self.update()

    def set_current(self, current: bool) -> None:  # noqa: FBT001 - a setter, as Qt's
        """Marks the card arrows start from and Enter presents; it is the grid's one stop for Tab."""
        self._current = current
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        self._arrange()
        self.update()

    def facts_line(self, *, brief: bool = False) -> str:
        return facts(self._summary, datetime.now(UTC).astimezone(), brief=brief)

    def height_for(self, width: int) -> int:
        """Its height, in pixels, when it is `width` wide."""
        return round(width * ASPECT) + _ABOVE_TITLE + _TITLE_HEIGHT + _FACTS_HEIGHT

    def sizeHint(self) -> QSize:
        return QSize(266, self.height_for(266))

    @property
    def picture_rect(self) -> QRect:
        return QRect(0, 0, self.width(), round(self.width() * ASPECT))

    def _arrange(self) -> None:
        button = self.present_button
        missing = self._summary.missing
        shown = (self._current or self.underMouse()) and not missing and not self._summary.problem
        button.setVisible(shown)
        self.export_button.setVisible(shown)
        size = button.sizeHint()
        rect = self.picture_rect
        button.setGeometry(rect.right() - size.width() - 10, rect.bottom() - size.height() - 10, size.width(), 32)
        self.export_button.setGeometry(button.x() - 40, button.y(), 32, 32)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scaled = None
        self._arrange()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._arrange()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # all keys of a card are commands of its window

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.presented.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.chosen.emit()
        self.menu_asked.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a card is small
        if not self._asked:
            self._asked = True
            self.picture_needed.emit()
        tokens = self._appearance.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picture(painter, tokens)
        self._paint_words(painter, tokens)
        painter.end()

    def _paint_picture(self, painter: QPainter, tokens: Tokens) -> None:
        outer = QRectF(self.picture_rect)
        inset = _RING_GAP if self._current else 0
        rect = outer.adjusted(inset, inset, -inset, -inset)
        shape = QPainterPath()
        shape.addRoundedRect(rect, RADIUS_THUMBNAIL, RADIUS_THUMBNAIL)
        painter.save()
        painter.setClipPath(shape)
        if self._summary.missing or self._summary.problem:
            painter.fillRect(rect, QColor(tokens.sunken))
            name = "file-x" if self._summary.missing else "warning"
            mark = self._icons.pixmap(name, tokens.text3, 32, self.devicePixelRatioF())
            painter.drawPixmap(rect.center() - QPointF(16, 16), mark)
        elif self._image is not None:
            painter.drawPixmap(outer.topLeft(), self._fitted(self._image, outer.toRect().size()))
        else:
            painter.fillRect(rect, _placeholder(rect, self._summary.world or (tokens.sunken,)))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawPath(_rounded(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_THUMBNAIL))
        if self._current:
            painter.setPen(QPen(QColor(tokens.accent if self.hasFocus() else tokens.strong), RING))
            painter.drawPath(_rounded(outer.adjusted(1, 1, -1, -1), RADIUS_THUMBNAIL + 2))

    def _paint_words(self, painter: QPainter, tokens: Tokens) -> None:
        y = self.picture_rect.bottom() + 1 + _ABOVE_TITLE
        lines = (
            (self._summary.title, font(TEXT, 600), tokens.text, _TITLE_HEIGHT),
            (self._facts_that_fit(), font(TEXT_SMALL), self._facts_colour(tokens), _FACTS_HEIGHT),
        )
        for words, drawn, colour, height in lines:
            painter.setFont(drawn)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(drawn).elidedText(words, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QRect(0, y, self.width(), height), Qt.AlignmentFlag.AlignVCenter, shown)
            y += height

    def _facts_colour(self, tokens: Tokens) -> str:
        if self._summary.problem:
            return tokens.error
        return tokens.warn if self._summary.missing else tokens.text2

    def _fitted(self, image: QImage, size: QSize) -> QPixmap:
        """The picture filling `size`, centred; kept until the size changes."""
        ratio = self.devicePixelRatioF()
        wanted = QSize(round(size.width() * ratio), round(size.height() * ratio))
        if self._scaled is None or self._scaled.size() != wanted:
            scaled = image.scaled(
                wanted,
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )
            left = (scaled.width() - wanted.width()) // 2
            top = (scaled.height() - wanted.height()) // 2
            self._scaled = QPixmap.fromImage(scaled.copy(QRect(left, top, wanted.width(), wanted.height())))
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled


def _rounded(rect: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def _placeholder(rect: QRectF, colours: tuple[str, ...]) -> QRadialGradient:
    """The world of the deck's theme, still empty."""
    gradient = QRadialGradient(rect.center(), rect.width() * 0.75)
    for i, colour in enumerate(colours):
        gradient.setColorAt(i / max(1, len(colours) - 1), QColor(colour))
    return gradient
