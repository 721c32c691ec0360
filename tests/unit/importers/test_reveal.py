"""reveal.js Markdown and its relatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.importers.conftest import PNG

from atelier.markup.blocks import CodeBlock, ListBlock

if TYPE_CHECKING:
    from tests.unit.importers.conftest import Bring


@pytest.mark.parametrize("down", ["----", "--", "+++", ">>>"])
def test_slides_below_one_another_are_frames_inside(bring: Bring, down: str) -> None:
    deck = bring(
        f"# Talk\n\n---\n\n## A\n\nx\n\n{down}\n\n### A1\n\ny\n\n{down}\n\n### A2\n\nz\n\n---\n\n## B\n\nw\n", "reveal"
    )
    assert deck.titles == [(1, "A"), (2, "A1"), (2, "A2"), (1, "B")]


def test_notes_begin_with_a_word(bring: Bring) -> None:
    deck = bring("# Talk\n\nNote: hello\nall\n\n---\n\n## A\n\ntext\n\nNotes:\n\nlong ones\n\n```\nwith code\n```\n")
    assert deck.imported.kind == "reveal"
    assert "/// notes\nhello\nall\n///" in deck.text
    assert len(deck.content("A").notes) == 2
    assert len(deck.content("A").blocks) == 1


def test_settings_of_slides_and_elements(bring: Bring) -> None:
    text = (
        "# Talk\n\n---\n\n"
        '<!-- .slide: data-background="cat.png" id="cats" data-timing="90" data-transition="zoom" -->\n'
        "## A\n\n"
        '- one <!-- .element: class="fragment" -->\n- two <!-- .element: class="fragment" -->\n\n'
        'later <!-- .element: class="fragment" -->\n\nthere\n\n---\n\n'
        '<!-- .slide: data-visibility="hidden" -->\n## B\n\nsee [it](#/cats) and [this](#/2)\n'
    )
    deck = bring(text, files={"cat.png": PNG})
    frame = deck.deck.frames[1]
    assert (frame.id, frame.background, frame.minutes) == ("cats", "pictures/cat.png", 1.5)
    assert deck.deck.frames[2].private
    blocks = deck.content("A").blocks
    assert isinstance(blocks[0], ListBlock)
    assert [item.step for item in blocks[0].items] == [1, 2]
    assert [block.step for block in blocks[1:]] == [3, 0]
    assert "[it](#cats) and [this](#cats)" in deck.text
    assert "transition" in deck.codes


def test_lines_of_code(bring: Bring) -> None:
    deck = bring("# Talk\n\n---\n\n## A\n\n```js [1-2|3|4]\na\nb\nc\nd\n```\n\n```js [|2]\na\nb\n```\n", "reveal")
    code = [block for block in deck.content("A").blocks if isinstance(block, CodeBlock)]
    assert [[sorted(state) for state in each.states] for each in code] == [[[1, 2], [3], [4]], [[1, 2], [2]]]


def test_fragments_in_html(bring: Bring) -> None:
    text = (
        '# Talk\n\n---\n\n## A\n\n<p class="fragment">one</p>\n\n<div class="fragment fade-up">\n\n'
        'two\n\n- three\n\n</div>\n\n<ul>\n<li class="fragment">x</li>\n<li>y</li>\n</ul>\n'
    )
    deck = bring(text, "reveal")
    assert [block.step for block in deck.content("A").blocks] == [1, 2, 2, 0]


def test_separators_that_are_said(bring: Bring) -> None:
    deck = bring(
        (
            "---\ntitle: T\nseparator: <!--s-->\nverticalSeparator: <!--v-->\n---\n\n# A\n\nx\n<!--s-->\n"
            "# B\n\n---\n\ny\n<!--v-->\n# C\n\nz\n"
        ),
        "reveal",
    )
    assert [title for _depth, title in deck.titles] == ["B", "C"]


def test_blank_lines_part_slides_where_nothing_else_does(bring: Bring) -> None:
    deck = bring(
        '# Talk\n\nhi\n\n\n\n## A\n\nx\n\n\n## A1\n\ny\n\n\n\n## B <!-- .element: class="fragment" -->\n\nz\n', "reveal"
    )
    assert deck.titles == [(1, "A"), (2, "A1"), (1, "B")]


def test_a_page_with_markdown_in_it(bring: Bring) -> None:
    text = (
        '<html><body><div class="reveal"><div class="slides">'
        "<section data-markdown><textarea data-template>\n# Talk\n\nfirst &amp; best\n\n---\n\n"
        "## A\n\nNote: said\n</textarea></section>"
        '<section data-markdown="more.md"></section></div></div></body></html>'
    )
    deck = bring(text, name="index.html", files={"more.md": b"## More\n\ntext\n"})
    assert deck.deck.frames[0].title == "Talk"
    assert [title for _depth, title in deck.titles] == ["A", "More"]
    assert "first & best" in deck.text


def test_what_html_hides_is_said_and_not_shown(bring: Bring) -> None:
    text = (
        '# Talk\n\n---\n\n## A\n\nshown\n\n<aside class="notes">\n\nspoken\n\n- twice\n\n</aside>\n\n'
        '<div style="display: none">unseen</div>\n\n<p hidden>never</p>\n'
    )
    deck = bring(text, "reveal")
    assert len(deck.content("A").blocks) == 1
    assert len(deck.content("A").notes) == 4
    assert "hidden" in deck.codes
