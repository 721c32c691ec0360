"""The languages of a deck: what can be shown in one of them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.deck.values import language_value
from atelier.foundation.errors import UsageError
from atelier.foundation.translation import _
from atelier.markup.blockspec import BlockFault, conditions, option_lines, read_head
from atelier.markup.lines import block_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.deck.types import Deck


def languages(deck: Deck) -> tuple[str, ...]:
    """Its own, those of its frames and of its abstract, and those that `only` blocks are for; each once."""
    said = (
        deck.lang,
        *(frame.lang for frame in deck.frames),
        *(language for language, _text in deck.abstract),
        *(language for frame in deck.frames if "only" in frame.blocks for language in _conditions(frame.source)),
    )
    return tuple(dict.fromkeys(tag for each in said if (tag := language_value(each)) is not None))


def named_language(deck: Deck, name: str) -> str:
    """The language of the deck that `name` means, “en” also for “en-GB”; empty for an empty one. Raises UsageError."""
    if not name:
        return ""
    every = languages(deck)
    wanted = language_value(name.strip())
    alike = {tag.lower(): tag for tag in every}
    if wanted is not None:
        if wanted.lower() in alike:
            return alike[wanted.lower()]
        first = wanted.partition("-")[0]
        for tag in every:
            if tag.partition("-")[0] == first:
                return tag if wanted == first else wanted
    message = _("The deck has no language “{name}”.").format(name=name)
    raise UsageError(message, _("Its languages: {names}.").format(names=", ".join(every)))


def _conditions(source: str) -> Iterator[str]:
    """The languages that the `only` blocks in a text are for."""
    lines = source.split("\n")
    for index, line in enumerate(lines):
        found = block_line(line)
        if found is None or not found[1].lower().startswith("only"):
            continue
        below = lines[index + 1 :]
        head = read_head(found[1], below[: option_lines(below)])
        if not isinstance(head, BlockFault):
            yield from (conditions(head) or ((), ()))[1]
