"""What stays with the author, in words: a sentence before an export, a list after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atelier.deck.json_canvas import shortened
from atelier.deck.picture_metadata import Said
from atelier.deck.removals import Kind, Removal
from atelier.foundation.translation import _, ngettext

if TYPE_CHECKING:
    from atelier.deck.removals import Tally

_SHOWN: Final = 60
"""Signs of the words that were taken out."""


def stays(tally: Tally) -> str:
    """As in “3 private passages and 1 comment stay here”; that nothing does, where there is nothing."""
    counted = [
        (tally.private, ngettext("{n} private passage", "{n} private passages", tally.private)),
        (tally.comments, ngettext("{n} comment", "{n} comments", tally.comments)),
        (tally.unread, ngettext("{n} block that does not parse", "{n} blocks that do not parse", tally.unread)),
        (tally.terms, ngettext("{n} masked term", "{n} masked terms", tally.terms)),
        (tally.links, ngettext("{n} address", "{n} addresses", tally.links)),
        (
            tally.pictures,
            ngettext("the metadata of {n} picture", "the metadata of {n} pictures", tally.pictures),
        ),
    ]
    parts = [text.format(n=n) for n, text in counted if n]
    if not parts:
        return _("Nothing is private; everything is written.")
    things = parts[0]
    if len(parts) > 1:
        things = _("{things} and {last}").format(things=", ".join(parts[:-1]), last=parts[-1])
    total = sum(n for n, _text in counted) + tally.pictures  # metadata are several
    return ngettext("{things} stays here", "{things} stay here", total).format(things=things)


def stays_briefly(tally: Tally) -> str:
    """As in “4 things stay here”; empty where nothing does."""
    n = sum((tally.private, tally.comments, tally.unread, tally.terms, tally.links, tally.pictures))
    return ngettext("{n} thing stays here", "{n} things stay here", n).format(n=n) if n else ""


def in_words(removal: Removal) -> str:
    """As in “private words “Anna Berg””."""
    words = shortened(" ".join(removal.words.split()), _SHOWN)
    match removal.kind:
        case Kind.FRAME:
            text = ngettext("private frame “{words}”", "private frame “{words}” with all in it: {n}", removal.frames)
            return text.format(words=words, n=removal.frames)
        case Kind.BLOCK:
            return _("private block “{words}”").format(words=words) if words else _("private block, empty")
        case Kind.SPAN:
            return _("private words “{words}”").format(words=words)
        case Kind.COMMENT:
            return _("comment “{words}”").format(words=words)
        case Kind.UNREAD:
            return _("block that does not parse “{words}”").format(words=words)
        case Kind.TERM if removal.instead:
            return _("“{words}”, now “{instead}”").format(words=words, instead=shortened(removal.instead, _SHOWN))
        case Kind.TERM:
            return _("“{words}”, now nothing").format(words=words)
        case Kind.LINK:
            return _("address “{words}”, now no link").format(words=words)
        case Kind.PICTURE:
            said = ", ".join(_said(each) for each in Said if each in removal.said)
            return _("picture “{words}”, without {said}").format(words=words, said=said)


def _said(said: Said) -> str:
    return {
        Said.POSITION: _("where it was taken"),
        Said.CAMERA: _("camera and date"),
        Said.DESCRIPTION: _("title and description"),
        Said.COMMENT: _("comment"),
        Said.THUMBNAIL: _("thumbnail"),
        Said.TIME: _("time"),
        Said.REST: _("what programs keep in it"),
    }[said]
