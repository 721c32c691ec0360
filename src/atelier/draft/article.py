"""An article from a deck: along one of its paths, or as a talk showed it.

Private frames, blocks and words are gone before anything is read, terms of `redact` are replaced (`deck.redaction`);
whatever is written from an article therefore holds none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from atelier.deck.audience import for_audience
from atelier.deck.cases import SimilarCases, is_case
from atelier.deck.contents import Contents
from atelier.deck.ids import slug
from atelier.deck.linear import linear
from atelier.draft.footnotes import Notes
from atelier.draft.order import levels
from atelier.draft.pictures import PictureShelf
from atelier.draft.prose import joined
from atelier.draft.types import Article, Drawn, Kind, Options, Section, Similar, Source, Visit
from atelier.draft.wording import said
from atelier.markup.addresses import is_remote
from atelier.markup.answers import activity_names
from atelier.markup.audience import mapped, visible
from atelier.markup.blocks import (
    Block,
    CodeBlock,
    Figure,
    FootnoteMark,
    Heading,
    Inline,
    InlineImage,
    Media,
    Paragraph,
    Style,
    Text,
    plain_text,
)
from atelier.markup.case_words import case_word, introduced
from atelier.markup.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atelier.deck.types import Deck, Frame
    from atelier.draft.types import Drawing
    from atelier.markup.answers import Counts, Results
    from atelier.markup.blocks import Content
    from atelier.markup.redaction import Redaction

_HTTP: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an article is of: `visits` in their order, on the path `path`, in a language; empty is the deck's own.

    `date` is that of the talk, YYYY-MM-DD, empty for the deck's. `missing` are the titles of frames that a talk showed
    and the deck does not have any more.
    """

    visits: tuple[Visit, ...]
    path: str = ""
    language: str = ""
    date: str = ""
    missing: tuple[str, ...] = ()
    results: Results = field(default_factory=dict[str, "Mapping[str, Counts]"])
    """What was counted for activities."""
    name: str = "deck"
    """What the deck's file or folder is called."""


def article_of(
    deck: Deck,
    wish: Wish,
    options: Options | None = None,
    drawn: Drawn | None = None,
    similar: Sequence[Similar] = (),
) -> Article:
    """The article of `deck`, which still holds what is private. Visits are numbered as in `for_audience(deck)`."""
    return _Writer(for_audience(deck), wish, options or Options(), drawn or Drawn()).article(similar)


