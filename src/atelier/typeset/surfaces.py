"""What a frame is made of: world, section, card and chip, as display items behind the text."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QGradient,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
    QTransform,
)

from atelier.deck import contrast
from atelier.foundation.geometry import FRAME_HEIGHT, Rect
from atelier.typeset import art
from atelier.typeset.display import BoxItem, PathItem, ShadowItem, union
from atelier.typeset.setting import H, colour, faded, mixed

if TYPE_CHECKING:
    from atelier.deck.looks import Gradient, Theme
    from atelier.typeset.display import Item


@lru_cache(maxsize=128)
def vertical(stops: Gradient, opacity: float = 1.0) -> QBrush:
    """A gradient from top to bottom of whatever it fills. The result is shared: never changed."""
    gradient = QLinearGradient(0.0, 0.0, 0.0, 1.0)
    gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    for stop in stops:
        gradient.setColorAt(stop.at, colour(stop.colour, opacity))
    return QBrush(gradient)


@lru_cache(maxsize=32)
def _between(stops: Gradient, top: float, bottom: float) -> QBrush:
    """A gradient from `top` to `bottom` of the frame, the same for all pieces of a layer. Shared: never changed."""
    gradient = QLinearGradient(0.0, top, 0.0, bottom)
    for stop in stops:
        gradient.setColorAt(stop.at, colour(stop.colour))
    return QBrush(gradient)


def vertical_colours(top: QColor, bottom: QColor) -> QBrush:
    gradient = QLinearGradient(0.0, 0.0, 0.0, 1.0)
    gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
    gradient.setColorAt(0.0, top)
    gradient.setColorAt(1.0, bottom)
    return QBrush(gradient)


def _in_hue(hue: QColor, text: str) -> QBrush:
    """The ground of a band or panel in its hue, deeper below."""
    top, bottom = contrast.in_hue(hue.name().upper(), text)
    return vertical_colours(colour(top), colour(bottom))


def path_item(
    path: QPainterPath, fill: QBrush | QColor | None = None, pen: QPen | None = None, *, x: float = 0.0, y: float = 0.0
) -> PathItem:
    box = path.boundingRect()
    grow = pen.widthF() / 2 if pen is not None else 0.0
    bounds = Rect(
        box.x() + x - grow, box.y() + y - grow, max(box.width(), 0.1) + 2 * grow, max(box.height(), 0.1) + 2 * grow
    )
    return PathItem(bounds=bounds, path=path, x=x, y=y, fill=fill, pen=pen)


def stroke(ink: QColor, width: float) -> QPen:
    return QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def shadow(theme: Theme, box: Rect, radius: float, opacity: float | None = None) -> list[Item]:
    """What a card throws on its ground; `opacity` instead of the theme's."""
    look = theme.shadow
    opacity = look.opacity if opacity is None else opacity
    if not opacity or not look.blur:
        return []
    blur, offset = look.blur * H, look.y * H
    bounds = box.inset(-2 * blur - 2.0)
    bounds = Rect(bounds.x, bounds.y, bounds.width, bounds.height + offset)
    return [
        ShadowItem(
            bounds=bounds,
            box=box,
            radius=radius,
            colour=colour(look.colour, opacity),
            offset=offset,
            blur=blur,
        )
    ]


def card(theme: Theme, width: float, seed: int, *, in_hollow: bool = False) -> list[Item]:
    """The ground of a frame without children; a case lies in a hollow of the crumb."""
    look = theme.card
    radius = look.radius * H
    box = Rect(0.0, 0.0, width, FRAME_HEIGHT)
    items: list[Item] = []
    if in_hollow:
        blob, rim = art.hollow(seed % 8, width)
        items.append(path_item(blob, colour(theme.crumb.hollow)))
        light = colour(theme.crumb.hollow_rim, theme.crumb.hollow_rim_opacity)
        items.append(path_item(rim, None, stroke(light, 12.0)))
    items += shadow(theme, box, radius)
    edge = colour(look.edge_colour) if look.edge_width and look.outline == "plain" else None
    items.append(_edged(box, radius, vertical(look.stops), edge, look.edge_width * H))
    if look.outline == "chalk":
        ink = mixed(colour(theme.colours.ink), colour(theme.colours.card), 0.18)
        items += _chalk_outline(seed, width, ink, colour(theme.colours.card), 6.0)
    elif look.inner_line_width:
        items.append(
            BoxItem(
                bounds=box.inset(look.inner_line_inset * H),
                radius=look.inner_line_radius * H,
                stroke=colour(look.inner_line_colour),
                stroke_width=look.inner_line_width * H,
            )
        )
    return items


