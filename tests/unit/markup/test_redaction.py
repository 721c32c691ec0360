"""Terms are found however they are typed and set, and nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.markup.markup_reading import content

from atelier.markup.blocks import CodeBlock, Figure, ListBlock, MathBlock, Paragraph, Text, plain_text
from atelier.markup.redaction import Redaction
from atelier.markup.terms import Terms
from atelier.markup.typography import typeset
from atelier.markup.words import words

ACME = Redaction([("Acme", "une société"), ("Acme Corp", "un client"), ("L'Oréal", "une marque"), ("Hush", "")])


def same(href: str) -> str:
    return ACME.address(href)


def redacted(text: str, lang: str = "fr") -> str:
    return words(ACME.blocks(content(text, lang=lang).blocks, same))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("chez Acme Corp.", "chez un client."),
        ("ACME CORP gagne. acme corp aussi.", "Un client gagne. un client aussi."),
        ("Fin. Acme gagne", "Fin. Une société gagne"),
        ("Acme\u00a0Corp, Acme\u202fCorp, Acme\n Corp", "Un client, un client, un client"),
        ("Acme-Corp et acme_corp", "Un client et un client"),
        ("Acmé, Acmes, lacme", "Acmé, Acmes, lacme"),
        ("de L’Oréal", "de une marque"),
        (unicodedata.normalize("NFD", "de l'Oréal"), "de une marque"),
        ("Ac\u00admé et Ac\u00adme", "Ac\u00admé et une société"),
        ("d’Acme", "d’une société"),
        ("Acmeの株", "Une société\u306e株"),
    ],
)
def test_whole_words_in_any_case_and_composition(text: str, shown: str) -> None:
    assert ACME.text(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hush", ""),
        ("Hush gagne", "gagne"),
        ("avec Hush, vite", "avec, vite"),
        ("avec, Hush, vite", "avec, vite"),
        ("avec Hush ici", "avec ici"),
        ("avec (Hush) ici", "avec ici"),
        ("avec «\u202fHush\u202f» ici.", "avec ici."),
        ("bravo Hush\u202f!", "bravo\u202f!"),
    ],
)
def test_a_term_that_goes_leaves_no_spaces_behind(text: str, shown: str) -> None:
    assert ACME.text(text) == shown


def test_the_longest_term_is_first_and_a_replacement_is_not_searched_again() -> None:
    chain = Redaction([("a", "b"), ("b", "c"), ("a b", "a")])
    assert chain.text("a, b, a b") == "b, c, a"


def test_terms_of_scripts_without_spaces_have_no_edges() -> None:
    assert Redaction([("株式会社", "X"), ("삼성", "Y")]).text("日本株式会社は、삼성은") == "日本Xは、Y은"


@pytest.mark.parametrize("term", ["Yahoo!", '"Le Club"', "AT&T", "C++", "100 %", "Jean-Paul", "a--b", "..."])
@pytest.mark.parametrize("lang", ["fr", "en", "de"])
def test_terms_with_signs_are_found_after_typography(term: str, lang: str) -> None:
    set_ = plain_text(typeset((Text(f"chez {term} ici"),), lang))
    assert Redaction([(term, "X")]).text(set_) == "chez X ici"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("chez **Acme** *Corp*", "chez un client"),
        ("chez Ac**m**e et `Ac`*me*", "chez une société et une société"),
        ("chez Ac*x*{.private}me", "chez une sociétéx"),  # the x is the speaker's
        ("| a | Acme |\n|---|---|\n| acme corp | b |", "a Une société\nun client b"),
        ("- Acme\n- x", "Une société\nx"),
        ("- Hush\n- x", "x"),
        ("> oui\n>\n> — Acme", "oui\nUne société"),
        ("/// callout | Acme gagne\nacme\n///", "Une société gagne\nune société"),
        ("mot\n:   chez Acme", "mot\nchez une société"),
        ("x[^1]\n\n[^1]: Acme dit", "x\nUne société dit"),
        ("Acme[^1] Corp\n\n[^1]: n", "Un client\nn"),
        ("/// poll | Acme ?\n- Acme\n- non\n///", "Une société\u202f?\nUne société\nnon"),
        ("chez Acme  \nCorp fin", "chez un client fin"),
    ],
)
def test_terms_are_found_across_marks_and_in_every_block(text: str, shown: str) -> None:
    assert redacted(text) == shown


def test_code_is_searched_across_its_tokens_and_keeps_its_lines() -> None:
    code = '```python\nacme = "Acme Corp"  # Acme\n# Acme\nclass Acmes: pass\n```'
    (block,) = ACME.blocks(content(code).blocks, same)
    assert isinstance(block, CodeBlock)
    lines = ["".join(token.text for token in line) for line in block.lines]
    assert lines == ['une société = "un client"  # une société', "# une société", "class Acmes: pass"]


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"x_{Acme} + 1", r"x_{\text{une société}} + 1"),
        (r"\text{chez Acme Corp}", r"\text{chez un client}"),
        (r"\mathrm{A}c\,me", r"\text{une société}"),
        (r"a c + m", r"a c + m"),
    ],
)
def test_formulas(tex: str, shown: str) -> None:
    (block,) = ACME.blocks((MathBlock(tex=tex),), same)
    assert isinstance(block, MathBlock)
    assert block.tex == shown


@pytest.mark.parametrize(
    "address",
    [
        "https://acme.com/",
        "https://www.acmecorp.com/x",
        "https://example.org/l-or%C3%A9al?x=1",
        "https://example.org/l%2527oreal",
        "https://example.org/a?b=ACME%20corp",
        "mailto:jean@acme.fr",
    ],
)
def test_an_address_that_holds_a_term_is_gone(address: str) -> None:
    (block,) = ACME.blocks(content(f"[ici]({address}) et <{address}>").blocks, same)
    assert isinstance(block, Paragraph)
    assert not any(run.href for run in block.inlines if isinstance(run, Text))
    assert "acme" not in plain_text(block.inlines).lower()
    assert plain_text(block.inlines).startswith("ici et ")


@pytest.mark.parametrize("address", ["https://millandsons.com/x", "https://example.org/mill-et-sons", "mill_sons.pdf"])
def test_an_address_spells_out_what_joins_two_names(address: str) -> None:
    mill = Redaction([("Mill & Sons", "a client")])
    assert mill.address(address) == ""
    assert mill.address("https://example.org/mill-of-sons") == "https://example.org/mill-of-sons"


def test_other_addresses_stay() -> None:
    for address in ("https://example.org/pac/men", "https://example.org/caméra", "#acme"):
        assert ACME.address(address) == address or address == "#acme"
    assert Redaction([("Bo", "X")]).address("https://example.org/bone") == "https://example.org/bone"


def test_pictures_keep_their_files_and_lose_their_words() -> None:
    blocks = ACME.blocks(content('![Logo d’**Acme** Corp](acme.png){data-credit="Acme"}\n\n![](acme.png)').blocks, same)
    one, other = (block for block in blocks if isinstance(block, Figure))
    assert (one.source, one.alt, one.credit) == ("acme.png", "Logo d’un client", "Une société")
    assert (other.source, other.alt) == ("acme.png", "une-société.png")


def test_an_item_that_is_gone_takes_its_step_with_it() -> None:
    (block,) = ACME.blocks(content("- un\n- Hush\n- trois\n{: .steps }").blocks, same)
    assert isinstance(block, ListBlock)
    assert [item.step for item in block.items] == [1, 2]


def test_what_holds_no_term_is_the_very_same() -> None:
    blocks = content("# a\n\ntexte *b* `c`\n\n- d\n\n| e |\n|---|\n| f |\n\n$$x$$").blocks
    assert ACME.blocks(blocks, same) is blocks


def test_names() -> None:
    assert ACME.name("chez-acme-corp-2014") == "chez-un-client-2014"
    assert ACME.name("Chez ACME 2014") == "Chez une société 2014"
    assert ACME.name("l-oreal", str.upper) == "UNE MARQUE"
    assert ACME.name("hush-2014") == "2014"
    assert ACME.name("pharmacme") == "pharmacme"


@settings(max_examples=200)
@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=6), max_size=4))
def test_any_terms_in_any_text(text: str, terms: list[str]) -> None:
    redaction = Redaction([(term, "\u2588") for term in terms])
    shown = redaction.text(text)
    assert not Terms([(term, "") for term in terms]).find(shown) or "\u2588" in "".join(terms)
    assert redaction.name(text) is not None
    redaction.address(text)
    redaction.tex(text)
    if not redaction.terms.find(text):
        assert shown == text


@settings(max_examples=200)
@given(st.lists(st.text(max_size=8), min_size=1, max_size=6), st.text(min_size=1, max_size=5))
def test_pieces_are_those_of_the_whole(pieces: list[str], term: str) -> None:
    redaction = Redaction([(term, "X")])
    assert "".join(redaction.pieces(pieces)) == redaction.text("".join(pieces))
