"""The countdown over the canvas: in place of the clock on its frame, or in a corner where none is seen.

What is counted is part of the talk; here it is chosen, shown and heard. A window that is hidden, a busy machine and one
that slept change nothing: each look asks the clock of the talk anew. One that wakes up after the end says so at once,
and rings once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QWidget

from atelier.canvas.camera import device, relative
from atelier.canvas.faces import CONTENT_FROM, Face, content_share, full_height
from atelier.canvas.flight import Profile
from atelier.deck.types import View
from atelier.foundation.geometry import FRAME_HEIGHT
from atelier.markup.answers import activity_names
from atelier.render.scene import WHOLE
from atelier.talk.countdown import Bell, laps_of, laps_of_frame
from atelier.typeset.setting import colour
from atelier.windows.running_clocks import SMALLEST, in_corner, on_frame, said_in_corner, said_on_frame, swelling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.deck.types import Frame
    from atelier.foundation.geometry import Similarity
    from atelier.talk.countdown import Countdown, Counted, Lap
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.typeset.display import ClockBox
    from atelier.windows.canvas_widget import CanvasWidget
    from atelier.windows.running_clocks import Drawn


LEAVES = 10.0
"""Seconds after which one that is over goes, when the room looks at something else."""
SWELLS, SWELL = 2, 0.7
"""How often a clock swells at the end, and in how many seconds."""
LARGEST = 2.0
"""Heights of the view: the clock of a frame that the camera is deep inside of is not drawn."""
_PULSE = 33
"""Milliseconds between two pictures of a clock that swells."""


class Sound(Protocol):
    def prepare(self) -> None: ...

    def ring(self, bell: Bell) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Clock:
    """A clock of a frame on a page of a place."""

    place: int
    page: int
    activity: str
    box: ClockBox


class CountdownLayer(QWidget):
    """Follows `talk`. Lies over the canvas and lets the pointer through; hidden while nothing is counted down.

    `here` says what the room sees. Without `sound` no bell rings.
    """

    def __init__(
        self,
        canvas: CanvasWidget,
        parent: QWidget,
        talk: Talk,
        here: Callable[[], Position],
        sound: Sound | None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self.setGeometry(canvas.geometry())
        self.sound = sound
        self._canvas = canvas
        self._talk = talk
        self._here = here
        self._counted: Counted | None = None
        self._lap = 0
        self._over = False
        self._rung = -math.inf
        """The moment of the last bell at an end."""
        self._left = math.inf
        """The moment since when what is over is not looked at."""
        self._clocks: tuple[_Clock, ...] = ()
        self._areas: tuple[QRect, ...] = ()
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.look)

    # ------------------------------------------------------------------ what is counted

    def toggle(self) -> bool:
        """Starts the countdown of what is shown; one under way is paused, or goes on. False where there is no time."""
        if self._talk.pause_countdown():
            return True
        found = self._next()
        if found is None:
            self._talk.end_countdown()
            return False
        self._talk.start_countdown(*found)
        return True

    def follow(self) -> None:
        """Shows what the talk counts down by now. What its deck has no place for any more ends quietly."""
        before, counted = self._counted, self._talk.state.counted
        if counted is before:
            return
        self._counted = counted
        if counted is None:
            self.stop()
            self._clocks, self._areas = (), ()
            self.hide()
            return
        now, here = self._talk.now, counted.countdown
        if before is None or (before.frame, before.activity) != (counted.frame, counted.activity):
            self._lap, self._over = here.lap(now), here.over(now)
            self._rung = -math.inf
            if not self._find():
                return
            QTimer.singleShot(0, self, self._prepare)  # the first figure first
        else:  # what has passed since the last look is still to be heard
            self._lap = min(self._lap, here.lap(now))
            self._over = self._over and here.over(now)
        self.setGeometry(self._canvas.geometry())
        self.show()
        self.look()

    def carry(self) -> None:
        """Goes on in another version of the deck, which the canvas shows by now; ends quietly where it has no place."""
        if self._counted is not None and self._find():
            self.update()

    def stop(self) -> None:
        """Looks at the clock no more, and lets go of what rings."""
        self._timer.stop()
        if self.sound is not None:
            self.sound.close()

    def _find(self) -> bool:
        """Looks for the clocks of what is counted; has the countdown end where its frame or its time is gone."""
        counted = self._counted
        if counted is None:
            return False
        deck = self._canvas.scene.deck
        frame = deck.frame(counted.frame)
        self._clocks = self._found(frame, counted.activity) if frame is not None else ()
        if frame is None or not (self._clocks if counted.activity else laps_of_frame(deck, frame)):
            self._talk.end_countdown()
            return False
        return True

    def _prepare(self) -> None:
        if self._counted is not None and self.sound is not None:
            self.sound.prepare()

    # ------------------------------------------------------------------ time

    def look(self) -> None:
        """Asks the clock what is to be heard and seen by now; a timer does so as often as that changes."""
        counted = self._counted
        if counted is None:
            return
        now = self._talk.now
        here = counted.countdown
        bell = here.bell(now, self._lap, was_over=self._over)
        self._lap, self._over = here.lap(now), here.over(now)
        if bell is not None and self.sound is not None:
            self.sound.ring(bell)
        if bell is Bell.END:
            self._rung = now
        if self._over and not self._is_shown(counted):
            self._left = min(self._left, now)
            if now - self._left >= LEAVES:
                self._talk.end_countdown()
                return
        else:
            self._left = math.inf
        self._refresh(now)
        self._timer.start(self._wait(here, now)) if self._over or not here.paused else self._timer.stop()

    def _wait(self, here: Countdown, now: float) -> int:
        """Milliseconds until something else is to be seen."""
        if self._swelling(now):
            return _PULSE
        left = here.lap_left(now)
        until = left - (math.ceil(left) - 1) if left > 0.0 else 1.0
        return max(math.ceil(until * 1000), 20)

    def _swelling(self, now: float) -> bool:
        """Whether the clock moves to say that the time is up; never where a person wants less motion."""
        return self._canvas.profile is Profile.FULL and 0.0 <= now - self._rung < SWELLS * SWELL

    def _swollen(self, now: float) -> float:
        over = self._over and self._swelling(now)
        return swelling(now - self._rung, SWELL) if over else 1.0

    def _is_shown(self, counted: Counted) -> bool:
        here = self._here()
        shown = self._canvas.scene.deck.frames[self._canvas.scene.canvas.places[here.place].frame]
        return here.view is View.FRAME and shown.id == counted.frame

    # ------------------------------------------------------------------ clocks of frames

    def _next(self) -> tuple[str, tuple[Lap, ...], str] | None:
        """What is counted down next on the frame shown, as `Talk.start_countdown` takes it: its activities one after
        the other, else the frame itself.
        """
        scene = self._canvas.scene
        frame = scene.deck.frames[scene.canvas.places[self._here().place].frame]
        clocks = self._clocks_of(frame)
        names = list(dict.fromkeys(clock.activity for clock in clocks))
        if not names:
            laps = laps_of_frame(scene.deck, frame)
            return (frame.id, laps, "") if laps else None
        last = self._counted
        number = 0
        if last is not None and last.frame == frame.id and last.activity in names:
            number = (names.index(last.activity) + 1) % len(names)
        chosen = next(clock for clock in clocks if clock.activity == names[number])
        return frame.id, laps_of(chosen.box.activity), names[number]

    def _found(self, frame: Frame, activity: str) -> tuple[_Clock, ...]:
        return tuple(clock for clock in self._clocks_of(frame) if clock.activity == activity) if activity else ()

    def _clocks_of(self, frame: Frame) -> list[_Clock]:
        """The clocks of a frame's activities, on all its pages."""
        scene = self._canvas.scene
        canvas, setter = scene.canvas, scene.typesetter
        place = canvas.place_of[frame.index]
        names = activity_names(scene.contents.shown(frame.index).blocks)
        out: list[_Clock] = []
        for at in dict.fromkeys((place, canvas.page_of.get(frame.index, place))):
            for page in range(setter.pages(at)):
                clocks = setter.face(at, Face.CONTENT, page).clocks
                out += (_Clock(at, page, names[box.activity.line], box) for box in clocks)
        return out

    # ------------------------------------------------------------------ drawing

    def _refresh(self, now: float) -> None:
        """Has what changed painted anew, and nothing else."""
        areas = self._areas_of(self._drawn(now))
        for area in {*areas, *self._areas}:
            self.update(area)
        self._areas = areas

    def _areas_of(self, drawn: Sequence[Drawn]) -> tuple[QRect, ...]:
        """What clocks cover of the widget."""
        scale = QTransform.fromScale(1.0 / self.devicePixelRatioF(), 1.0 / self.devicePixelRatioF())
        return tuple((scale.mapRect(each.area) & QRectF(self.rect())).toAlignedRect() for each in drawn)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt clips to what is asked for
        drawn = self._drawn(self._talk.now)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        scale = QTransform.fromScale(1.0 / self.devicePixelRatioF(), 1.0 / self.devicePixelRatioF())
        for each in drawn:
            painter.setTransform(each.transform * scale)
            each.draw(painter, self._canvas.scene.theme)
        painter.end()
        self._areas = self._areas_of(drawn)

    def _drawn(self, now: float) -> list[Drawn]:
        """The clocks of the frame that are in the view, and one in the corner while none of them is read."""
        counted = self._counted
        if counted is None or not self._canvas.has_camera:
            return []
        deck, theme, size = self._canvas.scene.deck, self._canvas.scene.theme, self._canvas.view_size
        view = QRectF(0.0, 0.0, size.width, size.height)
        frame = deck.frame(counted.frame) or deck.root
        lang, swollen = frame.lang or deck.lang, self._swollen(now)
        out: list[Drawn] = []
        read = False
        for clock in self._clocks:
            transform = self._transform(clock)
            said = said_on_frame(clock.box, counted.countdown, now, lang)
            if transform is None or said is None:
                continue
            drawn = on_frame(clock.box, said, transform, theme, swollen)
            pill = drawn.pill
            if pill.intersects(view) and pill.height() < LARGEST * size.height:
                out.append(drawn)
                read = read or (pill.height() >= SMALLEST and view.contains(pill))
        if not read:
            canvas = self._canvas.scene.canvas
            hue = colour(theme.hue(canvas.places[canvas.place_of[frame.index]].hue))
            said = said_in_corner(counted.countdown, now, lang)
            out.append(in_corner(said, size, theme, hue, own=self._is_shown(counted), swollen=swollen))
        return out

    def _transform(self, clock: _Clock) -> Similarity | None:
        """From the units of the clock's place to device pixels; None while it shows no content, or another page."""
        canvas, look = self._canvas, self._canvas.look
        shown = look.shown.get(clock.place, WHOLE)
        if shown.page != clock.page or (shown.step is not None and shown.step < clock.box.step):
            return None
        camera, view = canvas.camera, canvas.view_size
        transform = device(camera, view).after(relative(canvas.scene.canvas, clock.place, camera.anchor))
        share = transform.scale * FRAME_HEIGHT / full_height(view, canvas.scene.deck.ratio)
        seen = content_share(share) > 0.5 if canvas.moving else share >= CONTENT_FROM
        return transform if seen else None
