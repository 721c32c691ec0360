"""The pictures of docs/format.md are what the program draws."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from PySide6.QtGui import QImage

from .comparison import MEAN, WORST, difference

if TYPE_CHECKING:
    from types import ModuleType

HOUSE = Path(__file__).resolve().parents[2]


def load_writer() -> ModuleType:
    """docs/format/write.py."""
    spec = importlib.util.spec_from_file_location("draw_format", HOUSE / "docs/format/write.py")
    assert spec
    assert spec.loader
    module = sys.modules["draw_format"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WRITER = load_writer()
RECIPES = WRITER.recipes()
PICTURES = [
    (name, example)
    for example in WRITER.examples(WRITER.DOCUMENT.read_text(encoding="utf-8"))
    for name in example.pictures
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cast("Path", WRITER.prepare(tmp_path_factory.mktemp("reference")))


@pytest.mark.parametrize(("name", "example"), PICTURES, ids=[name for name, _example in PICTURES])
def test_an_example_looks_as_in_the_reference(qapp: object, folder: Path, name: str, example: Any) -> None:
    assert qapp
    recipe = RECIPES.get(name, WRITER.Recipe())
    drawn = WRITER.picture(WRITER.put(example, folder, recipe.canvas), recipe)
    mean, worst = difference(drawn, QImage(str(WRITER.PICTURES / f"{name}.png")))
    assert mean <= MEAN, "run make documents, and look at the picture"
    assert worst <= WORST, "run make documents, and look at the picture"
