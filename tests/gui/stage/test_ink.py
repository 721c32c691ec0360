"""Ink on what the room sees: drawn with pointer and tablet, kept with its frame, undone, and there again later."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from atelier.canvas.camera import device, relative
from atelier.canvas.flight import Profile
from atelier.deck.contrast import contrast
from atelier.deck.loading import load, read
from atelier.deck.theme import load_theme
from atelier.foundation.geometry import Point
from atelier.render.scene import build_scene
from atelier.render.tiles import TileCache
from atelier.talk.events import decoded, encoded
from atelier.talk.state import replayed
from atelier.windows.audience import AudienceWindow
from atelier.windows.ground import talk_over
from atelier.windows.ink_layer import InkLayer
from atelier.windows.room_tools import ON_LIGHT, Tool, ink_colours
from atelier.windows.style import Appearance

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from atelier.talk.events import Event

Present = Callable[..., AudienceWindow]
Press = Callable[..., None]
Key = Qt.Key
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
LINE = tuple((0.3 + 0.02 * i, 0.75) for i in range(21))
RED = QColor(ON_LIGHT[0])


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[AudienceWindow], QImage]:
    """The picture of a window once nothing more comes of it."""

    def picture(window: AudienceWindow) -> QImage:
        layer = window.canvas.findChild(InkLayer)
        assert isinstance(layer, InkLayer)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not window.canvas.busy and layer.ready)
        return window.canvas.grab().toImage()

    return picture


Settled = Callable[[AudienceWindow], QImage]


def draw(widget: QWidget, line: tuple[tuple[float, float], ...] = LINE, button: Qt.MouseButton = LEFT) -> None:
    """Draws with the mouse; points are shares of the widget."""
    points = [QPointF(x * widget.width(), y * widget.height()).toPoint() for x, y in line]
    QTest.mousePress(widget, button, NONE, points[0])
    for point in points[1:]:
        # QTest moves without a button held
        QTest.mouseMove(widget, point)
    QTest.mouseRelease(widget, button, NONE, points[-1])


PEN = QPointingDevice(
    "pen",
    7,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Pressure | QInputDevice.Capability.Position,
    1,
    2,
)
TURNED = QPointingDevice(
    "turned",
    8,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Eraser,
    QInputDevice.Capability.Pressure | QInputDevice.Capability.Position,
    1,
    2,
)


def write(
    widget: QWidget, line: tuple[tuple[float, float], ...], pressure: float, pen: QPointingDevice = PEN
) -> list[bool]:
    """Draws with a tablet; whether each event was taken."""
    taken: list[bool] = []
    last = len(line)
    kinds = (QEvent.Type.TabletPress, *(QEvent.Type.TabletMove,) * (last - 1), QEvent.Type.TabletRelease)
    for kind, (x, y) in zip(kinds, (*line, line[-1]), strict=True):
        at = QPointF(x * widget.width(), y * widget.height())
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.TabletRelease else LEFT
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.TabletMove else LEFT
        event = QTabletEvent(kind, pen, at, widget.mapToGlobal(at), pressure, 0, 0, 0, 0, 0, NONE, button, held)
        QApplication.sendEvent(widget, event)
        taken.append(event.isAccepted())
    return taken


def is_like(colour: QColor, other: QColor) -> bool:
    away = (colour.red() - other.red(), colour.green() - other.green(), colour.blue() - other.blue())
    return max(map(abs, away)) < 12


def inked(picture: QImage, x: float, y: float, colour: QColor = RED) -> bool:
    """Whether a point (shares of the picture) is drawn on."""
    return is_like(picture.pixelColor(round(x * picture.width()), round(y * picture.height())), colour)


def thickness(picture: QImage, x: float, colour: QColor = RED) -> int:
    """Pixels of a colour above each other."""
    column = round(x * picture.width())
    return sum(is_like(picture.pixelColor(column, row), colour) for row in range(picture.height()))


def at_first(window: AudienceWindow, press: Press) -> None:
    press(window, Key.Key_Space)
    press(window, "e")
    assert window.tools.draws


def test_a_line_is_drawn_where_the_pointer_goes_and_leads_nowhere(
    present: Present, press: Press, settled: Settled
) -> None:
    window = present()
    at_first(window, press)
    here, before = window.position, settled(window)
    draw(window.canvas)
    after = settled(window)
    assert window.position == here
    assert all(inked(after, x, y) for x, y in LINE)
    assert not any(inked(before, x, y) for x, y in LINE)
    for row, column in itertools.product(range(0, after.height(), 5), range(0, after.width(), 7)):
        if abs(row / after.height() - 0.75) > 0.02 or not 0.28 < column / after.width() < 0.72:
            assert after.pixel(column, row) == before.pixel(column, row)


def test_a_line_is_there_while_it_is_drawn(present: Present, press: Press, settled: Settled) -> None:
    window = present()
    at_first(window, press)
    settled(window)
    window.tools.press(0.3, 0.75)
    window.tools.drag(0.5, 0.75)
    window.tools.drag(0.6, 0.75)
    assert inked(window.canvas.grab().toImage(), 0.45, 0.75)
    window.tools.release()


def test_ink_stays_with_its_frame(present: Present, press: Press, settled: Settled) -> None:
    window = present()
    at_first(window, press)
    draw(window.canvas)
    there = settled(window)
    press(window, Key.Key_End)
    away = settled(window)
    assert not any(inked(away, x, y) for x, y in LINE)
    press(window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert settled(window) == there


def test_ink_is_drawn_while_the_camera_flies(present: Present, press: Press, settled: Settled, qtbot: QtBot) -> None:
    window = present(profile=Profile.FULL)
    at_first(window, press)
    draw(window.canvas)
    settled(window)
    seen: list[QImage] = []

    def look(at: float, moving: bool) -> None:  # noqa: FBT001 - a signal's arguments
        assert at
        if moving and not seen:
            seen.append(window.canvas.grab().toImage())

    window.canvas.presented.connect(look)
    window.talk.last()
    qtbot.waitUntil(lambda: not window.canvas.moving)
    (picture,) = seen
    assert sum(is_like(picture.pixelColor(x, y), RED) for x in range(0, 960, 3) for y in range(540)) > 20


def test_what_was_drawn_around_a_frame_is_not_drawn_across_it(present: Present, press: Press, settled: Settled) -> None:
    window = present()
    press(window, "e")
    draw(window.canvas)  # on the root
    assert all(inked(settled(window), x, y) for x, y in LINE)
    press(window, Key.Key_Space)
    inside = settled(window)
    assert not any(is_like(inside.pixelColor(x, y), RED) for x in range(0, 960, 4) for y in range(0, 540, 2))


def test_ink_is_undone_and_done_again_to_the_pixel(present: Present, press: Press, settled: Settled) -> None:
    window = present()
    at_first(window, press)
    pictures = [settled(window)]
    for y in (0.6, 0.7, 0.8):
        draw(window.canvas, tuple((x, y) for x, _y in LINE))
        pictures.append(settled(window))
    for before in reversed(pictures[:-1]):
        press(window, Key.Key_Z, CTRL)
        assert settled(window) == before
    press(window, Key.Key_Z, CTRL)
    assert settled(window) == pictures[0]
    for after in pictures[1:]:
        press(window, Key.Key_Z, CTRL | SHIFT)
        assert settled(window) == after


def test_a_frame_is_cleared_and_that_is_undone(present: Present, press: Press, settled: Settled) -> None:
    window = present()
    at_first(window, press)
    before = settled(window)
    draw(window.canvas)
    drawn = settled(window)
    press(window, Key.Key_E, SHIFT)
    assert settled(window) == before
    press(window, Key.Key_Z, CTRL)
    assert settled(window) == drawn


@pytest.mark.parametrize("how", ["right button", "eraser", "turned pen"])
def test_what_goes_under_the_eraser_is_gone_in_one_act(
    present: Present, press: Press, settled: Settled, how: str
) -> None:
    window = present()
    at_first(window, press)
    before = settled(window)
    draw(window.canvas, tuple((x, 0.7) for x, _y in LINE))
    draw(window.canvas, tuple((x, 0.8) for x, _y in LINE))
    down = tuple((0.5, 0.6 + 0.02 * i) for i in range(14))
    if how == "turned pen":
        write(window.canvas, down, 0.5, TURNED)
    else:
        if how == "eraser":
            press(window, Key.Key_P, SHIFT)
        draw(window.canvas, down, RIGHT if how == "right button" else LEFT)
    assert settled(window) == before
    press(window, Key.Key_Z, CTRL)
    after = settled(window)
    assert inked(after, 0.4, 0.7)
    assert inked(after, 0.4, 0.8)


def test_a_line_is_as_wide_as_the_pen_is_pressed(present: Present, press: Press, settled: Settled) -> None:
    window = present()
    at_first(window, press)
    window.tools.resize(9)
    assert all(write(window.canvas, tuple((x, 0.6) for x, _y in LINE), 0.1))
    light = thickness(settled(window), 0.5)
    press(window, Key.Key_Z, CTRL)
    write(window.canvas, tuple((x, 0.6) for x, _y in LINE), 1.0)
    assert thickness(settled(window), 0.5) > 1.8 * light > 0


def test_a_pen_that_draws_nothing_is_left_to_the_canvas(present: Present) -> None:
    window = present()
    assert not any(write(window.canvas, LINE, 0.5))


def test_every_colour_is_drawn_and_the_next_one_is_a_key_away(present: Present, press: Press, settled: Settled) -> None:
    window = present()
    at_first(window, press)
    for n, colour in enumerate(ON_LIGHT):
        draw(window.canvas, tuple((x, 0.6 + 0.08 * n) for x, _y in LINE))
        assert inked(settled(window), 0.5, 0.6 + 0.08 * n, QColor(colour))
        press(window, "p")
    assert window.tools.colour == 0


@pytest.mark.parametrize("name", ["chocolat", "clair", "craie", "nuit"])
def test_ink_can_be_seen_on_the_cards_of_every_theme(name: str) -> None:
    theme, _found = load_theme(name, None)
    for colour in ink_colours(theme):
        assert contrast(colour, theme.colours.card) >= 3.0, (colour, theme.colours.card)


def test_long_lines_are_kept_while_they_are_drawn(present: Present, press: Press, qtbot: QtBot) -> None:
    window = present()
    at_first(window, press)
    tools, place = window.tools, window.position.place
    tools.press(0.3, 0.6, pressure=0.5)
    tools.drag(0.4, 0.6, pressure=0.5)
    qtbot.waitUntil(lambda: len(window.talk.ink(place).strokes) == 1)
    tools.drag(0.5, 0.6, pressure=0.5)
    tools.drag(0.6, 0.6, pressure=0.5)
    tools.release()
    (stroke,) = window.talk.ink(place).strokes
    assert len(stroke.points) == 4


def test_a_resumed_talk_shows_its_ink(deck_file: Path, qapp: QApplication, qtbot: QtBot, settled: Settled) -> None:
    kept: list[tuple[float, str, str]] = []

    def record(moment: float, event: Event) -> None:
        kind, data = encoded(event)
        kept.append((moment, kind, json.dumps(data)))

    def window_of(state: object = None) -> AudienceWindow:
        scene = build_scene(load(deck_file))
        talk = talk_over(scene, record)
        if state is None:
            talk.begin()
        else:
            back = ((moment, decoded(kind, json.loads(data))) for moment, kind, data in tuple(kept))
            talk.resume(replayed((moment, event) for moment, event in back if event is not None))
        window = AudienceWindow(scene, TileCache(), talk, lambda: Appearance(qapp), profile=Profile.CUTS)
        window.resize(960, 540)
        window.start()
        window.show()
        qtbot.waitUntil(lambda: not window.canvas.moving)
        return window

    first = window_of()
    first.talk.next()
    first.tools.toggle(Tool.INK)
    draw(first.canvas)
    draw(first.canvas, tuple((x, 0.6) for x, _y in LINE))
    first.tools.undo()
    first.talk.show_message("Back at two")
    before = settled(first)
    again = window_of("killed")
    assert settled(again) == before
    assert again.talk.state.message == "Back at two"
    again.tools.redo()
    assert inked(settled(again), 0.5, 0.6)
    for window in (first, again):
        window.close()
        window.deleteLater()


def test_the_ink_of_a_frame_that_was_taken_out_comes_back_with_it(
    present: Present, press: Press, settled: Settled, deck_file: Path
) -> None:
    window = present()
    at_first(window, press)
    draw(window.canvas)
    drawn = settled(window)
    text = deck_file.read_text(encoding="utf-8")
    window.replace_scene(build_scene(read(text.replace("## First {#first}", "## Other {#other}").encode())))
    press(window, Key.Key_Home)
    press(window, Key.Key_Space)
    assert not inked(settled(window), 0.5, 0.75)
    window.replace_scene(build_scene(load(deck_file)))
    press(window, Key.Key_Home)
    press(window, Key.Key_Space)
    assert settled(window) == drawn


def test_each_page_of_a_long_frame_has_its_ink(
    present: Present, press: Press, settled: Settled, tmp_path: Path
) -> None:
    file = tmp_path / "long.md"
    items = "\n".join(f"- Item {n} with a few more words so that it takes its room on the page" for n in range(90))
    file.write_text(f"# Long\n\n## Many {{#many}}\n\n{items}\n\n## End\n", encoding="utf-8")
    window = present(file)
    at_first(window, press)
    draw(window.canvas)
    drawn = settled(window)
    press(window, Key.Key_Space)
    assert (window.position.page, window.talk.frame_id(window.position.place)) == (1, "many")
    assert sum(inked(settled(window), x, y) for x, y in LINE) == 0
    press(window, Key.Key_PageUp)
    assert settled(window) == drawn


def test_ink_turns_with_its_frame(present: Present, press: Press, settled: Settled, tmp_path: Path) -> None:
    (tmp_path / "map.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900"><rect width="1600" height="900" fill="#fff"/>'
        '<rect id="turned" x="300" y="170" width="1000" height="560" transform="rotate(20 800 450)"/></svg>',
        encoding="utf-8",
    )
    file = tmp_path / "turned.md"
    file.write_text("---\ntheme: clair\n---\n# All {map=map.svg}\n\n## Turned {#turned}\n\nText.\n", encoding="utf-8")
    window = present(file)
    at_first(window, press)
    draw(window.canvas)
    settled(window)
    place = window.position.place
    (stroke,) = window.talk.ink(place).strokes
    press(window, Key.Key_Home)
    picture = settled(window)
    canvas, camera = window.scene.canvas, window.canvas.camera
    lies = device(camera, window.canvas.view_size).after(relative(canvas, place, camera.anchor))
    assert lies.rotation == pytest.approx(0.349, abs=0.01)
    for x, y, _pressure in stroke.points[2:-2]:
        at = lies.map(Point(x, y))
        assert inked(picture, at.x / picture.width(), at.y / picture.height())


def test_another_view_of_the_room_draws_and_shows_the_same(
    present: Present, press: Press, settled: Settled, qtbot: QtBot
) -> None:
    window = present()
    at_first(window, press)
    other = QWidget()
    qtbot.addWidget(other)
    other.resize(480, 270)
    window.tools.resize(9)
    window.tools.serve(other)
    other.show()
    draw(other)
    assert all(inked(settled(window), x, y) for x, y in LINE)
    layer = other.findChild(InkLayer)
    assert isinstance(layer, InkLayer)
    qtbot.waitUntil(lambda: layer.ready and inked(other.grab().toImage(), 0.5, 0.75))


def test_previews_show_the_ink_and_the_scene_stays_without(present: Present, press: Press, settled: Settled) -> None:
    from PySide6.QtGui import QPainter

    window = present()
    at_first(window, press)
    settled(window)
    before = window.canvas.picture()
    assert before is not None
    draw(window.canvas)
    with_ink = settled(window)
    bare = window.canvas.picture()  # what is kept, made small and exported comes from here
    assert bare is not None
    assert bare == before
    preview = bare.copy()
    painter = QPainter(preview)
    ink = window.tools.ink.picture(window.tools.view())
    assert ink is not None
    painter.drawImage(0, 0, ink)
    painter.end()
    assert all(inked(preview, x, y) for x, y in LINE)
    assert preview.convertToFormat(with_ink.format()) == with_ink


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("tool"), st.sampled_from([t.value for t in Tool if t])),
        st.tuples(st.sampled_from(["press", "rub", "drag", "hover"]), st.floats(-0.2, 1.2), st.floats(-0.2, 1.2)),
        st.tuples(st.sampled_from(["release", "leave", "undo", "redo", "clear", "next", "up", "last", "back"])),
        st.tuples(st.sampled_from(["eraser", "colour", "black", "freeze", "away", "grab"])),
        st.tuples(st.just("resize"), st.integers(-30, 30)),
    ),
    max_size=40,
)


@given(acts=ACTS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_acts_breaks_anything(present: Present, acts: list[tuple[object, ...]]) -> None:
    window = present(size=(320, 180))
    tools, talk = window.tools, window.talk
    plain: dict[str, Callable[[], object]] = {
        "release": tools.release,
        "leave": tools.leave,
        "undo": tools.undo,
        "redo": tools.redo,
        "clear": tools.clear,
        "next": talk.next,
        "up": talk.up,
        "last": talk.last,
        "back": talk.back,
        "eraser": tools.toggle_eraser,
        "colour": lambda: tools.choose_colour(tools.colour + 1),
        "black": lambda: talk.cover("black"),
        "freeze": talk.freeze,
        "away": tools.put_away,
        "grab": window.grab,
    }
    for name, *values in acts:
        match str(name), values:
            case "tool", [str(tool)]:
                tools.toggle(Tool(tool))
            case "press" | "rub", [float(x), float(y)]:
                tools.press(x, y, eraser=name == "rub")
            case "drag", [float(x), float(y)]:
                tools.drag(x, y)
            case "hover", [float(x), float(y)]:
                tools.hover(x, y)
            case "resize", [int(notches)]:
                tools.resize(notches)
            case act, _:
                plain[act]()
        QApplication.processEvents()
    tools.release()
    window.grab()
    for tool in Tool:
        if tool:
            assert 0.0 < tools.size(tool) < 1.0
    assert not tools.pen.busy
    window.close()
