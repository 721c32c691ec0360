"""What can be made of a deck, with what can be chosen for each: a table, and the command that a choice comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from atelier.exports.encoder import installed, missing
from atelier.exports.formats import FORMATS, PLANNED, READING, VIDEO
from atelier.foundation.translation import N_, _
from atelier.writers.formats import FORMATS as DRAFTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EXPORT, DRAFT = "export", "draft"
"""Commands of the program."""
BLOG, WORD, WRITE_UP = "blog", "docx", "write-up"
PATH, LANGUAGE, KIND = "path", "lang", "to"
Value = str | bool


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: a value of several, the first of which is the usual, or with none a box to tick.

    `words` and those of `values` are source texts. `flag` is how the command line says it; a box that is `turned`
    says it where it is not ticked.
    """

    id: str
    words: str
    flag: str
    values: tuple[tuple[str, str], ...] = ()
    ticked: bool = False
    turned: bool = False

    def taken(self, value: Value | None) -> Value:
        """`value` where it is one that can be chosen, else the usual."""
        if not self.values:
            return value if isinstance(value, bool) else self.ticked
        known = [each for each, _words in self.values]
        return value if isinstance(value, str) and value in known else known[0]

    def arguments(self, value: Value) -> tuple[str, ...]:
        """What it adds to the command."""
        if self.values:
            return (self.flag, str(value)) if value else ()
        return tuple(self.flag.split()) if value is not self.turned else ()


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that a deck can be made into. `name` and `line` are source texts, `icon` is a Phosphor name.

    `formats` are those of its command; where there are several, one is chosen. `missing` says what to install where it
    cannot be made without, in words that are translated already.
    """

    id: str
    command: str
    formats: tuple[str, ...]
    icon: str
    name: str
    line: str
    options: tuple[Option, ...]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a deck can be chosen: (name, words) of its paths, the first of them all frames, and its languages."""

    title: str
    paths: tuple[tuple[str, str], ...] = (("", ""),)
    languages: tuple[str, ...] = ()


_STEPS = Option("steps", N_("A page for each step"), "--steps")
_FRAMES = Option("frames", N_("A picture of each frame"), "--frames")
_SIZE = Option(
    "size",
    N_("Height"),
    "--size",
    (("1080", "1080"), ("720", "720"), ("1440", "1440"), ("2160", "2160"), ("4320", "4320")),
)
_SCREEN_TEXT = Option(
    "screen-text",
    N_("Text from the screen"),
    "--screen-text",
    (("more", N_("Where it says more")), ("all", N_("All of it")), ("none", N_("None"))),
)
_SIMILAR = Option("similar", N_("Similar cases and decks"), "--no-similar", ticked=True, turned=True)
_ARTICLE = (
    _SCREEN_TEXT,
    _FRAMES,
    Option("more", N_("A mark after the beginning"), "--more"),
    Option("tag", N_("Language before the title: [fr]"), "--tag"),
    _SIMILAR,
)
_DOCUMENT = (_SCREEN_TEXT, _FRAMES, _SIMILAR)
_AS_GIVEN = (
    Option("order", N_("In the order shown, detours included"), "--order planned", ticked=True, turned=True),
    Option("ink", N_("Ink as figures"), "--no-ink", ticked=True, turned=True),
    Option("screen", N_("Text from the screen where it says more"), "--screen-text none", ticked=True, turned=True),
)
_KIND_NAMES: Final[Mapping[str, str]] = {
    "markdown": "Markdown",
    "hugo": "Hugo",
    "jekyll": "Jekyll",
    "html": "HTML",
    "wordpress": "WordPress",
    "ghost": "Ghost",
    WORD: "Word",
}
_KNOWN = (
    Offer(
        "html",
        EXPORT,
        ("html",),
        "globe",
        N_("Page that flies"),
        N_("HTML, one file, offline"),
        (Option("notes", N_("With the notes, for everyone"), "--notes"),),
    ),
    Offer("pdf", EXPORT, ("pdf",), "file-pdf", "PDF", N_("a page a stop, or a step"), (_STEPS,)),
    Offer(
        "handout",
        EXPORT,
        ("handout",),
        "notebook",
        N_("Handout"),
        N_("stops and notes, to print"),
        (
            Option(
                "per-page",
                N_("On a sheet"),
                "--per-page",
                (("2", N_("2 stops")), ("1", N_("1 stop")), ("3", N_("3 stops")), ("6", N_("6 stops"))),
            ),
            Option(
                "paper",
                N_("Paper"),
                "--paper",
                (("", N_("As the language has it")), ("a4", "A4"), ("letter", N_("Letter"))),
            ),
        ),
    ),
    Offer(
        "pptx",
        EXPORT,
        ("pptx",),
        "presentation-chart",
        "PowerPoint",
        N_("text to edit, notes"),
        (Option("steps", N_("A slide for each step"), "--steps"),),
    ),
    Offer(
        "png",
        EXPORT,
        ("png",),
        "image",
        N_("Pictures"),
        N_("PNG, stops or canvas"),
        (
            _SIZE,
            Option("canvas", N_("The whole canvas in one picture"), "--canvas"),
            Option("steps", N_("A picture for each step"), "--steps"),
        ),
    ),
    Offer(
        VIDEO,
        EXPORT,
        (VIDEO,),
        "film-strip",
        N_("Video"),
        N_("the path with its flights"),
        (
            Option(
                "motion",
                N_("Motion"),
                "--motion",
                (("full", N_("Full")), ("calm", N_("Calm")), ("cuts", N_("Cuts"))),
            ),
            Option(
                "hold",
                N_("A stop is shown"),
                "--hold",
                (
                    (READING, N_("As long as reading takes")),
                    (PLANNED, N_("Its planned minutes")),
                    ("5", N_("5 s")),
                    ("10", N_("10 s")),
                    ("20", N_("20 s")),
                ),
            ),
            Option("size", N_("Height"), "--size", (("1080", "1080"), ("720", "720"), ("2160", "2160"))),
        ),
    ),
)


