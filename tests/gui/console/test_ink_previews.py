"""Ink in the pictures of the console that show what comes next, and the tool in use in its header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from atelier.canvas.flight import Profile
from atelier.deck.loading import read
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.windows.audience import AudienceWindow
from atelier.windows.console.tool_hint import ToolHint
from atelier.windows.console.window import Console
from atelier.windows.ground import talk_over
from atelier.windows.icons import Icons
from atelier.windows.room_tools import ON_LIGHT
from atelier.windows.style import Appearance
from atelier.windows.tokens import Scheme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot


def reds(widget: QWidget) -> int:
    """Pixels in the colour of the pen."""
    picture, red = widget.grab().toImage(), QColor(ON_LIGHT[0])
    return sum(
        picture.pixelColor(x, y) == red for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)
    )


def test_the_console_shows_ink_and_tools(qapp: QApplication, qtbot: QtBot) -> None:
    appearance = Appearance(qapp, Scheme.DARK)
    scene = build_scene(read(b"---\ntheme: clair\n---\n# All\n\n## First\n\nText.\n\n## Second\n\nText.\n"))
    talk = talk_over(scene)
    talk.begin()
    audience = AudienceWindow(scene, TileCache(), talk, lambda: appearance, profile=Profile.CUTS)
    audience.resize(640, 360)
    audience.start()
    audience.show()
    console = Console(talk, audience, lambda: appearance, Icons(appearance))
    console.resize(1440, 900)
    console.show()
    first = talk.route[1].place
    talk.begin_stroke(first, ON_LIGHT[0], 60.0, ((200.0, 800.0, 1.0), (1400.0, 800.0, 1.0)))
    QApplication.processEvents()
    views = console.stage.next_views
    qtbot.waitUntil(lambda: console.stage.ready and views.next.image is not None)
    assert reds(views.next) > 100
    assert reds(views.then) == 0
    talk.undo_ink(first)
    qtbot.waitUntil(lambda: console.stage.ready)
    assert reds(views.next) == 0
    hint = console.findChild(ToolHint)
    assert isinstance(hint, ToolHint)
    assert not hint.isVisible()
    for command in ("room.spot", "room.ink"):
        console.run(command)
        words = {each.text() for each in hint.findChildren(QLabel) if each.isVisible()}
        assert ("size" in words, "undo" in words) == (command == "room.spot", command == "room.ink")
    console.run("room.black")
    assert not hint.isVisible()
    console.close()
    audience.close()
    for window in (console, audience):
        window.deleteLater()
