"""A talk looked back on: its figures, its chart, its table, with the keyboard and with the mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from atelier.talk.kept import events_of
from atelier.talk.review import Review, review_of
from atelier.windows.controls import Button
from atelier.windows.review.frame_table import Order
from atelier.windows.review.time_chart import flags
from atelier.windows.review.window import ReviewWindow
from atelier.windows.tokens import DARK, LIGHT, Scheme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.gui.conftest import Give

    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance

Open = Callable[..., ReviewWindow]


@pytest.fixture
def look_back(qtbot: QtBot, appearance: Appearance, icons: Icons, give: Give) -> Open:
    def open_window(width: int = 1440, *, has_list: bool = False, title: str = "") -> ReviewWindow:
        talk = give()
        window = ReviewWindow(
            talk,
            review_of(events_of(talk.file)),
            appearance,
            icons,
            has_list=has_list,
            ask_title=lambda _parent, _title: title,
        )
        qtbot.addWidget(window)
        window.resize(width, 900)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.table.hasFocus)
        return window

    return open_window


def words(window: ReviewWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window)]


def heard(window: ReviewWindow) -> list[float]:
    """The moments that are asked for from now on."""
    asked: list[float] = []
    window.replay_asked.connect(asked.append)
    return asked


def at(review: Review, window: ReviewWindow, elapsed: float) -> QPoint:
    """A point of the bar of what was given, for a moment of the talk."""
    chart = window.chart
    width = chart.width() - 64 - 16
    return QPoint(round(64 + elapsed / (review.given * 1.02) * width), chart.height() - 24 - 15)


def test_the_figures_of_a_talk(look_back: Open) -> None:
    said = words(look_back())
    for figure in (
        "10:30",
        "for 10:00 planned",
        "+0:30",
        "at the end",
        "5 of 5",
        "1",
        "detours, 0:30",
        "strokes of ink",
    ):
        assert figure in said
    assert any(line.endswith("path whole") for line in said)


def test_the_chart_says_what_was_there_and_replays_from_it(look_back: Open) -> None:
    window = look_back()
    chart, review = window.chart, window.review
    assert chart.words_at(at(review, window, 30).x()) == "The cake, 1:00 of 1:00 planned, then 0:00 against the plan"
    assert chart.words_at(at(review, window, 275).x()).startswith("A case (detour), 0:30")
    assert chart.words_at(chart.width() - 2) == ""
    asked = heard(window)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at(review, window, 400))
    assert asked == [pytest.approx(400, abs=1)]


def test_the_chart_is_walked_with_the_arrows(look_back: Open) -> None:
    window = look_back()
    chart = window.chart
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    for _n in range(2):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription().startswith("A case (detour)")
    asked = heard(window)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert asked == [pytest.approx(260.0)]


def test_what_is_longer_is_said_first(look_back: Open) -> None:
    assert [flag.words for flag in flags(look_back().review)] == ["detour A case, 0:30"]


def test_the_chart_is_drawn_in_both_schemes(look_back: Open, appearance: Appearance) -> None:
    window = look_back()
    for scheme, tokens in ((Scheme.LIGHT, LIGHT), (Scheme.DARK, DARK)):
        appearance.choose(scheme)
        picture = window.chart.grab().toImage()
        spot = at(window.review, window, 275)
        assert QColor(picture.pixel(spot)) == QColor(tokens.detour)
        assert QColor(picture.pixel(at(window.review, window, 160))) == QColor(tokens.warn)


def test_the_table_is_ordered_by_difference_or_as_shown(look_back: Open) -> None:
    window = look_back()
    assert [row.frame for row in window.table.rows][:2] in (["muffin", "icing"], ["icing", "muffin"])
    QTest.keyClick(window.table, Qt.Key.Key_O)
    assert [row.frame for row in window.table.rows] == ["cake", "muffin", "case", "icing", "chocolate", "end"]
    assert window.order.value == Order.TALK
    button = window.order.findChildren(Button)[0]
    button.click()
    assert window.table.rows[0].frame in ("muffin", "icing")


def test_a_row_says_itself_and_replays(look_back: Open) -> None:
    window = look_back()
    window.table.sort_by(Order.TALK)
    index = window.table.model().index(1, 0)
    said = window.table.model().data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Muffin, 3:20 of 2:00 planned, +1:20"
    QTest.keyClick(window.table, Qt.Key.Key_Down)
    asked = heard(window)
    QTest.keyClick(window.table, Qt.Key.Key_Return)
    place = QPointF(window.table.visualRect(window.table.model().index(3, 0)).center()).toPoint()
    QTest.mouseDClick(window.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [pytest.approx(60.0), pytest.approx(290.0)]


def test_every_key_has_its_act(look_back: Open, qtbot: QtBot) -> None:
    window = look_back(title="At the bakers’")
    for key, held, signal in (
        (Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier, window.replay_asked),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, window.adopt_asked),
        (Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier, window.export_asked),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, window.rename_asked),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, window.closed),
    ):
        with qtbot.waitSignal(signal):
            QTest.keyClick(window.table, key, held)


def test_a_talk_is_deleted_at_the_second_press(look_back: Open, qtbot: QtBot) -> None:
    window = look_back()
    with qtbot.assertNotEmitted(window.delete_asked):
        QTest.keyClick(window.table, Qt.Key.Key_Delete)
    assert window.toast.isVisible()
    with qtbot.waitSignal(window.delete_asked):
        QTest.keyClick(window.table, Qt.Key.Key_Delete)


def test_a_narrow_window_keeps_every_button_and_its_name(look_back: Open) -> None:
    window = look_back(960)
    buttons = [button for button in window.findChildren(Button) if button.isVisibleTo(window)]
    assert {"Replay", "Adopt as plan", "Export the journal", "Rename", "Delete"} <= {
        button.accessibleName() for button in buttons
    }
    assert all(button.toolTip() for button in buttons if not button.text())
    assert window.minimumSizeHint().width() <= 960
