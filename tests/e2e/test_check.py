"""`atelier check` on decks that are damaged, as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.unit.app.damaged_decks import PICTURE, Damaged

from atelier.foundation.resources import bundled_decks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OK, BAD_INPUT, BAD_USAGE = 0, 1, 2


def test_the_keynote_has_nothing_to_hide(atelier: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = atelier("check", bundled_decks() / "gateau-au-chocolat", "--json")
    assert (done.returncode, done.stderr) == (OK, "")
    assert json.loads(done.stdout)["findings"] == []


def test_an_error_ends_with_one_a_warning_does_not(
    atelier: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    Damaged(b"# Cake\n\n[a](#b)\n").write(tmp_path)
    done = atelier("check", "deck.md")
    assert done.returncode == OK
    assert "deck.md:3" in done.stdout
    assert "[link-dead]" in done.stdout
    Damaged(b"# Cake\n\n/// note\nOurs alone.\n///\n").write(tmp_path)
    done = atelier("check", tmp_path)
    assert done.returncode == BAD_INPUT
    assert "Did you mean “notes”?" in done.stdout


def test_findings_for_a_program(atelier: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    Damaged(PICTURE.replace(b"# Cake", b"##Cake"), {"slices.png": b"?"}).write(tmp_path)
    done = atelier("check", "deck.md", "--json")
    findings = json.loads(done.stdout)["findings"]
    assert [(each["code"], each["line"], each["severity"]) for each in findings] == [
        ("heading-lookalike", 1, "warning"),
        ("picture-unreadable", 3, "warning"),
    ]
    assert all(each["hint"] for each in findings)


def test_words_are_in_the_language_of_the_person(
    atelier: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    Damaged(b"# Cake\n\n[a](#b)\n").write(tmp_path)
    english, french = (atelier("check", "deck.md", lang=lang).stdout for lang in ("en", "fr"))
    assert english
    assert french
    assert english != french


def test_a_file_that_is_not_there(atelier: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = atelier("check", "nothing.md")
    assert done.returncode == BAD_INPUT
    assert done.stdout == ""
    assert atelier("check").returncode == BAD_USAGE


def test_nothing_of_qt_is_loaded_unless_text_is_set(tmp_path: Path) -> None:
    deck = Damaged(PICTURE).write(tmp_path)
    program = (
        f"import sys; from atelier.cli import main; main(['check', {str(deck)!r}]);"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"
