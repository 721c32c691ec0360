"""The rules of the house that no tool checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from atelier.commands.table import COMMANDS
from atelier.deck.contents import Contents
from atelier.deck.loading import read as read_deck

HOUSE = Path(__file__).resolve().parents[2]
MODULES = sorted(file for folder in ("src", "tests", "bench", "docs") for file in (HOUSE / folder).rglob("*.py"))
LONGEST_MODULE = 600
FONTS = HOUSE / "src/atelier/resources/fonts"
DECISIONS = HOUSE / "docs/decisions"
DOCUMENTS = [HOUSE / "README.md", HOUSE / "ARCHITECTURE.md", *sorted((HOUSE / "docs").rglob("*.md"))]

FENCE = re.compile(r"^(`{3,})(?:markdown\n(.*?)|[^`\n]*\n.*?)^\1$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_no_module_is_too_long_to_read_at_a_sitting() -> None:
    lengths = {str(file.relative_to(HOUSE)): len(read(file).splitlines()) for file in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_module_is_named_after_nothing() -> None:
    empty_words = {"utils", "util", "helpers", "helper", "misc", "manager", "common"}
    assert [file for file in MODULES if empty_words & {file.stem, *file.relative_to(HOUSE).parent.parts}] == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b|# type: ignore|pytest\.mark\.(skip|xfail)\b")
    left = [f"{file.relative_to(HOUSE)}: {m[0]}" for file in MODULES for m in marks.finditer(read(file))]
    assert [line for line in left if Path(__file__).name not in line] == []


@pytest.mark.parametrize("font", sorted(FONTS.glob("*.[to]tf")), ids=lambda font: font.name)
def test_every_font_comes_with_its_licence(font: Path) -> None:
    licences = {file.name.removesuffix(".LICENSE.txt"): file for file in FONTS.glob("*.LICENSE.txt")}
    mine = [file for family, file in licences.items() if font.name.startswith(family)]
    assert mine, f"no FAMILY.LICENSE.txt whose FAMILY begins {font.name}"
    assert all("Copyright" in read(file) and "LICENSE" in read(file) for file in mine)


def test_decisions_are_numbered_without_gaps() -> None:
    names = sorted(file.name for file in DECISIONS.glob("*.md"))
    assert [name[:4] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]


@pytest.mark.parametrize("decision", sorted(DECISIONS.glob("*.md")), ids=lambda file: file.stem)
def test_a_decision_says_why_and_what_holds_it(decision: Path) -> None:
    headings = re.findall(r"^## (.+)$", read(decision), re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "What holds it"]


def test_the_commands_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", read(HOUSE / "Makefile"), re.MULTILINE))
    told = {(file.name, name) for file in DOCUMENTS for name in re.findall(r"`make ([a-z]+)", read(file))}
    assert {(file, name) for file, name in told if name not in targets} == set()
    assert {name for file, name in told if file == "README.md"} >= {"run", "test"}


def test_the_files_the_documents_point_to_exist() -> None:
    link = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
    told = [(file, target) for file in DOCUMENTS for target in link.findall(CODE.sub("", FENCE.sub("", read(file))))]
    assert [(f.name, target) for f, target in told if "://" not in target and not (f.parent / target).exists()] == []


def examples(document: Path) -> list[str]:
    """The decks shown in a document: its fences of Markdown."""
    return [text for _marks, text in FENCE.findall(read(document)) if text]


def test_the_decks_in_the_readme_are_read_without_complaint() -> None:
    assert examples(HOUSE / "README.md")
    for text in examples(HOUSE / "README.md"):
        deck = read_deck(text.encode())
        contents = Contents(deck)
        found = [*deck.diagnostics, *(d for frame in deck.frames for d in contents.content(frame.index).diagnostics)]
        assert [str(diagnostic) for diagnostic in found] == []


def test_the_keys_in_the_readme_exist() -> None:
    keys = {key for command in COMMANDS for key in command.keys}
    told = {key.replace(" ", "") for key in re.findall(r"<kbd>(.+?)</kbd>", read(HOUSE / "README.md"))}
    assert told - keys == set()


@pytest.mark.parametrize("package", sorted(p.parent.name for p in (HOUSE / "src/atelier").glob("*/__init__.py")))
def test_the_architecture_knows_every_package(package: str) -> None:
    assert f"| `{package}` |" in read(HOUSE / "ARCHITECTURE.md")
