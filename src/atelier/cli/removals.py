"""`--report`: what was left out of what is written or replaced in it, and where it stands in the deck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.cli.findings import shown_path
from atelier.cli.streams import complain, say
from atelier.deck.removal_words import in_words, stays, stays_briefly
from atelier.deck.removals import removals, tally
from atelier.foundation.terminals import harmless

if TYPE_CHECKING:
    from atelier.deck.types import Deck


def report(deck: Deck, *, beside_json: bool = False) -> None:
    """Says on stdout what no file made of `deck` holds, as its author wrote it: a sentence, then a line each. Where
    there is JSON on stdout, on stderr.
    """
    tell = complain if beside_json else say
    for line in what_stays(deck).lines:
        tell(f"{line}\n")


@dataclass(frozen=True, slots=True)
class Stays:
    """The lines of the report, the sentence first, which is also said `briefly`."""

    lines: tuple[str, ...]
    briefly: str


def what_stays(deck: Deck) -> Stays:
    found = removals(deck)
    counted = tally(found)
    lines = [harmless(stays(counted))]
    for each in found:
        place = ":".join([shown_path(each.file), *([str(each.line)] if each.line else [])]) if each.file else ""
        line = f"{place}: {in_words(each)}" if place else in_words(each)
        lines.append(harmless(line).replace("\n", " "))
    return Stays(tuple(lines), stays_briefly(counted))
