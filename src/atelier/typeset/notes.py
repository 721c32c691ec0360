"""What a frame says to the speaker alone: its notes, its private blocks and words. Never part of a face of the canvas.

Private words are drawn by nothing but this module: they become ordinary words, marked, in blocks that are set here and
handed to nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from atelier.deck.theme import DARK_THEME, bundled_theme
from atelier.foundation.geometry import Rect, Size
from atelier.foundation.translation import _
from atelier.markup import blocks as md
from atelier.markup.audience import mapped, visible
from atelier.markup.blocks import InlineImage, Style, Text, is_private
from atelier.typeset.blocks import gap_between, line_rows, rows_of, text_style
from atelier.typeset.callouts import flattened, on_panel
from atelier.typeset.display import DisplayList
from atelier.typeset.flow import runs
from atelier.typeset.pictures import Picture, Pictures
from atelier.typeset.pieces import Panel, Row, Sheet, stack
from atelier.typeset.report import Report
from atelier.typeset.setting import H, Setting, colour
from atelier.typeset.structure import Element, Role, element_of
from atelier.typeset.text import TextStyle, set_inlines, set_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.deck.looks import Theme
    from atelier.deck.types import Deck, Frame, Origin
    from atelier.markup.blocks import Block, Content, Inline
    from atelier.typeset.pictures import PicturesBeside

BODY: Final = 40.0
"""Frame units of the text: the list is painted at the size wanted divided by this."""
LINE: Final = 1.45
_SMALLER: Final = 0.72
"""The text of a frame without notes, against that of notes."""
_EYE: Final = "\0eye"
"""No file can have this name."""
_PAD: Final = 22.0
_WORDS: Final = 26.0


@dataclass(frozen=True, slots=True)
class NoteColours:
    """What notes are drawn in, as "#RRGGBB". `soft` is the ground of what the room must not see."""

    text: str
    quiet: str
    accent: str
    ground: str
    soft: str
    sunken: str
    line: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    note_soft: str


@dataclass(frozen=True, slots=True)
class SpeakerText:
    """Notes as a display list, `BODY` units to the size of its text. `empty`: the frame has none, and its own text
    stands there instead.
    """

    display: DisplayList
    empty: bool


def set_notes(
    deck: Deck, frame: Frame, content: Content, pictures: Pictures, colours: NoteColours, width: float, path: str
) -> SpeakerText:
    """Sets what a frame says to the speaker in a column of `width` frame units."""
    setting = _setting(deck, frame, pictures, colours)
    notes = _opened(content.notes, path, deck.lang)
    hidden = _opened(private_parts(content.blocks), path, deck.lang)
    rows: list[Row] = []
    if notes:
        rows += _compose(notes, width, setting)
    else:
        rows.append(Row(set_text(_("No notes for this frame."), width, _quiet(setting), setting).piece()))
    if hidden:
        made = _soft(_compose(hidden, width - 2 * _PAD, setting), width, setting)
        made[0].gap = 34.0 if rows else 0.0
        rows += made
    if not notes:
        seen = visible(content.blocks, path, deck.lang)
        rows += _own_text(frame, seen, width, replace(setting, body=setting.muted, ink=setting.muted))
    piece = stack(rows, width)
    sheet = Sheet()
    sheet.put(piece, 0.0, 0.0)
    items = tuple(replace(item, step=0, until=0) for item in sheet.items)
    size = Size(width, piece.height)
    return SpeakerText(DisplayList(size, items, bounds=Rect(0.0, 0.0, width, piece.height)), not notes)


def note_setting(deck: Deck, frame: Frame, pictures: Pictures, colours: NoteColours) -> Setting:
    """What notes that everyone may read are set with."""
    return replace(_setting(deck, frame, pictures, colours), pictures=pictures.beside(frame.origin))


def note_rows(blocks: Sequence[Block], width: float, setting: Setting) -> list[Row]:
    """Notes as rows in a column of `width` frame units."""
    return _compose(blocks, width, setting)


def heading_row(text: str, width: float, setting: Setting) -> Row:
    """The words above notes, kept with them."""
    style = TextStyle(size=BODY, line=1.35, colour=setting.ink, weight=650)
    piece = set_text(text, width, style, setting).piece()
    piece.height += 8.0
    piece.element = Element(Role.HEADING, level=2)
    return Row(piece, glued=True)


def private_parts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """What of a frame's own text is the speaker's alone: its private blocks, and its private words, a paragraph a run
    of them.
    """
    found: list[Block] = []

    def words(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        kept = [run for run in inlines if is_private(run)]
        if kept:
            found.append(md.Paragraph(inlines=tuple(kept)))
        return inlines

    def look(inner: tuple[Block, ...]) -> tuple[Block, ...]:
        for block in inner:
            if isinstance(block, md.Private):
                found.extend(block.blocks)
            else:
                mapped(block, look, words)
        return inner

    look(tuple(blocks))
    return tuple(found)


def _own_text(frame: Frame, seen: Sequence[Block], width: float, setting: Setting) -> list[Row]:
    """What the room sees of a frame, small, pictures left out."""
    small = replace(setting, scale=_SMALLER)
    title = set_text(frame.title, width, replace(text_style(small), weight=600), small)
    rows = [Row(title.piece(), gap=30.0)] if frame.title else []
    made = _compose([block for block in seen if not isinstance(block, md.Figure)], width, small)
    if made:
        made[0].gap = 16.0 if rows else 30.0
    return rows + made


def _soft(rows: list[Row], width: float, setting: Setting) -> list[Row]:
    """Rows on the ground of what the room must not see, under an eye that is struck out."""
    style = replace(_quiet(setting), size=_WORDS, line=1.4)
    words = "\u2002" + _("For you alone, on this frame")
    head = set_inlines((InlineImage(_EYE, ""), Text(words)), width, style, setting)
    panel = Panel(
        width=width,
        pad_x=_PAD,
        pad_top=16.0,
        pad_bottom=18.0,
        fill=colour(setting.theme.colours.mark),
        radius=12.0,
        head=head.piece(),
        head_gap=8.0,
    )
    return [on_panel(row, panel, _PAD) for row in flattened(rows)]


def _quiet(setting: Setting) -> TextStyle:
    return TextStyle(size=BODY * _SMALLER, line=LINE, colour=setting.muted)


def _opened(blocks: Sequence[Block], path: str, language: str) -> tuple[Block, ...]:
    """Blocks for the speaker: what is private is shown as well, its words marked."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, md.Private) or (isinstance(block, md.Only) and block.holds(path, language)):
            out += _opened(block.blocks, path, language)
        elif not isinstance(block, md.Only):
            out.append(mapped(block, lambda inner: _opened(inner, path, language), _marked))
    return tuple(out)


