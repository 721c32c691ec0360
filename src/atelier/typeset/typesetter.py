"""Faces of a deck's places as display lists, each set once and kept while there is room."""

from __future__ import annotations

from collections import OrderedDict
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.canvas.faces import Face
from atelier.canvas.types import CakeArt, Spot, Surface
from atelier.foundation.geometry import FRAME_HEIGHT, Rect, Size
from atelier.markup.answers import activity_names
from atelier.markup.audience import all_parts, visible
from atelier.markup.blocks import Activity
from atelier.typeset import surfaces
from atelier.typeset.art import seed_of
from atelier.typeset.blocks import compose
from atelier.typeset.contents import set_card
from atelier.typeset.display import DisplayList
from atelier.typeset.pictures import Pictures
from atelier.typeset.pieces import Sheet
from atelier.typeset.report import Report
from atelier.typeset.setting import Setting, colour

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from atelier.canvas.model import Canvas
    from atelier.canvas.types import Place
    from atelier.deck.cases import SimilarCases
    from atelier.deck.looks import Theme
    from atelier.deck.types import Deck, Frame, FreeNode
    from atelier.markup.answers import Counts, Results
    from atelier.markup.blocks import Block, Content
    from atelier.typeset.display import ClockBox, Item, LinkBox
    from atelier.typeset.pictures import Picture

MOST_CONTENTS = 600
"""Contents kept, at some 80 kB each; setting one anew takes 2 to 5 ms."""
MOST_FACES = 6000
"""Covers and chips kept, at some 14 kB each; a new one takes 0.4 ms."""


