"""Opens a `.canvas` of many nodes in the real audience window and flies over it, as one JSON line.

    python bench/canvas_file.py [--nodes N] [--flat] [--size WxH]

The nodes lie in groups of a hundred, with `--flat` all of them side by side, joined by edges. `opened_s` is from the
bytes of the file to the first picture; the rest is as in bench/flight.py.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from flight import measure

IN_GROUP = 99
TEXT = "## Carte {n}\n\nDu **texte** libre, avec une liste:\n\n- un\n- deux\n- trois"


def write_canvas(folder: Path, nodes: int, *, grouped: bool) -> Path:
    """A canvas of that many nodes, in groups of a hundred, or in rows on the canvas itself."""
    out: list[dict[str, object]] = []
    edges: list[dict[str, str]] = []
    group = IN_GROUP + 1 if grouped else nodes
    wide = round(group**0.5)
    for start in range(0, nodes, group):
        number = start // group
        left, top = number % 10 * 3300, number // 10 * 3000
        if grouped:
            box: dict[str, object] = {"x": left, "y": top, "width": 3000, "height": 2800}
            label = f"Groupe {number}"
            out.append(box | {"id": f"g{number}", "type": "group", "label": label, "color": str(number % 6 + 1)})
        for i in range(min(group, nodes - start) - grouped):
            x, y = left + 60 + i % wide * 285, top + 60 + i // wide * 255
            node: dict[str, object] = {"id": f"n{start + i}", "type": "text", "text": TEXT.format(n=start + i)}
            out.append(node | {"x": x, "y": y, "width": 240, "height": 210})
            if i:
                edges.append({"id": f"e{start + i}", "fromNode": f"n{start + i - 1}", "toNode": f"n{start + i}"})
    file = folder / "large.canvas"
    file.write_text(json.dumps({"nodes": out, "edges": edges}), encoding="utf-8")
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=5000)
    parser.add_argument("--flat", action="store_true")
    parser.add_argument("--size", default="1920x1080")
    options = parser.parse_args()
    width, height = (int(n) for n in options.size.split("x"))

    from display import on_display

    with on_display(width, height), tempfile.TemporaryDirectory() as folder:
        os.environ["ATELIER_HOME"] = folder
        file = write_canvas(Path(folder), options.nodes, grouped=not options.flat)
        found = measure(lambda: file, width, height)
        opened = round(float(str(found["parse_s"])) + float(str(found["first_paint_s"])), 3)
        print(json.dumps({"nodes": options.nodes, "opened_s": opened} | found))


if __name__ == "__main__":
    main()
