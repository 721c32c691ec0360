"""Slidev's slides, layouts, clicks and code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.importers.conftest import PNG

from atelier.markup.blocks import CodeBlock, Columns, Figure, ListBlock, plain_text

if TYPE_CHECKING:
    from tests.unit.importers.conftest import Bring

HEAD = (
    "---\ntheme: seriph\ntitle: Deck\nduration: 30min\naspectRatio: 4/3\nmdc: true\n---\n\n# Deck\n\nHello\n\n---\n\n"
)


def test_settings_stand_between_dashes(bring: Bring) -> None:
    text = HEAD + (
        "# A\n\ntext\n\n---\nlayout: section\nrouteAlias: part\n---\n\n# Part\n\n---\nhide: true\n"
        "---\n\n# Hidden\n\nx\n\n---\nfoo: bar\n---\n\n# Last\n\ny [up](/part)\n"
    )
    deck = bring(text)
    assert deck.imported.kind == "slidev"
    assert deck.titles == [(1, "A"), (1, "Part"), (2, "Hidden"), (2, "Last")]
    assert (deck.deck.theme, deck.deck.ratio, deck.deck.minutes) == ("clair", 4 / 3, 30)
    frames = {frame.title: frame for frame in deck.deck.frames}
    assert frames["Part"].id == "part"
    assert frames["Hidden"].private
    assert "[up](#part)" in deck.text
    assert ("setting", 35) in deck.said


def test_the_last_comment_is_the_notes(bring: Bring) -> None:
    deck = bring(HEAD + "# A\n\n<!-- an aside -->\n\ntext\n\n<!--\nWhat I say.\n\n- [click] point\n-->\n")
    assert "/// notes\nan aside\n\nWhat I say.\n\n- [click] point\n///" in deck.text
    assert ("comment", 17) in deck.said


def test_slots_are_columns(bring: Bring) -> None:
    deck = bring(
        HEAD
        + (
            "# A\n\nfirst\n\n---\nlayout: two-cols\n---\n\n# B\n\nleft\n\n::right::\n\n## Sub\n\n"
            "right\n\n---\nlayout: two-cols-header\n---\n\n# C\n\nabove\n\n::left::\n\n- l\n\n"
            "::right::\n\n- r\n"
        )
    )
    for title, place in (("B", 0), ("C", 1)):
        columns = deck.content(title).blocks[place]
        assert isinstance(columns, Columns)
        assert len(columns.columns) == 2


def test_clicks_are_steps(bring: Bring) -> None:
    text = HEAD + (
        "# A\n\n<v-clicks>\n\n- one\n- two\n\n</v-clicks>\n\n<v-click>\n\nthree\n\n- and a list\n\n</v-click>\n\n"
        '<div v-click="4" class="x">four</div>\n\n<ul><li v-click>five</li><li v-click>six</li></ul>\n'
    )
    deck = bring(text)
    found = deck.content("A")
    first = found.blocks[0]
    assert isinstance(first, ListBlock)
    assert [item.step for item in first.items] == [1, 2]
    assert [block.step for block in found.blocks[1:4]] == [3, 3, 4]
    last = found.blocks[4]
    assert isinstance(last, ListBlock)
    assert [item.step for item in last.items] == [5, 6]


def test_code(bring: Bring) -> None:
    text = HEAD + (
        "# A\n\n```ts {2-3|5|all} {maxHeight:'100px'}\na\nb\nc\nd\ne\n```\n\n```js [main.js] {1,3}\na\nb\nc\n```\n\n"
        "```py {7|8}{lines:true,startLine:6}\na\nb\nc\n```\n\n<<< @/snippets/cake.py {2}\n\n```ts {monaco}\nx\n```\n"
    )
    deck = bring(text, files={"snippets/cake.py": b"one\ntwo\n"})
    code = [block for block in deck.content("A").blocks if isinstance(block, CodeBlock)]
    assert [[sorted(state) for state in each.states] for each in code] == [
        [[2, 3], [5], [1, 2, 3, 4, 5]],
        [[1, 3]],
        [[2], [3]],
        [[2]],
        [],
    ]
    assert [each.language for each in code] == ["ts", "js", "py", "py", "ts"]
    assert code[1].title == "main.js"
    assert code[2].numbered


def test_code_that_moves_is_shown_state_by_state(bring: Bring) -> None:
    deck = bring(HEAD + "# A\n\n````md magic-move\n```js\nlet a\n```\n```js\nlet b\n```\n````\n")
    assert [block.step for block in deck.content("A").blocks] == [0, 1]
    assert "code" in deck.codes


def test_pictures_of_the_public_folder(bring: Bring) -> None:
    text = HEAD + (
        "---\nlayout: image-right\nimage: /cat.png\n---\n\n# A\n\ntext\n\n"
        '<img src="/cat.png" width="50%" alt="Cat">\n\n---\nbackground: /cat.png\n---\n\n# B\n'
    )
    deck = bring(text, files={"public/cat.png": PNG})
    columns = deck.content("A").blocks[0]
    assert isinstance(columns, Columns)
    assert isinstance(columns.columns[1].blocks[0], Figure)
    assert deck.deck.frames[-1].background == "pictures/cat.png"
    assert deck.imported.pictures == 1


def test_slides_of_other_files(bring: Bring) -> None:
    text = HEAD + "# A\n\nx\n\n---\nsrc: ./pages/more.md\n---\n\n---\nsrc: ../outside.md\n---\n\n---\n\n# Z\n\nx\n"
    files = {"pages/more.md": b"---\nlayout: center\n---\n\n# More\n\nm\n\n---\n\n# Even more\n\nn\n"}
    deck = bring(text, files=files)
    assert [title for _depth, title in deck.titles] == ["A", "More", "Even more", "Z"]
    assert "file" in deck.codes


def test_components_are_reported_and_their_words_kept(bring: Bring) -> None:
    deck = bring(
        HEAD
        + (
            '# A\n\n<Counter :count="10">counts <b>well</b></Counter>\n\n<carbon:edit />\n\n'
            '<Youtube id="abc" />\n\n<script setup>\nlet x\n</script>\n'
        )
    )
    words = " ".join(plain_text(getattr(block, "inlines", ())) for block in deck.content("A").blocks)
    assert "counts well" in words
    assert "https://www.youtube.com/watch?v=abc" in words
    assert {"component", "media", "script"} <= deck.codes
    assert "let x" not in deck.text


def test_components_that_end_themselves_and_words_in_brackets(bring: Bring) -> None:
    deck = bring(HEAD + "# A <MarkerCore />\n\n<ri-user-line class='x'/ > see Vec<T> and <your name>, a < b\n")
    assert deck.titles == [(1, "A")]
    assert "see Vec&lt;T> and &lt;your name>, a < b" in deck.text
    assert "ri-user" not in deck.text
