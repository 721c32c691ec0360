"""The parts of a case card: pills, labelled fields, the lesson, and what stands at the foot."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from atelier.foundation.geometry import Rect
from atelier.markup.blocks import CalloutKind, Case, Paragraph, Text, plain_text
from atelier.markup.case_words import case_word, introduced
from atelier.typeset import fonts
from atelier.typeset.callouts import callout_rows
from atelier.typeset.display import BoxItem
from atelier.typeset.pieces import Piece, Row, stack
from atelier.typeset.setting import H, colour, mixed
from atelier.typeset.text import Lines, TextStyle, set_even, set_inlines, set_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.blocks import Block, Inline
    from atelier.markup.case_parts import Pill
    from atelier.typeset.setting import Setting

PILL_GAP: Final = 1.8 * H
LABEL_GAP: Final = 4.4 * H
FIELD_GAP: Final = 2.0 * H
PAIR_GAP: Final = 6.0 * H
"""Between two fields beside each other."""
_UNDER_LABEL: Final = 0.2 * H
_FOOT_GAP: Final = 0.7 * H
_WIDEST_LABEL: Final = 0.3
"""Share of the width that labels beside their texts take at most."""
_LONGEST_ADDRESS: Final = 44
_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]*:(?://)?(?:www\.)?", re.IGNORECASE)


def pills_piece(pills: Sequence[Pill], width: float, setting: Setting) -> Piece | None:
    """Rounded boxes of the hue, on as many lines as they need; the company's is full of it."""
    if not pills:
        return None
    look = setting.theme.type.pill
    size = look.size * H
    style = TextStyle(size=size, line=look.line, colour=setting.ink, weight=560, aside=True)
    of_company = replace(style, colour=setting.ground, weight=650)
    kind = setting.theme.pills
    ground = mixed(colour(kind.ground), setting.hue, kind.hue_share) if kind.filled else None
    line = colour(setting.theme.colours.line) if kind.line_width else None
    out = Piece(width, 0.0)
    x = y = 0.0
    pad_x, pad_y = 2.4 * H, 0.8 * H
    height = size * look.line + 2 * pad_y
    rtl = fonts.right_to_left(" ".join(pill.words for pill in pills), setting.lang)
    for pill in pills:
        lines = set_text(pill.words, width - 2 * pad_x, of_company if pill.strong else style, setting)
        tall = height + (lines.count - 1) * size * look.line
        pill_width = lines.natural + 2 * pad_x
        if x and x + pill_width > width:
            x, y = 0.0, out.height + PILL_GAP * 0.7
        left = width - x - pill_width if rtl else x
        box = BoxItem(
            bounds=Rect(0.0, 0.0, pill_width, tall),
            radius=height / 2,
            fill=setting.hue if pill.strong else ground,
            stroke=None if pill.strong else line,
            stroke_width=kind.line_width * H,
        )
        out.add(left, y, box)
        shift = width - 2 * pad_x - lines.natural if lines.right_to_left else 0.0
        out.add(left + pad_x - shift, y + pad_y, lines.piece())
        x += pill_width + PILL_GAP
        out.height = max(out.height, y + tall)
    return out


def lesson_piece(lesson: tuple[Inline, ...], width: float, setting: Setting, scale: float) -> Piece:
    """What to remember, as a callout that it fills."""
    title = (Text(case_word("lesson", setting.lang)),)
    wide = replace(setting, scale=scale, compose=_filling)
    return stack(callout_rows(CalloutKind.OK, title, (Paragraph(inlines=lesson),), width, wide), width)


def _filling(blocks: Sequence[Block], width: float, setting: Setting) -> list[Row]:
    """Paragraphs over the whole width, as the fields above them."""
    size, kind = setting.text_size, setting.theme.type.body
    style = TextStyle(size=size, line=kind.line, colour=setting.body, strong=setting.accent)
    texts = (block.inlines for block in blocks if isinstance(block, Paragraph))
    return [Row(set_even(text, width, style, setting).piece()) for text in texts]


