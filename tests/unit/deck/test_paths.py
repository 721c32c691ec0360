"""Which frames a talk goes through, and links that lead somewhere."""

from __future__ import annotations

import pytest

from atelier.deck.contents import Contents
from atelier.deck.loading import read
from atelier.deck.paths import FrameTable, named_frame, named_path
from atelier.deck.types import Deck, Stop, View
from atelier.foundation.errors import UsageError

TEXT = "# T\n\n## Été {#ete}\n\n### In\n\n## Hidden {.private}\n\n## Aside {skip=true}\n\n### Deeper\n"


def _deck(paths: str, text: str = TEXT) -> Deck:
    return read(f"---\n{paths}\n---\n{text}".encode())


def _found(deck: Deck) -> list[tuple[str, int]]:
    return [(found.code, found.line) for found in deck.diagnostics]


def test_the_default_path_is_reading_order_without_what_is_hidden() -> None:
    deck = _deck("minutes: 10")
    assert [stop.frame for stop in deck.paths[0].stops] == [0, 1, 2]
    assert deck.paths[0].minutes == 10


@pytest.mark.parametrize(
    ("text", "stops"),
    [("# T {skip=true}\n\n## A\n\n## B {.private}\n", [0, 1]), ("# T {.private}\n\n## A\n", [0])],
)
def test_there_is_always_a_place_to_be(text: str, stops: list[int]) -> None:
    assert [stop.frame for stop in read(text.encode()).paths[0].stops] == stops


def test_a_named_path_chooses_and_orders() -> None:
    deck = _deck("paths:\n  p: {minutes: 5, title: Bref, stops: [aside, {frame: ete, view: overview, hold: 3}, ete]}")
    path = deck.path("p")
    assert path
    assert path.stops == (Stop(4), Stop(1, View.OVERVIEW, 3.0), Stop(1))
    assert (path.minutes, path.title) == (5.0, "Bref")


def test_a_path_without_stops_is_the_default_one() -> None:
    deck = _deck("paths: {complet: {minutes: 45}, court: }")
    for name in ("complet", "court"):
        path = deck.path(name)
        assert path
        assert path.stops == deck.paths[0].stops


def test_unknown_and_private_stops_are_left_out() -> None:
    deck = _deck("paths:\n  p:\n    stops:\n      - etee\n      - hidden\n      - in")
    path = deck.path("p")
    assert path
    assert path.stops == (Stop(2),)
    assert _found(deck)[:2] == [("stop-unknown", 5), ("stop-private", 6)]
    assert deck.diagnostics[0].hint == "Did you mean “ete”?"


def test_a_path_that_leads_nowhere_takes_every_frame() -> None:
    deck = _deck("paths: {p: []}")
    path = deck.path("p")
    assert path
    assert path.stops == deck.paths[0].stops
    assert ("path-empty", 2) in _found(deck)


def test_frames_on_no_path_are_hinted_at_once_a_branch() -> None:
    deck = _deck("title: x")
    (found,) = deck.diagnostics
    assert (found.code, found.line) == ("frame-on-no-path", 12)
    assert "“Aside” and the frame below it" in found.message
    (found,) = _deck("paths: {p: [deeper]}").diagnostics
    assert "“Aside”." in found.message


@pytest.mark.parametrize("reference", ["ete", "#ete", "ETE", "#Été", "%C3%A9t%C3%A9"])
def test_a_frame_is_found_whatever_the_case_and_accents(reference: str) -> None:
    assert FrameTable(_deck("title: x").frames).find(reference) == 1


def test_anchors_as_other_programs_make_them_are_found() -> None:
    table = FrameTable(read("# T\n\n## What’s new? (2.0)\n\n## `load()` & save\n\n## 日本\n".encode()).frames)
    assert table.find("#whats-new-20") == 1
    assert table.find("#what-s-new-2-0") == 1
    assert table.find("#load--save") == 2
    assert table.find("日本") == 3
    assert table.find("#") is None
    assert table.find("#–") is None


def test_equal_titles_are_numbered_as_github_does() -> None:
    table = FrameTable(read(b"# T\n\n## A\n\n### Use\n\n## B\n\n### Use\n\n## 1. Run & go\n").frames)
    assert [table.find(f"#use{n}") for n in ("", "-1", "-2")] == [2, 4, None]
    assert table.find("#1-run--go") == 5


def test_emoji_are_found_by_their_names() -> None:
    assert FrameTable(read(b"# T\n\n## :rocket: Go now\n").frames).find("#rocket-go-now") == 1


def test_anchors_of_html_are_found() -> None:
    text = '# T\n\n<a name="top"></a>\n\ntext\n\n<a id="load-it"></a>\n\n## Loading\n\n## <a name="sv"></a>Saving\n'
    table = FrameTable(read(text.encode()).frames)
    assert [table.find(f"#{name}") for name in ("top", "load-it", "sv", "none")] == [0, 1, 2, None]


def test_dead_links_are_found_wherever_they_stand() -> None:
    text = (
        "# T\n\n## Un [x](#rien)\n\n[bon](#deux) et [mauvais](#doux)\n\n- un\n    - [**gras** et maigre](#nulle)\n\n"
        "/// notes\n[là](#perdu)\n///\n\n## Deux\n\n![alt](a.png)\n"
    )
    deck = read(text.encode())
    found = [each for each in Contents(deck).all_diagnostics() if each.code == "link-dead"]
    assert [each.line for each in found] == [3, 5, 8, 11]
    assert found[1].hint == "Did you mean “deux”?"


def test_a_path_asked_for_by_name_or_what_there_is_instead() -> None:
    deck = _deck("paths:\n  short: [ete]\n  long: [ete, in]")
    assert named_path(deck, "") is deck.paths[0]
    assert named_path(deck, "long") is deck.paths[2]
    with pytest.raises(UsageError, match="no path “lang”") as caught:
        named_path(deck, "lang")
    assert caught.value.hint == "Its paths: short, long."
    with pytest.raises(UsageError) as caught:
        named_path(_deck("minutes: 1"), "x")
    assert caught.value.hint == "Its paths: –."


def test_a_frame_asked_for_by_id_or_the_nearest() -> None:
    deck = _deck("minutes: 1")
    assert named_frame(deck, "ete") is deck.frames[1]
    with pytest.raises(UsageError, match="no frame “asid”") as caught:
        named_frame(deck, "asid")
    assert "“aside”" in caught.value.hint


def test_a_stop_with_all_in_it_goes_through_what_is_shown() -> None:
    text = (
        "---\npaths:\n  part: [last, {frame: part, inside: true, hold: 4}]\n---\n\n# Root\n\n"
        "## Part {#part}\n\n### A\n\n#### B\n\n### C {skip=true}\n\n### D {.private}\n\n### E\n\n## Last {#last}\n"
    )
    deck = read(text.encode())
    path = deck.path("part")
    assert path is not None
    assert [deck.frames[stop.frame].title for stop in path.stops] == ["Last", "Part", "A", "B", "E"]
    assert [stop.hold for stop in path.stops] == [None, 4.0, 4.0, 4.0, 4.0]
