"""docs/format.md: its examples are decks without fault, and whatever a deck may say is in one of them."""

from __future__ import annotations

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml
from jsonschema import Draft202012Validator

from atelier.canvas.composition import LAYOUTS
from atelier.deck import agenda, decoding, embedding, files, frames, json_canvas, svg, yaml_nodes
from atelier.deck.attributes import KNOWN
from atelier.deck.checks import check_deck
from atelier.deck.contents import Contents
from atelier.deck.front_matter_keys import FRONT_MATTER, Kind, Named, OneOf, Record, Several
from atelier.deck.front_matter_schema import front_matter_schema
from atelier.deck.loading import load
from atelier.deck.theme import bundled_themes
from atelier.foundation import texts
from atelier.foundation.diagnostics import CODES, Severity
from atelier.markup import limits
from atelier.markup.blockspec import ACTIVITIES, SPECS, BlockHead, option_lines, read_head
from atelier.markup.frontmatter import split_front_matter
from atelier.markup.lines import atx_heading, block_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from atelier.deck.front_matter_keys import Shape

HOUSE = Path(__file__).resolve().parents[2]
DOCUMENTS = [HOUSE / "README.md", HOUSE / "ARCHITECTURE.md", *sorted((HOUSE / "docs").rglob("*.md"))]
HINTS = {"heading-none", "frame-on-no-path", "comment-leak"}
"""What the text around an example says of it."""
OUTSIDE = {"path", "lang", "day"}
"""Options that may also stand in the opening line of their block."""


