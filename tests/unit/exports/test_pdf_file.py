"""Objects read, replaced, added and dropped; strings as the format has them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.exports.pdf_file import PdfFile, number_string, reference, references, stream_body, text_string

OBJECTS = {
    1: b"<< /Title (A) >>",
    2: b"<< /Type /Catalog /Pages 3 0 R >>",
    3: b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
    4: b"<< /Type /Page /Parent 3 0 R /Contents 5 0 R >>",
    5: stream_body(b"", b"endobj 7 0 obj\nq Q\n", pack=False),
}


def written() -> bytes:
    """A small file as Qt writes it."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets: list[int] = []
    for number, body in OBJECTS.items():
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<<\n/Size 6\n/Info 1 0 R\n/Root 2 0 R\n>>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def again(pdf: PdfFile) -> PdfFile:
    out = io.BytesIO()
    pdf.write(out, b"00FF")
    return PdfFile(out.getvalue())


def test_what_is_read_is_written() -> None:
    pdf = again(PdfFile(written()))
    assert {number: pdf.body(number).strip() for number in pdf.numbers()} == OBJECTS
    assert (pdf.info, pdf.root) == (1, 2)
    assert pdf.stream(5).startswith(b"endobj 7 0 obj")
    assert pdf.dictionary(5).endswith(b">>")


def test_objects_come_and_go() -> None:
    pdf = PdfFile(written())
    added = pdf.add(b"(new)")
    pdf.replace(1, lambda: b"(made late)")
    pdf.drop(5)
    pdf = again(pdf)
    assert pdf.body(1).strip() == b"(made late)"
    assert pdf.body(added).strip() == b"(new)"
    assert 5 not in set(pdf.numbers())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"startxref\n5\n%%EOF", written()[:200]])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        PdfFile(data)


@given(st.binary(max_size=300))
def test_a_stream_keeps_its_bytes(data: bytes) -> None:
    pdf = PdfFile(written())
    number = pdf.add(stream_body(b"/Type /Thing", data))
    assert again(pdf).stream(number) == data


@given(st.text(max_size=80))
def test_a_text_is_one_string(text: str) -> None:
    found = text_string(text)
    if found[:1] == b"<":
        assert bytes.fromhex(found[5:-1].decode()).decode("utf-16-be", "surrogatepass") == text.encode(
            "utf-16-be", "replace"
        ).decode("utf-16-be")
    else:
        inner = found[1:-1]
        assert inner.replace(b"\\\\", b"").replace(b"\\(", b"").replace(b"\\)", b"").count(b")") == 0
        assert found.isascii()


@given(st.floats(-1e7, 1e7))
def test_numbers_have_no_exponent(value: float) -> None:
    found = number_string(value)
    assert b"e" not in found
    assert float(found) == pytest.approx(value, abs=1e-5)


def test_references() -> None:
    assert references(b"[ 1 0 R 22 0 R ]") == [1, 22]
    assert reference(b"<< /Root 12 0 R /Rooted 3 0 R >>", b"Root") == 12
    with pytest.raises(ValueError, match="Missing"):
        reference(b"<< >>", b"Missing")
