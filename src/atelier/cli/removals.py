"""`--report`: what was left out of what is written or replaced in it, and where it stands in the deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.cli.findings import shown_path
from atelier.cli.streams import say
from atelier.deck.removal_words import in_words, stays
from atelier.deck.removals import removals, tally
from atelier.foundation.terminals import harmless

if TYPE_CHECKING:
    from atelier.deck.types import Deck


def report(deck: Deck) -> None:
    """Says on stdout what no file made of `deck` holds, as its author wrote it: a sentence, then a line each."""
    found = removals(deck)
    say(harmless(stays(tally(found))) + "\n")
    for each in found:
        place = ":".join([shown_path(each.file), *([str(each.line)] if each.line else [])]) if each.file else ""
        line = f"{place}: {in_words(each)}" if place else in_words(each)
        say(harmless(line).replace("\n", " ") + "\n")
