"""What a frame is made of: world, section, card and chip, as display items behind the text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QGradient, QLinearGradient, QPainterPath, QPen, QRadialGradient, QTransform

from atelier.foundation.geometry import FRAME_HEIGHT, Rect
from atelier.typeset import art
from atelier.typeset.display import BoxItem, PathItem, ShadowItem, union
from atelier.typeset.setting import H, colour, faded, mixed

if TYPE_CHECKING:
    from atelier.deck.theme import Gradient, Theme
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


def shadow(theme: Theme, box: Rect, radius: float) -> list[Item]:
    look = theme.shadow
    if not look.opacity or not look.blur:
        return []
    blur, offset = look.blur * H, look.y * H
    bounds = box.inset(-2 * blur - 2.0)
    bounds = Rect(bounds.x, bounds.y, bounds.width, bounds.height + offset)
    return [
        ShadowItem(
            bounds=bounds,
            box=box,
            radius=radius,
            colour=colour(look.colour, look.opacity),
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
    items.append(
        BoxItem(bounds=box, radius=radius, fill=vertical(look.stops), stroke=edge, stroke_width=look.edge_width * H)
    )
    if look.outline == "chalk":
        ink = mixed(colour(theme.colours.ink), colour(theme.colours.card), 0.18)
        items += _chalk_outline(seed, width, ink, 6.0)
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


def _chalk_outline(seed: int, width: float, ink: QColor, thickness: float) -> list[Item]:
    first = art.chalk_box(seed % 16, width, FRAME_HEIGHT, 6.0, 26.0)
    second = art.chalk_box(seed % 16 + 16, width, FRAME_HEIGHT, 6.0, 26.0)
    return [
        path_item(first, None, stroke(faded(ink, 0.9), thickness)),
        path_item(second, None, stroke(faded(ink, 0.5), thickness * 0.45)),
    ]


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


def section_field(
    theme: Theme, width: float, seed: int, hue: QColor, *, nested: int = 0, plain: bool = False
) -> list[Item]:
    """The ground under a section's children; `plain` leaves out what cannot be seen from afar.

    `nested` counts the sections around it: crumb in crumb is now lighter, now as dark.
    """
    look = theme.field
    radius = look.radius * H
    box = Rect(0.0, 0.0, width, FRAME_HEIGHT)
    if look.kind == "tint":
        card_colour = colour(theme.colours.card)
        fill = vertical_colours(mixed(card_colour, hue, 0.09), mixed(card_colour, hue, 0.18))
    elif look.kind == "crumb" and nested % 2:
        cream = colour(theme.crumb.cream)
        lighter = tuple(s._replace(colour=mixed(colour(s.colour), cream, _NESTED_LIGHT).name()) for s in look.stops)
        fill = vertical(lighter, look.opacity)
    else:
        fill = vertical(look.stops, look.opacity)
    items: list[Item] = [] if plain else shadow(theme, box, radius)
    items.append(BoxItem(bounds=box, radius=radius, fill=fill))
    if look.kind == "crumb" and not plain:
        items += _crumb(theme, width, seed, nested)
    elif look.kind == "chalk" and not plain:
        items += _chalk_outline(seed, width, hue, 7.0)
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
        items: list[Item] = [
            BoxItem(bounds=Rect(14.0, 14.0, width - 28, height - 20), radius=20.0, fill=vertical(look.stops, 0.97))
        ]
        rule = art.chalk_line(seed % 16, 80.0, height - 10, width - 80.0)
        items.append(path_item(rule, None, stroke(faded(hue, 0.9), 8.0)))
        return items
    fill = vertical_colours(hue, mixed(hue, QColor(0, 0, 0), 0.22)) if look.kind == "hue" else vertical(look.stops)
    if look.kind != "glaze" or plain:
        head = QPainterPath()
        head.setFillRule(Qt.FillRule.WindingFill)
        head.addRoundedRect(QRectF(0.0, 0.0, width, height), radius, radius)
        if look.kind == "glaze":
            head.addRect(QRectF(0.0, radius, width, height - radius))
        return [path_item(head.simplified(), fill)]
    drawing = art.glaze(seed % 64, width, height - 12.0, look.drip_shortest * H * 0.8, look.drip_longest * H, radius)
    items = [path_item(drawing.path, fill)]
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
    fill = (
        vertical_colours(hue, mixed(hue, QColor(0, 0, 0), 0.22)) if theme.band.kind == "hue" else vertical(look.stops)
    )
    return [BoxItem(bounds=box, radius=look.radius * H, fill=fill)]


def world(theme: Theme, root: Rect, area: Rect) -> list[Item]:
    """The ground of the whole canvas over `area`: an ellipse of light around a place of the root, going on beyond."""
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
            QTransform().translate(root.x + 0.1 * root.width, root.bottom).scale(0.55 * root.width, 0.7 * root.height)
        )
        items.append(BoxItem(bounds=area, fill=glow))
    return items + _decoration(theme, root)


def _decoration(theme: Theme, root: Rect) -> list[Item]:
    """Dots, stars or smears over the root and its surroundings, as far as one flies."""
    look = theme.world
    if look.decoration == "none" or not look.decoration_opacity:
        return []
    ink = colour(look.decoration_colour)
    area = root.inset(-0.25 * root.width, -0.25 * root.height)
    items: list[Item] = []
    if look.decoration == "dots":
        fill = faded(ink, look.decoration_opacity)
        rows = art.dots(area.width, area.height, max(look.decoration_pitch * H, 8.0))
        items += [path_item(row, fill, x=area.x, y=area.y) for row in rows]
    elif look.decoration == "stars":
        for x, y, r, opacity in art.stars(area.width, area.height):
            star = Rect(area.x + x - r, area.y + y - r, 2 * r, 2 * r)
            items.append(BoxItem(bounds=star, radius=r, fill=faded(ink, opacity * look.decoration_opacity)))
    else:
        gradient = QRadialGradient(0.5, 0.5, 0.5)
        gradient.setCoordinateMode(QGradient.CoordinateMode.ObjectMode)
        gradient.setColorAt(0.0, faded(ink, look.decoration_opacity))
        gradient.setColorAt(1.0, faded(ink, 0.0))
        for x, y, rx, ry, angle in art.smears(area.width, area.height):
            smear = QPainterPath()
            smear.addEllipse(QPointF(0.0, 0.0), rx, ry)
            items.append(path_item(QTransform().rotate(angle).map(smear), QBrush(gradient), x=area.x + x, y=area.y + y))
    return items


def bounds_of(items: list[Item], frame: Rect) -> Rect:
    """What the items reach, at least the frame."""
    return union([frame, *(item.bounds for item in items)])
