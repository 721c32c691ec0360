"""A deck's frames placed on a canvas: look/CANVAS section 2, "Any document becomes a canvas"."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.canvas import layouts
from atelier.canvas.drawing import Child, place_in_drawing
from atelier.canvas.model import Canvas
from atelier.canvas.types import CakeArt, Drawing, Ellipse, Place, Spot, Surface
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import AtelierError
from atelier.foundation.geometry import FRAME_HEIGHT, IDENTITY, Rect, Similarity
from atelier.foundation.translation import _
from atelier.markup.extent import Extent, extent

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.deck.svg import SafeSvg
    from atelier.deck.types import Deck, Frame

LAYOUTS = ("grid", "ring", "cake")
LONGEST_LEAD = 90
"""Signs of a lead that still sits on a band."""

_WITH_PANEL = {"ring": (layouts.RING_COUNTS, layouts.ring), "cake": (layouts.CAKE_COUNTS, layouts.cake)}

_FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})
"""Languages read from right to left: so are the frames of a grid."""

# Text in a panel, in h: what a sign, a line and the gap after a paragraph take at 3.2 h, and what a title takes.
_SIGN, _LINE, _GAP = 3.2 * 0.5, 3.2 * 1.4, 3.2 * 0.7
_TITLE_SIGN, _TITLE_LINE, _TITLE_GAP = 5.0 * 0.54, 5.0 * 1.1, 4.2
_PICTURE = 0.6
"""Height of a picture for its width."""


@dataclass(frozen=True, slots=True)
class _Inside:
    """How the children of one frame lie in it, its page first where it has one."""

    transforms: tuple[Similarity, ...]
    spot: Spot
    spot_rect: Rect
    layout: str
    page: bool = False
    art: Ellipse | CakeArt | Drawing | None = None
    round: frozenset[int] = frozenset()
    """Positions of the children that are round cards where they have no children of their own."""


def arrange(deck: Deck, *, load_svg: Callable[[str], SafeSvg] | None = None) -> Canvas:
    """Places every frame of a deck; the same deck always the same way.

    `load_svg` reads a drawing by its path as the deck writes it, and raises an `AtelierError` where it cannot. Without
    it no drawing is read and the frames with `map=` lie as their layout says.
    """
    frames = deck.frames
    diagnostics: list[Diagnostic] = []
    insides = [
        _inside(deck, frame, load_svg, diagnostics) if frame.children or _is_text_alone(frame) else None
        for frame in frames
    ]

    place_of: list[int] = []
    page_of: dict[int, int] = {}
    total = 0
    for frame, inside in zip(frames, insides, strict=True):
        place_of.append(total)
        total += 1
        if inside is not None and inside.page:
            page_of[frame.index] = total
            total += 1

    transforms = [IDENTITY] * len(frames)
    siblings = [0] * len(frames)
    rounds = [False] * len(frames)
    hues = [0] * len(frames)
    depths = [0] * len(frames)
    places: list[Place] = []
    for frame, inside in zip(frames, insides, strict=True):
        if frame.parent == 0:
            hues[frame.index] = siblings[frame.index]
        elif frame.parent > 0:
            hues[frame.index] = hues[frame.parent]
        if frame.parent >= 0:
            depths[frame.index] = depths[frame.parent] + 1
        page = page_of.get(frame.index)
        children = tuple(place_of[i] for i in frame.children)
        if inside is not None:
            for position, child in enumerate(frame.children):
                transforms[child] = inside.transforms[position + inside.page]
                siblings[child] = position
                rounds[child] = position + inside.page in inside.round
        whole = Rect(0.0, 0.0, FRAME_HEIGHT * frame.ratio, FRAME_HEIGHT)
        places.append(
            Place(
                index=place_of[frame.index],
                frame=frame.index,
                parent=place_of[frame.parent] if frame.parent >= 0 else -1,
                children=children if page is None else (page, *children),
                depth=depths[frame.index],
                transform=transforms[frame.index],
                ratio=frame.ratio,
                surface=_surface(frame, inside, round_=rounds[frame.index]),
                spot=inside.spot if inside else Spot.WHOLE,
                spot_rect=inside.spot_rect if inside else whole,
                hue=hues[frame.index],
                number=_number(frame, siblings[frame.index]),
                layout=inside.layout if inside else "",
                case=_is_case(frame),
                art=inside.art if inside else None,
            )
        )
        if inside is not None and page is not None:
            places.append(
                Place(
                    index=page,
                    frame=frame.index,
                    parent=page - 1,
                    depth=depths[frame.index] + 1,
                    transform=inside.transforms[0],
                    ratio=frame.ratio,
                    surface=Surface.CARD,
                    spot=Spot.WHOLE,
                    spot_rect=whole,
                    page=True,
                    hue=hues[frame.index],
                    case="case" in frame.blocks,
                )
            )
    return Canvas(tuple(places), tuple(place_of), page_of, tuple(diagnostics))


def _extent(frame: Frame) -> Extent:
    return frame.extent or extent(frame.source)


def _is_text_alone(frame: Frame) -> bool:
    """Whether all of the deck is one text too long to stand under its title: it gets a page."""
    return frame.parent < 0 and not frame.children and not _is_brief(_extent(frame))


def _is_case(frame: Frame) -> bool:
    return frame.parent >= 0 and "case" in frame.blocks


def _surface(frame: Frame, inside: _Inside | None, *, round_: bool) -> Surface:
    if frame.parent < 0:
        return Surface.WORLD
    if inside is None:
        return Surface.CHERRY if round_ else Surface.CARD
    return Surface.CARD if inside.spot is Spot.CASE else Surface.SECTION


def _number(frame: Frame, position: int) -> str:
    if frame.label or frame.parent < 0:
        return frame.label
    return f"{position + 1:02d}"


def _inside(
    deck: Deck, frame: Frame, load_svg: Callable[[str], SafeSvg] | None, diagnostics: list[Diagnostic]
) -> _Inside:
    if frame.layout and frame.layout not in LAYOUTS:
        diagnostics.append(
            Diagnostic(
                "layout-unknown",
                _("There is no layout “{layout}”: the frames in “{title}” lie in a grid.").format(
                    layout=frame.layout, title=frame.title
                ),
                _("Layouts are {layouts}.").format(layouts=", ".join(LAYOUTS)),
                deck.file,
                frame.line,
            )
        )
    if _is_case(frame):
        squares = layouts.grid(len(frame.children), layouts.CASE_FIELD, top=True)
        rect = layouts.to_units(layouts.CASE_TEXT, frame.ratio)
        return _Inside(_fitted(deck, frame, squares, page=False), Spot.CASE, rect, "grid")
    own = _extent(frame)
    if frame.map and load_svg is not None:
        try:
            svg = load_svg(frame.map)
        except AtelierError as error:
            diagnostics.append(
                Diagnostic(
                    "map-unreadable",
                    _("The drawing “{file}” of “{title}” cannot be read: {reason}").format(
                        file=frame.map, title=frame.title, reason=error.message
                    ),
                    error.hint,
                    deck.file,
                    frame.line,
                )
            )
        else:
            return _by_drawing(deck, frame, own, svg, diagnostics)
    return _by_layout(deck, frame, own)


def _by_layout(deck: Deck, frame: Frame, own: Extent) -> _Inside:
    count = len(frame.children)
    brief = _is_brief(own)
    if frame.layout in ("ring", "cake"):
        counts, layout = _WITH_PANEL[frame.layout]
        for page in (False,) if brief else (False, True):
            if count + page not in counts:
                continue
            arrangement = layout(count + page, frame.ratio)
            panel = layouts.to_units(arrangement.panel, frame.ratio)
            if page or brief or _fits(own, frame.title, panel):
                return _Inside(
                    _fitted(deck, frame, arrangement.squares, page=page),
                    Spot.PANEL,
                    panel,
                    frame.layout,
                    page,
                    arrangement.art,
                    frozenset({count + page - 1}) if frame.layout == "cake" else frozenset(),
                )
    mirrored = (frame.lang or deck.lang).split("-")[0].lower() in _FROM_THE_RIGHT
    panel = layouts.mirrored_rect(layouts.SIDE_PANEL) if mirrored else layouts.SIDE_PANEL
    side = layouts.to_units(panel, frame.ratio)
    if count and not brief and _fits(own, frame.title, side):
        squares = layouts.grid(count, layouts.SIDE_FIELD)
        if mirrored:
            squares = layouts.mirrored(squares)
        return _Inside(_fitted(deck, frame, squares, page=False), Spot.SIDE, side, "grid")
    page = not brief
    band, field = _band(frame, count + page)
    squares = layouts.grid(count + page, field) if count else (layouts.alone(field),)
    if mirrored:
        squares = layouts.mirrored(squares)
    return _Inside(_fitted(deck, frame, squares, page=page), Spot.BAND, band, "grid", page)


def _by_drawing(deck: Deck, frame: Frame, own: Extent, svg: SafeSvg, diagnostics: list[Diagnostic]) -> _Inside:
    children = [Child(c.id, c.ratio) for c in (deck.frames[i] for i in frame.children)]
    band, field = _band(frame, len(children))
    drawn = place_in_drawing(svg, frame.map, frame.ratio, children, field)
    page = not _is_brief(own) and (drawn.panel is None or not _fits(own, frame.title, drawn.panel))
    if page:
        drawn = place_in_drawing(svg, frame.map, frame.ratio, [Child("", frame.ratio), *children], field)
    for position in drawn.missed:
        if position < page:
            continue
        child = deck.frames[frame.children[position - page]]
        diagnostics.append(
            Diagnostic(
                "map-no-slot",
                _("“{title}” has no place in the drawing “{file}”.").format(title=child.title, file=frame.map),
                _("Give an element of the drawing the id “{id}”, or add one more slot.").format(id=child.id),
                deck.file,
                child.line,
            )
        )
    spot = Spot.BAND if drawn.panel is None else Spot.PANEL
    return _Inside(drawn.transforms, spot, drawn.panel or band, "map", page, drawn.art, drawn.round)


def _band(frame: Frame, count: int) -> tuple[Rect, Rect]:
    """The band of a frame, in its units, and the field below it, in unit coordinates."""
    if frame.parent < 0:
        return layouts.to_units(layouts.ROOT_BAND, frame.ratio), layouts.ROOT_FIELD
    return layouts.to_units(layouts.section_band(count), frame.ratio), layouts.section_field(count)


def _fitted(deck: Deck, frame: Frame, squares: tuple[layouts.Square, ...], *, page: bool) -> tuple[Similarity, ...]:
    """Squares to transforms; a child of another ratio is centred in its square."""
    width = FRAME_HEIGHT * frame.ratio
    ratios = [deck.frames[i].ratio for i in frame.children]
    if page:
        ratios.insert(0, frame.ratio)
    out: list[Similarity] = []
    for (x, y, side), ratio in zip(squares, ratios, strict=True):
        scale = side * min(1.0, frame.ratio / ratio)
        dx = (side * frame.ratio - scale * ratio) / 2
        dy = (side - scale) / 2
        out.append(Similarity(x * width + dx * FRAME_HEIGHT, (y + dy) * FRAME_HEIGHT, scale))
    return tuple(out)


def _is_brief(own: Extent) -> bool:
    """Whether the own text is nothing, or a lead that sits on a band."""
    return own.empty or 0 < len(own.lead) <= LONGEST_LEAD


def _fits(own: Extent, title: str, rect: Rect) -> bool:
    """Whether title and text fit a rectangle (in units) at 3.2 h, by an estimate from the number of signs."""
    if own.heavy:
        return False
    width, height = rect.width / 10, rect.height / 10
    used = math.ceil(len(title) * _TITLE_SIGN / width) * _TITLE_LINE + _TITLE_GAP
    used += sum(math.ceil(signs * _SIGN / width) * _LINE + _GAP for signs in own.paragraphs)
    used += own.pictures * (width * _PICTURE + _GAP)
    return used <= height