@cache
def writer() -> ModuleType:
    """docs/format/write.py."""
    spec = importlib.util.spec_from_file_location("write_format", HOUSE / "docs/format/write.py")
    assert spec
    assert spec.loader
    module = sys.modules["write_format"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def document() -> str:
    return cast("str", writer().DOCUMENT.read_text(encoding="utf-8"))


EXAMPLES = writer().examples(document())
RECIPES = writer().recipes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cast("Path", writer().prepare(tmp_path_factory.mktemp("reference")))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line{example.line}")
def test_an_example_is_a_deck_without_fault(example: Any, folder: Path) -> None:
    recipe = RECIPES.get(example.pictures[0] if example.pictures else "", writer().Recipe())
    deck = load(writer().put(example, folder, recipe.canvas))
    found = [*deck.diagnostics, *check_deck(deck, example.text, Contents(deck))]
    assert [str(each) for each in found if each.code not in HINTS] == []
    assert max(CODES[code][0] for code in HINTS) is Severity.HINT


def test_the_schema_takes_the_examples() -> None:
    validator = cast("Any", Draft202012Validator(front_matter_schema(LAYOUTS)))
    for example in EXAMPLES:
        values = front_matter(example.text)
        assert (example.line, [error.message for error in validator.iter_errors(values)]) == (example.line, [])


def test_the_document_is_as_written_by_its_script() -> None:
    assert writer().with_contents(document()) == document(), "run make documents"


def test_the_pictures_are_those_of_the_examples() -> None:
    named = [name for example in EXAMPLES for name in example.pictures]
    assert len(named) == len({*named})
    assert {*re.findall(r"\(pictures/format/([\w-]+)\.png\)", document())} == {*named}
    assert {file.stem for file in writer().PICTURES.glob("*.png")} == {*named}, "run make documents"
    assert RECIPES.keys() - {*named} == set()


def test_the_anchors_that_documents_link_to_are_there() -> None:
    anchors = {anchor for _level, _title, anchor in writer().headings(document())}
    for file in DOCUMENTS:
        pattern = r"\]\((?:format\.md)?#([^)]+)\)" if file == writer().DOCUMENT else r"format\.md#([^)\s]+)\)"
        text = re.sub(r"^(`{3,}).*?^\1$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        assert (file.name, {*re.findall(pattern, text)} - anchors) == (file.name, set())


# ------------------------------------------------------------------------------------------------------- completeness


def front_matter(text: str) -> Any:
    return _plain(yaml.safe_load(split_front_matter(text).text) or {})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in cast("dict[object, Any]", value).items()}
    if isinstance(value, list):
        return [_plain(each) for each in cast("list[Any]", value)]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def records(shape: Shape, where: str = "") -> Iterator[str]:
    """Every key below a shape, with those around it."""
    match shape:
        case Record():
            for key in shape.keys:
                yield f"{where}.{key.name}"
                yield from records(key.shape, f"{where}.{key.name}")
        case OneOf():
            for each in shape.shapes:
                yield from records(each, where)
        case Several():
            yield from records(shape.item, where)
        case Named():
            yield from records(shape.value, where)
        case Kind():
            return


def said(shape: Shape, value: Any, where: str = "") -> Iterator[str]:
    """The keys of `value` that its shape knows."""
    match shape:
        case Record() if isinstance(value, dict):
            given = cast("dict[str, Any]", value)
            for key in shape.keys:
                if key.name in given:
                    yield f"{where}.{key.name}"
                    yield from said(key.shape, given[key.name], f"{where}.{key.name}")
        case OneOf():
            for each in shape.shapes:
                yield from said(each, value, where)
        case Several():
            for item in cast("list[Any]", value) if isinstance(value, list) else [value]:
                yield from said(shape.item, item, where)
        case Named() if isinstance(value, dict):
            for each in cast("dict[str, Any]", value).values():
                yield from said(shape.value, each, where)
        case _:
            return


def heads() -> Iterator[BlockHead]:
    for example in EXAMPLES:
        lines = example.text.split("\n")
        for index, line in enumerate(lines):
            if (found := block_line(line)) and found[1]:
                below = lines[index + 1 :]
                head = read_head(found[1], below[: option_lines(below)])
                if isinstance(head, BlockHead):
                    yield head


def test_every_key_of_the_front_matter_is_in_an_example() -> None:
    shown = {key for example in EXAMPLES for key in said(FRONT_MATTER, front_matter(example.text))}
    assert {*records(FRONT_MATTER)} - shown == set()


def test_every_attribute_of_a_heading_is_in_an_example() -> None:
    pairs = {
        (key, value)
        for example in EXAMPLES
        for line in example.text.split("\n")
        if (heading := atx_heading(line))
        for key, value in heading[2]
    }
    classes = {value for key, value in pairs if key == "class"}
    assert {*KNOWN} - {key for key, _value in pairs} - classes == set()
    assert classes >= {"private", "plain"}


def test_every_block_with_its_options_is_in_an_example() -> None:
    shown: dict[str, set[str]] = {}
    for head in heads():
        given = {key for key, _value in head.options} | {word for word in OUTSIDE if f"{word}=" in head.argument}
        shown.setdefault(head.name, set()).update(given)
    assert SPECS.keys() - shown.keys() == set()
    shared = frozenset[str].intersection(*ACTIVITIES.values()) | {"anonymous"}
    assert shared - {option for name in ACTIVITIES for option in shown[name]} == set()
    missing = {name: spec.options - shown[name] - shared for name, spec in SPECS.items()}
    assert {name: options for name, options in missing.items() if options} == {}


def test_every_layout_and_every_theme_is_in_an_example(folder: Path) -> None:
    decks = [load(writer().put(example, folder)) for example in EXAMPLES]
    assert {*LAYOUTS} - {frame.layout for deck in decks for frame in deck.frames} == set()
    assert {*bundled_themes()} - {deck.theme for deck in decks} == set()


def test_every_key_of_the_front_matter_and_every_block_can_be_looked_up() -> None:
    entries = " ".join(title for _level, title, _anchor in writer().headings(document()))
    names = (set(FRONT_MATTER.names) - {"license"}) | SPECS.keys()
    assert {name for name in names if f"`{name}`" not in entries} == set()


def test_the_limits_are_those_of_the_program() -> None:
    table = document().rpartition("| at most |")[2]
    mega = 1024 * 1024
    sizes = (
        texts.LARGEST_DECK,
        files.LARGEST_PICTURE,
        svg.LARGEST_SVG,
        json_canvas.LARGEST_CANVAS,
        embedding.MOST_BYTES,
    )
    counts = (
        decoding.MOST_LINES, frames.MOST_FRAMES, yaml_nodes.MOST_CHARACTERS, limits.LONGEST_FRAME, limits.MOST_LINES,
        limits.MOST_CODE_LINES, limits.MOST_CELLS, files.MOST_PIXELS, svg.MOST_ELEMENTS, json_canvas.MOST_NODES,
        json_canvas.MOST_EDGES, embedding.MOST_FILES, agenda.MOST_BLOCKS,
    )  # fmt: skip
    assert {size for size in sizes if f"{size // mega} MB" not in table} == set()
    assert {count for count in counts if f"{count:,} " not in table} == set()
    assert f"nested {limits.DEEPEST} deep" in table
    assert f" {embedding.DEEPEST} deep" in table
