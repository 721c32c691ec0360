"""How long exports take, from the start of the process to its end, and what they need.

    python bench/export.py [--frames N] [--keynote DECK] [--runs N] [--marp PROGRAM]

Runs `atelier export` on the keynote (PDF, HTML, PPTX, PNG) and on a generated deck of every kind of frame (PDF, HTML,
PPTX).
Prints one JSON line on stdout, a table beside the limits on stderr, and exits with 1 where one is missed. With --marp
the same texts are converted by Marp in the same run, as plain slides; the browser it uses is named by CHROME_PATH.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from check import KEYNOTE, write_varied_deck

LIMITS = {
    "keynote_pdf_s": 2.5,
    "keynote_html_s": 2.0,
    "keynote_pptx_s": 2.5,
    "frames_pdf_s": 20.0,
    "frames_html_s": 22.0,
    "frames_pptx_s": 11 * 2.5,
    "keynote_html_mb": 4.0,
    "rss_mb": 500.0,
}
"""Seconds of wall time for the keynote and for 400 frames; megabytes of memory of every export, and of one file."""


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
    parser.add_argument("--marp", type=Path)
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
            "keynote_png": best(options.keynote, "png", folder, 1),
            "frames_pdf": best(deck, "pdf", folder, 1),
            "frames_html": best(deck, "html", folder, 1),
            "frames_pptx": best(deck, "pptx", folder, 1),
        }
        marp = {
            "keynote_pdf": by_marp(options.marp, options.keynote, folder),
            "frames_pdf": by_marp(options.marp, deck, folder),
        }
    figures = {"frames": float(options.frames)}
    for task, run in runs.items():
        figures |= {f"{task}_s": run.wall, f"{task}_cpu_s": run.cpu, f"{task}_mb": run.size_mb}
        sys.stderr.write(
            f"{task:14}{run.wall:7.2f} s{_of(f'{task}_s', run.wall)}, {run.cpu:.2f} s of processor time, "
            f"{run.rss_mb:.0f} MB of memory{_of('rss_mb', run.rss_mb)}, "
            f"{run.size_mb:.1f} MB{_of(f'{task}_mb', run.size_mb)} written\n"
        )
    figures["rss_mb"] = max(run.rss_mb for run in runs.values())
    for task, run in marp.items():
        if run is None:
            continue
        figures |= {f"marp_{task}_s": run.wall, f"marp_{task}_mb": run.size_mb}
        ratio = run.wall / runs[task].wall
        sys.stderr.write(
            f"{task:14}{run.wall:7.2f} s by Marp, {ratio:.1f} times as long; {run.size_mb:.1f} MB written\n"
        )
    if options.marp is None:
        sys.stderr.write("Marp not given: --marp PROGRAM compares with it\n")
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


def by_marp(program: Path | None, deck: Path, folder: Path) -> Run | None:
    """What Marp takes for the text of a deck, a slide a heading."""
    if program is None:
        return None
    source = deck / "deck.md" if deck.is_dir() else deck
    target = folder / "marp"
    target.mkdir(exist_ok=True)
    slides = target / f"{source.parent.name}.md"
    slides.write_text(as_slides(source.read_text(encoding="utf-8")), encoding="utf-8")
    for picture in (*source.parent.glob("*.svg"), *source.parent.glob("*.png"), *source.parent.glob("*.jpg")):
        (target / picture.name).write_bytes(picture.read_bytes())
    out = target / "out"
    out.mkdir(exist_ok=True)
    command = [str(program), "--pdf", "--allow-local-files", str(slides), "-o", str(out / f"{slides.stem}.pdf")]
    return measured(command, out, CHROME_NO_SANDBOX="1")


def as_slides(text: str) -> str:
    """The text without what Marp would take for words: front matter, attributes, blocks that are not shown."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^/// (?:notes|private).*?^///$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^////?.*$|\{[:#.][^{}\n]*\}|(?<=\))\{[^{}\n]*\}", "", text, flags=re.MULTILINE)
    slides = re.split(r"^(?=#+ )", text, flags=re.MULTILINE)
    return "---\nmarp: true\n---\n\n" + "\n---\n\n".join(slide.strip() + "\n" for slide in slides if slide.strip())


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
