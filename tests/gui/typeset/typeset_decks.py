"""Decks of a few frames, set from typed blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.canvas.model import Canvas
from atelier.canvas.types import Place, Spot, Surface
from atelier.deck.theme import house_theme
from atelier.deck.types import Deck, Frame
from atelier.foundation.geometry import Rect, Similarity
from atelier.markup.blocks import Content, Text
from atelier.typeset.typesetter import Typesetter

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.markup.blocks import Block

RATIO = 16 / 9
CARD = 2
"""The place of the first card."""


def build(
    *blocks: Block,
    title: str = "Un titre",
    folder: Path | None = None,
    lang: str = "fr",
    steps: int = 0,
    case: bool = False,
    surface: Surface = Surface.CARD,
    spot: Spot = Spot.WHOLE,
    scale: float = 0.25,
    ratio: float = RATIO,
    number: str = "05",
    background: str = "",
    source: str = "![](x)",
    lead: tuple[Block, ...] = (),
) -> Typesetter:
    """A root, a section and one card that holds `blocks`."""
    frames = (
        Frame(index=0, id="r", title="Racine", title_inlines=(Text("Racine"),), line=1, children=(1,)),
        Frame(
            index=1, id="s", title="Partie", title_inlines=(Text("Partie"),), line=2, parent=0, children=(2,), depth=1
        ),
        Frame(
            index=2,
            id="c",
            title=title,
            title_inlines=(Text(title),) if title else (),
            line=3,
            parent=1,
            depth=2,
            ratio=ratio,
            background=background,
            source=source,
        ),
    )
    width = 1000.0 * ratio
    places = (
        Place(
            index=0,
            frame=0,
            children=(1,),
            ratio=RATIO,
            surface=Surface.WORLD,
            spot=Spot.BAND,
            spot_rect=Rect(89.0, 60.0, 1600.0, 160.0),
        ),
        Place(
            index=1,
            frame=1,
            parent=0,
            children=(2,),
            depth=1,
            transform=Similarity(100.0, 300.0, 0.4),
            ratio=RATIO,
            surface=Surface.SECTION,
            spot=Spot.BAND,
            spot_rect=Rect(0.0, 0.0, 1000.0 * RATIO, 340.0),
            number="01",
        ),
        Place(
            index=2,
            frame=2,
            parent=1,
            depth=2,
            transform=Similarity(100.0, 400.0, scale),
            ratio=ratio,
            surface=surface,
            spot=spot,
            spot_rect=Rect(0.0, 0.0, width, 1000.0),
            number=number,
            case=case,
            hue=1,
        ),
    )
    deck = Deck(file=None, folder=folder, title="Racine", frames=frames, paths=(), lang=lang)
    contents = {1: Content(blocks=lead), 2: Content(blocks=blocks, steps=steps)}
    return Typesetter(
        deck, Canvas(places, (0, 1, 2), {}), house_theme(), lambda i: contents.get(i, Content()), path="", language=""
    )
