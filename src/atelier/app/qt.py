"""The one QApplication."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from atelier.app.memory import give_large_blocks_back
from atelier.foundation.errors import AtelierError
from atelier.foundation.translation import _, current_language

if TYPE_CHECKING:
    from collections.abc import Callable


def application() -> QApplication:
    """The application, made when there is none; raises AtelierError where there is no screen to show a window on."""
    existing = QCoreApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    if sys.platform == "linux" and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise AtelierError(
            _("There is no screen to open a window on."),
            _("Start it from a graphical session, or write files with “atelier export”."),
        )
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QCoreApplication.setApplicationName("atelier")
    QGuiApplication.setApplicationDisplayName("Atelier")
    QGuiApplication.setDesktopFileName("atelier")
    # dates and numbers in the language of the words around them
    QLocale.setDefault(QLocale(current_language()))
    give_large_blocks_back()
    app = QApplication([sys.argv[0]])
    if words := qt_words(current_language(), app):
        app.installTranslator(words)
    return app


def run(app: QApplication, begin: Callable[[], object]) -> int:
    """Runs the application with what `begin` makes, until it quits; then takes all of that apart while it is there.

    What a window holds is in cycles, which Python would take apart in any order when it ends: widgets that outlive
    their application bring it down.
    """
    held: object = begin()
    code = app.exec()
    for window in app.topLevelWidgets():
        if shiboken6.isValid(window):
            shiboken6.delete(window)
    del held
    gc.unfreeze()
    gc.collect()
    return code


def qt_words(language: str, parent: QObject) -> QTranslator | None:
    """The words of Qt's own windows (choosing a file, the menu of a field); None where they are English."""
    words = QTranslator(parent)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return words if words.load(f"qtbase_{language}", folder) else None