class Typesetter:
    """Sets the faces of one deck in one theme, for one path and language of `/// only` blocks.

    `contents` gives a frame's parsed content by the frame's index. All calls belong to one thread.
    """

    def __init__(
        self,
        deck: Deck,
        canvas: Canvas,
        theme: Theme,
        contents: Callable[[int], Content],
        *,
        path: str = "",
        language: str = "",
        pictures: Pictures | None = None,
        results: Results | None = None,
    ) -> None:
        self.deck = deck
        self.canvas = canvas
        self.theme = theme
        self.pictures = pictures or Pictures(deck.folder)
        self._decoration: tuple[Item, ...] | None = None
        self._contents = contents
        self._path = path
        self._language = language or deck.lang
        self._faces: OrderedDict[tuple[int, Face], DisplayList] = OrderedDict()
        self._pages: OrderedDict[int, tuple[DisplayList, ...]] = OrderedDict()
        self._steps: dict[int, tuple[int, ...]] = {}
        self._similar: SimilarCases | None = None
        self.results: Results = results or {}

    def with_results(self, results: Results) -> Typesetter:
        """One that shows what was counted for activities, with every face that this does not change."""
        before = self.results
        frames = (self.deck.frame(id_) for id_ in {*before, *results} if before.get(id_) != results.get(id_))
        changed = {frame.index for frame in frames if frame is not None}
        places = {place.index for place in self.canvas.places if place.frame in changed} if changed else set[int]()
        made = copy(self)
        made.results = results
        made.set_anew(places)
        return made

    def set_anew(self, places: AbstractSet[int]) -> None:
        """Keeps the faces of all other places alone."""
        self._pages = OrderedDict((place, pages) for place, pages in self._pages.items() if place not in places)
        self._steps = {place: steps for place, steps in self._steps.items() if place not in places}
        self._faces = OrderedDict((key, face) for key, face in self._faces.items() if key[0] not in places)

    def counts(self, frame: Frame) -> tuple[tuple[str, Counts], ...]:
        """What is shown to have been counted on a frame, by what its activities are called."""
        return tuple(sorted(self.results.get(frame.id, {}).items()))

    def face(self, place_index: int, face: Face, page: int = 0) -> DisplayList:
        """One face of a place; `page` (from 0) chooses among the continuation pages of a content."""
        if face is Face.CONTENT:
            pages = self._content(place_index)
            return pages[min(max(page, 0), len(pages) - 1)]
        key = (place_index, face)
        found = self._faces.get(key)
        if found is None:
            found = self._faces[key] = self._set_face(self.canvas.places[place_index], face)
            if len(self._faces) > MOST_FACES:
                self._faces.popitem(last=False)
        else:
            self._faces.move_to_end(key)
        return found

    def pages(self, place_index: int) -> int:
        """How many pages the content of a place takes: 1 where it fits."""
        return len(self._steps_of(place_index))

    def steps(self, place_index: int, page: int = 0) -> int:
        """How many advances reveal something on that page."""
        steps = self._steps_of(place_index)
        return steps[min(max(page, 0), len(steps) - 1)]

    def ready(self, place_index: int, face: Face) -> bool:
        """Whether a face is set already, so that asking for it costs nothing."""
        if face is Face.CONTENT:
            return place_index in self._pages
        return (place_index, face) in self._faces

    def background(self, area: Rect) -> DisplayList:
        """The ground of the canvas over `area`, in the root's frame units; it may reach beyond the root."""
        root = self.canvas.root.size
        if self._decoration is None:
            self._decoration = tuple(surfaces.decoration(self.theme, root))
        items = (*surfaces.world(self.theme, root, area), *self._decoration)
        return DisplayList(Size(area.width, area.height), items, bounds=area)

    # --- building -------------------------------------------------------------------------------------------------

    def _content(self, place_index: int) -> tuple[DisplayList, ...]:
        found = self._pages.get(place_index)
        if found is None:
            found = self._pages[place_index] = self._set_content(self.canvas.places[place_index])
            self._steps[place_index] = tuple(page.steps for page in found)
            if len(self._pages) > MOST_CONTENTS:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(place_index)
        return found

    def _steps_of(self, place_index: int) -> tuple[int, ...]:
        """The advances of every page of a content."""
        if place_index not in self._steps:
            self._content(place_index)
        return self._steps[place_index]

    def _blocks(self, place: Place) -> tuple[Block, ...]:
        """What of its text is for everyone, on this path and in this language."""
        return visible(self._contents(place.frame).blocks, self._path, self._language)

    def _setting(self, place: Place, report: Report) -> Setting:
        theme = self.theme
        colours = theme.colours
        frame = self.deck.frames[place.frame]
        return Setting(
            theme=theme,
            pictures=self.pictures.beside(frame.origin),
            compose=compose,
            report=report,
            ink=colour(colours.ink),
            body=colour(colours.body),
            muted=colour(colours.muted),
            accent=colour(colours.accent),
            hue=colour(self._hue(frame, place)),
            ground=colour(colours.card),
            lang=frame.lang or self.deck.lang,
            line=frame.line,
            agenda=self.deck.agenda,
            counts=self._counted(frame),
        )

    def activities(self, frame: int) -> dict[str, Activity]:
        """What everyone may see of the activities of the frame with this index, by what each is called in a talk."""
        blocks = self._contents(frame).blocks
        names = activity_names(blocks)
        seen = all_parts(visible(blocks, self._path, self._language)) if names else ()
        return {names[block.line]: block for block in seen if isinstance(block, Activity)}

    def _counted(self, frame: Frame) -> Mapping[int, Counts]:
        counted = self.results.get(frame.id)
        if not counted:
            return {}
        names = activity_names(self._contents(frame.index).blocks)
        return {line: counted[name] for line, name in names.items() if name in counted}

    def similar_cases(self) -> SimilarCases:
        """Which cases of the deck are alike."""
        if self._similar is None:
            from atelier.deck.cases import SimilarCases

            self._similar = SimilarCases(self.deck)
        return self._similar

    def _offered(self, frame: Frame) -> tuple[tuple[str, str], ...]:
        """The cases that a card names beside its own, by what everyone may see of them."""
        from atelier.typeset.case_parts import names_of

        others = [self.deck.frames[index] for index in self.similar_cases().of(frame)]
        blocks = (visible(self._contents(other.index).blocks, self._path, self._language) for other in others)
        names = names_of([(other.title, each) for other, each in zip(others, blocks, strict=True)])
        return tuple((other.id, name) for other, name in zip(others, names, strict=True))

    def _report(self, place: Place) -> Report:
        """For what is wrong with a place: in the text, or in the canvas whose node it is."""
        geometry = self.deck.geometry
        frame = self.deck.frames[place.frame]
        of_node = geometry is not None and frame.node is not None
        return Report(geometry.file if of_node and geometry is not None else self.deck.file_of(frame))

    def _hue(self, frame: Frame, place: Place) -> str:
        """The hue of a frame: its branch's, or the colour its node was given."""
        own = ""
        if frame.node is not None and frame.node.colour:
            from atelier.typeset.canvas_colours import canvas_colour

            own = canvas_colour(self.theme, frame.node.colour)
        return own or self.theme.hue(place.hue)

    def _set_content(self, place: Place) -> tuple[DisplayList, ...]:
        report = self._report(place)
        setting = self._setting(place, report)
        if place.surface is Surface.WORLD:
            return (self._world(place, setting, report),)
        if place.spot is Spot.LABEL:
            return (self._group(self.deck.frames[place.frame], place, setting, report, Face.CONTENT),)
        if place.surface is Surface.SECTION:
            return (self._section(place, setting, report, cover=False),)
        frame = self.deck.frames[place.frame]
        if frame.node is not None:
            return self._node(frame.node, frame, place, setting, report)
        if place.case:
            setting = replace(setting, similar=self._offered(frame))
        text = set_card(frame, self._blocks(place), place.ratio, setting)
        ground = [*self._card_ground(place, frame), *text.ground]
        return tuple(self._list(place, ground, page, report) for page in text.pages)

    def _node(
        self, node: FreeNode, frame: Frame, place: Place, setting: Setting, report: Report
    ) -> tuple[DisplayList, ...]:
        from atelier.typeset.free_nodes import card_ground, set_node

        ground = card_ground(node, place.ratio, setting)
        pages = set_node(frame, place, self._blocks(place), setting)
        return tuple(self._list(place, ground, page, report) for page in pages)

    def _node_face(
        self, node: FreeNode, frame: Frame, place: Place, face: Face, setting: Setting, report: Report
    ) -> DisplayList:
        """Cover and chip of a node: its first words, or its card alone."""
        from atelier.typeset.free_nodes import card_ground, put_node_cover

        sheet = Sheet()
        if face is Face.COVER:
            put_node_cover(sheet, frame, place, setting)
        return self._list(place, card_ground(node, place.ratio, setting, plain=face is Face.CHIP), sheet, report)

    def _group(self, frame: Frame, place: Place, setting: Setting, report: Report, face: Face) -> DisplayList:
        """A group of a canvas: its field, its label above it, the edges in it."""
        from atelier.typeset.free_nodes import group_ground, put_label

        chip = face is Face.CHIP
        ground = group_ground(frame, place.ratio, setting, plain=chip)
        sheet = Sheet()
        if not chip:
            self._put_arrows(sheet, place, setting)
            put_label(sheet, frame, place, setting, far=face is Face.COVER)
        return self._list(place, ground, sheet, report)

    def _put_arrows(self, sheet: Sheet, place: Place, setting: Setting) -> None:
        if place.arrows:
            from atelier.typeset.arrows import put_arrows

            put_arrows(sheet, place.arrows, setting, drawn=self.deck.root.node is not None)

    def _card_ground(self, place: Place, frame: Frame) -> list[Item]:
        in_hollow = place.case and self._in_crumb(place)
        return surfaces.card(self.theme, FRAME_HEIGHT * place.ratio, seed_of(frame.id), in_hollow=in_hollow)

    def _in_crumb(self, place: Place) -> bool:
        parent = self.canvas.places[place.parent] if place.parent >= 0 else None
        return parent is not None and parent.surface is Surface.SECTION and self.theme.field.kind == "crumb"

    def _set_face(self, place: Place, face: Face) -> DisplayList:
        report = self._report(place)
        setting = self._setting(place, report)
        if place.surface is Surface.WORLD:
            return self._content(place.index)[0]
        if place.spot is Spot.LABEL:
            return self._group(self.deck.frames[place.frame], place, setting, report, face)
        if place.surface is Surface.SECTION:
            if face is Face.CHIP:
                return self._section_chip(place, setting, report)
            return self._section(place, setting, report, cover=True)
        sheet = Sheet()
        frame = self.deck.frames[place.frame]
        if frame.node is not None:
            return self._node_face(frame.node, frame, place, face, setting, report)
        if place.surface is Surface.CHERRY:
            if face is Face.COVER:
                from atelier.typeset.covers import put_cherry_cover

                drawn = isinstance(self.canvas.places[place.parent].art, CakeArt)
                ink = self.theme.cake.fruit_text if drawn else self.theme.colours.on_picture
                put_cherry_cover(sheet, frame, place.ratio, colour(ink), setting)
            return self._list(place, [], sheet, report)
        width = FRAME_HEIGHT * place.ratio
        if face is Face.CHIP:
            return self._list(place, surfaces.card_chip(self.theme, width, setting.hue), sheet, report)
        from atelier.typeset.covers import put_card_cover

        picture = self._first_picture(place)
        put_card_cover(sheet, frame, place.number, place.ratio, place.scale, picture, setting)
        return self._list(place, self._card_ground(place, frame), sheet, report)

    def _first_picture(self, place: Place) -> Picture | None:
        from atelier.typeset.covers import first_figure
        from atelier.typeset.figures import face_source

        frame = self.deck.frames[place.frame]
        if "![" not in frame.source:
            return None
        figure = first_figure(self._blocks(place))
        pictures = self.pictures.beside(frame.origin)
        return pictures.get(face_source(figure), figure.alt) if figure is not None else None

    def _section(self, place: Place, setting: Setting, report: Report, *, cover: bool) -> DisplayList:
        from atelier.typeset.sections import put_section
        from atelier.typeset.worlds import put_art

        frame = self.deck.frames[place.frame]
        width = FRAME_HEIGHT * place.ratio
        nested = self._sections_around(place)
        ground = surfaces.section_field(self.theme, width, seed_of(frame.id), setting.hue, nested=nested)
        paged = any(self.canvas.places[c].page for c in place.children)
        blocks = () if paged or cover else self._blocks(place)
        sheet = Sheet()
        put_art(sheet, place, setting)
        self._put_arrows(sheet, place, setting)
        put_section(sheet, frame, place, blocks, setting, cover=cover)
        if nested:
            sheet.items += surfaces.section_rim(self.theme, width, 7.0 if cover else 5.0)
        return self._list(place, ground, sheet, report)

    def _sections_around(self, place: Place) -> int:
        """How many sections a section lies in, one directly in the other."""
        count = 0
        while place.parent >= 0 and self.canvas.places[place.parent].surface is Surface.SECTION:
            place = self.canvas.places[place.parent]
            count += 1
        return count

    def _section_chip(self, place: Place, setting: Setting, report: Report) -> DisplayList:
        from atelier.typeset.sections import band_height

        width = FRAME_HEIGHT * place.ratio
        nested = self._sections_around(place)
        items = surfaces.section_field(self.theme, width, 0, setting.hue, nested=nested, plain=True)
        items += surfaces.band(self.theme, width, band_height(place), 0, setting.hue, plain=True)
        if nested:
            items += surfaces.section_rim(self.theme, width, 20.0)
        return self._list(place, items, Sheet(), report)

    def _world(self, place: Place, setting: Setting, report: Report) -> DisplayList:
        from atelier.typeset.worlds import put_world

        frame = self.deck.frames[place.frame]
        paged = any(self.canvas.places[c].page for c in place.children)
        blocks = () if paged else self._blocks(place)
        sheet = Sheet()
        if frame.node is None:
            put_world(sheet, frame, place, blocks, setting)
        self._put_arrows(sheet, place, setting)
        return self._list(place, [], sheet, report)

    def _list(self, place: Place, ground: list[Item], sheet: Sheet, report: Report) -> DisplayList:
        items = [*ground, *sheet.items]
        items, links, clocks, steps = _renumbered(items, sheet)
        bounds = surfaces.bounds_of(items, place.size)
        size = Size(FRAME_HEIGHT * place.ratio, FRAME_HEIGHT)
        return DisplayList(size, tuple(items), links, steps, tuple(report.diagnostics), bounds, clocks)


def _renumbered(items: list[Item], sheet: Sheet) -> tuple[list[Item], tuple[LinkBox, ...], tuple[ClockBox, ...], int]:
    """Steps counted from 1 without gaps: a continuation page starts with what it shows first."""
    used = sorted(
        {s for item in items for s in (item.step, item.until) if s > 0} | {ln.step for ln in sheet.links if ln.step}
    )
    if used == list(range(1, len(used) + 1)):
        return items, tuple(sheet.links), tuple(sheet.clocks), len(used)
    number = {0: 0} | {step: i for i, step in enumerate(used, 1)}
    moved = [replace(i, step=number[i.step], until=number[i.until]) if i.step or i.until else i for i in items]
    links = tuple(replace(ln, step=number[ln.step]) for ln in sheet.links)
    clocks = tuple(replace(clock, step=number.get(clock.step, 0)) for clock in sheet.clocks)
    return moved, links, clocks, len(used)
