"""Nothing is cut, nothing overlaps, nothing is too small: whatever stands in a frame."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from atelier.canvas.faces import Face
from atelier.foundation.geometry import Rect
from atelier.markup import blocks as md
from atelier.markup.blocks import CodeToken, Style, Text

from .typeset_decks import CARD, build
from .typeset_reading import item_with, line_boxes, smallest_size, texts, words

if TYPE_CHECKING:
    from atelier.markup.blocks import Block
    from atelier.typeset.display import DisplayList

FRAME = Rect(0.0, 0.0, 1000.0 * 16 / 9, 1000.0)
WORDS = (
    "le chocolat dans la pâte",
    "Rechtsschutzversicherungsgesellschaften",
    "نص بالعربية",
    "טקסט בעברית",
    "🎂",
    "e\u0301",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
    "2\u202f400\u00a0%",
    "x",
)


def paragraph(text: str) -> md.Paragraph:
    return md.Paragraph(inlines=(Text(text),))


phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
styles = st.frozensets(st.sampled_from([s for s in Style if s is not Style.PRIVATE]), max_size=2)
inlines = st.lists(st.builds(Text, phrases, styles), min_size=1, max_size=3).map(tuple)
paragraphs = st.builds(md.Paragraph, inlines=inlines)
cells = st.builds(md.Cell, inlines=inlines)
tables = st.builds(
    md.Table,
    header=st.lists(cells, min_size=1, max_size=6).map(tuple),
    rows=st.lists(st.lists(cells, max_size=6).map(tuple), max_size=12).map(tuple),
)
codes = st.builds(
    md.CodeBlock,
    language=st.just("python"),
    lines=st.lists(phrases.map(lambda t: (CodeToken(t),)), max_size=30).map(tuple),
)
figures = st.builds(md.Figure, source=st.just("nowhere.png"), alt=phrases, caption=inlines)
leaves: st.SearchStrategy[Block] = st.one_of(
    paragraphs,
    tables,
    codes,
    figures,
    st.builds(md.Heading, level=st.integers(2, 6), inlines=inlines),
    st.builds(md.Rule),
)


def containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(inner, min_size=1, max_size=4).map(tuple)
    items = st.lists(st.builds(md.ListItem, blocks=some, checked=st.sampled_from([None, True])), min_size=1, max_size=4)
    columns = st.lists(st.builds(md.Column, blocks=some), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(md.ListBlock, items=items.map(tuple), ordered=st.booleans()),
        st.builds(md.Callout, kind=st.sampled_from(md.CalloutKind), title=inlines, blocks=some),
        st.builds(md.Quote, blocks=some, source=inlines),
        st.builds(md.Columns, columns=columns),
    )


anything = st.lists(st.recursive(leaves, containers, max_leaves=5), min_size=1, max_size=5)


def check(display: DisplayList, frame: Rect = FRAME) -> None:
    lines = [box for item in texts(display) for box in line_boxes(item) if box.width > 1.0]
    for box in lines:
        assert frame.contains(box, slack=3.0), box
    for a, b in combinations(lines, 2):
        assert not a.intersects(b, slack=3.0), (a, b)


@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])  # what fails takes minutes to shrink
@given(blocks=anything)
def test_whatever_a_frame_holds_is_inside_it_and_does_not_overlap(qapp: object, blocks: list[Block]) -> None:
    assert qapp
    typesetter = build(*blocks)
    for page in range(typesetter.pages(CARD)):
        check(typesetter.face(CARD, Face.CONTENT, page))


@pytest.mark.parametrize("title", [*WORDS, " ".join(WORDS), "un deux trois " * 12])
@pytest.mark.parametrize("ratio", [16 / 9, 4 / 3, 0.6])
def test_covers_hold_their_words(qapp: object, title: str, ratio: float) -> None:
    assert qapp
    display = build(title=title, ratio=ratio).face(CARD, Face.COVER)
    check(display, Rect(0.0, 0.0, 1000.0 * ratio, 1000.0))


def test_a_short_text_is_set_large_and_a_long_one_smaller(qapp: object) -> None:
    assert qapp
    short = build(paragraph("Un mot.")).face(CARD, Face.CONTENT)
    longer = build(*[paragraph("Un texte de quelques lignes. " * 12)] * 3).face(CARD, Face.CONTENT)
    assert item_with(short, "Un mot").layout.font().pixelSize() == 60
    assert 26 <= item_with(longer, "quelques lignes").layout.font().pixelSize() <= 40


@pytest.mark.parametrize("length", [10, 60, 200, 400, 1200, 4000])
def test_no_text_is_smaller_than_the_minimum_and_no_word_is_lost(qapp: object, length: int) -> None:
    assert qapp
    source = " ".join(f"mot{i}" for i in range(length))
    typesetter = build(paragraph(source))
    seen: list[str] = []
    for page in range(typesetter.pages(CARD)):
        display = typesetter.face(CARD, Face.CONTENT, page)
        check(display)
        assert smallest_size(display) >= 26
        for item in texts(display):
            for i in range(item.first, item.last or item.layout.lineCount()):
                line = item.layout.lineAt(i)
                seen += item.layout.text()[line.textStart() : line.textStart() + line.textLength()].split()
    assert [word for word in seen if word.startswith("mot")] == source.split()


def test_what_is_overfull_says_so(qapp: object) -> None:
    assert qapp
    display = build(paragraph("trop de mots " * 500)).face(CARD, Face.CONTENT)
    assert [d.code for d in display.diagnostics] == ["overfull"]
    assert not build(paragraph("assez")).face(CARD, Face.CONTENT).diagnostics


def test_text_alone_flows_into_two_columns_before_it_gets_tiny(qapp: object) -> None:
    assert qapp
    items = tuple(md.ListItem(blocks=(paragraph(f"un point, le numéro {i}"),)) for i in range(18))
    typesetter = build(md.ListBlock(items=items))
    assert typesetter.pages(CARD) == 1
    display = typesetter.face(CARD, Face.CONTENT)
    starts = {round(item.x) for item in texts(display) if "un point" in item.layout.text()}
    assert len(starts) == 2
    assert not display.diagnostics


def test_a_table_goes_on_with_its_header(qapp: object) -> None:
    assert qapp
    rows = tuple((md.Cell(inlines=(Text(f"ligne {i}"),)), md.Cell(inlines=(Text(str(i)),))) for i in range(60))
    header = (md.Cell(inlines=(Text("Nom"),)), md.Cell(inlines=(Text("Nombre"),)))
    typesetter = build(md.Table(header=header, rows=rows))
    count = typesetter.pages(CARD)
    assert count > 2
    for page in range(count):
        shown = words(typesetter.face(CARD, Face.CONTENT, page))
        assert "Nombre" in shown
        assert f"{page + 1}/{count}" in shown
    everything = "\n".join(words(typesetter.face(CARD, Face.CONTENT, page)) for page in range(count))
    assert all(f"ligne {i}" in everything for i in range(60))


def test_running_text_keeps_to_its_measure(qapp: object) -> None:
    assert qapp
    display = build(paragraph("Les médias sociaux ne sont pas une stratégie, mais un ingrédient. " * 8)).face(
        CARD, Face.CONTENT
    )
    item = item_with(display, "ingrédient")
    signs = [item.layout.lineAt(i).textLength() for i in range(item.layout.lineCount())]
    assert max(signs) <= 68


def test_lists_sixty_deep_stay_readable(qapp: object) -> None:
    assert qapp
    block: Block = paragraph("fin")
    for _level in range(60):
        block = md.ListBlock(items=(md.ListItem(blocks=(paragraph("niveau"), block)),))
    typesetter = build(block)
    for page in range(typesetter.pages(CARD)):
        display = typesetter.face(CARD, Face.CONTENT, page)
        check(display)
        assert all(item.layout.lineCount() == 1 for item in texts(display))


def test_text_goes_into_two_columns_where_it_gets_larger_there(qapp: object) -> None:
    assert qapp
    sizes: list[float] = []
    for many in (4, 12, 16):
        display = build(*[paragraph("Un texte de quelques lignes, et rien de plus. " * (many // 4))] * 4).face(
            CARD, Face.CONTENT
        )
        found = [item for item in texts(display) if "quelques" in item.layout.text()]
        assert len({round(item.x) for item in found}) == (1 if many == 4 else 2)
        sizes.append(found[0].layout.font().pixelSize())
    assert sizes[0] > sizes[1] >= 36


def test_what_stands_between_columns_of_text_shares_their_pages(qapp: object) -> None:
    assert qapp
    text = paragraph("Il y a encore beaucoup à dire de chacune de ces choses. " * 28)
    wide = md.CodeBlock(language="python", lines=((CodeToken("call_something(" + "argument, " * 9 + "last)"),),))
    typesetter = build(text, wide, text)
    shown = [typesetter.face(CARD, Face.CONTENT, page) for page in range(typesetter.pages(CARD))]
    for display in shown:
        check(display)
    (holding,) = (display for display in shown if "call_something" in words(display))
    assert "chacune" in words(holding)
