"""Films and sounds on the canvas of a talk: which of them a key means, and their pictures in their boxes.

Pictures are painted by the canvas, over the box and in its transform: no window of the system lies over it. They are
dropped rather than queued; while the camera moves, the last one only fades out.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QImage

from atelier.canvas.camera import device, relative
from atelier.canvas.faces import Face
from atelier.canvas.flight import Profile
from atelier.deck.types import View as StopView
from atelier.foundation.errors import InputError
from atelier.foundation.translation import _
from atelier.talk.playback import Playback, PlaybackState
from atelier.typeset.display import MediaItem
from atelier.windows.media_painting import paint_film, paint_sound, seen_height
from atelier.windows.multimedia import player_class

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from atelier.foundation.geometry import Similarity
    from atelier.render.renderer import View
    from atelier.talk.navigation import Position
    from atelier.typeset.media import Film
    from atelier.windows.canvas_widget import CanvasWidget
    from atelier.windows.media_player import MediaPlayer

FADE = 0.22
"""Seconds in which the last picture gives way to what lies under it, or comes back."""
LINE_SHOWN = 2.0
"""Seconds that the line of progress stays after a key or a movement of the pointer."""
MOST_KEPT = 12
"""Films and sounds whose place, and last picture, is remembered."""
SMALLEST = 40.0
"""Device pixels: one whose box is lower than that, or out of view, stops playing."""
_FRAME = 16  # milliseconds


class Key(NamedTuple):
    """A film or sound of a deck: the frame's id, the page of its content, and its number there."""

    frame: str
    page: int
    number: int


@dataclass(slots=True)
class _Kept:
    """What is remembered of one that was begun. `resumes` where the room left it playing."""

    film: Film
    playback: Playback
    image: QImage = field(default_factory=QImage)
    resumes: bool = False


@dataclass(slots=True)
class _Layer:
    """The boxes of one place, and when their pictures begin to come or to go (`time.perf_counter`)."""

    place: int = -1
    page: int = 0
    items: tuple[tuple[Key, MediaItem], ...] = ()
    since: float = math.inf
    comes: bool = True

    def opacity(self, now: float) -> float:
        share = min(1.0, max(0.0, (now - self.since) / FADE))
        return share if self.comes else 1.0 - share


