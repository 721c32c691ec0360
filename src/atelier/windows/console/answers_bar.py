"""The bar of a frame with an activity that hands can be counted for: each answer with its number, − and +."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from atelier.commands.keys import command_for
from atelier.commands.table import BY_ID, COUNTING
from atelier.foundation.translation import _, ngettext
from atelier.markup.activities import Vote
from atelier.talk.answers import MOST
from atelier.windows.controls import Button, CommandCaps, Elided, Field, cap, frame, label, restyle
from atelier.windows.keyboard import key_press
from atelier.windows.notice import announce

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent

    from atelier.windows.counting import Counting, Question
    from atelier.windows.icons import Icons

CELL: Final = 256
"""Pixels that an answer takes at least."""
ROW: Final = 46
_GAP: Final = 6
_FIELD: Final = 60
_LEAST_WORDS: Final = 56
_STEPS: Final = {"Left": (0, -1), "Right": (0, 1), "Up": (-1, 0), "Down": (1, 0)}


class AnswersBar(QWidget):
    """There while the frame that the talk is at has something to count. `run` runs a command; `leave` gives the keys
    back to the talk.
    """

    def __init__(
        self, counting: Counting, icons: Icons, run: Callable[[str], object], leave: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._counting = counting
        self._icons = icons
        self._leave = leave
        self._shown: Question | None = None
        self._hidden: bool | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        panel = frame("panel")
        outer.addWidget(panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(10, 2, 10, 2)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.count = Button(_("Count hands"), "tool").for_command("answers.count")
        self.count.when_clicked(counting.toggle)
        icons.dress(self.count, "hand-palm", "text", 20)
        self.title = Elided("strong")
        self.total = label("", "small")
        self.results = Button("", "tool").for_command("answers.show")
        self.results.clicked.connect(lambda: run("answers.show"))
        head.addWidget(self.count)
        head.addWidget(CommandCaps("answers.count"))
        head.addWidget(self.title, 1)
        head.addWidget(self.total)
        head.addWidget(self.results)
        head.addWidget(CommandCaps("answers.show"))
        column.addLayout(head)
        self.table = AnswersTable(counting, icons, run)
        column.addWidget(self.table)
        counting.changed.connect(self.refresh)
        self.refresh()

    def set_room(self, height: int) -> None:
        """May be so many pixels high; more answers than that holds are scrolled."""
        self.table.set_room(height - 64)

    def refresh(self) -> None:
        """Shows what can be counted here, and what was."""
        counting = self._counting
        question = counting.at_hand
        opened = counting.open is not None
        closes = not self.table.isHidden() and not opened
        if closes and self.table.holds_focus:
            self._leave()
        self.setVisible(question is not None)
        if question is None:
            self._shown = None
            self.table.show_question(None)
            return
        questions = counting.questions
        number = f"{questions.index(question) + 1}/{len(questions)}  " if len(questions) > 1 else ""
        self.title.set_words(number + question.title)
        counts = counting.counts(question)
        words = _total_words(question, sum(counts))
        self.total.setText(words)
        hidden = counting.hidden(question)
        if hidden != self._hidden:
            self._hidden = hidden
            self._icons.dress(self.results, "eye-slash" if hidden else "eye", "text", 20)
            self.results.setText(" " + (_("Hidden from the room") if hidden else _("Seen by the room")))
            self.results.setAccessibleName(self.results.text().strip())
            restyle(self.results, on=not hidden)
        restyle(self.count, on=opened)
        self.table.show_question(question if opened else None)
        if opened and (self._shown is None or self._shown.asked != question.asked):
            self.table.take_focus()
        self._shown = question if opened else None


class AnswersTable(QScrollArea):
    """The answers of one question. With the focus in it 1-9 and the arrows are its own; Enter writes a number."""

    def __init__(self, counting: Counting, icons: Icons, run: Callable[[str], object]) -> None:
        super().__init__()
        self._counting = counting
        self._icons = icons
        self._run = run
        self._question: Question | None = None
        self._cells: list[_Cell] = []
        self._across = 1
        self._room = 10 * ROW
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Answers"))
        self.setAccessibleDescription(_("1-9 count a hand, Shift+1-9 take one back, Enter writes a number."))
        self._inside = QWidget()
        self._inside.setObjectName("plain")
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 6)
        self._grid.setSpacing(_GAP)
        self.setWidget(self._inside)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self.hide()

    @property
    def cells(self) -> list[_Cell]:
        return self._cells

    @property
    def holds_focus(self) -> bool:
        focused = self.window().focusWidget()
        return focused is self or self.isAncestorOf(focused)

    def take_focus(self) -> None:
        """Has the keys from now on."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_room(self, height: int) -> None:
        """May be so many pixels high."""
        self._room = max(height, ROW + _GAP)
        self._fit()

    def show_question(self, question: Question | None) -> None:
        """Shows its answers and what was counted; nothing for None."""
        if question is None:
            self._question = None
            self.hide()
            return
        if self._question != question:
            self._question = question
            self._fill(question)
        counts, chosen = self._counting.counts(question), self._counting.chosen
        for place, cell in enumerate(self._cells):
            cell.show_count(counts[cell.number], chosen=place == chosen, focused=self.hasFocus())
        self.show()
        if 0 <= chosen < len(self._cells):
            self.ensureWidgetVisible(self._cells[chosen], 0, _GAP)

    def _fill(self, question: Question) -> None:
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        for place, number in enumerate(question.numbers):
            cell = _Cell(place, number, question.answers[number], self._icons)
            cell.added.connect(self._on_added)
            cell.written.connect(self._on_written)
            cell.chosen.connect(self._on_chosen)
            cell.left.connect(self.take_focus)
            self._cells.append(cell)
        self._lay_out()

    def _lay_out(self) -> None:
        most = max(1, (self.width() + _GAP) // (CELL + _GAP))
        rows = -(-len(self._cells) // most) or 1
        self._across = -(-len(self._cells) // rows) or 1
        for column in range(max(self._grid.columnCount(), self._across)):
            self._grid.setColumnStretch(column, 1 if column < self._across else 0)
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, place // self._across, place % self._across)
        self._fit()

    def _fit(self) -> None:
        rows = -(-len(self._cells) // self._across) or 1
        needed = rows * ROW + (rows - 1) * _GAP + 6
        self.setFixedHeight(max(min(needed, self._room), ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    # ------------------------------------------------------------------ acts

    def _on_added(self, place: int, by: int) -> None:
        self._counting.add(place, by)
        self._say(place)

    def _on_written(self, place: int, to: int) -> None:
        if self._question is not None:
            self._counting.set(self._question, self._cells[place].number, to)

    def _on_chosen(self, place: int) -> None:
        self._counting.choose(place)
        self.take_focus()

    def _say(self, place: int) -> None:
        """Reads aloud what an answer has now."""
        announce(self, self._cells[place].accessibleName())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        chosen = self._counting.chosen
        if press.name in _STEPS and not (press.ctrl or press.alt or press.shift):
            down, right = _STEPS[press.name]
            self._counting.choose(chosen + down * self._across + right)
            self._say(self._counting.chosen)
        elif press.name == "Enter" and chosen < len(self._cells):
            self._cells[chosen].write()
        elif (command := command_for(press, (COUNTING,))) is not None:
            self._run(command)
            if BY_ID[command].when == COUNTING and self._counting.chosen < len(self._cells):
                self._say(self._counting.chosen)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.show_question(self._question)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._question is not None and self._counting.open is not None:
            self.show_question(self._question)


class _Cell(QFrame):
    """An answer, its key, and how many hands there were; `place` counts those shown, `number` all of the activity."""

    added = Signal(int, int)
    written = Signal(int, int)
    chosen = Signal(int)
    left = Signal()
    """Its number is written: the keys are the table's again."""

    def __init__(self, place: int, number: int, words: str, icons: Icons) -> None:
        super().__init__()
        self.place, self.number, self.words = place, number, words
        self.setProperty("kind", "answer-cell")
        self.setFixedHeight(ROW)
        self.setToolTip(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(4)
        if place < 9:
            row.addWidget(cap(str(place + 1)))
        title = Elided("body")
        title.set_words(words)
        title.setMinimumWidth(_LEAST_WORDS)
        row.addWidget(title, 1)
        self.less = self._button(_("A hand less: {answer}").format(answer=words), "minus", icons, -1)
        self.field = _Number(_("Hands: {answer}").format(answer=words))
        self.field.done.connect(self._on_done)
        self.field.taken_back.connect(self._take_back)
        self.field.editingFinished.connect(self._on_edited)
        self.more = self._button(_("A hand more: {answer}").format(answer=words), "plus", icons, 1)
        row.addWidget(self.less)
        row.addWidget(self.field)
        row.addWidget(self.more)
        self._count = 0

    def _button(self, words: str, icon: str, icons: Icons, by: int) -> Button:
        button = Button("", "tally").when_clicked(lambda: self.added.emit(self.place, by))
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows, + and − of the table do the same
        button.setFixedWidth(40)
        icons.dress(button, icon, "text", 18)
        return button

    def show_count(self, count: int, *, chosen: bool, focused: bool) -> None:
        self._count = count
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText(str(count))
        self.setAccessibleName(f"{self.words}: {count}")
        marked = chosen and focused
        if bool(self.property("chosen")) != marked:
            restyle(self, chosen=marked)

    def write(self) -> None:
        """Has its number written with the keys."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _on_edited(self) -> None:
        if self.field.isModified() and self.field.text():
            self.field.setModified(False)
            self.written.emit(self.place, int(self.field.text()))
        else:
            self._restore()

    def _restore(self) -> None:
        self.field.setModified(False)
        self.field.setText(str(self._count))

    def _on_done(self) -> None:
        self._on_edited()
        self.chosen.emit(self.place)

    def _take_back(self) -> None:
        self._restore()
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - anywhere on it
        self.chosen.emit(self.place)


class _Number(Field):
    """Takes digits. Enter is done with it, Escape takes back what was written."""

    done = Signal()
    taken_back = Signal()

    def __init__(self, name: str) -> None:
        super().__init__("")
        self._came = False
        self.setAccessibleName(name)
        self.setValidator(QIntValidator(0, MOST, self))
        self.setFixedWidth(_FIELD)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = key_press(event).name
        if name == "Enter":
            self.done.emit()
        elif name == "Escape":
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._came = True
        self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._came and not self.hasSelectedText():
            self.selectAll()  # which the press that brought the focus took back
        self._came = False


def _total_words(question: Question, total: int) -> str:
    if isinstance(question.activity.task, Vote):
        return ngettext("{n} dot", "{n} dots", total).format(n=total)
    return ngettext("{n} answer", "{n} answers", total).format(n=total)
