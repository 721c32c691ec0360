"""pandoc's and Quarto's Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.importers.conftest import PNG

from atelier.markup.blocks import (
    Callout,
    CalloutKind,
    CodeBlock,
    Columns,
    Figure,
    Footnotes,
    ListBlock,
    MathBlock,
    plain_text,
)

if TYPE_CHECKING:
    from tests.unit.importers.conftest import Bring

QUARTO = (
    "---\ntitle: Deck\nsubtitle: Below\nauthor:\n  - name: Ann\n  - name: Bob\nformat:\n"
    "  revealjs:\n    theme: dark\n    footer: Foot\n---\n\n"
)


def test_headings_are_sections_and_slides(bring: Bring) -> None:
    deck = bring(
        QUARTO
        + (
            "# Part\n\n## One\n\nx\n\n### Sub\n\ny\n\n## Two\n\nz\n\n---\n\n"
            "An untitled one that is rather long, so that it keeps its text as it is, here.\n\n# Next\n\n"
            "## Three\n\nw\n"
        )
    )
    assert deck.imported.kind == "pandoc"
    assert deck.deck.frames[0].title == "Deck"
    assert deck.titles == [(1, "Part"), (2, "One"), (2, "Two"), (2, "Two (2)"), (1, "Next"), (2, "Three")]
    assert (deck.deck.theme, deck.deck.author) == ("nuit", "Ann, Bob")
    assert any(loss.text == "Foot" for loss in deck.imported.losses)


def test_the_slide_level_is_the_highest_with_text_below(bring: Bring) -> None:
    deck = bring(
        "% Habits\n% John Doe\n% March 22\n\n# In the morning\n\n- eat\n\n# In the evening\n\n## inner\n\n- sleep\n",
        "pandoc",
    )
    assert deck.deck.frames[0].title == "Habits"
    assert [title for _depth, title in deck.titles] == ["In the morning", "In the evening"]
    assert "John Doe" in deck.text


def test_notes_and_pauses(bring: Bring) -> None:
    deck = bring(
        QUARTO
        + (
            "## A\n\nfirst\n\n. . .\n\nsecond\n\n- with\n\n. . .\n\nthird\n\n::: notes\nSay *it*.\n\n"
            "# loud\n:::\n\n## B\n\n::: {.notes}\nmore\n:::\n\nend\n"
        )
    )
    assert [block.step for block in deck.content("A").blocks] == [0, 1, 1, 2]
    assert len(deck.content("A").notes) == 2
    assert deck.content("B").notes
    assert "hidden" not in deck.codes


def test_incremental_lists(bring: Bring) -> None:
    text = "## A\n\n::: incremental\n- a\n- b\n:::\n\ntext\n\n- c\n\nmore\n\n::: {.nonincremental}\n- d\n:::\n"
    here = [b for b in bring(QUARTO + text).content("A").blocks if isinstance(b, ListBlock)]
    assert [[item.step for item in each.items] for each in here] == [[1, 2], [0], [0]]
    everywhere = bring(QUARTO.replace("    theme", "    incremental: true\n    theme") + text)
    lists = [b for b in everywhere.content("A").blocks if isinstance(b, ListBlock)]
    assert [[item.step for item in each.items] for each in lists] == [[1, 2], [3], [0]]


def test_columns_callouts_and_fragments(bring: Bring) -> None:
    text = (
        ':::: {.columns}\n\n::: {.column width="40%"}\nleft\n:::\n\n::: {.column width="60%"}\n'
        "![Cat](cat.png){width=50%}\n:::\n\n::::\n\n"
        '::: {.callout-tip title="Well"}\nok\n:::\n\n::: {.callout-warning}\n## Beware\nof it\n'
        ":::\n\n::: {.fragment}\nlater\n:::\n"
    )
    deck = bring(QUARTO + "## A\n\n" + text, files={"cat.png": PNG})
    columns, tip, warning, later = deck.content("A").blocks
    assert isinstance(columns, Columns)
    assert isinstance(tip, Callout)
    assert isinstance(warning, Callout)
    assert (tip.kind, warning.kind, later.step) == (CalloutKind.OK, CalloutKind.WARN, 1)
    assert "/// callout | Well" in deck.text
    assert "/// callout | Beware" in deck.text


def test_cells_and_line_numbers(bring: Bring) -> None:
    text = (
        '## A\n\n```{.python code-line-numbers="|2" filename="x.py"}\na\nb\n```\n\n```{python}\n'
        '#| code-line-numbers: "1"\n#| eval: false\nx\ny\n```\n\n'
        "```{r}\n#| echo: false\nsecret(1)\n```\n\n```{r, eval=FALSE}\nlm(y ~ x)\n```\n"
    )
    deck = bring(QUARTO + text)
    code = [block for block in deck.content("A").blocks if isinstance(block, CodeBlock)]
    assert [(c.language, c.title, [sorted(s) for s in c.states]) for c in code] == [
        ("python", "x.py", [[1, 2], [2]]),
        ("python", "", [[1]]),
        ("r", "", []),
    ]
    assert any(loss.code == "cell" and loss.text == "secret(1)" for loss in deck.imported.losses)


def test_settings_of_a_slide(bring: Bring) -> None:
    deck = bring(
        QUARTO
        + (
            '## A {#sec-a .smaller .mine background-image="cat.png"}\n\nx\n\n'
            '## B {visibility="hidden" background-color="red"}\n\nsee [A](#sec-a) and [gone](#nowhere)\n'
        ),
        files={"cat.png": PNG},
    )
    first, second = deck.deck.frames[1:]
    assert (first.id, first.background, first.classes) == ("sec-a", "pictures/cat.png", ("mine",))
    assert second.private
    assert {"background", "link"} <= deck.codes
    assert "and gone" in deck.text


def test_formulas_footnotes_and_definitions(bring: Bring) -> None:
    text = (
        "## A\n\n$$\na < b\n$$\n\nText[^1] with $x<y$ and [ref][r].\n\n[^1]: The *note*.\n\n"
        "[r]: https://example.org\n\n## B\n\nmore[^2]\n\n[^2]: Other.\n"
    )
    deck = bring(QUARTO + text)
    blocks = deck.content("A").blocks
    assert isinstance(blocks[0], MathBlock)
    assert blocks[0].tex == "a < b"
    assert isinstance(blocks[-1], Footnotes)
    assert isinstance(deck.content("B").blocks[-1], Footnotes)


def test_what_is_filled_in_is_reported(bring: Bring) -> None:
    deck = bring(
        QUARTO
        + (
            "## A\n\n{{< video https://example.org/v >}}\n\n{{< include other.qmd >}}\n\n"
            '[@knuth1984] says.\n\n::: {.content-hidden when-format="revealjs"}\nnot here\n:::\n\n'
            "```{=html}\n<b>raw</b>\n```\n"
        )
    )
    assert {"media", "shortcode", "citation", "hidden", "html"} <= deck.codes
    assert "https://example.org/v" in deck.text
    assert deck.content("A").notes


def test_the_words_of_a_picture_that_stands_alone_are_its_caption(bring: Bring) -> None:
    text = '## A\n\n![A *cat*](cat.png){fig-alt="Fur" width=40%}\n\nIn ![a line](cat.png) not.\n'
    deck = bring(QUARTO + text, files={"cat.png": PNG})
    figure = deck.content("A").blocks[0]
    assert isinstance(figure, Figure)
    assert (figure.alt, plain_text(figure.caption), figure.width) == ("Fur", "A cat", 0.4)
    assert "In ![a line](pictures/cat.png) not." in deck.text