class MediaStage(QObject):
    """Plays what is in the frame that the room is at. `tell` says what cannot be played, and what to do about it."""

    changed = Signal(object)
    """The `Playback` of what is played."""

    def __init__(self, canvas: CanvasWidget, tell: Callable[[str, str], None]) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._tell = tell
        self._here = _Layer()
        self._left: _Layer | None = None
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._active: Key | None = None
        self._player: MediaPlayer | None = None
        self._wanted = False
        self._volume = 1.0
        self._line_until = 0.0
        self._fader = QTimer(self, interval=_FRAME)
        self._fader.timeout.connect(self._on_fade)
        self._line = QTimer(self, singleShot=True)
        self._line.timeout.connect(self._update)
        canvas.overlay = self._paint
        canvas.settled.connect(self._on_settled)

    @property
    def volume(self) -> float:
        """How loud everything is played, from 0 to 1."""
        return self._volume

    def set_volume(self, volume: float) -> None:
        self._volume = min(max(volume, 0.0), 1.0)
        if self._player is not None:
            self._player.set_volume(self._volume)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the films and sounds of the frame are called."""
        return tuple(item.film.title for _key, item in self._here.items)

    @property
    def playback(self) -> Playback | None:
        """How far the one in hand has played; None before the first, and once its frame was left."""
        if self._active is None or not self._holds(self._active):
            return None
        return self._kept[self._active].playback

    # ------------------------------------------------------------------ where the room is

    def go_to(self, position: Position) -> None:
        """The camera sets out for `position`, or is there."""
        layer = self._layer(position)
        if (layer.place, layer.page) == (self._here.place, self._here.page) and bool(layer.items) == self._at_frame:
            self._here.items = layer.items  # another step may have shown one
            return
        self._leave()
        self._here = layer

    @property
    def _at_frame(self) -> bool:
        return bool(self._here.items)

    def _layer(self, position: Position) -> _Layer:
        return _Layer(position.place, position.page, self._items(position))

    def _items(self, position: Position) -> tuple[tuple[Key, MediaItem], ...]:
        """The films and sounds that can be seen at a stop."""
        scene = self._canvas.scene
        frame = scene.deck.frames[scene.canvas.places[position.place].frame]
        if position.view is not StopView.FRAME or ("![" not in frame.source and "<" not in frame.source):
            return ()
        shown = scene.typesetter.face(position.place, Face.CONTENT, position.page).items
        media = enumerate(item for item in shown if isinstance(item, MediaItem))
        return tuple((Key(frame.id, position.page, n), item) for n, item in media if item.step <= position.step)

    def replace_scene(self, position: Position) -> None:
        """The deck was changed: what is still the same film goes on."""
        before, self._here = self._here, self._layer(position)
        self._here.since, self._left = before.since, None
        films = {key: item.film for key, item in self._here.items}
        for key in [key for key in self._kept if key in films and films[key] != self._kept[key].film]:
            if key == self._active:
                self._close()
            del self._kept[key]
        if self._active is not None and not self._holds(self._active):
            self._close()

    def _leave(self) -> None:
        """Pauses, the sound fading, and lets the pictures fade out."""
        self._wanted = False
        kept = self._kept.get(self._active) if self._active is not None else None
        if self._player is not None and kept is not None and kept.playback.playing:
            kept.resumes = True
            self._take_image()
            self._player.pause(fading=True)
        if any(key in self._kept for key, _item in self._here.items) and self._canvas.profile is not Profile.CUTS:
            self._left = _Layer(self._here.place, self._here.page, self._here.items, time.perf_counter(), comes=False)
            self._fader.start()

    def _on_settled(self) -> None:
        """The camera rests: the last pictures come back, and what was left playing plays on."""
        if not self._here.items or self._canvas.moving:
            return
        if self._here.since == math.inf:
            self._here.since = time.perf_counter()
            self._fader.start()
        resumed = next((key for key, _item in self._here.items if key in self._kept and self._kept[key].resumes), None)
        if self._wanted:
            self._wanted = False
            self._try(self.toggle)
        elif resumed is not None:
            self._try(lambda: self._play(resumed))

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except InputError as error:
            self._tell(error.message, error.hint)

    # ------------------------------------------------------------------ what keys and clicks do

    def toggle(self) -> None:
        """Plays or pauses; on the way to a frame, plays once it is there. Raises InputError where that cannot be."""
        self._check()
        if self._canvas.moving:
            self._wanted = not self._wanted
            return
        key = self._meant()
        if self._player is not None and key == self._active and self._kept[key].playback.playing:
            self._player.pause()
        else:
            self._play(key)
        self.show_line()

    def click(self, item: MediaItem) -> None:
        """Plays or pauses the one in a box; says so where that cannot be."""
        key = next((key for key, each in self._here.items if each == item), None)
        if key is None:
            return
        if self._player is not None and key == self._active and self._kept[key].playback.playing:
            self._player.pause()
        else:
            self._try(lambda: self._play(key))
        self.show_line()

    def skip(self, seconds: float) -> None:
        """Goes on by so many seconds, or back, in the one in hand. Raises InputError where there is none."""
        self._check()
        if self._player is not None and self._holds(self._active):
            self._player.skip(seconds)
            self.show_line()

    def show_line(self) -> None:
        """Shows the line of progress for a while."""
        if self._holds(self._active):
            self._line_until = time.perf_counter() + LINE_SHOWN
            self._line.start(round(LINE_SHOWN * 1000) + _FRAME)
            self._update()

    def stop(self) -> None:
        """Ends everything, before the window goes."""
        self._fader.stop()
        self._line.stop()
        self._canvas.overlay = None
        self._close()

    def _check(self) -> None:
        if not self._here.items:
            raise InputError(_("There is nothing to play in this frame."))

    def _meant(self) -> Key:
        """The one in hand, the first where none is; after one has ended, the next."""
        keys = [key for key, _item in self._here.items]
        if self._active is None or self._active not in keys:
            return keys[0]
        if self._kept[self._active].playback.state is PlaybackState.ENDED:
            return keys[(keys.index(self._active) + 1) % len(keys)]
        return self._active

    def _holds(self, key: Key | None) -> bool:
        return key is not None and any(each == key for each, _item in self._here.items)

    # ------------------------------------------------------------------ the player

    def _play(self, key: Key) -> None:
        if key != self._active or self._player is None:
            self._take_in_hand(key)
        self._kept[key].resumes = False
        self._here.since = min(self._here.since, time.perf_counter() - FADE)
        assert self._player is not None
        self._player.play()

    def _take_in_hand(self, key: Key) -> None:
        """The one before it stays where it is."""
        film = next(item.film for each, item in self._here.items if each == key)
        if film.file is None:
            raise InputError(
                _("“{title}” has no file that can be played.").format(title=film.title),
                _("atelier check says what is wrong with it."),
            )
        player = player_class()
        self._close()
        kept = self._kept.setdefault(key, _Kept(film, Playback.of(film.title, film.start, film.end)))
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self._active = key
        self._player = made = player(film, replace(kept.playback, volume=self._volume), self)
        made.moved.connect(self._on_moved)
        made.pictured.connect(self._on_pictured)
        made.failed.connect(self._on_failed)

    def _close(self) -> None:
        """Lets go of the one in hand; its place and its last picture are kept."""
        self._take_image()
        player, self._player = self._player, None
        kept = self._kept.get(self._active) if self._active is not None else None
        self._active = None
        if player is not None:
            if kept is not None:
                kept.playback = player.playback.paused()
            player.close()

    def _take_image(self) -> None:
        """Keeps the latest picture of the one in hand."""
        if self._player is not None and self._active is not None:
            image = self._player.image()
            if not image.isNull():
                self._kept[self._active].image = image

    def _on_moved(self) -> None:
        if self._player is None or self._active is None:
            return
        kept = self._kept[self._active]
        kept.playback = self._player.playback
        if kept.image.isNull() or time.perf_counter() < self._line_until:
            self._update()
        self.changed.emit(kept.playback)

    def _on_pictured(self) -> None:
        if not self._canvas.moving:
            self._update()

    def _on_failed(self, message: str, hint: str) -> None:
        if self._active is not None:
            self._kept.pop(self._active, None)
        player, self._player, self._active = self._player, None, None
        if player is not None:
            player.close()
        self._canvas.update()
        self._tell(message, hint)

    # ------------------------------------------------------------------ painting

    def _paint(self, painter: QPainter, view: View) -> None:
        """Draws the last pictures into their boxes, over the canvas."""
        now = time.perf_counter()
        if self._left is not None:
            self._paint_layer(painter, view, self._left, now)
        if self._here.items and not self._canvas.moving:
            self._take_image()
            self._paint_layer(painter, view, self._here, now)

    def _paint_layer(self, painter: QPainter, view: View, layer: _Layer, now: float) -> None:
        opacity = layer.opacity(now)
        begun = [(key, item) for key, item in layer.items if key in self._kept]
        if opacity <= 0.0 or not begun:
            return
        to_view = self._to_view(view, layer.place)
        for key, item in begun:
            kept = self._kept[key]
            if seen_height(to_view, item, view.size) < SMALLEST:
                if layer is self._here and kept.playback.playing:
                    QTimer.singleShot(0, self, self._pause_unseen)
            elif item.level is not None:
                if kept.playback.begun:
                    paint_sound(painter, to_view, item, kept.playback, opacity, self._canvas.scene.theme)
            elif not kept.image.isNull():
                lined = layer is self._here and key == self._active and now < self._line_until
                share = kept.playback.share if lined else None
                paint_film(painter, to_view, item, kept.image, opacity, share=share, smooth=not self._canvas.moving)

    def _to_view(self, view: View, place: int) -> Similarity:
        camera = view.camera
        return device(camera, view.size).after(relative(self._canvas.scene.canvas, place, camera.anchor))

    def _pause_unseen(self) -> None:
        if self._player is not None:
            self._player.pause(fading=True)

    def _on_fade(self) -> None:
        now = time.perf_counter()
        if self._left is not None and self._left.opacity(now) <= 0.0:
            self._left = None
        if self._left is None and (self._here.opacity(now) >= 1.0 or self._here.since == math.inf):
            self._fader.stop()
        if not self._canvas.moving:
            self._canvas.update()

    def _update(self) -> None:
        """Has the box in hand painted again."""
        item = next((item for key, item in self._here.items if key == self._active), None)
        if item is None or not self._canvas.has_camera:
            return
        box = self._to_view(self._canvas.view, self._here.place).map_rect(item.bounds)
        ratio = self._canvas.devicePixelRatioF()
        left, top = math.floor(box.x / ratio) - 1, math.floor(box.y / ratio) - 1
        right, bottom = math.ceil(box.right / ratio) + 1, math.ceil(box.bottom / ratio) + 1
        self._canvas.update(QRect(left, top, right - left, bottom - top).intersected(self._canvas.rect()))
