"""How long exports take, from the start of the process to its end, and what they need.

    python bench/export.py [--frames N] [--keynote DECK] [--runs N] [--peers]

Runs `atelier export` on the keynote (PDF, HTML, PPTX, handout, PNG) and on a generated deck of every kind of frame
(PDF, HTML, PPTX). Prints one JSON line on stdout, a table beside the limits on stderr, and exits with 1 where one is
missed. With --peers the same texts are converted in the same run, as plain slides, by Marp and pandoc
(`bench/peers.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from check import KEYNOTE, write_varied_deck
from peers import as_slides, marp, pandoc

if TYPE_CHECKING:
    from peers import Peer

LIMITS = {
    "keynote_pdf_s": 2.5,
    "keynote_html_s": 2.0,
    "keynote_pptx_s": 2.5,
    "keynote_handout_s": 2.5,
    "frames_pdf_s": 20.0,
    "frames_html_s": 22.0,
    "frames_pptx_s": 11 * 2.5,
    "keynote_html_mb": 4.0,
    "rss_mb": 500.0,
}
"""Seconds of wall time for the keynote and for 400 frames; megabytes of memory of every export, and of one file."""


PEERS = (
    ("marp", "html", "html"),
    ("marp", "pdf", "pdf"),
    ("marp", "pptx", "pptx"),
    ("pandoc", "reveal.html", "html"),
    ("pandoc", "pptx", "pptx"),
)
"""A peer, what it writes, and which export that is compared with."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of wall and of processor time, the most memory a process had, and the bytes written."""

    wall: float
    cpu: float
    rss_mb: float
    size_mb: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=400)
    parser.add_argument("--keynote", type=Path, default=KEYNOTE)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        deck = write_varied_deck(folder, options.frames)
        export(
            options.keynote, "pdf", folder / "first"
        )  # an installed program is compiled: this does it for a checkout
        runs = {
            "keynote_pdf": best(options.keynote, "pdf", folder, options.runs),
            "keynote_html": best(options.keynote, "html", folder, options.runs),
            "keynote_pptx": best(options.keynote, "pptx", folder, options.runs),
            "keynote_handout": best(options.keynote, "handout", folder, options.runs),
            "keynote_png": best(options.keynote, "png", folder, 1),
            "frames_pdf": best(deck, "pdf", folder, 1),
            "frames_html": best(deck, "html", folder, 1),
            "frames_pptx": best(deck, "pptx", folder, 1),
        }
        compared: dict[str, tuple[str, Run]] = {}
        if options.peers:
            compared = by_peers("keynote", options.keynote, folder, options.runs) | by_peers("frames", deck, folder, 1)
    figures = {"frames": float(options.frames)}
    for task, run in runs.items():
        figures |= {f"{task}_s": run.wall, f"{task}_cpu_s": run.cpu, f"{task}_mb": run.size_mb}
        sys.stderr.write(
            f"{task:14}{run.wall:7.2f} s{_of(f'{task}_s', run.wall)}, {run.cpu:.2f} s of processor time, "
            f"{run.rss_mb:.0f} MB of memory{_of('rss_mb', run.rss_mb)}, "
            f"{run.size_mb:.1f} MB{_of(f'{task}_mb', run.size_mb)} written\n"
        )
    figures["rss_mb"] = max(run.rss_mb for run in runs.values())
    for name, (task, run) in compared.items():
        ratio = run.wall / runs[task].wall
        figures |= {f"{name}_s": run.wall, f"{name}_times": ratio}
        sys.stderr.write(
            f"{name:26}{run.wall:7.2f} s, {ratio:.1f} times as long as {task}; {run.size_mb:.1f} MB written\n"
        )
    if not options.peers:
        sys.stderr.write("--peers compares with Marp and pandoc\n")
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    return int(any(figures[name] > limit for name, limit in LIMITS.items()))


def _of(name: str, value: float) -> str:
    limit = LIMITS.get(name)
    if limit is None:
        return ""
    return f" of {limit:g}{', missed' if value > limit else ''}"


def best(deck: Path, format_: str, folder: Path, runs: int) -> Run:
    """The quickest of several: what else the machine does only makes it slower."""
    targets = [folder / f"{deck.name}-{format_}-{n}" for n in range(runs)]
    return min((export(deck, format_, target) for target in targets), key=lambda run: run.wall)


def export(deck: Path, format_: str, target: Path) -> Run:
    return measured([sys.executable, "-m", "atelier", "export", str(deck), "--to", format_, "-o", str(target)], target)


def by_peers(what: str, deck: Path, folder: Path, runs: int) -> dict[str, tuple[str, Run]]:
    """What each peer takes for the text of a deck, by name, with the export that it is compared with."""
    slides = as_slides(deck, folder / f"{what}-slides")
    found = {peer.name: peer for peer in (marp(), pandoc()) if peer is not None}
    return {
        f"{name}_{what}_{kind.partition('.')[0]}": (
            f"{what}_{format_}",
            quickest(found[name], slides, kind, folder, runs),
        )
        for name, kind, format_ in PEERS
        if name in found
    }


def quickest(peer: Peer, text: Path, kind: str, folder: Path, runs: int) -> Run:
    """The quickest of several conversions by a peer."""
    done: list[Run] = []
    for n in range(runs):
        target = folder / f"{text.parent.name}-{peer.name}-{kind}-{n}"
        target.mkdir()
        done.append(measured(peer.command(text, kind, target), target, **peer.variables))
    return min(done, key=lambda run: run.wall)


def measured(command: list[str], target: Path, **variables: str) -> Run:
    """Runs a command that writes into `target`. It may not fail."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"QT_QPA_PLATFORM": "offscreen"} | variables
    with tempfile.TemporaryFile() as said:
        redirected = [(os.POSIX_SPAWN_DUP2, said.fileno(), stream) for stream in (1, 2)]
        started = time.perf_counter()
        child = os.posix_spawnp(command[0], command, environment, file_actions=redirected)
        _child, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - started
        if os.waitstatus_to_exitcode(status):
            said.seek(0)
            raise RuntimeError(said.read().decode())
    written = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6, written / 1e6)


if __name__ == "__main__":
    sys.exit(main())
