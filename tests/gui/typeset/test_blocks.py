"""What each kind of block looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.canvas.faces import Face
from atelier.markup import blocks as md
from atelier.markup.blocks import CodeToken, Text

from .typeset_decks import CARD, build
from .typeset_reading import boxes, item_with, line_boxes, pictures, texts, words

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.typeset.display import DisplayList


def paragraph(text: str) -> md.Paragraph:
    return md.Paragraph(inlines=(Text(text),))


def cell(text: str) -> md.Cell:
    return md.Cell(inlines=(Text(text),))


def test_numbers_of_a_table_end_below_each_other(qapp: object) -> None:
    assert qapp
    rows = tuple(
        (cell(name), cell(value)) for name, value in (("un", "9 %"), ("deux", "80,26 %"), ("trois", "1 400 %"))
    )
    display = build(md.Table(header=(cell("Nom"), cell("Part")), rows=rows)).face(CARD, Face.CONTENT)
    ends = {round(line_boxes(item_with(display, value))[0].right) for value in ("9 %", "80,26", "1 400", "Part")}
    assert max(ends) - min(ends) <= 1
    starts = {round(line_boxes(item_with(display, name))[0].x) for name in ("un", "deux", "trois", "Nom")}
    assert max(starts) - min(starts) <= 1


def test_ordered_lists_count_from_their_start(qapp: object) -> None:
    assert qapp
    items = tuple(md.ListItem(blocks=(paragraph(t),)) for t in ("a", "b"))
    shown = words(build(md.ListBlock(items=items, ordered=True, start=9)).face(CARD, Face.CONTENT)).split("\n")
    assert [s for s in shown if s.endswith(".")] == ["9.", "10."]


def test_code_highlights_follow_the_steps(qapp: object) -> None:
    assert qapp
    lines = tuple((CodeToken(f"ligne {i}"),) for i in range(1, 6))
    states = (frozenset({1}), frozenset({3, 4}), frozenset({1, 2, 3, 4, 5}))
    block = md.CodeBlock(language="", lines=lines, states=states, first_advance=1)
    display = build(block, steps=2).face(CARD, Face.CONTENT)
    assert display.steps == 2
    shown = [_highlights(display, f"ligne {i}") for i in (1, 2, 3)]
    assert (0, 1) in shown[0]
    assert (2, 0) in shown[0]
    assert shown[1] == [(2, 0)]
    assert (1, 2) in shown[2]


def _highlights(display: DisplayList, text: str) -> list[tuple[int, int]]:
    """From and until which advance the line with `text` lies on a light ground."""
    y = line_boxes(item_with(display, text))[0].y
    wide = [b for b in boxes(display) if b.bounds.width > 1000 and b.bounds.height < 100]
    return [(b.step, b.until) for b in wide if b.bounds.y <= y <= b.bounds.bottom]


def test_steps_are_counted_from_what_is_there(qapp: object) -> None:
    assert qapp
    items = tuple(md.ListItem(blocks=(paragraph(t),), step=i) for i, t in enumerate(("un", "deux", "trois"), 1))
    typesetter = build(md.ListBlock(items=items), steps=3)
    display = typesetter.face(CARD, Face.CONTENT)
    assert typesetter.steps(CARD) == display.steps == 3
    assert [item_with(display, t).step for t in ("un", "deux", "trois")] == [1, 2, 3]
    assert item_with(display, "Un titre").step == 0


def test_a_picture_stands_beside_the_text_and_a_wide_one_below(qapp: object, tmp_path: Path) -> None:
    assert qapp
    folder = tmp_path
    for name, width, height in (("square", 400, 300), ("wide", 900, 300)):
        (folder / f"{name}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><rect width="9" height="9"/></svg>'
        )
    for name, beside in (("square", True), ("wide", False)):
        figure = md.Figure(source=f"{name}.svg", alt="a")
        display = build(paragraph("Du texte."), figure, folder=folder).face(CARD, Face.CONTENT)
        (picture,) = pictures(display)
        text = line_boxes(item_with(display, "Du texte"))[0]
        assert (picture.bounds.x > text.right) is beside
        assert (picture.bounds.y > text.bottom) is not beside
        assert abs(picture.bounds.width / picture.bounds.height - picture.picture.ratio) < 0.01
        assert picture.bounds.width <= 0.441 * (1778 - 212) or not beside


def test_pictures_in_a_row_are_equally_high(qapp: object) -> None:
    assert qapp
    display = build(*[md.Figure(source=f"{i}.png", alt=f"image {i}") for i in range(3)]).face(CARD, Face.CONTENT)
    frames = [b for b in boxes(display) if 200 < b.bounds.height < 900 and b.stroke_width == 2.0]
    assert len(frames) == 3
    assert len({round(b.bounds.height) for b in frames}) == len({round(b.bounds.y) for b in frames}) == 1


def test_a_frame_that_is_a_quotation_has_no_title(qapp: object) -> None:
    assert qapp
    quote = md.Quote(
        blocks=(paragraph("« La vraie question n’est plus pourquoi, mais comment. »"),), source=(Text("Qui"),)
    )
    display = build(quote, title="Le titre").face(CARD, Face.CONTENT)
    shown = words(display)
    assert "Le titre" not in shown
    assert shown.count("«") == 1
    said = item_with(display, "vraie question")
    assert 80 <= said.layout.font().pixelSize() <= 130
    assert said.layout.lineCount() <= 5
    long = md.Quote(blocks=(paragraph("Une phrase beaucoup trop longue pour cela. " * 12),))
    assert "Le titre" in words(build(long, title="Le titre").face(CARD, Face.CONTENT))


def test_a_case_has_pills_fields_and_its_lesson_at_the_bottom(qapp: object) -> None:
    assert qapp
    given = {
        "use": ("crise",),
        "country": ("France",),
        "start": ("Des crises racontées par d’autres.",),
        "channels": ("Un blog.",),
        "lesson": ("Le canal s’ouvre avant.",),
    }
    fields = (md.CaseField(name=k, label=k, values=tuple((Text(t),) for t in texts)) for k, texts in given.items())
    case = md.Case(fields=tuple(fields), blocks=())
    display = build(case, case=True).face(CARD, Face.CONTENT)
    shown = words(display)
    for text in ("crise", "France", "Départ", "Canal", "Des crises", "Le canal s’ouvre", "À retenir"):
        assert text in shown
    lesson = line_boxes(item_with(display, "Le canal"))[0]
    assert lesson.y > 800
    assert line_boxes(item_with(display, "Départ"))[0].right < line_boxes(item_with(display, "Des crises"))[0].x
    assert display.bounds.x < -40, "the hollow reaches beyond the card"


def test_footnotes_are_small_and_last(qapp: object) -> None:
    assert qapp
    notes = md.Footnotes(items=(md.Footnote(number=1, blocks=(paragraph("La note."),)),))
    display = build(md.Paragraph(inlines=(Text("Texte"), md.FootnoteMark(1))), notes).face(CARD, Face.CONTENT)
    note, text = item_with(display, "La note"), item_with(display, "Texte")
    assert note.layout.font().pixelSize() == 26
    assert line_boxes(note)[0].y > line_boxes(text)[0].bottom


def test_a_callout_holds_its_text(qapp: object) -> None:
    assert qapp
    callout = md.Callout(kind=md.CalloutKind.WARN, title=(Text("Attention"),), blocks=(paragraph("Du texte."),))
    display = build(paragraph("Avant."), callout).face(CARD, Face.CONTENT)
    ground = next(b for b in boxes(display) if b.radius == 20.0)
    for text in ("Attention", "Du texte"):
        assert ground.bounds.contains(line_boxes(item_with(display, text))[0])
    assert len(texts(display)) == 4
