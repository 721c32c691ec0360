"""Reading the decks that come with the program as their tests need it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from atelier.foundation.diagnostics import Severity
from atelier.markup.blocks import (
    Block,
    Callout,
    Columns,
    DefinitionList,
    Figure,
    ListBlock,
    Only,
    Paragraph,
    Private,
    Quote,
    plain_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.deck.contents import Contents
    from atelier.deck.types import Deck

DECKS = Path(__file__).parents[3] / "decks"
_SHAPES = "svg|title|defs|g|path|rect|circle|ellipse|use|linearGradient|radialGradient|stop"


def inside(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, those inside others included."""
    for block in blocks:
        yield block
        if isinstance(block, (Quote, Callout, Private, Only)):
            yield from inside(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from inside(item.blocks)
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from inside(column.blocks)
        elif isinstance(block, DefinitionList):
            for definition in block.items:
                for description in definition.descriptions:
                    yield from inside(description)


def words_of(blocks: tuple[Block, ...]) -> str:
    """What the paragraphs say."""
    return " ".join(plain_text(block.inlines) for block in inside(blocks) if isinstance(block, Paragraph))


def spoken_words(contents: Contents, frame: int) -> int:
    """How many words the notes of a frame have."""
    return len(words_of(contents.content(frame).notes).split())


def faults(contents: Contents) -> list[str]:
    """What is wrong with a deck, hints aside."""
    return [str(each) for each in contents.all_diagnostics() if each.severity > Severity.HINT]


def planned(deck: Deck, path: str) -> tuple[float, float]:
    """The minutes of a named path, and those of its frames together."""
    found = deck.path(path)
    assert found is not None
    assert found.minutes is not None
    return found.minutes, sum(deck.frames[stop.frame].minutes or 0.0 for stop in found.stops)


def leads(deck: Deck, contents: Contents) -> dict[str, str]:
    """The text of each frame that others lie in, by id: the sentence on its band."""
    sections = [frame for frame in deck.frames if frame.children and not frame.made]
    return {frame.id: words_of(contents.content(frame.index).blocks) for frame in sections}


def check_pictures(folder: Path, deck: Deck, contents: Contents, credit: str) -> None:
    """Every picture is described, credited and there; every drawing is used, and listed in `CREDITS.md`."""
    blocks = [block for frame in deck.frames for block in inside(contents.content(frame.index).blocks)]
    figures = [block for block in blocks if isinstance(block, Figure)]
    for figure in figures:
        assert figure.alt, figure.source
        assert re.sub(r"\s+", " ", figure.credit) == credit
        assert (folder / figure.source).is_file()
    shown = {figure.source for figure in figures}
    shown |= {name for frame in deck.frames for name in (frame.map, frame.background) if name}
    assert {file.name for file in folder.iterdir() if file.suffix in {".svg", ".wav"}} == shown
    credited = (folder / "CREDITS.md").read_text(encoding="utf-8")
    assert [name for name in shown if f"`{name}`" not in credited] == []


def check_drawings(folder: Path) -> None:
    """The drawings are shapes and gradients alone, and small."""
    for file in folder.glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        assert {name for name in re.findall(r"<([A-Za-z]+)", text) if not re.fullmatch(_SHAPES, name)} == set()
        assert not re.search(r"(?:href|src)=\"(?!#)", text)
        assert len(text) < 20_000
