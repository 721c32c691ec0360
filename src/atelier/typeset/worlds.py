"""The root: no card, but the drawing or art it owns, and the deck's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPen

from atelier.canvas.types import CakeArt, Drawing, Ellipse, Spot
from atelier.typeset.display import PictureItem
from atelier.typeset.sections import put_root_text
from atelier.typeset.setting import H, colour
from atelier.typeset.surfaces import path_item

if TYPE_CHECKING:
    from atelier.canvas.types import Place
    from atelier.deck.types import Frame
    from atelier.markup.blocks import Block
    from atelier.typeset.pieces import Sheet
    from atelier.typeset.setting import Setting

_ALONE = (16.0 * H, 16.0 * H)
"""Margins of a title that is all a deck says."""


def put_world(sheet: Sheet, frame: Frame, place: Place, blocks: tuple[Block, ...], setting: Setting) -> None:
    """Art first, then title and lead in the root's own rectangle."""
    put_art(sheet, place, setting)
    if place.spot is Spot.WHOLE:
        put_root_text(sheet, frame, blocks, place.size.inset(*_ALONE), setting, centred=True)
        return
    centred = place.spot is Spot.PANEL and isinstance(place.art, Ellipse)
    put_root_text(sheet, frame, blocks, place.spot_rect, setting, centred=centred)


def put_art(sheet: Sheet, place: Place, setting: Setting) -> None:
    """What a frame with children draws behind them."""
    art = place.art
    if isinstance(art, Ellipse):
        _put_ellipse(sheet, art, setting)
    elif isinstance(art, CakeArt):
        from atelier.typeset.cake import put_cake

        put_cake(sheet, art, place.ratio, setting)
    elif isinstance(art, Drawing):
        picture = setting.pictures.get(art.file, "", setting.report, setting.line, clear=art.clear)
        if not picture.missing:
            sheet.put(PictureItem(bounds=art.rect, picture=picture), 0.0, 0.0)


def _put_ellipse(sheet: Sheet, ellipse: Ellipse, setting: Setting) -> None:
    path = QPainterPath()
    path.addEllipse(QPointF(ellipse.cx, ellipse.cy), ellipse.rx, ellipse.ry)
    sheet.items.append(path_item(path, None, QPen(colour(setting.theme.colours.line), 3.0)))
    dots = QPen(colour(setting.theme.colours.accent, 0.35), 2.0)
    dots.setDashPattern([1.0, 7.0])
    dots.setCapStyle(Qt.PenCapStyle.RoundCap)
    sheet.items.append(path_item(path, None, dots))
