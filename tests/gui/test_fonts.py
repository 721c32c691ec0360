"""The two families of Inter: docs/decisions/0005-inter-variable-renamed.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QLabel

from atelier.foundation.resources import FONTS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WORDS = "Trois façons d'ajouter du chocolat"


@pytest.fixture(autouse=True)
def both_families(qtbot: QtBot) -> None:
    for file in sorted(FONTS.glob("Inter*.ttf")):
        assert QFontDatabase.addApplicationFont(str(file)) >= 0


def test_both_families_are_there() -> None:
    for family in ("Inter", "Inter Variable"):
        assert QFontInfo(QFont(family, 20)).family() == family


def test_a_style_sheet_gets_every_static_weight(qtbot: QtBot) -> None:
    widths: list[float] = []
    for weight in (400, 500, 600, 700):
        label = QLabel(WORDS)
        qtbot.addWidget(label)
        label.setStyleSheet(f"font-family: Inter; font-size: 40px; font-weight: {weight}")
        label.ensurePolished()
        widths.append(QFontMetricsF(label.font()).horizontalAdvance(WORDS))
    assert widths == sorted(set(widths))


def test_the_variable_family_gets_every_weight_by_its_axis(qtbot: QtBot) -> None:
    widths: list[float] = []
    for weight in range(400, 721, 80):
        font = QFont("Inter Variable")
        font.setPixelSize(40)
        font.setVariableAxis(QFont.Tag.fromString("wght"), weight)
        widths.append(QFontMetricsF(font).horizontalAdvance(WORDS))
    assert widths == sorted(set(widths))