class _Writer:
    def __init__(self, deck: Deck, wish: Wish, options: Options, drawn: Drawn) -> None:
        contents = Contents(deck)
        self._redaction: Redaction | None = None
        self._content: Callable[[int], Content] = contents.content
        if deck.redact:
            from atelier.deck.redaction import RedactedDeck

            handed = RedactedDeck(deck, contents.content)
            self._redaction, self._content = handed.redaction, handed.content
            public = handed.deck
        else:
            public = deck
        self._files = deck
        """With the frames' own sources of pictures."""
        self._deck = public
        self._wish = wish
        self._options = options
        self._drawn = drawn
        self._lang = wish.language or deck.lang
        self._shelf = PictureShelf(deck, self._redaction)
        self._notes = Notes()
        self._sources: dict[str, str] = {}
        self._similar = SimilarCases(deck)
        self._shown = {public.frames[visit.frame].id for visit in wish.visits}

    def article(self, similar: Sequence[Similar]) -> Article:
        deck, wish, options = self._deck, self._wish, self._options
        visits = [visit for visit in wish.visits if visit.frame]
        depths = levels(deck, visits, options.depth)
        lead = self._blocks(deck.root, Visit(0), level=1) if len(visits) < len(wish.visits) else ()
        made = [self._section(visit, level) for visit, level in zip(visits, depths, strict=True)]
        sections = _without_empty(made)
        lead, sections, footnotes = self._notes.numbered(lead, sections)
        lang = self._lang
        title = f"[{lang}] {deck.title}" if options.language_tag else deck.title
        counted = [lead, *((Paragraph(inlines=each.title), *each.blocks) for each in sections)]
        named = self._redacted(wish.name)
        own = lang.partition("-")[0]
        abstracts = sorted(deck.abstract, key=lambda each: each[0].partition("-")[0] == own)
        return Article(
            title=title,
            lang=lang,
            slug=slug(deck.title),
            key=slug(named),
            author=deck.author,
            date=wish.date or deck.date,
            event=deck.event,
            licence=deck.licence,
            abstracts=tuple(abstracts),
            tags=tuple(dict.fromkeys((*deck.tags, *deck.keywords))),
            categories=deck.categories,
            lead=lead,
            sections=sections,
            footnotes=footnotes,
            sources=tuple(Source(address, name) for address, name in self._sources.items()),
            similar=tuple(map(self._similar_deck, similar)) if options.similar else (),
            pictures=self._shelf.pictures,
            canvas=options.canvas,
            more=options.more,
            words=sum(len(words(blocks).split()) for blocks in counted),
            missing=tuple(map(self._text, wish.missing)),
        )

    def _similar_deck(self, other: Similar) -> Similar:
        return Similar(self._text(other.title), self._text(other.abstract))

    def _text(self, text: str) -> str:
        return self._redaction.text(text) if self._redaction is not None else text

    def _redacted(self, name: str) -> str:
        return (self._redaction.name(name) or "deck") if self._redaction is not None else name

    # ----------------------------------------------------------------------------------------------------- sections

    def _section(self, visit: Visit, level: int) -> Section:
        frame = self._deck.frames[visit.frame]
        lang = frame.lang if frame.lang.partition("-")[0] != self._lang.partition("-")[0] else ""
        return Section(
            id=frame.id,
            title=self._title(frame),
            level=level,
            kind=visit.kind,
            lang=lang,
            blocks=self._blocks(frame, visit, level),
        )

    def _title(self, frame: Frame) -> tuple[Inline, ...]:
        seen = visible((Paragraph(inlines=frame.title_inlines),), self._wish.path, self._lang)
        runs = seen[0].inlines if seen and isinstance(seen[0], Paragraph) else ()
        return tuple(run for run in self._inlines(runs, frame) if not isinstance(run, FootnoteMark))

    def _blocks(self, frame: Frame, visit: Visit, level: int) -> tuple[Block, ...]:
        content = self._content(frame.index)
        lang = frame.lang or self._deck.lang
        path, language = self._wish.path, self._lang
        counts = self._counts(self._files.frames[visit.frame].id, content)
        shown = linear(visible(content.blocks, path, language), lang, frame.title, self._deck.agenda, counts)
        notes = linear(visible(content.notes, path, language), lang, frame.title, self._deck.agenda)
        shown, notes = (
            self._notes.taken(tuple(done for block in each for done in self._block(block, frame, level)))
            for each in (shown, notes)
        )
        blocks = joined(notes, shown, self._options.screen_text)
        if visit.kind is Kind.LEFT_OUT:
            unseen = Text(said("left-out", self._lang), frozenset({Style.EMPHASIS}))
            blocks = (Paragraph(inlines=(unseen,)), *blocks)
        else:
            blocks = (*self._pictures_of(visit.frame, frame), *blocks)
        if self._options.similar and is_case(frame):
            blocks = (*blocks, *self._similar_cases(frame, lang))
        return blocks

    def _counts(self, frame: str, content: Content) -> dict[int, Counts]:
        """What was counted for the activities of a frame, by their lines."""
        results = self._wish.results.get(frame)
        names = activity_names(content.blocks) if results else {}
        return {line: results[name] for line, name in names.items() if name in results} if results else {}

    def _pictures_of(self, index: int, frame: Frame) -> tuple[Block, ...]:
        """The frame as it was seen, and with what was drawn on it."""
        out: list[Block] = []
        drawing = self._drawn.frames.get(index)
        if drawing is not None:
            out.append(self._figure(frame.id, drawing, frame.title))
        for each in self._drawn.ink.get(index, ()):
            ink = self._figure(f"{frame.id}-ink", each, frame.title)
            out.append(replace(ink, caption=(Text(said("ink", self._lang)),)))
        return tuple(out)

    def _figure(self, name: str, drawing: Drawing, alt: str) -> Figure:
        return Figure(source=self._shelf.draw(name, drawing, alt), alt=alt)

    def _similar_cases(self, frame: Frame, lang: str) -> tuple[Block, ...]:
        """Which other cases of the deck are like this one, those of the article as links."""
        others = [self._deck.frames[index] for index in self._similar.of(self._files.frames[frame.index])]
        if not others:
            return ()
        line: list[Inline] = [
            Text(introduced(case_word("similar", lang), lang), frozenset({Style.EMPHASIS})),
            Text(" "),
        ]
        for number, other in enumerate(others):
            line += [Text(", ")] if number else []
            line.append(Text(other.title, href=f"#{other.id}" if other.id in self._shown else ""))
        return (Paragraph(inlines=tuple(line)),)

    # ------------------------------------------------------------------------------------------------------- blocks

    def _block(self, block: Block, frame: Frame, level: int) -> tuple[Block, ...]:
        """A block with its headings below that of its section, its pictures and links as they are in the article."""

        def inner(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
            return tuple(done for each in blocks for done in self._block(each, frame, level))

        def inline(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
            return self._inlines(inlines, frame)

        block = mapped(block, inner, inline)
        match block:
            case Heading():
                return (replace(block, level=min(level + 1, 6)),)
            case CodeBlock():
                return (replace(block, states=(), first_advance=0),)
            case Media():
                poster = self._shelf.name(frame, block.poster, block.alt) if block.poster else ""
                still = Figure(
                    source=poster, alt=block.alt, caption=block.caption, credit=block.credit, line=block.line
                )
                return (still,) if poster else _in_words(still)
            case Figure():
                href = self._href(block.href, block.alt)
                source = block.source if is_remote(block.source) else self._shelf.name(frame, block.source, block.alt)
                return (replace(block, source=source, href=href),) if source else _in_words(block)
            case _:
                return (block,)

    def _inlines(self, inlines: tuple[Inline, ...], frame: Frame) -> tuple[Inline, ...]:
        out: list[Inline] = []
        for number, run in enumerate(inlines):
            match run:
                case Text() if run.href:
                    out.append(replace(run, href=self._href(run.href, _words_of_link(inlines[number:], run.href))))
                case InlineImage():
                    source = run.source if is_remote(run.source) else self._shelf.name(frame, run.source, run.alt)
                    out.append(replace(run, source=source) if source else Text(run.alt))
                case _:
                    out.append(run)
        return tuple(out)

    def _href(self, href: str, named: str) -> str:
        """Where a link leads in the article; nowhere where its frame is in none of it."""
        if href.startswith("#"):
            return href if href[1:] in self._shown else ""
        if href.startswith(_HTTP):
            self._sources.setdefault(href, " ".join(named.split()) or href)
        return href


def _words_of_link(inlines: tuple[Inline, ...], href: str) -> str:
    """The words of the link that a line begins with."""
    within = takewhile(lambda run: isinstance(run, Text) and run.href == href, inlines)
    return plain_text(tuple(within))


def _in_words(figure: Figure) -> tuple[Block, ...]:
    """What stands for a picture that cannot be shown: its caption, or its words."""
    said = figure.caption or ((Text(figure.alt),) if figure.alt.strip() else ())
    return (Paragraph(inlines=said, line=figure.line),) if said else ()


def _without_empty(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Sections without those that have nothing in them, and none below them."""
    out: list[Section] = []
    following = 0
    for section in reversed(sections):
        if section.blocks or following > section.level:
            out.append(section)
            following = section.level
    return tuple(reversed(out))
