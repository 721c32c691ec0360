from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from atelier.foundation.errors import InputError
from atelier.writers.placing import Choice, Outcome, place
from atelier.writers.types import Written


def written(text: str, *, is_text: bool = True) -> Written:
    return Written(PurePosixPath("drafts/bread.md"), text.encode(), is_text)


def never(path: Path, _difference: str) -> Choice:
    raise AssertionError(path)


def put(folder: Path, text: str, *, is_text: bool = True) -> Outcome:
    (placed,) = place([written(text, is_text=is_text)], folder, never)
    assert placed.path == folder / "drafts/bread.md"
    return placed.outcome


def test_a_draft_nobody_changed_is_replaced(tmp_path: Path) -> None:
    assert put(tmp_path, "one\n") is Outcome.WRITTEN
    assert put(tmp_path, "one\n") is Outcome.SAME
    assert put(tmp_path, "two\n") is Outcome.WRITTEN
    assert (tmp_path / "drafts/bread.md").read_text() == "two\n"


def test_what_was_changed_by_hand_is_merged(tmp_path: Path) -> None:
    put(tmp_path, "a\n\nb\n")
    (tmp_path / "drafts/bread.md").write_text("a, mine\n\nb\n")
    assert put(tmp_path, "a\n\nb\n") is Outcome.KEPT
    assert put(tmp_path, "a\n\nb\n\nc\n") is Outcome.MERGED
    assert (tmp_path / "drafts/bread.md").read_text() == "a, mine\n\nb\n\nc\n"
    assert put(tmp_path, "a\n\nb\n\nd\n") is Outcome.MERGED
    assert (tmp_path / "drafts/bread.md").read_text() == "a, mine\n\nb\n\nd\n"


@pytest.mark.parametrize("choice", Choice)
def test_where_both_changed_the_same_somebody_is_asked(tmp_path: Path, choice: Choice) -> None:
    put(tmp_path, "a\n")
    file = tmp_path / "drafts/bread.md"
    file.write_text("mine\n")
    asked: list[str] = []

    def choose(path: Path, difference: str) -> Choice:
        asked.append(difference)
        assert path == file
        return choice

    (placed,) = place([written("new\n")], tmp_path, choose)
    assert "-mine" in asked[0]
    assert "+new" in asked[0]
    assert file.read_text() == ("new\n" if choice is Choice.NEW else "mine\n")
    assert placed.path.read_text() == ("mine\n" if choice is Choice.MINE else "new\n")


def test_a_file_that_was_there_before_is_asked_about_too(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts/bread.md").write_text("a letter\n")
    with pytest.raises(AssertionError):
        put(tmp_path, "new\n")
    assert (tmp_path / "drafts/bread.md").read_text() == "a letter\n"


def test_whoever_says_no_finds_everything_as_it_was(tmp_path: Path) -> None:
    files = [Written(PurePosixPath("a.md"), b"1\n", text=True), Written(PurePosixPath("b.md"), b"1\n", text=True)]
    place(files, tmp_path, never)
    (tmp_path / "b.md").write_text("mine\n")

    def refuse(_path: Path, _difference: str) -> Choice:
        raise KeyboardInterrupt

    later = [Written(each.path, b"2\n", text=True) for each in files]
    with pytest.raises(KeyboardInterrupt):
        place(later, tmp_path, refuse)
    assert (tmp_path / "a.md").read_text() == "1\n"


def test_what_is_no_text_is_never_merged(tmp_path: Path) -> None:
    put(tmp_path, "one", is_text=False)
    (tmp_path / "drafts/bread.md").write_text("mine")
    (placed,) = place(
        [written("two", is_text=False)], tmp_path, lambda _path, shown: Choice.NEW if not shown else Choice.MINE
    )
    assert placed.outcome is Outcome.WRITTEN


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "drafts/bread.md").mkdir(parents=True)
    with pytest.raises(InputError, match="not a file"):
        put(tmp_path, "x")
