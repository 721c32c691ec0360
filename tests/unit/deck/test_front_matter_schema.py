"""The JSON Schema of the front matter: what it takes is what the program reads."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from atelier.canvas.composition import LAYOUTS
from atelier.deck import front_matter_keys as keys
from atelier.deck.agenda import read_agenda
from atelier.deck.front_matter import read_metadata
from atelier.deck.front_matter_schema import OLD, front_matter_schema
from atelier.deck.loading import read
from atelier.deck.values import date_value, distance_value, ratio_value, screen_value
from atelier.markup.frontmatter import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Callable

HOUSE = Path(__file__).resolve().parents[3]
SCHEMA = HOUSE / "src/atelier/resources/front-matter.schema.json"
DECKS = sorted((*(HOUSE / "decks").rglob("*.md"), *(HOUSE / "src/atelier/resources/templates").rglob("*.md")))


@cache
def schema() -> dict[str, Any]:
    return front_matter_schema(LAYOUTS)


def faults(value: Any) -> list[str]:
    validator = cast("Any", Draft202012Validator(schema()))
    return [error.message for error in validator.iter_errors(value)]


def as_an_editor_has_it(text: str) -> Any:
    """Front matter as a parser of YAML 1.1 gives it to a validator: numbers, truth, dates as texts."""
    return _of_json(yaml.safe_load(text))


def _of_json(value: object) -> object:
    if isinstance(value, dict):
        items = cast("dict[object, object]", value).items()
        return {str(key).lower() if isinstance(key, bool) else str(key): _of_json(each) for key, each in items}
    if isinstance(value, list):
        return [_of_json(each) for each in cast("list[object]", value)]
    return value.isoformat() if isinstance(value, date) else value


def told(text: str) -> list[str]:
    """What the program says of a front matter, agenda included; not of frames that are not there."""
    metadata, found = read_metadata(text, 2, None)
    _days, wrong = read_agenda(dict(metadata.extra).get("agenda"), (), None)
    kinds = ("front-matter-", "agenda-value")
    return [f"{each.code}: {each.message}" for each in (*found, *wrong) if each.code.startswith(kinds)]


def test_the_file_that_ships_is_what_the_declarations_say() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema(), "run make documents"


def test_it_is_a_schema_and_every_key_says_what_it_is() -> None:
    Draft202012Validator.check_schema(schema())
    Draft7Validator.check_schema({**schema(), "$schema": "http://json-schema.org/draft-07/schema#"})

    def silent(part: object, where: str) -> list[str]:
        if isinstance(part, list):
            return [name for each in cast("list[object]", part) for name in silent(each, where)]
        if not isinstance(part, dict):
            return []
        out: list[str] = []
        for key, value in cast("dict[str, Any]", part).items():
            out += silent(value, f"{where}.{key}")
            if key == "properties":
                said = {name: each.get("description", "") for name, each in value.items()}
                out += [f"{where}.{name}" for name, about in said.items() if not about.endswith(".")]
        return out

    assert silent(schema(), "") == []


@pytest.mark.parametrize("deck", DECKS, ids=lambda deck: f"{deck.parent.name}/{deck.name}")
def test_the_decks_that_come_with_the_program_are_taken(deck: Path) -> None:
    front = split_front_matter(deck.read_text(encoding="utf-8"))
    if front.text.strip():
        assert faults(as_an_editor_has_it(front.text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "ratio: 16:9", 'ratio: "16:9"', "ratio: 4/3", "ratio: 1.5", 'ratio: "1,5"', 'ratio: "21 : 9"',
        "lang: no", "lang: fr_FR", "lang: en-GB", "minutes: 45", "minutes: 45 min", 'minutes: "2,5"', "title: 2014",
        "title: yes", "title:", "date: 2014-02-12", "date: next spring", "event: 12:30", "tags: a, b", "tags: [a, 2]",
        "tags:\n  - a\n  -\n", "abstract: {no: Kake, fr: Gâteau}", "author: {name: A. Baker, mail: a@example.org}",
        "author: [A, {name: [B, C]}]", "frames: 3", 'frames: "3"', "room: {width: 10 ft, distance: 12}", "room:",
        "paths: {whole: , short: [a, 1911], other: {stops: [{frame: a, hold: 5s, view: overview}]}}",
        "redact: [A, B]", "redact: {A: a client, B: }", "redact: A", "library: ../cases", "license: MIT",
        "agenda:", "agenda: [{day: 1, date: 2014-02-12, start: 9:00, end: 17h, blocks: [{frame: a, at: 12:00}]}]",
        "agenda: [{blocks: [{break: Tea, at: 14, minutes: 15, optional: yes}, {frame: a, at: 9.30, optional: oui}]}]",
        "theme: mine.toml", "layout: cake", "theme: ~", "by: Secteur", "by: use",
        "# yaml-language-server: $schema=front-matter.schema.json\ntitle: A",
    ],
)  # fmt: skip
def test_what_the_program_reads_without_a_word_is_taken(text: str) -> None:
    assert told(text) == []
    assert faults(as_an_editor_has_it(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "tittle: Bread", "lang: english", "ratio: 16", "ratio: wide", "minutes: half an hour", "minutes: -5",
        "minutes: 10081", "frames: 7", "theme: choclat", "layout: gird", "tags: {a: b}", "author: {nam: A}",
        "room: 3m", "room: {widht: 3m}", "room: {width: 3 metres}", "paths: [a, b]", "paths: {short: {stop: [a]}}",
        "paths: {short: {stops: a}}", "paths: {short: [{hold: 5}]}", "paths: {short: [{frame: a, view: all}]}",
        "title: [a]", "title: {a: b}", "agenda: {day: 1}", "agenda: [{day: 1}]", "agenda: [{blocks: [a]}]",
        "agenda: [{blocks: [{minutes: 5}]}]", "agenda: [{blocks: [{frame: a, break: b}]}]",
        'agenda: [{start: "25:00", blocks: []}]', "agenda: [{date: 12/02/2014, blocks: []}]",
        "agenda: [{blocks: [{frame: a, optional: perhaps}]}]", "library: {a: b}", "abstract: {english: Bread}",
    ],
)  # fmt: skip
def test_usual_mistakes_are_refused(text: str) -> None:
    assert faults(as_an_editor_has_it(text)) != []
    if not re.match("theme|layout", text):  # those are found when the deck is drawn
        assert told(text) != [] or read(f"---\n{text}\n---\n# A\n".encode()).diagnostics


def made(part: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a part of the schema takes, those of YAML 1.1 left out."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return st.deferred(lambda: made(schema()["$defs"][name]))
    if "anyOf" in part:
        return st.one_of([made(each) for each in part["anyOf"] if each.get("$comment") != OLD])
    if "enum" in part:
        return st.sampled_from(part["enum"])
    match part["type"]:
        case "null":
            return st.none()
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(part["minimum"], part["maximum"])
        case "number":
            least, most = round(100 * part.get("minimum", 0)), round(100 * part.get("maximum", 9999))
            return st.integers(least, most).map(lambda hundredths: hundredths / 100)
        case "string":
            if "pattern" not in part:
                return st.text("abc é2,:#-", max_size=8)
            return st.from_regex(cast("str", part["pattern"])).map(str.strip).filter(lambda text: "\n" not in text)
        case "array":
            return st.lists(made(part["items"]), max_size=3)
        case "object":
            return made_mapping(part)
        case kinds:
            return st.one_of([made({"type": kind}) for kind in kinds])


def made_mapping(part: dict[str, Any]) -> st.SearchStrategy[Any]:
    if patterns := part.get("patternProperties"):
        pattern, value = next(iter(patterns.items()))
        return st.dictionaries(st.from_regex(cast("str", pattern), fullmatch=True), made(value), max_size=2)
    if "properties" not in part:
        return st.dictionaries(st.text("abc", min_size=1, max_size=4), made(part["additionalProperties"]), max_size=3)
    given_keys = {name: made(each) for name, each in part["properties"].items()}
    choices: list[list[str]] = [each["required"] for each in part.get("oneOf", [])] or [[]]
    others = {name for each in choices for name in each}

    def with_choice(chosen: list[str]) -> st.SearchStrategy[Any]:
        needed = {*part.get("required", ()), *chosen}
        return st.fixed_dictionaries(
            {name: given_keys[name] for name in given_keys if name in needed},
            optional={name: each for name, each in given_keys.items() if name not in needed | others},
        )

    return st.sampled_from(choices).flatmap(with_choice)


def bounded(values: dict[str, Any]) -> bool:
    """Whether what a pattern cannot say is so: a shape of two numbers, a length with a unit, the days of February."""
    room = cast("dict[str, object]", values.get("room") or {})
    read_by: list[tuple[object, Callable[[str], object]]] = [
        (values.get("ratio"), ratio_value),
        (room.get("width"), screen_value),
        (room.get("distance"), distance_value),
        *((day.get("date"), date_value) for day in cast("list[dict[str, object]]", values.get("agenda") or [])),
    ]
    return all(value is None or parse(str(value)) is not None for value, parse in read_by)


@given(st.data())
def test_what_it_takes_is_read_without_a_word(data: st.DataObject) -> None:
    names = sorted(schema()["properties"])
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    values = {name: data.draw(made(schema()["properties"][name]), label=name) for name in chosen}
    assert faults(values) == []
    assume(bounded(values))
    assert told(yaml.safe_dump(values, allow_unicode=True, default_style=None)) == []


KINDS = (
    *(keys.LANGUAGE, keys.RATIO, keys.MINUTES, keys.LEVEL, keys.SECONDS, keys.SCREEN, keys.DISTANCE, keys.TIME),
    *(keys.DATE, keys.FLAG, keys.FIELD, keys.VIEW),
)
NUMBERS = st.from_regex(r"0{0,2}[0-9]{1,5}([.,][0-9]{1,3})?", fullmatch=True)
SIGNS = st.sampled_from((":", "/", "x", " ", "h", "H", "-", "_", "min", "s", "m", "CM", "ft", "fr", "no", "use"))


@cache
def validator_of(kind: str) -> Any:
    return Draft202012Validator({**schema()["$defs"][kind], "$defs": schema()["$defs"]})


@given(st.lists(NUMBERS | SIGNS, min_size=1, max_size=4).map("".join).map(str.strip))
def test_it_takes_what_the_program_reads_with_quotation_marks_and_without(text: str) -> None:
    read_by = [kind.name for kind in KINDS if kind.parse(text) is not None]
    assert [name for name in read_by if not validator_of(name).is_valid(text)] == []
    try:
        unquoted = as_an_editor_has_it(text)
    except (yaml.YAMLError, ValueError):
        return
    if not isinstance(unquoted, dict):
        assert [name for name in read_by if not validator_of(name).is_valid(unquoted)] == []
