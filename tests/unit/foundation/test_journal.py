"""A journal keeps what it was told, in order, whatever happens to the program or the disk."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from atelier.foundation.errors import InputError
from atelier.foundation.journal import Entry, JournalWriter, read_about, read_entries, write_about

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 20.0


class Trouble:
    """What a writer had to say, and a way to wait for it."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._came = threading.Condition()

    def __call__(self, reason: str) -> None:
        with self._came:
            self.said.append(reason)
            self._came.notify_all()

    def wait_for(self, count: int) -> bool:
        with self._came:
            return self._came.wait_for(lambda: len(self.said) >= count, PATIENCE)


def entries(count: int, start: int = 0) -> list[Entry]:
    return [Entry(1000.0 + n, "Moved", {"n": n, "words": "« été »\ud83c\n"}) for n in range(start, start + count)]


def test_what_was_appended_is_read_in_order(tmp_path: Path) -> None:
    trouble = Trouble()
    file = tmp_path / "new" / "folders" / "a.talk"
    writer = JournalWriter(file, {"title": "Le gâteau"}, trouble)
    for entry in entries(300):
        writer.append(entry)
    assert writer.close(PATIENCE)
    assert list(read_entries(file)) == entries(300)
    assert read_about(file) == {"title": "Le gâteau"}
    assert trouble.said == []


def test_an_event_is_on_disk_once_flushed(tmp_path: Path) -> None:
    file = tmp_path / "a.talk"
    writer = JournalWriter(file, {}, Trouble())
    writer.append(entries(1)[0])
    assert writer.flush(PATIENCE)
    assert len(read_entries(file)) == 1
    writer.close(PATIENCE)


def test_a_program_that_is_killed_leaves_what_was_committed(tmp_path: Path) -> None:
    file = tmp_path / "a.talk"
    program = (
        "import sys, pathlib\n"
        "from atelier.foundation.journal import Entry, JournalWriter\n"
        "writer = JournalWriter(pathlib.Path(sys.argv[1]), {}, print)\n"
        "for n in range(50): writer.append(Entry(float(n), 'Moved', {'n': n}))\n"
        "writer.flush(20)\n"
        "print('written', flush=True)\n"
        "sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "written\n"
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)
    process.stdin.close()
    process.stdout.close()
    assert [entry.data["n"] for entry in read_entries(file)] == list(range(50))


def test_a_journal_goes_on_where_it_ended(tmp_path: Path) -> None:
    file = tmp_path / "a.talk"
    for start in (0, 5):
        writer = JournalWriter(file, {"start": str(start)}, Trouble())
        for entry in entries(5, start):
            writer.append(entry)
        assert writer.close(PATIENCE)
    assert [entry.data["n"] for entry in read_entries(file)] == list(range(10))
    assert read_about(file)["start"] == "5"


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.talk"
    writers = [JournalWriter(file, {}, Trouble()) for _ in range(2)]
    for n in range(100):
        writers[n % 2].append(Entry(float(n), "Moved", {"n": n}))
    assert writers[0].close(PATIENCE)
    assert writers[1].close(PATIENCE)
    assert sorted(entry.data["n"] for entry in read_entries(file)) == list(range(100))


def test_a_place_that_cannot_be_written_to_is_said_once_and_nothing_is_lost(tmp_path: Path) -> None:
    trouble = Trouble()
    wall = tmp_path / "wall"
    wall.write_text("a file where a folder should be")
    writer = JournalWriter(wall / "a.talk", {}, trouble)
    for entry in entries(3):
        writer.append(entry)
    assert trouble.wait_for(1)
    assert not writer.flush(PATIENCE)
    writer.append(entries(1, 3)[0])
    assert not writer.flush(PATIENCE)
    assert len(trouble.said) == 1
    assert trouble.said[0]
    wall.unlink()
    writer.retry()
    assert writer.close(PATIENCE)
    assert trouble.said[1:] == [""]
    assert list(read_entries(wall / "a.talk")) == entries(4)


def test_a_file_that_takes_no_more_is_said_once_and_another_place_takes_it_all(tmp_path: Path) -> None:
    file = tmp_path / "a.talk"
    trouble = Trouble()
    writer = JournalWriter(file, {}, trouble)
    writer.append(entries(1)[0])
    assert writer.flush(PATIENCE)
    other = sqlite3.connect(file, isolation_level=None)
    with closing(other):
        other.execute("BEGIN EXCLUSIVE")  # as good as a full disk: nothing more goes in
        for entry in entries(4, 1):
            writer.append(entry)
        assert trouble.wait_for(1)
        writer.move_to(tmp_path / "b.talk")
        assert writer.flush(PATIENCE)
        other.execute("ROLLBACK")
    assert writer.close(PATIENCE)
    assert trouble.said == [trouble.said[0], ""]
    assert list(read_entries(file)) == entries(1)
    assert list(read_entries(tmp_path / "b.talk")) == entries(5)


def test_reading_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.talk"
    writer = JournalWriter(file, {"title": "A"}, Trouble())
    writer.append(entries(1)[0])
    assert writer.close(PATIENCE)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    read_entries(file)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("data", [b"", b"no journal at all", b"SQLite format 3\0" + os.urandom(2000)])
def test_what_is_no_journal_is_said(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.talk"
    file.write_bytes(data)
    with pytest.raises(InputError, match="does not hold a talk"):
        read_entries(file)
    with pytest.raises(InputError):
        read_about(file)
    with pytest.raises(InputError):
        write_about(file, title="A")
    assert file.read_bytes() == data


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_about(tmp_path / "a.talk")
    assert list(tmp_path.iterdir()) == []


def test_entries_that_are_no_events_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.talk"
    writer = JournalWriter(file, {}, Trouble())
    writer.append(entries(1)[0])
    assert writer.close(PATIENCE)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "INSERT INTO event (moment, kind, data) VALUES (?, ?, ?)",
            [
                ("now", "Moved", "{}"),
                (1.0, "Moved", "[]"),
                (1.0, "Moved", "{" * 10_000),
                (1.0, "Stroke", '{"width": NaN}'),
                (1.0, "Stroke", '{"width": 1e999}'),
                (2.0, "Ended", "{}"),
            ],
        )
    assert [entry.kind for entry in read_entries(file)] == ["Moved", "Ended"]


def test_what_a_journal_says_of_itself_can_be_changed_later(tmp_path: Path) -> None:
    file = tmp_path / "a.talk"
    writer = JournalWriter(file, {"title": "A"}, Trouble())
    writer.append(entries(1)[0])
    assert writer.close(PATIENCE)
    write_about(file, title="B")
    assert read_about(file) == {"title": "B"}
    assert len(read_entries(file)) == 1
