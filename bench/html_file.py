"""How smooth the flights of an exported HTML file are, beside impress.js with the same deck.

    python bench/html_file.py [--frames N ...] [--deck DECK] [--impress impress.js] [--runs N]

Exports generated decks of every kind of frame (or one deck), shows them in Chromium without a graphics card at 1920 ×
1080, and counts the pictures that its compositor draws while the view moves: to the next stop, over the canvas, to the
overview and back into a frame. impress.js shows the same frames in the same places, as plain HTML; it is taken from npm
unless its file is named. Both are measured in turn, in one browser. Prints one JSON line on stdout, a table on stderr,
and exits with 1 where the file has fewer pictures a second than impress.js.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.desktop.chromium import browser

from check import write_varied_deck

IMPRESS = "impress.js@1.1.0"
SIZE = (1920, 1080)
CATEGORIES = "disabled-by-default-devtools.timeline.frame blink.user_timing"
REST = 1.0
"""Seconds between two flights, as somebody would stay."""


@dataclass(frozen=True, slots=True)
class Flight:
    """Seconds it took, pictures drawn in that time, milliseconds between two of them."""

    name: str
    seconds: float
    pictures: int
    gaps: tuple[float, ...]

    @property
    def rate(self) -> float:
        return self.pictures / self.seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, nargs="+", default=[40, 400])
    parser.add_argument("--deck", type=Path)
    parser.add_argument("--impress", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        impress = options.impress or _fetch_impress(folder)
        for frames in [0] if options.deck else options.frames:
            here = folder / str(frames)
            here.mkdir()
            deck = options.deck or write_varied_deck(here, frames)
            figures |= _measure(deck, frames, here, impress, options.runs)
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    return int(any(value < 1.0 for name, value in figures.items() if name.endswith("_ratio")))


def _measure(deck: Path, frames: int, folder: Path, impress: Path, runs: int) -> dict[str, float]:
    program = Path(sys.executable).with_name("atelier")
    command = [program, "export", deck, "--to", "html", "-o", folder]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    own = next(file for file in folder.glob("*.html") if not file.name.endswith(".embed.html"))
    flights = asyncio.run(_fly(own, impress.read_text(encoding="utf-8"), folder, runs))
    out: dict[str, float] = {}
    label = f"{frames} frames" if frames else deck.name
    for kind in ("own", "impress"):
        for flight in flights[kind]:
            sys.stderr.write(
                f"{label:12}{kind:9}{flight.name:10}{flight.pictures:4} pictures in {flight.seconds:.2f} s, "
                f"{flight.rate:5.1f} a second; gaps {median(flight.gaps):4.0f} ms, at most {max(flight.gaps):.0f}\n"
            )
        pictures, seconds = (sum(getattr(f, name) for f in flights[kind]) for name in ("pictures", "seconds"))
        out[f"{kind}_{frames}_a_second"] = pictures / seconds
        out[f"{kind}_{frames}_worst_ms"] = max(gap for flight in flights[kind] for gap in flight.gaps)
    out[f"{frames}_ratio"] = out[f"own_{frames}_a_second"] / out[f"impress_{frames}_a_second"]
    sys.stderr.write(f"{label:12}{out[f'{frames}_ratio']:.2f} times as many as impress.js\n")
    return out


async def _fly(own: Path, library: str, folder: Path, runs: int) -> dict[str, list[Flight]]:
    out: dict[str, list[Flight]] = {"own": [], "impress": []}
    async with browser(folder / "profile") as page:
        await page.look(*SIZE)
        await page.call("Page.navigate", url=own.as_uri())
        await page.until(OWN_READY)
        peer = folder / "impress.html"
        html = await page.run(AS_IMPRESS % json.dumps(library))
        peer.write_text(html, encoding="utf-8")
        for _run in range(runs):
            for kind, file, ready, go in (
                ("own", own, OWN_READY, OWN_GO),
                ("impress", peer, IMPRESS_READY, IMPRESS_GO),
            ):
                await page.call("Page.navigate", url=file.as_uri())
                await page.until(ready)
                for name, stop in (("near", 5), ("next", 6), ("overview", 0), ("into", 12), ("far", 30)):
                    await asyncio.sleep(REST)
                    events = await page.traced(go % stop, CATEGORIES)
                    out[kind].append(_flight(name, events))
    return out


def _flight(name: str, events: list[dict[str, Any]]) -> Flight:
    marks = {event["name"]: event["ts"] for event in events if event["name"] in {"begins", "ends"}}
    begins, ends = marks["begins"], marks["ends"]
    drawn = sorted(e["ts"] for e in events if e["name"] == "DrawFrame" and begins <= e["ts"] <= ends)
    moments = [begins, *drawn, ends]
    gaps = tuple((later - earlier) / 1000 for earlier, later in pairwise(moments))
    return Flight(name, (ends - begins) / 1e6, len(drawn), gaps)


def _fetch_impress(folder: Path) -> Path:
    subprocess.run(["npm", "pack", "--silent", IMPRESS], cwd=folder, check=True, capture_output=True)
    with tarfile.open(next(folder.glob("impress.js-*.tgz"))) as packed:
        packed.extract("package/js/impress.js", folder, filter="data")
    return folder / "package" / "js" / "impress.js"


_TIMED = """(async () => {
  performance.mark("begins");
  %s
  performance.mark("ends");
  await new Promise((done) => setTimeout(done, 100));
})()"""
OWN_READY = (
    "document.readyState === 'complete' && window.atelier && document.querySelector('.stage').dataset.settled === 'yes'"
)
OWN_GO = (
    _TIMED
    % """
  atelier.act(() => atelier.navigator.move(atelier.navigator.atStop(%d)));
  await new Promise((done) => {
    const look = () => atelier.view.moving ? requestAnimationFrame(look) : done();
    look();
  });
