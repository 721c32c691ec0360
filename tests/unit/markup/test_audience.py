from __future__ import annotations

from tests.unit.markup.markup_reading import content

from atelier.markup.audience import visible
from atelier.markup.blocks import Block, CodeBlock, FootnoteMark, Footnotes, ListBlock, Paragraph
from atelier.markup.words import words


def seen(text: str, path: str = "", language: str = "en") -> tuple[Block, ...]:
    return visible(content(text).blocks, path, language)


def test_private_blocks_and_runs_are_gone_everywhere() -> None:
    text = (
        "a *secret*{.private} b\n\n> q *secret*{.private}\n>\n> /// private\n> secret\n> ///\n\n- *secret*{.private}\n"
        "- x\n\n"
        "| *secret*{.private} | b |\n|---|---|\n| 1 | $s$ |\n\nsecret\n{: .private }\n\n"
        "/// callout | *secret*{.private}\nx\n///\n"
    )
    assert "secret" not in words(seen(text))
    assert "secret" in words(content(text).blocks)


def test_blocks_of_the_class_private_are_gone() -> None:
    for text in (
        "/// callout\n    attrs: {class: private}\nsecret\n///",
        "/// callout | secret\n///\n{: .private }",
        "![a](b.png)\n\n/// caption\nsecret\n///\n{: .private }",
        "![a](b.png)\n\n/// caption\n    attrs: {class: private}\n\nsecret\n///",
        "/// columns\n//// column\n    attrs: {class: private}\n\nsecret\n////\n///",
        "### secret {.plain .private}",
    ):
        assert "secret" not in words(seen(text)), text
        assert "secret" in words(content(text).blocks), text


def test_only_holds_by_path_and_language() -> None:
    text = (
        "/// only | path=court\nshort\n///\n/// only | lang=fr\nfrancais\n///\n"
        "/// only | path=court lang=fr\nboth\n///\nall"
    )
    assert words(seen(text)) == "all"
    assert words(seen(text, "court")) == "short\nall"
    assert words(seen(text, "court", "fr")) == "short\nfrancais\nboth\nall"


def test_steps_are_numbered_anew() -> None:
    text = (
        "/// only | path=x\na\n{: .step }\n///\n\n- b\n- c\n{: .steps }\n\n/// private\nn\n{: .step }\n///\n\n"
        '```py hl_steps="1|2"\na\nb\n```\n\nd\n{: .step }\n'
    )
    blocks = seen(text)
    items, code, last = blocks
    assert isinstance(items, ListBlock)
    assert [item.step for item in items.items] == [1, 2]
    assert isinstance(code, CodeBlock)
    assert (code.first_advance, last.step) == (3, 4)
    assert seen(text, "x")[-1].step == 5


def test_footnotes_that_lose_their_mark_are_gone() -> None:
    text = "/// private\np[^s]\n///\na[^b] c[^d]\n\n[^s]: secret\n[^b]: B\n[^d]: D"
    paragraph, notes = seen(text)
    assert isinstance(paragraph, Paragraph)
    assert [run.number for run in paragraph.inlines if isinstance(run, FootnoteMark)] == [1, 2]
    assert isinstance(notes, Footnotes)
    assert [(n.number, words(n.blocks)) for n in notes.items] == [(1, "B"), (2, "D")]
    assert words(seen("*p[^s]*{.private}\n\n[^s]: secret")) == ""


def test_nothing_private_nothing_changed() -> None:
    blocks = content("a\n\n- b\n{: .steps }").blocks
    assert visible(blocks, "", "en") is blocks


def test_of_the_spaces_around_private_words_one_stays() -> None:
    for text, shown in (
        ("Our client *Such* is glad.", "Our client is glad."),
        ("We met *Such*.", "We met."),
        ("*Such* is glad.", "is glad."),
        ("With *Such and **Sons*** (them), then.", "With (them), then."),
    ):
        assert words(seen(text.replace("* ", "*{.private} ").replace("*.", "*{.private}."))) == shown