def foot_piece(sources: Sequence[tuple[Inline, ...]], width: float, setting: Setting) -> Piece | None:
    """The cases like this one, as links to them, and the sources with their addresses: on one line where there is room,
    else below each other.
    """
    rtl = fonts.right_to_left("", setting.lang)
    similar, named = _similar(width, setting), _sources(sources, width, setting)
    if similar is None or named is None:
        only = similar or named
        return only.piece() if only is not None else None
    out = Piece(width, 0.0)
    if similar.count == named.count == 1 and similar.natural + named.natural + PAIR_GAP <= width:
        apart = width - named.natural
        drop = similar.baselines[0] - named.baselines[0]
        out.add(0.0, 0.0, similar.piece())
        out.add(-apart if rtl else apart, drop, named.piece())
        out.height = max(similar.height, drop + named.height)
        return out
    out.add(0.0, 0.0, similar.piece())
    out.add(0.0, similar.height + _FOOT_GAP, named.piece())
    out.height = similar.height + _FOOT_GAP + named.height
    return out


def names_of(cases: Sequence[tuple[str, tuple[Block, ...]]]) -> list[str]:
    """What cases, given by their titles and visible blocks, are called in a list: by their company, where it is known
    and no other one is of the same, else by their title.
    """
    companies: list[str] = []
    for _title, blocks in cases:
        case = next((block for block in blocks if isinstance(block, Case)), None)
        values = case.values("company") if case is not None else ()
        companies.append(plain_text(values[0]).strip() if values else "")
    return [
        company if company and companies.count(company) == 1 else title
        for (title, _blocks), company in zip(cases, companies, strict=True)
    ]


def _similar(width: float, setting: Setting) -> Lines | None:
    if not setting.similar:
        return None
    kind = setting.theme.type.pill
    style = TextStyle(size=kind.size * H, line=kind.line, colour=setting.muted, weight=560, aside=True)
    word = introduced(case_word("similar", setting.lang), setting.lang)
    runs: list[Inline] = [Text(f"{word} ")]
    for place, (id_, name) in enumerate(setting.similar):
        runs += [*([Text(" · ")] if place else []), Text(name, href=f"#{id_}")]
    return set_inlines(runs, width, style, setting)


def _sources(sources: Sequence[tuple[Inline, ...]], width: float, setting: Setting) -> Lines | None:
    if not sources:
        return None
    kind = setting.theme.type.caption
    size = max(kind.size * H, setting.minimum)
    style = TextStyle(size=size, line=kind.line, colour=setting.muted, aside=True)
    word = introduced(case_word("sources", setting.lang, count=len(sources)), setting.lang)
    runs: list[Inline] = [Text(f"{word} ")]
    for place, source in enumerate(sources):
        runs += [*([Text(" · ")] if place else []), *with_addresses(source)]
    return set_inlines(runs, width, style, setting)


def with_addresses(inlines: Sequence[Inline]) -> list[Inline]:
    """A text whose links can be read where they cannot be clicked: each with its address, shortened."""
    out: list[Inline] = []
    for place, run in enumerate(inlines):
        href = run.href if isinstance(run, Text) else ""
        if not isinstance(run, Text) or not href or href.startswith("#"):
            out.append(run)
        elif run.text.rstrip("/") == href.rstrip("/"):
            out.append(replace(run, text=short_address(href)))
        else:
            out.append(run)
            after = inlines[place + 1] if place + 1 < len(inlines) else None
            if not (isinstance(after, Text) and after.href == href):  # a link in several styles is several runs
                out.append(Text(f" ({short_address(href)})"))
    return out


def short_address(href: str) -> str:
    """An address to be read: without its scheme, cut where it gets long."""
    bare = _SCHEME.sub("", href).rstrip("/")
    return bare if len(bare) <= _LONGEST_ADDRESS else bare[: _LONGEST_ADDRESS - 1] + "…"


