"""Decks nobody should have written are drawn all the same, from file to picture, and say what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from atelier.canvas.camera import home
from atelier.canvas.faces import Face
from atelier.deck.loading import load
from atelier.foundation.geometry import Size
from atelier.render.exact import exact_picture
from atelier.render.scene import Look, build_scene

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.usefixtures("qapp"), pytest.mark.timeout(30)]

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "&a;" * 10}">' for n in range(9))
    + ']><svg xmlns="http://www.w3.org/2000/svg"><text>&a8;</text></svg>'
)
OUTSIDE = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
    '<image xlink:href="file:///etc/passwd" width="10" height="10"/><rect width="10" height="10" fill="#00f"/></svg>'
)
TEXTS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", ""),
    "only a title": (b"# A", ""),
    "crlf and a byte order mark": (b"\xef\xbb\xbf# A\r\n\r\ntext\r\n\r\n## B\r\n\r\nmore\r\n", ""),
    "not utf-8": (b"# Caf\xe9\n\nd\xe9j\xe0 vu\n", "not-utf8"),
    "broken yaml": (b"---\ntitle: [a\nlang: fr\n---\n# A\n\ntext\n", "front-matter-syntax"),
    "5,000 brackets": (b"# A\n\n" + b"[" * 5000, ""),
    "2,000 nested lists": (b"# A\n\n" + b"".join(b"  " * n + b"- x\n" for n in range(2000)), ""),
    "50 levels": (b"# A\n\n" + b"".join(b"    " * n + b"1. x\n\n" for n in range(50)), ""),
    "a level jumped": (b"# A\n\n#### B\n\ntext\n", "heading-level-jump"),
    "ids given twice": (b"# A\n\n## B {#x}\n\n## C {#x}\n", "duplicate-id"),
    "emoji and combining signs": ("# 👩‍👩‍👧‍👦 ế̃̂\n\n😀 é̂̃\n".encode(), ""),
    "arabic and hebrew": ("# مرحبا بالعالم\n\n- שלום עולם\n- مرحبا\n".encode(), ""),
    "an unknown block": (b"# A\n\n/// secrets\nhidden\n///\n", "block-unknown"),
    "a block never closed": (b"# A\n\n/// notes\nhidden\n\n## B\n\ntext\n", "block-unclosed"),
    "a theme that is not there": (b"---\ntheme: nothing\n---\n# A\n", "theme-unreadable"),
    "a drawing that is not there": (b"# A {map=none.svg}\n\n## B\n", "map-unreadable"),
    "a layout nobody knows": (b"# A {layout=knot}\n\n## B\n", "layout-unknown"),
}


def draw(file: Path) -> tuple[list[QImage], set[str]]:
    """Pictures of the root and of the last frame, and the codes of what was found."""
    scene = build_scene(load(file))
    size = Size(640.0, 360.0)
    pictures: list[QImage] = []
    codes = {d.code for d in scene.diagnostics}
    for place in dict.fromkeys((0, len(scene.canvas.places) - 1)):
        image = QImage(640, 360, QImage.Format.Format_RGB32)
        image.fill(QColor("#FF00FF"))
        painter = QPainter(image)
        for _ in exact_picture(scene, painter, home(scene.canvas, place, size.ratio), size, Look(focus=place)):
            pass
        painter.end()
        pictures.append(image)
        page = 0
        while page < scene.typesetter.pages(place):
            codes |= {d.code for d in scene.typesetter.face(place, Face.CONTENT, page).diagnostics}
            page += 1
    codes |= {d.code for d in scene.contents.all_diagnostics()}
    return pictures, codes


def is_painted(picture: QImage) -> bool:
    spots = ((5, 5), (320, 180), (634, 354), (5, 354))
    return all(picture.pixelColor(x, y) != QColor("#FF00FF") for x, y in spots)


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_drawn_and_what_is_wrong_is_said(tmp_path: Path, name: str) -> None:
    text, code = TEXTS[name]
    file = tmp_path / "deck.md"
    file.write_bytes(text)
    pictures, codes = draw(file)
    assert all(is_painted(picture) for picture in pictures)
    assert not code or code in codes


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("bomb.svg", BOMB.encode(), "picture-unreadable"),
        ("broken.svg", b"<svg", "picture-unreadable"),
        ("broken.png", b"\x89PNG\r\n\x1a\n broken", "picture-unreadable"),
        ("empty.jpg", b"", "picture-unreadable"),
        ("text.gif", b"no picture at all", "picture-unreadable"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_named(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    file = tmp_path / "deck.md"
    file.write_text(f"# A\n\n## B\n\n![what it shows]({name})\n", encoding="utf-8")
    pictures, codes = draw(file)
    assert code in codes
    assert all(is_painted(picture) for picture in pictures)


def test_a_drawing_that_refers_outside_shows_the_rest_and_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "outside.svg").write_text(OUTSIDE, encoding="utf-8")
    file = tmp_path / "deck.md"
    file.write_text("# A\n\n## B\n\n![a square](outside.svg)\n", encoding="utf-8")
    pictures, _codes = draw(file)
    assert pictures[1].pixelColor(320, 180) == QColor("#0000FF")


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("../outside.png", "picture-outside"),
        ("/etc/passwd", "picture-outside"),
        ("https://example.org/a.png", "picture-remote"),
        ("missing.png", "picture-missing"),
    ],
)
def test_nothing_outside_the_folder_is_read(tmp_path: Path, reference: str, code: str) -> None:
    inside = tmp_path / "deck"
    inside.mkdir()
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("#0000FF"))
    image.save(str(tmp_path / "outside.png"))
    file = inside / "deck.md"
    file.write_text(f"# A\n\n## B\n\n![x]({reference})\n", encoding="utf-8")
    pictures, codes = draw(file)
    assert code in codes
    assert pictures[1].pixelColor(320, 180) != QColor("#0000FF")
