"""Nodes of a canvas as cards: text, notes, pictures, links, other files; and groups with their label above.

A card is set at the size it has on its canvas, where a unit is a pixel beside body text of 16, and then drawn at the
size its frame has: corners, lines and letters are the same on all of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from atelier.deck.types import FreeNode, NodeKind
from atelier.foundation.geometry import FRAME_HEIGHT, Rect
from atelier.typeset.canvas_colours import canvas_colour
from atelier.typeset.cards import as_title, report_overfull, title_of
from atelier.typeset.display import BoxItem, LinkBox, PictureItem, ShadowItem
from atelier.typeset.fit import fit
from atelier.typeset.pieces import Piece, Sheet, extent, shrunk, stack
from atelier.typeset.qr_code import qr_path
from atelier.typeset.setting import H, colour, mixed
from atelier.typeset.surfaces import path_item, shadow
from atelier.typeset.text import TextStyle, set_text
from atelier.typeset.titles import fit_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.canvas.types import Place
    from atelier.deck.types import Frame
    from atelier.markup.blocks import Block
    from atelier.typeset.display import Item
    from atelier.typeset.setting import Setting

PIXEL: Final = 2.5
"""Frame units of a canvas unit while a card is set: body text of 16 is then the theme's 4 h."""
_PAD_X: Final = 20.0 * PIXEL
_PAD_Y: Final = 14.0 * PIXEL
_RADIUS: Final = 10.0 * PIXEL
_EDGE: Final = 1.2 * PIXEL
_EDGE_IN_COLOUR: Final = 2.4 * PIXEL
_TINT: Final = 0.1
_SMALLER: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.42)
_PAGED: Final = 0.6
"""The scale of text that goes on over several pages."""
_WIDE: Final = 2.5
_GROUP_TINT: Final = 0.08
_LABEL_NEAR: Final = 3.4 * H
_LABEL_FAR: Final = 7.0 * H
_TITLE: Final = 6.0 * H
_ONE_LINE: Final = 20_000.0
_CODE_SHARE: Final = 0.46
"""The most of a link's width that its code takes."""


def scale_of(node: FreeNode) -> float:
    """What a card that was set is enlarged by to fill its frame."""
    return FRAME_HEIGHT / (max(node.height, 1.0) * PIXEL)


def card_ground(node: FreeNode, ratio: float, setting: Setting, *, plain: bool = False) -> list[Item]:
    """The card under a node; `plain` leaves out what cannot be seen from afar."""
    theme = setting.theme
    k = scale_of(node)
    box = Rect(0.0, 0.0, FRAME_HEIGHT * ratio, FRAME_HEIGHT)
    own = canvas_colour(theme, node.colour)
    card = colour(theme.colours.card)
    fill = mixed(card, colour(own), _TINT) if own else card
    edge = colour(own or theme.colours.line)
    width = (_EDGE_IN_COLOUR if own else _EDGE) * k
    radius = min(_RADIUS * k, FRAME_HEIGHT / 4, box.width / 4)
    items: list[Item] = []
    if not plain:
        items += [_nearer(item, k) for item in shadow(theme, _zoomed(box, 1 / k), _RADIUS)]
    inner = box.inset(min(width / 2, box.width / 4, FRAME_HEIGHT / 4))
    items.append(BoxItem(bounds=inner, radius=radius, fill=fill, stroke=edge, stroke_width=min(width, 40.0)))
    return items


def group_ground(frame: Frame, ratio: float, setting: Setting, *, plain: bool = False) -> list[Item]:
    """The field of a group, in its colour or the hue of its branch."""
    node = frame.node
    k = scale_of(node) if node is not None else 1.0
    own = canvas_colour(setting.theme, node.colour) if node is not None else ""
    card = colour(setting.theme.colours.card)
    tint = colour(own) if own else setting.hue
    box = Rect(0.0, 0.0, FRAME_HEIGHT * ratio, FRAME_HEIGHT)
    width = min((_EDGE_IN_COLOUR if own else _EDGE) * k, 40.0)
    radius = min(1.6 * _RADIUS * k, FRAME_HEIGHT / 8, box.width / 8)
    fill, edge = mixed(card, tint, _GROUP_TINT), mixed(card, tint, 0.9 if own else 0.35)
    if plain:
        return [BoxItem(bounds=box, radius=radius, fill=fill)]
    return [BoxItem(bounds=box.inset(width / 2), radius=radius, fill=fill, stroke=edge, stroke_width=width)]