"""
)
IMPRESS_READY = "document.readyState === 'complete' && document.body.classList.contains('impress-enabled')"
IMPRESS_GO = (
    _TIMED
    % """
  impress().goto("s%d");
  await new Promise((done) => setTimeout(done, 1000));
"""
)
AS_IMPRESS = """(() => {
  const { places, deck } = atelier.scene;
  const steps = deck.route.map(([place], n) => {
    const t = places.relative(place, 0);
    const { size, frame } = places.all[place];
    const section = document.getElementById(deck.frames[frame].id);
    const own = [...section.children].filter((child) => child.tagName !== "SECTION");
    const [x, y] = [t.x + t.scale * size.width / 2, t.y + t.scale * size.height / 2];
    const html = own.map((child) => child.outerHTML).join("");
    return `<div class="step" id="s${n}" data-x="${x * 8}" data-y="${y * 8}" data-scale="${t.scale * 8}">` +
      (place === 0 ? `<h1>${deck.title}</h1>` : "") + html + "</div>";
  });
  const style = ".step { width: 1700px; height: 940px; padding: 60px; box-sizing: border-box; overflow: hidden; " +
    "background: linear-gradient(#fffdf8, #fbeedd); border-radius: 12px; font: 44px/1.4 sans-serif; " +
    "box-shadow: 0 12px 40px rgb(0 0 0 / 25%%) } .step img { max-height: 500px } .step table { font-size: 30px } " +
    ".step pre { font-size: 28px } .step h2, .step h3, .step h4 { font-size: 70px; margin: 0 0 30px }";
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><style>${style}</style></head><body>` +
    `<div id="impress" data-transition-duration="1000" data-width="1920" data-height="1080">${steps.join("")}</div>` +
    `<script>${%s.replaceAll("</script", "<\\\\/script")}</script><script>impress().init();</script></body></html>`;
})()"""


if __name__ == "__main__":
    sys.exit(main())
