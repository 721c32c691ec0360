"""An exported HTML file in a real browser: it looks and flies as the program does, and reads without it."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from tests.desktop.chromium import Page, browser

from atelier.app.exporting import Wish, export
from atelier.canvas.camera import Camera, home, place_at, zoom_at
from atelier.canvas.flight import Flight, Profile, Velocity
from atelier.canvas.sight import visible
from atelier.deck.loading import load
from atelier.exports.html_player import modules
from atelier.foundation.geometry import Point, Size
from atelier.render.scene import build_scene

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from atelier.canvas.flight import Velocity as Speed
    from atelier.render.scene import Scene

pytestmark = pytest.mark.usefixtures("qapp")

TEXT = """---
title: A talk that flies
lang: en
author: Somebody
paths:
  whole: {stops: [root, one, steps, words, {frame: words, view: overview}, figures, deep, deeper, end]}
---

# A talk that flies {#root}

A lead with *words* and a [link to the end](#end).

## First chapter {#one layout=ring}

What it is about.

### Steps {#steps}

- first **point**
- second point
- third point
{: .steps }

/// notes
What is said, with *emphasis*.
///

### Words {#words}

A quotation, AVATAR and office, in `code`: see [the site](https://example.org/page) or [steps](#steps).

> It was said.
>
> — Somebody

```python
def fly(view):
    return view.width * 2
```

### Figures {#figures}

![A photograph](photo.jpg){width=60%}

| a | b |
|---|--:|
| 1 | 2 |

$$\\sum_{i=1}^n x_i^2$$

## Second chapter {#two layout=timeline}

### 2014: Emoji and Arabic {#deep}

One 👩‍👩‍👧 of them, 🎂. مرحبا بكم في الحفل

#### Deeper {#deeper}

##### And deeper {#deepest}

Down here, photograph again.

![A photograph](photo.jpg)

### 2015: The end {#end}

/// callout | Look
Nothing more.
///
"""
VIEW = (960, 540)
NEAR = 2.5
"""Mean difference of a channel, out of 255, that the edges of letters and lines may make."""
SETTLED = "document.querySelector('.stage')?.dataset.settled === 'yes'"


@dataclass(frozen=True)
class Exported:
    deck: Path
    page: Path
    noted: Path

    @property
    def url(self) -> str:
        return self.page.as_uri()


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Exported:
    folder = tmp_path_factory.mktemp("page")
    (folder / "deck.md").write_text(TEXT, encoding="utf-8")
    photograph(folder / "photo.jpg")
    (plain,) = export(folder / "deck.md", ["html"], folder / "out", Wish(path="whole"))
    (noted,) = export(folder / "deck.md", ["html"], folder / "noted", Wish(path="whole", notes=True))
    return Exported(folder / "deck.md", plain.files[0], noted.files[0])


def photograph(file: Path) -> None:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for y in range(0, 480, 8):
        for x in range(0, 640, 8):
            painter.fillRect(x, y, 8, 8, Qt.GlobalColor.darkCyan if (x // 64 + y // 64) % 2 else Qt.GlobalColor.yellow)
    painter.end()
    assert image.save(str(file))


def browse(folder: Path, act: Callable[[Page], Awaitable[None]]) -> None:
    async def run() -> None:
        async with browser(folder / "profile") as page:
            await page.look(*VIEW)
            await act(page)
            assert page.complaints == []

    asyncio.run(run())


async def show(page: Page, url: str) -> None:
    await page.call("Page.navigate", url="about:blank")
    await page.call("Page.navigate", url=url)
    await page.until(SETTLED)


async def press(page: Page, key: str, code: str = "", modifiers: int = 0) -> None:
    text = key if len(key) == 1 else ""
    for kind in ("keyDown", "keyUp"):
        await page.call("Input.dispatchKeyEvent", type=kind, key=key, code=code, modifiers=modifiers, text=text)


async def where(page: Page) -> str:
    return str(await page.run("location.hash.slice(1)"))


async def rested(page: Page) -> None:
    await page.until(f"!atelier.view.moving && {SETTLED}")


def test_every_stop_looks_as_in_the_program(exported: Exported, tmp_path: Path) -> None:
    (written,) = export(exported.deck, ["png"], tmp_path / "png", Wish(path="whole", size=VIEW))
    differences: list[float] = []

    async def act(page: Page) -> None:
        await show(page, exported.url)
        await page.run("document.querySelector('.tools').style.display = 'none'")
        for stop, file in enumerate(written.files):
            await page.run(
                f"(() => {{ const at = atelier.navigator.atStop({stop});"
                " atelier.view.showAt(atelier.camera(at), { ...atelier.look(at), shown: new Map() }); })()"
            )
            await rested(page)
            shown = tmp_path / f"{stop}.png"
            shown.write_bytes(await page.picture())
            differences.append(difference(QImage(str(shown)), QImage(str(file))))

    browse(tmp_path, act)
    assert len(differences) == len(written.files) >= 9
    assert max(differences) < NEAR, differences


def difference(one: QImage, other: QImage) -> float:
    """The mean difference of a channel."""
    assert one.size() == other.size()
    pixels = [bytes(each.convertToFormat(QImage.Format.Format_RGB888).constBits()) for each in (one, other)]
    return sum(abs(a - b) for a, b in zip(*pixels, strict=True)) / len(pixels[0])


def test_keys_lead_where_they_lead_in_the_program(exported: Exported, tmp_path: Path) -> None:
    async def act(page: Page) -> None:
        await page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
        await show(page, exported.url)
        assert await page.run("atelier.view.profile") == "cuts"
        for key, code, expected, step in (
            ("PageDown", "", "one", 0),
            ("ArrowRight", "", "steps", 0),
            (" ", "Space", "steps", 1),
            ("ArrowDown", "", "steps", 2),
            ("ArrowUp", "", "steps", 1),
            ("Home", "", "root", 0),
            ("1", "Digit1", "end", 0),
            ("Backspace", "", "root", 0),
            ("i", "KeyI", "one", 0),
            ("u", "KeyU", "root", 0),
            ("End", "", "end", 0),
            ("o", "KeyO", "root", 0),
            ("o", "KeyO", "end", 0),
        ):
            await press(page, key, code)
            await rested(page)
            assert (await where(page), await page.run("atelier.navigator.position.step")) == (expected, step), key
        await press(page, "b", "KeyB")
        assert await page.run("!document.querySelector('.cover').hidden")
        await press(page, "PageDown")
        assert await page.run("document.querySelector('.cover').hidden")

    browse(tmp_path, act)


def test_a_link_is_a_detour_and_the_address_names_a_frame(exported: Exported, tmp_path: Path) -> None:
    async def act(page: Page) -> None:
        await show(page, f"{exported.url}#words")
        assert await where(page) == "words"
        links = await page.run("[...document.querySelectorAll('.links a')].map((a) => [a.getAttribute('href'), a.rel])")
        assert ["https://example.org/page", "noopener noreferrer"] in links
        assert ["#steps", ""] in links
        await page.run("document.querySelector('.links a[href=\"#steps\"]').click()")
        await rested(page)
        assert await where(page) == "steps"
        assert await page.run("document.querySelector('[role=status]').textContent") == (
            "Steps. Detour from stop 4 of 9. Step 0 of 3"
        )
        await press(page, "Backspace")
        await rested(page)
        assert await where(page) == "words"
        await page.run("location.hash = 'deepest'")
        await page.until("atelier.frame().id === 'deepest'")
        await rested(page)

    browse(tmp_path, act)


def test_one_finds_frames_by_words_and_outline(exported: Exported, tmp_path: Path) -> None:
    async def act(page: Page) -> None:
        await show(page, exported.url)
        await press(page, "/", "Slash")
        await page.call("Input.insertText", text="QUOTAT")
        assert await page.run("[...document.querySelectorAll('.hits strong')].map((s) => s.textContent)") == ["Words"]
        await press(page, "Enter")
        await rested(page)
        assert await where(page) == "words"
        await press(page, "m", "KeyM")
        await page.run("[...document.querySelectorAll('dialog[open] nav a')].find((a) => a.hash === '#end').click()")
        await rested(page)
        assert await where(page) == "end"

    browse(tmp_path, act)


def test_hands_fly_look_around_and_swipe(exported: Exported, tmp_path: Path) -> None:
    async def act(page: Page) -> None:
        await show(page, exported.url)
        spot = await page.run(
            "(() => { const { view, scene } = atelier; const sight = view.renderer.sights(view.camera)"
            ".find((s) => s.place === scene.places.ofFrame.get(1));"
            " return { x: sight.t.x + 60 * sight.t.scale, y: sight.t.y + 60 * sight.t.scale }; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            await page.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **spot)
        await rested(page)
        assert await where(page) == "one"
        before = await page.run("atelier.view.camera.width")
        await page.call("Input.dispatchMouseEvent", type="mouseWheel", x=480, y=270, deltaX=0, deltaY=-240)
        await page.until(f"atelier.view.camera.width < {before} && atelier.byHand")
        await press(page, "Escape")
        await page.until(
            f"!atelier.byHand && !atelier.view.moving && Math.abs(atelier.view.camera.width - {before}) < 1"
        )
        await page.call("Emulation.setTouchEmulationEnabled", enabled=True)
        for kind, x in (("touchStart", 700), ("touchMove", 600), ("touchMove", 400), ("touchEnd", None)):
            points = [] if x is None else [{"x": x, "y": 300}]
            await page.call("Input.dispatchTouchEvent", type=kind, touchPoints=points)
        await rested(page)
        assert await where(page) == "steps"
        width = await page.run("atelier.view.camera.width")
        for kind, apart in (("touchStart", 50), ("touchMove", 100), ("touchMove", 200)):
            points = [{"x": 480 - apart, "y": 270, "id": 1}, {"x": 480 + apart, "y": 270, "id": 2}]
            await page.call("Input.dispatchTouchEvent", type=kind, touchPoints=points)
        await page.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        assert abs(await page.run("atelier.view.camera.width") / width - 0.25) < 0.03

    browse(tmp_path, act)


def test_notes_are_shown_where_the_file_has_them(exported: Exported, tmp_path: Path) -> None:
    async def act(page: Page) -> None:
        await show(page, f"{exported.noted.as_uri()}#steps")
        await press(page, "r", "KeyR")
        assert "What is said, with emphasis." in await page.run("document.querySelector('aside.notes').innerText")
        await rested(page)
        await show(page, exported.url)
        assert not await page.run("Boolean(document.querySelector('.notes, .speaker'))")

    browse(tmp_path, act)


def test_without_scripts_and_on_paper_it_is_all_there(exported: Exported, tmp_path: Path) -> None:
    async def act(page: Page) -> None:
        await show(page, exported.url)
        await page.call("Emulation.setEmulatedMedia", media="print")
        printed = await page.run("document.body.innerText")
        await page.call("Emulation.setEmulatedMedia", media="")
        await page.call("Emulation.setScriptExecutionDisabled", value=True)
        await page.call("Page.navigate", url="about:blank")
        await page.call("Page.navigate", url=exported.url)
        await page.until("document.readyState === 'complete' && document.title !== ''")
        assert not await page.run("Boolean(document.querySelector('.stage'))")
        bare = await page.run("document.body.innerText")
        for words in ("A talk that flies", "third point", "It was said.", "return view.width * 2", "Nothing more."):
            assert words in bare
            assert words in printed
        pictures = await page.run("[...document.images].map((image) => image.complete && image.naturalWidth)")
        shown = await page.run(
            "[...document.querySelectorAll('svg.picture')].map((s) => s.getBoundingClientRect().width)"
        )
        assert all(pictures)
        assert len(pictures) + len(shown) == 2
        assert all(width > 100 for width in shown)

    browse(tmp_path, act)


def test_nothing_serious_bars_anyone(exported: Exported, tmp_path: Path) -> None:
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    found: dict[str, Any] = {}

    async def look(page: Page, name: str) -> None:
        ran = await page.run(
            "axe.run(document, { resultTypes: ['violations'] }).then((r) => JSON.stringify(r.violations"
            ".filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => [v.id, v.nodes[0].html])))"
        )
        found[name] = json.loads(ran)

    async def act(page: Page) -> None:
        await page.call("Page.setBypassCSP", enabled=True)
        await show(page, f"{exported.noted.as_uri()}#words")
        await page.run(f"{axe}; undefined")
        await look(page, "stage")
        for command in ("canvas.map", "stage.jump", "window.keys"):
            await page.run(f"atelier.commands['{command}']()")
            await look(page, command)
            await page.run("document.querySelector('dialog[open]').close()")
        await page.run("atelier.commands['notes.edit']()")
        await look(page, "notes")
        await page.run("atelier.read(true)")
        await look(page, "text")

    browse(tmp_path, act)
    assert found == {key: [] for key in ("stage", "canvas.map", "stage.jump", "window.keys", "notes", "text")}


# --- the same arithmetic as the program's --------------------------------------------------------------------------


def test_the_player_flies_and_sees_as_the_program_does(exported: Exported, tmp_path: Path) -> None:
    scene = build_scene(load(exported.deck), path="whole")
    dice = random.Random(5)
    cases = [flight_case(scene, dice) for _ in range(60)]
    bare = tmp_path / "bare.html"
    source = exported.page.read_text(encoding="utf-8")
    data = source[source.index('<script type="application/json">') :].split("</script>")[0] + "</script>"
    code = "".join(text for name, text in modules().items() if name != "main.js")
    bare.write_text(f'<!DOCTYPE html><meta charset="utf-8">{data}<script>{code}</script>', encoding="utf-8")

    async def act(page: Page) -> None:
        await page.call("Page.navigate", url=bare.as_uri())
        await page.until("document.readyState === 'complete'")
        await page.run(
            "window.places = new Places(JSON.parse(document.querySelector('script[type]').textContent));"
            "window.row = (c) => [c.anchor, c.centre.x, c.centre.y, c.width, c.turn]; undefined"
        )
        for case in cases:
            made = await page.run(FLY % json.dumps(case["given"]))
            for name, expected in case["expected"].items():
                assert numbers(made[name]) == pytest.approx(numbers(expected), rel=1e-6, abs=1e-6), (case, name)

    browse(tmp_path, act)


def flight_case(scene: Scene, dice: random.Random) -> dict[str, Any]:
    """A flight asked for at a moment, and what the program says of it."""
    canvas, ratio = scene.canvas, dice.choice((16 / 9, 0.5))
    one, other = (dice.randrange(len(canvas.places)) for _ in range(2))
    size = Size(1000.0, 1000.0 / ratio)
    start = zoom_at(canvas, home(canvas, one, ratio), size, Point(300.0, 200.0), dice.choice((1.0, 0.5, 3.0)))
    profile = dice.choice((Profile.FULL, Profile.CALM))
    speed = Velocity(dice.uniform(-1, 1), 0.3, dice.uniform(-1, 1), 0.0)
    flight = Flight(canvas, start, home(canvas, other, ratio), ratio, profile, velocity=speed)
    t = flight.duration * dice.random()
    view = flight.at(t)
    sights = visible(canvas, view, size, smallest=3.0, descend=0.05)
    given = {
        "start": row(start), "other": other, "ratio": ratio, "profile": profile.value, "t": t,
        "speed": [speed.x, speed.y, speed.zoom, speed.turn],
    }  # fmt: skip
    return {
        "given": given,
        "expected": {
            "duration": [flight.duration],
            "at": row(view),
            "speed": speed_row(flight.velocity(t)),
            "sights": [[s.place, s.transform.x, s.transform.y, s.transform.scale] for s in sights],
            "under": [place_at(canvas, view, size, Point(400.0, 300.0))],
        },
    }


def row(camera: Camera) -> list[float]:
    return [camera.anchor, camera.centre.x, camera.centre.y, camera.width, camera.rotation]


def speed_row(speed: Speed) -> list[float]:
    return [speed.x, speed.y, speed.zoom, speed.turn]


def numbers(value: Any) -> list[float]:
    return [number for each in value for number in (numbers(each) if isinstance(each, list) else [float(each)])]


FLY = """((given) => {
  const [anchor, x, y, width, turn] = given.start;
  const size = { width: 1000, height: 1000 / given.ratio };
  const [sx, sy, zoom, spin] = given.speed;
  const target = home(places, given.other, given.ratio);
  const flight = new Flight(places, camera(anchor, { x, y }, width, turn), target, given.ratio, given.profile,
    { x: sx, y: sy, zoom, turn: spin });
  const view = flight.at(given.t);
  const speed = flight.velocity(given.t);
  return {
    duration: [flight.duration], at: row(view), speed: [speed.x, speed.y, speed.zoom, speed.turn],
    sights: visible(places, view, size, 3, 0.05).map((s) => [s.place, s.t.x, s.t.y, s.t.scale]),
    under: [placeAt(places, view, size, { x: 400, y: 300 })],
  };
})(%s)"""
