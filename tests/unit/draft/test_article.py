from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.deck.audience import for_audience
from atelier.deck.loading import read
from atelier.draft.article import Wish, article_of
from atelier.draft.order import along
from atelier.draft.types import Article, Drawing, Drawn, Kind, Options, ScreenText, Similar, Visit
from atelier.markup.blocks import Figure, FootnoteMark, Paragraph, Table, plain_text
from atelier.markup.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.draft.types import Section

TALK = """---
title: Bread
abstract: {en: On bread., fr: Du pain.}
tags: [food]
categories: [Talks]
paths:
  short: {stops: [bread, rise]}
---

# Bread

/// notes
Good evening.
///

## Flour {#flour}

- rye
- wheat from the valley mills

/// notes
Everything begins with rye, or with wheat from the mills of our valley.

And with patience.
///

## Rising {#rise}

> It doubles while you sleep.
>
> — A baker

### An hour {#hour}

Keep it warm, see [flour](#flour) and [how](https://example.org/how).
"""


def article(text: str = TALK, options: Options | None = None, path: str = "", **wish: object) -> Article:
    deck = read(text.encode())
    visits = along(for_audience(deck).path(path) or deck.paths[0])
    return article_of(deck, Wish(visits=visits, path=path, **wish), options)  # pyright: ignore[reportArgumentType]


def said(section: Section) -> str:
    return words(section.blocks)


def test_notes_are_the_prose_and_a_frame_without_them_gives_its_text() -> None:
    made = article()
    assert words(made.lead) == "Good evening."
    assert [(plain_text(each.title), each.level) for each in made.sections] == [
        ("Flour", 2), ("Rising", 2), ("An hour", 3),
    ]  # fmt: skip
    flour, rise, hour = made.sections
    assert said(flour).startswith("Everything begins with rye")
    assert "A baker" in said(rise)
    assert "Keep it warm" in said(hour)


def test_what_the_screen_showed_is_there_where_it_says_more() -> None:
    flour = article().sections[0]
    assert "wheat from the valley mills" not in said(flour)
    flour = article(options=Options(screen_text=ScreenText.ALL)).sections[0]
    assert said(flour).index("wheat from the valley mills") < said(flour).index("patience")
    text = "# T\n\n## A\n\n- sourdough keeps for weeks\n\n/// notes\nWe bake.\n///\n"
    assert "sourdough" in said(article(text).sections[0])
    assert "sourdough" not in said(article(text, Options(screen_text=ScreenText.NONE)).sections[0])


def test_a_sentence_that_announces_a_list_goes_with_it() -> None:
    text = "# T\n\n## A\n\nThree grains count:\n\n- rye\n- wheat\n\n/// notes\nI bake with rye and wheat.\n///\n"
    assert said(article(text).sections[0]) == "I bake with rye and wheat."


def test_pictures_tables_and_code_stay_with_any_notes(tmp_path: Path) -> None:
    from atelier.deck.loading import load

    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>')
    shown = "![An oven](a.svg)\n\n| rye |\n|---|\n| 2 |\n\n```\nbake()\n```"
    text = f"# T\n\n## A\n\n{shown}\n\n/// notes\nOven, rye, bake.\n///\n"
    (tmp_path / "deck.md").write_text(text)
    deck = load(tmp_path)
    made = article_of(deck, Wish(visits=along(deck.paths[0])), Options(screen_text=ScreenText.NONE))
    kinds = [type(block).__name__ for block in made.sections[0].blocks]
    assert kinds == ["Paragraph", "Figure", "Table", "CodeBlock"]
    assert [(each.name, each.media_type, each.alt) for each in made.pictures.values()] == [
        ("a.svg", "image/svg+xml", "An oven")
    ]


def test_links_lead_to_sections_and_out_and_nowhere_else() -> None:
    hour = article().sections[2]
    assert isinstance(hour.blocks[0], Paragraph)
    assert {getattr(run, "href", "") for run in hour.blocks[0].inlines} == {"", "#flour", "https://example.org/how"}
    assert [(each.address, each.words) for each in article().sources] == [("https://example.org/how", "how")]
    text = TALK.replace("stops: [bread, rise]", "stops: [hour]")
    hour = article(text, path="short").sections[0]
    assert isinstance(hour.blocks[0], Paragraph)
    assert {getattr(run, "href", "") for run in hour.blocks[0].inlines} == {"", "https://example.org/how"}


def test_a_path_chooses_and_levels_follow_what_is_shown() -> None:
    text = TALK.replace("stops: [bread, rise]", "stops: [hour, flour, rise, hour]")
    made = article(text, path="short")
    assert [(each.id, each.level) for each in made.sections] == [("hour", 2), ("flour", 2), ("rise", 2)]
    assert made.lead == ()


def test_no_heading_is_deeper_than_was_wanted() -> None:
    assert [each.level for each in article(options=Options(depth=2)).sections] == [2, 2, 2]


def test_what_is_in_one_language_alone_is_in_its_draft_and_both_share_a_key() -> None:
    text = "# T\n\n## A\n\n/// only | lang=fr\nBonjour\n///\n\n/// only | lang=en\nHello\n///\n"
    french, english = article(text, language="fr", name="bread"), article(text, language="en", name="bread")
    assert (said(french.sections[0]), said(english.sections[0])) == ("Bonjour", "Hello")
    assert (french.lang, english.lang) == ("fr", "en")
    assert french.key == english.key == "bread"


