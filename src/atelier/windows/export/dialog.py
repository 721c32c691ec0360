"""The export dialog: what is to be made of a deck, how, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from atelier.commands.keys import command_for
from atelier.commands.table import LIBRARY
from atelier.foundation.export_choices import ExportChoices
from atelier.foundation.translation import _, ngettext
from atelier.windows.controls import Button, Elided, FolderButton, frame, label
from atelier.windows.export.article_page import ArticlePage
from atelier.windows.export.offers import BLOG, DRAFT, common_options, offers
from atelier.windows.export.option_form import OptionForm
from atelier.windows.export.preview import PagesPreview
from atelier.windows.export.question import DraftQuestion
from atelier.windows.export.rows import OfferList
from atelier.windows.export.stays import StaysLine, StaysReport
from atelier.windows.export.work_line import WorkLine
from atelier.windows.keyboard import key_press
from atelier.windows.notice import NoticeBar
from atelier.windows.overlay import Overlay, pass_focus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from atelier.foundation.run_messages import Progress, Question
    from atelier.windows.export.article_page import ArticleBeginning
    from atelier.windows.export.offers import Facts, Offer, Option, Value
    from atelier.windows.export.pictures import ExportPictures
    from atelier.windows.icons import Icons
    from atelier.windows.notice import Notice
    from atelier.windows.tokens import Tokens

COMMON: Final = "*"
"""Under which name values are kept that all offers share."""
LARGEST: Final = QSize(1080, 720)
_MARGIN: Final = 24
_WIDE: Final = 960
_LIST, _NARROW_LIST = 300, 276


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to be made, with what was chosen for it."""

    offer: Offer
    options: Mapping[Option, Value]


