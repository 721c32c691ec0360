"""A deck's frames placed on a canvas, so that any document becomes one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.canvas import layouts
from atelier.canvas.composition import (
    LAYOUTS,
    Subject,
    band_and_field,
    compose,
    fits,
    held,
    is_brief,
    reaching,
)
from atelier.canvas.drawing import Child, place_in_drawing
from atelier.canvas.model import Canvas
from atelier.canvas.moments import FEWEST, in_order, moment
from atelier.canvas.timeline import TIMELINE_COUNTS
from atelier.canvas.types import Inside, Place, Spot, Surface
from atelier.deck.types import NodeKind
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import AtelierError
from atelier.foundation.geometry import FRAME_HEIGHT, IDENTITY, Rect, Similarity
from atelier.foundation.translation import _
from atelier.markup.extent import Extent, extent
from atelier.markup.local_words import is_from_the_right

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.canvas.types import Arrow
    from atelier.deck.svg import SafeSvg
    from atelier.deck.types import Deck, Frame


def arrange(deck: Deck, *, load_svg: Callable[[Frame], SafeSvg] | None = None) -> Canvas:
    """Places every frame of a deck; the same deck always the same way.

    `load_svg` reads the drawing that a frame's `map` names, and raises an `AtelierError` where it cannot. Without
    it no drawing is read and the frames with `map=` lie as their layout says.
    """
    frames = deck.frames
    diagnostics: list[Diagnostic] = []
    siblings, hues, depths = _descent(deck)
    insides: list[Inside | None] = []
    for frame in frames:
        laid = _without_nodes(deck, frame)
        wanted = laid.children or _is_text_alone(frame)
        insides.append(_inside(deck, laid, hues, load_svg, diagnostics) if wanted else None)
    arrows: dict[int, tuple[Arrow, ...]] = {}
    if deck.geometry is not None:
        from atelier.canvas.arrows import arrows_of
        from atelier.canvas.by_hand import by_hand

        insides, boxes = by_hand(deck, insides)
        arrows = arrows_of(deck, boxes)
        diagnostics += deck.geometry.diagnostics

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
    rounds = [False] * len(frames)
    numbered = [False] * len(frames)
    places: list[Place] = []
    for frame, inside in zip(frames, insides, strict=True):
        page = page_of.get(frame.index)
        children = tuple(place_of[i] for i in frame.children)
        if inside is not None:
            for position, child in enumerate(frame.children):
                transforms[child] = inside.transforms[position + inside.page]
                numbered[child] = inside.layout == "timeline"
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
                spot=inside.spot if inside else Spot.LABEL if _is_group(frame) else Spot.WHOLE,
                spot_rect=inside.spot_rect if inside else whole,
                hue=hues[frame.index],
                number=_number(frame, siblings[frame.index], always=numbered[frame.index]),
                layout=inside.layout if inside else "",
                case=_is_case(frame),
                art=inside.art if inside else None,
                arrows=arrows.get(frame.index, ()),
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
    return Canvas(tuple(places), tuple(place_of), page_of, tuple(diagnostics), by_hand=deck.geometry is not None)


def _descent(deck: Deck) -> tuple[list[int], list[int], list[int]]:
    """Of each frame the place among its siblings, the hue and the depth."""
    siblings, hues, depths = ([0] * len(deck.frames) for _list in range(3))
    for frame in deck.frames:
        headed = _without_nodes(deck, frame).children
        for position, child in enumerate(headed):
            siblings[child] = position
        for child in frame.children:
            position = siblings[child]
            hues[child] = position if frame.parent < 0 else hues[frame.index]
            depths[child] = depths[frame.index] + 1
    return siblings, hues, depths


def _without_nodes(deck: Deck, frame: Frame) -> Frame:
    """`frame` as its layout sees it: what somebody put on a deck's canvas beside the frames is none of them."""
    if frame.node is not None or deck.geometry is None or deck.frames[0].node is not None:
        return frame
    children = tuple(i for i in frame.children if deck.frames[i].node is None)
    return frame if len(children) == len(frame.children) else replace(frame, children=children)


def _extent(frame: Frame) -> Extent:
    return frame.extent or extent(frame.source)


def _is_text_alone(frame: Frame) -> bool:
    """Whether all of the deck is one text too long to stand under its title: it gets a page."""
    return frame.parent < 0 and not frame.children and not is_brief(_extent(frame))


