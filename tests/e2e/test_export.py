"""`atelier export` as a process: what it says, how it is ended, and what a full disk leaves."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.e2e.conftest import PROGRAM, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Atelier = Callable[..., subprocess.CompletedProcess[str]]

OK, BAD_INPUT, WRONG_USAGE = 0, 1, 2
FRAMES = "".join(f"## Frame {n}\n\nSome *words* of number {n}.\n\n- one\n- two\n\n" for n in range(300))


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text("# A talk\n\n## One {#one}\n\nFirst.\n\n## Secret {#secret .private}\n\nNo.\n", encoding="utf-8")
    return file


@pytest.fixture
def long_deck(tmp_path: Path) -> Path:
    file = tmp_path / "long.md"
    file.write_text(f"# A long talk\n\n{FRAMES}", encoding="utf-8")
    return file


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_it_says_what_it_wrote(atelier: Atelier, deck: Path, tmp_path: Path) -> None:
    done = atelier("export", deck, "--to", "png,pdf", "-o", "out", "--size", "320x200")
    assert (done.returncode, done.stderr) == (OK, "")
    assert done.stdout.splitlines() == ["out: 2 pictures", "out/talk.pdf: 2 pages"]
    assert names(tmp_path / "out") == ["01-a-talk.png", "02-one.png", "talk.pdf"]


def test_a_report_says_what_stays(atelier: Atelier, deck: Path) -> None:
    done = atelier("export", deck, "-o", "out", "--size", "320x200", "--report")
    assert (done.returncode, done.stderr) == (OK, "")
    assert done.stdout.splitlines() == [
        "out/talk.pdf: 2 pages", "1 private passage stays here", "talk.md:7: private frame “Secret”",
    ]  # fmt: skip


def test_it_says_what_it_wrote_as_json(atelier: Atelier, deck: Path) -> None:
    done = atelier("export", deck, "--to", "png,pdf", "-o", "out", "--size", "320x200", "--json")
    assert (done.returncode, done.stderr) == (OK, "")
    pictures = [{"file": f"out/{name}.png", "outcome": "written"} for name in ("01-a-talk", "02-one")]
    assert json.loads(done.stdout) == [
        {"format": "png", "pages": 2, "files": pictures},
        {"format": "pdf", "pages": 2, "files": [{"file": "out/talk.pdf", "outcome": "written"}]},
    ]


def test_one_picture_is_named(atelier: Atelier, deck: Path) -> None:
    done = atelier("export", deck, "--to", "png", "--canvas", "--size", "90")
    assert done.stdout == "talk-canvas.png\n"
    done = atelier("export", deck, "--to", "PNG", "--frame", "one", "--size", "160×90")
    assert done.stdout == "01-one.png\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--to", "png", "--size", "huge"),
        ("--to", "png", "--size", "0x100"),
        ("--to", "png", "--size", "99999x99999"),
        ("--to", ""),
        ("--frame", "two"),
        ("--frame", "secret"),
        ("--frame", "one", "--canvas"),
        ("--to", "html", "--frame", "one"),
        ("--to", "pdf,docx", "--frame", "one"),
        ("--to", "docx", "--canvas"),
        ("--to", "video", "--canvas"),
        ("--to", "video", "--hold", "0"),
        ("--to", "video", "--hold", "long"),
        ("--to", "video", "--rate", "0"),
        ("--to", "video", "--codec", "gif"),
        ("--to", "video", "--size", "9000x90"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_said_and_writes_nothing(
    atelier: Atelier, deck: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = atelier("export", deck, "-o", "out", *arguments)
    assert done.returncode == WRONG_USAGE
    assert done.stderr.startswith("atelier: ")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format_", ["pdf", "html", "handout", "pptx", "png", "video"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_somebody_who_ends_it_finds_what_was_there(
    long_deck: Path, tmp_path: Path, format_: str, number: signal.Signals
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "long.pdf").write_bytes(b"old")
    command = [PROGRAM, "export", long_deck, "--to", format_, "-o", out]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    until(lambda: len(names(out)) > 1, "something under way")
    process.send_signal(number)
    said, complaint = process.communicate(timeout=20)
    assert process.returncode == 128 + number
    assert complaint.startswith("atelier: ")
    assert len(complaint.splitlines()) == 1
    assert said == ""
    assert names(out) == ["long.pdf"]
    assert (out / "long.pdf").read_bytes() == b"old"


def test_a_document_given_up_leaves_what_was_there(tmp_path: Path) -> None:
    shapes = '<circle cx="20" cy="15" r="9" opacity="0.5"/>' * 200
    for n in range(40):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><desc>{n}</desc>{shapes}</svg>'
        (tmp_path / f"drawing{n}.svg").write_text(drawing, encoding="utf-8")
    frames = "".join(f"## Frame {n}\n\n![Number {n}](drawing{n}.svg)\n\n" for n in range(40))
    deck = tmp_path / "drawn.md"
    deck.write_text(f"# Drawings\n\n{frames}", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "drawn.docx").write_bytes(b"old")
    command = [PROGRAM, "export", deck, "--to", "docx", "-o", out, "--conflicts", "new"]
    heard = {**os.environ, "ATELIER_PROGRESS": "json"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=heard)
    assert process.stderr is not None
    assert "of 40 pictures" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    said, _complaint = process.communicate(timeout=20)
    assert process.returncode == 128 + signal.SIGINT
    assert said == ""
    assert names(out) == ["drawn.docx"]
    assert (out / "drawn.docx").read_bytes() == b"old"


def test_a_document_is_that_of_a_draft_and_what_was_changed_in_it_stays(
    atelier: Atelier, deck: Path, tmp_path: Path
) -> None:
    with deck.open("a") as file:
        file.write("\n/// notes\nSaid to everyone.\n///\n")
    done = atelier("export", deck, "--to", "docx", "-o", "out", "--lang", "en")
    assert (done.returncode, done.stderr, done.stdout) == (OK, "", "out/talk-en.docx\n")
    assert atelier("draft", deck, "--to", "docx", "-o", "drafts").returncode == OK
    document = tmp_path / "out/talk-en.docx"
    assert document.read_bytes() == (tmp_path / "drafts/a-talk.docx").read_bytes()

    document.write_bytes(b"changed by hand")
    done = atelier("export", deck, "--to", "docx", "-o", "out", "--lang", "en", "--json")
    assert json.loads(done.stdout)[0]["files"] == [{"file": "out/talk-en.docx", "outcome": "kept"}]
    deck.write_text(deck.read_text().replace("First", "Once more"))
    done = atelier("export", deck, "--to", "docx", "-o", "out", "--lang", "en")
    assert done.returncode == BAD_INPUT
    assert "--conflicts" in done.stderr
    assert document.read_bytes() == b"changed by hand"
    done = atelier("export", deck, "--to", "docx", "-o", "out", "--lang", "en", "--conflicts", "beside")
    assert done.stdout == "out/talk-en.new.docx\n"
    assert atelier("export", deck, "--to", "docx", "-o", "out", "--lang", "en", "--conflicts", "new").returncode == OK
    assert document.read_bytes() == (tmp_path / "out/talk-en.new.docx").read_bytes()


@pytest.mark.parametrize("format_", ["pdf", "html", "handout", "pptx", "docx", "png", "video"])
def test_a_full_disk_leaves_nothing_half_written(long_deck: Path, tmp_path: Path, format_: str) -> None:
    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond fails instead, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))

    out = tmp_path / "out"
    done = subprocess.run(
        [PROGRAM, "export", long_deck, "--to", format_, "-o", out],
        preexec_fn=little_room,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == BAD_INPUT
    assert done.stderr.startswith(f"atelier: {out}")
    assert "Traceback" not in done.stderr
    assert names(out) == []


def test_a_film_says_how_long_it_is_and_how_it_is_encoded(atelier: Atelier, deck: Path, tmp_path: Path) -> None:
    film = ("--to", "video", "--size", "160x90", "--rate", "5", "--hold", "2", "--motion", "cuts")
    done = atelier("export", deck, *film)
    assert (done.returncode, done.stderr) == (OK, "")
    assert done.stdout == "talk.mp4: 0:04, 160 × 90, 5 pictures a second, H.264\n"
    done = atelier("export", deck, *film, "--codec", "av1", "--json")
    assert (done.returncode, done.stderr) == (OK, "")
    assert json.loads(done.stdout) == [
        {
            "format": "video",
            "pages": 2,
            "files": [{"file": "talk.webm", "outcome": "written"}],
            "seconds": 4.2,
            "width": 160,
            "height": 90,
            "rate": 5,
            "codec": "AV1",
        }
    ]
    assert names(tmp_path) == ["talk.md", "talk.mp4", "talk.webm"]


def test_where_the_extra_is_missing_it_is_named(deck: Path, tmp_path: Path) -> None:
    program = "import sys; sys.modules['av'] = None; from atelier.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "export", deck, "--to", "pdf,video", "-o", tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert done.stderr.splitlines() == [
        "atelier: No film can be written here: PyAV is not installed.", 'To install it: pip install "atelier[video]"',
    ]  # fmt: skip
    assert not (tmp_path / "out").exists()
    done = subprocess.run([*command[:5], "--to", "pdf"], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == OK