class ExportDialog(Overlay):
    """Says what is wanted of a deck; it makes nothing itself."""

    export_asked = Signal(object)
    """The things `Wanted`, a tuple, for the folder."""
    cancel_asked = Signal()
    answered = Signal(str)
    article_needed = Signal(object)
    """A `Wanted` whose beginning is to be shown by `page`."""
    folder_asked = Signal()
    publish_asked = Signal(object)
    """The blog draft as `Wanted`, for a site rather than for the folder."""

    def __init__(
        self,
        host: QWidget,
        facts: Facts,
        choices: ExportChoices,
        folder: Path,
        pictures: ExportPictures,
        tokens: Tokens,
        icons: Icons,
    ) -> None:
        super().__init__(host, tokens, veiled=True)
        self.setAccessibleName(_("Export"))
        self.facts = facts
        self._icons = icons
        self._pictures = pictures
        pictures.setParent(self)
        self._working = False
        self._offers = {offer.id: offer for offer in offers()}
        self._values = {name: dict(values) for name, values in choices.values.items()}
        get = self._get_tokens
        self.list = OfferList(tuple(self._offers.values()), get, icons)
        self.preview = PagesPreview(pictures, get)
        self.page = ArticlePage(get)
        self.lack = ArticlePage(get)
        """What to install, in place of a preview."""
        self.question = DraftQuestion()
        self.stays = StaysLine(icons)
        self.report = StaysReport()
        self.notices = NoticeBar(self, icons=icons)
        self.work = WorkLine()
        self.form: OptionForm | None = None
        self._build()
        self._connect()
        self.set_folder(folder)
        ticked = [id_ for id_ in choices.ticked if id_ in self._offers] or [next(iter(self._offers))]
        for row in self.list.rows:
            row.setChecked(row.offer.id in ticked)
        self.list.look_at(ticked[0])
        self._count()

    def show_current(self) -> None:
        """Shows what is looked at anew, and has the deck read for what stays with its author."""
        offer = self.list.current.offer
        self._show_offer(offer.id)
        if offer.command != DRAFT:
            self.article_needed.emit(self.wanted(BLOG))

    def _get_tokens(self) -> Tokens:
        return self.tokens

    # ------------------------------------------------------------------ layout

    def _build(self) -> None:
        self._whole = QHBoxLayout(self)
        self._whole.setSpacing(0)
        self._side = QWidget()
        self._side.setObjectName("plain")
        left = QVBoxLayout(self._side)
        left.setContentsMargins(20, 20, 16, 16)
        left.setSpacing(2)
        left.addWidget(label(_("Export"), "window-title"))
        title = Elided("small")
        title.set_words(self.facts.title)
        left.addWidget(title)
        left.addSpacing(12)
        left.addWidget(self.list, 1)
        self._whole.addWidget(self._side)
        rule = frame("rule-upright")
        self._whole.addWidget(rule)
        right = QVBoxLayout()
        right.setContentsMargins(20, 20, 20, 16)
        right.setSpacing(12)
        self.notices.hide()
        right.addWidget(self.notices)
        self._name = label(kind="panel-title")
        self._shown = QStackedWidget()
        well = frame("well")
        inside = QVBoxLayout(well)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.preview)
        inside.addWidget(self.page)
        inside.addWidget(self.lack)
        part = QWidget()
        part.setObjectName("plain")
        self._part = QVBoxLayout(part)
        self._part.setContentsMargins(0, 0, 0, 0)
        self._part.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        self._length = label(kind="small")
        head.addWidget(self._length)
        self.publish_button = Button(_("Publish as a draft…"), dense=True)
        self._icons.dress(self.publish_button, "globe", "text", 16)
        head.addWidget(self.publish_button)
        self._part.addLayout(head)
        self._part.addWidget(well, 1)
        self._shown.addWidget(part)
        self._shown.addWidget(self.question)
        self._shown.addWidget(self.report)
        right.addWidget(self._shown, 1)
        right.addWidget(self.stays)
        right.addWidget(self._build_foot())
        self._whole.addLayout(right, 1)

    def _build_foot(self) -> QWidget:
        choose = QWidget()
        choose.setObjectName("plain")
        row = QHBoxLayout(choose)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(_("Into"), "small"))
        self.folder_button = FolderButton(self._icons)
        row.addWidget(self.folder_button, 1)
        self.close_button = Button(_("Close"), "ghost")
        row.addWidget(self.close_button)
        self.export_button = Button(_("Export"), "primary", tall=True)
        self._icons.dress(self.export_button, "export", "on_accent", 16)
        row.addWidget(self.export_button)
        self._foot = QStackedWidget()
        self._foot.setFixedHeight(40)
        self._foot.addWidget(choose)
        self._foot.addWidget(self.work)
        return self._foot

    def _connect(self) -> None:
        self.list.looked_at.connect(self._show_offer)
        self.list.ticked.connect(self._count)
        self.folder_button.when_clicked(self.folder_asked.emit)
        self.close_button.when_clicked(self.close_panel)
        self.export_button.when_clicked(self._export)
        self.publish_button.when_clicked(lambda: self.publish_asked.emit(self.wanted(BLOG)))
        self.work.cancelled.connect(self.cancel_asked)
        self.question.answered.connect(self._on_answered)
        self.stays.report_asked.connect(self._show_report)
        self.report.closed.connect(self._hide_report)

    # ------------------------------------------------------------------ what is chosen

    @property
    def folder(self) -> Path:
        """Where everything goes."""
        return self.folder_button.folder

    def set_folder(self, folder: Path) -> None:
        self.folder_button.set_folder(folder)

    @property
    def choices(self) -> ExportChoices:
        """What is to be remembered."""
        return ExportChoices(self.list.chosen, self._values, str(self.folder))

    def wanted(self, id_: str) -> Wanted:
        """An offer with what is chosen for it, remembered or usual."""
        offer = self._offers[id_]
        common = common_options(offer, self.facts)
        options = {option: option.taken(self._values.get(COMMON, {}).get(option.id)) for option in common}
        own = {option: option.taken(self._values.get(id_, {}).get(option.id)) for option in offer.options}
        return Wanted(offer, options | own)

    def _show_offer(self, id_: str) -> None:
        wanted = self.wanted(id_)
        self._name.setText(_(wanted.offer.name))
        if self.form is not None:
            self._part.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        values = {option.id: value for option, value in wanted.options.items()}
        self.form = OptionForm(tuple(wanted.options), values, self._get_tokens)
        self.form.changed.connect(self._on_option_changed)
        self._part.addWidget(self.form)
        is_text, lacks = wanted.offer.command == DRAFT, bool(wanted.offer.missing)
        self.form.setVisible(not lacks)
        self.lack.setVisible(lacks)
        self.page.setVisible(is_text and not lacks)
        self.preview.setVisible(not is_text and not lacks)
        self._length.setVisible(is_text)
        self.publish_button.setVisible(id_ == BLOG)
        self._show_preview(wanted)

    def _show_preview(self, wanted: Wanted) -> None:
        values = {option.id: value for option, value in wanted.options.items()}
        if wanted.offer.missing:
            self.lack.say(wanted.offer.missing)
        elif wanted.offer.command == DRAFT:
            if self.page.article is None:
                self.page.say(_("The article is being read…"))
            self.article_needed.emit(wanted)
        else:
            self._pictures.show(str(values.get("path", "")), str(values.get("lang", "")))
            self.preview.show_offer(wanted.offer, values)

    def _on_option_changed(self, id_: str, value: Value) -> None:
        offer = self.list.current.offer
        shared = any(option.id == id_ for option in common_options(offer, self.facts))
        self._values.setdefault(COMMON if shared else offer.id, {})[id_] = value
        self._show_preview(self.wanted(offer.id))

    def show_article(self, article: ArticleBeginning) -> None:
        """Shows how the article begins that was needed."""
        self.page.show_article(article)
        self._length.setText(article.length)
        self.stays.show_article(article)
        self.report.show_article(article)

    def _show_report(self) -> None:
        self._shown.setCurrentWidget(self.report)
        self.report.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_report(self) -> None:
        self._shown.setCurrentIndex(0)
        self.stays.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> None:
        chosen = self.list.chosen
        n = len(chosen)
        words = ngettext("Export {n} format", "Export {n} formats", n).format(n=n) if n else _("Export")
        self.export_button.setText(f" {words}")
        self.export_button.setAccessibleName(words)
        self.export_button.setEnabled(bool(n))

    def _export(self) -> None:
        self.notices.clear()
        self.export_asked.emit(tuple(self.wanted(id_) for id_ in self.list.chosen))

    # ------------------------------------------------------------------ the work

    @property
    def working(self) -> bool:
        return self._working

    def begin(self, what: str) -> None:
        """Something is being made: until `finish` nothing can be chosen."""
        self._set_working(working=True)
        self.work.begin(what)

    def show_progress(self, progress: Progress) -> None:
        self.work.show_progress(progress)

    def ask(self, question: Question) -> None:
        """Asks what becomes of a file that both changed."""
        self._shown.setCurrentWidget(self.question)
        self.question.show_question(question)

    def _on_answered(self, choice: str) -> None:
        self._shown.setCurrentIndex(0)
        self.work.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.answered.emit(choice)

    def finish(self, notice: Notice | None = None) -> None:
        """Nothing is being made any more; says what went wrong, where something did."""
        self._set_working(working=False)
        self._shown.setCurrentIndex(0)
        if notice is not None:
            self.notices.tell(notice)
        self.export_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_working(self, *, working: bool) -> None:
        if working == self._working:
            return
        self._working = working
        self._foot.setCurrentIndex(1 if working else 0)
        self.list.setEnabled(not working)
        self.publish_button.setEnabled(not working)
        if self.form is not None:
            self.form.setEnabled(not working)
        if working:
            self.work.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ Overlay

    def open(self) -> None:
        super().open()
        QTimer.singleShot(0, self, self._icons.load)

    def take_focus(self) -> None:
        self.list.current.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Closes it, unless something is being made: that is cancelled."""
        if self._working:
            self.cancel_asked.emit()
        else:
            self.put_away()

    def put_away(self) -> None:
        """Closes it, also while something is being made."""
        self._pictures.stop()
        super().close_panel()

    def panel_rect(self, size: QRect) -> QRect:
        width = min(LARGEST.width(), size.width() - 2 * _MARGIN)
        height = min(LARGEST.height(), size.height() - 2 * _MARGIN)
        return QRect((size.width() - width) // 2, (size.height() - height) // 2, width, height)

    def place(self) -> None:
        super().place()
        inner = self.inner
        self._whole.setContentsMargins(
            inner.left(), inner.top(), self.width() - inner.right() - 1, self.height() - inner.bottom() - 1
        )
        self._side.setFixedWidth(_LIST if inner.width() >= _WIDE else _NARROW_LIST)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Keeps Tab inside, in the order of what is seen."""
        form = self.form
        ring: list[QWidget] = [*self.notices.findChildren(Button), self.list.current]
        ring.append(self.publish_button)
        if form is not None:
            ring += [*form.lists.values(), *form.boxes.values()]
        ring += [self.question.difference, *self.question.buttons.values()]
        ring += [self.report.lines, self.report.button, self.stays.button]
        ring += [self.folder_button, self.close_button, self.export_button, self.work.cancel_button]
        return pass_focus(ring, forward=next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = key_press(event)
        if press.name == "Escape" and self._shown.currentWidget() is self.report:
            self._hide_report()
        elif press.name == "Escape" or command_for(press, (LIBRARY,)) == "library.export":
            self.close_panel()
        elif press.name == "Enter" and self.list.isAncestorOf(self.window().focusWidget()):
            self.export_button.click()
        event.accept()  # the window behind has keys of its own

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if not self.inner.contains(event.position().toPoint()):
            self.close_panel()
