"""The talk as an article: how it would begin, what goes into it, what stays with its author, and the
buttons that write it to files and publish it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.windows.choices import CheckBox, Choice
from atelier.windows.controls import Button, FolderButton, frame, label
from atelier.windows.export.article_page import ArticlePage
from atelier.windows.export.offers import KIND, kinds_option, write_up
from atelier.windows.export.question import DraftQuestion
from atelier.windows.export.stays import StaysReport, StaysRow
from atelier.windows.export.work_line import WorkLine
from atelier.windows.keyboard import key_press

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from atelier.foundation.run_messages import Question
    from atelier.windows.export.article_page import ArticleBeginning
    from atelier.windows.export.offers import Option, Value
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

_BOX, _LOW_BOX = 28, 23
_FOOT, _LOW_FOOT = 40, 34
"""Pixels of a box with its words and of the button, where there is room and where there is not."""


class WriteUpPanel(QWidget):
    """Says how the talk is to be written up; it writes nothing itself."""

    write_asked = Signal()
    publish_asked = Signal()
    cancel_asked = Signal()
    folder_asked = Signal()
    answered = Signal(str)
    changed = Signal()
    """Something else is chosen: the article would begin otherwise."""

    def __init__(self, tokens: Callable[[], Tokens], icons: Icons) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.offer = write_up()
        self._kinds = kinds_option(self.offer)
        self.page = ArticlePage(tokens)
        self.question = DraftQuestion(narrow=True)
        self.work = WorkLine()
        self.stays = StaysRow(icons)
        self.report = StaysReport()
        self._length = label(kind="small")
        self.boxes = {option.id: CheckBox(_(option.words), tokens) for option in self.offer.options}
        self.kind = Choice(_("Kind of draft"), self._kinds.values, tokens)
        self.folder_button = FolderButton(icons)
        self.write_button = Button(_("Write the article"), "primary").for_command("given.write-up")
        icons.dress(self.write_button, "article", "on_accent", 16)
        self.publish_button = Button(_("Publish as a draft…")).for_command("given.publish")
        icons.dress(self.publish_button, "globe", "text", 16)
        self._build()
        for box in self.boxes.values():
            box.toggled.connect(self._on_changed)
        self.kind.chosen.connect(self._on_changed)
        self.folder_button.when_clicked(self.folder_asked.emit)
        self.write_button.when_clicked(self.write_asked.emit)
        self.publish_button.when_clicked(self.publish_asked.emit)
        self.stays.report_asked.connect(self._show_report)
        self.report.closed.connect(self._hide_report)
        self.work.cancelled.connect(self.cancel_asked)
        self.question.answered.connect(self._on_answered)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        whole.addWidget(self._pages)
        choose = QWidget()
        choose.setObjectName("plain")
        column = self._column = QVBoxLayout(choose)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(label(_("Write up"), "panel-title"), 1)
        head.addWidget(self._length)
        column.addLayout(head)
        self._well = frame("well")
        inside = QVBoxLayout(self._well)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.page)
        column.addWidget(self._well, 1)
        for box in self.boxes.values():
            column.addWidget(box)
        column.addStretch(0)  # takes what the page leaves where it is hidden
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.kind, 2)
        row.addWidget(self.folder_button, 3)
        column.addLayout(row)
        column.addWidget(self.stays)
        self._foot = QStackedWidget()
        self._foot.addWidget(self._build_buttons())
        self._foot.addWidget(self.work)
        column.addWidget(self._foot)
        self._pages.addWidget(choose)
        for page in (self.question, self.report):
            page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # while it is not shown
            self._pages.addWidget(page)
        self.set_low(low=False)

    def _build_buttons(self) -> QWidget:
        both = QWidget()
        both.setObjectName("plain")
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.write_button, 1)
        row.addWidget(self.publish_button)
        return both

    def set_low(self, *, low: bool) -> None:
        """Does with little height: without the beginning of the article, for one."""
        self._well.setVisible(not low)
        self.stays.set_low(low=low)
        self._column.setSpacing(2 if low else 6)
        self._foot.setFixedHeight(_LOW_FOOT if low else _FOOT)
        for box in self.boxes.values():
            box.setFixedHeight(_LOW_BOX if low else _BOX)

    # ------------------------------------------------------------------ what is chosen

    @property
    def options(self) -> Mapping[Option, Value]:
        """What is chosen, as the command line takes it."""
        chosen: dict[Option, Value] = {option: self.boxes[option.id].isChecked() for option in self.offer.options}
        return chosen | {self._kinds: self.kind.value}

    @property
    def values(self) -> dict[str, Value]:
        """What is to be remembered."""
        return {option.id: value for option, value in self.options.items()}

    def show_choices(self, values: Mapping[str, Value], folder: Path) -> None:
        """Shows what was chosen the last time, or is usual; tells nobody."""
        for option in self.offer.options:
            box = self.boxes[option.id]
            box.blockSignals(True)
            box.setChecked(bool(option.taken(values.get(option.id))))
            box.blockSignals(False)
        self.kind.set_value(str(self._kinds.taken(values.get(KIND))))
        self.folder_button.set_folder(folder)

    @property
    def folder(self) -> Path:
        return self.folder_button.folder

    def show_article(self, article: ArticleBeginning) -> None:
        self.page.show_article(article)
        self._length.setText(article.length)
        self.stays.show_article(article)
        self.report.show_article(article)

    def _show_report(self) -> None:
        self._pages.setCurrentWidget(self.report)
        self.report.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_report(self) -> None:
        self._pages.setCurrentIndex(0)
        self.stays.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if key_press(event).name == "Escape" and self._pages.currentWidget() is self.report:
            self._hide_report()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Puts the focus on what writes the article."""
        self.write_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_changed(self, *_value: object) -> None:
        self.changed.emit()

    # ------------------------------------------------------------------ the work

    def begin(self) -> None:
        """The article is being written: until `finish` nothing can be chosen."""
        self._set_working(working=True)
        self.work.begin(_("Draft"))
        self.work.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, question: Question) -> None:
        """Asks what becomes of a file that both changed."""
        self._pages.setCurrentWidget(self.question)
        self.question.show_question(question)

    def _on_answered(self, choice: str) -> None:
        self._pages.setCurrentIndex(0)
        self.answered.emit(choice)

    def finish(self) -> None:
        """Nothing is being written any more."""
        self._pages.setCurrentIndex(0)
        self._set_working(working=False)
        self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_working(self, *, working: bool) -> None:
        self._foot.setCurrentIndex(1 if working else 0)
        for control in (*self.boxes.values(), self.kind, self.folder_button):
            control.setEnabled(not working)
