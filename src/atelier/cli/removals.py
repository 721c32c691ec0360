"""`--report`: what was left out of what is written or replaced in it, and where it stands in the deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.cli.findings import shown_path
from atelier.cli.streams import complain, say
from atelier.deck.removal_words import in_words, stays
from atelier.deck.removals import removals, tally
from atelier.foundation.terminals import harmless

if TYPE_CHECKING:
    from atelier.deck.types import Deck


def report(deck: Deck, *, beside_json: bool = False) -> None:
    """Says on stdout what no file made of `deck` holds, as its author wrote it: a sentence, then a line each. Where
    there is JSON on stdout, on stderr.
    """
    tell = complain if beside_json else say
    for line in what_stays(deck):
        tell(f"{line}\n")


def what_stays(deck: Deck) -> list[str]:
    """The lines of the report, the sentence first."""
    found = removals(deck)
    lines = [harmless(stays(tally(found)))]
    for each in found:
        place = ":".join([shown_path(each.file), *([str(each.line)] if each.line else [])]) if each.file else ""
        line = f"{place}: {in_words(each)}" if place else in_words(each)
        lines.append(harmless(line).replace("\n", " "))
    return lines
