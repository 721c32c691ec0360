"""A painter that comes to its end however the painting ends."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtGui import QPainter


@contextmanager
def ended(painter: QPainter) -> Generator[None]:
    """Ends `painter` after what is done inside; what is given up half painted is no news to anybody.

    It begins inside too: a signal that arrives between the two would leave it on a device that goes, which Qt does not
    survive.
    """
    try:
        yield
    except BaseException:
        before = qInstallMessageHandler(_unheard)
        painter.end()
        qInstallMessageHandler(before)
        raise
    painter.end()


def _unheard(_kind: QtMsgType, _context: QMessageLogContext, _message: str) -> None:
    pass
