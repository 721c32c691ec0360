"""The pieces the scanner found, as frames inside frames."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from atelier.deck.attributes import HeadingAttributes, read_attributes
from atelier.deck.ids import assign_ids
from atelier.deck.types import DEFAULT_RATIO, Frame
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _
from atelier.markup.blocks import plain_text
from atelier.markup.extent import extent
from atelier.markup.plain import plain_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from atelier.deck.front_matter import Metadata
    from atelier.markup.blocks import Inline
    from atelier.markup.source import Scan, SourceFrame

MOST_FRAMES = 20_000


class TitleParser(Protocol):
    """What `markup.parser.FrameParser` does for a title."""

    def parse_inline(self, text: str, *, lang: str) -> tuple[Inline, ...]: ...


def build_frames(
    scan: Scan,
    parser: TitleParser,
    metadata: Metadata,
    *,
    title: str,
    lang: str,
    file: Path | None,
    known: Mapping[tuple[str, str], tuple[Inline, ...]],
) -> tuple[tuple[Frame, ...], tuple[Diagnostic, ...]]:
    """The frames of a text in reading order, the root first; each one's parent comes before it.

    `title` is the root's where no heading makes it. `known` are titles parsed before, by Markdown and language.
    """
    builder = _Builder(file)
    builder.nest(scan.frames, title, named=bool(metadata.title))
    return builder.frames(parser, metadata, lang, known), tuple(builder.diagnostics)


def _is_blank(piece: SourceFrame) -> bool:
    return piece.heading is None and not piece.text.strip()


def _opened(pieces: tuple[SourceFrame, ...], highest: int) -> tuple[SourceFrame, ...] | None:
    """The pieces of a text whose title has a few words above it, a readme's languages or motto: they go below it.

    None where the text begins otherwise.
    """
    if len(pieces) < 2 or (heading := pieces[1].heading) is None or heading.level != highest:
        return None
    above, titled = pieces[0], pieces[1]
    words = plain_words(above.text)
    if above.heading is not None or "/// " in above.text or words is None or len(words) > _LONGEST_OPENING:
        return None
    blank = titled.first_line - above.first_line - above.text.count("\n")
    root = replace(titled, text=above.text + "\n" * max(1, blank) + titled.text, first_line=above.first_line)
    root = replace(root, blocks=above.blocks + titled.blocks, embeds=above.embeds + titled.embeds)
    return (root, *pieces[2:])


_LONGEST_OPENING = 600
"""Signs of text above the only first-level heading that make it no title of all."""
known_extent = lru_cache(maxsize=16384)(extent)  # an edit leaves nearly every text as it was


class _Builder:
    """Columns of what is known of the frames, all of one length; the frames are made of them at the end."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.diagnostics: list[Diagnostic] = []
        self.pieces: list[SourceFrame | None] = []
        self.headings: list[str] = []
        self.attributes: list[HeadingAttributes] = []
        self.parents: list[int] = []
        self.children: list[list[int]] = []

    def nest(self, pieces: tuple[SourceFrame, ...], title: str, *, named: bool) -> None:
        """Finds every frame's parent by the levels of the headings; `named` where the author gave the text its `title`
        apart from them.
        """
        if len(pieces) > MOST_FRAMES:
            self._report_too_many(pieces)
            pieces = pieces[:MOST_FRAMES]
        if pieces and _is_blank(pieces[0]):
            pieces = pieces[1:]
        levels = [piece.heading.level for piece in pieces if piece.heading]
        highest = 1 if named else min(levels, default=1)
        sole = levels.count(highest) == 1
        if sole and not named and (opened := _opened(pieces, highest)) is not None:
            pieces = opened
        first = pieces[0].heading if pieces else None
        if not (sole and first and first.level == highest):
            before = pieces[0] if pieces and first is None else None
            self._add(before, title, -1)
            pieces = pieces[1:] if before else pieces
        open_: list[tuple[int, int]] = []  # (level, index) of the headings one is inside of
        last = 0
        for piece in pieces:
            heading = piece.heading
            if heading is None:
                continue
            if last and heading.level > last + 1:
                message = _("A heading of level {level} follows one of level {last}.")
                hint = _("Write {marks} instead, if nothing is missing in between.").format(marks="#" * (last + 1))
                found = message.format(level=heading.level, last=last)
                self.diagnostics.append(Diagnostic("heading-level-jump", found, hint, self.file, heading.line))
            last = heading.level
            while open_ and open_[-1][0] >= heading.level:
                open_.pop()
            parent = open_[-1][1] if open_ else (0 if self.pieces else -1)
            open_.append((heading.level, self._add(piece, heading.text, parent)))

    def _add(self, piece: SourceFrame | None, heading: str, parent: int) -> int:
        index = len(self.pieces)
        self.pieces.append(piece)
        self.headings.append(heading)
        self.parents.append(parent)
        self.children.append([])
        if parent >= 0:
            self.children[parent].append(index)
        if piece and piece.heading and piece.heading.attributes:
            read = read_attributes(piece.heading, self.file)
            self.diagnostics += read.diagnostics
        else:
            read = HeadingAttributes()
        self.attributes.append(read)
        return index

    def _report_too_many(self, pieces: tuple[SourceFrame, ...]) -> None:
        heading = pieces[MOST_FRAMES].heading
        message = _("The text has {n} frames; the first {most} are shown.").format(n=len(pieces), most=MOST_FRAMES)
        hint = _("Split the text into several decks.")
        line = heading.line if heading else 0
        self.diagnostics.append(Diagnostic("too-many-frames", message, hint, self.file, line))

    def frames(
        self,
        parser: TitleParser,
        metadata: Metadata,
        lang: str,
        known: Mapping[tuple[str, str], tuple[Inline, ...]],
    ) -> tuple[Frame, ...]:
        """The frames, with what they inherit. Changes the attributes kept here."""
        root = self.attributes[0]
        root.layout = root.layout or metadata.layout
        root.by = root.by or metadata.by
        root.map = root.map or metadata.map
        root.lang = root.lang or lang
        depths = [0] * len(self.pieces)
        for index, parent in enumerate(self.parents):
            if parent < 0:
                continue
            own, above = self.attributes[index], self.attributes[parent]
            own.lang = own.lang or above.lang
            own.optional = own.optional or above.optional
            own.skip = own.skip or above.skip
            own.private = own.private or above.private
            depths[index] = depths[parent] + 1
        titles = [
            known.get((heading, own.lang)) or parser.parse_inline(heading, lang=own.lang)
            for heading, own in zip(self.headings, self.attributes, strict=True)
        ]
        words = [plain_text(title).strip() for title in titles]
        ids, refused = assign_ids(words, [own.id for own in self.attributes], self.parents)
        for index, other in refused.items():
            self._report_duplicate(index, other, ids[index])
        ratio = metadata.ratio or DEFAULT_RATIO
        return tuple(
            Frame(
                index=index,
                id=ids[index],
                title=words[index],
                title_inlines=titles[index],
                heading=self.headings[index],
                line=piece.heading.line if piece and piece.heading else 1,
                parent=self.parents[index],
                children=tuple(self.children[index]),
                depth=depths[index],
                source=piece.text if piece else "",
                source_line=piece.first_line if piece else 1,
                blocks=piece.blocks if piece else (),
                embeds=piece.embeds if piece else (),
                extent=known_extent(piece.text) if piece and (self.children[index] or index == 0) else None,
                lang=own.lang,
                ratio=own.ratio or ratio,
                layout=own.layout,
                by=own.by,
                map=own.map,
                minutes=own.minutes,
                optional=own.optional,
                skip=own.skip,
                private=own.private,
                background=own.background,
                label=own.label,
                classes=own.classes,
            )
            for index, (piece, own) in enumerate(zip(self.pieces, self.attributes, strict=True))
        )

    def _report_duplicate(self, index: int, other: int, id_: str) -> None:
        piece, first = self.pieces[index], self.pieces[other]
        message = _("“#{id}” is also the id of the frame at line {line}; this frame is “#{other}”.").format(
            id=self.attributes[index].id[:60],
            line=first.heading.line if first and first.heading else 1,
            other=id_[:90],
        )
        line = piece.heading.line if piece and piece.heading else 0
        hint = _("Give each frame an id of its own.")
        self.diagnostics.append(Diagnostic("duplicate-id", message, hint, self.file, line))
