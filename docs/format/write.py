"""Writes what is generated of docs/format.md: its table of contents, the picture below each example, the JSON Schema.

An example is a fence of `markdown`, a whole deck; the pictures are those named in the lines below it. What of the deck
a picture shows is in `views.toml`; a deck of one frame shows that, any other its overview. The files beside the
examples are in `files`, and in `cases` a folder beside that.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import tomllib
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QImage

    from atelier.render.scene import Scene

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parent / "format.md"
PICTURES = HERE.parent / "pictures/format"
VIEWS = HERE / "views.toml"
SCHEMA = HERE.parent.parent / "src/atelier/resources/front-matter.schema.json"
WIDTHS = {1: 800, 2: 476, 4: 476}
"""Pixels, of each view where a picture is made of so many."""
GAP = 8

_EXAMPLE = re.compile(r"^(`{3,})markdown\n(.*?)^\1\n((?:\n?^!\[[^\n]*\n)*)", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r"^!\[[^\]\n]*\]\(pictures/format/([\w-]+)\.png\)", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,})[^`\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{2,3}) (.+)$", re.MULTILINE)
_CONTENTS = re.compile(r"(?<=<!-- contents -->\n).*?(?=<!-- end of contents -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A deck of the reference, and the names of the pictures below it."""

    text: str
    line: int
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One view of a picture: of the frame with that id, or of the whole canvas where that is empty."""

    frame: str = ""
    step: int | None = None
    page: int = 0
    path: str = ""
    lang: str = ""
    theme: str = ""
    """Another theme than the example's."""
    exported: bool = False
    text: bool = False
    """The page of a frame's own text."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a picture is made: `canvas` is a file that stands for the one beside the deck."""

    views: tuple[View, ...] = ()
    canvas: str = ""
    ratio: float = 16 / 9


def examples(document: str) -> tuple[Example, ...]:
    return tuple(
        Example(found[2], document.count("\n", 0, found.start()) + 1, tuple(_PICTURE.findall(found[3])))
        for found in _EXAMPLE.finditer(document)
    )


def recipes() -> Mapping[str, Recipe]:
    """By the picture's name."""
    given = cast("dict[str, dict[str, object]]", tomllib.loads(VIEWS.read_text(encoding="utf-8")))
    return {name: _recipe(values) for name, values in given.items()}


def _recipe(values: Mapping[str, object]) -> Recipe:
    shown = cast("list[dict[str, object]]", values.get("views", []))
    views = tuple(View(**cast("dict[str, Any]", each)) for each in shown)
    return Recipe(views, cast("str", values.get("canvas", "")), cast("float", values.get("ratio", 16 / 9)))


def prepare(folder: Path) -> Path:
    """Copies the files of the examples into `folder`; the deck's folder there."""
    shutil.copytree(HERE / "cases", folder / "cases", dirs_exist_ok=True)
    return Path(shutil.copytree(HERE / "files", folder / "bakery", dirs_exist_ok=True))


def put(example: Example, folder: Path, canvas: str = "") -> Path:
    """Writes the deck of an example into the folder that `prepare` made; its file."""
    file = folder / "deck.md"
    file.write_text(example.text, encoding="utf-8")
    beside = file.with_suffix(".canvas")
    beside.unlink(missing_ok=True)
    if canvas:
        shutil.copyfile(folder / canvas, beside)
    return file


