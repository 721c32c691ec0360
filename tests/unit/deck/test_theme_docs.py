"""docs/themes.md has every key that a theme can have, and none besides."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

from atelier.deck import looks
from atelier.deck.looks import Theme
from atelier.deck.theme import bundled_themes

TEXT = (Path(__file__).parents[3] / "docs/themes.md").read_text(encoding="utf-8")


def keys(kind: Any) -> set[str]:
    """The names of all fields of a table and of the tables in it."""
    found: set[str] = set()
    for name, hint in get_type_hints(kind).items():
        found.add(name)
        for inner in (hint, *get_args(hint)):
            if hasattr(inner, "_fields"):
                found |= keys(inner)
    return found


def test_every_key_is_documented() -> None:
    code = " ".join(re.findall(r"`([^`\n]+)`", TEXT))
    named = set(re.findall(r"\w+", code))
    assert keys(Theme) - {"name", "digest"} <= named


def test_every_documented_key_is_one() -> None:
    rows = [row.split("|")[1] for row in TEXT.splitlines() if row.startswith("| `")]
    named = {word for row in rows for word in re.findall(r"`([a-z_]+)`", row)}
    assert named <= keys(Theme) | {"base"}


def test_every_theme_and_table_is_documented() -> None:
    for name in bundled_themes():
        assert f"`{name}`" in TEXT
    for name, kind in get_type_hints(Theme).items():
        if hasattr(kind, "_fields") and name != "fonts":
            assert f"[{name}]" in TEXT
    assert looks.__doc__
    assert "docs/themes.md" in looks.__doc__
