"""The encoder of films: PyAV, which brings the libraries of FFmpeg. It is an extra, and loaded with the first film.

Colours are those of BT.709 in its limited range, as all players take HD for; four pixels share one colour (4:2:0), for
many can show nothing else. Why PyAV, and why not with the program: docs/decisions/0025-films-by-pyav.md
"""

from __future__ import annotations

import importlib.util
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from errno import EIO
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from atelier.foundation.errors import InputError
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from av import VideoFrame
    from av.container.core import Chapter as FileChapter
    from PySide6.QtGui import QImage

    from atelier.exports.timeline import Chapter

INSTALL: Final = 'pip install "atelier[video]"'
"""What installs the extra."""
_ANNOUNCING: Final = "SVT_LOG"
"""The environment variable by which the encoder of AV1 leaves stderr alone: 1 has it tell of errors only."""
KEY_EVERY: Final = 20
"""Seconds between two pictures that stand by themselves, at most: each may be seen to come, in what stands still."""
MOST_THREADS: Final = 4
"""Each holds pictures of its own in memory."""


@dataclass(frozen=True, slots=True)
class Codec:
    """A way to encode, as an encoder of FFmpeg does it. `name` is what people call it, `id` what the command line does.

    `container` is FFmpeg's name for the kind of file, `suffix` that of its name.
    """

    id: str
    name: str
    encoder: str
    container: str
    suffix: str
    options: Mapping[str, str] = field(default_factory=dict[str, str])


_STILLS: Final = "rc-lookahead=5:sync-lookahead=0:bframes=0:weightp=0:me=dia:subme=1"
"""For x264: less searching and fewer pictures in memory, which costs little where most of them are the same."""
_KNOWN: Final = (
    Codec("h264", "H.264", "libx264", "mp4", ".mp4", {"preset": "veryfast", "crf": "18", "x264-params": _STILLS}),
    Codec(
        "vp9", "VP9", "libvpx-vp9", "webm", ".webm", {"crf": "26", "b": "0", "deadline": "realtime", "cpu-used": "6"}
    ),
    Codec("av1", "AV1", "libsvtav1", "webm", ".webm", {"crf": "26", "preset": "10"}),
)
"""The one that plays in most places first. Each takes a constant quality by options of its own."""


def installed() -> bool:
    """Whether the extra is there; says nothing of whether it can be loaded."""
    return importlib.util.find_spec("av") is not None


def missing() -> InputError:
    """What is wrong where the extra is not there, and what to do."""
    message = _("No film can be written here: PyAV is not installed.")
    hint = _("To install it: {command}").format(command=INSTALL)
    if getattr(sys, "frozen", False):
        hint = _("This package comes without it: installed from its source, Atelier writes films.")
    return InputError(message, hint)


def codecs() -> tuple[Codec, ...]:
    """The codecs that can be written here, the most widely played first. Raises InputError."""
    if not installed():
        raise missing()
    try:
        from av import codecs_available
    except ImportError as error:
        message = _("PyAV is installed and cannot be loaded: {reason}").format(reason=error)
        raise InputError(message, _("Install it again: {command}").format(command=INSTALL)) from error
    return tuple(codec for codec in _KNOWN if codec.encoder in codecs_available)


def chosen_codec(id_: str = "") -> Codec:
    """The codec with that id, the first of all where none is named. Raises InputError where it is not there."""
    there = codecs()
    names = ", ".join(codec.id for codec in there)
    if not there:
        message = _("No film can be written here: this PyAV has no encoder for H.264, VP9 or AV1.")
        raise InputError(message, _("Install it again: {command}").format(command=INSTALL))
    if not id_:
        return there[0]
    for codec in there:
        if codec.id == id_:
            return codec
    message = _("This PyAV cannot encode “{codec}”.").format(codec=id_)
    raise InputError(message, _("Choose another with --codec: {codecs}.").format(codecs=names))