def _edged(box: Rect, radius: float, fill: QBrush, edge: QColor | None, width: float) -> BoxItem:
    """A box with its edge just inside, so that neighbours keep their distance."""
    if edge is None:
        return BoxItem(bounds=box, radius=radius, fill=fill)
    return BoxItem(bounds=box.inset(width / 2), radius=radius - width / 2, fill=fill, stroke=edge, stroke_width=width)


def _chalk_outline(seed: int, width: float, ink: QColor, ground: QColor, thickness: float) -> list[Item]:
    """Two strokes, the thin one below; mixed with their ground, so that no overlap shows where their pieces meet."""
    thin = stroke(mixed(ground, ink, _FAINT_CHALK), thickness * 0.45)
    thick = stroke(mixed(ground, ink, _CHALK), thickness)
    for pen in (thin, thick):
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # a third of the time that round ends take
    pens = ((seed % 16 + 16, thin), (seed % 16, thick))
    items: list[Item] = []
    for variant, pen in pens:
        items += [path_item(piece, None, pen) for piece in art.chalk_box(variant, width, FRAME_HEIGHT, 6.0, 26.0)]
    return items


def card_chip(theme: Theme, width: float, hue: QColor) -> list[Item]:
    """A card from afar: a bar in its hue and two grey ones."""
    look = theme.card
    ink = colour(theme.colours.ink, look.chip_text_opacity)
    k = width / 1778
    return [
        BoxItem(bounds=Rect(0.0, 0.0, width, FRAME_HEIGHT), radius=look.radius * H, fill=colour(look.chip)),
        BoxItem(bounds=Rect(120 * k, 130, 230 * k, 110), radius=30, fill=faded(hue, look.chip_bar_opacity)),
        BoxItem(bounds=Rect(120 * k, 634, 1180 * k, 96), radius=30, fill=ink),
        BoxItem(bounds=Rect(120 * k, 784, 760 * k, 96), radius=30, fill=ink),
    ]


_NESTED_LIGHT = 0.2
"""Share of the cream's colour in the crumb of every second section inside a section."""
_RIM_OPACITY = 0.62
_CHALK, _FAINT_CHALK = 0.9, 0.5
"""How much of a stroke's colour chalk leaves on its ground."""
_TINTS = (0.09, 0.18)
"""Shares of the hue in the ground of a tinted section, at its top and its bottom."""


def section_field(
    theme: Theme, width: float, seed: int, hue: QColor, *, nested: int = 0, plain: bool = False
) -> list[Item]:
    """The ground under a section's children; `plain` leaves out what cannot be seen from afar.

    `nested` counts the sections around it: crumb in crumb is now lighter, now as dark.
    """
    look = theme.field
    radius = look.radius * H
    box = Rect(0.0, 0.0, width, FRAME_HEIGHT)
    edge = colour(look.edge_colour) if look.edge_width and look.kind != "chalk" else None
    if look.kind == "tint":
        card_colour = colour(theme.colours.card)
        least, most = (mixed(card_colour, hue, share) for share in _TINTS)
        fill = vertical_colours(least, most)
        edge = most if edge is not None else None
    elif look.kind == "crumb" and nested % 2:
        cream = colour(theme.crumb.cream)
        lighter = tuple(s._replace(colour=mixed(colour(s.colour), cream, _NESTED_LIGHT).name()) for s in look.stops)
        fill = vertical(lighter, look.opacity)
    else:
        fill = vertical(look.stops, look.opacity)
    items: list[Item] = [] if plain else shadow(theme, box, radius)
    items.append(_edged(box, radius, fill, edge, look.edge_width * H))
    if look.kind == "crumb" and not plain:
        items += _crumb(theme, width, seed, nested)
    elif look.kind == "chalk" and not plain:
        items += _chalk_outline(seed, width, hue, colour(look.stops[0].colour), 7.0)
    return items


