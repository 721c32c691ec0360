"""In which order frames become sections: along a path, or as a talk showed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.draft.types import TOP_LEVEL, Kind, LeftOut, Visit
from atelier.talk.review import SEEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.deck.types import Deck, NamedPath
    from atelier.talk.review import Review


def along(path: NamedPath) -> tuple[Visit, ...]:
    """The frames of a path, each once."""
    return tuple(Visit(frame) for frame in dict.fromkeys(stop.frame for stop in path.stops))


def as_given(deck: Deck, review: Review, left_out: LeftOut) -> tuple[tuple[Visit, ...], tuple[str, ...]]:
    """The frames in the order that a talk first showed them, and what those were called that the deck does not have
    any more. `deck` may be a later version of the one that was shown.

    A frame that was merely passed through was not shown. One that was shown on a detour, and on the path later, stands
    where the detour was.
    """
    numbers = {frame.id: frame.index for frame in deck.frames}
    shown: dict[str, Kind] = {}
    for showing in review.showings:
        if showing.seconds >= SEEN:
            shown.setdefault(showing.frame, Kind.DETOUR if showing.detour else Kind.PATH)
    order = list(shown)
    if left_out is LeftOut.MARK:
        shown |= dict.fromkeys((id_ for id_ in review.left_out if id_ not in shown), Kind.LEFT_OUT)
        order = _with_left_out(order, shown, [stop.frame for stop in review.stops])
    visits = tuple(Visit(numbers[id_], shown[id_]) for id_ in order if id_ in numbers)
    return visits, tuple(review.name(id_).title for id_ in order if id_ not in numbers)


def _with_left_out(order: list[str], shown: dict[str, Kind], route: Sequence[str]) -> list[str]:
    """`order` with what was left out behind the stop that comes before it on the route, and its detours."""
    out = list(order)
    before = ""
    for id_ in dict.fromkeys(route):
        if shown.get(id_) is Kind.LEFT_OUT:
            at = out.index(before) + 1 if before in out else 0
            while at < len(out) and shown[out[at]] is Kind.DETOUR:
                at += 1
            out.insert(at, id_)
        if id_ in out:
            before = id_
    return out


def levels(deck: Deck, visits: Sequence[Visit], deepest: int) -> tuple[int, ...]:
    """The level of heading of each visit: one below the nearest frame it lies in that is among those before it, with
    nothing else between. A detour is one below the section it left.
    """
    out: list[int] = []
    around: list[tuple[int, int]] = []
    for visit in visits:
        if visit.kind is Kind.DETOUR:
            out.append(min((around[-1][1] if around else TOP_LEVEL - 1) + 1, deepest))
            continue
        ancestors = set(deck.ancestors(visit.frame))
        while around and around[-1][0] not in ancestors:
            around.pop()
        level = around[-1][1] + 1 if around else TOP_LEVEL
        if visit.frame:  # the root is the article itself
            around.append((visit.frame, level))
        out.append(min(level, deepest))
    return tuple(out)