def version() -> str:
    """Of FFmpeg's libraries. Only where `codecs` gave something."""
    import av

    return av.ffmpeg_version_info


class Encoder:
    """Writes pictures of one size into a film at `rate` a second, which is whole once `finish` returns. Sides are even.

    `language` is three letters of ISO 639-2, empty where it is not known. Raises OSError where it cannot be written.
    """

    def __init__(
        self,
        file: Path,
        codec: Codec,
        size: tuple[int, int],
        rate: int,
        tags: Mapping[str, str],
        language: str = "",
        chapters: Sequence[Chapter] = (),
    ) -> None:
        os.environ.setdefault(_ANNOUNCING, "1")
        import av
        from av.codec.context import ThreadType
        from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

        width, height = size
        # the index goes to the front, so that a film plays while it is being loaded
        options = {"movflags": "+faststart"} if codec.container == "mp4" else {}
        with _as_system_errors():
            # what PyAV says of its types leaves some open
            self._container: Any = av.open(str(file), "w", format=codec.container, container_options=options)
        stream: Any = self._container.add_stream(codec.encoder, rate, dict(codec.options))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.color_range, stream.colorspace = ColorRange.MPEG, Colorspace.ITU709
        stream.color_primaries, stream.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        stream.gop_size = rate * KEY_EVERY
        stream.thread_type, stream.thread_count = ThreadType.FRAME, min(os.cpu_count() or 1, MOST_THREADS)
        if language:
            stream.metadata["language"] = language
        self._container.metadata.update({name: text for name, text in tags.items() if text})
        self._container.set_chapters([_chapter(n, chapter) for n, chapter in enumerate(chapters)])
        self._stream = stream
        self._picture = self._frame = av.VideoFrame(width, height, "bgr0")
        self._number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Lets go of the file, which nobody wants any more where it was not finished."""
        from av.error import FFmpegError

        with suppress(FFmpegError):
            self._container.close()

    def add(self, image: QImage, *, key: bool = False) -> None:
        """The next picture, of the format RGB32; a `key` one can be gone to at once."""
        from av.video.frame import PictureType
        from av.video.reformatter import ColorRange, Colorspace, Interpolation

        plane: Any = self._picture.planes[0]
        row = image.bytesPerLine()
        if plane.line_size == row:
            plane.update(image.constBits())
        else:  # lines begin where the processor likes to read
            pixels, gap = image.constBits(), bytes(plane.line_size - row)
            plane.update(b"".join(bytes(pixels[y * row : (y + 1) * row]) + gap for y in range(image.height())))
        self._frame = self._picture.reformat(
            format="yuv420p",
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            dst_colorspace=Colorspace.ITU709,
            interpolation=Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INP,
        )
        self._frame.pict_type = PictureType.I if key else PictureType.NONE
        self._next()

    def repeat(self, times: int) -> None:
        """The last picture so many times more."""
        from av.video.frame import PictureType

        self._frame.pict_type = PictureType.NONE
        for _time in range(times):
            self._next()

    def finish(self) -> None:
        """Writes what is still under way, and the index."""
        self._write(None)
        with _as_system_errors():
            self._container.close()

    def _next(self) -> None:
        self._frame.pts = self._number
        self._number += 1
        self._write(self._frame)

    def _write(self, frame: VideoFrame | None) -> None:
        with _as_system_errors():
            self._container.mux(self._stream.encode(frame))


def _chapter(number: int, chapter: Chapter) -> FileChapter:
    start, end = round(chapter.start * 1000), round(chapter.end * 1000)
    return {
        "id": number,
        "start": start,
        "end": end,
        "time_base": Fraction(1, 1000),
        "metadata": {"title": chapter.title},
    }


@contextmanager
def _as_system_errors() -> Generator[None]:
    """What FFmpeg says of a file as the system would: a full disk is no matter of encoding."""
    from av.error import FFmpegError

    try:
        yield
    except FFmpegError as error:
        raise OSError(error.errno or EIO, error.strerror or str(error)) from error
