"""Which second of a film shows what."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas.camera import Camera
from atelier.canvas.flight import CROSS_FADE, Profile
from atelier.deck.audience import for_audience
from atelier.deck.loading import load
from atelier.deck.paths import named_path
from atelier.exports.formats import PLANNED, READING
from atelier.exports.stops import StopPicture, path_route
from atelier.exports.timeline import (
    LONGEST,
    LOOK,
    STEP_LOOK,
    WORDS_A_SECOND,
    Flying,
    Rest,
    Stepping,
    Timeline,
    timeline,
)
from atelier.foundation.geometry import Point, Size
from atelier.render.movement import STEP_IN
from atelier.render.scene import Look, build_scene
from atelier.talk.unattended import SHORTEST

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.exports.timeline import Segment

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = Size(320.0, 180.0)
TEXT = """---
paths:
  timed:
    stops: [{frame: steps, hold: 9}, {frame: words, hold: 0.5}, {frame: words, view: overview}, planned]
---
# Talk

## Steps {#steps}

- one
- two
{: .steps }

## Words {#words}

One two three four five six.

## Planned {#planned minutes=0.5}

Text.
"""
PICTURE = StopPicture(0, 0, 0, Camera(0, Point(0.0, 0.0), 1.0), Look())


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


def film(deck: Path, path: str = "timed", profile: Profile = Profile.FULL, hold: float | str = READING) -> Timeline:
    scene = build_scene(for_audience(load(deck)), path=path, exported=True)
    return timeline(scene, path_route(scene, named_path(scene.deck, path)), SIZE, profile, hold)


def rests(film: Timeline) -> list[float]:
    return [segment.end - segment.start for segment in film.segments if isinstance(segment, Rest)]


def kinds(film: Timeline) -> list[type[Segment]]:
    return [type(segment) for segment in film.segments]


def test_stops_and_steps_follow_each_other_without_a_gap(deck: Path) -> None:
    made = film(deck)
    assert kinds(made) == [Rest, Stepping, Rest, Stepping, Rest, Flying, Rest, Flying, Rest, Flying, Rest]
    assert made.segments[0].start == 0.0
    for one, other in itertools.pairwise(made.segments):
        assert one.end == other.start
        assert one.end > one.start
    shown = [(segment.picture.frame, segment.picture.step) for segment in made.segments if isinstance(segment, Rest)]
    assert shown[:3] == [(1, 0), (1, 1), (1, 2)]


def test_the_steps_of_a_stop_share_its_hold_and_none_is_too_short(deck: Path) -> None:
    assert rests(film(deck))[:4] == pytest.approx([3.0, 3.0, 3.0, SHORTEST])


def test_what_says_nothing_is_shown_as_long_as_it_takes_to_read(deck: Path) -> None:
    root, first, second, third, words, _planned = rests(film(deck, ""))
    assert root == pytest.approx(LOOK + 1 / WORDS_A_SECOND)
    assert first == pytest.approx(LOOK + 1 / WORDS_A_SECOND)  # its title
    assert second == third == pytest.approx(STEP_LOOK + 1 / WORDS_A_SECOND)
    assert words == pytest.approx(LOOK + 7 / WORDS_A_SECOND)


def test_a_long_text_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    deck = tmp_path / "talk.md"
    deck.write_text("# Talk\n\n## Long\n\n" + "word " * 150, encoding="utf-8")
    assert max(rests(film(deck, ""))) == pytest.approx(LONGEST)


def test_a_time_that_is_wished_for_is_that_of_every_stop_without_its_own(deck: Path) -> None:
    root, *steps, words, planned = rests(film(deck, "", hold=6.0))
    assert (root, words, planned) == pytest.approx((6.0, 6.0, 6.0))
    assert steps == pytest.approx([2.0, 2.0, 2.0])
    assert rests(film(deck, hold=6.0))[:4] == pytest.approx([3.0, 3.0, 3.0, SHORTEST])


def test_planned_minutes_are_taken_where_they_are_asked_for(deck: Path) -> None:
    assert rests(film(deck, "", hold=PLANNED))[-1] == pytest.approx(30.0)
    assert rests(film(deck, "", hold=PLANNED))[:-1] == pytest.approx(rests(film(deck, ""))[:-1])


def test_profiles_move_as_in_the_audience_window(deck: Path) -> None:
    flights = {
        profile: [s for s in film(deck, profile=profile).segments if isinstance(s, Flying)] for profile in Profile
    }
    for full, calm, cut in zip(*(flights[p] for p in (Profile.FULL, Profile.CALM, Profile.CUTS)), strict=True):
        assert calm.flight.duration > full.flight.duration
        assert calm.end - calm.start == pytest.approx(calm.flight.duration)
        assert cut.end - cut.start == pytest.approx(CROSS_FADE)
    calm = [s for s in film(deck, profile=Profile.CALM).segments if isinstance(s, Stepping)]
    assert [s.end - s.start for s in calm] == pytest.approx([STEP_IN[Profile.CALM]] * 2)
    assert Stepping not in kinds(film(deck, profile=Profile.CUTS))


def test_chapters_begin_where_a_stop_comes_to_rest(deck: Path) -> None:
    made = film(deck)
    assert [chapter.title for chapter in made.chapters] == ["Steps", "Words", "Talk", "Planned"]
    starts = {segment.start for segment in made.segments if isinstance(segment, Rest)}
    assert {chapter.start for chapter in made.chapters} <= starts
    assert made.chapters[0].start == 0.0
    assert made.chapters[-1].end == made.seconds


SECONDS = st.floats(0.001, 30.0, allow_nan=False)


@given(st.lists(SECONDS, min_size=1, max_size=12), st.integers(1, 60))
def test_every_picture_is_of_the_segment_that_is_shown_then(lengths: list[float], rate: int) -> None:
    ends = [math.fsum(lengths[: n + 1]) for n in range(len(lengths))]
    segments = tuple(Rest(start, end, PICTURE) for start, end in zip([0.0, *ends], ends, strict=False))
    made = Timeline(segments, ())
    pictures = [(segment, t) for segment, moments in made.moments(rate) for t in moments]
    assert len(pictures) == made.frames(rate)
    assert made.frames(rate) == pytest.approx(made.seconds * rate, abs=1.0)
    for number, (segment, t) in enumerate(pictures):
        assert segment.start + t == pytest.approx(number / rate, abs=1e-4)
        assert segment.start - 1e-4 <= number / rate < segment.end + 1e-4
