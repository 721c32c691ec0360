"""What became of it: where the draft is, and how one goes on writing there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from atelier.foundation.translation import _, ngettext
from atelier.windows.controls import Button, Elided, frame, label
from atelier.windows.publish.address_line import AddressLine

if TYPE_CHECKING:
    from atelier.windows.icons import Icons

KEPT = "kept"


@dataclass(frozen=True, slots=True)
class SentPost:
    """A post of the site: `outcome` is created, updated, same or kept, `edit` where to go on writing."""

    title: str
    lang: str
    outcome: str
    edit: str
    uploaded: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What `atelier publish --json` says; `kept`: the keyring has the password."""

    site: str
    user: str
    kept: bool
    posts: tuple[SentPost, ...]


def read_sent(said: object) -> Sent | None:
    """What became of it in what a run of the program says; None where it says something else."""
    value = cast("dict[str, Any]", said) if isinstance(said, dict) else {}
    try:
        posts = tuple(
            SentPost(
                title=str(each["title"]),
                lang=str(each["lang"]),
                outcome=str(each["outcome"]),
                edit=str(each["edit"]),
                uploaded=int(each["uploaded"]),
                left_out=tuple(str(name) for name in each["left_out"]),
            )
            for each in value["posts"]
        )
        return Sent(str(value["site"]), str(value["user"]), bool(value["kept"]), posts)
    except (KeyError, TypeError, ValueError):
        return None


class DonePage(QWidget):
    """Says where the draft is; the browser opens by a click alone."""

    open_asked = Signal(str)
    """An address to open."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("plain")
        icon = label()
        icons.dress(icon, "check-circle", "ok", 20)
        self.title = label(kind="panel-title", wrap=True)
        self._words = label(kind="small", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._controls: list[QWidget] = []
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon)
        head.addWidget(self.title, 1)
        inside = QWidget()
        inside.setObjectName("plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._rows)
        column.addWidget(self._words)
        column.addStretch(1)
        self._roll = QScrollArea()  # a deck may have many languages
        self._roll.setWidgetResizable(True)
        self._roll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._roll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._roll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self._roll, 1)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return tuple(self._controls)

    def show_control(self, control: QWidget | None) -> None:
        """Rolls to a control that has the focus."""
        if control is not None and self._roll.isAncestorOf(control):
            self._roll.ensureWidgetVisible(control)

    def show_sent(self, sent: Sent, *, typed: bool) -> None:
        """Shows every post; `typed`: the password was typed rather than the keyring's."""
        changed = [each for each in sent.posts if each.outcome != KEPT]
        if not changed:
            words = _("Nothing was sent: the post is as it was on {site}.")
        elif len(changed) == 1:
            words = _("The draft is on {site}")
        else:
            words = _("The drafts are on {site}")
        self.title.setText(words.format(site=sent.site.partition("://")[2]))
        for each in sent.posts:
            self._add_post(each)
        self._words.setText("\n".join(_remarks(sent, typed=typed)))
        self._words.setVisible(bool(self._words.text()))
        first = self._controls[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_post(self, post: SentPost) -> None:
        card = frame("well")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 12, 12)
        column.setSpacing(6)
        title = Elided("strong")
        title.set_words(post.title)
        column.addWidget(title)
        column.addWidget(label(f"{post.lang} · {_outcome(post)}", "small", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        open_button = Button(_("Open"), "primary", dense=True)
        open_button.setAccessibleName(_("Open “{title}” in the browser").format(title=post.title))
        open_button.when_clicked(lambda: self.open_asked.emit(post.edit))
        address = AddressLine(_("Where to go on writing"))
        address.show_address(post.edit)
        row.addWidget(open_button)
        row.addWidget(address, 1)
        column.addLayout(row)
        self._rows.addWidget(card)
        card.show()  # now, for the focus goes to it
        self._controls += [open_button, address.field, address.copy_button]


def _outcome(post: SentPost) -> str:
    words = {
        "created": _("A new draft"),
        "updated": _("Brought up to date"),
        "same": _("There already, as it is"),
        KEPT: _("Left as it is on the site"),
    }.get(post.outcome, "")
    if post.uploaded:
        counted = ngettext("{n} picture uploaded", "{n} pictures uploaded", post.uploaded).format(n=post.uploaded)
        words += f" · {counted}"
    return words


def _remarks(sent: Sent, *, typed: bool) -> list[str]:
    missing = dict.fromkeys(name for post in sent.posts for name in post.left_out)
    words = _("“{name}” is not on the site, and {user} may not add it there: it is left out.")
    remarks = [words.format(name=name, user=sent.user) for name in missing]
    if typed:
        kept, lost = (
            _("The password is now in the keyring of this system."),
            _("The password was used this once and is kept nowhere."),
        )
        remarks.append(kept if sent.kept else lost)
    return remarks
