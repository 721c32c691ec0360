"""The application's own set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit

from atelier.app.qt import qt_words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_windows_of_qt_speak_the_language_of_the_program(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    words = qt_words("fr", field)
    assert words is not None
    QCoreApplication.installTranslator(words)
    try:
        menu = field.createStandardContextMenu()
        said = [action.text().replace("&", "").partition("\t")[0] for action in menu.actions() if action.text()]
        menu.deleteLater()
    finally:
        QCoreApplication.removeTranslator(words)
    assert {"Annuler", "Couper", "Copier", "Coller", "Tout sélectionner"} <= set(said)
    assert qt_words("tlh", field) is None
