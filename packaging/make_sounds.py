"""Makes the two sounds of a countdown: struck bells, put together from their partials.

    python packaging/make_sounds.py [FOLDER]

FOLDER is `src/atelier/resources/sounds` if not said otherwise. A struck bell is a sum of partials that die away, the
higher the sooner; ratios and decays are those of a small tuned bell, simplified (T. D. Rossing, "Science of Percussion
Instruments", 2000, chapter 11: hum, prime, tierce, quint and nominal).
"""

from __future__ import annotations

import array
import math
import sys
import wave
from pathlib import Path
from typing import NamedTuple

SOUNDS = Path(__file__).resolve().parent.parent / "src" / "atelier" / "resources" / "sounds"
RATE = 44_100
LOUDNESS = 0.72
"""Of full scale, at the loudest."""
ATTACK = 0.004
"""Seconds: no click at the start of a stroke."""
FADE = 0.12
"""Seconds before the end in which what is left goes to nothing."""


class Partial(NamedTuple):
    """Multiple of the pitch, strength, and the seconds in which it falls to a third (1/e)."""

    ratio: float
    strength: float
    decay: float


BELL = (
    Partial(0.5, 0.22, 0.62),
    Partial(1.0, 1.0, 0.50),
    Partial(1.003, 0.35, 0.46),
    Partial(2.0, 0.42, 0.30),
    Partial(2.4, 0.10, 0.20),
    Partial(3.0, 0.16, 0.16),
    Partial(4.07, 0.09, 0.09),
    Partial(5.4, 0.05, 0.05),
)


class Stroke(NamedTuple):
    """When (seconds) a bell of a pitch (hertz) is struck, and how hard."""

    at: float
    pitch: float
    strength: float


class Sound(NamedTuple):
    seconds: float
    strokes: tuple[Stroke, ...]


SOUND_OF = {
    "lap.wav": Sound(0.9, (Stroke(0.0, 783.99, 1.0),)),
    "end.wav": Sound(1.95, (Stroke(0.0, 783.99, 0.9), Stroke(0.26, 659.26, 0.95), Stroke(0.52, 523.25, 1.0))),
}
"""G5 between two laps; G5, E5, C5 at the end."""


def samples(sound: Sound) -> array.array[int]:
    """The sound as 16 bit samples."""
    count = round(sound.seconds * RATE)
    mixed = [0.0] * count
    for stroke in sound.strokes:
        first = round(stroke.at * RATE)
        for partial in BELL:
            turn = math.tau * stroke.pitch * partial.ratio / RATE
            fall = math.exp(-1.0 / (partial.decay * RATE))
            strength = stroke.strength * partial.strength
            for i in range(count - first):
                mixed[first + i] += strength * min(i / (ATTACK * RATE), 1.0) * math.sin(turn * i)
                strength *= fall
    loudest = max(map(abs, mixed))
    fade = round(FADE * RATE)
    return array.array(
        "h",
        (round(32767 * LOUDNESS * value / loudest * min((count - 1 - i) / fade, 1.0)) for i, value in enumerate(mixed)),
    )


def write(folder: Path) -> list[Path]:
    """Writes both sounds into `folder`: one channel, WAV."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, sound in SOUND_OF.items():
        data = samples(sound)
        if sys.byteorder == "big":
            data.byteswap()
        with wave.open(str(folder / name), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(data.tobytes())
        written.append(folder / name)
    return written


if __name__ == "__main__":
    for path in write(Path(sys.argv[1]) if len(sys.argv) > 1 else SOUNDS):
        print(path)  # noqa: T201 - what was made