def _label_style(setting: Setting) -> TextStyle:
    kind = setting.theme.type.case_label
    weight = setting.theme.fonts.body.label_weight
    size = max(setting.size(kind), setting.minimum)
    return TextStyle(size=size, line=kind.line, colour=setting.hue, weight=weight, aside=True)


def _text_style(setting: Setting) -> TextStyle:
    kind = setting.theme.type.case_text
    return TextStyle(size=setting.size(kind), line=kind.line, colour=setting.body, strong=setting.accent)


def field_rows(labelled: Sequence[tuple[str, tuple[Inline, ...]]], width: float, setting: Setting) -> list[Row]:
    """Fields below each other, the text beside its label, or below it where a label would be broken there."""
    if not labelled:
        return []
    label_style, text_style = _label_style(setting), _text_style(setting)
    words = (word for label, _text in labelled for word in label.split())
    longest = max((set_text(word, width, label_style, setting).natural for word in words), default=0.0)
    if longest > width * _WIDEST_LABEL:
        return _rows_below_labels(labelled, width, setting)
    widest = max(set_text(label, width, label_style, setting).natural for label, _text in labelled)
    label_width = min(widest * 1.02 + 2, width * _WIDEST_LABEL)
    gap = LABEL_GAP * min(setting.gap, 1.15)
    rows: list[Row] = []
    rtl = fonts.right_to_left(labelled[0][0], setting.lang)
    for position, (label, text) in enumerate(labelled):
        label_piece = set_text(label, label_width, label_style, setting).piece()
        inner = width - label_width - gap
        text_piece = set_even(text, inner, text_style, setting).piece()
        drop = text_piece.baseline - label_piece.baseline
        out = Piece(width, max(text_piece.height, label_piece.height + max(drop, 0.0)), baseline=text_piece.baseline)
        out.add(width - label_width if rtl else 0.0, max(drop, 0.0), label_piece)
        out.add(0.0 if rtl else label_width + gap, max(-drop, 0.0), text_piece)
        rows.append(Row(out, gap=FIELD_GAP * setting.gap * 1.05 if position else 0.0))
    return rows


def _rows_below_labels(labelled: Sequence[tuple[str, tuple[Inline, ...]]], width: float, setting: Setting) -> list[Row]:
    """Fields below each other, each text below its label: a label stays with its text on a page."""
    label_style, text_style = _label_style(setting), _text_style(setting)
    rows: list[Row] = []
    for position, (label, text) in enumerate(labelled):
        label_piece = set_text(label, width, label_style, setting).piece()
        gap = FIELD_GAP * setting.gap * 1.05 if position else 0.0
        rows.append(Row(label_piece, gap=gap, glued=True))
        rows.append(Row(set_even(text, width, text_style, setting).piece(), gap=_UNDER_LABEL))
    return rows


def paired_rows(labelled: Sequence[tuple[str, tuple[Inline, ...]]], width: float, setting: Setting) -> list[Row]:
    """Fields two and two beside each other, the text below its label."""
    inner = (width - PAIR_GAP) / 2
    label_style, text_style = _label_style(setting), _text_style(setting)
    rtl = fonts.right_to_left("", setting.lang)
    rows: list[Row] = []
    for place in range(0, len(labelled), 2):
        out = Piece(width, 0.0)
        for column, (label, text) in enumerate(labelled[place : place + 2]):
            label_piece = set_text(label, inner, label_style, setting).piece()
            text_piece = set_even(text, inner, text_style, setting).piece()
            x = inner + PAIR_GAP if (column == 1) != rtl else 0.0
            top = label_piece.height + _UNDER_LABEL
            out.add(x, 0.0, label_piece)
            out.add(x, top, text_piece)
            out.height = max(out.height, top + text_piece.height)
            out.baseline = label_piece.baseline
        rows.append(Row(out, gap=FIELD_GAP * setting.gap if place else 0.0))
    return rows