def set_node(frame: Frame, place: Place, blocks: tuple[Block, ...], setting: Setting) -> list[Sheet]:
    """The pages of a node's content, without its ground."""
    node = frame.node
    assert node is not None
    k = scale_of(node)
    width, height = FRAME_HEIGHT * place.ratio / k, FRAME_HEIGHT / k
    if node.kind is NodeKind.PICTURE:
        return [_picture(node, frame, place, setting)]
    if node.kind is NodeKind.LINK:
        pages = [_link(node, width, height, setting)]
    elif node.kind in {NodeKind.TEXT, NodeKind.NOTE}:
        title = frame.title if node.kind is NodeKind.NOTE else ""
        pages = _text(frame, title, blocks, width, height, setting)
    else:
        pages = [_named(frame, width, height, setting)]
    sheets: list[Sheet] = []
    for page in pages:
        sheet = Sheet()
        sheet.put(shrunk(page, k), 0.0, 0.0)
        sheets.append(sheet)
    return sheets


def put_node_cover(sheet: Sheet, frame: Frame, place: Place, setting: Setting) -> None:
    """The first words of a card too large for its letters to be read from afar."""
    width = FRAME_HEIGHT * place.ratio
    pad = min((7.0 if place.ratio < _WIDE else 12.0) * H, width * 0.1)
    style = TextStyle(
        size=min(max(20.0, 14.0 * place.ratio), 56.0) * H,
        line=1.1,
        colour=setting.ink,
        family="titles",
        optical=setting.theme.fonts.titles.optical.cover,
    )
    room = FRAME_HEIGHT - 2 * pad
    lines = fit_title(title_of(frame), width - 2 * pad, room, style, setting, smallest=2.0 * H, most_lines=6)
    piece = lines.piece()
    if piece.height > room:
        piece = shrunk(piece, room / piece.height)
    sheet.put(piece, pad, pad + 0.4 * (room - piece.height))


def put_label(sheet: Sheet, frame: Frame, place: Place, setting: Setting, *, far: bool) -> None:
    """The title of a group, above it."""
    if not frame.title:
        return
    node = frame.node
    own = canvas_colour(setting.theme, node.colour) if node is not None else ""
    ink = colour(own) if own else setting.ink
    size = _LABEL_FAR if far else _LABEL_NEAR
    style = TextStyle(size=size, line=1.1, colour=ink, family="titles", optical=setting.theme.fonts.titles.optical.band)
    width = FRAME_HEIGHT * place.ratio
    lines = fit_title(title_of(frame), width, size * 1.2, style, setting, smallest=1.6 * H, most_lines=1)
    piece = lines.piece()
    if piece.height > size * 1.3:
        piece = shrunk(piece, size * 1.3 / piece.height)
    sheet.put(piece, 0.0, -piece.height - 0.6 * H)


# --- what stands on a card ----------------------------------------------------------------------------------------


def _text(
    frame: Frame, title: str, blocks: Sequence[Block], width: float, height: float, setting: Setting
) -> list[Piece]:
    """Text from the top, smaller where there is much of it, over pages where it would be too small to read."""
    pad_x, pad_y = min(_PAD_X, width * 0.12), min(_PAD_Y, height * 0.12)
    inner, room = max(width - 2 * pad_x, 1.0), max(height - 2 * pad_y, 1.0)
    for scale in _SMALLER:
        wide, tall = inner / scale, room / scale
        head = _heading(title, wide, setting)
        rows = setting.compose(blocks, wide, replace(setting, picture_height=tall - head.height))
        used = extent(rows) + head.height
        if used <= tall or (scale == _SMALLER[-1] and used <= tall * 1.01):
            body = Piece(wide, tall)
            body.add(0.0, 0.0, head)
            body.add(0.0, head.height, stack(rows, wide))
            return [_on(shrunk(body, scale), width, height, pad_x, pad_y)]
    wide, tall = inner / _PAGED, room / _PAGED
    head = _heading(title, wide, setting)
    fitted = fit(blocks, wide, max(tall - head.height, tall / 2), setting, largest=1.0)
    report_overfull(frame, len(fitted.pages), setting)
    pages: list[Piece] = []
    for page in fitted.pages:
        body = Piece(wide, tall)
        body.add(0.0, 0.0, head)
        body.add(0.0, head.height, page)
        pages.append(_on(shrunk(body, _PAGED), width, height, pad_x, pad_y))
    return pages


def _on(piece: Piece, width: float, height: float, x: float, y: float) -> Piece:
    out = Piece(width, height)
    out.add(x, y, piece)
    return out


def _heading(title: str, width: float, setting: Setting) -> Piece:
    if not title:
        return Piece(width, 0.0)
    style = TextStyle(
        size=_TITLE,
        line=1.1,
        colour=setting.ink,
        family="titles",
        optical=setting.theme.fonts.titles.optical.title,
    )
    piece = as_title(set_text(title, width, style, setting).piece())
    piece.height += 2.0 * H
    return piece


