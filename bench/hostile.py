"""Decks nobody would write: how long each takes to be read, placed and drawn, as one JSON line each.

python bench/hostile.py [--deck NAME]
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

DECKS = {
    "5,000 opening brackets": "# A\n\n" + "[" * 5000,
    "5,000 opening images": "# A\n\n" + "![" * 5000,
    "5,000 stars": "# A\n\n" + "*" * 5000 + "x",
    "5,000 backticks": "# A\n\n" + "` " * 5000,
    "2,000 nested lists": "# A\n\n" + "".join("  " * n + "- x\n" for n in range(2000)),
    "2,000 nested quotes": "# A\n\n" + ">" * 2000 + " x",
    "a table of 100,000 cells": "# A\n\n" + "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + ("|1" * 100 + "|\n") * 1000,
    "50 levels of nesting": "# A\n\n" + "".join("    " * n + "1. x\n\n" for n in range(50)),
    "a line of a million signs": "# A\n\n" + "x" * 1_000_000,
    "a million short words": "# A\n\n" + "ab " * 333_000,
    "100,000 blocks never closed": "# A\n\n" + "/// notes\n" * 100_000,
    "10,000 headings": "\n".join(f"# {n}" for n in range(10_000)),
    "10,000 footnotes": "# A\n\n" + "".join(f"[^{n}]\n\n[^{n}]: note\n\n" for n in range(10_000)),
    "arabic, hebrew, emoji, combining": "# مرحبا שלום 👩‍👩‍👧‍👦 ế̃̂\n\n" + "א" * 2000 + "é̂̃" * 500 + "😀" * 500,
    "a title of 20,000 signs": "# " + "title " * 3333,
    "5,000 formulas": "# A\n\n" + "$x^2$ " * 5000,
    "code of 20,000 lines": "# A\n\n```python\n" + "x = 1\n" * 20_000 + "```\n",
    "100,000 list items": "# A\n\n" + "- x\n" * 100_000,
    "50,000 short paragraphs": "# A\n\n" + "word\n\n" * 50_000,
    "3,900 blocks in one another": "# A\n\n" + "".join("/" * (3903 - n) + " private\n" for n in range(3900)),
    "100,000 comments never closed": "# A\n\n" + "a <!-- x\n\n" * 100_000,
    "backticks of 2,000 lengths beside a comment": "# A\n\n<!-- -->" + " ".join("`" * n for n in range(1, 2000)),
    "100,000 open elements": "# A\n\n" + "<div>\n" * 100_000,
    "10,000 pictures": "# A\n\n" + "![a](b.png)\n\n" * 10_000,
    "5,000 dead links": "".join(f"# H{n}\n\n[a](#b{n})\n\n" for n in range(5000)),
    "10,000 link definitions": "".join(f"[a{n}]: #x{n}\n" for n in range(10_000))
    + "".join(f"\n# H{n}\n\n[x][a{n}]\n" for n in range(3000)),
    "10,000 abbreviations": "".join(f"*[AB{n}]: x\n" for n in range(10_000))
    + "".join(f"\n# H{n}\n\nAB{n} y\n" for n in range(3000)),
    "10,000 keys": "---\n" + "".join(f"k{n}: v\n" for n in range(10_000)) + "---\n# A\n",
    "15,000 unknown stops": "---\npaths:\n  p:\n"
    + "".join(f"    - aaa{n}\n" for n in range(15_000))
    + "---\n"
    + "".join(f"# H{n}\n" for n in range(5000)),
    "a title of 5,000 private words": "# " + "**x**{.private} " * 5000 + "\n\nx",
    "8 MB of headings": "# a\n" * (2 * 2**20),
    "one line of 8 MB": "ab " * (5 * 2**19),
    "a lexer that looks back": "# A\n\n```perl\n" + ("s{a{" * 200 + "\n") * 60 + "\n```\n",
    "empty": "",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deck", choices=DECKS, metavar="NAME", help="one of them alone")
    options = parser.parse_args()
    _measure([options.deck] if options.deck else list(DECKS))


def _measure(names: list[str]) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication, QImage, QPainter

    from atelier.canvas.camera import home
    from atelier.deck.loading import load
    from atelier.foundation.geometry import Size
    from atelier.render.exact import exact_picture
    from atelier.render.scene import Look, build_scene

    app = QGuiApplication([])
    size = Size(1920.0, 1080.0)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            file = Path(folder) / "deck.md"
            file.write_text(DECKS[name], encoding="utf-8")
            started = time.perf_counter()
            scene = build_scene(load(file))
            image = QImage(1920, 1080, QImage.Format.Format_RGB32)
            longest = 0.0
            for place in dict.fromkeys((0, len(scene.canvas.places) - 1)):
                painter = QPainter(image)
                slice_started = time.perf_counter()
                for _ in exact_picture(scene, painter, home(scene.canvas, place, size.ratio), size, Look(focus=place)):
                    longest = max(longest, time.perf_counter() - slice_started)
                    slice_started = time.perf_counter()
                painter.end()
            seconds = time.perf_counter() - started
            print(json.dumps({"deck": name, "seconds": round(seconds, 2), "longest_slice_s": round(longest, 2)}))
    app.quit()


if __name__ == "__main__":
    main()
