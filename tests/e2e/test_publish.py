"""`atelier publish` as a program drives it: answers as JSON, the password by stdin."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.e2e.conftest import PROGRAM
from tests.unit.publishing.blog import PASSWORD, USER, running_blog
from tests.unit.publishing.keyrings import KeyringOnDisk

from atelier.foundation.run_messages import KEEP, LOGIN, REPLACE, VARIABLE, Failure, PostQuestion, message_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.unit.publishing.blog import Blog

SITE = "https://example.org"


@pytest.fixture
def blog() -> Iterator[Blog]:
    with running_blog() as running:
        yield running


@pytest.fixture
def keyring(tmp_path: Path) -> KeyringOnDisk:
    return KeyringOnDisk(tmp_path / "keyring")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "bread.md"
    file.write_text("# Bread\n\n/// notes\nGood evening.\n///\n", encoding="utf-8")
    return file


def run(
    keyring: KeyringOnDisk, *arguments: str | Path, given: str = "", driven: bool = False
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | keyring.environment | ({VARIABLE: "json"} if driven else {})
    return subprocess.run(
        [PROGRAM, "publish", *arguments],
        env=environment, input=given, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def messages(done: subprocess.CompletedProcess[str]) -> list[object]:
    return [found for line in done.stderr.splitlines() if (found := message_of(line.encode())) is not None]


def test_it_says_whether_the_keyring_has_the_password(keyring: KeyringOnDisk) -> None:
    asked = (f"--to={SITE}/", f"--user={USER}", "--kept")
    missing = run(keyring, *asked)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert f"No password of {USER} for {SITE} is in the keyring." in missing.stderr
    answer = {"site": SITE, "user": USER, "keyring": True, "kept": False}
    assert json.loads(run(keyring, *asked, "--json").stdout) == answer
    keyring.keep(SITE, USER, PASSWORD)
    there = run(keyring, *asked)
    assert there.stdout == f"The password of {USER} for {SITE} is in the keyring.\n"
    assert json.loads(run(keyring, *asked, "--json").stdout) == answer | {"kept": True}
    assert PASSWORD not in there.stdout + there.stderr


def test_it_says_where_there_is_no_keyring(keyring: KeyringOnDisk) -> None:
    keyring.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    said = json.loads(run(keyring, f"--to={SITE}", f"--user={USER}", "--kept", "--json").stdout)
    assert said == {"site": SITE, "user": USER, "keyring": False, "kept": False}


def test_a_program_reads_what_became_of_it(keyring: KeyringOnDisk, blog: Blog, deck: Path) -> None:
    done = run(keyring, deck, f"--to={blog.address}", f"--user={USER}", "--json", given=f"{PASSWORD}\n")
    assert done.returncode == 0
    said = json.loads(done.stdout)
    (post,) = said.pop("posts")
    assert said == {"site": blog.address, "user": USER, "kept": True}
    edit = f"{blog.address}/wp-admin/post.php?post={blog.posts[0]['id']}&action=edit"
    assert (post["title"], post["outcome"], post["edit"], post["left_out"]) == ("Bread", "created", edit, [])


def test_a_driven_run_waits_for_no_password_that_nobody_sends(keyring: KeyringOnDisk, blog: Blog, deck: Path) -> None:
    done = run(keyring, deck, f"--to={blog.address}", f"--user={USER}", "--json", driven=True)
    (failure,) = messages(done)
    assert isinstance(failure, Failure)
    assert (done.returncode, failure.about) == (1, LOGIN)
    assert failure.message == f"There is no password for {blog.address}."
    assert blog.asked == []


@pytest.mark.parametrize(("answer", "kept"), [(KEEP, True), (REPLACE, False)])
def test_a_driven_run_asks_before_it_overwrites(
    keyring: KeyringOnDisk, blog: Blog, deck: Path, answer: str, *, kept: bool
) -> None:
    blog.posts.append({"id": 3, "slug": "bread", "status": "draft", "title": {"raw": "Mine"}, "modified": "2026"})
    asked = (deck, f"--to={blog.address}", f"--user={USER}", "--ask-password", "--json")
    silent = run(keyring, *asked, given=f"{PASSWORD}\n", driven=True)
    assert silent.returncode == 130
    assert blog.posts[0]["title"]["raw"] == "Mine"
    done = run(keyring, *asked, given=f"{PASSWORD}\n{answer}\n", driven=True)
    assert done.returncode == 0
    question = next(each for each in messages(done) if isinstance(each, PostQuestion))
    assert "was not sent from here: “Mine”" in question.words
    assert question.link == f"{blog.address}/wp-admin/post.php?post=3&action=edit"
    assert (blog.posts[0]["title"]["raw"] == "Mine") is kept
