"""What moves looks like what rests; an edit keeps the tiles of what it left alone; nothing private is drawn."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from atelier.canvas.camera import home
from atelier.canvas.faces import content_share
from atelier.deck.loading import load, read
from atelier.foundation.geometry import Size
from atelier.foundation.resources import bundled_decks
from atelier.render.renderer import SEEN_FROM, UNSEEN, Renderer, View
from atelier.render.scene import Look, Scene, Shown, build_scene
from atelier.render.tiles import TileCache
from atelier.typeset.typesetter import Typesetter

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.canvas.faces import Face
    from atelier.typeset.display import DisplayList

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = Size(960.0, 540.0)
TEXT = """# Talk

## One {#one}

- first
- second
{: .steps }

## Two {#two}

Some words here.

### Deep {#deep}

Deeper words.

### Other {#other}

Other words.
"""


def make(text: str = TEXT, previous: Scene | None = None) -> Scene:
    return build_scene(read(text.encode()), previous)


def place_of(scene: Scene, id_: str) -> int:
    frame = scene.deck.frame(id_)
    assert frame is not None
    return scene.canvas.place_of[frame.index]


def view_of(scene: Scene, place: int, look: Look | None = None) -> View:
    return View(home(scene.canvas, place, SIZE.ratio), SIZE, look or Look(focus=place))


def finish(renderer: Renderer, view: View, done: Callable[[], bool]) -> None:
    """Lets a renderer paint tiles until `done`, as the ticks of a flight do."""
    until = time.perf_counter() + 20.0
    while not done():
        assert time.perf_counter() < until
        moving_picture(renderer, view)
        renderer.work(time.perf_counter() + 0.05)


def resting_picture(scene: Scene, view: View) -> QImage:
    picture = make_renderer(scene).rest_now(view)
    assert picture is not None
    return picture


def moving_picture(renderer: Renderer, view: View) -> QImage:
    image = QImage(int(SIZE.width), int(SIZE.height), QImage.Format.Format_RGB32)
    image.fill(QColor("#FF00FF"))
    painter = QPainter(image)
    renderer.paint(painter, view, smooth=True)
    painter.end()
    return image


def difference(one: QImage, other: QImage) -> float:
    """Mean distance of the colours of two pictures, from 0 to 255, over a grid of points."""
    total = count = 0
    for x in range(4, one.width(), 9):
        for y in range(4, one.height(), 9):
            a, b = one.pixelColor(x, y), other.pixelColor(x, y)
            total += abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue())
            count += 3
    return total / count


def make_renderer(scene: Scene) -> Renderer:
    renderer = Renderer(scene, TileCache())
    renderer.resize(SIZE)
    return renderer


@pytest.mark.parametrize("id_", ["gateau", "complications", "savon", "lego", "fin", "reseau"])
def test_a_flight_ends_on_what_is_seen_at_rest(id_: str) -> None:
    scene = build_scene(load(bundled_decks() / "gateau-au-chocolat"))
    frame = scene.deck.frame(id_)
    place = scene.canvas.place_of[frame.index] if frame else 0
    renderer = make_renderer(scene)
    view = view_of(scene, place)
    moving_picture(renderer, view)
    finish(renderer, view, lambda: renderer.missing == 0)
    moving = moving_picture(renderer, view)
    assert difference(moving, resting_picture(scene, view)) < 6.0


def test_an_upright_view_in_flight_shows_the_frames_in_a_section() -> None:
    """There a section as wide as the view is less than a third as high as that."""
    scene = build_scene(load(bundled_decks() / "gateau-au-chocolat"))
    renderer = Renderer(scene, TileCache())
    size = Size(390.0, 844.0)
    renderer.resize(size)
    place = place_of(scene, "degres")
    view = View(home(scene.canvas, place, size.ratio), size, Look(focus=place))
    seen = {sight.place for sight in renderer.sights(view)}
    assert seen.issuperset(scene.canvas.places[place].children)


def test_before_any_tile_is_there_nothing_is_left_unpainted() -> None:
    scene = make()
    picture = moving_picture(make_renderer(scene), view_of(scene, 0))
    magenta = QColor("#FF00FF")
    assert all(picture.pixelColor(x, y) != magenta for x in range(0, 960, 20) for y in range(0, 540, 20))


def test_work_stops_after_one_slice_when_its_time_is_over() -> None:
    scene = make()
    renderer = make_renderer(scene)
    view = view_of(scene, 0)
    slices = 0
    while not renderer.rests_at(view):
        renderer.work(0.0, view, at_least_one=True)
        slices += 1
    assert slices > 10


def test_another_view_interrupts_the_picture_in_the_making() -> None:
    scene = make()
    renderer = make_renderer(scene)
    first, second = view_of(scene, 0), view_of(scene, place_of(scene, "two"))
    renderer.work(0.0, first, at_least_one=True)
    assert renderer.rest_now(second) == resting_picture(scene, second)
    assert not renderer.rests_at(first)


def test_an_edit_keeps_the_tiles_of_every_other_frame() -> None:
    scene = make()
    renderer = make_renderer(scene)
    one = view_of(scene, place_of(scene, "one"))
    deep = view_of(scene, place_of(scene, "deep"))
    for view in (one, deep):
        moving_picture(renderer, view)
        finish(renderer, view, lambda: renderer.missing == 0)
    renderer.set_scene(make(TEXT.replace("Deeper", "Changed"), scene))
    moving_picture(renderer, one)
    assert renderer.missing == 0
    moving_picture(renderer, deep)
    assert renderer.missing > 0


def test_what_is_left_out_of_a_cross_fade_is_as_faint_as_said() -> None:
    assert content_share(SEEN_FROM) == pytest.approx(UNSEEN, abs=0.005)


def test_siblings_step_back_while_a_frame_is_shown() -> None:
    scene = make()
    place = place_of(scene, "deep")
    camera = home(scene.canvas, scene.canvas.places[place].parent, SIZE.ratio)
    lit = resting_picture(scene, View(camera, SIZE, Look()))
    dimmed = resting_picture(scene, View(camera, SIZE, Look(focus=place)))
    assert difference(lit, dimmed) > 3.0


def test_steps_to_come_are_not_drawn() -> None:
    scene = make()
    place = place_of(scene, "one")
    pictures = [
        resting_picture(scene, view_of(scene, place, Look(focus=place, shown={place: Shown(0, step)})))
        for step in (0, 1, 2)
    ]
    empty = make(TEXT.replace("- first\n- second\n{: .steps }\n", ""))
    bare = resting_picture(empty, view_of(empty, place))
    assert pictures[0] != pictures[1] != pictures[2]
    assert difference(pictures[0], bare) < difference(pictures[2], bare)


def test_private_parts_never_reach_a_picture() -> None:
    without = make("# Talk\n\n## One {#one}\n\nSeen.\n")
    secret = make("# Talk\n\n## One {#one}\n\nSeen.\n\n/// private\nSECRET\n///\n\n<!-- SECRET -->\n\n%% SECRET %%\n")
    views = [view_of(scene, place_of(scene, "one")) for scene in (without, secret)]
    pictures = [resting_picture(s, v) for s, v in zip((without, secret), views, strict=True)]
    assert pictures[0] == pictures[1]


def test_a_private_frame_is_not_on_the_canvas_of_the_room() -> None:
    scene = make("# Talk\n\n## Seen\n\nx\n\n## Hidden {.private}\n\nSECRET\n")
    shown = {scene.deck.frames[place.frame].title for place in scene.canvas.places}
    assert "Hidden" not in shown


def test_a_frame_that_cannot_be_set_does_not_end_the_talk(
    monkeypatch: pytest.MonkeyPatch, expected_log: Callable[[str], None]
) -> None:
    scene = make()
    renderer = make_renderer(scene)
    view = view_of(scene, place_of(scene, "one"))
    original = scene.typesetter.face

    def fail(_self: Typesetter, place: int, face: Face, page: int = 0) -> DisplayList:
        if place == place_of(scene, "one"):
            raise ValueError("a frame nobody foresaw")
        return original(place, face, page)

    monkeypatch.setattr(Typesetter, "face", fail)
    expected_log("could not be painted")
    assert renderer.rest_now(view) is None
    assert renderer.rests_at(view)
    finish(renderer, view, lambda: renderer.missing == 0)
