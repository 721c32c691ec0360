"""Lines of text: directions, fonts, links, positions."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextLayout

from atelier.canvas.faces import Face
from atelier.markup import blocks as md
from atelier.markup.blocks import InlineMath, Style, Text
from atelier.typeset import fonts
from atelier.typeset.math import Shape, formula

from .typeset_decks import CARD, build
from .typeset_reading import boxes, item_with, line_boxes, texts, words


def paragraph(*runs: md.Inline) -> md.Paragraph:
    return md.Paragraph(inlines=runs)


def test_weights_go_through_the_axis(qapp: object) -> None:
    assert qapp
    plain, bold = (fonts.font(("Inter Variable",), 40, weight) for weight in (400, 700))
    assert fonts.advance(bold, "chocolat") > fonts.advance(plain, "chocolat")
    assert bold.weight() == plain.weight()
    assert fonts.font(("Inter",), 40).families()[0] == "Inter Variable"


def test_the_narrow_space_of_french_is_narrow_and_does_not_break(qapp: object) -> None:
    assert qapp
    for family in ("Fraunces", "JetBrains Mono", "Inter"):
        used = fonts.font((family, "Inter"), 100)
        assert 5 < fonts.advance(used, "a\u202fa") - fonts.advance(used, "aa") < 40
    display = build(paragraph(Text("mot " * 60 + "fin\u202f! " * 60))).face(CARD, Face.CONTENT)
    item = item_with(display, "fin")
    for i in range(item.layout.lineCount()):
        line = item.layout.lineAt(i)
        assert not item.layout.text()[line.textStart() :].startswith("!")


def test_emoji_before_a_bold_word_do_not_shift_it(qapp: object) -> None:
    assert qapp
    display = build(paragraph(Text("🎂🎂 le "), Text("gras", frozenset({Style.STRONG})))).face(CARD, Face.CONTENT)
    formats = item_with(display, "gras").layout.formats()
    bold = max(formats, key=lambda f: f.start)
    assert (bold.start, bold.length) == (8, 4)


@pytest.mark.parametrize(("text", "lang", "right"), [("نص", "fr", True), ("texte", "ar", False), ("12", "he", True)])
def test_the_first_strong_letter_decides_on_which_side_a_paragraph_starts(
    qapp: object, text: str, lang: str, *, right: bool
) -> None:
    assert qapp
    display = build(paragraph(Text(text)), lang=lang).face(CARD, Face.CONTENT)
    box = line_boxes(item_with(display, text))[0]
    assert (box.x > 800) is right


def test_bullets_of_right_to_left_lists_stand_on_the_right(qapp: object) -> None:
    assert qapp
    items = (md.ListItem(blocks=(paragraph(Text("العنصر الأول")),)),)
    display = build(md.ListBlock(items=items), lang="ar").face(CARD, Face.CONTENT)
    text = line_boxes(item_with(display, "العنصر"))[0]
    bullet = next(b for b in boxes(display) if 10 < b.bounds.width < 40)
    assert bullet.bounds.x > text.right
    assert bullet.bounds.right <= 1778 - 106


def test_private_words_are_not_drawn(qapp: object) -> None:
    assert qapp
    secret = Text("nom du client", frozenset({Style.PRIVATE}))
    display = build(paragraph(Text("Un client: "), secret), md.Private(blocks=(paragraph(Text("secret")),))).face(
        CARD, Face.CONTENT
    )
    assert "Un client" in words(display)
    assert "nom" not in words(display)
    assert "secret" not in words(display)


def test_a_link_is_a_box_around_its_words(qapp: object) -> None:
    assert qapp
    display = build(paragraph(Text("voir "), Text("Lego", href="#lego"))).face(CARD, Face.CONTENT)
    (link,) = display.links
    line = line_boxes(item_with(display, "voir"))[0]
    assert link.href == "#lego"
    assert link.rect.x > line.x + 50
    assert abs(link.rect.right - line.right) < 3
    assert link.rect.intersects(line)


def test_titles_have_lines_of_about_equal_length(qapp: object) -> None:
    assert qapp
    title = "Un titre assez long pour qu’il lui faille deux lignes, dont la seconde courte"
    display = build(paragraph(Text("x")), title=title).face(CARD, Face.CONTENT)
    widths = [box.width for box in line_boxes(item_with(display, "titre"))]
    assert len(widths) == 2
    assert min(widths) > 0.7 * max(widths)


def test_a_formula_stands_in_its_line_and_a_bad_one_is_shown_as_written(qapp: object) -> None:
    assert qapp
    good = build(paragraph(Text("Soit "), InlineMath(r"\frac{a}{b}"), Text(" ici"))).face(CARD, Face.CONTENT)
    assert not good.diagnostics
    assert "ici" in words(good)
    bad = build(md.MathBlock(tex=r"\frac{1}{")).face(CARD, Face.CONTENT)
    assert [d.code for d in bad.diagnostics] == ["math-error"]
    assert r"\frac{1}{" in words(bad)


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\frac{1}{", "it ends where something should follow"),
        ("a_1_2", "it has two indices in one place"),
        ("a^1^2", "it has two exponents in one place"),
        (r"\left( x", r"\left and \right do not come in pairs"),
        (r"\begin{matrix} a", r"\begin and \end do not come in pairs"),
        ("a_", "nothing follows ^ or _"),
        (r"\limits", "it is not TeX as it is read here"),
    ],
)
def test_what_is_wrong_with_a_formula_is_said_in_words(qapp: object, tex: str, words: str) -> None:
    assert qapp
    (found,) = build(md.MathBlock(tex=tex)).face(CARD, Face.CONTENT).diagnostics
    assert found.message == f"The formula “{tex}” cannot be set: {words}."


@pytest.mark.parametrize(
    "name",
    ["aligned", "alignedat", "align*", "gathered", "gather*", "multline", "eqnarray", "dcases", "rcases", "split"],
)
def test_environments_of_several_lines_are_set(qapp: object, name: str) -> None:
    assert qapp
    columns = "{2}" if name == "alignedat" else ""
    tex = rf"\begin{{{name}}}{columns}a\\b\end{{{name}}}"
    face = build(md.MathBlock(tex=tex)).face(CARD, Face.CONTENT)
    assert not face.diagnostics
    assert tex not in words(face)


def test_only_blocks_follow_path_and_language(qapp: object) -> None:
    assert qapp
    only = md.Only(blocks=(paragraph(Text("Court seulement")),), paths=("court",))
    assert "Court" not in words(build(only, paragraph(Text("Toujours"))).face(CARD, Face.CONTENT))


def test_layouts_are_laid_out(qapp: object) -> None:
    assert qapp
    display = build(paragraph(Text("un")), paragraph(Text("deux"))).face(CARD, Face.CONTENT)
    assert all(isinstance(item.layout, QTextLayout) and item.layout.lineCount() for item in texts(display))


def test_brackets_are_as_high_as_the_sums_in_them(qapp: object) -> None:
    assert qapp
    for inline in (True, False):
        alone = formula(r"\frac{1}{\sum_j e^{f_j}}", 40.0, inline=inline)
        bracketed = formula(r"\left(\frac{1}{\sum_j e^{f_j}}\right)", 40.0, inline=inline)
        assert isinstance(alone, Shape)
        assert isinstance(bracketed, Shape)
        assert alone.height <= bracketed.height < 1.6 * alone.height
