"""The fields of a case: what they become, and what is said of those that are wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.markup.audience import visible
from atelier.markup.blocks import Case, Style, Text, plain_text
from atelier.markup.cases import FIELDS, MOST_FIELDS, USES, field_name
from atelier.markup.words import words

from .markup_reading import content, only

FRENCH = ("entreprise", "secteur", "pays", "usage", "départ", "approche", "canaux", "résultat", "leçon", "sources")
WHOLE = "    company: Lego\n    lesson: Sit down.\n"


def case(options: str, body: str = "", lang: str = "en") -> Case:
    return only(f"/// case\n{options}{body}///", Case, lang)


def values(block: Case, name: str) -> list[str]:
    return [plain_text(value) for value in block.values(name)]


def found(options: str) -> list[tuple[str, int]]:
    """Codes and lines; the block opens on line 2."""
    return [(each.code, each.line) for each in content(f"/// case\n{options}///").diagnostics]


@pytest.mark.parametrize(("name", "french"), list(zip(FIELDS, FRENCH, strict=True)))
def test_a_field_has_one_name_in_both_languages_and_any_case(name: str, french: str) -> None:
    for spelt in (name, french, name.upper(), french.capitalize(), french.replace("é", "e").replace("ç", "c")):
        assert field_name(spelt) == name
        assert values(case(f"    {spelt} : x\n"), name) == ["x"]


def test_lists_are_written_with_commas_or_as_items() -> None:
    with_commas = case("    use: crisis, marketing\n    channels: blog, the press; a shop.\n")
    assert values(with_commas, "use") == ["crisis", "marketing"]
    assert values(with_commas, "channels") == ["blog", "the press", "a shop"]
    items = case("    channels:\n      - blog, and the press\n      - a shop\n    use: [crisis, 'marketing']\n")
    assert values(items, "channels") == ["blog, and the press", "a shop"]
    assert values(items, "use") == ["crisis", "marketing"]
    assert values(case("    start: one, two\n"), "start") == ["one, two"]


def test_a_source_is_a_link_an_address_or_words() -> None:
    sources = case("    sources: [News, 2012](https://n.org/a,b), https://x.org/a,b, a talk\n").values("sources")
    assert [[(run.text, run.href) for run in source if isinstance(run, Text)] for source in sources] == [
        [("News, 2012", "https://n.org/a,b")],
        [("https://x.org/a,b", "https://x.org/a,b")],
        [("a talk", "")],
    ]


def test_a_text_goes_on_over_several_lines() -> None:
    block = case("    start: Fans meet,\n      without her: the brand,\n    and it works.\n    lesson: Listen.\n")
    assert values(block, "start") == ["Fans meet, without her: the brand, and it works."]
    assert values(block, "lesson") == ["Listen."]


def test_fields_of_its_own_are_shown_as_they_stand() -> None:
    block = case("    Nombre de personnes: douze\n")
    assert [(each.name, each.label) for each in block.fields] == [("", "Nombre de personnes")]
    assert words((block,)) == "Nombre de personnes douze"


def test_what_is_private_in_a_field_is_not_for_the_audience() -> None:
    block = case("    company: *ACME, of A*{.private}\n    use: *secret, plan*{.private}, crisis\n")
    (seen,) = visible((block,), "", "en")
    assert isinstance(seen, Case)
    assert values(seen, "use") == ["crisis"]
    assert words((seen,)) == "use crisis"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (WHOLE, []),
        (WHOLE + "    aproach: x\n", [("case-misspelt", 5)]),
        (WHOLE + "    Résulat: x\n", [("case-misspelt", 5)]),
        (WHOLE + "    Number of people: 12\n", []),
        (WHOLE + "    start: a\n    départ: b\n", [("case-twice", 6)]),
        (WHOLE + "    outcome:\n", [("case-incomplete", 5)]),
        ("    company: Lego\n    lesson:\n", [("case-incomplete", 4)]),
        ("    company: Lego\n", [("case-incomplete", 2)]),
        ("    start: a\n", [("case-incomplete", 2)]),
        (WHOLE + "    use: selling, crisis\n", [("case-use", 5)]),
        (WHOLE + "    use: *selling*{.private}\n", []),
        (WHOLE + "    kinds: community, toys\n", []),
        (WHOLE + "".join(f"    use: {each}\n" for pair in USES[:1] for each in pair[:1]), []),
    ],
)
def test_what_is_said_of_a_case(options: str, expected: list[tuple[str, int]]) -> None:
    assert found(options) == expected


def test_every_usual_use_is_known_in_both_languages() -> None:
    for pair in USES:
        assert found(WHOLE + f"    use: {', '.join(pair)}\n") == []


def test_a_misspelt_use_is_told_which_it_may_be() -> None:
    (said,) = content(f"/// case\n{WHOLE}    use: marketting\n///").diagnostics
    assert "marketing" in said.hint


def test_both_of_two_are_kept() -> None:
    assert values(case("    start: a\n    départ: b\n"), "start") == ["a", "b"]
    assert values(only("/// case | crisis\n    use: crisis, monitoring\n///", Case), "use") == ["crisis", "monitoring"]


def test_a_private_case_is_asked_for_nothing() -> None:
    assert content("/// case\n    start: a\n    attrs: {class: private}\n///").diagnostics == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("ab ,;:.é’-\t"), max_size=30), min_size=1, max_size=8), st.sampled_from(FIELDS))
def test_no_word_of_a_field_is_lost(lines: list[str], name: str) -> None:
    block = case("".join(f"    {name}: x{line}\n" for line in lines))
    shown = "".join(plain_text(value) for each in block.fields for value in each.values)
    assert 1 <= shown.count("x") <= len(lines)
    for sign in "ab":
        assert (sign in shown) == any(sign in line for line in lines)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("ab ,:-*[](){}.`'\"/!\\<%|\n"), max_size=40), max_size=8))
def test_any_text_is_read(lines: list[str]) -> None:
    text = "\n".join(f"    {line}" for line in "\n".join(lines).split("\n"))
    content(f"/// case\n    company: x\n{text}\n///")


def test_ten_thousand_fields_are_read_in_time() -> None:
    for line in ("    start: a\n", "    aproac: a\n", "    use: a, b\n", "    x\n"):
        first = content(f"/// case\n    company: x\n{line * 10_000}///").blocks[0]
        assert isinstance(first, Case)


def test_more_fields_than_any_case_has_are_left_out_and_that_is_said_once() -> None:
    many = "".join(f"    field {each}: a\n" for each in range(1_000))
    seen = content(f"/// case\n    company: x\n{many}    lesson: y\n///")
    assert [(each.code, each.line) for each in seen.diagnostics] == [("text-too-long", 203)]
    first = seen.blocks[0]
    assert isinstance(first, Case)
    assert len(first.fields) == MOST_FIELDS + 1
    assert values(first, "lesson") == ["y"]


def test_a_comma_inside_private_words_parts_nothing() -> None:
    runs = case("    channels: *a, b*{.private}, c\n").values("channels")
    assert [{style for run in value if isinstance(run, Text) for style in run.styles} for value in runs] == [
        {Style.EMPHASIS, Style.PRIVATE},
        set(),
    ]
