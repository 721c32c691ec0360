"""Marp's directives, pictures and fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.importers.conftest import PNG

from atelier.markup.blocks import CodeBlock, Columns, Figure, ListBlock, plain_text

if TYPE_CHECKING:
    from tests.unit.importers.conftest import Bring

FILES = {"cat.png": PNG, "img/dog.png": PNG}


def test_rules_part_slides_and_comments_are_notes(bring: Bring) -> None:
    deck = bring(
        "---\nmarp: true\n---\n\n# Talk\n\nBy me\n\n<!-- Say hello. -->\n\n---\n\n## One\n\ntext\n\n"
        "***\n\n## Two\n\nmore\n"
    )
    assert deck.imported.kind == "marp"
    assert deck.titles == [(1, "One"), (1, "Two")]
    assert deck.deck.frames[0].title == "Talk"
    assert "/// notes\nSay hello.\n///" in deck.text
    assert not deck.imported.losses


def test_dashes_below_a_paragraph_make_a_heading(bring: Bring) -> None:
    deck = bring("# A\n\n---\n\nHeading\n---\n\ntext\n\n- item\n---\n\n# C\n\nx\n", "marp")
    assert [title for _depth, title in deck.titles] == ["Heading", "C"]


def test_rules_and_comments_in_code_and_comments_part_nothing(bring: Bring) -> None:
    text = (
        "# A\n\n---\n\n# B\n\n```md\n---\n<!-- shown -->\n```\n\n<!--\nsaid\n\n---\n\nstill said\n"
        "-->\n\n---\n\n# C\n\nx\n"
    )
    deck = bring(text, "marp")
    assert [title for _depth, title in deck.titles] == ["B", "C"]
    code = deck.content("B").blocks[0]
    assert isinstance(code, CodeBlock)
    assert ["".join(token.text for token in line) for line in code.lines] == ["---", "<!-- shown -->"]
    assert deck.content("B").notes


def test_stars_and_parentheses_come_item_by_item(bring: Bring) -> None:
    deck = bring(
        "# A\n\n---\n\n# B\n\n* one\n  - inner\n* two\n\ntext\n\n1) first\n2) second\n\ntext\n\n- all\n- at once\n",
        "marp",
    )
    lists = [block for block in deck.content("B").blocks if isinstance(block, ListBlock)]
    assert [[item.step for item in each.items] for each in lists] == [[1, 2], [3, 4], [0, 0]]


def test_background_pictures_fill_the_frame_or_stand_beside_the_text(bring: Bring) -> None:
    text = (
        "# A\n\n---\n\n![bg cover](cat.png)\n\n# Full\n\n---\n\n"
        "![bg left:33% w:10px](img/dog.png)\n\n# Left\n\ntext\n\n---\n\n# Right\n\n"
        "![bg right](cat.png)\n\n- a\n"
    )
    deck = bring(text, "marp", files=FILES)
    full = next(frame for frame in deck.deck.frames if frame.title == "Full")
    assert full.background == "pictures/cat.png"
    for title, place in (("Left", 0), ("Right", 1)):
        columns = deck.content(title).blocks[0]
        assert isinstance(columns, Columns)
        assert isinstance(columns.columns[place].blocks[0], Figure)
        assert len(columns.columns) == 2


def test_the_words_of_a_picture_are_its_size_and_its_words(bring: Bring) -> None:
    deck = bring("# A\n\n---\n\n# B\n\n![w:480px A black cat](cat.png)\n\ntext\n", "marp", files=FILES)
    figure = deck.content("B").blocks[0]
    assert isinstance(figure, Figure)
    assert (figure.alt, figure.width, figure.source) == ("A black cat", 0.5, "pictures/cat.png")


def test_directives(bring: Bring) -> None:
    text = (
        "---\nmarp: true\ntheme: gaia\nclass: invert\nsize: 4:3\nfooter: At the foot\n"
        "headingDivider: 2\ntitle: Front\n---\n"
        "# A\n\n<!-- _class: lead\n_color: red -->\n\n## B\n\ntext\n\n### inner\n\n## C\n\n<!-- $theme: x -->\n\nmore\n"
    )
    deck = bring(text)
    assert deck.titles == [(1, "B"), (1, "C")]
    assert (deck.deck.theme, deck.deck.ratio) == ("nuit", 4 / 3)
    assert "lead" in deck.deck.frames[0].classes
    assert not any(content.notes for content in deck.contents)
    assert {"running", "colour"} <= deck.codes
    assert any(loss.text == "At the foot" for loss in deck.imported.losses)
    assert ("colour", 13) in deck.said or "colour" in deck.codes


def test_columns_in_html(bring: Bring) -> None:
    text = (
        '# A\n\n---\n\n# B\n\n<div class="columns">\n<div>\n\n## Left\n\n- a\n  - b\n\n</div>\n<div>\n\n'
        "    ```py\n    x = 1\n    ```\n\n</div>\n</div>\n\n<style scoped>\nh1 { color: red }\n</style>\n"
    )
    deck = bring(text, "marp")
    columns = deck.content("B").blocks[0]
    assert isinstance(columns, Columns)
    assert [len(column.blocks) for column in columns.columns] == [2, 1]
    assert isinstance(columns.columns[1].blocks[0], CodeBlock)
    assert deck.titles == [(1, "B")]
    assert "style" in deck.codes
    assert "color" not in deck.text


def test_title_slides_become_sections(bring: Bring) -> None:
    text = (
        "# Talk\n\n---\n\n# Intro\n\nx\n\n---\n\n<!-- _class: lead -->\n# Part\n\n---\n\n# In it\n\n"
        "y\n\n---\n\n# Also\n\nz\n\n---\n\n# Thanks\n"
    )
    deck = bring(text, "marp")
    assert deck.titles == [(1, "Intro"), (1, "Part"), (2, "In it"), (2, "Also"), (1, "Thanks")]


def test_untitled_slides(bring: Bring) -> None:
    text = (
        "# Talk\n\n---\n\n# B\n\nx\n\n---\n\n- only\n- a list\n\n---\n\n![A cat](cat.png)\n\n---\n\n"
        "**Questions?**\n\n---\n\n<!-- said -->\n\n---\n"
    )
    deck = bring(text, "marp", files=FILES)
    assert [title for _depth, title in deck.titles] == ["B", "B (2)", "A cat", "Questions?"]
    assert plain_text(getattr(deck.content("Questions?").notes[0], "inlines", ())) == "said"
