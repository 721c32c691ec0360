"""What was chosen for a deck the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.foundation.export_choices import LARGEST, ExportChoices, load_choices, save_choices

if TYPE_CHECKING:
    from pathlib import Path

CHOICES = ExportChoices(("pdf", "blog"), {"pdf": {"steps": True}, "*": {"path": "short"}}, "/tmp/out \udcff")


def test_choices_are_kept_for_each_deck(tmp_path: Path) -> None:
    save_choices(tmp_path / "bread.md", CHOICES)
    assert load_choices(tmp_path / "bread.md") == CHOICES
    assert load_choices(tmp_path / "cake.md") == ExportChoices()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "[" * 100_000, '{"ticked": 1, "values": [], "folder": 3}', '{"folder": "a"}', " " * (LARGEST + 1)],
    ids=lambda text: text[:30],
)
def test_what_cannot_be_read_is_as_if_nothing_was_chosen(tmp_path: Path, own_home: Path, text: str) -> None:
    save_choices(tmp_path / "bread.md", CHOICES)
    (file,) = (own_home / "data" / "exports").iterdir()
    file.write_text(text)
    assert load_choices(tmp_path / "bread.md") == ExportChoices()


def test_what_is_of_another_kind_is_left_out(tmp_path: Path, own_home: Path) -> None:
    save_choices(tmp_path / "bread.md", CHOICES)
    (file,) = (own_home / "data" / "exports").iterdir()
    file.write_text(
        '{"ticked": ["pdf", 1], "values": {"pdf": {"steps": 1, "path": "short"}, "png": []}, "folder": "/tmp"}'
    )
    assert load_choices(tmp_path / "bread.md") == ExportChoices(("pdf",), {"pdf": {"path": "short"}}, "/tmp")
