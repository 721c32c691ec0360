"""One talk looked back on: its figures, how the time went, every frame with its times."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QVBoxLayout, QWidget

from atelier.commands.dispatch import Dispatcher
from atelier.commands.keys import command_for
from atelier.commands.table import BY_ID, GIVEN
from atelier.foundation.resources import ICON
from atelier.foundation.translation import _
from atelier.talk.wording import clock_words
from atelier.windows.controls import Button, Elided, Segments, frame, label, restyle
from atelier.windows.key_sheet import KeySheet
from atelier.windows.keyboard import key_press
from atelier.windows.notice import Action, NoticeBar, Toast
from atelier.windows.review.frame_table import FrameTable, Order
from atelier.windows.review.time_chart import TimeChart
from atelier.windows.review.words import difference_words, section_colours, when_words
from atelier.windows.review.write_up import WriteUpPanel
from atelier.windows.tokens import TOAST_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.foundation.errors import AtelierError
    from atelier.talk.kept import KeptTalk
    from atelier.talk.review import Review
    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance
    from atelier.windows.tokens import Tokens

SMALLEST: Final = (960, 640)
_LOGO: Final = 22
_NARROW: Final = 1200
_LOW: Final = 780
_PANEL, _NARROW_PANEL = 420, 372
"""Pixels of the panel for writing up."""
_NOT_LATE: Final = 30.0
"""Seconds more than planned that are no matter."""


class ReviewWindow(QWidget):
    """Shows a talk and says what is asked for; it changes nothing itself.

    Everything it shows is in `review`; `talk` is what the list of talks says of it.
    """

    replay_asked = Signal(float)
    """From so many seconds of the talk's clock."""
    adopt_asked = Signal()
    export_asked = Signal()
    rename_asked = Signal(str)
    delete_asked = Signal()
    list_asked = Signal()
    closed = Signal()

    def __init__(
        self,
        talk: KeptTalk,
        review: Review,
        appearance: Appearance,
        icons: Icons,
        *,
        has_list: bool = False,
        ask_title: Callable[[QWidget, str], str] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("root")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*SMALLEST)
        self.resize(1440, 900)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.talk = talk
        self.review = review
        self._appearance = appearance
        self._icons = icons
        self._ask_title = ask_title or ask_for_title
        self._deleting = 0.0
        self._painted = False
        self.commands = Dispatcher(self.show_error)
        self.notices = NoticeBar(self, icons=icons)
        self.chart = TimeChart(review, lambda: appearance.tokens)
        self.table = FrameTable(review, lambda: appearance.tokens)
        self.write_up = WriteUpPanel(lambda: appearance.tokens, icons)
        self.order = Segments(
            _("Order of the frames"),
            ((Order.DIFFERENCE, _("Largest differences")), (Order.TALK, _("Order of the talk"))),
            Order.DIFFERENCE,
        )
        self._title = Elided("page-title")
        self._crumb = Elided("strong")
        self._tools: list[tuple[Button, str]] = []
        self._stats: list[QWidget] = []
        self._build(has_list=has_list)
        self.toast = Toast(self, appearance.tokens)
        self.key_sheet = KeySheet(self, appearance.tokens, (GIVEN,))
        self._bind()
        self.chart.replay_asked.connect(self.replay_asked)
        self.table.replay_asked.connect(self.replay_asked)
        self.order.chosen.connect(self._on_order_chosen)
        appearance.changed.connect(self._on_appearance_changed)
        self.set_talk(talk)

    # ------------------------------------------------------------------ layout

    def _build(self, *, has_list: bool) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._top_bar(has_list=has_list))
        self._page = QVBoxLayout()
        self._page.addWidget(self.notices)
        self._page.addLayout(self._head())
        self._page.addWidget(self._chart_panel(), 4)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._table_panel(), 1)
        self._write_up_panel = self._panel_around(self.write_up)
        below.addWidget(self._write_up_panel)
        self._page.addLayout(below, 5)
        whole.addLayout(self._page, 1)

    def _top_bar(self, *, has_list: bool) -> QWidget:
        bar = frame("bar")
        bar.setFixedHeight(52)
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        logo = label()
        logo.setPixmap(QIcon(str(ICON)).pixmap(QSize(_LOGO, _LOGO), self.devicePixelRatioF()))
        row.addWidget(logo)
        if has_list:
            back = Button(_("Talks given"), "crumb").when_clicked(self.list_asked.emit)
            row.addWidget(back)
        else:
            row.addWidget(label(_("Talks given"), "small"))
        arrow = label()
        self._icons.dress(arrow, "caret-right", "text3", 14)
        row.addWidget(arrow)
        row.addWidget(self._crumb, 1)
        for id_, words in (
            ("given.replay", _("Replay")),
            ("given.adopt", _("Adopt as plan")),
            ("given.export", _("Export the journal…")),
            ("given.rename", _("Rename…")),
            ("given.delete", _("Delete")),
        ):
            row.addWidget(self._tool(id_, words))
        return bar

    def _tool(self, id_: str, words: str) -> Button:
        button = Button(words, "crumb").for_command(id_).when_clicked(lambda: self._run(id_))
        self._icons.dress(button, BY_ID[id_].icon, "text2", 16)
        self._tools.append((button, button.text()))
        return button

    def _head(self) -> QHBoxLayout:
        review = self.review
        row = QHBoxLayout()
        row.setSpacing(18)
        names = QVBoxLayout()
        names.setSpacing(2)
        self._when = label(kind="small", wrap=True)
        names.addWidget(self._title)
        names.addWidget(self._when)
        row.addLayout(names, 1)
        given = clock_words(review.given)
        if review.planned > 0:
            planned = _("for {time} planned").format(time=clock_words(review.planned))
            self._stat(row, given, planned)
            late = review.late
            tint = "warn" if late > _NOT_LATE else "ok" if late <= 0 else ""
            self._stat(row, difference_words(late), _("at the end"), tint)
        else:
            self._stat(row, given, _("in all"))
        if review.frames:
            shown = _("{n} of {all}").format(n=review.shown, all=review.frames)
            self._stat(row, shown, _("frames shown"))
        detours = (
            _("detours, {time}").format(time=clock_words(review.detour_seconds)) if review.detours else _("detours")
        )
        self._stat(row, str(len(review.detours)), detours, "detour" if review.detours else "")
        if review.left_out:
            left_out = _("left out, {time}").format(time=clock_words(review.left_out_seconds))
            self._stat(row, str(len(review.left_out)), left_out)
        self._stat(row, str(review.strokes), _("strokes of ink"))
        return row

    def _stat(self, row: QHBoxLayout, figure: str, words: str, tint: str = "") -> None:
        """A figure with what it counts below it, read as one."""
        part = QWidget()
        part.setObjectName("plain")
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        number = label(figure, "figures")
        restyle(number, figures="22", tint=tint)
        column.addWidget(number)
        column.addWidget(label(words, "small"))
        number.setAccessibleName(f"{figure} {words}")
        if self._stats:
            rule = frame("upright")
            row.addWidget(rule)
        self._stats.append(part)
        row.addWidget(part)

    def _chart_panel(self) -> QWidget:
        panel = frame("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(18, 10, 18, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(label(_("The time as it went"), "panel-title"))
        row.addSpacing(6)
        for tint, words in (
            ("warn", _("more than a quarter over")),
            ("detour", _("detour")),
            ("", _("within its time")),
        ):
            row.addLayout(self._legend(tint, words))
        row.addStretch(1)
        self._hint = label(_("point to read, click to replay from there"), "dim")
        row.addWidget(self._hint)
        column.addLayout(row)
        column.addWidget(self.chart, 1)
        return panel

    def _legend(self, tint: str, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(5)
        row.addWidget(_Swatch(lambda: self._appearance.tokens, tint))
        row.addWidget(label(words, "dim"))
        return row

    def _table_panel(self) -> QWidget:
        panel = frame("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(18, 10, 10, 8)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(label(_("By frame"), "panel-title"))
        row.addStretch(1)
        row.addWidget(self.order)
        row.addSpacing(8)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        return panel

    def _panel_around(self, inside: QWidget) -> QWidget:
        panel = frame("panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(inside)
        return panel

    # ------------------------------------------------------------------ what it says

    def set_talk(self, talk: KeptTalk) -> None:
        """Shows what the list of talks says of it now: its title, above all."""
        self.talk = talk
        self.setWindowTitle(_("{title} — talk given").format(title=talk.title))
        self._title.set_words(talk.title)
        self._crumb.set_words(talk.title)
        self._when.setText(when_words(self.review, talk))

    def show_error(self, error: AtelierError, *actions: Action) -> None:
        self.notices.show_error(error, *actions)

    def _on_order_chosen(self, value: str) -> None:
        self.table.sort_by(Order(value))

    def _on_appearance_changed(self) -> None:
        tokens = self._appearance.tokens
        self.key_sheet.set_tokens(tokens)
        self.toast.set_tokens(tokens)

    # ------------------------------------------------------------------ commands

    def _bind(self) -> None:
        bind = self.commands.bind
        bind("given.replay", lambda: self.replay_asked.emit(0.0))
        bind("given.adopt", self.adopt_asked.emit, lambda: bool(self.review.showings))
        bind("given.export", self.export_asked.emit)
        bind("given.write-up", self.write_up.take_focus)
        bind("given.publish", self.write_up.publish_asked.emit)
        bind("given.rename", self._rename)
        bind("given.delete", self._delete)
        bind("given.order", self._next_order)
        bind("given.close", self._close)
        bind("window.scheme", self._appearance.toggle)
        bind("window.keys", self.key_sheet.open)

    def _run(self, id_: str) -> None:
        self.commands.run(id_)

    def _next_order(self) -> None:
        order = Order.TALK if self.order.value == Order.DIFFERENCE else Order.DIFFERENCE
        self.order.set_value(order)
        self.table.sort_by(order)

    def _rename(self) -> None:
        title = self._ask_title(self, self.talk.title)
        if title and title != self.talk.title:
            self.rename_asked.emit(title)

    def _delete(self) -> None:
        """Deletes at the second press: nothing else keeps a talk."""
        now = time.monotonic()
        if now - self._deleting < TOAST_SECONDS:
            self.delete_asked.emit()
            return
        self._deleting = now
        self.toast.say(
            _("Nothing else keeps “{title}”. Once more deletes it for good.").format(title=self.talk.title),
            (Action(_("Delete for good"), self.delete_asked.emit),),
        )

    def _close(self) -> None:
        self.close()

    # ------------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        id_ = command_for(key_press(event), (GIVEN,))
        if id_ is None or not self.commands.run(id_):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _NARROW
        self._hint.setVisible(wide)
        self._write_up_panel.setFixedWidth(_PANEL if wide else _NARROW_PANEL)
        low = self.height() < _LOW
        self._page.setContentsMargins(28, 8 if low else 14, 28, 10 if low else 20)
        self._page.setSpacing(8 if low else 10)
        self.write_up.set_low(low=low)
        for button, words in self._tools:
            button.setText(words if wide else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self._icons.load()
            if not self.write_up.isAncestorOf(self.focusWidget()):
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


class _Swatch(QLabel):
    """A square of a legend, in the colour of a token or else the quiet one."""

    def __init__(self, tokens: Callable[[], Tokens], tint: str) -> None:
        super().__init__()
        self._tokens = tokens
        self._tint = tint
        self.setFixedSize(12, 12)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        tokens = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(cast("str", getattr(tokens, self._tint)) if self._tint else section_colours(tokens)[0])
        painter.drawRoundedRect(self.rect(), 2, 2)
        painter.end()


def ask_for_title(parent: QWidget, title: str) -> str:
    """Another title for a talk; empty when nobody gave one."""
    given, accepted = QInputDialog.getText(parent, _("Rename"), _("Title of this talk"), text=title)
    return given if accepted else ""
