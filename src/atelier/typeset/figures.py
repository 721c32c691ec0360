"""Pictures with caption and credit: in the text, alone, in a row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.foundation.geometry import Rect
from atelier.markup.addresses import name_of
from atelier.markup.blocks import Align, Media, MediaKind, Text
from atelier.typeset import fonts
from atelier.typeset.display import BoxItem, LinkBox, PictureItem
from atelier.typeset.pictures import Picture
from atelier.typeset.pieces import Piece, Row
from atelier.typeset.setting import H, colour
from atelier.typeset.structure import Role, within
from atelier.typeset.text import TextStyle, set_inlines, set_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.blocks import Figure, Inline
    from atelier.typeset.media import Still
    from atelier.typeset.setting import Setting

CAPTION_GAP = 1.6 * H
ROW_GAP = 4.0 * H
MOST_IN_ROW = 4
_NARROWEST_CAPTION = 34 * H
_MOST_MAGNIFIED = 3.0
"""Frame units a pixel of a picture takes at most: an icon stays one."""


def face_source(block: Figure) -> str:
    """The picture that a figure shows; nothing for a film without a poster."""
    return block.poster if isinstance(block, Media) else block.source


def face_of(block: Figure, setting: Setting) -> Picture | Still:
    """What a figure shows: its picture, or the still face of a film or sound."""
    if isinstance(block, Media):
        from atelier.typeset.media import still_of

        return still_of(block, setting)
    return setting.pictures.get(block.source, block.alt, setting.report, block.line)


def rows_of_figure(block: Figure, width: float, setting: Setting) -> list[Row]:
    """A picture in a column: as wide as the column or as the author says, as high as is left."""
    picture = face_of(block, setting)
    height = setting.picture_height or width / 1.2
    piece = picture_piece(block, picture, width * (block.width or 1.0), height, setting)
    if piece.width >= width - 0.5:
        return [Row(piece)]
    out = Piece(width, piece.height)
    x = (width - piece.width) / 2 if not setting.level else 0.0
    if is_strip(block):
        x = width - piece.width if fonts.right_to_left("", setting.lang) else 0.0
    out.add(x, 0.0, piece)
    return [Row(out)]


def rows_of_figures(blocks: Sequence[Figure], width: float, setting: Setting) -> list[Row]:
    """Pictures that follow each other, in rows of up to four of equal heights."""
    height = setting.picture_height or width / 2.4
    rows: list[Row] = []
    for some in in_rows(blocks):
        if len(some) > 1 and not any(map(is_strip, some)):
            made = [Row(gallery(some, width, height, setting))]
        else:
            made = [row for block in some for row in rows_of_figure(block, width, setting)]
        for row in made if rows else made[1:]:
            row.gap = ROW_GAP * setting.gap
        rows += made
    return rows


def is_strip(block: Figure) -> bool:
    """Whether a figure is a sound without a picture, which is as flat wherever it stands."""
    return isinstance(block, Media) and block.kind is MediaKind.SOUND and not block.poster


def in_rows(blocks: Sequence[Figure]) -> list[Sequence[Figure]]:
    """`blocks` in as few rows of at most four as there can be, about equally many in each."""
    count = -(-len(blocks) // MOST_IN_ROW)
    each = -(-len(blocks) // max(count, 1))
    return [blocks[i : i + each] for i in range(0, len(blocks), max(each, 1))]


def lone_figure(block: Figure, width: float, height: float, setting: Setting) -> Piece:
    """A picture, film or sound that has the whole body."""
    if is_strip(block):
        from atelier.typeset.media import LARGEST_STRIP

        setting = setting.scaled(LARGEST_STRIP)
    picture = face_of(block, setting)
    piece = picture_piece(block, picture, width * (block.width or 1.0), height, setting)
    out = Piece(width, piece.height, step=block.step)
    out.add((width - piece.width) / 2, 0.0, piece)
    return out


def gallery(blocks: Sequence[Figure], width: float, height: float, setting: Setting) -> Piece:
    """Some pictures beside each other, all equally high."""
    pictures = [face_of(block, setting) for block in blocks]
    gaps = ROW_GAP * (len(blocks) - 1)
    common = min((width - gaps) / sum(p.ratio for p in pictures), height)
    common = min([common, *(p.height * _MOST_MAGNIFIED for p in pictures if not p.vector and not p.missing)])
    captions = [_caption(b, common * p.ratio, setting) for b, p in zip(blocks, pictures, strict=True)]
    tallest = max((c.height + CAPTION_GAP for c in captions if c is not None), default=0.0)
    common = min(common, height - tallest)
    row_width = common * sum(p.ratio for p in pictures) + gaps
    out = Piece(width, common + tallest)
    x = (width - row_width) / 2
    for block, picture in zip(blocks, pictures, strict=True):
        piece = picture_piece(block, picture, common * picture.ratio, common + tallest, setting, image_height=common)
        piece.step = max(piece.step, block.step)
        out.add(x, 0.0, piece)
        x += common * picture.ratio + ROW_GAP
    return out


def picture_piece(
    block: Figure,
    picture: Picture | Still,
    width: float,
    height: float,
    setting: Setting,
    *,
    image_height: float = 0.0,
) -> Piece:
    """The picture with what is written under it, in at most `width` by `height`; never cropped."""
    if not isinstance(picture, Picture) and picture.strip:
        return _strip(block, picture, width, height, setting)
    ratio = picture.ratio
    most = width
    if not picture.vector and not picture.missing and not image_height:
        most = min(width, max(picture.width * _MOST_MAGNIFIED, 1.0))
    caption = _caption(block, width, setting)
    below = caption.height + CAPTION_GAP if caption is not None else 0.0
    room = image_height or max(height - below, 0.2 * height)
    shown = min(most, room * ratio)
    if caption is not None and shown < width:
        narrow = _caption(block, max(shown, min(width, _NARROWEST_CAPTION)), setting)
        if narrow is not None and narrow.height + CAPTION_GAP > below and not image_height:
            extra = narrow.height + CAPTION_GAP
            shown = min(shown, max(height - extra, 0.2 * height) * ratio)
            narrow = _caption(block, max(shown, min(width, _NARROWEST_CAPTION)), setting)
        caption = narrow
    tall = shown / ratio
    out = Piece(shown, tall, step=block.step, baseline=tall, element=within(setting, Role.FIGURE, alt=block.alt))
    box = Rect(0.0, 0.0, shown, tall)
    radius = setting.theme.pictures.radius * H
    if picture.missing:
        _add_missing(out, box, block.alt or name_of(block.source), setting)
    elif not isinstance(picture, Picture):
        from atelier.typeset.media import add_film

        add_film(out, box, picture, setting)
    else:
        see_through = picture.vector
        radius = 0.0 if see_through else radius
        out.add(0.0, 0.0, PictureItem(bounds=box, picture=picture, radius=radius))
    if block.href:
        out.links.append(LinkBox(box, block.href, block.step))
    if caption is not None:
        out.add(0.0, tall + CAPTION_GAP, caption)
        out.height = tall + CAPTION_GAP + caption.height
        out.width = max(shown, min(caption.width, width))
        if out.width > shown:
            aside = (out.width - shown) / 2
            out.parts[:-1] = [(x + aside, y, part) for x, y, part in out.parts[:-1]]
    return out


def _strip(block: Figure, still: Still, width: float, height: float, setting: Setting) -> Piece:
    """A sound with what is written under it."""
    from atelier.typeset.media import strip_piece

    caption = _caption(block, width, setting)
    below = caption.height + CAPTION_GAP if caption is not None else 0.0
    strip = strip_piece(still, width, height - below, setting)
    out = Piece(strip.width, strip.height, step=block.step, baseline=strip.height)
    out.element = within(setting, Role.FIGURE, alt=block.alt)
    out.add(0.0, 0.0, strip)
    if caption is not None:
        out.add(0.0, strip.height + CAPTION_GAP, caption)
        out.height = strip.height + below
        out.width = max(strip.width, caption.width)
    return out


def _add_missing(out: Piece, box: Rect, words: str, setting: Setting) -> None:
    """A quiet box with the words that stand for the picture."""
    theme = setting.theme
    out.add(
        0.0,
        0.0,
        BoxItem(
            bounds=box,
            radius=theme.pictures.radius * H,
            fill=colour(theme.pictures.ground),
            stroke=colour(theme.colours.line),
            stroke_width=2.0,
        ),
    )
    kind = theme.type.caption
    style = TextStyle(
        size=kind.size * H * 1.1, line=kind.line, colour=setting.muted, align=Align.CENTRE, italic=True, aside=True
    )
    inner = max(box.width - 6 * H, box.width * 0.5)
    text = words if len(words) <= 160 else words[:159] + "…"
    lines = set_text(text, inner, style, setting)
    piece = lines.piece()
    if piece.height > box.height - 2 * H:
        shown = max(1, int((box.height - 2 * H) / (kind.size * H * 1.1 * kind.line)))
        shown = min(lines.count, shown)
        piece = lines.piece(0, shown)
        if piece.height > box.height:
            return
    out.add((box.width - inner) / 2, (box.height - piece.height) / 2, piece)


def caption_inlines(block: Figure) -> tuple[Inline, ...]:
    """The caption, then the credit after a dash."""
    if not block.credit:
        return block.caption
    if not block.caption:
        return (Text(block.credit),)
    return (*block.caption, Text(" — " + block.credit))


def _caption(block: Figure, width: float, setting: Setting) -> Piece | None:
    inlines = caption_inlines(block)
    if not inlines:
        return None
    kind = setting.theme.type.caption
    style = TextStyle(
        size=max(kind.size * H, setting.minimum), line=kind.line, colour=setting.muted, strong=setting.ink, aside=True
    )
    lines = set_inlines(inlines, width, style, replace(setting, line=block.line))
    piece = lines.piece()
    piece.element = within(setting, Role.CAPTION)
    piece.width = lines.natural if lines.count == 1 and not lines.right_to_left else width
    return piece
