"""Where the panels of the console may be, and what of remembered places can be used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.foundation.settings import PanelPlaces
from atelier.windows.console.places import ALWAYS, SPLITS, Layout, shown, sound, swapped, with_hidden, with_share

YES_NO = (False, True)
LAYOUTS = [Layout(compact, upright, rehearsal) for compact in YES_NO for upright in YES_NO for rehearsal in YES_NO]
layouts = st.sampled_from(LAYOUTS)
names = st.sampled_from(["view", "next", "exits", "notes", "canvas", "outline", "history", "times", "clock"])


def panels(places: PanelPlaces) -> list[str]:
    return sorted(name for slot in places.slots for name in slot)


def test_each_layout_is_remembered_by_itself() -> None:
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)


@given(layouts, st.lists(st.tuples(names, names), max_size=6), st.sets(names))
def test_no_panel_is_ever_lost_or_there_twice(layout: Layout, swaps: list[tuple[str, str]], hidden: set[str]) -> None:
    usual = layout.usual
    known = panels(usual)
    places = usual
    for one, other in swaps:
        if one in known and other in known:
            places = swapped(places, one, other)
    for name in hidden & set(known):
        places = with_hidden(places, name, hidden=True)
    assert panels(places) == known
    assert sound(places, layout) == PanelPlaces(
        places.slots,
        tuple(name for name in (n for s in usual.slots for n in s) if name in places.hidden),
        places.shares,
    )
    assert ALWAYS in [name for slot in shown(places) for name in slot]


@given(
    layouts,
    st.builds(
        PanelPlaces,
        st.lists(st.lists(names, max_size=4).map(tuple), max_size=8).map(tuple),
        st.lists(names, max_size=4).map(tuple),
        st.lists(st.floats(0, 1), max_size=8).map(tuple),
    ),
)
def test_whatever_is_in_the_settings_gives_places(layout: Layout, places: PanelPlaces) -> None:
    found = sound(places, layout)
    assert panels(found) == panels(layout.usual)
    assert len(found.slots) == len(layout.usual.slots)
    assert len(found.shares) == len(SPLITS)
    assert ALWAYS not in found.hidden


def test_places_of_an_older_version_are_the_usual_ones() -> None:
    layout = Layout()
    older = PanelPlaces((("view",), ("next",), ("exits",), ("notes",), ("canvas", "outline")), (), (0.5,) * 6)
    assert sound(older, layout) == layout.usual


@pytest.mark.parametrize("share", [0.001, 0.999])
def test_a_share_that_leaves_nothing_to_see_is_not_taken(share: float) -> None:
    layout = Layout()
    assert sound(with_share(layout.usual, "body", share), layout) == layout.usual
