"""`atelier place`: the layout as a file to arrange by hand, and what is said about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Atelier = Callable[..., subprocess.CompletedProcess[str]]

OK, BAD_INPUT = 0, 1


def test_a_layout_is_written_once_and_said(atelier: Atelier, tmp_path: Path) -> None:
    deck = tmp_path / "deck.md"
    deck.write_text("# A\n\n## B\n\n## C\n", encoding="utf-8")
    first, again = atelier("place", tmp_path), atelier("place", tmp_path)
    file = tmp_path / "deck.canvas"
    assert (first.returncode, first.stdout, first.stderr) == (OK, f"3 frames placed in {file}\n", "")
    assert (again.returncode, again.stdout) == (OK, f"3 frames are placed in {file} already\n")
    assert len(json.loads(file.read_text(encoding="utf-8"))["nodes"]) == 4
    assert atelier("check", tmp_path).stdout == ""


def test_a_torn_canvas_is_left_as_it_is_and_still_shown(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text("# A\n\n## B\n\n## C\n", encoding="utf-8")
    atelier("place", tmp_path)
    file = tmp_path / "deck.canvas"
    torn = file.read_bytes()[:-40]
    file.write_bytes(torn)
    placed, checked = atelier("place", tmp_path), atelier("check", tmp_path)
    assert placed.returncode == BAD_INPUT
    assert f"{file}:" in placed.stderr
    assert "canvas-broken" in checked.stdout
    assert atelier("export", tmp_path, "--to", "png", "--canvas", "-o", tmp_path / "out").returncode == OK
    assert file.read_bytes() == torn


def test_a_canvas_alone_is_checked_and_exported(atelier: Atelier, tmp_path: Path) -> None:
    node = {"id": "a", "type": "file", "file": "../gone.md", "x": 0, "y": 0, "width": 400, "height": 300}
    file = tmp_path / "drawn.canvas"
    file.write_text(json.dumps({"nodes": [node]}), encoding="utf-8")
    checked = atelier("check", file)
    assert (checked.returncode, checked.stdout.count("canvas-file")) == (OK, 1)
    done = atelier("export", file, "--to", "pdf,png", "-o", tmp_path / "out")
    assert done.returncode == OK
    assert list((tmp_path / "out").rglob("*.pdf"))
    assert atelier("place", file).returncode == BAD_INPUT
