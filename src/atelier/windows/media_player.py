"""One film or sound as QtMultimedia plays it: its pictures as images, its sound to the system.

Whoever imports this module loads QtMultimedia: it is imported when the first of them is to be played.
"""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QVideoFrame, QVideoSink

from atelier.foundation.translation import _
from atelier.markup.blocks import MediaKind
from atelier.talk.playback import Playback, PlaybackState
from atelier.windows.multimedia import unheard

if TYPE_CHECKING:
    from atelier.typeset.media import Film

TICK = 40
"""Milliseconds between two looks at how far it has played."""
FADE = 0.25
"""Seconds in which the sound goes when the room leaves."""
_LEADING = 0.25
"""Seconds by which a picture may come before where playing begins; earlier ones are left from before a jump."""
_BREATH = 1.5
"""How many times as long as a picture took is left to everything else before the next one."""

_Status = QMediaPlayer.MediaStatus


class MediaPlayer(QObject):
    """Plays `film` from where `playback` says. All calls belong to the window's thread."""

    moved = Signal()
    """`playback` has changed."""
    pictured = Signal()
    """There is a new picture to be shown."""
    failed = Signal(str, str)
    """It cannot be played: what is wrong, and what to do about it."""

    def __init__(self, film: Film, playback: Playback, parent: QObject) -> None:
        super().__init__(parent)
        self.film = film
        self.playback = playback
        with unheard():
            self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        self._sound: QAudioOutput | None = None
        self._frame: QVideoFrame | None = None
        self._image = QImage()
        self._seen = False
        self._broken = False
        self._loaded = False
        self._sought = playback.position
        self._free_from = 0.0
        self._fading = 0.0
        self._ticker = QTimer(self, interval=TICK)
        self._ticker.timeout.connect(self._on_tick)
        self._player.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.durationChanged.connect(self._on_duration)
        self._player.errorOccurred.connect(self._on_error)
        self._player.setSource(QUrl.fromLocalFile(str(film.file)))

    def play(self) -> None:
        """Plays on, from the start again where it had ended."""
        ended = self.playback.state is PlaybackState.ENDED
        self._set(self.playback.played())
        self._end_fading()
        self._attach_sound()
        if self._loaded:
            if ended:
                self._seek()
            self._player.play()
        self._ticker.start()

    def pause(self, *, fading: bool = False) -> None:
        """Stops where it is; `fading` lets the sound go within a quarter of a second."""
        was = self.playback.playing
        self._set(self.playback.paused())
        if not was:
            return
        if fading and self._sound is not None:
            self._fading = time.perf_counter()
            return
        self._halt()

    def skip(self, seconds: float) -> None:
        """So many seconds on, or back where that is less than 0."""
        ended = self.playback.state is PlaybackState.ENDED
        self._set(self.playback.moved(seconds))
        if self.playback.state is PlaybackState.ENDED:
            self._halt()
        elif ended:
            self._ticker.start()
        if self._loaded:
            self._seek()
            if ended and self.playback.playing:
                self._player.play()

    def set_volume(self, volume: float) -> None:
        """From 0 to 1."""
        self._set(replace(self.playback, volume=volume))
        if self._sound is not None and not self._fading:
            self._sound.setVolume(volume)

    def image(self) -> QImage:
        """The latest picture; a null image before the first."""
        if self._frame is not None:
            frame, self._frame = self._frame, None
            started = time.perf_counter()
            with nullcontext() if self._seen else unheard():
                image = frame.toImage()
            now = time.perf_counter()
            self._free_from = now + (now - started) * _BREATH
            if not image.isNull():
                self._image = image
                self._seen = True
        return self._image

    def close(self) -> None:
        """Lets go of the file and of the sound."""
        self._ticker.stop()
        self._player.mediaStatusChanged.disconnect(self._on_status)
        self._sink.videoFrameChanged.disconnect(self._on_frame)
        self._player.stop()
        self._player.setSource(QUrl())
        self.deleteLater()

    def _set(self, playback: Playback) -> None:
        if playback != self.playback:
            self.playback = playback
            self.moved.emit()

    def _seek(self) -> None:
        self._sought = self.playback.position
        self._player.setPosition(round(self.playback.position * 1000))

    def _halt(self) -> None:
        self._ticker.stop()
        self._end_fading()
        self._player.pause()

    def _attach_sound(self) -> None:
        """Without a device there is no sound, and the pictures go on all the same."""
        if self._sound is not None:
            return
        with unheard():
            if QMediaDevices.defaultAudioOutput().isNull():
                return
            self._sound = QAudioOutput(self)
        self._sound.setVolume(self.playback.volume)
        self._player.setAudioOutput(self._sound)

    def _end_fading(self) -> None:
        self._fading = 0.0
        if self._sound is not None:
            self._sound.setVolume(self.playback.volume)

    # ------------------------------------------------------------------ Qt

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is _Status.LoadedMedia and not self._loaded:
            self._loaded = True
            if self.playback.position > 0.0:
                self._seek()
            if self.playback.playing:
                self._player.play()
        elif status is _Status.EndOfMedia:
            self._on_end()

    def _on_end(self) -> None:
        self._ticker.stop()
        self._set(self.playback.ended())
        if self.film.kind is MediaKind.FILM and self._player.hasVideo() and self._frame is None and not self._seen:
            self._fail(
                _("The pictures of “{title}” cannot be decoded on this machine.").format(title=self.film.title),
                _("Save it again as MP4 with H.264."),
            )

    def _on_duration(self, milliseconds: int) -> None:
        if milliseconds > 0:
            self._set(self.playback.lasting(milliseconds / 1000))

    def _on_frame(self, frame: QVideoFrame) -> None:
        if not frame.isValid():
            return
        at = frame.startTime() / 1e6
        past = bool(self.playback.end) and at > self.playback.end
        if at >= 0.0 and (past or at < self._sought - _LEADING):
            return
        self._frame = frame
        if time.perf_counter() >= self._free_from:
            self.pictured.emit()

    def _on_tick(self) -> None:
        if self._fading:
            gone = (time.perf_counter() - self._fading) / FADE
            if gone >= 1.0:
                self._halt()
            elif self._sound is not None:
                self._sound.setVolume(self.playback.volume * (1.0 - gone))
            return
        if not self._loaded or not self.playback.playing:
            return
        at = self._player.position() / 1000
        if at < self._sought - _LEADING:  # a jump takes a moment
            return
        self._set(self.playback.at(at))
        if self.playback.state is PlaybackState.ENDED:
            self._halt()

    def _on_error(self, error: QMediaPlayer.Error, _words: str) -> None:
        title = self.film.title
        if error is QMediaPlayer.Error.ResourceError:
            self._fail(_("“{title}” cannot be opened.").format(title=title), _("Check that its file is still there."))
        else:
            self._fail(
                _("“{title}” cannot be played on this machine.").format(title=title),
                _("Save it again as MP4 with H.264, or as MP3."),
            )

    def _fail(self, message: str, hint: str) -> None:
        if self._broken:
            return
        self._broken = True
        self._ticker.stop()
        self._set(replace(self.playback, state=PlaybackState.READY, position=self.playback.start))
        self.failed.emit(message, hint)
