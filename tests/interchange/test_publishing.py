"""`atelier publish`, typed in a terminal and driven by a window, against Debian's WordPress."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from tests.e2e.conftest import PROGRAM, terminal
from tests.interchange.site import USER
from tests.unit.publishing.keyrings import KeyringOnDisk
from tests.unit.writers.articles import DRAWING

from atelier.app.appearance import SharedAppearance
from atelier.app.publish_dialog import Publishing, ToPublish
from atelier.foundation.run_messages import KEEP
from atelier.windows.icons import Icons

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from tests.e2e.conftest import InTerminal
    from tests.interchange.site import Site

    Terminal = Callable[..., InTerminal]

__all__ = ["terminal"]


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
    keyring = KeyringOnDisk(tmp_path / "keyring")
    own = keyring.environment
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
    assert keyring.kept == {}


def test_a_password_that_is_no_longer_one_is_asked_for_anew(
    site: Site, tmp_path: Path, deck: Path, terminal: Terminal
) -> None:
    keyring = KeyringOnDisk(tmp_path / "keyring")
    keyring.keep(site.address, USER, "revoked Zorblax")
    line = terminal("publish", deck, "--to", site.address, "--user", USER, **keyring.environment)
    line.wait_for("Application password for")
    assert "does not accept the name" in line.ever_shown
    type_in(line, site.password)
    assert line.wait() == 0
    assert "Zorblax" not in line.ever_shown
    assert site.password in keyring.kept.values()


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


def test_a_window_publishes_to_a_real_site(
    site: Site, deck: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = KeyringOnDisk(tmp_path / "keyring")
    for name, value in keyring.environment.items():
        monkeypatch.setenv(name, value)
    appearance = SharedAppearance(qapp).get()
    host = QWidget()
    host.resize(960, 640)
    qtbot.addWidget(host)
    host.show()
    publishing = Publishing(host, appearance, Icons(appearance))
    dialog = publishing.open(ToPublish(deck, "Bread"))
    dialog.login.site_field.setEditText(site.address)
    dialog.login.user_field.setText(USER)
    dialog.login.password_field.setText(site.password)
    dialog.send_button.click()
    qtbot.waitUntil(lambda: dialog.is_done, timeout=60_000)
    said = " ".join(label.text() for label in dialog.done.findChildren(QLabel))
    assert "A new draft · 1 picture uploaded" in said
    assert site.password in keyring.kept.values()
    dialog.close_panel()
    post = site.posts()[-1]
    assert (post["post_status"], post["post_title"][:5]) == ("draft", "Bread")
    assert "Good evening." in post["post_content"]
    change(site, "<p>Mine</p>")
    dialog = publishing.open(ToPublish(deck, "Bread"))
    dialog.send_button.click()
    qtbot.waitUntil(dialog.question.isVisible, timeout=60_000)
    dialog.question.buttons[KEEP].click()
    qtbot.waitUntil(lambda: dialog.is_done, timeout=60_000)
    assert site.posts()[-1]["post_content"] == "<p>Mine</p>"
    publishing.close()
