"""What a deck can be made into: everything the command line knows is offered, with options it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from atelier.cli.arguments import parser
from atelier.exports.formats import DOCX, FORMATS
from atelier.windows.export.offers import EXPORT, Facts, Offer, arguments, common_options, offers
from atelier.writers.formats import FORMATS as DRAFTS

FACTS = Facts("Bread", (("", "All frames"), ("short", "short")), ("fr", "en"))


def test_everything_that_can_be_made_is_offered_once() -> None:
    exports = [name for offer in offers() if offer.command == EXPORT for name in offer.formats]
    drafts = [name for offer in offers() if offer.command != EXPORT for name in offer.formats]
    assert sorted([*exports, DOCX]) == sorted(FORMATS)  # which is offered as a draft, with more to choose
    assert sorted(drafts) == sorted(DRAFTS)


@pytest.mark.parametrize("offer", offers(), ids=lambda offer: offer.id)
def test_the_command_line_takes_every_choice(offer: Offer) -> None:
    for option in (*common_options(offer, FACTS), *offer.options):
        values = [value for value, _words in option.values] or [True, False]
        for value in values:
            line = arguments(offer, {option: value}, Path("bread.md"), Path("out"))
            read = parser().parse_args(line)
            assert (read.command, read.deck, read.output) == (offer.command, Path("bread.md"), Path("out"))


@pytest.mark.parametrize("offer", offers(), ids=lambda offer: offer.id)
def test_what_is_usual_is_what_the_command_line_does_alone(offer: Offer) -> None:
    usual = {option: option.taken(None) for option in offer.options}
    chosen = parser().parse_args(arguments(offer, usual, Path("bread.md"), Path("out")))
    alone = parser().parse_args(arguments(offer, {}, Path("bread.md"), Path("out")))
    chosen.size = alone.size = ""  # the usual height, by its number
    assert vars(chosen) == vars(alone)


def test_what_is_remembered_and_is_no_more_becomes_the_usual() -> None:
    (paths,) = [option for option in common_options(offers()[0], FACTS) if option.id == "path"]
    assert paths.taken("gone") == ""
    assert paths.taken(value=True) == ""
    assert paths.taken("short") == "short"
