"""`atelier import` as a person or a script meets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Atelier = Callable[..., subprocess.CompletedProcess[str]]

MARP = """\
---
marp: true
footer: At the foot
---

# A talk

<!-- Say hello. -->

---

![bg](https://example.org/far.png)

## One

- a point

---

## Two

<video src="x.mp4"></video>
"""


def test_a_deck_is_brought_here_and_opens(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(MARP)
    done = atelier("import", "talk.md", "-o", "new/deck")
    assert (done.returncode, done.stderr) == (0, "")
    first, *report = done.stdout.split("\n")
    assert "“A talk”: 3 frames and 0 pictures" in first
    assert "    talk.md:12" in report
    assert "    At the foot" in report
    assert f"    atelier present --windowed {tmp_path / 'new' / 'deck'}" in report
    checked = atelier("check", "new/deck")
    assert checked.returncode == 0
    assert ": error:" not in checked.stdout
    assert "/// notes\nSay hello.\n///" in (tmp_path / "new" / "deck" / "deck.md").read_text()


def test_json(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(MARP)
    done = atelier("import", "talk.md", "-o", "deck", "--json")
    found = json.loads(done.stdout)
    assert (found["version"], found["kind"], found["frames"], found["title"]) == (1, "marp", 3, "A talk")
    remote = next(loss for loss in found["losses"] if loss["code"] == "picture-remote")
    assert (remote["slide"], remote["line"], remote["text"]) == (2, 12, "https://example.org/far.png")


def test_the_folder_is_called_after_the_file_and_never_overwritten(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(MARP)
    assert atelier("import", "talk.md").returncode == 0
    assert (tmp_path / "talk" / "deck.md").is_file()
    before = (tmp_path / "talk" / "deck.md").read_bytes()
    again = atelier("import", "talk.md")
    assert again.returncode == 1
    assert "not empty" in again.stderr
    assert (tmp_path / "talk" / "deck.md").read_bytes() == before


def test_the_tool_can_be_said(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text("# A\n\nx\n\n## B\n\ny\n")
    assert "(read as markdown)" in atelier("import", "talk.md", "-o", "a").stdout
    assert "(read as remark)" in atelier("import", "talk.md", "-o", "b", "--from", "remark").stdout
    wrong = atelier("import", "talk.md", "-o", "c", "--from", "keynote")
    assert wrong.returncode == 2
    assert not (tmp_path / "c").exists()


def test_what_cannot_be_imported_is_said_in_a_sentence(atelier: Atelier, tmp_path: Path) -> None:
    (tmp_path / "talk.pptx").write_bytes(b"PK\3\4 not a package")
    for file in ("talk.pptx", "gone.md"):
        done = atelier("import", file, "-o", "out")
        assert done.returncode == 1
        assert done.stderr.startswith("atelier: ")
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "out").exists()