def _is_case(frame: Frame) -> bool:
    return frame.parent >= 0 and "case" in frame.blocks


def _is_group(frame: Frame) -> bool:
    return frame.node is not None and frame.node.kind is NodeKind.GROUP


def _surface(frame: Frame, inside: Inside | None, *, round_: bool) -> Surface:
    if frame.parent < 0:
        return Surface.WORLD
    if _is_group(frame):
        return Surface.SECTION
    if inside is None:
        return Surface.CHERRY if round_ else Surface.CARD
    return Surface.CARD if inside.spot is Spot.CASE else Surface.SECTION


def _number(frame: Frame, position: int, *, always: bool) -> str:
    """The label, or the place among its siblings; `always` that, because a pill shows the label."""
    if frame.node is not None:
        return ""
    if frame.parent < 0 or (frame.label and not always):
        return frame.label
    return f"{position + 1:02d}"


def _inside(
    deck: Deck,
    frame: Frame,
    hues: list[int],
    load_svg: Callable[[Frame], SafeSvg] | None,
    diagnostics: list[Diagnostic],
) -> Inside:
    if frame.node is not None:  # nobody lays a canvas out that was drawn
        whole = Rect(0.0, 0.0, FRAME_HEIGHT * frame.ratio, FRAME_HEIGHT)
        return Inside((IDENTITY,) * len(frame.children), Spot.LABEL, whole, "")
    if frame.layout and frame.layout not in LAYOUTS:
        diagnostics.append(
            Diagnostic(
                "layout-unknown",
                _("There is no layout “{layout}”: the frames in “{title}” lie in a grid.").format(
                    layout=frame.layout, title=frame.title
                ),
                _("Layouts are {layouts}.").format(layouts=", ".join(LAYOUTS)),
                deck.file_of(frame),
                frame.line,
            )
        )
    if _is_case(frame):
        squares = layouts.grid(len(frame.children), layouts.CASE_FIELD, top=True)
        rect = layouts.to_units(layouts.CASE_TEXT, frame.ratio)
        return Inside(_fitted(deck, frame, squares, page=False), Spot.CASE, rect, "grid")
    own = _extent(frame)
    if frame.map and load_svg is not None:
        try:
            svg = load_svg(frame)
        except AtelierError as error:
            diagnostics.append(
                Diagnostic(
                    "map-unreadable",
                    _("The drawing “{file}” of “{title}” cannot be read.").format(file=frame.map, title=frame.title)
                    + f" {error.message}",
                    error.hint,
                    deck.file_of(frame),
                    frame.line,
                )
            )
        else:
            return _by_drawing(deck, frame, own, hues, svg, diagnostics)
    return _by_layout(deck, frame, own, hues, diagnostics)


def _by_layout(deck: Deck, frame: Frame, own: Extent, hues: list[int], diagnostics: list[Diagnostic]) -> Inside:
    layout, labels = _chosen(deck, frame)
    subject = _subject(deck, frame, own, hues, labels)
    made = compose(layout, subject)
    if made.layout != frame.layout and frame.layout in LAYOUTS and frame.children:
        diagnostics.append(_fallback(deck, frame, subject))
    transforms = _fitted(deck, frame, made.squares, page=made.page)
    ratios = _ratios(deck, frame, page=made.page)
    art = made.art
    if any(ratio != frame.ratio for ratio in ratios):
        sizes = (Rect(0.0, 0.0, FRAME_HEIGHT * ratio, FRAME_HEIGHT) for ratio in ratios)
        art = reaching(art, [t.map_rect(size) for t, size in zip(transforms, sizes, strict=True)])
    return Inside(transforms, made.spot, made.rect, made.layout, made.page, art, made.round)


def _chosen(deck: Deck, frame: Frame) -> tuple[str, tuple[str, ...]]:
    """The layout of a frame, and what the pills say if it is a timeline: docs/decisions/0013."""
    if frame.layout and frame.layout != "timeline":
        return frame.layout if frame.layout in LAYOUTS else "grid", ()
    count = len(frame.children)
    if not frame.layout and not FEWEST <= count <= TIMELINE_COUNTS[-1]:
        return "grid", ()
    children = [deck.frames[i] for i in frame.children]
    if frame.layout:
        said = [child.label or moment(child.title) for child in children]
        return "timeline", tuple(each if isinstance(each, str) else each.text if each else "" for each in said)
    pills = in_order([child.label or child.title for child in children])
    if not pills:
        return "grid", ()
    return "timeline", tuple(child.label or pill for child, pill in zip(children, pills, strict=True))


