"""The address of a link for the room: in words, and as a QR code that a telephone can take from its seat."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from atelier.typeset.qr_code import qr_path
from atelier.windows.style import font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_SHARE = 0.46
"""The height of the card as a share of its window's, at most."""
MARGIN = 0.082
"""The height of its words, and of their margins, as shares of its side."""
_LINES = 3
_BREAKS = "/?&=-_.@"
_code = lru_cache(maxsize=16)(qr_path)


def address_words(address: str) -> str:
    """An address as people say it: without what every address begins with."""
    words = address.removeprefix("https://").removeprefix("http://").removeprefix("mailto:").removeprefix("tel:")
    words = words.removeprefix("www.")
    return words.removesuffix("/") if words.count("/") == 1 else words


def breakable(words: str) -> str:
    """Words with room for breaks after the signs of an address."""
    for sign in _BREAKS:
        words = words.replace(sign, sign + "\u200b")
    return words


def paint_code(painter: QPainter, box: QRectF, address: str) -> bool:
    """Paints the QR code of an address on white; False where it is too long for one."""
    code = _code(address, box.width())
    if code is None:
        return False
    path, module = code
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawRoundedRect(box, module * 2, module * 2)
    painter.translate(box.topLeft())
    painter.fillPath(path, QColor("#000000"))
    painter.restore()
    return True


class CodeView(QWidget):
    """The QR code of an address, so many pixels wide."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.address = ""
        self.setFixedSize(side, side)

    def show_address(self, address: str) -> None:
        self.address = address
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_code(painter, QRectF(self.rect()), self.address)
        painter.end()


class LinkCard(QWidget):
    """Lies at the lower right of its window; lets the pointer through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._host = parent
        self._address = ""

    @property
    def address(self) -> str:
        """What is shown; empty for nothing."""
        return self._address

    def show_address(self, address: str) -> None:
        """Shows an address, or nothing."""
        if address == self._address:
            return
        self._address = address
        self.place()
        self.setVisible(bool(address))
        self.update()

    def place(self) -> None:
        """Lies down again, after the window changed its size."""
        if not self._address:
            return
        host = self._host.size()
        size = self._size(host)
        margin = round(host.height() * 0.04)
        self.setGeometry(
            host.width() - size.width() - margin,
            host.height() - size.height() - margin,
            size.width(),
            size.height(),
        )

    def _size(self, host: QSize) -> QSize:
        """As wide as the code with its margins; the words take what lines they need."""
        side = min(host.height() * _SHARE * 0.75, host.width() * 0.4)
        margin = side * MARGIN
        return QSize(round(side + 2 * margin), round(side + 2.2 * margin + self._words(side).boundingRect().height()))

    def _words(self, width: float) -> QTextLayout:
        """The address in lines of that width, broken at its signs; one that is too long ends in an ellipsis."""
        words = breakable(address_words(self._address))
        made, end = _lines(words, width)
        return made if end >= len(words) else _lines(words[: end - 2] + "…", width)[0]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        side = whole.width() / (1 + 2 * MARGIN)
        margin = side * MARGIN
        ground = QPainterPath()
        ground.addRoundedRect(whole, margin, margin)
        painter.fillPath(ground, QColor("#FFFFFF"))
        paint_code(painter, QRectF(margin, margin, side, side), self._address)
        painter.setPen(QColor("#1D1A17"))
        self._words(side).draw(painter, QPointF(margin, side + 1.3 * margin))
        painter.end()


def _lines(words: str, width: float) -> tuple[QTextLayout, int]:
    """Words in a few centred lines, and how many characters of them those hold."""
    face = font(width * MARGIN, 600)
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    height = QFontMetricsF(face).lineSpacing()
    layout = QTextLayout(words, face)
    layout.setTextOption(option)
    layout.beginLayout()
    end = 0
    for n in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0.0, n * height))
        end = line.textStart() + line.textLength()
    layout.endLayout()
    return layout, end