def picture(file: Path, recipe: Recipe) -> QImage:
    """The picture of a deck, as `recipe` says."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter

    from atelier.deck.loading import load

    deck = load(file)
    views = recipe.views or (View(),)
    width = WIDTHS[len(views)]
    height = round(width / recipe.ratio)
    columns = min(2, len(views))
    rows = -(-len(views) // columns)
    whole = QImage(columns * (width + GAP) - GAP, rows * (height + GAP) - GAP, QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.white)
    painter = QPainter(whole)
    from atelier.render.scene import build_scene

    for number, view in enumerate(views):
        seen = replace(deck, theme=view.theme) if view.theme else deck
        scene = build_scene(seen, path=view.path, language=view.lang, exported=view.exported)
        painter.drawImage(
            number % columns * (width + GAP), number // columns * (height + GAP), _view(scene, view, width, height)
        )
    painter.end()
    return whole


def _view(scene: Scene, view: View, width: int, height: int) -> QImage:
    from PySide6.QtGui import QImage, QPainter

    from atelier.canvas.camera import home
    from atelier.exports.stops import StopPicture, paint_stop
    from atelier.foundation.geometry import Size
    from atelier.render.scene import Look, Shown

    canvas = scene.canvas
    frame = scene.deck.frame(view.frame) if view.frame else scene.deck.root
    if frame is None:
        raise LookupError(view.frame)
    place = canvas.place_of[frame.index]
    alone = not frame.children
    if (view.text or alone) and frame.index in canvas.page_of:
        place = canvas.page_of[frame.index]
    size = Size(float(width), float(height))
    whole = not view.frame and not alone
    look = Look() if whole else Look(focus=place, shown={place: Shown(view.page, view.step)})
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_stop(scene, painter, StopPicture(0, frame.index, place, home(canvas, place, size.ratio), look), size)
    painter.end()
    return image


def packed(image: QImage) -> bytes:
    """`image` as a PNG with a palette."""
    from PIL import Image
    from PySide6.QtGui import QImage

    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    pixels = bytes(rgb.constBits())
    flat = Image.frombytes("RGB", (rgb.width(), rgb.height()), pixels, "raw", "RGB", rgb.bytesPerLine(), 1)
    few = flat.quantize(256, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)
    out = BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def with_contents(document: str) -> str:
    """`document` with its table of contents as its headings are."""
    return _CONTENTS.sub(lambda _found: contents(document), document)


def contents(document: str) -> str:
    """A line for each section, with its entries."""
    lines: list[str] = []
    for level, title, anchor in headings(document):
        link = f"[{title}](#{anchor})"
        if level == 2:
            lines.append(f"- **{link}**")
        else:
            lines[-1] += f"{' · ' if '**' not in lines[-1][-2:] else ': '}{link}"
    return "\n" + "\n".join(lines) + "\n\n"


def headings(document: str) -> Sequence[tuple[int, str, str]]:
    """Level, words and anchor of the headings of the second and third level, as GitHub numbers anchors."""
    seen: dict[str, int] = {}
    out: list[tuple[int, str, str]] = []
    for marks, title in _HEADING.findall(_FENCE.sub("", document)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
        anchor = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        count = seen.get(anchor, 0)
        seen[anchor] = count + 1
        out.append((len(marks), title, f"{anchor}-{count}" if count else anchor))
    return out


def schema() -> str:
    """The JSON Schema of the front matter."""
    from atelier.canvas.composition import LAYOUTS
    from atelier.deck.front_matter_schema import front_matter_schema

    return json.dumps(front_matter_schema(LAYOUTS), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    SCHEMA.write_text(schema(), encoding="utf-8")
    document = with_contents(DOCUMENT.read_text(encoding="utf-8"))
    DOCUMENT.write_text(document, encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        os.environ["ATELIER_HOME"] = home
        from atelier.app.qt import application

        app = application()
        made = recipes()
        folder = prepare(Path(home))
        PICTURES.mkdir(parents=True, exist_ok=True)
        names: set[str] = set()
        for example in examples(document):
            for name in example.pictures:
                recipe = made.get(name, Recipe())
                image = picture(put(example, folder, recipe.canvas), recipe)
                (PICTURES / f"{name}.png").write_bytes(packed(image))
                names.add(name)
        for old in PICTURES.glob("*.png"):
            if old.stem not in names:
                old.unlink()
        app.quit()


if __name__ == "__main__":
    main()
