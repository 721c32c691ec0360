"""Colours one can read, switched live."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from atelier.windows import style
from atelier.windows.controls import Button, Segments
from atelier.windows.style import Appearance, font, sheet
from atelier.windows.tokens import DARK, LIGHT, Scheme, Tokens

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SURFACES = ("window", "panel", "sunken", "hover", "selected")


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(
    ("name", "least"),
    [("text", 7.0), ("text2", 4.5), ("text3", 4.5), ("accent", 4.5), ("error", 4.5), ("warn", 4.5), ("strong", 3.0)],
)
def test_text_and_borders_are_seen_on_every_surface(tokens: Tokens, surface: str, name: str, least: float) -> None:
    assert contrast(getattr(tokens, name), getattr(tokens, surface)) >= least


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ok", "warn", "error", "detour"])
def test_states_are_read_on_their_own_fill(tokens: Tokens, name: str) -> None:
    fill = getattr(tokens, f"{name}_soft")
    assert contrast(getattr(tokens, name), fill) >= 4.5
    assert contrast(tokens.text, fill) >= 7.0
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.tip_text, tokens.tip) >= 7.0


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_sheet_is_made_of_the_tokens(tokens: Tokens) -> None:
    made = sheet(tokens)
    assert "$" not in made
    assert all(len(getattr(tokens, field.name)) == 7 for field in fields(tokens))
    assert tokens.accent in made


def test_inter_is_used_with_its_own_cuts(qapp: QApplication) -> None:
    del qapp
    for weight in (400, 500, 600, 700):
        info = QFontInfo(font(13, weight))
        assert info.family() == "Inter"
        assert info.weight() == weight
        assert info.pixelSize() == 13


def test_a_choice_holds_whatever_the_system_says(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    def system_turns(scheme: Qt.ColorScheme) -> None:
        def is_dark(app: QApplication) -> bool:
            del app
            return scheme is Qt.ColorScheme.Dark

        monkeypatch.setattr(style, "system_is_dark", is_dark)
        qapp.styleHints().colorSchemeChanged.emit(scheme)

    appearance = Appearance(qapp, Scheme.LIGHT)
    changes: list[Tokens] = []
    appearance.changed.connect(lambda: changes.append(appearance.tokens))
    system_turns(Qt.ColorScheme.Dark)
    assert appearance.tokens is LIGHT
    appearance.choose(Scheme.SYSTEM)
    assert appearance.tokens is DARK
    system_turns(Qt.ColorScheme.Light)
    assert appearance.tokens is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.window
    appearance.toggle()
    assert (appearance.scheme, appearance.tokens) == (Scheme.DARK, DARK)
    assert changes == [DARK, LIGHT, DARK]


def test_the_ring_is_shown_to_the_keyboard_alone(qtbot: QtBot, appearance: Appearance) -> None:
    del appearance
    window = QWidget()
    first, second = Button("First"), Button("Second")
    first.setParent(window)
    second.setParent(window)
    qtbot.addWidget(window)
    window.resize(400, 100)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not first.property("kbd")
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert second.property("kbd")
    first.setFocus(Qt.FocusReason.OtherFocusReason)
    assert not second.property("kbd")


def test_enter_presses_a_button(qtbot: QtBot) -> None:
    pressed: list[str] = []
    button = Button("Open…").when_clicked(lambda: pressed.append("open"))
    qtbot.addWidget(button)
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed == ["open", "open"]
    assert button.accessibleName() == "Open"


def test_segments_move_with_the_arrows(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    choice = Segments("Motion", (("full", "Full"), ("calm", "Calm"), ("cuts", "Cuts")), "full")
    choice.setParent(window)
    chosen: list[str] = []
    choice.chosen.connect(chosen.append)
    window.resize(400, 100)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    choice.findChildren(Button)[0].setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(window.focusWidget(), key)
    assert chosen == ["calm", "cuts", "calm"]
    assert choice.value == "calm"
