"""Where every key leads: steps, pages, stops, detours, history."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas.model import Canvas
from atelier.canvas.route import RouteStop
from atelier.canvas.types import Place, Spot, Surface
from atelier.deck.types import View
from atelier.foundation.geometry import FRAME_HEIGHT, Rect, Similarity
from atelier.talk.navigation import Navigator

# root 0 ── 1 ── 2, 3
#        └─ 4 ── 5
PARENTS = (-1, 0, 1, 1, 0, 4)
STEPS = {2: (2,), 3: (0, 1)}


def make_canvas() -> Canvas:
    places = tuple(
        Place(
            index=i,
            frame=i,
            parent=parent,
            children=tuple(k for k, p in enumerate(PARENTS) if p == i),
            depth=0 if parent < 0 else 1 if parent == 0 else 2,
            transform=Similarity(10.0 * i, 10.0, 0.2),
            ratio=16 / 9,
            surface=Surface.CARD,
            spot=Spot.WHOLE,
            spot_rect=Rect(0, 0, FRAME_HEIGHT, FRAME_HEIGHT),
        )
        for i, parent in enumerate(PARENTS)
    )
    return Canvas(places, tuple(range(len(places))), {})


def make(stops: tuple[int, ...] = (0, 1, 2, 3, 4, 5)) -> Navigator:
    route = tuple(RouteStop(place, place, i) for i, place in enumerate(stops))
    return Navigator(make_canvas(), route, lambda place: STEPS.get(place, (0,)))


def trace(navigator: Navigator, moves: int) -> list[tuple[int, int, int]]:
    seen = [_spot(navigator)]
    for _ in range(moves):
        navigator.next()
        seen.append(_spot(navigator))
    return seen


def _spot(navigator: Navigator) -> tuple[int, int, int]:
    here = navigator.position
    return here.place, here.page, here.step


def test_next_goes_through_steps_and_pages_before_the_next_stop() -> None:
    assert trace(make(), 9) == [
        (0, 0, 0),
        (1, 0, 0),
        (2, 0, 0),
        (2, 0, 1),
        (2, 0, 2),
        (3, 0, 0),
        (3, 1, 0),
        (3, 1, 1),
        (4, 0, 0),
        (5, 0, 0),
    ]


def test_previous_undoes_next_exactly() -> None:
    navigator = make()
    forward = trace(navigator, 9)
    backward = [_spot(navigator)]
    while navigator.previous():
        backward.append(_spot(navigator))
    assert backward == forward[::-1]


def test_the_ends_of_the_route_hold() -> None:
    navigator = make()
    assert not navigator.previous()
    navigator.last()
    assert _spot(navigator) == (5, 0, 0)
    assert not navigator.next()
    navigator.first()
    assert _spot(navigator) == (0, 0, 0)


def test_a_jump_is_a_detour_and_next_goes_on_after_the_stop_that_was_left() -> None:
    navigator = make()
    navigator.go_to_stop(1)
    assert navigator.jump(5)
    assert not navigator.position.on_path
    navigator.next()
    assert _spot(navigator) == (2, 0, 0)
    assert navigator.position.on_path


def test_closing_a_detour_returns_to_the_step_that_was_left() -> None:
    navigator = make()
    navigator.go_to_stop(2)
    navigator.next()
    navigator.jump(5)
    navigator.jump(4)
    assert len(navigator.position.detours) == 2
    navigator.close_detour()
    assert navigator.position.place == 5
    navigator.close_detour()
    assert _spot(navigator) == (2, 0, 1)
    assert navigator.position.on_path


def test_all_detours_close_at_once() -> None:
    navigator = make()
    navigator.go_to_stop(2)
    navigator.jump(5)
    navigator.jump(4)
    assert navigator.return_to_path()
    assert _spot(navigator) == (2, 0, 0)
    assert not navigator.return_to_path()


def test_jumping_to_the_next_stop_stays_on_the_path() -> None:
    navigator = make()
    navigator.go_to_stop(1)
    navigator.jump(2)
    assert navigator.position.on_path
    assert navigator.position.stop == 2


def test_jumping_to_the_place_that_was_left_closes_the_detours() -> None:
    navigator = make()
    navigator.go_to_stop(3)
    navigator.jump(0)
    navigator.jump(3)
    assert navigator.position.on_path
    assert navigator.position.stop == 3


def test_up_and_into_follow_the_nesting() -> None:
    navigator = make()
    navigator.go_to_stop(3)
    navigator.up()
    assert navigator.position.place == 1
    navigator.into()
    assert navigator.position.place == 2
    navigator.jump(0)
    assert not navigator.up()


def test_overview_and_back() -> None:
    navigator = make()
    navigator.go_to_stop(3)
    navigator.overview()
    assert navigator.position.place == 0
    navigator.overview()
    assert navigator.position.place == 3


def test_history_goes_back_and_forward() -> None:
    navigator = make()
    navigator.next()
    navigator.next()
    navigator.back()
    assert navigator.position.place == 1
    navigator.back()
    assert navigator.position.place == 0
    assert not navigator.back()
    navigator.forward()
    navigator.forward()
    assert navigator.position.place == 2
    assert not navigator.forward()


def test_going_somewhere_new_ends_the_way_forward() -> None:
    navigator = make()
    navigator.next()
    navigator.next()
    navigator.back()
    navigator.jump(5)
    assert not navigator.forward()
    navigator.back()
    assert navigator.position.place == 1


def test_history_keeps_the_step() -> None:
    navigator = make()
    navigator.go_to_stop(2)
    navigator.next()
    navigator.jump(5)
    navigator.back()
    assert _spot(navigator) == (2, 0, 1)


def test_upcoming_names_the_next_stop() -> None:
    navigator = make()
    assert navigator.upcoming() == 1
    navigator.last()
    assert navigator.upcoming() is None


MOVES = st.lists(
    st.one_of(
        st.sampled_from(
            ("next", "previous", "first", "last", "up", "into", "overview", "close_detour", "back", "forward")
        ),
        st.integers(0, 5),
    ),
    max_size=40,
)


@given(MOVES)
def test_any_sequence_of_moves_keeps_a_valid_position(moves: list[str | int]) -> None:
    navigator = make((0, 1, 2, 3, 5))
    for move in moves:
        before = navigator.position
        changed = navigator.jump(move) if isinstance(move, int) else getattr(navigator, move)()
        here = navigator.position
        assert changed == (here != before)
        counts = STEPS.get(here.place, (0,))
        assert 0 <= here.page < len(counts)
        assert 0 <= here.step <= counts[here.page]
        assert 0 <= here.stop < len(navigator.route)
        if here.on_path:
            assert here.place == navigator.route[here.stop].place
            assert here.view is View.FRAME
    for _ in range(60):
        if not navigator.next():
            break
    assert navigator.position.place == 5
