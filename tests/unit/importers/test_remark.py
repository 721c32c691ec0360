"""remark and xaringan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.importers.conftest import PNG

from atelier.markup.blocks import CodeBlock, Columns, Figure, ListBlock

if TYPE_CHECKING:
    from tests.unit.importers.conftest import Bring


def test_slides_notes_and_properties(bring: Bring) -> None:
    text = (
        "class: center, middle\n\n# Talk\n\n???\nhello\n\n---\nname: one\n"
        "background-image: url(cat.png)\n\n# A\n\ntext\n\n---\n\n# B\n\nsee [A](#one)\n\n???\n\n"
        "- said\n"
    )
    deck = bring(text, files={"cat.png": PNG})
    assert deck.imported.kind == "remark"
    assert deck.titles == [(1, "A"), (1, "B")]
    frame = deck.deck.frames[1]
    assert (frame.id, frame.background) == ("one", "pictures/cat.png")
    assert "/// notes\nhello\n///" in deck.text
    assert deck.content("B").notes
    assert "[A](#one)" in deck.text


def test_two_dashes_show_the_rest_later(bring: Bring) -> None:
    deck = bring(
        "# Talk\n\n---\n\n# A\n\nfirst\n--\n\nsecond\n\n---\n\n# B\n\n- one\n--\n\n- two\n--\n\n- three\n", "remark"
    )
    assert [block.step for block in deck.content("A").blocks] == [0, 1]
    found = deck.content("B").blocks
    assert len(found) == 1
    assert isinstance(found[0], ListBlock)
    assert [item.step for item in found[0].items] == [1, 2, 3]


def test_notes_end_where_the_slide_goes_on(bring: Bring) -> None:
    deck = bring("# Talk\n\n---\n\n# A\n\nHello\n???\nfirst note\n--\n\nWorld\n???\nsecond note\n", "remark")
    assert [block.step for block in deck.content("A").blocks] == [0, 1]
    assert "first note" in deck.text
    assert "/// notes\nfirst note\n\nsecond note\n///" in deck.text


def test_classes_in_the_text(bring: Bring) -> None:
    text = (
        "# Talk\n\n---\n\n# A\n\n.left-column[\n## Left\n\ntext [link](https://example.org)\n]\n"
        ".right-column[\n- right\n\n.red[inner] words\n]\n\n"
        ".footnote[At the end]\n\nA .large[word] here, and `.code[x]`.\n"
    )
    deck = bring(text)
    columns = deck.content("A").blocks[0]
    assert isinstance(columns, Columns)
    assert len(columns.columns) == 2
    assert "A word here, and `.code[x]`." in deck.text
    assert "At the end" in deck.text
    assert deck.titles == [(1, "A")]


def test_layouts_and_templates(bring: Bring) -> None:
    text = (
        "# Talk\n\n---\nlayout: true\nclass: inverse\n\n.foot[On every slide]\n\n---\n\n# A\n\nx\n\n"
        "---\nlayout: false\nname: base\n\n# Base\n\nfrom the template\n\n---\ntemplate: base\n\n"
        "of its own\n"
    )
    deck = bring(text, "remark")
    frames = {frame.title: frame for frame in deck.deck.frames}
    assert "inverse" in frames["A"].classes
    assert deck.text.count("from the template") == 2
    assert any("On every slide" in loss.text for loss in deck.imported.losses)


def test_marked_lines_of_code(bring: Bring) -> None:
    deck = bring(
        (
            "# Talk\n\n---\n\n# A\n\n```ruby\ndef add(a)\n*  a + 1\nend\n```\n\n```r\nx <- 1 #<<\ny\n"
            "```\n\n![:scale 40%](cat.png)\n"
        ),
        "remark",
        files={"cat.png": PNG},
    )
    one, two, figure = deck.content("A").blocks
    assert isinstance(one, CodeBlock)
    assert isinstance(two, CodeBlock)
    assert isinstance(figure, Figure)
    assert [sorted(one.states[0]), sorted(two.states[0]), figure.width] == [[2], [1], 0.4]
    assert "  a + 1" in deck.text
    assert "#<<" not in deck.text


def test_xaringan(bring: Bring) -> None:
    text = (
        '---\ntitle: "Ninja"\nsubtitle: "Sub"\nauthor: "Ann"\ndate: "`r Sys.Date()`"\noutput:\n'
        "  xaringan::moon_reader:\n    lib_dir: libs\n---\n\n# A\n\n```{r eval=FALSE}\nplot(1)\n"
        "```\n\n---\n\n# B\n\nx\n"
    )
    deck = bring(text, name="slides.Rmd")
    assert deck.imported.kind == "remark"
    assert deck.deck.frames[0].title == "Ninja"
    assert deck.titles == [(1, "A"), (1, "B")]
    assert "Sub" in deck.text
    assert "Sys.Date" not in deck.text


def test_a_page_with_markdown_in_it(bring: Bring) -> None:
    text = (
        '<html><body><textarea id="source">\n# Talk\n\na &lt; b\n\n---\n\n# A\n\nx\n'
        "</textarea><script>remark.create()</script></body></html>"
    )
    deck = bring(text, name="slides.html")
    assert deck.imported.kind == "remark"
    assert deck.titles == [(1, "A")]
    assert "a < b" in deck.text
