"""The catalogues: complete, compiled, and written as French is.

After a change of texts run `make translations`, write the French of the new ones, and run it again.
"""

from __future__ import annotations

import ast
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
from atelier.foundation.translation import LANGUAGES, _, decimal, ngettext, set_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

SOURCES = RESOURCES.parent
MARKERS = {"_": 1, "N_": 1, "ngettext": 2}
"""How many of the arguments are texts."""
SAID_TO_PEOPLE: dict[str, int] = {
    # what shows a text to a person: the place of the first argument that is one
    "Diagnostic": 1, "InputError": 0, "UsageError": 0, "AtelierError": 0, "Loss": 1, "Point": 1, "progress_bar": 0,
    "say": 0, "complain": 0, "setText": 0, "setWindowTitle": 0, "setToolTip": 0, "setStatusTip": 0, "setTitle": 0,
    "setAccessibleName": 0, "setAccessibleDescription": 0, "setPlaceholderText": 0, "addAction": 0, "addMenu": 0,
    "QLabel": 0, "QPushButton": 0, "QToolButton": 0, "QMenu": 0, "QMessageBox": 0, "add_argument_group": 0,
}  # fmt: skip
SAID_BY_NAME = ("help", "description", "epilog", "metavar", "title", "hint", "message", "words", "advice")
"""Arguments given by name that a person reads."""
_FIELD = re.compile(r"\{[^{}]*\}|%\(\w+\)[a-z]|%[a-z]")
_WORDS = re.compile(r"[^\W\d_]{2,}[,;:.]? [^\W\d_]{2,}|^[A-Z][a-z]{2,}\b")


@cache
def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "atelier.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


@cache
def extracted() -> frozenset[str | tuple[str, ...]]:
    """Every text that `make translations` finds: a string, or singular and plural."""
    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    return frozenset(found[2] for found in extract_from_dir(str(SOURCES), keywords=keywords))


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    files = sorted(SOURCES.rglob("*.py"))
    return tuple((file, ast.parse(file.read_text(encoding="utf-8"))) for file in files)


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    """Every call in the program, with the last part of what is called."""
    for file, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                called = node.func
                yield file, node, called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def texts(language: str) -> list[tuple[str, str]]:
    """(source, translation), plural forms one by one."""
    pairs: list[tuple[str, str]] = []
    for message in messages(language):
        if isinstance(message.id, tuple):
            pairs += [(message.id[min(i, 1)], str(text)) for i, text in enumerate(message.string or ())]
        else:
            pairs.append((str(message.id), str(message.string)))
    return pairs


