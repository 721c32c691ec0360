"""PDF files: pages as pictures, their words as notes."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, cast

import pytest
from tests.unit.importers.conftest import read

from atelier.deck.image_files import read_image_file
from atelier.foundation.errors import InputError
from atelier.importers.importing import import_deck
from atelier.importers.pdf_pages import COMMAND, READY, Page, answer
from atelier.importers.pdf_workers import PAGES_EACH, pages

if TYPE_CHECKING:
    from pathlib import Path


def pdf(texts: list[list[str]]) -> bytes:
    """A PDF with the lines of each page."""
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids: list[int] = []
    for lines in texts:
        drawn = "BT /F1 30 Tf 60 330 Td 36 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        parts.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 720 405] /Resources << /Font << /F1 3 0 R >> >>"
        parts.append(f"{page} /Contents {len(parts)} 0 R >>")
        kids.append(len(parts))
    parts[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    out, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    return (
        out
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
            f"startxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )


def test_a_frame_a_page(tmp_path: Path) -> None:
    (tmp_path / "talk.pdf").write_bytes(pdf([["First page", "- some *words*", "/// private"], ["12"], ["Second page"]]))
    imported = import_deck(tmp_path / "talk.pdf", tmp_path / "out")
    deck = read(imported)
    assert deck.titles == [(1, "First page"), (1, "Page 2"), (1, "Second page")]
    assert (imported.kind, imported.pictures) == ("pdf", 3)
    picture = read_image_file(imported.file.parent / "pictures" / "page-001.jpg")
    assert (picture.kind, picture.width, picture.height) == ("JPEG", 1920, 1080)
    assert all(content.notes for content in deck.contents[1:])
    assert len(deck.contents[1].blocks) == 1
    assert "\\- some \\*words\\*" in deck.text


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnothing more", b"%PDF-", b"\0" * 100])
def test_what_is_no_pdf(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "talk.pdf").write_bytes(data)
    with pytest.raises(InputError):
        import_deck(tmp_path / "talk.pdf", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def _processes() -> list[subprocess.Popen[bytes]]:
    workers = [cast("Any", thread) for thread in threading.enumerate() if thread.name == "pages of a PDF"]
    return [worker._process for worker in workers if worker._process is not None]


def _refused(_index: int) -> Page:
    raise AssertionError


def test_a_process_that_draws_pages_ends_with_its_input(tmp_path: Path) -> None:
    (tmp_path / "talk.pdf").write_bytes(pdf([["First"], ["Second"]]))
    command = [sys.executable, "-m", "atelier", COMMAND, str(tmp_path / "talk.pdf")]
    done = subprocess.run(command, input=b"1\n9\n0\n", capture_output=True, check=True, timeout=60)
    stream = io.BytesIO(done.stdout)
    assert stream.read(len(READY)) == READY
    found = [answer(stream) for _page in range(4)]
    assert [page and page.text for page in found] == ["Second", "", "First", None]
    assert found[0] is not None
    assert (found[0].width, found[0].height, found[0].picture[:2]) == (720, 405, b"\xff\xd8")


def test_giving_up_ends_the_processes(tmp_path: Path) -> None:
    (tmp_path / "talk.pdf").write_bytes(pdf([[f"Page {n}"] for n in range(3 * PAGES_EACH)]))
    seen: list[subprocess.Popen[bytes]] = []

    def progress(done: int, _total: int) -> None:
        if done == 2:
            seen.extend(_processes())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_deck(tmp_path / "talk.pdf", tmp_path / "out", progress=progress)
    assert seen
    assert all(process.poll() is not None for process in seen)
    assert not _processes()
    assert not (tmp_path / "out").exists()


def test_what_a_page_brings_down_goes_on_with_the_next(tmp_path: Path) -> None:
    (tmp_path / "talk.pdf").write_bytes(pdf([[f"Page {n}"] for n in range(PAGES_EACH)]))
    found: dict[int, Page] = {}
    for index, page in pages(tmp_path / "talk.pdf", PAGES_EACH, _refused):
        found[index] = page
        if len(found) == 1:
            for process in _processes():
                process.kill()
    assert sorted(found) == list(range(PAGES_EACH))
    assert sum(bool(page.picture) for page in found.values()) >= PAGES_EACH - 1


def test_where_no_process_draws_the_program_does(tmp_path: Path) -> None:
    (tmp_path / "talk.pdf").write_bytes(b"no PDF")
    assert [index for index, _page in pages(tmp_path / "talk.pdf", 3, lambda _index: Page(1.0))] == [0, 1, 2]
