"""The table of diagnostics, the program that reports them and docs/diagnostics.md say the same."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from atelier.foundation.diagnostics import CODES

if TYPE_CHECKING:
    from types import ModuleType

HOUSE = Path(__file__).resolve().parents[2]
SOURCES = sorted((HOUSE / "src/atelier").rglob("*.py"))


def writer() -> ModuleType:
    """docs/diagnostics/write.py."""
    spec = importlib.util.spec_from_file_location("write_diagnostics", HOUSE / "docs/diagnostics/write.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def strings(file: Path) -> set[str]:
    """The texts a module holds, those of `foundation/diagnostics.py` itself not counted."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def reported(file: Path) -> set[str]:
    """The codes that a module reports by name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0]
        if name in {"Diagnostic", "BlockFault", "report", "found"} and isinstance(first, ast.Constant):
            found.add(str(first.value))
    return found


def test_the_document_is_as_written_by_its_script() -> None:
    module = writer()
    committed = (HOUSE / "docs/diagnostics.md").read_text(encoding="utf-8")
    assert committed == module.document(), "run docs/diagnostics/write.py"


def test_every_code_is_explained_once() -> None:
    codes = [code for group in writer().explanations().values() for code in group]
    assert sorted(codes) == sorted(CODES)


def test_no_code_is_without_somebody_who_reports_it() -> None:
    said = {text for file in SOURCES if file.name != "diagnostics.py" for text in strings(file)}
    assert set(CODES) - said == set()


@pytest.mark.parametrize(
    "file", [file for file in SOURCES if "Diagnostic" in file.read_text(encoding="utf-8")], ids=str
)
def test_no_code_is_reported_that_is_not_in_the_table(file: Path) -> None:
    codes = {code for code in reported(file) if "-" in code or code in CODES}
    assert codes <= set(CODES)
