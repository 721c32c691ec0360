"""`atelier publish`, typed in a terminal, against Debian's WordPress."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.e2e.conftest import PROGRAM, terminal
from tests.interchange.site import USER
from tests.unit.writers.articles import DRAWING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.conftest import InTerminal
    from tests.interchange.site import Site

    Terminal = Callable[..., InTerminal]

__all__ = ["terminal"]
_KEYRING = """import json, pathlib
from keyring.backend import KeyringBackend

class OnDisk(KeyringBackend):
    priority = 5
    file = pathlib.Path(__file__).with_name("kept.json")
    def _kept(self): return json.loads(self.file.read_text()) if self.file.exists() else {}
    def get_password(self, service, username): return self._kept().get(f"{service} {username}")
    def set_password(self, service, username, password):
        self.file.write_text(json.dumps(self._kept() | {f"{service} {username}": password}))
    def delete_password(self, service, username):
        self.file.write_text(json.dumps({k: v for k, v in self._kept().items() if k != f"{service} {username}"}))
"""
"""A keyring that needs no desktop, so that what is asked of one can be seen."""


@pytest.fixture
def deck(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / "bread"
    folder.mkdir()
    (folder / "oven.svg").write_text(DRAWING, encoding="utf-8")
    title = f"Bread {request.node.name[-20:]}"
    text = f"# {title}\n\n![An oven](oven.svg)\n\n/// notes\nGood evening.\n///\n"
    (folder / "deck.md").write_text(text, encoding="utf-8")
    return folder


def type_in(line: InTerminal, words: str) -> None:
    os.write(line.master, words.encode() + b"\n")


def change(site: Site, words: str) -> None:
    """Somebody writes on in the newest draft."""
    code = (
        "wp_set_current_user(1);"
        " echo json_encode(wp_update_post(['ID' => (int) $argv[1], 'post_content' => $argv[2]]));"
    )
    assert site.php(code, str(site.posts()[-1]["ID"]), words)


def test_a_first_run_asks_for_everything_and_the_next_for_nothing(
    site: Site, tmp_path: Path, deck: Path, terminal: Terminal
) -> None:
    keyring = tmp_path / "keyring"
    keyring.mkdir()
    (keyring / "on_disk.py").write_text(_KEYRING)
    own = {"PYTHONPATH": str(keyring), "PYTHON_KEYRING_BACKEND": "on_disk.OnDisk"}
    first = terminal("publish", deck, "--to", site.address, **own)
    first.wait_for(f"Your name on {site.address}:")
    type_in(first, USER)
    first.wait_for("Application password for")
    type_in(first, site.password)
    assert first.wait() == 0
    assert site.password not in first.ever_shown
    assert "A new draft: " in first.words
    assert "1 picture uploaded" in first.words
    assert "The password is now in the keyring" in first.words
    home = os.environ["ATELIER_HOME"]
    kept = subprocess.run(["grep", "-r", site.password, home, str(deck)], capture_output=True, check=False)
    assert kept.returncode == 1
    second = terminal("publish", deck, "--to", site.address, **own)
    assert second.wait() == 0
    assert second.words.startswith("There already, as it is: ")
    third = terminal("publish", "--to", site.address, "--forget", **own)
    assert third.wait() == 0
    assert (keyring / "kept.json").read_text() == "{}"


def test_a_password_that_is_no_longer_one_is_asked_for_anew(
    site: Site, tmp_path: Path, deck: Path, terminal: Terminal
) -> None:
    keyring = tmp_path / "keyring"
    keyring.mkdir()
    (keyring / "on_disk.py").write_text(_KEYRING)
    (keyring / "kept.json").write_text(f'{{"Atelier {site.address} {USER}": "revoked Zorblax"}}')
    own = {"PYTHONPATH": str(keyring), "PYTHON_KEYRING_BACKEND": "on_disk.OnDisk"}
    line = terminal("publish", deck, "--to", site.address, "--user", USER, **own)
    line.wait_for("Application password for")
    assert "does not accept the name" in line.ever_shown
    type_in(line, site.password)
    assert line.wait() == 0
    assert "Zorblax" not in line.ever_shown
    assert site.password in (keyring / "kept.json").read_text()


def test_what_was_changed_on_the_site_is_asked_about(site: Site, deck: Path, terminal: Terminal) -> None:
    def run(answer: str) -> InTerminal:
        line = terminal("publish", deck, "--to", site.address, "--user", USER)
        line.wait_for("Application password for")
        assert "This system has no keyring" in line.ever_shown
        type_in(line, site.password)
        if answer:
            line.wait_for("Overwrite it with this draft? [y/N]")
            type_in(line, answer)
        assert line.wait() == 0
        return line

    assert "A new draft: " in run("").words
    change(site, "<p>Mine</p>")
    assert "Left as it is on the site: " in run("n").words
    assert site.posts()[-1]["post_content"] == "<p>Mine</p>"
    assert "Brought up to date: " in run("y").words
    assert "Good evening." in site.posts()[-1]["post_content"]


def test_where_nobody_can_be_asked_nothing_is_overwritten(site: Site, deck: Path) -> None:
    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [PROGRAM, "publish", deck, "--to", site.address, "--user", USER, *options]
        given = f"{site.password}\n"
        return subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=60)

    assert run().returncode == 0
    change(site, "<p>Mine</p>")
    refused = run()
    assert refused.returncode == 1
    assert "was changed on the site since it was sent" in refused.stderr
    assert "--replace" in refused.stderr
    assert site.posts()[-1]["post_content"] == "<p>Mine</p>"
    replaced = run("--replace")
    assert replaced.returncode == 0
    assert replaced.stdout.startswith("Brought up to date: ")
