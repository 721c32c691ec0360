"""The catalogues: complete, compiled, and written as French is.

After a change of texts run `make translations`, write the French of the new ones, and run it again.
"""

from __future__ import annotations

import gettext
import io
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from atelier.foundation.resources import LOCALES, RESOURCES
from atelier.foundation.translation import LANGUAGES, _, ngettext, set_language

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_FIELD = re.compile(r"\{[^{}]*\}")


@cache
def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "atelier.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def source_texts() -> frozenset[str | tuple[str, ...]]:
    """Every text of the program: a string, or singular and plural."""
    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    return frozenset(found[2] for found in extract_from_dir(str(RESOURCES.parent), keywords=keywords))


def texts(language: str) -> list[tuple[str, str]]:
    """(source, translation), plural forms one by one."""
    pairs: list[tuple[str, str]] = []
    for message in catalogue(language):
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            pairs += [(message.id[min(i, 1)], str(text)) for i, text in enumerate(message.string or ())]
        else:
            pairs.append((str(message.id), str(message.string)))
    return pairs


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_program_is_in_the_catalogue_and_no_other(language: str) -> None:
    ids = {message.id if isinstance(message.id, str) else tuple(message.id) for message in catalogue(language)} - {""}
    assert sorted(map(str, source_texts() - ids)) == []
    assert sorted(map(str, ids - source_texts())) == []


def test_every_text_is_in_french() -> None:
    assert [source for source, text in texts("fr") if not text] == []
    assert not any(message.fuzzy for message in catalogue("fr") if message.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue(language))
    assert (LOCALES / language / "LC_MESSAGES" / "atelier.mo").read_bytes() == made.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_are_those_of_the_source(language: str) -> None:
    wrong = [(source, text) for source, text in texts(language) if not set(_FIELD.findall(text)) <= _fields(source)]
    assert wrong == []
    lost = [
        (source, text)
        for source, text in texts(language)
        if text and _fields(source) - set(_FIELD.findall(text)) - {"{n}"}  # a singular may say "one"
    ]
    assert lost == []


def _fields(source: str) -> set[str]:
    return set(_FIELD.findall(source)) | {"{n}"}


def test_english_is_the_source_itself() -> None:
    assert [(source, text) for source, text in texts("en") if text not in ("", source)] == []


def test_french_punctuation() -> None:
    """U+202F before ; ! ? and inside « », U+00A0 before a colon that ends words, ’ as the apostrophe."""
    rules = {
        "a plain space before ; ! ?": re.compile(r" [;!?](?=\s|$)"),
        "no space before ; ! ?": re.compile(r"\w[;!?](?=\s|$)"),
        "a plain space before a colon": re.compile(r" :(?=\s|$)"),
        "a space of the wrong kind in « »": re.compile(r"«(?!\u202f)|(?<!\u202f)»"),
        "a straight apostrophe": re.compile(r"\w'\w"),
        "English quotation marks": re.compile("[“”]"),
        "three dots": re.compile(r"\.\.\."),
    }
    signs = "Put the value in quotation marks if it holds signs"
    found = [
        (what, text)
        for source, text in texts("fr")
        for what, rule in rules.items()
        if rule.search(text) and not source.startswith(signs)
    ]
    assert found == []


def test_the_tone_is_calm() -> None:
    for language in LANGUAGES:
        for source, text in texts(language):
            assert not re.search(r"(?i)\b(oops|sorry|désolé|please|s.il vous plaît|tu|ton|votre ok)\b", text), source


def test_the_language_can_be_switched() -> None:
    assert set_language("fr") == "fr"
    assert _("Present") == "Présenter"
    assert ngettext("{n} frame", "{n} frames", 0) == "{n} cadre"
    assert ngettext("{n} frame", "{n} frames", 2) == "{n} cadres"
    set_language("en")
    assert _("Present") == "Present"
    assert isinstance(gettext.find("atelier", LOCALES, ["fr"]), str)
