"""Films, decoded again: what is seen when, and what they say of themselves."""

from __future__ import annotations

import bisect
import itertools
import math
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import av
import pytest
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from PySide6.QtGui import QImage, QPainter

from atelier.app.exporting import Wish, export
from atelier.deck.audience import for_audience
from atelier.deck.loading import load
from atelier.deck.paths import named_path
from atelier.exports.encoder import chosen_codec, codecs
from atelier.exports.film import SETTLING, film_pictures
from atelier.exports.stops import path_route
from atelier.exports.timeline import timeline
from atelier.exports.video import AT_ONCE
from atelier.foundation.errors import InputError, UsageError
from atelier.foundation.geometry import Size
from atelier.render.scene import build_scene

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from tests.gui.exports.conftest import Export

    from atelier.foundation.progress import Progress

pytestmark = pytest.mark.usefixtures("qapp")

EXACTLY = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
RATE = 10
SMALL: dict[str, Any] = {"size": (320, 180), "rate": RATE}
TEXT = """---
title: The title
author: Somebody
lang: fr
abstract: {fr: "En français"}
tags: [cake]
paths:
  shown: [{frame: one, hold: 2}, {frame: two, hold: 3}]
---
# Talk

## One {#one}

Words.

## Two {#two}

- first
- second
- third
{: .steps }
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


def decoded(file: Path) -> Iterator[tuple[float, QImage]]:
    """The pictures of a film, each with its second."""
    with av.open(str(file)) as container:
        for frame in container.decode(video=0):
            picture = frame.reformat(format="rgb24", interpolation=EXACTLY)
            rows = picture.planes[0]
            image = QImage(bytes(rows), picture.width, picture.height, rows.line_size, QImage.Format.Format_RGB888)
            assert frame.time is not None
            yield frame.time, image.copy()


def difference(one: QImage, other: QImage) -> float:
    """The mean difference of two pictures, of 255."""
    assert one.size() == other.size()
    a, b = (bytes(each.convertToFormat(QImage.Format.Format_RGB32).constBits()) for each in (one, other))
    return sum(abs(x - y) for x, y in zip(a, b, strict=True)) / (len(a) * 3 / 4)


def test_a_stop_is_seen_as_in_its_picture(deck: Path, out: Path, write: Export) -> None:
    (written,) = write(deck, "video", path="shown", **SMALL)
    assert written.film is not None
    write(deck, "png", path="shown", steps=True, size=(320, 180))
    pictures = dict(decoded(out / "talk-shown.mp4"))
    names = ("01-one", "02-two", "03-two-step1", "04-two-step2", "05-two-step3")
    stills = [QImage(str(out / f"{name}.png")) for name in names]
    assert difference(pictures[1.0], stills[0]) < 1.0
    assert difference(pictures[1.0], stills[1]) > 2.0
    # the last stop is there for three seconds: four steps, none for less than one
    end = written.film.seconds
    for n, still in enumerate(stills[1:]):
        second = end - 0.5 - 1.22 * (3 - n)
        assert difference(pictures[min(pictures, key=lambda t: abs(t - second))], still) < 1.0


def test_it_is_as_long_as_its_stops_and_flights(deck: Path, out: Path, write: Export) -> None:
    (full,) = write(deck, "video", path="shown", **SMALL)
    assert full.film is not None
    times = [t for t, _image in decoded(out / "talk-shown.mp4")]
    assert times == pytest.approx([n / RATE for n in range(len(times))])
    assert full.film.seconds == pytest.approx(len(times) / RATE)
    (cuts,) = write(deck, "video", path="shown", motion="cuts", **SMALL)
    assert cuts.film is not None
    assert cuts.film.seconds == pytest.approx(2.0 + 0.18 + 4.0, abs=1.01 / RATE)
    assert full.film.seconds > cuts.film.seconds + 0.5


def test_between_two_stops_it_flies_or_fades(deck: Path, out: Path, write: Export) -> None:
    (written,) = write(deck, "video", path="shown", size=(320, 180), rate=20)
    flown = dict(decoded(written.files[0]))
    before, between, after = flown[1.0], flown[2.25], flown[4.0]
    assert min(difference(before, between), difference(between, after)) > 4.0
    (written,) = write(deck, "video", path="shown", size=(320, 180), rate=60, motion="cuts")
    cut = list(decoded(written.files[0]))
    (fading,) = (image for t, image in cut if abs(t - 2.1) < 0.001)  # 0.1 of 0.18 s
    mixed, last = cut[60][1], cut[150][1]
    painter = QPainter(mixed)
    painter.setOpacity(0.1 / 0.18)
    painter.drawImage(0, 0, last)
    painter.end()
    assert difference(mixed, fading) < 1.0


def test_nothing_snaps_where_a_flight_begins_and_ends(deck: Path) -> None:
    scene = build_scene(for_audience(load(deck)), path="shown", exported=True)
    size, rate = Size(480.0, 270.0), 50
    film = timeline(scene, path_route(scene, named_path(scene.deck, "shown")), size)
    _first, flight, landed = film.segments[:3]
    shown = [(image.copy(), times) for image, times, _begins in film_pictures(scene, film, size, rate)]
    firsts = list(itertools.accumulate((times for _image, times in shown), initial=0))
    starting, landing = (bisect.bisect_left(firsts, math.ceil(s.start * rate)) for s in (flight, landed))
    before = shown[:starting]
    for pictures in (shown[landing:], before[::-1]):
        still = next(n for n, (_image, times) in enumerate(pictures) if times > 1)
        assert still == pytest.approx(SETTLING * rate, abs=1)
        left = [difference(image, pictures[still][0]) for image, _times in pictures[:still]]
        assert left[0] > 0.1
        assert all(later < earlier for earlier, later in itertools.pairwise(left))
        assert left[-1] < left[0] / 2


def test_it_says_what_it_is(deck: Path, out: Path, write: Export) -> None:
    (written,) = write(deck, "video", path="shown", **SMALL)
    assert written.files == (out / "talk-shown.mp4",)
    assert written.film is not None
    assert (written.film.codec, written.film.width, written.film.height, written.film.rate) == ("H.264", 320, 180, RATE)
    with av.open(str(written.files[0])) as film:
        stream = film.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert (stream.width, stream.height, stream.average_rate, stream.pix_fmt) == (320, 180, RATE, "yuv420p")
        said = {name: film.metadata.get(name) for name in ("title", "artist", "description")}
        assert said == {"title": "The title", "artist": "Somebody", "description": "En français"}
        assert film.metadata["encoder"].startswith("Atelier ")
        assert stream.metadata["language"] == "fra"
        assert [chapter["metadata"]["title"] for chapter in film.chapters()] == ["One", "Two"]
        colours = (stream.color_range, stream.colorspace, stream.color_primaries, stream.color_trc)
        assert colours == (ColorRange.MPEG, Colorspace.ITU709, ColorPrimaries.BT709, ColorTrc.BT709)


def test_it_can_be_gone_to_a_stop_and_plays_while_it_is_loaded(deck: Path, write: Export) -> None:
    (written,) = write(deck, "video", path="shown", **SMALL)
    with av.open(str(written.files[0])) as film:
        starts = [float(chapter["start"] * chapter["time_base"]) for chapter in film.chapters() if chapter["time_base"]]
        keys = [float(frame.time or 0.0) for frame in film.decode(video=0) if frame.key_frame]
    assert len(starts) == 2
    for start in starts:
        assert any(0.0 <= key - start <= 1.0 / RATE for key in keys)
    data = written.files[0].read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")


@pytest.mark.parametrize("codec", [codec.id for codec in codecs()])
def test_every_codec_there_is_can_be_read_again(deck: Path, write: Export, codec: str) -> None:
    (written,) = write(deck, "video", path="shown", codec=codec, motion="cuts", **SMALL)
    (file,) = written.files
    assert file.suffix == {"h264": ".mp4", "vp9": ".webm", "av1": ".webm"}[codec]
    with av.open(str(file)) as film:
        assert film.streams.video[0].codec_context.codec.canonical_name == codec
    pictures = dict(decoded(file))
    write(deck, "png", path="shown", steps=True, size=(320, 180))
    assert difference(pictures[1.0], QImage(str(file.with_name("01-one.png")))) < 2.0


@pytest.mark.parametrize("size", [(322, 182), (323, 183), (0, 91), (16, 16)])
def test_sides_are_even_and_of_any_length(deck: Path, write: Export, size: tuple[int, int]) -> None:
    (written,) = write(deck, "video", path="shown", size=size, rate=2, motion="cuts")
    assert written.film is not None
    width, height = size[0] // 2 * 2 or 162, size[1] // 2 * 2
    assert (written.film.width, written.film.height) == (width, height)
    assert {(image.width(), image.height()) for _t, image in decoded(written.files[0])} == {(width, height)}


def test_the_rest_of_a_row_is_not_smeared_into_the_next(deck: Path, write: Export) -> None:
    """322 pixels are not a length that rows in memory have."""
    (written,) = write(deck, "video", path="shown", size=(322, 182), rate=2, motion="cuts")
    write(deck, "png", path="shown", steps=True, size=(322, 182))
    picture = next(image for _t, image in decoded(written.files[0]))
    assert difference(picture, QImage(str(written.files[0].with_name("01-one.png")))) < 1.0


def test_one_frame_can_be_filmed_and_the_canvas_cannot(deck: Path, out: Path, write: Export) -> None:
    write(deck, "video", frame="two", hold=1.0, **SMALL)
    assert len(list(decoded(out / "talk-two.mp4"))) == round((4 * 1.0 + 3 * 0.22) * RATE + 0.5)
    with pytest.raises(UsageError, match="--canvas"):
        write(deck, "video", canvas=True)
    with pytest.raises(UsageError, match="4096"):
        write(deck, "video", size=(0, 5000))


def test_it_tells_often_how_far_it_is(deck: Path, out: Path) -> None:
    told: list[tuple[int, int]] = []

    @contextmanager
    def bar(_what: str) -> Generator[Progress]:
        yield lambda done, total: told.append((done, total))

    wish = Wish(frame="one", size=(64, 36), rate=RATE, hold=20.0)
    (written,) = export(deck, ["video"], out, wish, bar)
    assert written.film is not None
    assert {total for _done, total in told} == {round(written.film.seconds * RATE)} == {told[-1][0]}
    assert all(0 <= later - earlier <= AT_ONCE for (earlier, _), (later, _) in itertools.pairwise(told))


def test_without_h264_the_next_best_is_taken_and_said(
    deck: Path, write: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(av, "codecs_available", av.codecs_available - {"libx264", "libopenh264"})
    (written,) = write(deck, "video", path="shown", size=(64, 36), rate=2)
    assert written.film is not None
    assert (written.film.codec, written.files[0].suffix) == ("VP9", ".webm")
    with pytest.raises(InputError, match="h264") as raised:
        chosen_codec("h264")
    assert raised.value.hint == "Choose another with --codec: vp9, av1."


def test_without_the_extra_nothing_at_all_is_written(
    deck: Path, out: Path, write: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(InputError, match="PyAV is not installed") as raised:
        write(deck, "pdf", "video")
    assert 'pip install "atelier[video]"' in raised.value.hint
    assert not out.exists()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(InputError) as raised:
        chosen_codec()
    assert "pip" not in raised.value.hint
