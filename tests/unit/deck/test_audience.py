"""What is private is gone from the deck that everyone sees, by whatever way one looks for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.audience import for_audience
from atelier.deck.loading import read
from atelier.deck.search import search

TEXT = b"""---
paths:
  short: {stops: [hidden, seen, inner]}
  secret: {stops: [hidden]}
---
# Talk

## Hidden {#hidden .private}

SECRET

### Below {#below}

## Seen {#seen}

### Inner {#inner}
"""


def test_private_frames_and_what_is_in_them_are_gone() -> None:
    deck = for_audience(read(TEXT))
    assert [frame.id for frame in deck.frames] == ["talk", "seen", "inner"]
    assert [frame.index for frame in deck.frames] == [0, 1, 2]
    assert deck.frames[0].children == (1,)
    assert deck.frames[2].parent == 1
    assert not search(deck, None, "secret")
    assert "SECRET" not in repr(deck.frames)


def test_paths_keep_their_other_stops() -> None:
    deck = for_audience(read(TEXT))
    short, secret = deck.path("short"), deck.path("secret")
    assert short is not None
    assert secret is not None
    assert [deck.frames[stop.frame].id for stop in short.stops] == ["seen", "inner"]
    assert all(0 <= stop.frame < len(deck.frames) for stop in secret.stops)


def test_a_deck_with_nothing_private_is_the_same() -> None:
    deck = read(b"# A\n\n## B\n")
    assert for_audience(deck) is deck


def test_a_private_root_leaves_an_empty_canvas() -> None:
    deck = for_audience(read(b"# SECRET {.private}\n\nSECRET\n\n## SECRET too\n"))
    assert len(deck.frames) == 1
    assert "SECRET" not in repr((deck.frames, deck.title))


@given(st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=1, max_size=30))
def test_any_nesting_stays_whole(headings: list[tuple[int, bool]]) -> None:
    text = "\n\n".join(
        f"{'#' * level} H{n}{' {.private}' if private else ''}" for n, (level, private) in enumerate(headings)
    )
    deck = for_audience(read(text.encode()))
    assert not any(frame.private for frame in deck.frames)
    for i, frame in enumerate(deck.frames):
        assert frame.index == i
        assert all(deck.frames[child].parent == i for child in frame.children)
        assert frame.parent < i
    for path in deck.paths:
        assert path.stops
        assert all(0 <= stop.frame < len(deck.frames) for stop in path.stops)
    assert for_audience(deck) is deck