def _subject(deck: Deck, frame: Frame, own: Extent, hues: list[int], labels: tuple[str, ...] = ()) -> Subject:
    return Subject(
        count=len(frame.children),
        ratio=frame.ratio,
        root=frame.parent < 0,
        title=frame.title,
        own=own,
        mirrored=is_from_the_right(frame.lang or deck.lang),
        labels=labels,
        hues=tuple(hues[i] for i in frame.children),
        hue=hues[frame.index],
        siblings=1 if frame.parent < 0 else len(deck.frames[frame.parent].children),
    )


def _fallback(deck: Deck, frame: Frame, subject: Subject) -> Diagnostic:
    """Why the frames do not lie in the layout the author named."""
    counts = held(frame.layout, subject)
    if subject.count in counts:
        message = _(
            "The text of “{title}” takes a place among its {n} frames, and the layout “{layout}” cannot hold so many: "
            "they lie in a grid."
        )
        hint = _("Shorten the text to one sentence, or put it into a frame of its own.")
    elif subject.count < counts[0]:
        message = _("The layout “{layout}” takes {fewest} frames at least, “{title}” has {n}: they lie in a grid.")
        hint = _("Leave the layout out, or add frames.")
    else:
        message = _("The layout “{layout}” holds {most} frames, “{title}” has {n}: they lie in a grid.")
        hint = _("Leave the layout out, or group the frames under fewer headings.")
    message = message.format(title=frame.title, layout=frame.layout, n=subject.count, fewest=counts[0], most=counts[-1])
    return Diagnostic("layout-fallback", message, hint, deck.file_of(frame), frame.line)


def _by_drawing(
    deck: Deck, frame: Frame, own: Extent, hues: list[int], svg: SafeSvg, diagnostics: list[Diagnostic]
) -> Inside:
    children = [Child(deck.id_beside(frame, c), c.ratio) for c in (deck.frames[i] for i in frame.children)]
    band, field = band_and_field(_subject(deck, frame, own, hues), len(children))
    drawn = place_in_drawing(svg, frame.map, frame.ratio, children, field)
    page = not is_brief(own) and (drawn.panel is None or not fits(own, frame.title, drawn.panel))
    if page:
        drawn = place_in_drawing(svg, frame.map, frame.ratio, [Child("", frame.ratio), *children], field)
    for position in drawn.missed:
        if position < page:
            continue
        child = deck.frames[frame.children[position - page]]
        id_ = deck.id_beside(frame, child)
        if svg.element(id_) is None:
            message = _("“{title}” has no place in the drawing “{file}”.")
            hint = _("Give an element of the drawing the id “{id}”, or add one more slot.")
        else:
            message = _("The element “{id}” of the drawing “{file}” is no place for “{title}”.")
            hint = _("It is to be a shape or a group inside the drawing, not tiny, and not over another frame's.")
        names = {"title": child.title, "file": frame.map, "id": id_}
        message, hint = message.format_map(names), hint.format_map(names)
        diagnostics.append(Diagnostic("map-no-slot", message, hint, deck.file_of(child), child.line))
    spot = Spot.BAND if drawn.panel is None else Spot.PANEL
    return Inside(drawn.transforms, spot, drawn.panel or band, "map", page, drawn.art, drawn.round)


def _fitted(deck: Deck, frame: Frame, squares: tuple[layouts.Square, ...], *, page: bool) -> tuple[Similarity, ...]:
    """Squares to transforms; a child of another ratio is centred in its square."""
    width = FRAME_HEIGHT * frame.ratio
    out: list[Similarity] = []
    for (x, y, side), ratio in zip(squares, _ratios(deck, frame, page=page), strict=True):
        scale = side * min(1.0, frame.ratio / ratio)
        dx = (side * frame.ratio - scale * ratio) / 2
        dy = (side - scale) / 2
        out.append(Similarity(x * width + dx * FRAME_HEIGHT, (y + dy) * FRAME_HEIGHT, scale))
    return tuple(out)


def _ratios(deck: Deck, frame: Frame, *, page: bool) -> list[float]:
    """The ratios of the children, before them that of the page where there is one."""
    ratios = [deck.frames[i].ratio for i in frame.children]
    return [frame.ratio, *ratios] if page else ratios