def plurals(language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(singular and plural of the source, the forms of the translation)."""
    found = [message for message in messages(language) if isinstance(message.id, tuple)]
    return [(tuple(map(str, message.id)), tuple(map(str, message.string or ()))) for message in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_program_is_in_the_catalogue_and_no_other(language: str) -> None:
    ids = {message.id if isinstance(message.id, str) else tuple(message.id) for message in messages(language)}
    assert sorted(map(str, extracted() - ids)) == []
    assert sorted(map(str, ids - extracted())) == []


def test_every_text_that_is_marked_can_be_found() -> None:
    """Inside an f-string it is not, and one put together when the program runs never is."""
    lost: list[str] = []
    for file, call, name in calls():
        if name not in MARKERS or isinstance(call.func, ast.Attribute):
            continue
        given = call.args[: MARKERS[name]]
        for argument in given:
            written = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            looked_up = name == "_" and isinstance(argument, ast.Name | ast.Attribute | ast.Subscript | ast.Call)
            if not written and not looked_up and not (name == "_" and _chooses(argument)):
                lost.append(f"{file.name}:{call.lineno}: {ast.unparse(argument)}")
        if all(isinstance(argument, ast.Constant) for argument in given):
            values = tuple(str(argument.value) for argument in given if isinstance(argument, ast.Constant))
            if (values[0] if len(values) == 1 else values) not in extracted():
                lost.append(f"{file.name}:{call.lineno}: {values}, perhaps in an f-string")
    assert lost == []


def _chooses(argument: ast.expr) -> bool:
    """Whether it takes one of several texts that are marked elsewhere."""
    return isinstance(argument, ast.BoolOp | ast.IfExp)


def test_no_text_is_said_to_people_without_being_marked() -> None:
    bare: list[str] = []
    for file, call, name in calls():
        said = [keyword.value for keyword in call.keywords if keyword.arg in SAID_BY_NAME]
        if name in SAID_TO_PEOPLE:
            said += call.args[SAID_TO_PEOPLE[name] :]
        bare += [
            f"{file.name}:{text.lineno}: {text.value}"
            for argument in said
            for text in _bare(argument)
            if _WORDS.search(str(text.value)) and text.value != "Atelier"
        ]
    assert bare == []


def _bare(node: ast.AST) -> Iterator[ast.Constant]:
    """The strings in an expression that no marker is around."""
    if isinstance(node, ast.Call):
        if getattr(node.func, "id", "") in MARKERS:
            return
        yield from _bare(node.func)  # what a text is joined or formatted with is no text by itself
        for argument in node.args if getattr(node.func, "id", "") == "harmless" else ():
            yield from _bare(argument)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _bare(child)


def test_every_text_is_in_french() -> None:
    assert [source for source, text in texts("fr") if not text.strip()] == []
    for language in LANGUAGES:
        assert [message.id for message in messages(language) if message.fuzzy] == []


def test_no_text_was_left_in_english() -> None:
    """What is the same in both languages has no words of English."""
    same = {source for source, text in texts("fr") if source == text}
    english = re.compile(r"\b(the|a|an|is|are|of|to|for|with|and|or|not|no|it|its|this|that|in|on)\b", re.IGNORECASE)
    assert [source for source in same if english.search(_FIELD.sub("", source))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    made = io.BytesIO()
    write_mo(made, catalogue(language))
    assert (LOCALES / language / "LC_MESSAGES" / "atelier.mo").read_bytes() == made.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_forms_of_their_language(language: str) -> None:
    """French counts zero as one: « 0 cadre »."""
    rule = {"en": "(n != 1)", "fr": "(n > 1)"}[language]
    assert (catalogue(language).num_plurals, catalogue(language).plural_expr) == (2, rule)
    assert len(plurals(language)) > 10
    for source, forms in plurals(language):
        assert len(forms) == 2, source
        assert all(forms), source
        assert forms[0] != forms[1], source


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


def test_a_count_is_never_lost() -> None:
    """Only a singular may leave `{n}` out."""
    several = [(source[1], forms[1]) for source, forms in plurals("fr")]
    single = [(str(message.id), str(message.string)) for message in messages("fr") if isinstance(message.id, str)]
    assert [pair for pair in several + single if ("{n}" in pair[0]) != ("{n}" in pair[1])] == []


def test_numbers_come_as_the_language_writes_them() -> None:
    """`decimal` gives them: a format inside a field knows the point alone."""
    assert [source for source, _text in texts("en") if re.search(r"\{\w*:[^{}]*[fgeG%]\}", source)] == []


def test_english_is_the_source_itself() -> None:
    assert [(source, text) for source, text in texts("en") if text not in ("", source)] == []


SIGNS = "Put the value in quotation marks if it holds signs"
"""Lists signs between plain spaces."""
ABBREVIATED = frozenset({"Page Down", "Page Up"})
"""Keys, as they are written on them."""
HEADINGS = frozenset({"options", "positional arguments"})
"""argparse puts a colon behind them, so they end with the space before it."""


def test_french_punctuation() -> None:
    """U+202F before ; ! ? and inside « », U+00A0 before a colon that ends words, ’ as the apostrophe."""
    rules = {
        "a plain space before ; ! ? %": re.compile(r"[ \u00a0][;!?%](?=\s|$)"),
        "no space before ; ! ?": re.compile(r"\w[;!?](?=\s|$)"),
        "a wrong space before a colon": re.compile(r"[ \u202f]:(?=\s|$)"),
        "no space before a colon": re.compile(r"[\w})»]:(?= [^\W\d])"),
        "a space of the wrong kind in « »": re.compile(r"«(?!\u202f)|(?<!\u202f)»"),
        "a plain space before a unit": re.compile(r"[\d}] (?:[GM]o|min|ms|[cm]?m|s)\b"),
        "a straight apostrophe": re.compile(r"\w'\w"),
        "English quotation marks": re.compile("[“”‘]"),
        "three dots": re.compile(r"\.\.\."),
        "two spaces": re.compile(r"\s\s"),
        "a space at an edge": re.compile(r"^\s|\s$"),
    }
    found = [
        (what, text)
        for source, text in texts("fr")
        for what, rule in rules.items()
        if rule.search(text if source not in HEADINGS else text.removesuffix("\u00a0"))
        and not source.startswith(SIGNS)
        and not (source == "usage: " and what == "a space at an edge")
        and not _is_code(text, rule)
    ]
    assert found == []
    straight = [(source, text) for source, text in texts("fr") if text.count('"') != source.count('"')]
    assert straight == []


def _is_code(text: str, rule: re.Pattern[str]) -> bool:
    """Whether a rule meets nothing but what is typed as it stands: a definition of a note, a key of YAML."""
    code = re.compile(
        r"\[\^?\{label\}\]:|clé: valeur|\{key\}: |\{\w+: [^{}]*\}|\b(?:https|mailto|data|DEFAUT):|\d x \d"
    )
    return rule.search(code.sub("", text)) is None


def test_french_begins_and_ends_as_the_source_does() -> None:
    """A sentence stays a sentence, a part of one stays a part."""
    found = [
        (source, text)
        for source, text in texts("fr")
        if source not in ABBREVIATED
        and (
            (source[-1:] in ".…?:") != (text[-1:] in ".…?:")
            or (source[:1].isalpha() and text[:1].isalpha() and source[:1].isupper() != text[:1].isupper())
        )
    ]
    assert found == []


def test_the_tone_is_calm() -> None:
    for language in LANGUAGES:
        for source, text in texts(language):
            assert not re.search(r"(?i)\b(oops|sorry|désolé|please|s.il vous plaît|tu|ton|votre ok)\b", text), source
            assert not re.search(r"!(?=\s*$|\s+[A-Z])", text), source


def test_the_language_can_be_switched() -> None:
    assert set_language("fr") == "fr"
    assert _("Present") == "Présenter"
    assert ngettext("{n} frame", "{n} frames", 0) == "{n} cadre"
    assert ngettext("{n} frame", "{n} frames", 2) == "{n} cadres"
    assert (decimal(2.5), decimal(3.0), decimal(0.25, 2)) == ("2,5", "3", "0,25")
    set_language("en")
    assert _("Present") == "Present"
    assert decimal(2.5) == "2.5"
    assert isinstance(gettext.find("atelier", LOCALES, ["fr"]), str)
