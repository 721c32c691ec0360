"""A path as a film with its timings: stops, their steps one after another, and between them the flights of a talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale

from atelier import __version__
from atelier.exports.encoder import Encoder
from atelier.exports.film import film_pictures
from atelier.exports.timeline import timeline
from atelier.foundation.geometry import Size
from atelier.foundation.progress import unseen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atelier.canvas.flight import Profile
    from atelier.canvas.route import RouteStop
    from atelier.exports.encoder import Codec
    from atelier.exports.pdf_reading import Metadata
    from atelier.foundation.progress import Progress
    from atelier.render.scene import Scene

AT_ONCE: Final = 15
"""Times that a picture is repeated between two looks at the clock: a tenth of a second of work."""


@dataclass(frozen=True, slots=True)
class Film:
    """What was written: how long it is, the size of its pictures, how many of them a second, and its codec's name."""

    seconds: float
    width: int
    height: int
    rate: int
    codec: str


def write_video(
    scene: Scene,
    route: Sequence[RouteStop],
    size: Size,
    file: Path,
    metadata: Metadata,
    codec: Codec,
    *,
    profile: Profile,
    rate: int,
    hold: float | str,
    progress: Progress = unseen,
) -> Film:
    """Writes the film of a path in pictures of `size` pixels, their sides made even; `hold` is that of `timeline`.

    `progress` counts pictures. Raises OSError.
    """
    width, height = (int(side) // 2 * 2 for side in (size.width, size.height))
    size = Size(float(width), float(height))
    film = timeline(scene, route, size, profile, hold)
    total = film.frames(rate)
    tags = {
        "title": metadata.title,
        "artist": metadata.author,
        "description": metadata.subject,
        "keywords": ", ".join(metadata.keywords),
        "encoding_tool": f"Atelier {__version__}",
    }
    progress(0, total)
    with Encoder(file, codec, (width, height), rate, tags, _language(metadata.lang), film.chapters) as encoder:
        done = 0
        for image, times, begins in film_pictures(scene, film, size, rate):
            encoder.add(image, key=begins)
            done += 1
            progress(done, total)
            for more in range(times - 1, 0, -AT_ONCE):
                encoder.repeat(min(more, AT_ONCE))
                done += min(more, AT_ONCE)
                progress(done, total)
        encoder.finish()
    return Film(round(total / rate, 3), width, height, rate, codec.name)


def _language(tag: str) -> str:
    """The three letters that a film names a language by; empty for one that Qt does not know."""
    language = QLocale.codeToLanguage(tag.partition("-")[0])
    return QLocale.languageToCode(language, QLocale.LanguageCodeType.ISO639Part2T)
