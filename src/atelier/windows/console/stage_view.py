"""The current view on the console: the room's picture, under a veil while the room does not see it, and beside what
the speaker looks at while it is frozen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from atelier.foundation.translation import _
from atelier.render.tiles import TileCache
from atelier.talk.wording import clock_words
from atelier.windows.canvas_widget import CanvasWidget
from atelier.windows.console.mirror import Mirror, round_off
from atelier.windows.console.pictures import camera_at, look_at
from atelier.windows.controls import label
from atelier.windows.style import font
from atelier.windows.tokens import RADIUS_THUMBNAIL

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPaintEvent

    from atelier.render.scene import Scene
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.console.pictures import IdlePainter
    from atelier.windows.icons import Icons
    from atelier.windows.tokens import Tokens

VEIL: Final = 150
"""Opacity out of 255."""
LOOKING_CACHE: Final = 48 << 20
"""Bytes of tiles for looking around: faces in them are chosen for another size than the room's."""
ROOM_SHARE: Final = 0.32
"""The share of the width that the room's picture keeps while the speaker looks around."""
CAPTION: Final = 24
SECOND: Final = 250
"""Milliseconds between two looks at how long the room has been dark."""


class Veil(QWidget):
    """Lies over the picture that the room does not see; lets the pointer through."""

    def __init__(self, parent: QWidget, talk: Talk, icons: Icons, tokens: Callable[[], Tokens]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._talk = talk
        self._icons = icons
        self._tokens = tokens
        self._words = ""
        self._ticker = QTimer(self, interval=SECOND)
        self._ticker.timeout.connect(self.refresh)

    @property
    def words(self) -> str:
        """What it says; empty while the room sees the picture."""
        return self._words

    def refresh(self) -> None:
        """Comes and goes with the cover, and says for how long it has been there."""
        state = self._talk.state
        words = ""
        if state.cover:
            since = clock_words(int(max(self._talk.now - state.cover_since, 0.0)))
            form = _("White screen for {time}") if state.cover == "white" else _("Black screen for {time}")
            words = form.format(time=since)
        if words != self._words:
            self._words = words
            self.update()
        self.setVisible(bool(words))
        if bool(words) != self._ticker.isActive():
            if words:
                self._ticker.start()
            else:
                self._ticker.stop()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - always all of it
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, QColor(0, 0, 0, VEIL))
        size = 36 if self.width() > 320 else 24
        icon = self._icons.pixmap("eye-slash", "#FFFFFF", size, self.devicePixelRatioF())
        middle = rect.center()
        painter.drawPixmap(round(middle.x() - size / 2), round(middle.y() - size - 4), icon)
        painter.setFont(font(15, 600))
        painter.setPen(QColor("#FFFFFF"))
        words = QRectF(rect.left(), middle.y() + 4, rect.width(), 24)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._words)
        round_off(painter, rect, self._tokens().window)
        painter.end()


