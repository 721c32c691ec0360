"""PDF files: pages as pictures, their words as notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.importers.conftest import read

from atelier.deck.image_files import read_image_file
from atelier.foundation.errors import InputError
from atelier.importers.importing import import_deck

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
    assert (picture.kind, picture.width, picture.height) == ("JPEG", 1600, 900)
    assert all(content.notes for content in deck.contents[1:])
    assert len(deck.contents[1].blocks) == 1
    assert "\\- some \\*words\\*" in deck.text


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnothing more", b"%PDF-", b"\0" * 100])
def test_what_is_no_pdf(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "talk.pdf").write_bytes(data)
    with pytest.raises(InputError):
        import_deck(tmp_path / "talk.pdf", tmp_path / "out")
    assert not (tmp_path / "out").exists()
