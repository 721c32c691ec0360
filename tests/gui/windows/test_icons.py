"""Icons: loaded late, coloured by token, all of the table there."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from atelier.commands.table import COMMANDS
from atelier.windows.controls import Button, label
from atelier.windows.side_bar import ICON
from atelier.windows.tokens import DARK, LIGHT, Scheme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance


def colours(icon: QIcon) -> set[str]:
    """The opaque colours of an icon."""
    image = icon.pixmap(QSize(32, 32)).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {QColor(p).name().upper() for p in pixels if p.alpha() == 255}


def test_nothing_is_loaded_before_it_is_asked_and_nothing_moves_then(qtbot: QtBot, icons: Icons) -> None:
    button = Button("Open")
    qtbot.addWidget(button)
    icons.dress(button, "folder-open", "text", 18)
    assert not icons.loaded
    before = button.sizeHint()
    assert colours(button.icon()) == set()
    icons.load()
    assert button.sizeHint() == before
    assert colours(button.icon()) == {LIGHT.text}


def test_colours_follow_the_scheme(qtbot: QtBot, icons: Icons, appearance: Appearance) -> None:
    button, mark = Button("Open"), label()
    for widget in (button, mark):
        qtbot.addWidget(widget)
        icons.dress(widget, "square-fill", "accent", 18)
    icons.load()
    assert colours(button.icon()) == colours(QIcon(mark.pixmap())) == {LIGHT.accent}
    appearance.choose(Scheme.DARK)
    assert colours(button.icon()) == colours(QIcon(mark.pixmap())) == {DARK.accent}


def test_a_later_wish_replaces_the_earlier_one(qtbot: QtBot, icons: Icons, appearance: Appearance) -> None:
    button = Button("Open")
    qtbot.addWidget(button)
    icons.load()
    icons.dress(button, "square-fill", "error")
    icons.dress(button, "square-fill", "ok")
    appearance.choose(Scheme.DARK)
    assert colours(button.icon()) == {DARK.ok}


def test_widgets_that_are_gone_are_forgotten(icons: Icons, appearance: Appearance) -> None:
    button = Button("Open")
    icons.dress(button, "play")
    icons.load()
    del button
    gc.collect()
    appearance.choose(Scheme.DARK)


@pytest.mark.parametrize("name", sorted({command.icon for command in COMMANDS}))
def test_every_icon_of_the_command_table_exists(icons: Icons, name: str) -> None:
    icons.load()
    assert colours(icons.icon(name, "#102030")) == {"#102030"}


def test_the_application_has_an_icon(icons: Icons) -> None:
    del icons
    assert "#2B46C2" in colours(QIcon(str(ICON)))