def _picture(node: FreeNode, frame: Frame, place: Place, setting: Setting) -> Sheet:
    """The picture, whole, as large as its frame allows."""
    picture = setting.pictures.get(node.reference, frame.title, setting.report, frame.line)
    width = FRAME_HEIGHT * place.ratio
    wide = min(width, FRAME_HEIGHT * picture.ratio)
    tall = wide / picture.ratio
    box = Rect((width - wide) / 2, (FRAME_HEIGHT - tall) / 2, wide, tall)
    sheet = Sheet()
    sheet.put(PictureItem(bounds=box, picture=picture, radius=min(_RADIUS * scale_of(node), tall / 4)), 0.0, 0.0)
    return sheet


def _link(node: FreeNode, width: float, height: float, setting: Setting) -> Piece:
    """The address, and beside or below it a code that a telephone reads."""
    pad = min(_PAD_X, width * 0.08, height * 0.08)
    beside = width >= height
    side = min(height - 2 * pad, (width - 2 * pad) * _CODE_SHARE) if beside else min(width - 2 * pad, height * 0.6)
    code = _code(node.reference, side)
    out = Piece(width, height)
    room = Rect(pad, pad, width - 2 * pad, height - 2 * pad)
    if code is not None and beside:
        out.add(width - pad - side, (height - side) / 2, code)
        room = Rect(pad, pad, width - 3 * pad - side, height - 2 * pad)
    elif code is not None:
        out.add((width - side) / 2, pad, code)
        room = Rect(pad, 2 * pad + side, width - 2 * pad, height - 3 * pad - side)
    parts = _parts(node.reference)
    style = TextStyle(size=5.0 * H, line=1.15, colour=setting.ink, weight=640)
    lines = set_text(parts[0], _ONE_LINE, style, setting)
    host = shrunk(lines.piece(), min(1.0, room.width / max(lines.natural, 1.0)))
    words = Piece(room.width, host.height)
    words.add(0.0, 0.0, host)
    if parts[1]:
        small = TextStyle(size=3.4 * H, line=1.3, colour=setting.muted)
        rest = set_text(parts[1], room.width, small, setting).piece()
        words.add(0.0, host.height + 1.2 * H, rest)
        words.height += 1.2 * H + rest.height
    if words.height > room.height > 0:
        words = shrunk(words, room.height / words.height)
    out.add(room.x, room.y + max(room.height - words.height, 0.0) / 2, words)
    if code is not None:
        out.links.append(LinkBox(Rect(0.0, 0.0, width, height), node.reference))
    return out


def _parts(address: str) -> tuple[str, str]:
    """Host and the rest of an address, with room for breaks in it."""
    try:
        found = urlsplit(address)
    except ValueError:
        return address[:300], ""
    if found.scheme not in {"http", "https"} or not found.netloc:
        return address[:300] or "—", ""
    rest = address.partition(found.netloc)[2]
    rest = rest if rest != "/" else ""
    for sign in "/?&=-_.":
        rest = rest.replace(sign, sign + "\u200b")
    return found.netloc.removeprefix("www."), rest[:400]


def _code(address: str, side: float) -> Piece | None:
    """A QR code on white, with the quiet zone it needs; None for what nobody can follow."""
    if not address.startswith(("http://", "https://")) or side < 10.0 * H:
        return None
    code = qr_path(address, side)
    if code is None:
        return None
    path, module = code
    out = Piece(side, side)
    out.add(0.0, 0.0, BoxItem(bounds=Rect(0.0, 0.0, side, side), radius=module * 2, fill=colour("#FFFFFF")))
    out.add(0.0, 0.0, path_item(path, colour("#000000")))
    return out


def _named(frame: Frame, width: float, height: float, setting: Setting) -> Piece:
    """A file that is not shown: its name, and what it is."""
    pad = min(_PAD_X, width * 0.08, height * 0.08)
    style = TextStyle(size=4.6 * H, line=1.2, colour=setting.ink, weight=600)
    name = set_text(frame.title, max(width - 2 * pad, 1.0), style, setting).piece()
    if name.height > height - 2 * pad:
        name = shrunk(name, (height - 2 * pad) / name.height)
    out = Piece(width, height)
    out.add(pad, (height - name.height) / 2, name)
    return out


def _zoomed(box: Rect, k: float) -> Rect:
    return Rect(box.x * k, box.y * k, box.width * k, box.height * k)


def _nearer(item: Item, k: float) -> Item:
    """A shadow, enlarged."""
    if not isinstance(item, ShadowItem):
        return item
    return replace(
        item,
        bounds=_zoomed(item.bounds, k),
        box=_zoomed(item.box, k),
        radius=item.radius * k,
        offset=item.offset * k,
        blur=item.blur * k,
    )
