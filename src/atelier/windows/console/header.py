"""Who sees what: the line over the current view."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from atelier.commands.table import BY_ID
from atelier.foundation.translation import _, ngettext
from atelier.windows.controls import Button, CommandCaps, cap, label, restyle
from atelier.windows.notice import announce
from atelier.windows.style import font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from atelier.render.scene import Scene
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.console.tool_hint import ToolHint
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

HEIGHT: Final = 36
BELOW: Final = 4
"""Pixels between it and the picture."""
MOST_PILLS: Final = 8
"""Steps that are shown as pills; more are only counted."""
_PILL, _PITCH = 18, 22
_NAME = 160
"""Pixels that the name of what was left may take; half of that where several are named."""
_NAMES = 2
_NARROW = 480
"""Pixels under which it has fewer words on a large screen too."""
_FROZEN_NAMES = 560
"""Pixels from which on they are named beside the button of a frozen picture."""


class Pills(QWidget):
    """A pill a step, filled when the room has seen it."""

    def __init__(self, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._tokens = tokens
        self._step, self._steps = 0, 0
        self.setFixedHeight(14)
        self.hide()

    def show_steps(self, step: int, steps: int) -> None:
        """Shows so many of so many steps; nothing for a frame without."""
        self._step, self._steps = step, steps
        shown = 0 < steps <= MOST_PILLS
        self.setVisible(shown)
        if shown:
            self.setFixedWidth(steps * _PITCH)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small
        tokens = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n in range(self._steps):
            pill = QRectF(n * _PITCH, 4, _PILL, 6)
            if n < self._step:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.text))
                painter.drawRoundedRect(pill, 3, 3)
            else:
                painter.setPen(QPen(QColor(tokens.strong), 1.2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(pill.adjusted(0.6, 0.6, -0.6, -0.6), 3, 3)
        painter.end()


class Dot(QWidget):
    """A point in the colour of a token."""

    def __init__(self, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self._tokens = tokens
        self._colour_of = "live"
        self.setFixedSize(12, 16)

    def set_token(self, token: str) -> None:
        self._colour_of = token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(str(getattr(self._tokens(), self._colour_of))))
        painter.drawEllipse(QRectF(1.5, 3.5, 9, 9))
        painter.end()


class Header(QWidget):
    """Says what the room sees, how far its steps are, and the way back from a detour. `run` runs a command,
    `menu` is the button of the panel's menu.
    """

    left_chosen = Signal(int)
    """Which of the positions that were left, counted from the outermost, was clicked."""

    def __init__(
        self,
        talk: Talk,
        icons: Icons,
        tokens: Callable[[], Tokens],
        run: Callable[[str], object],
        hint: ToolHint,
        menu: QWidget,
    ) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._tool = hint
        self._talk = talk
        self._compact = False
        self._said = ""
        self._names: tuple[str, ...] = ()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        self._dot = Dot(tokens)
        self._flake = QLabel()
        icons.dress(self._flake, "snowflake", "accent", 16)
        self.who = label("", "who")
        self._crumbs = QWidget()
        self._crumbs.setObjectName("plain")
        self._crumb_row = QHBoxLayout(self._crumbs)
        self._crumb_row.setContentsMargins(0, 0, 0, 0)
        self._crumb_row.setSpacing(4)
        self.title = label("", "panel-title")
        self.here = label("", "chip-detour")
        self.pills = Pills(tokens)
        self.steps = label("", "small")
        self.levels = label("", "chip-detour")
        self.back = Button("", "way-back", dense=True).for_command("history.return")
        way_back = BY_ID["history.return"]
        self.back.setAccessibleName(_(way_back.title))
        self.back.clicked.connect(lambda: run("history.return"))
        icons.dress(self.back, "arrow-u-up-left", "detour", 16)
        self._back_key = cap("⌫")
        self._hint = label(_("gives the picture back"), "dim")
        self._black_key, self._white_key = (CommandCaps(f"room.{each}") for each in ("black", "white"))
        self.show_this = Button(_("Show this"), "primary", dense=True).for_command("room.freeze")
        self.show_this.clicked.connect(lambda: run("room.freeze"))
        icons.dress(self.show_this, "projector-screen", "on_accent", 16)
        self._freeze_key = CommandCaps("room.freeze")
        for widget in (self._dot, self._flake, self.who, self._crumbs):
            row.addWidget(widget)
        for widget in (self.title, self.here, self.pills, self.steps):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(hint)
        for widget in (
            *(self.levels, self.back, self._back_key),
            *(self._hint, self._black_key, self._white_key, self.show_this, self._freeze_key, menu),
        ):
            row.addWidget(widget)

    def set_compact(self, *, compact: bool) -> None:
        """With fewer words, for a small screen."""
        if compact != self._compact:
            self._names = ()
        self._compact = compact

    @property
    def _brief(self) -> bool:
        return self._compact or self.width() < _NARROW

    def refresh(self, scene: Scene, position: Position, *, seen: bool = True) -> None:
        """Says what is so now; `position` is where the room is, and `seen` whether its picture is on a screen."""
        talk = self._talk
        cover, frozen = talk.state.cover, talk.state.frozen
        here = talk.position if frozen else position
        self._dot.set_token("warn" if cover else "detour" if talk.state.rehearsal else "live" if seen else "warn")
        self._dot.setVisible(bool(cover) or not frozen)
        self._flake.setVisible(frozen and not cover)
        words = {"black": _("The audience sees black"), "white": _("The audience sees white")}
        rehearsal = talk.state.rehearsal
        sees = _("The audience sees") if seen else _("Nobody sees")
        if rehearsal:
            sees = _("Rehearsal, the audience would see")
        self.who.setText(words.get(cover) or (_("Frozen") if frozen else sees))
        tint = "accent" if frozen else "detour" if rehearsal else "live" if seen else "warn"
        tint = "warn" if cover else tint
        if self.who.property("tint") != tint:
            restyle(self.who, tint=tint)
        self._show_steps(here, hidden=bool(cover) or frozen)
        self._show_detours(scene, here, hidden=bool(cover))
        self._hint.setVisible(bool(cover))
        self._black_key.setVisible(cover == "black")
        self._white_key.setVisible(cover == "white")
        self.show_this.setVisible(frozen and not cover)
        self._freeze_key.setVisible(frozen and not cover)
        self._tool.refresh(room=not frozen and here.on_path and not self._brief)
        self._show_title(_title(scene, here), here, hidden=bool(cover))
        said = ", ".join(part for part in (self.who.text(), self.title.toolTip(), self.steps.text()) if part)
        if said != self._said:
            self._said = said
            self.setAccessibleName(said)
            announce(self, said)

    def _show_title(self, title: str, here: Position, *, hidden: bool) -> None:
        """The title in what room the rest leaves; the last of the names where detours nest."""
        nested = len(here.detours) > 1
        if self._talk.state.frozen and here.on_path:
            total = len(self._talk.route)
            title = _("“{title}”, {n} of {total}").format(title=title, n=here.stop + 1, total=total)
        self.title.setVisible(not hidden and not nested)
        self.here.setVisible(not hidden and nested)
        for words, face in ((self.title, font(15, 600)), (self.here, font(12, 600))):
            words.setText("")
            self._crumb_row.invalidate()
            self._row.invalidate()
            room = self.width() - self._row.sizeHint().width() - 2 * self._row.spacing()
            words.setText(QFontMetrics(face).elidedText(title, Qt.TextElideMode.ElideRight, max(room, 60)))
            words.setToolTip(title)

    def _show_steps(self, here: Position, *, hidden: bool) -> None:
        counts = self._talk.ground.steps(here.place) or (0,)
        steps = counts[min(here.page, len(counts) - 1)]
        pages = len(counts)
        self.pills.show_steps(here.step, 0 if hidden else steps)
        words: list[str] = []
        if steps and not hidden:
            form = _("{n} of {total}") if self._brief else _("step {n} of {total}")
            words.append(form.format(n=here.step, total=steps))
        if pages > 1 and not hidden:
            words.append(_("page {n} of {total}").format(n=here.page + 1, total=pages))
        self.steps.setText(", ".join(words))
        self.steps.setVisible(bool(words) and len(here.detours) < 2)

    def _show_detours(self, scene: Scene, here: Position, *, hidden: bool) -> None:
        depth = 0 if hidden else len(here.detours)
        nested = depth > 1
        self.levels.setVisible(depth > 0 and not (nested and self._brief))
        self.levels.setText(ngettext("detour, {n} level", "detour, {n} levels", depth).format(n=depth))
        self.back.setVisible(depth > 0)
        self._back_key.setVisible(depth > 0 and not (nested and self._brief))
        if depth:
            title = _title(scene, here.detours[-1])
            short = QFontMetrics(font(13, 500)).elidedText(title, Qt.TextElideMode.ElideRight, _NAME)
            brief = nested or self._brief or self._talk.state.frozen
            self.back.setText(" " + (_("Back") if brief else _("Back to “{title}”").format(title=short)))
            self.back.setAccessibleName(_("Back to “{title}”").format(title=title))
        named = nested and not (self._talk.state.frozen and self.width() < _FROZEN_NAMES)
        self._show_names(tuple(_title(scene, left) for left in here.detours) if named else ())

    def _show_names(self, names: tuple[str, ...]) -> None:
        """What was left, from the outermost on: each leads back to there."""
        self._crumbs.setVisible(bool(names))
        if names == self._names:
            return
        self._names = names
        while (item := self._crumb_row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        metrics = QFontMetrics(font(13, 500))
        if len(names) > _NAMES:
            self._crumb_row.addWidget(label("…", "dim"))
        for depth, name in tuple(enumerate(names))[-_NAMES:]:
            width = _NAME // 3 if self._brief else _NAME // 2
            button = Button(metrics.elidedText(name, Qt.TextElideMode.ElideRight, width), "crumb", dense=True)
            button.setAccessibleName(_("Back to “{title}”").format(title=name))
            button.setToolTip(button.accessibleName())
            button.setFixedWidth(metrics.horizontalAdvance(button.text()) + 18)
            button.when_clicked(partial(self.left_chosen.emit, depth))
            self._crumb_row.addWidget(button)
            self._crumb_row.addWidget(label("›", "dim"))


def _title(scene: Scene, position: Position) -> str:
    return scene.deck.frames[scene.canvas.places[position.place].frame].title