def _marked(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Private runs as others, on a soft ground behind an eye that is struck out."""
    if not any(map(is_private, inlines)):
        return inlines
    out: list[Inline] = []
    before = False
    for run in inlines:
        private = is_private(run)
        if private and not before:
            out.append(InlineImage(_EYE, ""))
        before = private
        if isinstance(run, Text) and private:
            out.append(replace(run, styles=(run.styles - {Style.PRIVATE}) | {Style.MARK}))
        elif private and not isinstance(run, md.LineBreak):
            out.append(replace(run, private=False))
        else:
            out.append(run)
    return tuple(out)


# ------------------------------------------------------------------------------------------------------------ setting


def _compose(blocks: Sequence[Block], width: float, setting: Setting) -> list[Row]:
    """As on a frame, but in one column whose lines are filled, with bold words in the colour of the others."""
    rows: list[Row] = []
    above: Block | None = None
    for block, row_of in runs(tuple(blocks)):
        element = element_of(block, setting) if not isinstance(block, md.Figure) else setting.inside
        inner = replace(
            setting, line=block.line or setting.line, lang=block.lang or setting.lang, step=0, inside=element
        )
        if isinstance(block, md.Paragraph):
            style = replace(text_style(inner), strong=None)
            made = line_rows(set_inlines(block.inlines, width, style, inner))
        else:
            made = [row for each in row_of for row in rows_of(each, width, inner)]
        if made:
            made[0].gap = gap_between(above, block, inner)
            for row in made:
                row.piece.element = row.piece.element or element
            rows += made
            above = block
    return rows


class _Eye(Picture):
    """An eye that is struck out, in one colour; Phosphor's `eye-slash` in a few strokes."""

    def __init__(self, pictures: Pictures, drawn: str) -> None:
        super().__init__(pictures, _EYE, "")
        self.missing = False
        self.width = self.height = 1.0
        self._drawn = drawn

    def draw(self, painter: QPainter, bounds: Rect, *, radius: float = 0.0, crop: bool = False) -> None:  # noqa: ARG002 - a picture's
        side = bounds.height * 0.8
        box = QRectF(bounds.x, bounds.y + bounds.height * 0.14, side, side)
        painter.save()
        painter.translate(box.topLeft())
        painter.scale(side, side)
        pen = QPen(colour(self._drawn), 0.075)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lids = QPainterPath(QPointF(0.06, 0.5))
        lids.quadTo(QPointF(0.5, -0.06), QPointF(0.94, 0.5))
        lids.quadTo(QPointF(0.5, 1.06), QPointF(0.06, 0.5))
        painter.drawPath(lids)
        painter.drawEllipse(QPointF(0.5, 0.5), 0.15, 0.15)
        painter.drawLine(QPointF(0.2, 0.14), QPointF(0.8, 0.86))
        painter.restore()


class _SpeakersPictures(Pictures):
    """The pictures of a frame, and the eye."""

    def __init__(self, beside: Pictures | PicturesBeside, eye: Picture) -> None:
        super().__init__(None)
        self._beside = beside
        self._eye = eye

    def get(
        self,
        source: str,
        alt: str,
        report: Report | None = None,
        line: int = 0,
        *,
        clear: tuple[str, ...] = (),
        origin: Origin | None = None,
    ) -> Picture:
        del origin  # known to what is beside
        return self._eye if source == _EYE else self._beside.get(source, alt, report, line, clear=clear)


def _setting(deck: Deck, frame: Frame, pictures: Pictures, colours: NoteColours) -> Setting:
    theme = note_theme(colours)
    return Setting(
        theme=theme,
        pictures=_SpeakersPictures(pictures.beside(frame.origin), _Eye(pictures, colours.quiet)),
        compose=_compose,
        report=Report(),
        ink=colour(colours.text),
        body=colour(colours.text),
        muted=colour(colours.quiet),
        accent=colour(colours.accent),
        hue=colour(colours.quiet),
        ground=colour(colours.ground),
        lang=frame.lang or deck.lang,
        line=frame.line,
        agenda=deck.agenda,
        picture_height=BODY * 8,
    )


@lru_cache(maxsize=4)
def note_theme(colours: NoteColours) -> Theme:
    """The look of notes: Inter in the colours of the window."""
    base = bundled_theme(DARK_THEME)
    lines = base.type._replace(
        body=base.type.body._replace(size=BODY / H, line=LINE),
        heading=base.type.heading._replace(size=BODY * 1.15 / H, line=1.3),
        callout=base.type.callout._replace(size=BODY / H, line=LINE),
        minimum=1.0,
    )
    body = base.fonts.body._replace(family="Inter", fallback=())
    titles = base.fonts.titles._replace(family="Inter", fallback=(), weight=650, tracking=-0.01)
    return base._replace(
        hues=(colours.quiet,),
        colours=base.colours._replace(
            card=colours.ground,
            inset=colours.sunken,
            line=colours.line,
            ink=colours.text,
            body=colours.text,
            muted=colours.quiet,
            accent=colours.accent,
            mark=colours.soft,
        ),
        callouts=base.callouts._replace(
            note=base.callouts.note._replace(ground=colours.note_soft, title=colours.accent),
            ok=base.callouts.ok._replace(ground=colours.ok_soft, title=colours.ok),
            warn=base.callouts.warn._replace(ground=colours.warn_soft, title=colours.warn),
        ),
        code=base.code._replace(
            ground=colours.sunken,
            text=colours.text,
            keyword=colours.accent,
            string=colours.ok,
            number=colours.warn,
            name=colours.text,
            comment=colours.quiet,
        ),
        fonts=base.fonts._replace(body=body, titles=titles),
        type=lines,
    )
