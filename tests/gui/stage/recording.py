"""Small films and sounds, recorded for a test as QtMultimedia writes them."""

from __future__ import annotations

import math
import struct
import wave
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import (
    QMediaCaptureSession,
    QMediaFormat,
    QMediaRecorder,
    QVideoFrame,
    QVideoFrameInput,
)

if TYPE_CHECKING:
    from pathlib import Path

RATE = 25
"""Pictures a second."""
_PATIENCE = 30_000


PHASE = 0.5
"""Seconds that a recorded film keeps a colour."""


def colour_of(phase: int) -> QColor:
    """What a recorded film shows in a phase: blue first, then yellow, then blue again, and so on."""
    return QColor("#1030E0") if phase % 2 == 0 else QColor("#F0D020")


def record_film(path: Path, seconds: float, width: int = 320, height: int = 180) -> Path:
    """An MP4 of full pictures in one colour each."""
    session, recorder, frames = QMediaCaptureSession(), QMediaRecorder(), QVideoFrameInput()
    session.setVideoFrameInput(frames)
    session.setRecorder(recorder)
    kind = QMediaFormat(QMediaFormat.FileFormat.MPEG4)
    kind.setVideoCodec(QMediaFormat.VideoCodec.MPEG4)
    recorder.setMediaFormat(kind)
    recorder.setOutputLocation(QUrl.fromLocalFile(str(path)))
    recorder.setVideoResolution(width, height)
    recorder.setVideoFrameRate(RATE)
    recorder.setAutoStop(True)
    sent = 0

    def send() -> None:
        nonlocal sent
        while sent < seconds * RATE:
            image = QImage(width, height, QImage.Format.Format_RGB32)
            image.fill(colour_of(int(sent / RATE / PHASE)))
            frame = QVideoFrame(image)
            frame.setStartTime(round(sent * 1_000_000 / RATE))
            frame.setEndTime(round((sent + 1) * 1_000_000 / RATE))
            if not frames.sendVideoFrame(frame):
                return
            sent += 1
        frames.sendVideoFrame(QVideoFrame())

    loop = QEventLoop()
    frames.readyToSendVideoFrame.connect(send)

    def end(state: QMediaRecorder.RecorderState) -> None:
        if state is QMediaRecorder.RecorderState.StoppedState:
            loop.quit()

    recorder.recorderStateChanged.connect(end)
    recorder.record()
    QTimer.singleShot(_PATIENCE, loop, loop.quit)
    loop.exec()
    assert path.stat().st_size > 0
    return path


def write_sound(path: Path, seconds: float) -> Path:
    """A WAV of one tone."""
    rate = 8000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        tone = (round(8000 * math.sin(2 * math.pi * 440 * i / rate)) for i in range(round(seconds * rate)))
        file.writeframes(b"".join(struct.pack("<h", value) for value in tone))
    return path
