"""Diagnostics: what an author should know about a deck that can still be shown.

Every diagnostic has a stable code from `CODES`, the one table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from atelier.foundation.errors import Location
from atelier.foundation.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Severity(IntEnum):
    HINT = 0
    WARNING = 1
    ERROR = 2


CODES: dict[str, tuple[Severity, str]] = {
    # code: (severity, what it is about)
    # The file as bytes
    "not-utf8": (Severity.ERROR, "the file holds bytes that are not UTF-8"),
    "text-garbled": (Severity.WARNING, "letters were garbled by a wrong encoding"),
    "sign-unreadable": (Severity.WARNING, "the text holds a sign that cannot be shown"),
    "file-too-large": (Severity.ERROR, "the file is larger than any deck"),
    # Front matter
    "front-matter-syntax": (Severity.ERROR, "the front matter is not valid YAML"),
    "front-matter-unclosed": (Severity.ERROR, "the front matter has no closing line"),
    "front-matter-misplaced": (Severity.WARNING, "front matter is not at the top of the file, and read as text"),
    "front-matter-alias": (Severity.ERROR, "the front matter uses a YAML anchor or alias"),
    "front-matter-key": (Severity.HINT, "the front matter has a key that is not read here"),
    "front-matter-misspelt": (Severity.WARNING, "a key of the front matter seems misspelt"),
    "front-matter-twice": (Severity.WARNING, "a key of the front matter is given twice"),
    "front-matter-type": (Severity.ERROR, "a value of the front matter has the wrong type"),
    "redact-again": (Severity.WARNING, "what replaces a term of “redact” holds one itself"),
    "redact-unused": (Severity.HINT, "a term of “redact” stands nowhere"),
    "redact-picture": (Severity.HINT, "a picture may show a term of “redact”"),
    "language-unknown": (Severity.WARNING, "a language code that no language has"),
    # Frames
    "deck-empty": (Severity.WARNING, "the file has no text"),
    "all-private": (Severity.WARNING, "the whole deck is private"),
    "title-none": (Severity.HINT, "several headings of one mark, and no title"),
    "heading-none": (Severity.HINT, "the text has no heading"),
    "heading-empty": (Severity.WARNING, "a heading has no words"),
    "heading-lookalike": (Severity.WARNING, "a line looks like a heading and is none"),
    "no-break-space": (Severity.HINT, "a no-break space follows the marks of a heading or an item"),
    "heading-indented": (Severity.HINT, "an indented heading starts no frame"),
    "heading-hidden": (Severity.HINT, "a heading in notes or in a private block starts no frame"),
    "heading-level-jump": (Severity.HINT, "a heading is more than one level below the one before"),
    "duplicate-id": (Severity.WARNING, "two frames were given the same id"),
    "attribute-unknown": (Severity.WARNING, "a heading or picture has an attribute nobody reads"),
    "attribute-value": (Severity.WARNING, "an attribute of a heading or picture has a value that cannot be used"),
    "attributes-unread": (Severity.WARNING, "attributes in braces cannot be read and are shown"),
    "attribute-unused": (Severity.HINT, "a heading attribute does nothing where it stands"),
    "class-misspelt": (Severity.WARNING, "a class is nearly one that is read, such as private"),
    "label-long": (Severity.HINT, "a label is longer than the place of a number"),
    "setext-heading": (Severity.HINT, "text directly above --- or === becomes a heading"),
    "too-many-frames": (Severity.ERROR, "the text has more frames than a canvas can hold"),
    # Paths
    "stop-unknown": (Severity.WARNING, "a path stops at a frame that does not exist"),
    "stop-private": (Severity.WARNING, "a path stops at a private frame"),
    "stop-twice": (Severity.WARNING, "a path stops at one frame twice in a row"),
    "stop-bare": (Severity.HINT, "a path stops where only a title is shown"),
    "minutes-over": (Severity.WARNING, "the frames of a path are planned for more minutes than it takes"),
    "minutes-under": (Severity.HINT, "the frames of a path are planned for far fewer minutes than it takes"),
    "path-empty": (Severity.WARNING, "a path has no stop"),
    "frame-on-no-path": (Severity.HINT, "no path leads to this frame"),
    "link-dead": (Severity.WARNING, "a link leads nowhere"),
    "link-empty": (Severity.HINT, "a link has no text or no address"),
    "link-refused": (Severity.WARNING, "a link has an address that is never followed"),
    "link-apart": (Severity.WARNING, "a space parts the brackets of a link or picture from its parentheses"),
    "link-undefined": (Severity.HINT, "a link names a definition that does not exist"),
    "link-wiki": (Severity.HINT, "a link is written in double brackets, as in a wiki"),
    "reference-ambiguous": (Severity.HINT, "a stop means one of several frames with the same title"),
    "embed-unread": (Severity.WARNING, "another file is to be put in where frames cannot be"),
    "embed-missing": (Severity.WARNING, "a file to be put in does not exist"),
    "embed-heading": (Severity.WARNING, "a file to be put in does not have the heading"),
    "embed-cycle": (Severity.WARNING, "a file would be put into itself"),
    "embed-outside": (Severity.WARNING, "a file to be put in lies outside the deck's folder and its library"),
    "embed-unreadable": (Severity.WARNING, "a file to be put in cannot be read"),
    "embed-too-many": (Severity.WARNING, "more is to be put in than a canvas can hold"),
    "library-missing": (Severity.WARNING, "the library names a folder that does not exist"),
    # Blocks
    "block-unknown": (Severity.ERROR, "a /// line names a block that does not exist; its content is hidden"),
    "block-lookalike": (
        Severity.WARNING,
        "a line looks like one that opens a block, and what stands below it is shown",
    ),
    "block-option": (Severity.ERROR, "a block has an option or argument that cannot be used; its content is hidden"),
    "block-unclosed": (Severity.WARNING, "a block has no closing ///"),
    "block-unopened": (Severity.WARNING, "a closing /// closes nothing"),
    "block-misplaced": (Severity.WARNING, "a column or caption stands where it means nothing"),
    "block-empty": (Severity.HINT, "a block has nothing in it"),
    # Cases
    "case-misspelt": (Severity.WARNING, "a field of a case seems misspelt"),
    "case-twice": (Severity.WARNING, "a field of a case is given twice"),
    "case-incomplete": (Severity.HINT, "a case lacks its company or its lesson, or a field of it is empty"),
    "case-use": (Severity.HINT, "a kind of use that is none of the usual ones"),
    # Activities and the agenda
    "activity-answers": (Severity.WARNING, "the list of an activity is too short or too long"),
    "activity-value": (Severity.WARNING, "an option of an activity has a value that cannot be used"),
    "activity-axis": (Severity.WARNING, "an axis of an activity does not have two ends"),
    "activity-id": (Severity.WARNING, "two activities have the same id"),
    "activity-minutes": (Severity.HINT, "the rounds of an activity do not add up to its minutes"),
    "quiz-unmarked": (Severity.WARNING, "a quiz has no right answer"),
    "agenda-value": (Severity.WARNING, "a value in the agenda cannot be used"),
    "agenda-frame": (Severity.WARNING, "the agenda names a frame that does not exist"),
    "agenda-overlap": (Severity.WARNING, "a block of the agenda begins before the one above it ends"),
    "agenda-gap": (Severity.HINT, "nothing in the agenda fills the time before a fixed block"),
    "agenda-over": (Severity.WARNING, "the blocks of a day take longer than the day"),
    "agenda-minutes": (Severity.HINT, "the minutes of the agenda and those of its frames do not add up"),
    "agenda-day": (Severity.WARNING, "a schedule is shown of a day that the agenda does not have"),
    # Marks
    "columns-single": (Severity.HINT, "columns are only one, or none"),
    "only-unknown": (Severity.WARNING, "a block is for a path or language that does not exist"),
    "mark-unused": (Severity.HINT, "a list of attributes does nothing where it stands"),
    "attributes-in-text": (Severity.HINT, "a list of attributes is shown as text"),
    "comment-leak": (Severity.HINT, "a comment would be shown by other programs"),
    "comment-unclosed": (Severity.WARNING, "a comment is never closed; what follows it is hidden"),
    "fence-unclosed": (Severity.WARNING, "a code fence is never closed"),
    "fence-swallows": (Severity.WARNING, "a code fence runs on into the next one"),
    "fence-lines": (Severity.HINT, "code is to be highlighted in lines it does not have"),
    "fence-option": (Severity.HINT, "a code fence has an option that cannot be used"),
    "math-error": (Severity.WARNING, "a formula cannot be set"),
    "footnote-undefined": (Severity.WARNING, "a footnote has no definition"),
    "footnote-unused": (Severity.HINT, "a footnote is used nowhere"),
    "definition-twice": (Severity.HINT, "a footnote or link is defined twice"),
    # Limits
    "text-too-deep": (Severity.WARNING, "nesting beyond the limit is shown as plain text"),
    "text-too-dense": (Severity.WARNING, "markup beyond the limit is shown as plain text"),
    "text-too-long": (Severity.WARNING, "text beyond what a frame can show is left out"),
    "table-broken": (Severity.WARNING, "rows of a table have no line of dashes below the first"),
    "table-cells": (Severity.WARNING, "a row of a table has more cells than the table has columns"),
    "table-too-large": (Severity.WARNING, "a table is larger than the limit"),
    # Pictures
    "picture-missing": (Severity.WARNING, "a picture does not exist"),
    "picture-outside": (Severity.WARNING, "a picture lies outside the deck's folder"),
    "picture-remote": (Severity.WARNING, "a picture lies on the network, from where nothing is fetched"),
    "picture-unreadable": (Severity.WARNING, "a picture cannot be read"),
    "picture-incomplete": (Severity.WARNING, "a part of a drawing is not shown"),
    "picture-too-large": (Severity.WARNING, "a picture is larger than the limit"),
    "picture-case": (Severity.WARNING, "the name of a picture differs in letter case from its file's"),
    "picture-name": (Severity.HINT, "the name of a picture is written in a way that few programs read"),
    "picture-no-credit": (Severity.HINT, "a picture does not say whose work it is"),
    "picture-no-alt": (Severity.HINT, "a picture has no alternative text"),
    # Films and sounds
    "media-missing": (Severity.WARNING, "a film or sound does not exist"),
    "media-outside": (Severity.WARNING, "a film or sound lies outside the deck's folder"),
    "media-unreadable": (Severity.WARNING, "a film or sound cannot be played"),
    "media-times": (Severity.WARNING, "the times between which a film or sound plays cannot be used"),
    "media-bare": (Severity.HINT, "a film or sound has neither a picture nor words"),
    # Canvas
    "layout-unknown": (Severity.WARNING, "a layout does not exist"),
    "layout-fallback": (Severity.HINT, "the frames do not fit the layout and lie in a grid"),
    "map-unreadable": (Severity.WARNING, "the drawing of map= cannot be read"),
    "map-no-slot": (Severity.WARNING, "a frame has no place in the drawing of map="),
    "theme-unreadable": (Severity.WARNING, "a theme cannot be read"),
    "theme-contrast": (Severity.WARNING, "a text of a theme does not stand out from its ground"),
    "theme-font": (Severity.WARNING, "a theme names a font that is not on this machine"),
    # Places by hand
    "canvas-unreadable": (Severity.ERROR, "the canvas beside the text cannot be read"),
    "canvas-broken": (Severity.ERROR, "a canvas is not whole JSON"),
    "canvas-value": (Severity.WARNING, "a canvas holds a value that means nothing"),
    "canvas-size": (Severity.WARNING, "a node of a canvas has a place or size that cannot be used"),
    "canvas-id-twice": (Severity.WARNING, "two nodes of a canvas have the same id"),
    "canvas-edge": (Severity.WARNING, "an edge of a canvas leads to no node"),
    "canvas-file": (Severity.WARNING, "a file that a node of a canvas names cannot be shown"),
    "canvas-heading": (Severity.WARNING, "a node of a canvas names a heading that its file does not have"),
    "canvas-too-large": (Severity.ERROR, "a canvas has more nodes than can be shown"),
    "canvas-frame-lost": (Severity.WARNING, "a canvas has a place for a frame that does not exist"),
    "canvas-frame-twice": (Severity.WARNING, "a canvas has two places for one frame"),
    # Typesetting
    "overfull": (Severity.WARNING, "the text of a frame does not fit at a readable size"),
    "text-too-small": (Severity.WARNING, "letters are too small for the last row of the room"),
    "glyph-missing": (Severity.WARNING, "a sign is in no font of this machine"),
    # Motion
    "flight-too-fast": (Severity.WARNING, "a flight between two stops is faster than eyes follow"),
    # The file
    "encoding-bom": (Severity.HINT, "the file begins with a byte order mark"),
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `line` and `column` count from 1; 0 means the whole file."""

    code: str
    message: str
    hint: str = ""
    file: Path | None = None
    line: int = 0
    column: int = 0
    more: int = 0
    """How many of the same code this one stands for besides; see `bounded`."""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(self.code)

    @property
    def severity(self) -> Severity:
        return CODES[self.code][0]

    @property
    def location(self) -> Location:
        return Location(self.file, self.line, self.column)

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.location}: {self.message}{hint} [{self.code}]"


MOST_OF_A_CODE = 50


def bounded(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """`diagnostics` with no more than `MOST_OF_A_CODE` of each code, and one more that says how many others there are.

    It may be applied again to what it gave.
    """
    count: Counter[str] = Counter()
    left: Counter[str] = Counter()
    place: dict[str, int] = {}
    out: list[Diagnostic] = []
    for each in diagnostics:
        count[each.code] += not each.more
        if each.more or count[each.code] > MOST_OF_A_CODE:
            left[each.code] += each.more or 1
            if each.code in place:
                continue
            place[each.code] = len(out)
        out.append(each)
    for code, index in place.items():
        n = left[code]
        message = ngettext("There is one more like these.", "There are {n} more like these.", n).format(n=n)
        out[index] = replace(out[index], message=message, hint="", column=0, more=n)
    return tuple(out)
