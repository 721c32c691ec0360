"""`atelier draft`: a deck, or a talk as it was given, as an article in the formats of blogs."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from atelier import __version__
from atelier.deck.audience import for_audience
from atelier.deck.languages import languages, named_language
from atelier.deck.loading import load
from atelier.deck.paths import named_path
from atelier.deck.redaction_checks import refuse_unread_terms
from atelier.draft.article import Wish, article_of
from atelier.draft.order import along, as_given
from atelier.draft.pictures import SVG
from atelier.draft.similar import similar_decks
from atelier.draft.types import Drawn, Options
from atelier.foundation.errors import InputError, Location
from atelier.foundation.progress import unseen
from atelier.foundation.texts import deck_name, read_bytes
from atelier.foundation.translation import _
from atelier.talk.kept import SUFFIX, events_of, find_talk
from atelier.talk.review import review_of
from atelier.talk.state import replayed
from atelier.writers.formats import write
from atelier.writers.placing import place, written_before
from atelier.writers.types import Means

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from atelier.deck.types import Deck
    from atelier.draft.types import Article, Picture
    from atelier.foundation.progress import Progress
    from atelier.markup.answers import Results
    from atelier.talk.ink import FrameInk, Sheet
    from atelier.talk.kept import KeptTalk
    from atelier.talk.review import Review
    from atelier.writers.placing import Choice, Placed
    from atelier.writers.types import Written

LARGEST_TEMPLATE = 1024 * 1024
"""Bytes."""
ALL_LANGUAGES = "all"
_SIDES = {"docx": 1100}
"""Pixels that the longer side of a drawing gets, where paper asks for fewer than a dense screen: 175 to 230 an inch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is wanted. `path` and `language` are those of the deck; of a talk, those it was given on.

    `frames`: a picture of each frame. `ink`: what was drawn during the talk. `as_given`: in the order in which a talk
    was shown, rather than that of its path. `template` is a file of the author's own.
    """

    path: str = ""
    language: str = ""
    several_languages: bool = False
    options: Options = field(default_factory=Options)
    frames: bool = False
    ink: bool = True
    as_given: bool = True
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A talk as it was given."""

    talk: KeptTalk
    review: Review
    ink: Mapping[Sheet, FrameInk]
    results: Results
    """What was counted of the audience's answers, also what the room did not see."""


@dataclass(frozen=True, slots=True)
class Material:
    """What an article is made of: a deck as it is now, with what is private, and the talk, where it is of one."""

    deck: Deck
    given: Given | None = None


def material(what: Path) -> Material:
    """A deck by its file or folder, or a talk by its name or file. Raises InputError."""
    if what.suffix != SUFFIX and os.path.lexists(what):
        return Material(load(what))
    if what.suffix != SUFFIX and (what.suffix or len(what.parts) > 1):  # a deck that is not there
        return Material(load(what))
    talk = find_talk(str(what))
    if not os.path.lexists(talk.deck):
        message = _("The deck of this talk is not there any more: {file}").format(file=talk.deck)
        raise InputError(message, _("Put it back there; the talk itself is kept."), Location(talk.file))
    events = events_of(talk.file)
    state = replayed(events)
    return Material(load(talk.deck), Given(talk, review_of(events), state.ink, state.answers.results()))


def wanted_languages(deck: Deck, named: str) -> tuple[str, ...]:
    """The languages that `named` means: several with commas, all of them, or the one that is usual where it is empty.
    Raises UsageError.
    """
    if named.strip() == ALL_LANGUAGES:
        return languages(deck)
    names = [name.strip() for name in named.split(",") if name.strip()]
    return tuple(dict.fromkeys(named_language(deck, name) for name in names)) or ("",)


def article(of: Material, wish: Draft, progress: Progress = unseen) -> Article:
    """The article. Raises UsageError for a path or language that the deck does not have, InputError."""
    deck, given = of.deck, of.given
    refuse_unread_terms(deck)
    public = for_audience(deck)
    path = wish.path
    if given is None:
        visits, missing, date = along(named_path(public, path)), (), ""
        language = wish.language
    else:
        path = path or given.review.path
        if wish.as_given:
            visits, missing = as_given(public, given.review, wish.options.left_out)
        else:
            visits, missing = along(named_path(public, path)), ()
        date = f"{datetime.fromtimestamp(given.review.started, tz=UTC).astimezone():%Y-%m-%d}"
        language = wish.language or given.talk.lang
    language = named_language(deck, language)
    ink: Mapping[Sheet, FrameInk] = given.ink if given is not None and wish.ink else {}
    drawn = Drawn()
    if wish.frames or any(each.strokes for each in ink.values()):
        from atelier.exports.draft_pictures import drawn_for

        frames = [visit.frame for visit in visits] if wish.frames else []
        drawn = drawn_for(public, path, language, frames, ink, progress)
    whole = Wish(
        visits=visits,
        path=path,
        language=language,
        date=date,
        missing=missing,
        results=given.results if given is not None else {},
        name=deck_name(deck.file),
    )
    similar = similar_decks(deck) if wish.options.similar else ()
    return article_of(deck, whole, wish.options, drawn, similar)


def files_of(made: Article, name: str, wish: Draft, progress: Progress = unseen) -> tuple[Written, ...]:
    """The files of an article in the format `name`; `progress` counts the drawings that become pixels. Raises
    InputError for a template that cannot be used.
    """
    means = means_for(wish, name)
    total = sum(picture.media_type == SVG for picture in made.pictures.values())
    done = 0

    def raster(picture: Picture) -> Picture:
        nonlocal done
        done += picture.media_type == SVG
        progress(min(done, total), total)
        return means.raster(picture)

    return write(name, made, replace(means, raster=raster))


def write_document(
    deck: Deck, wish: Draft, name: str, folder: Path, choose: Callable[[Path, str], Choice], progress: Progress
) -> tuple[int, Placed]:
    """Writes the article of a deck as a Word document called `name`: how many sections it has, and what became of the
    file. Raises UsageError and InputError, and whatever `choose` raises (`writers.placing`).
    """
    made = article(Material(deck), wish)
    (file,) = files_of(made, "docx", wish, progress)
    file = replace(file, path=PurePosixPath(f"{name}.docx"))
    refuse_own_files((file,), folder, deck)
    (placed,) = place((file,), folder, choose)
    return len(made.sections), placed


def means_for(wish: Draft, name: str = "") -> Means:
    """What a writer of the format `name` is given. Raises InputError for a template that cannot be read."""
    template = ""
    if wish.template is not None:
        template = read_bytes(wish.template, LARGEST_TEMPLATE).decode("utf-8", "replace")
    return Means(
        raster=partial(_raster, side=_SIDES.get(name)),
        template=template,
        several_languages=wish.several_languages,
        generator=f"Atelier {__version__}",
    )


def refuse_own_files(files: Sequence[Written], folder: Path, deck: Deck) -> None:
    """Raises InputError where a draft would be written over a file of its deck."""
    own = deck.folder.resolve() if deck.folder is not None else None
    for each in files:
        path = (folder / each.path).resolve()
        if own is not None and path.is_relative_to(own) and path.exists() and not written_before(path):
            message = _("The draft would be written over a file of the deck.")
            raise InputError(message, _("Choose another folder with -o."), Location(path))


def _raster(picture: Picture, side: int | None) -> Picture:
    from atelier.exports.drawing_pixels import as_pixels

    return as_pixels(picture) if side is None else as_pixels(picture, side)
