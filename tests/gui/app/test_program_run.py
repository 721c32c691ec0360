"""The program run by its own windows: how far it is, what it asks, what came of it, and that it can be ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.app.latest_run import LatestRun
from atelier.app.program_run import Ended, ProgramRun
from atelier.foundation.translation import set_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from atelier.foundation.run_messages import Progress, Question

PATIENCE = 30_000
"""Milliseconds: the machine may be busy."""
FRAMES = "".join(f"## Frame {n}\n\nSome *words* of number {n}.\n\n" for n in range(300))


@pytest.fixture
def run(qtbot: QtBot) -> Iterator[ProgramRun]:
    made = ProgramRun()
    yield made
    made.close()


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text("# A talk\n\n## One\n\nFirst.\n\n/// notes\nSaid.\n///\n", encoding="utf-8")
    return file


def result(run: ProgramRun, qtbot: QtBot, *arguments: str | Path) -> Ended:
    ended: list[Ended] = []
    run.ended.connect(ended.append)
    run.start([str(each) for each in arguments])
    qtbot.waitUntil(lambda: bool(ended), timeout=PATIENCE)
    run.ended.disconnect(ended.append)
    (done,) = ended
    return done


def test_it_says_what_was_written(run: ProgramRun, qtbot: QtBot, deck: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = result(run, qtbot, "export", deck, "--to", "pdf,png", "-o", out, "--size", "90")
    assert [(file.path.name, file.outcome) for file in done.files] == [
        ("talk.pdf", "written"),
        ("01-a-talk.png", "written"),
        ("02-one.png", "written"),
    ]
    assert all(file.path.is_file() for file in done.files)
    assert (done.failure, done.cancelled, run.runs) == (None, False, False)


def test_it_says_how_far_it_is(run: ProgramRun, qtbot: QtBot, tmp_path: Path) -> None:
    deck = tmp_path / "long.md"
    deck.write_text(f"# A long talk\n\n{FRAMES}", encoding="utf-8")
    heard: list[Progress] = []
    run.progressed.connect(heard.append)
    set_language("fr")
    done = result(run, qtbot, "export", deck, "-o", tmp_path)
    assert [file.path for file in done.files] == [tmp_path / "long.pdf"]
    assert heard
    assert [each.done for each in heard] == sorted({each.done for each in heard})
    assert {(each.what, each.total) for each in heard} == {("PDF", 301)}
    assert heard[0].words == f"arrêt {heard[0].done} sur 301"


def test_who_cancels_it_in_the_middle_finds_what_was_there(run: ProgramRun, qtbot: QtBot, tmp_path: Path) -> None:
    deck, out = tmp_path / "long.md", tmp_path / "out"
    out.mkdir()
    deck.write_text(f"# A long talk\n\n{FRAMES}", encoding="utf-8")
    (out / "long.pdf").write_bytes(b"mine")
    run.progressed.connect(run.cancel)
    done = result(run, qtbot, "export", deck, "-o", out)
    assert done == Ended(cancelled=True)
    assert [(file.name, file.read_bytes()) for file in out.iterdir()] == [("long.pdf", b"mine")]


def test_what_is_wrong_comes_in_its_parts_and_in_the_language_in_use(
    run: ProgramRun, qtbot: QtBot, tmp_path: Path
) -> None:
    set_language("fr")
    gone = tmp_path / "gone.md"
    failure = result(run, qtbot, "export", gone).failure
    assert failure is not None
    assert (failure.message, failure.where) == ("Ce fichier n’existe pas.", str(gone))
    assert failure.hint


def test_a_program_that_falls_is_said(run: ProgramRun, qtbot: QtBot, deck: Path) -> None:
    failure = result(run, qtbot, "export", deck, "--no-such-option").failure
    assert failure is not None
    assert "no-such-option" in failure.message


@pytest.mark.parametrize(("answer", "outcome"), [("mine", "kept"), ("new", "written"), ("beside", "beside")])
def test_it_asks_about_what_both_changed(
    run: ProgramRun, qtbot: QtBot, deck: Path, tmp_path: Path, answer: str, outcome: str
) -> None:
    out = tmp_path / "out"
    written = result(run, qtbot, "draft", deck, "-o", out).files[0].path
    mine = written.read_text(encoding="utf-8").replace("Said.", "As I would write it.")
    written.write_text(mine, encoding="utf-8")
    deck.write_text(deck.read_text(encoding="utf-8").replace("Said.", "Said otherwise."), encoding="utf-8")
    asked: list[Question] = []

    def decide(question: Question) -> None:
        asked.append(question)
        run.answer(answer)

    run.asked.connect(decide)
    done = result(run, qtbot, "draft", deck, "-o", out)
    assert [question.file for question in asked] == [str(written)]
    assert "As I would write it." in asked[0].difference
    assert [file.outcome for file in done.files] == [outcome]
    assert (written.read_text(encoding="utf-8") == mine) is (answer != "new")


def test_a_question_can_be_left_without_an_answer(
    run: ProgramRun, qtbot: QtBot, deck: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("out")
    there = out / "a-talk.md"
    there.write_text("Mine alone.", encoding="utf-8")
    run.asked.connect(run.cancel)
    assert result(run, qtbot, "draft", deck, "-o", out) == Ended(cancelled=True)
    assert there.read_text(encoding="utf-8") == "Mine alone."


def test_the_last_question_alone_is_answered_and_again_where_it_is_the_same(qtbot: QtBot) -> None:
    latest = LatestRun()
    answers: list[dict[str, str]] = []
    latest.answered.connect(answers.append)

    def ask(user: str) -> None:
        latest.ask(("publish", "--to=https://example.org", f"--user={user}", "--kept"))

    ask("ann")
    ask("bob")
    qtbot.waitUntil(lambda: [each["user"] for each in answers] == ["bob"], timeout=PATIENCE)
    ask("carl")
    ask("bob")
    qtbot.waitUntil(lambda: [each["user"] for each in answers] == ["bob", "bob"], timeout=PATIENCE)
    latest.close()
