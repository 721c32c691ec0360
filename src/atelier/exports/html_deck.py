"""A scene as values of JSON for the player of a page: places, route, faces; `resources/player` reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from atelier.canvas import faces
from atelier.canvas.faces import Face
from atelier.canvas.types import Spot, Surface
from atelier.deck.paths import FrameTable
from atelier.deck.types import View
from atelier.exports.html_drawing import lines_of, short
from atelier.exports.html_words import keys, sheet, words
from atelier.exports.links import address
from atelier.render.exact import surface_colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atelier.canvas.route import RouteStop
    from atelier.canvas.types import Place
    from atelier.exports.html_drawing import Drawing
    from atelier.render.scene import Scene
    from atelier.typeset.display import DisplayList

Json: TypeAlias = Any
_SURFACES = (Surface.WORLD, Surface.SECTION, Surface.CARD, Surface.CHERRY)
"""Their numbers in the player's `places.js`."""
_DIGITS = 12
"""Significant digits of a transform: places nest deep, and each is seen as large as the view."""


class PageDeck:
    """Collects what the player needs of a scene. `ids` are those that the frames have on the page."""

    def __init__(self, scene: Scene, route: Sequence[RouteStop], drawing: Drawing, ids: Sequence[str]) -> None:
        self._scene = scene
        self._route = route
        self._drawing = drawing
        self._ids = ids
        self._table = FrameTable(scene.deck.frames)
        self._faces: list[Json] = []

    def add_faces(self) -> Iterator[int]:
        """Adds the faces of every place, yielding after each."""
        for place in self._scene.canvas.places:
            self._faces.append(self._faces_of(place))
            yield place.index

    def values(self, *, notes: bool) -> dict[str, Json]:
        """All of it but the tables of the drawing."""
        scene = self._scene
        deck, canvas, lang = scene.deck, scene.canvas, scene.language
        surfaces = {name: surface_colour(scene, self._first(kind)) for name, kind in _NAMED.items()}
        return {
            "title": deck.title,
            "lang": lang,
            "ratio": deck.ratio,
            "words": words(lang),
            "keys": keys(notes=notes),
            "sheet": sheet(lang, notes=notes),
            "notes": notes,
            "look": surfaces | {"solid": scene.theme.field.opacity >= 1.0, "muted": scene.theme.colours.muted},
            "drawn": deck.root.node is not None,
            "byHand": canvas.by_hand,
            "frames": [{"id": id_, "title": frame.title} for id_, frame in zip(self._ids, deck.frames, strict=True)],
            "places": [self._place(place) for place in canvas.places],
            "route": [[stop.place, int(stop.view is View.OVERVIEW)] for stop in self._route],
            "faces": self._faces,
            **self._ground(),
        }

    def _first(self, surface: Surface) -> int:
        """A place made of that, -1 where there is none: the world's colour then stands for it."""
        places = self._scene.canvas.places
        return next((place.index for place in places if place.surface is surface), -1)

    def _place(self, place: Place) -> list[Json]:
        t = place.transform
        node = self._scene.deck.frames[place.frame].node
        if place.surface is Surface.WORLD:
            content, chip = 0.0, 0.0
        elif node is not None:
            content, chip = faces.read_from(node), faces.NODE_CHIP_BELOW
        else:
            section = place.surface is Surface.SECTION
            content, chip = faces.CONTENT_FROM, faces.SECTION_BELOW if section else faces.CHIP_BELOW
        reach = self._scene.canvas.index.reaches.get(place.index)
        kind = "label" if place.spot is Spot.LABEL else "case" if place.case else ""
        transform = [float(f"{value:.{_DIGITS}g}") for value in (t.x, t.y, t.scale, t.rotation)]
        box = [reach.x, reach.y, reach.width, reach.height] if reach is not None else 0
        surface = _SURFACES.index(place.surface)
        return [place.frame, place.parent, transform, place.ratio, surface, kind, content, chip, box]

    def _faces_of(self, place: Place) -> dict[str, Json]:
        setter = self._scene.typesetter
        pages = [setter.face(place.index, Face.CONTENT, page) for page in range(setter.pages(place.index))]
        out: dict[str, Json] = {"pages": [self._page(page) for page in pages]}
        if place.surface is not Surface.WORLD:
            out["cover"] = self._drawing.face(setter.face(place.index, Face.COVER))
            out["chip"] = self._drawing.face(setter.face(place.index, Face.CHIP))
        return out

    def _page(self, page: DisplayList) -> dict[str, Json]:
        links = [
            [*(short(value) for value in (box.rect.x, box.rect.y, box.rect.width, box.rect.height)), box.step, *target]
            for box in page.links
            if (target := self._target(box.href)) is not None
        ]
        return {"items": self._drawing.face(page), "lines": lines_of(page), "links": links, "steps": page.steps}

    def _target(self, href: str) -> list[Json] | None:
        """Address, place and words of a link: a place for one that leads to a frame, -1 for another."""
        if not href.startswith("#"):
            return [address(href), -1, href]
        frame = self._table.find(href)
        if frame is None:
            return None
        return ["", self._scene.canvas.place_of[frame], self._scene.deck.frames[frame].title]

    def _ground(self) -> dict[str, Json]:
        """What goes on beyond the root: the fills of the light, and what is strewn over it."""
        scene = self._scene
        root = scene.canvas.places[0].size
        items = scene.typesetter.background(root).items
        lights = [item for item in items if item.bounds == root]
        drawn = [self._drawing.item(item) for item in lights]
        return {
            "ground": [value[0][6] for value in drawn],
            "decoration": [value for item in items if item not in lights for value in self._drawing.item(item)],
        }


_NAMED = {"world": Surface.WORLD, "field": Surface.SECTION, "card": Surface.CARD}
