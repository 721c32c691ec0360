"""How long checking a deck takes, from the start of the process to its end.

    python bench/check.py [--frames N] [--keynote DECK]

Runs `atelier check` and `atelier check --layout` on the keynote and on a generated deck of every kind of frame. Prints
one JSON line on stdout, a table beside the limits on stderr, and exits with 1 where one is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KEYNOTE = Path(__file__).resolve().parents[1] / "decks" / "gateau-au-chocolat"
LIMITS = {"keynote_s": 1.0, "keynote_layout_s": 3.0, "frames_s": 5.0, "frames_layout_s": 30.0}
"""Seconds, for the keynote and for 1,000 frames."""
IN_A_SECTION = 9
SECTIONS_IN_A_CHAPTER = 10
LONGEST = 600
"""Seconds after which a run is given up."""
TALK = (
    "the canvas shows many frames at once so that a room sees where it is while one of them is told a camera flies "
    "from stop to stop and what lies beside the path stays in sight for those who ask about it before the break"
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 400"><rect width="680" height="400" fill="#fde2a7"/>'
    '<circle cx="300" cy="210" r="140" fill="#2b6777"/></svg>'
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=1000)
    parser.add_argument("--keynote", type=Path, default=KEYNOTE)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        deck = write_varied_deck(Path(folder), options.frames)
        _seconds(deck)  # an installed program is compiled: the first run does that for a checkout
        seconds = {
            "keynote_s": _seconds(options.keynote),
            "keynote_layout_s": _seconds(options.keynote, "--layout"),
            "frames_s": _seconds(deck),
            "frames_layout_s": _seconds(deck, "--layout"),
        }
    print(json.dumps({"frames": options.frames, **{name: round(took, 2) for name, took in seconds.items()}}))
    for name, took in seconds.items():
        missed = "  missed" if took > LIMITS[name] else ""
        sys.stderr.write(f"{name:20}{took:8.2f} s of {LIMITS[name]:4.0f} s{missed}\n")
    return int(any(took > LIMITS[name] for name, took in seconds.items()))


def _seconds(deck: Path, *options: str) -> float:
    """How long one check takes. It may find errors (exit code 1), but not fail to run."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "atelier", "check", str(deck), *options],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    if done.returncode not in {0, 1} or "Traceback" in done.stderr:
        raise RuntimeError(done.stderr)
    return time.perf_counter() - started


def write_varied_deck(folder: Path, frames: int) -> Path:
    """Writes a deck of `frames` frames below its root, in chapters and sections, and returns its text file."""
    dice = random.Random(7)
    lines = ["---", "title: A deck to check", "paths:", "  short: [f1, f2, {frame: f2, view: overview}]", "---", ""]
    lines += ["# A deck to check", ""]
    for n in range(1, frames + 1):
        place = (n - 1) % (SECTIONS_IN_A_CHAPTER * (IN_A_SECTION + 1) + 1)
        if place == 0:
            level, body = 2, [_sentence(dice, 8)]
        elif (place - 1) % (IN_A_SECTION + 1) == 0:
            level, body = 3, [_sentence(dice, 10)]
        else:
            level, body = 4, _KINDS[n % len(_KINDS)](dice, n)
        lines += [f"{'#' * level} Frame {n}: {_sentence(dice, 3)} {{#f{n}}}", "", *body, ""]
    file = folder / "deck.md"
    file.write_text("\n".join(lines), encoding="utf-8")
    (folder / "picture.svg").write_text(PICTURE, encoding="utf-8")
    return file


def _sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(TALK.split(), k=words)).capitalize()


def _paragraphs(dice: random.Random, n: int) -> list[str]:
    return [f"{_sentence(dice, 25)}, and **number {n}** of them.", "", f"{_sentence(dice, 18)}, *or so*."]


def _list(dice: random.Random, n: int) -> list[str]:
    points = [f"- {_sentence(dice, 7)} `n{n}`" for _ in range(5)]
    return [f"{_sentence(dice, 9)}:", "", *points, "{: .steps }"]


def _code(dice: random.Random, n: int) -> list[str]:
    calls = [f"    view.fly_to(frame_{dice.randrange(n + 1)}, seconds={dice.random():.2f})" for _ in range(7)]
    return [f"{_sentence(dice, 9)}.", "", "```python", f"def part_{n}(view):", *calls, "    return view", "```"]


def _table(dice: random.Random, n: int) -> list[str]:
    rows = [f"| {_sentence(dice, 2)} | {dice.randrange(9999)} | {dice.random():.2f} |" for _ in range(6)]
    return [f"| Part {n} | Count | Share |", "|---|--:|--:|", *rows]


def _picture(dice: random.Random, n: int) -> list[str]:
    shown = f'![A circle, number {n}](picture.svg){{data-credit="A. Painter, CC BY 4.0"}}'
    return [f"{_sentence(dice, 20)}.", "", shown]


def _long(dice: random.Random, n: int) -> list[str]:
    return [*_paragraphs(dice, n), "", *_list(dice, n), "", f"> {_sentence(dice, 14)}.", "", *_table(dice, n)]


_KINDS = (_paragraphs, _list, _code, _table, _picture, _long)


if __name__ == "__main__":
    sys.exit(main())
