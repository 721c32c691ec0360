"""The root: no card, but the drawing or art it owns, and the deck's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.canvas.types import CakeArt, Drawing, Ellipse, Spiral, Spot, Surface, Timeline, Tree
from atelier.typeset.display import PictureItem
from atelier.typeset.edges import put_ellipse, put_spiral, put_tree
from atelier.typeset.sections import put_root_text
from atelier.typeset.setting import H

if TYPE_CHECKING:
    from atelier.canvas.types import Place
    from atelier.deck.types import Frame
    from atelier.markup.blocks import Block
    from atelier.typeset.pieces import Sheet
    from atelier.typeset.setting import Setting

_ALONE = (16.0 * H, 16.0 * H)
"""Margins of a title that is all a deck says."""
_FROM_THE_MIDDLE = ("column", "tree")
"""Layouts that lie beside their title, half as high as they are."""


def put_world(sheet: Sheet, frame: Frame, place: Place, blocks: tuple[Block, ...], setting: Setting) -> None:
    """Art first, then title and lead in the root's own rectangle."""
    put_art(sheet, place, setting)
    if place.spot is Spot.WHOLE:
        put_root_text(sheet, frame, blocks, place.size.inset(*_ALONE), setting, centred=True)
        return
    centred = place.spot is Spot.PANEL and isinstance(place.art, Ellipse)
    middle = place.spot is Spot.SIDE and place.layout in _FROM_THE_MIDDLE
    put_root_text(sheet, frame, blocks, place.spot_rect, setting, centred=centred, middle=middle)


def put_art(sheet: Sheet, place: Place, setting: Setting) -> None:
    """What a frame with children draws behind them."""
    art = place.art
    field = setting.theme.field.kind if place.surface is Surface.SECTION else ""
    in_crumb = field == "crumb"
    if isinstance(art, Ellipse):
        put_ellipse(sheet, art, setting, tinted=field == "tint")
    elif isinstance(art, Spiral):
        put_spiral(sheet, art, setting, tinted=field == "tint")
    elif isinstance(art, Tree):
        put_tree(sheet, art, setting, in_crumb=in_crumb)
    elif isinstance(art, Timeline):
        from atelier.typeset.timeline import put_timeline

        put_timeline(sheet, art, setting, world=place.surface is Surface.WORLD, in_crumb=in_crumb)
    elif isinstance(art, CakeArt):
        from atelier.typeset.cake import put_cake

        put_cake(sheet, art, place.ratio, setting)
    elif isinstance(art, Drawing):
        picture = setting.pictures.get(art.file, "", setting.report, setting.line, clear=art.clear)
        if not picture.missing:
            sheet.put(PictureItem(bounds=art.rect, picture=picture), 0.0, 0.0)