def test_what_is_said_about_the_article() -> None:
    made = article(options=Options(language_tag=True))
    assert made.title == "[en] Bread"
    assert made.abstracts[0] == ("fr", "Du pain.")
    assert made.summary == "On bread."
    assert (made.tags, made.categories) == (("food",), ("Talks",))
    assert made.minutes == 1


def test_footnotes_count_through_the_article_and_those_not_used_are_gone() -> None:
    text = (
        "# T\n\n## A\n\nOne[^x].\n\n/// notes\nTwo[^y].\n///\n\n## B\n\nThree[^z].\n\n"
        "[^x]: said on screen: see two\n[^y]: second note\n[^z]: third\n"
    )
    made = article(text, Options(screen_text=ScreenText.NONE))
    marks = [
        run.number
        for section in made.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for run in block.inlines
        if isinstance(run, FootnoteMark)
    ]
    assert marks == [1, 2]
    assert [(note.number, words(note.blocks)) for note in made.footnotes] == [(1, "second note"), (2, "third")]


def test_what_is_private_or_redacted_is_in_none_of_it() -> None:
    text = (
        "---\nredact: {Acme: a firm}\n---\n# Talk at Acme\n\n## Acme\n\nSay *secret*{.private} Acme\n\n"
        "/// notes\nAcme, %%secret%% [x](https://acme.example/)\n\n/// private\nsecret\n///\n///\n\n"
        "## secret {.private}\n\nsecret\n\n/// notes\nsecret\n///\n"
    )
    made = article(text, name="acme-talk")
    assert "secret" not in repr(made)
    assert "acme" not in repr(made).lower()
    assert made.key == "a-firm-talk"
    assert [plain_text(each.title) for each in made.sections] == ["A firm"]


def test_a_section_with_nothing_in_it_is_left_out_unless_others_are_in_it() -> None:
    made = article("# T\n\n## Empty\n\n## Around\n\n### Inside\n\nText\n")
    assert [plain_text(each.title) for each in made.sections] == ["Around", "Inside"]


def test_pictures_drawn_of_frames_and_of_ink_are_figures() -> None:
    deck = read(TALK.encode())
    drawing = Drawing(b"png", 16, 9)
    drawn = Drawn(frames={1: drawing}, ink={1: (drawing,)})
    made = article_of(deck, Wish(visits=(Visit(1), Visit(2, Kind.LEFT_OUT))), drawn=drawn)
    first, second = made.sections[0].blocks[:2]
    assert isinstance(first, Figure)
    assert isinstance(second, Figure)
    assert (first.source, first.alt) == ("flour.png", "Flour")
    assert second.source == "flour-ink.png"
    assert plain_text(second.caption) == "Drawn during the talk"
    assert said(made.sections[1]).startswith("Not shown that day.")


def test_other_decks_are_named_without_terms() -> None:
    deck = read(b"---\nredact: {Acme: a firm}\n---\n# T\n\n## A\n\nx\n")
    made = article_of(deck, Wish(visits=along(deck.paths[0])), similar=(Similar("Acme again", "With Acme."),))
    assert made.similar == (Similar("A firm again", "With a firm."),)


def test_cases_name_those_like_them() -> None:
    text = (
        "# T\n\n## Lego {#lego}\n\n/// case | crisis\n    company: Lego\n\nStart: they listen\n\n"
        "Lesson: be humble\n///\n\n/// notes\nLong ago.\n\nToday.\n///\n\n"
        "## Mill {#mill}\n\n/// case | crisis\n    company: Mill\n\nStart: none\n///\n"
    )
    lego = article(text).sections[0]
    spoken = said(lego)
    order = [spoken.index(each) for each in ("they listen", "Long ago", "Today", "be humble", "See also: Mill")]
    assert order == sorted(order)


ASKED = """---
lang: {lang}
redact: [Gadget]
---

# All

## Tools

/// {head}

- A blog by Gadget
- A wiki
///

/// private
/// poll | Which of us?
- Ann
- Bob
///
///
"""


def table_of(section: Section) -> list[list[str]]:
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    return [[plain_text(cell.inlines) for cell in row] for row in table.rows]


def asked(lang: str, head: str, *counts: int) -> Section:
    text = ASKED.format(lang=lang, head=head)
    results = {"tools": {"poll 0": counts, "vote 0": counts, "poll 1": (3, 4)}}
    return article(text, results=results).sections[0]


def test_what_was_counted_stands_in_the_place_of_the_answers() -> None:
    section = asked("fr", "poll | Quoi ?", 14, 4)
    assert table_of(section) == [["A blog by", "14", "78\u00a0%"], ["A wiki", "4", "22\u00a0%"]]
    said = words(section.blocks)
    assert said.count("A wiki") == 1
    assert "18 réponses" in said
    assert not {"Gadget", "Ann", "Which"} & {*said.split()}


def test_shares_are_said_where_everyone_gives_one_answer() -> None:
    assert table_of(asked("en", "poll | What?", 1, 0)) == [["A blog by", "1", "100%"], ["A wiki", "0", "0%"]]
    several = asked("en", "poll | What?\n    multiple: true", 2, 1)
    assert table_of(several) == [["A blog by", "2"], ["A wiki", "1"]]
    assert "3 answers · several answers possible" in words(several.blocks)
    assert "5 dots · 3 dots each" in words(asked("en", "vote | What?", 2, 3).blocks)


def test_without_any_hand_the_answers_are_a_list() -> None:
    section = asked("en", "poll | What?", 0, 0)
    assert not any(isinstance(block, Table) for block in section.blocks)
    assert "A wiki" in words(section.blocks)
