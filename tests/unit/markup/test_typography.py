from __future__ import annotations

import pytest
from tests.unit.markup.markup_reading import content

from atelier.markup.blocks import Style, Text, plain_text
from atelier.markup.typography import typeset, typeset_words

NARROW, FULL = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('Il dit "oui" et part', f"Il dit «{NARROW}oui{NARROW}» et part"),
        ("Déjà «mis» et « mis »", f"Déjà «{NARROW}mis{NARROW}» et «{NARROW}mis{NARROW}»"),
        ("Quoi ? Oui! Bon ; fini", f"Quoi{NARROW}? Oui{NARROW}! Bon{NARROW}; fini"),
        ("Voici : un, deux: trois", f"Voici{FULL}: un, deux{FULL}: trois"),
        ("à 10:30, 16:9, https://a.b/c?d", "à 10:30, 16:9, https://a.b/c?d"),
        ("bien :-) et :) ;-)", "bien :-) et :) ;-)"),
        ("L'été, aujourd'hui", "L’été, aujourd’hui"),
        ("Quoi ?! Non...", f"Quoi{NARROW}?! Non…"),
        ("36 % et 5 €", f"36{FULL}% et 5{FULL}€"),
        ("a -- b --- c 3--4 --option", "a – b — c 3–4 --option"),
    ],
)
def test_french(typed: str, printed: str) -> None:
    assert typeset_words(typed, "fr") == printed
    assert typeset_words(typed, "fr-CH") == printed


@pytest.mark.parametrize(
    ("typed", "printed", "lang"),
    [
        ('"It\'s \'so\'" ("x")', "“It’s ‘so’” (“x”)", "en"),
        ("the '90s, 5'10\" tall: yes!", "the ’90s, 5’10” tall: yes!", "en"),
        ("Er sagt \"ja\" und 'nein'", "Er sagt „ja“ und ‚nein‘", "de"),
        ('он "да"', "он “да”", "ru"),
    ],
)
def test_others(typed: str, printed: str, lang: str) -> None:
    assert typeset_words(typed, lang) == printed


def test_quotes_across_markup() -> None:
    runs = (Text('Un "'), Text("mot", frozenset({Style.EMPHASIS})), Text('" : "'), Text("x"), Text('"'))
    assert plain_text(typeset(runs, "fr")) == f"Un «{NARROW}mot{NARROW}»{FULL}: «{NARROW}x{NARROW}»"


def test_code_addresses_and_formulas_stay() -> None:
    (block,) = content('`a ? "b"` et <https://a.example/?q=a;b> ; $x : y ?$ ?', "fr").blocks
    text = plain_text(getattr(block, "inlines", ()))
    assert text == f'a ? "b" et https://a.example/?q=a;b{NARROW}; x : y ?{NARROW}?'


def test_a_blocks_own_language() -> None:
    (block,) = content('"Yes"\n{: lang=en }', "fr").blocks
    assert plain_text(getattr(block, "inlines", ())) == "“Yes”"