def section_rim(theme: Theme, width: float, thickness: float) -> list[Item]:
    """The line of cream around a section that lies in crumb, over its band; other grounds are told apart without."""
    if theme.field.kind != "crumb":
        return []
    box = Rect(0.0, 0.0, width, FRAME_HEIGHT).inset(thickness / 2)
    ink = colour(theme.crumb.cream, _RIM_OPACITY)
    radius = theme.field.radius * H - thickness / 2
    return [BoxItem(bounds=box, radius=radius, stroke=ink, stroke_width=thickness)]


def _crumb(theme: Theme, width: float, seed: int, nested: int) -> list[Item]:
    """Layers, pores and their rims; the colours are mixed beforehand, for blending takes as long as filling."""
    look = theme.crumb
    drawing = art.crumb(
        seed % art.CRUMBS,
        width,
        look.ganache_top * FRAME_HEIGHT,
        look.ganache_height * FRAME_HEIGHT,
        look.second_top * FRAME_HEIGHT,
        look.second_height * FRAME_HEIGHT,
    )
    items: list[Item] = []
    tops = (look.ganache_top, look.second_top)
    for pieces, top, height in zip(drawing.ganache, tops, (look.ganache_height, look.second_height), strict=True):
        fill = _between(look.ganache, (top - 0.0045) * FRAME_HEIGHT, (top + height + 0.0045) * FRAME_HEIGHT)
        items += [path_item(piece, fill) for piece in pieces]
    items.append(path_item(drawing.edges, None, QPen(colour(look.ganache_edge, look.ganache_edge_opacity), 3.0)))
    items += [path_item(piece, colour(look.cream)) for piece in drawing.cream]
    stops = theme.field.stops
    dough = colour(stops[len(stops) // 2].colour)
    if nested % 2:
        dough = mixed(dough, colour(look.cream), _NESTED_LIGHT)
    dark = mixed(dough, colour(look.pore), look.pore_opacity)
    light = stroke(mixed(dough, colour(look.rim), look.rim_opacity), 2.6)
    items += [path_item(pores, dark) for pores in drawing.pores]
    items += [path_item(rims, None, light) for rims in drawing.rims]
    return items


def band(theme: Theme, width: float, height: float, seed: int, hue: QColor, *, plain: bool = False) -> list[Item]:
    """The head of a section, `height` units from its top, behind the cards; `plain` has a straight edge."""
    look = theme.band
    radius = theme.field.radius * H
    if look.kind == "chalk":
        inner = Rect(14.0, 14.0, width - 28, height - 20)
        ground: list[Item] = [BoxItem(bounds=inner, radius=20.0, fill=vertical(look.stops))]
        chalk = stroke(mixed(colour(look.stops[-1].colour), hue, _CHALK), 8.0)
        return [*ground, path_item(art.chalk_line(seed % 16, 80.0, height - 10, width - 80.0), None, chalk)]
    fill = _in_hue(hue, look.text) if look.kind == "hue" else vertical(look.stops)
    if look.kind in {"hue", "plain"}:
        box = Rect(0.0, 0.0, width, height)
        edge = colour(look.edge_colour) if look.edge_width else None
        under = [] if plain else shadow(theme, box, radius, look.shadow_opacity)
        return [*under, _edged(box, radius, fill, edge, look.edge_width * H)]
    if plain:
        head = QPainterPath()
        head.setFillRule(Qt.FillRule.WindingFill)
        head.addRoundedRect(QRectF(0.0, 0.0, width, height), radius, radius)
        head.addRect(QRectF(0.0, radius, width, height - radius))
        return [path_item(head.simplified(), fill)]
    drawing = art.glaze(seed % 64, width, height - 12.0, look.drip_shortest * H * 0.8, look.drip_longest * H, radius)
    items: list[Item] = [path_item(drawing.path, fill)]
    sheen = QPainterPath(QPointF(44.0, 17.0))
    sheen.lineTo(width - 44.0, 17.0)
    items.append(path_item(sheen, None, stroke(colour(look.sheen, look.sheen_opacity), 5.0)))
    light = colour(look.drip_sheen, look.drip_sheen_opacity)
    for x, top, bottom, thickness in drawing.lights:
        line = QPainterPath(QPointF(x, top))
        line.lineTo(x, bottom)
        items.append(path_item(line, None, stroke(light, thickness)))
    return items


def panel(theme: Theme, box: Rect, *, hue: QColor) -> list[Item]:
    """The ground of a section's own text where it has no band."""
    look = theme.panel
    fill = _in_hue(hue, look.text) if look.kind == "hue" else vertical(look.stops)
    return [BoxItem(bounds=box, radius=look.radius * H, fill=fill)]


def world(theme: Theme, root: Rect, area: Rect) -> list[Item]:
    """The light of the whole canvas over `area`: an ellipse around a place of the root, going on beyond."""
    look = theme.world
    centre = QPointF(root.x + look.centre_x * root.width, root.y + look.centre_y * root.height)
    gradient = QRadialGradient(QPointF(0.0, 0.0), 1.0)
    for stop in look.stops:
        gradient.setColorAt(stop.at, colour(stop.colour))
    brush = QBrush(gradient)
    brush.setTransform(
        QTransform().translate(centre.x(), centre.y()).scale(look.radius_x * root.width, look.radius_y * root.height)
    )
    items: list[Item] = [BoxItem(bounds=area, fill=brush)]
    if look.glow_opacity:
        light = QRadialGradient(QPointF(0.0, 0.0), 1.0)
        light.setColorAt(0.0, colour(look.glow, look.glow_opacity))
        light.setColorAt(1.0, colour(look.glow, 0.0))
        glow = QBrush(light)
        glow.setTransform(
            QTransform()
            .translate(root.x + look.glow_x * root.width, root.y + look.glow_y * root.height)
            .scale(look.glow_radius_x * root.width, look.glow_radius_y * root.height)
        )
        items.append(BoxItem(bounds=area, fill=glow))
    return items


_CLOSEST_DOTS = 1.6
_SMEAR_SCALE = 8.0
"""Frame units of a pixel of the smears."""


def decoration(theme: Theme, root: Rect) -> list[Item]:
    """Dots, stars or smears over the root and its surroundings, as far as one flies."""
    look = theme.world
    if look.decoration == "none" or not look.decoration_opacity:
        return []
    ink = colour(look.decoration_colour)
    area = root.inset(-0.25 * root.width, -0.25 * root.height)
    items: list[Item] = []
    if look.decoration == "dots":
        fill = faded(ink, look.decoration_opacity)
        rows = art.dots(area.width, area.height, max(look.decoration_pitch, _CLOSEST_DOTS) * H)
        items += [path_item(row, fill, x=area.x, y=area.y) for row in rows]
    elif look.decoration == "stars":
        for x, y, r, opacity in art.stars(area.width, area.height):
            star = Rect(area.x + x - r, area.y + y - r, 2 * r, 2 * r)
            items.append(BoxItem(bounds=star, radius=r, fill=faded(ink, opacity * look.decoration_opacity)))
    else:
        texture = QBrush(_smeared(area.width, area.height, faded(ink, look.decoration_opacity).rgba()))
        texture.setTransform(QTransform().translate(area.x, area.y).scale(_SMEAR_SCALE, _SMEAR_SCALE))
        items.append(BoxItem(bounds=area, fill=texture))
    return items


@lru_cache(maxsize=4)
def _smeared(width: float, height: float, rgba: int) -> QImage:
    """What a sponge leaves on a board, small: it is all soft."""
    image = QImage(
        math.ceil(width / _SMEAR_SCALE), math.ceil(height / _SMEAR_SCALE), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(Qt.GlobalColor.transparent)
    ink = QColor.fromRgba(rgba)
    gradient = QRadialGradient(0.0, 0.0, 1.0)
    gradient.setColorAt(0.0, ink)
    gradient.setColorAt(1.0, faded(ink, 0.0))
    painter = QPainter(image)
    painter.scale(1 / _SMEAR_SCALE, 1 / _SMEAR_SCALE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(gradient))
    for x, y, rx, ry, angle in art.smears(width, height):
        painter.save()
        painter.translate(x, y)
        painter.rotate(angle)
        painter.scale(rx, ry)
        painter.drawEllipse(QPointF(0.0, 0.0), 1.0, 1.0)
        painter.restore()
    painter.end()
    return image


def bounds_of(items: list[Item], frame: Rect) -> Rect:
    """What the items reach, at least the frame."""
    return union([frame, *(item.bounds for item in items)])
