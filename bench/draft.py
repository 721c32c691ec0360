"""How long drafts take, from the start of the process to its end, and what they need.

    python bench/draft.py [--frames N] [--keynote DECK] [--runs N] [--peers]

Runs `atelier draft` on the keynote in each format, and in all of them on a generated deck of every kind of frame.
Prints one JSON line on stdout, a table beside the limits on stderr, and exits with 1 where one is missed. With
--peers the text of the keynote is converted to DOCX and HTML by pandoc in the same run (`bench/peers.py`).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from atelier.writers.formats import FORMATS
from check import KEYNOTE, write_varied_deck
from export import Run, measured, quickest
from peers import as_article, pandoc

LIMIT = 1.2
"""Seconds for a draft of the keynote; ten times as many frames take eleven times as long at most."""
MOST_TIMES = 11.0
MOST_MEMORY = 500.0  # MB


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=400)
    parser.add_argument("--keynote", type=Path, default=KEYNOTE)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    kept = True
    figures: dict[str, float] = {"frames": float(options.frames)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        deck = write_varied_deck(folder, options.frames)
        draft(options.keynote, "markdown", folder / "first")  # compiles a checkout, as an installed program is
        memory = 0.0
        for format_ in FORMATS:
            run = min(
                (draft(options.keynote, format_, folder / f"{format_}-{n}") for n in range(options.runs)),
                key=lambda each: each.wall,
            )
            many = draft(deck, format_, folder / f"{format_}-many")
            memory = max(memory, run.rss_mb, many.rss_mb)
            figures |= {f"{format_}_s": run.wall, f"{format_}_frames_s": many.wall}
            missed = run.wall > LIMIT or many.wall > MOST_TIMES * LIMIT
            kept &= not missed
            sys.stderr.write(
                f"{format_:12}{run.wall:6.2f} s of {LIMIT}; {options.frames} frames {many.wall:6.2f} s of "
                f"{MOST_TIMES * LIMIT:.1f}; {many.rss_mb:.0f} MB of memory, {many.size_mb:.1f} MB written"
                f"{'; missed' if missed else ''}\n"
            )
        peer = pandoc() if options.peers else None
        if peer is not None:
            text = as_article(options.keynote, folder / "article")
            for kind in ("docx", "html"):
                run = quickest(peer, text, kind, folder, options.runs)
                ratio = run.wall / figures[f"{kind}_s"]
                figures |= {f"pandoc_{kind}_s": run.wall, f"pandoc_{kind}_times": ratio}
                sys.stderr.write(f"pandoc {kind:5}{run.wall:6.2f} s, {ratio:.2f} times as long\n")
    figures["rss_mb"] = memory
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    return int(not kept or memory > MOST_MEMORY)


def draft(deck: Path, format_: str, target: Path) -> Run:
    command = [sys.executable, "-m", "atelier", "draft", str(deck), "--to", format_, "-o", str(target)]
    with tempfile.TemporaryDirectory() as home:  # what is written is remembered there
        return measured(command, target, ATELIER_HOME=home)


if __name__ == "__main__":
    sys.exit(main())
