"""How long a film takes, from the start of the process to its end, for each second of it.

    python bench/video.py [--deck DECK] [--path NAME] [--size 1920x1080] [--codec CODEC]

Runs `atelier export --to video` on the keynote. Prints one JSON line on stdout, words beside the limits on stderr, and
exits with 1 where one is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import av

from check import KEYNOTE
from export import measured

LIMITS = {720: 0.3, 1080: 0.6}
"""Seconds of work for each second of film, by its rows."""
MOST_MB = 500.0
"""Of memory."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deck", type=Path, default=KEYNOTE)
    parser.add_argument("--path", default="")
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--codec", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = film(options.deck, options.size, Path(name), options.path, options.codec)
    limits = {"rss_mb": MOST_MB}
    if found["codec"] == "h264" and found["rows"] in LIMITS:
        limits["a_second_s"] = LIMITS[found["rows"]]
    missed = [name for name, limit in limits.items() if found[name] > limit]
    sys.stderr.write(
        f"{found['film_s']:.0f} s of film in {found['wall_s']:.1f} s, {found['cpu_s']:.1f} s of processor time; "
        + "".join(f"{name} {found[name]:g} of {limit:g}, " for name, limit in limits.items())
        + f"{found['mb']:.1f} MB written\n"
        + "".join(f"missed: {name}\n" for name in missed)
    )
    print(json.dumps(found))
    return int(bool(missed))


def film(deck: Path, size: str, target: Path, path: str, codec: str) -> dict[str, Any]:
    """What the film of a path took."""
    command = [sys.executable, "-m", "atelier", "export", str(deck), "--to", "video", "--size", size, "-o", str(target)]
    command += ["--path", path] if path else []
    run = measured(command + (["--codec", codec] if codec else []), target)
    (file,) = target.iterdir()
    with av.open(str(file)) as made:
        stream = made.streams.video[0]
        seconds, rows = (made.duration or 0) / av.time_base, stream.height
        name = stream.codec_context.codec.canonical_name
    return {
        "size": size,
        "rows": rows,
        "codec": name,
        "film_s": round(seconds, 2),
        "wall_s": round(run.wall, 2),
        "a_second_s": round(run.wall / seconds, 3),
        "cpu_s": round(run.cpu, 2),
        "rss_mb": round(run.rss_mb, 1),
        "mb": round(run.size_mb, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
