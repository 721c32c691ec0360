from __future__ import annotations

from tests.unit.canvas.canvas_trees import LONG, deck_with, frame

from atelier.canvas.arrange import arrange
from atelier.canvas.camera import home
from atelier.canvas.route import RouteStop, rest, route
from atelier.deck.types import NamedPath, Stop, View

DECK = deck_with([frame(0, -1, (1, 3)), frame(1, 0, (2,), more={"source": LONG}), frame(2, 1), frame(3, 0)])
CANVAS = arrange(DECK)


def test_a_page_is_the_next_stop_after_its_section() -> None:
    stops = route(DECK, CANVAS, DECK.paths[0])
    assert [(s.place, s.frame, s.stop) for s in stops] == [(0, 0, 0), (1, 1, 1), (2, 1, 1), (3, 2, 2), (4, 3, 3)]
    assert CANVAS.places[2].page


def test_views_and_holds() -> None:
    path = NamedPath("court", (Stop(1, View.OVERVIEW, 4.0), Stop(3, hold=2.5), Stop(99)))
    stops = route(DECK, CANVAS, path)
    assert stops == (RouteStop(1, 1, 0, View.OVERVIEW, 4.0), RouteStop(4, 3, 1, View.FRAME, 2.5))
    assert rest(CANVAS, stops[0], 16 / 9) == home(CANVAS, 0, 16 / 9)
    assert rest(CANVAS, stops[1], 16 / 9) == home(CANVAS, 4, 16 / 9)