def offers() -> tuple[Offer, ...]:
    """What this program can make of a deck: what can be looked at, then what can be read."""
    drafts = tuple(name for name in _KIND_NAMES if name in DRAFTS and name != WORD)
    line = ", ".join(_KIND_NAMES[name] for name in drafts)
    return (
        *(_as_it_is_here(offer) for offer in _KNOWN if set(offer.formats) <= set(FORMATS)),
        Offer(BLOG, DRAFT, drafts, "article", N_("Blog draft"), line, _ARTICLE),
        *(
            (Offer(WORD, DRAFT, (WORD,), "file-text", "Word", N_("the notes as one text"), _DOCUMENT),)
            * (WORD in DRAFTS)
        ),
    )


def _as_it_is_here(offer: Offer) -> Offer:
    if offer.id != VIDEO or installed():
        return offer
    lack = missing()
    return replace(offer, line=N_("missing: the video extra"), missing=f"{lack.message} {lack.hint}")


def write_up() -> Offer:
    """A talk that was given as an article."""
    drafts = tuple(name for name in _KIND_NAMES if name in DRAFTS)
    return Offer(WRITE_UP, DRAFT, drafts, "article", N_("Write up"), "", _AS_GIVEN)


def kinds_option(offer: Offer) -> Option:
    """Which of its formats it is to have."""
    return Option(KIND, N_("For"), "--to", tuple((name, _KIND_NAMES.get(name, name)) for name in offer.formats))


def common_options(offer: Offer, facts: Facts) -> tuple[Option, ...]:
    """What is chosen for all there is, as far as this deck leaves a choice."""
    found: list[Option] = []
    if len(offer.formats) > 1:
        found.append(kinds_option(offer))
    if len(facts.paths) > 1:
        found.append(Option(PATH, N_("Path"), "--path", facts.paths))
    if len(facts.languages) > 1:
        own = (("", _("The deck’s own")), *((tag, tag) for tag in facts.languages))
        found.append(Option(LANGUAGE, N_("Language"), "--lang", own))
    return tuple(found)


def article_flags(options: Mapping[Option, Value]) -> tuple[str, ...]:
    """What is to be in an article, in whichever language and whatever it is written as."""
    chosen = ((option, value) for option, value in options.items() if option.id not in {KIND, LANGUAGE})
    return tuple(part for option, value in chosen for part in option.arguments(value))


def arguments(offer: Offer, options: Mapping[Option, Value], deck: Path, folder: Path) -> tuple[str, ...]:
    """The command that makes it: what follows the name of the program."""
    chosen = [part for option, value in options.items() for part in option.arguments(value)]
    if len(offer.formats) == 1:
        chosen += ["--to", *offer.formats]
    return (offer.command, str(deck), "-o", str(folder), *chosen)
