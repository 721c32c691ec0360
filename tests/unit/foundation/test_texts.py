"""Reading what lies at a path: texts, and everything that would wait or never end."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from atelier.foundation.errors import InputError
from atelier.foundation.texts import DECK_FILE, LARGEST_DECK, deck_path, read_bytes, read_text_file, reason
from atelier.foundation.translation import set_language

pytestmark = pytest.mark.timeout(10)


def test_a_folder_means_its_deck(tmp_path: Path) -> None:
    assert deck_path(tmp_path) == tmp_path / DECK_FILE
    assert deck_path(tmp_path / "talk.md") == tmp_path / "talk.md"
    for odd in ("x" * 5000, "a\0b"):
        assert deck_path(Path(odd)) == Path(odd)


def test_a_folder_with_a_text_for_each_language_means_that_of_the_person(tmp_path: Path) -> None:
    (tmp_path / "fr.md").write_text("# Pain")
    assert deck_path(tmp_path) == tmp_path / "fr.md"  # there is no other
    (tmp_path / "en.md").write_text("# Bread")
    assert deck_path(tmp_path) == tmp_path / "en.md"
    set_language("fr")
    assert deck_path(tmp_path) == tmp_path / "fr.md"
    (tmp_path / DECK_FILE).write_text("# Brot")
    assert deck_path(tmp_path) == tmp_path / DECK_FILE


def test_up_to_the_limit_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "talk.md"
    file.write_bytes(b"12345")
    assert read_bytes(file, 5) == b"12345"
    with pytest.raises(InputError, match="larger than"):
        read_bytes(file, 4)
    (tmp_path / "link.md").symlink_to("talk.md")
    assert read_text_file(tmp_path / "link.md") == b"12345"


def test_three_gigabytes_are_refused_by_their_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "talk.md"
    with file.open("wb") as opened:
        opened.truncate(3 * 2**30)
    monkeypatch.delattr(Path, "open")
    with pytest.raises(InputError, match="The file is larger than 8 MB") as caught:
        read_text_file(file)
    assert caught.value.hint
    assert caught.value.location


def test_what_never_ends_is_not_begun(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    for path in (tmp_path / "pipe.md", Path("/dev/zero"), Path("/dev/null"), tmp_path):
        with pytest.raises(InputError, match="not a file that holds a text"):
            read_text_file(path)


def test_a_file_that_grows_while_it_is_read_is_held_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "talk.md"
    file.write_bytes(b"1234")
    small = file.stat()
    file.write_bytes(b"1" * 9)

    def stat(_path: Path) -> os.stat_result:
        return small

    monkeypatch.setattr(Path, "stat", stat)
    with pytest.raises(InputError, match="larger than"):
        read_bytes(file, 5)


@pytest.mark.parametrize("name", ["missing.md", "a\0b", "x" * 300, "round.md"])
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str) -> None:
    (tmp_path / "round.md").symlink_to("round.md")
    with pytest.raises(InputError, match="cannot be read") as caught:
        read_bytes(tmp_path / name, LARGEST_DECK)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "Ce fichier ou ce dossier n’existe pas."),
        (PermissionError(errno.EACCES, "Permission denied"), "L’accès est refusé."),
        (OSError(errno.ENOSPC, "No space left on device"), "Le disque est plein."),
        (OSError(errno.ESTALE, "Stale file handle"), "Le dossier du réseau ne répond pas."),
        (OSError(errno.EDOM, "Something rare"), "Something rare."),
        (OSError("no number"), "no number."),
        (ValueError("embedded null byte"), "Le nom contient un caractère qu’aucun nom de fichier ne peut avoir."),
        (RuntimeError("Symlink loop from 'a'"), "Ses liens tournent en rond."),
    ],
)
def test_what_the_system_says_is_said_in_the_language_of_the_person(error: Exception, words: str) -> None:
    set_language("fr")
    assert reason(error) == words
