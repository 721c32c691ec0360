"""Files that are written: every stop a page and a picture, the text selectable, nothing private, no half files."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from atelier.app.exporting import export
from atelier.foundation.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")

TEXT = """---
title: A talk
author: Somebody
paths:
  short: {stops: [seen]}
---
# A talk

## Hidden {.private}

SECRET

## Seen {#seen}

Words to *select*.

/// notes
SECRET
///

### Inner {#inner}

![nothing](missing.png)
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    return file


def pdf_text(file: Path) -> str:
    return subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout


def pdf_facts(file: Path) -> str:
    return subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout


def test_every_stop_is_a_page_and_a_picture(deck: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert export(deck, ["pdf", "png"], out, path="", height=180) == 0
    names = sorted(file.name for file in out.iterdir())
    assert names == ["01-a-talk.png", "02-seen.png", "03-inner.png", "talk.pdf"]
    facts = pdf_facts(out / "talk.pdf")
    assert "Pages:           3" in facts
    assert "A talk" in facts
    assert "Somebody" in facts
    image = QImage(str(out / "02-seen.png"))
    assert (image.width(), image.height()) == (320, 180)


def test_the_text_of_a_pdf_can_be_selected_and_holds_nothing_private(deck: Path, tmp_path: Path) -> None:
    export(deck, ["pdf"], tmp_path, path="", height=1080)
    text = pdf_text(tmp_path / "talk.pdf")
    assert "Words to select." in text
    assert "SECRET" not in text
    assert "Hidden" not in text


def test_a_named_path_has_its_stops_only(deck: Path, tmp_path: Path) -> None:
    export(deck, ["png"], tmp_path / "out", path="short", height=90)
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["01-seen.png"]


def test_what_is_wrong_is_said(deck: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export(deck, ["png"], tmp_path / "out", path="", height=90)
    assert "picture-missing" in capsys.readouterr().err


def test_wrong_wishes_are_refused_before_anything_is_written(deck: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(UsageError):
        export(deck, ["pdf"], out, path="nothing", height=1080)
    with pytest.raises(UsageError):
        export(deck, ["png"], out, path="", height=3)
    assert not out.exists()


def test_a_folder_that_cannot_be_made_is_named(deck: Path) -> None:
    with pytest.raises(InputError, match="cannot be made"):
        export(deck, ["pdf"], deck / "inside", path="", height=1080)


def test_a_failure_leaves_no_half_file(deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("atelier.exports.pdf.paint_stop", fail)
    with pytest.raises(KeyboardInterrupt):
        export(deck, ["pdf"], tmp_path / "out", path="", height=1080)
    assert not list((tmp_path / "out").iterdir())
