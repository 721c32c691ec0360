from __future__ import annotations

from tests.unit.markup.markup_reading import content

from atelier.markup.extent import Extent, extent
from atelier.markup.scanner import scan
from atelier.markup.words import words


def test_one_short_paragraph_is_the_lead() -> None:
    found = extent("\nTrois *façons* de\n[faire](x) `cela`.\n\n/// notes\nlong notes\n///\n<!-- c -->\n")
    assert found == Extent("Trois façons de faire cela.", (27,), 0, 0, empty=False)


def test_private_words_are_not_in_the_lead() -> None:
    assert extent("Chez *Dupont*{.private} hier").lead == "Chez hier"
    assert extent("Chez *Du **po** nt*{.private} hier").lead == ""
    assert extent("Chez [Dupont](x){.private} hier").lead == ""
    assert extent("Chez Dupont\n{: .private }").empty
    assert extent("/// private\nx\n///\n").empty


def test_nothing_is_empty() -> None:
    for source in ("", "\n\n", "/// notes\nn\n///", "<!-- x -->", "%%\nx\n%%"):
        assert extent(source) == Extent(), source


def test_items_pictures_and_heavy_things_are_counted() -> None:
    found = extent(
        "Intro.\n\n- one\n- two two\n  more\n\n![a](b.png){width=50%}\n![c](d)\n\n```\ncode\n```\n\n|a|\n|-|\n|b|\n\n"
        "$$\nx\n$$\n\n/// callout | T\nin it\n///\n\n/// columns\n//// column\nleft\n////\n///\n> quoted\n"
    )
    assert found.paragraphs == (6, 3, 12, 5, 4, 6)
    assert (found.pictures, found.heavy, found.lead, found.empty) == (2, 5, "", False)


def test_a_list_or_quote_of_one_is_no_lead() -> None:
    assert extent("- one").lead == ""
    assert extent("> one").lead == ""
    assert extent("word " * 100).lead == ""


def test_words_have_everything() -> None:
    text = (
        'a *b*\n\n- c\n  - d\n\n> e\n> — f\n\n| g |\n|---|\n| h |\n\nT\n: i\n\n!!! note "j"\n    k\n\n```\nl\n```\n\n'
        '$$m$$\n\n![n](o "p")\n\n/// columns\n//// column\nq\n////\n///\n\n/// case\nLabel: r\n///\n\n***\n\n'
        "x[^1]\n\n[^1]: s"
    )
    found = words(content(text).blocks)
    assert not set("abcdefghTijklmnpqrxs") - set(found.split())


def test_indented_code_html_and_badges() -> None:
    found = extent(
        "Words:\n\n    code\n    more\n\n<table>\n<tr><td>a</td></tr>\n</table>\n\n![b](https://img.shields.io/b)\n"
    )
    assert (found.heavy, found.pictures, found.lead) == (2, 0, "")
    assert extent('<img src="a.png" alt="a">\n').pictures == 1


def test_wide_signs_take_twice_the_room() -> None:
    assert extent("日本語 abc").paragraphs == (10,)


def test_notes_in_colons_are_no_lead() -> None:
    assert scan("# A\n\n::: notes\nHidden\n:::\n").frames[0].text.strip() == "/// notes\nHidden\n///"
