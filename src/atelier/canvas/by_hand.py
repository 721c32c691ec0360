"""Frames where somebody put them: the boxes of a `.canvas` as transforms between frames, and back.

A box is upright and in canvas units; a frame lies in its parent as its box lies in the parent's box, and is then turned
about its middle. What the file does not place stays with its layout, in the free space where that is taken.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.canvas.drawing import Child, in_grid, largest_free
from atelier.canvas.types import Ellipse, Spiral, Spot, Timeline, Tree
from atelier.deck.geometry import ROOT_WIDTH
from atelier.foundation.geometry import FRAME_HEIGHT, Point, Rect, Similarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.canvas.model import Canvas
    from atelier.canvas.types import Art, Inside
    from atelier.deck.geometry import Geometry, Hand
    from atelier.deck.types import Deck, Frame

_SMALLEST_TEXT = (200.0, 80.0)
"""Frame units below which the place of an own text is a mistake."""
_MARGIN = 0.04
"""Share of a free rectangle's lower side that is left around frames in it."""
_LEAST_SIDE = 0.02
"""The least side of frames in the free space, as a share of their parent."""
_SAME = 1e-6
_ROUNDED = 2.0
"""Canvas units that whole numbers may be off by."""


def by_hand(deck: Deck, insides: Sequence[Inside | None]) -> tuple[list[Inside | None], dict[int, Rect]]:
    """What the layouts made, with every frame that was placed by hand in its place; and the boxes of all."""
    geometry = deck.geometry
    if geometry is None or not geometry.hands:
        return list(insides), {}
    out: list[Inside | None] = []
    boxes: dict[int, Rect] = {0: root_box(deck)}
    for frame, inside in zip(deck.frames, insides, strict=True):
        box = boxes.get(frame.index)
        if inside is None or box is None:
            out.append(inside)
            continue
        placed = _Placing(deck, geometry, frame, inside, box).placed()
        out.append(placed)
        for child, transform in zip(frame.children, placed.transforms[placed.page :], strict=True):
            boxes[child] = upright_box(transform, deck.frames[child].ratio, box)
    return out, boxes


def root_box(deck: Deck) -> Rect:
    """Where the root lies on the file's canvas."""
    hand = deck.geometry.hands.get(deck.root.id) if deck.geometry is not None else None
    if hand is not None and hand.box is not None:
        return fitted(hand.box, deck.root.ratio)
    return Rect(0.0, 0.0, ROOT_WIDTH, ROOT_WIDTH / deck.root.ratio)


def boxes_of(deck: Deck, canvas: Canvas) -> list[Rect]:
    """The upright box of every place of a canvas, in canvas units."""
    boxes = [root_box(deck)]
    for place in canvas.places[1:]:
        boxes.append(upright_box(place.transform, place.ratio, boxes[place.parent]))
    return boxes


def fitted(box: Rect, ratio: float) -> Rect:
    """The largest rectangle of that ratio in the middle of a box."""
    width = min(box.width, box.height * ratio)
    height = width / ratio
    return Rect(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)


def upright_box(transform: Similarity, ratio: float, parent: Rect) -> Rect:
    """A frame's box in canvas units, not turned, where it lies by `transform` in a parent with the box `parent`."""
    unit = parent.height / FRAME_HEIGHT
    corner = corner_of(transform, ratio)
    width, height = transform.scale * FRAME_HEIGHT * ratio, transform.scale * FRAME_HEIGHT
    return Rect(parent.x + corner.x * unit, parent.y + corner.y * unit, width * unit, height * unit)


def corner_of(transform: Similarity, ratio: float) -> Point:
    """The top left corner that a frame would have if it were not turned about its middle."""
    if transform.rotation == 0.0:
        return Point(transform.x, transform.y)
    half = Point(FRAME_HEIGHT * ratio / 2, FRAME_HEIGHT / 2)
    return transform.map(half) - half * transform.scale


def turned(x: float, y: float, scale: float, ratio: float, rotation: float) -> Similarity:
    """The transform of a frame with that corner and scale, turned about its middle."""
    if rotation == 0.0:
        return Similarity(x, y, scale)
    half = Point(FRAME_HEIGHT * ratio / 2, FRAME_HEIGHT / 2) * scale
    arm = Similarity(0.0, 0.0, 1.0, rotation).map(half)
    return Similarity(x + half.x - arm.x, y + half.y - arm.y, scale, rotation)


