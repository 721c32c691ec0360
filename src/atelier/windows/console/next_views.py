"""What the next press shows, and which frame comes after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from atelier.deck.types import View
from atelier.foundation.geometry import Size
from atelier.foundation.translation import _
from atelier.render.renderer import View as Sight
from atelier.windows.console.mirror import round_off
from atelier.windows.console.pictures import camera_at, look_at, wish_for
from atelier.windows.controls import CommandCaps, PaintedButton, label, tooltip
from atelier.windows.style import font
from atelier.windows.tokens import RADIUS_THUMBNAIL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QLabel

    from atelier.render.ink import Ink
    from atelier.render.scene import Scene
    from atelier.talk.ink import FrameInk, Sheet
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.console.pictures import IdlePainter, Wish
    from atelier.windows.tokens import Tokens

CAPTION: Final = 28
"""Pixels above a picture for its words."""
GAP: Final = 2
BETWEEN: Final = 18
"""Pixels between the two pictures."""
LOWEST: Final = 72
"""The least height of a picture in pixels."""
NARROWEST: Final = 130
"""Pixels that the words over a picture take."""
LEAST: Final = (NARROWEST, CAPTION + GAP + LOWEST)
KEYED: Final = 210
"""Pixels of width from which on there is room for the key over a picture."""
BOTH: Final = 0.6
"""Both pictures are shown where they are at least so high, as a share of what one alone would be."""


class PictureButton(PaintedButton):
    """A position of the talk as a small picture that can be pressed; words where there is none."""

    def __init__(self, painter: IdlePainter, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._painter = painter
        self._tokens = tokens
        self._wish: Wish | None = None
        self._image: QImage | None = None
        self._ink: QImage | None = None
        self._words = ""
        painter.painted.connect(self._on_painted)

    @property
    def wish(self) -> Wish | None:
        """The picture shown or waited for; None where there are only words."""
        return self._wish

    @property
    def image(self) -> QImage | None:
        """The picture, once it is painted."""
        return self._image

    def show_picture(self, wish: Wish | None, words: str) -> None:
        """Shows a picture, `words` until it is there; with none, they stay."""
        self._wish, self._words = wish, words
        self._image = self._painter.find(wish) if wish is not None else None
        self.setEnabled(wish is not None)
        self.update()

    def show_ink(self, ink: QImage | None) -> None:
        """Lays the ink of what is shown over it."""
        self._ink = ink
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def _on_painted(self) -> None:
        if self._image is None and self._wish is not None:
            self._image = self._painter.find(self._wish)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        tokens = self._tokens()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self._image is not None:
            painter.drawImage(rect, self._image)
            if self._ink is not None:
                painter.drawImage(rect, self._ink)
            edge = tokens.accent if self.ring or self.underMouse() else ""
            round_off(painter, rect, tokens.window, edge)
        else:
            self._paint_words(painter, rect, tokens)
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        quiet = self._wish is None
        painter.setPen(QPen(QColor(tokens.line), 1.0))
        painter.setBrush(QColor(tokens.window if quiet else tokens.panel))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_THUMBNAIL, RADIUS_THUMBNAIL)
        painter.setFont(font(12, 400 if quiet else 600))
        painter.setPen(QColor(tokens.text3 if quiet else tokens.text2))
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(12, 8, -12, -8), flags, self._words)


class NextViews(QWidget):
    """Next and Then. `run` runs a command, `go_to` goes to a stop; `ratio` is that of the room's view, `menu` the
    button of the panel's menu.
    """

    fitted = Signal()
    """The pictures have another size now."""

    def __init__(
        self,
        talk: Talk,
        painter: IdlePainter,
        tokens: Callable[[], Tokens],
        run: Callable[[str], object],
        go_to: Callable[[int], object],
        ratio: Callable[[], float],
        ink: Ink,
        menu: QWidget,
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._talk = talk
        self._ink = ink
        self._inked: dict[PictureButton, tuple[Mapping[Sheet, FrameInk], Wish]] = {}
        self._painter = painter
        self._go_to = go_to
        self._ratio = ratio
        self._narrow = False
        self._then: Position | None = None
        self.next = PictureButton(painter, tokens)
        self.next.setToolTip(tooltip("stage.next"))
        self.next.setAccessibleDescription(self.next.toolTip())
        self.next.clicked.connect(lambda: run("stage.next"))
        self.then = PictureButton(painter, tokens)
        self.then.clicked.connect(self._go_on)
        self.next.setAccessibleName(_("Up next"))
        self.then.setAccessibleName(_("Then"))
        self.next_words, self.then_words = label("", "dim"), label("", "dim")
        self._key = CommandCaps("stage.next")
        self._menu = menu
        menu.setParent(self)
        self._heads: list[QHBoxLayout] = []
        self._columns = (
            self._column(_("Up next"), self.next_words, self.next, self._key),
            self._column(_("Then"), self.then_words, self.then),
        )

    def _column(self, caption: str, words: QLabel, button: PictureButton, key: QWidget | None = None) -> QWidget:
        made = QWidget()
        made.setObjectName("plain")
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        made.setParent(self)
        row = QHBoxLayout()
        self._heads.append(row)
        row.setSpacing(6)
        row.addWidget(label(caption, "caption"))
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addWidget(words, 1)
        if key is not None:
            row.addWidget(key)
        holder = QWidget()
        holder.setObjectName("plain")
        holder.setFixedHeight(CAPTION)
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        column.addWidget(holder)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def place(self) -> None:
        """Makes the pictures as large as there is room: side by side or one above the other, or the next one alone."""
        ratio, above = self._ratio(), CAPTION + GAP
        width, height = self.width(), self.height()
        alone = min(height - above, width / ratio)
        each = (width - BETWEEN) / 2
        beside = min(height - above, each / ratio) if each >= NARROWEST else 0.0
        stacked = min((height - GAP) / 2 - above, width / ratio)
        self._narrow = max(beside, stacked) < max(BOTH * alone, LOWEST)
        high = max(int(alone if self._narrow else max(beside, stacked)), 1)
        wide = max(int(high * ratio), 1)
        for button in (self.next, self.then):
            button.setFixedSize(wide, high)
        over = stacked > beside
        column_wide = max(wide, min(NARROWEST, width))
        for number, column in enumerate(self._columns):
            x = 0 if over else number * (column_wide + BETWEEN)
            column.setGeometry(x, number * (high + above + GAP) if over else 0, column_wide, high + above)
        self._key.setVisible(not self._narrow and wide >= KEYED)
        self._columns[1].setVisible(not self._narrow)
        head = self._heads[0 if self._narrow or over else 1]
        if head.indexOf(self._menu) < 0:
            head.addWidget(self._menu)
        self.fitted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    # ------------------------------------------------------------------ the talk

    def refresh(self, scene: Scene) -> None:
        """Shows what follows the position of the talk, and has the pictures after those made ready."""
        if not self.isVisible():
            return
        talk, here = self._talk, self._talk.position
        ahead = talk.ahead()
        self._then = None
        if ahead is not None:
            same = ahead.shows(here) and ahead.stop == here.stop
            self._then = talk.onward(here if same else ahead)
        wishes = [self._show(self.next, self.next_words, scene, ahead, here)]
        wishes.append(self._show(self.then, self.then_words, scene, self._then, ahead or here))
        if ahead is None:
            self.next_words.setText("")
            self.then_words.setText("")
        if ahead is not None:
            later = talk.ahead(ahead)
            wishes += [self._wish(scene, each) for each in (later, talk.onward(later or ahead)) if each is not None]
        self._painter.ask(self, [wish for wish in wishes if wish is not None])

    def _show(
        self, button: PictureButton, words: QLabel, scene: Scene, position: Position | None, before: Position
    ) -> Wish | None:
        if position is None:
            end = _("The path ends here.") if button is self.next else ""
            button.show_picture(None, end)
            button.setAccessibleName(end or _("Then"))
            return None
        wish = self._wish(scene, position)
        self._lay_ink(button, position, wish)
        title = scene.deck.frames[scene.canvas.places[position.place].frame].title
        said = self.words_of(position, before)
        button.show_picture(wish, title)
        caption = _("Up next") if button is self.next else _("Then")
        button.setAccessibleName(f"{caption}: {title}, {said}")
        if button is self.then:
            button.setToolTip(title)
        words.setText(said)
        return wish

    def _lay_ink(self, button: PictureButton, position: Position, wish: Wish) -> None:
        """Lays the ink over a picture, where it is not the one that lies there."""
        ink, known = self._talk.state.ink, self._inked.get(button)
        if known is None or known[0] is not ink or known[1] != wish:
            self._inked[button] = (ink, wish)
            size = Size(float(wish.width), float(wish.height))
            button.show_ink(self._ink.picture(Sight(wish.camera, size, look_at(position))) if ink else None)

    def words_of(self, position: Position, before: Position) -> str:
        """Where a position is from the one before it: a step, a page, a stop of the path."""
        talk = self._talk
        if position.shows(before) and position.stop == before.stop and position.view is View.FRAME:
            steps = talk.ground.steps(position.place)
            if position.page != before.page:
                return _("page {n} of {total}").format(n=position.page + 1, total=len(steps))
            return _("step {n} of {total}").format(n=position.step, total=steps[position.page])
        if position.place == talk.next_chosen():
            return _("chosen") if self._narrow else _("chosen, once")
        if not before.on_path and position.on_path:
            form = _("path, {n}") if self._narrow else _("back to the path, {n}")
            return form.format(n=position.stop + 1)
        return _("{n} of {total}").format(n=position.stop + 1, total=len(talk.route))

    def _wish(self, scene: Scene, position: Position) -> Wish:
        pixels = self.devicePixelRatioF()
        camera = camera_at(scene, position, self._ratio())
        return wish_for(camera, look_at(position), self.next.width() * pixels, self.next.height() * pixels)

    def _go_on(self) -> None:
        if self._then is not None:
            self._go_to(self._then.stop)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()