class _Rim(QWidget):
    """Round corners and a line around a picture that paints itself square."""

    def __init__(self, parent: QWidget, tokens: Callable[[], Tokens]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._tokens = tokens

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - along the edges
        tokens = self._tokens()
        painter = QPainter(self)
        round_off(painter, QRectF(self.rect()), tokens.window, tokens.accent)
        painter.end()


class StageView(QWidget):
    """Shows `mirror`, the room's picture. While it is frozen, `looking` follows the talk instead, and moves by wheel
    and drag.
    """

    looking_changed = Signal()
    """What the speaker looks at has another size now."""

    def __init__(
        self,
        talk: Talk,
        audience: AudienceWindow,
        painter: IdlePainter,
        icons: Icons,
        tokens: Callable[[], Tokens],
    ) -> None:
        super().__init__()
        self._talk = talk
        self._audience = audience
        self._tokens = tokens
        self.mirror = Mirror(audience, painter, tokens)
        self.mirror.setParent(self)
        self.mirror.clicked.connect(self._on_mirror_clicked)
        self.mirror.setAccessibleName(_("What the audience sees"))
        audience.tools.serve(self.mirror, RADIUS_THUMBNAIL)
        self.veil = Veil(self, talk, icons, tokens)
        self._keeps, self._looks = label(_("The audience keeps"), "who"), label(_("You look at"), "who")
        for words, tint in ((self._keeps, "live"), (self._looks, "accent")):
            words.setParent(self)
            words.setProperty("tint", tint)
            words.hide()
        self._looking: CanvasWidget | None = None
        self._rim = _Rim(self, tokens)
        self._rim.hide()

    @property
    def looking(self) -> CanvasWidget | None:
        """What the speaker looks at while the room's picture is frozen."""
        return self._looking

    # ------------------------------------------------------------------ the talk

    def refresh(self, before: Position | None = None) -> None:
        """Shows what is so now; `before` is the position that was left."""
        frozen = self._talk.state.frozen
        self.veil.refresh()
        on_path = self._audience.position.on_path
        self.mirror.set_edge("" if on_path else self._tokens().detour)
        self.mirror.refresh()
        if frozen and self._looking is None:
            self._begin_looking()
        elif frozen:
            self._follow(before)
        elif self._looking is not None:
            self._end_looking()

    def set_scene(self, scene: Scene) -> None:
        """Takes a new version of the deck."""
        self.mirror.follow_scene()
        if self._looking is not None:
            self._looking.set_scene(scene)
            self._show_place()

    def thaw(self) -> None:
        """Shows the room what the speaker looks at, moved by hand as it may be."""
        looking = self._looking
        camera = looking.camera if looking is not None and not looking.moving and self._by_hand(looking) else None
        self._talk.freeze()
        if camera is not None:
            self._audience.look_from(camera)

    def zoom_by(self, factor: float) -> bool:
        """Zooms what the speaker looks at; False when that is what the room sees."""
        if self._looking is None:
            return False
        self._looking.zoom_by(factor)
        return True

    def stop(self) -> None:
        """Ends every movement, before the window goes."""
        if self._looking is not None:
            self._looking.stop()

    def _begin_looking(self) -> None:
        audience = self._audience
        self._looking = CanvasWidget(audience.scene, TileCache(LOOKING_CACHE), self)
        self._looking.profile = audience.canvas.profile
        self._looking.place_clicked.connect(self._on_place_clicked)
        self._looking.link_clicked.connect(audience.follow)
        self._looking.setAccessibleName(_("What you look at"))
        self.place()
        self._looking.show()
        for part in (self._rim, self._keeps, self._looks):
            part.show()
        self._rim.raise_()
        self._show_place()

    def _end_looking(self) -> None:
        looking, self._looking = self._looking, None
        if looking is not None:
            looking.stop()
            looking.hide()
            looking.deleteLater()
        for part in (self._rim, self._keeps, self._looks):
            part.hide()
        self.place()

    def _show_place(self) -> None:
        looking, here = self._looking, self._talk.position
        if looking is not None:
            looking.show_at(camera_at(looking.scene, here, looking.view_ratio), look_at(here))

    def _follow(self, before: Position | None) -> None:
        looking, here = self._looking, self._talk.position
        if looking is None or before is None or before == here:
            return
        looking.profile = self._audience.canvas.profile
        camera = camera_at(looking.scene, here, looking.view_ratio)
        if before.shows(here) and looking.camera == camera:
            looking.step_to(here.place, look_at(here))
        else:
            looking.fly_to(camera, look_at(here))

    def _by_hand(self, looking: CanvasWidget) -> bool:
        return looking.camera != camera_at(looking.scene, self._talk.position, looking.view_ratio)

    # ------------------------------------------------------------------ pointer

    def _on_mirror_clicked(self, where: QPointF) -> None:
        if not self._talk.state.frozen:
            self._audience.canvas.click(where)

    def _on_place_clicked(self, place: int) -> None:
        talk, looking = self._talk, self._looking
        here = talk.position
        if looking is not None and place == here.place and not self._by_hand(looking):
            talk.next()
        elif not talk.jump(place):
            self._show_place()

    # ------------------------------------------------------------------ layout

    def place(self) -> None:
        """Lays the pictures out."""
        width, height = self.width(), self.height()
        ratio = self._audience.canvas.view_ratio
        if self._looking is None:
            self.mirror.setGeometry(_fitted(QRect(0, 0, width, height), ratio))
        else:
            room = round((width - 16) * ROOM_SHARE)
            area = QRect(0, CAPTION, room, height - CAPTION)
            self.mirror.setGeometry(_fitted(area, ratio))
            mine = QRect(room + 16, CAPTION, width - room - 16, height - CAPTION)
            self._looking.setGeometry(_fitted(mine, ratio))
            self._rim.setGeometry(self._looking.geometry())
            self._keeps.setGeometry(0, 0, room, CAPTION - 6)
            self._looks.setGeometry(room + 16, 0, mine.width(), CAPTION - 6)
        self.veil.setGeometry(self.mirror.geometry())
        self.mirror.refresh()
        if self._looking is not None and self._looking.has_camera and not self._looking.moving:
            self._show_place()


def _fitted(area: QRect, ratio: float) -> QRect:
    """The largest rectangle of that ratio at the top left of an area."""
    width = min(area.width(), round(area.height() * ratio))
    return QRect(area.left(), area.top(), max(width, 1), max(round(width / ratio), 1))