def holds(hand: Hand, parent: Hand | None) -> bool:
    """Whether a frame lies where it was written: at the same integers, or moved along with its parent."""
    if hand.exact is None or hand.box is None:
        return False
    return _moved_along(hand.box, hand.exact.node, parent)


def text_holds(hand: Hand) -> bool:
    """The same of an own text in its frame."""
    return hand.text is not None and hand.text_exact is not None and _moved_along(hand.text, hand.text_exact.node, hand)


def text_moved(hand: Hand) -> bool:
    """Whether an own text is where somebody put it, rather than where its layout did."""
    return hand.text_exact is not None and (hand.text_moved or not text_holds(hand))


def _moved_along(box: Rect, written: Rect, parent: Hand | None) -> bool:
    if (box.width, box.height) != (written.width, written.height):
        return False
    dx, dy = 0.0, 0.0
    if parent is not None and parent.box is not None and parent.exact is not None:
        now, then = parent.box, parent.exact.node
        if (now.width, now.height) != (then.width, then.height):
            return False
        dx, dy = now.x - then.x, now.y - then.y
    return (box.x - written.x, box.y - written.y) == (dx, dy)


class _Placing:
    """The children of one frame, by hand and by their layout. `box` is the frame's own."""

    def __init__(self, deck: Deck, geometry: Geometry, frame: Frame, inside: Inside, box: Rect) -> None:
        self.frame = frame
        self.inside = inside
        self.box = box
        self.unit = box.height / FRAME_HEIGHT
        self.size = Rect(0.0, 0.0, FRAME_HEIGHT * frame.ratio, FRAME_HEIGHT)
        self.hand = geometry.hands.get(frame.id)
        drawn = deck.root.node is not None
        laid = [i for i in frame.children if drawn or deck.frames[i].node is None]
        self.laid = laid
        nodes = [] if drawn else [i for i in frame.children if deck.frames[i].node is not None]
        free = {i: geometry.hands[deck.frames[i].id].box for i in nodes}
        self.free = {i: self._in_box(b, deck.frames[i].ratio, 0.0) for i, b in free.items() if b is not None}
        self.ratios = [deck.frames[i].ratio for i in laid]
        hands = [geometry.hands.get(deck.frames[i].id) for i in laid]
        if frame.made:
            hands = [None if hand is None or self._is_elsewhere(hand) else hand for hand in hands]
        found = [None if hand is None else self._child(hand, r) for hand, r in zip(hands, self.ratios, strict=True)]
        if inside.page:
            self.ratios.insert(0, frame.ratio)
            found.insert(0, self._page())
        self.found = found

    def _is_elsewhere(self, hand: Hand) -> bool:
        """Whether a frame still has its place in the section that it was in before its text changed."""
        box = self.hand.box if self.hand is not None else None
        if box is None or hand.box is None:
            return True
        return hand.exact is not None and hand.exact.node == hand.box and not box.contains(hand.box, _ROUNDED)

    def placed(self) -> Inside:
        inside = self.inside
        spot, rect = self._spot()
        transforms = self._with_the_rest(rect)
        art = self._art(transforms)
        rounds = inside.round
        if self.free:
            by_frame = dict(zip(self.laid, transforms[inside.page :], strict=True)) | self.free
            transforms = (*transforms[: inside.page], *(by_frame[i] for i in self.frame.children))
            now = {i: position for position, i in enumerate(self.frame.children, inside.page)}
            rounds = frozenset(now[self.laid[position - inside.page]] for position in rounds)
        return replace(inside, transforms=transforms, spot=spot, spot_rect=rect, art=art, round=rounds)

    def _child(self, hand: Hand, ratio: float) -> Similarity | None:
        if hand.box is None:
            return None
        if hand.exact is not None and holds(hand, self.hand):
            x, y, scale = hand.exact.values
            return turned(x, y, scale, ratio, hand.rotation)
        return self._in_box(hand.box, ratio, hand.rotation)

    def _in_box(self, box: Rect, ratio: float, rotation: float) -> Similarity:
        box = fitted(box, ratio)
        x, y = (box.x - self.box.x) / self.unit, (box.y - self.box.y) / self.unit
        return turned(x, y, box.height / self.box.height, ratio, rotation)

    def _page(self) -> Similarity | None:
        """The page where the node of the own text is: it was one already, or the node was moved since."""
        hand = self.hand
        if hand is None or hand.text is None:
            return None
        if not text_holds(hand):
            return self._in_box(hand.text, self.frame.ratio, 0.0) if hand.text_exact is not None else None
        if hand.text_page and hand.text_exact is not None:
            x, y, _width, height = hand.text_exact.values
            return Similarity(x, y, height / FRAME_HEIGHT)
        return None

    def _spot(self) -> tuple[Spot, Rect]:
        """Where the own text sits: as the layout says, or where its node was put."""
        inside, hand = self.inside, self.hand
        own = (inside.spot, inside.spot_rect)
        if inside.page or inside.spot is Spot.CASE or hand is None or hand.text is None:
            return own
        if hand.text_exact is None or hand.text_page or not text_moved(hand):
            return own
        if text_holds(hand):
            x, y, width, height = hand.text_exact.values
        else:
            box = hand.text
            x, y = (box.x - self.box.x) / self.unit, (box.y - self.box.y) / self.unit
            width, height = box.width / self.unit, box.height / self.unit
        right, bottom = x + width, y + height
        x, y = max(x, 0.0), max(y, 0.0)
        width, height = min(right, self.size.width) - x, min(bottom, self.size.height) - y
        if width < _SMALLEST_TEXT[0] or height < _SMALLEST_TEXT[1]:
            return own
        return Spot.PANEL, Rect(x, y, width, height)

    def _with_the_rest(self, spot_rect: Rect) -> tuple[Similarity, ...]:
        """All transforms: those by hand, and the others where their layout puts them, or in the free space."""
        found, layout = self.found, self.inside.transforms
        rest = [i for i, each in enumerate(found) if each is None]
        taken = [self._reach(each, ratio) for each, ratio in zip(found, self.ratios, strict=True) if each is not None]
        if not taken:
            return layout
        transforms = {i: layout[i] for i in rest}
        if any(self._reach(layout[i], self.ratios[i]).intersects(box, 1.0) for i in rest for box in taken):
            free = largest_free(self.size, [*taken, spot_rect])
            if free is not None:
                transforms |= dict(zip(rest, self._in_free(free, rest), strict=False))
        return tuple(each or transforms[i] for i, each in enumerate(found))

    def _in_free(self, free: Rect, rest: Sequence[int]) -> tuple[Similarity, ...]:
        free = free.inset(min(free.width, free.height) * _MARGIN)
        width, height = self.size.width, self.size.height
        field = Rect(free.x / width, free.y / height, free.width / width, free.height / height)
        made = in_grid([Child("", self.ratios[i]) for i in rest], self.size, field)
        return made if made[0].scale >= _LEAST_SIDE else ()

    def _reach(self, transform: Similarity, ratio: float) -> Rect:
        return transform.map_rect(Rect(0.0, 0.0, FRAME_HEIGHT * ratio, FRAME_HEIGHT))

    def _art(self, transforms: tuple[Similarity, ...]) -> Art | None:
        """What the layout draws, its lines leading to where the frames are now."""
        inside = self.inside
        moved = [not _same(a, b) for a, b in zip(transforms, inside.transforms, strict=True)]
        art = inside.art
        if art is None or not any(moved):
            return art
        boxes = [self._reach(t, r) for t, r in zip(transforms, self.ratios, strict=True)]
        if isinstance(art, Ellipse):
            return None if all(moved) else art
        if isinstance(art, Spiral):
            return replace(art, points=tuple(box.centre for box in boxes))
        if isinstance(art, Tree):
            ends = zip(art.edges, boxes, moved, strict=True)
            return replace(art, edges=tuple(_led(edge, box) if new else edge for edge, box, new in ends))
        if isinstance(art, Timeline):
            marks = zip(art.marks, boxes, moved, strict=True)
            return replace(art, marks=tuple(replace(m, tip=_nearest(m.at, b)) if new else m for m, b, new in marks))
        return art


def _same(a: Similarity, b: Similarity) -> bool:
    """Whether two transforms differ by no more than what writing and reading them takes."""
    return all(
        math.isclose(one, two, rel_tol=_SAME, abs_tol=_SAME * FRAME_HEIGHT)
        for one, two in ((a.x, b.x), (a.y, b.y), (a.scale, b.scale), (a.rotation, b.rotation))
    )


def _nearest(point: Point, box: Rect) -> Point:
    """The point of a box that is nearest to another one."""
    return Point(min(max(point.x, box.x), box.right), min(max(point.y, box.y), box.bottom))


def _led(edge: tuple[Point, ...], box: Rect) -> tuple[Point, ...]:
    """An edge of a tree, straight to a frame that was moved."""
    return (edge[0], _nearest(edge[0], box))
