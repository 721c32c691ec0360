"""Pictures: found in the deck's folder or shown as a quiet box, never more than the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage

from atelier.canvas.faces import Face
from atelier.foundation.geometry import Rect
from atelier.markup import blocks as md
from atelier.typeset import pictures as module
from atelier.typeset.pictures import Pictures
from atelier.typeset.report import Report

from .typeset_decks import CARD, build
from .typeset_reading import image, pictures, words

if TYPE_CHECKING:
    from pathlib import Path


def png(path: Path, width: int, height: int, colour: str = "#aa2200") -> None:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    assert made.save(str(path))


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("nowhere.png", "picture-missing"),
        ("../outside.png", "picture-outside"),
        ("https://example.org/a.png", "picture-remote"),
        ("broken.png", "picture-unreadable"),
        ("broken.svg", "picture-unreadable"),
        ("text.jpg", "picture-unreadable"),
    ],
)
def test_what_cannot_be_shown_is_a_box_with_its_words(qapp: object, tmp_path: Path, source: str, code: str) -> None:
    assert qapp
    folder = tmp_path / "deck"
    folder.mkdir()
    png(tmp_path / "outside.png", 4, 4)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    (folder / "broken.svg").write_text("<svg")
    (folder / "text.jpg").write_text("hello")
    display = build(md.Figure(source=source, alt="Une ville", line=7), folder=folder).face(CARD, Face.CONTENT)
    assert [(d.code, d.line) for d in display.diagnostics] == [(code, 7)]
    assert "Une ville" in words(display)
    assert not pictures(display)
    image(display)


def test_a_picture_that_breaks_while_it_is_decoded_is_a_box(qapp: object, tmp_path: Path) -> None:
    assert qapp
    png(tmp_path / "cut.png", 300, 200)
    data = (tmp_path / "cut.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(data[:60])
    display = build(md.Figure(source="cut.png", alt="a"), folder=tmp_path).face(CARD, Face.CONTENT)
    assert not image(display).isNull()


def test_too_many_pixels_are_refused(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qapp
    monkeypatch.setattr(module, "MOST_PIXELS", 1000)
    png(tmp_path / "big.png", 100, 100)
    report = Report()
    assert Pictures(tmp_path).get("big.png", "a", report).missing
    assert [d.code for d in report.diagnostics] == ["picture-too-large"]


def test_nothing_is_decoded_before_it_is_drawn_and_then_no_larger_than_needed(qapp: object, tmp_path: Path) -> None:
    assert qapp
    png(tmp_path / "wide.png", 3000, 1500)
    found = Pictures(tmp_path)
    picture = found.get("wide.png", "a")
    assert (picture.width, picture.height) == (3000, 1500)
    assert not found.held
    assert found.decoded(picture, 256).width() == 256
    assert found.decoded(picture, 2048).width() == 2048
    assert found.get("wide.png", "a") is picture


def test_the_camera_s_rotation_is_followed(qapp: object, tmp_path: Path) -> None:
    assert qapp
    png(tmp_path / "a.png", 60, 40)
    made = QImage(str(tmp_path / "a.png"))
    assert made.save(str(tmp_path / "a.jpg"))
    data = (tmp_path / "a.jpg").read_bytes()
    exif = bytes.fromhex("4578696600004d4d002a000000080001011200030000000100060000" + "00000000")
    segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    (tmp_path / "turned.jpg").write_bytes(data[:2] + segment + data[2:])
    picture = Pictures(tmp_path).get("turned.jpg", "a")
    assert (picture.width, picture.height) == (40, 60)
    assert picture.decode(2048).height() == 60


def test_a_full_picture_carries_title_and_credit(qapp: object, tmp_path: Path) -> None:
    assert qapp
    png(tmp_path / "photo.png", 400, 400)
    credit = md.Paragraph(inlines=(md.Text("Photo : Nom, CC BY"),))
    display = build(credit, title="Un lac", folder=tmp_path, background="photo.png").face(CARD, Face.CONTENT)
    (picture,) = pictures(display)
    assert picture.crop
    assert picture.bounds == Rect(0.0, 0.0, display.size.width, 1000.0)
    assert {"Un lac", "Photo : Nom, CC BY"} <= set(words(display).split("\n"))
    painted = image(display)
    assert painted.pixelColor(240, 60).name() == "#aa2200"
    assert painted.pixelColor(240, 262).lightness() < 60


def test_decoded_pictures_are_kept_within_the_budget(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp
    monkeypatch.setattr(module, "BUDGET", 300_000)
    found = Pictures(tmp_path)
    for i in range(4):
        png(tmp_path / f"{i}.png", 200, 200)
        found.decoded(found.get(f"{i}.png", "a"), 256)
    assert 0 < found.held <= 300_000
