"""What QPdfWriter of Qt 6 gets wrong, put right in its objects.

- A gradient that ends in nothing is masked by its own opaque shape, without the place of the gradient, so that it is
  painted solid; and masks and opacities outlast what they were set for.
- A shape of a drawing that has no stroke gets one, in the colour it is filled with.
- Pictures are not to be smoothed where they are enlarged.
- Fonts have no names, or the same one.
- In the table that says which letters glyphs are, the space is a tab, figures of one width are private signs, and
  ligatures and the forms of Arabic letters are signs of their own: what is copied is not what was written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from atelier.exports.pdf_file import number_string, reference, references, stream_body

if TYPE_CHECKING:
    from atelier.exports.pdf_file import PdfFile

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: maps (x, y) to (ax + cy + e, bx + dy + f), ISO 32000-1, 8.3.3."""

_MASK = re.compile(rb"<<\s*/SMask\s*<<\s*/S\s*/Alpha\s*/G\s+(\d+) 0 R\s*>>\s*>>")
_OPACITY = re.compile(rb"<<\s*/ca\s+\S+\s*/CA\s+\S+\s*>>")
_STATE = re.compile(rb"/GState(\d+)\s+\1 0 R")
_MATRIX = re.compile(rb"/Matrix\s*\[([^\]]*)\]")
_SHADER = re.compile(rb"/Shader(\d+)\s+\1 0 R")
_NAME = re.compile(rb"/(FontName|BaseFont)\s*/([^\s/<>\[\]]*)")
_PREFIX = re.compile(rb"([A-Z]{6})\+(.*)", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f]{4})>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> (\[[^\]]*\]|<[0-9A-Fa-f]{4}>)")
_MOST_ROWS = 100
"""Of one block, as the format has it (Adobe technical note 5014)."""

_TABULAR = dict(enumerate("0123456789", 0xE071)) | dict(enumerate(",.:;", 0xE093))
"""Where Inter keeps its signs of one width."""
_LATIN = range(0xFB00, 0xFB07)
"""Ligatures."""
_FORMS = (_LATIN, range(0xFB1D, 0xFE00), range(0xFE70, 0xFF00))
"""These, and the forms of Hebrew and Arabic letters."""


def mend(pdf: PdfFile, pages: list[int]) -> None:
    """Puts right what every file of Qt's has wrong; `pages` are the numbers of its pages."""
    masks: dict[int, int] = {}
    pattern = 0
    patterns: dict[int, int] = {}
    for number in list(pdf.numbers()):
        dictionary = pdf.dictionary(number)
        if b"/PatternType" in dictionary:
            pattern = number
        elif found := _MASK.fullmatch(dictionary.strip()):
            masks[number] = int(found.group(1))
            patterns[number] = pattern
        elif _OPACITY.fullmatch(dictionary.strip()):
            pdf.replace(number, dictionary.strip()[:-2] + b"/SMask /None\n>>")
        elif b"/Subtype /Image" in dictionary:
            pdf.replace(number, pdf.body(number).replace(b"/Subtype /Image", b"/Subtype /Image\n/Interpolate true", 1))
        elif b"/Type0" in dictionary:
            _mend_font(pdf, number, dictionary)
    if masks:
        for page in pages:
            _mend_masks(pdf, page, masks, patterns)


def without_false_strokes(content: bytes) -> bytes:
    """The content of a drawing less the outlines that are painted in no colour of their own."""
    lines = content.split(b"\n")
    kept: list[bytes] = []
    skipping = False
    for i, line in enumerate(lines):
        if skipping:
            skipping = line != b"Q"
        elif line == b"q" and i + 1 < len(lines) and lines[i + 1][-2:] == b" m":
            skipping = True
        else:
            kept.append(line)
    return b"\n".join(kept)


# --- masks ---------------------------------------------------------------------------------------------------------


def _mend_masks(pdf: PdfFile, page: int, masks: dict[int, int], patterns: dict[int, int]) -> None:
    """Gives every mask of a page the shape it should have: the gradient's opacity as light, where the gradient is."""
    dictionary = pdf.dictionary(page)
    resources = pdf.body(reference(dictionary, b"Resources"))
    here = {int(number) for number in _STATE.findall(resources)} & masks.keys()
    if not here:
        return
    for number, matrix in _matrices(pdf.stream(reference(dictionary, b"Contents")), here).items():
        form = masks[number]
        shader = _SHADER.search(pdf.dictionary(form))
        found = _MATRIX.search(pdf.dictionary(patterns[number]))
        inverse = _inverse(matrix)
        if shader is None or found is None or inverse is None:
            continue
        a, b, c, d, e, f = (float(value) for value in found.group(1).split())
        place = _after(inverse, (a, b, c, d, e, f))
        content = b"%s cm\n/Shader%s sh" % (_numbers(place), shader.group(1))
        pdf.replace(
            form,
            stream_body(
                b"/Type /XObject\n/Subtype /Form\n/BBox [-32000 -32000 32000 32000]\n"
                b"/Group << /S /Transparency /CS /DeviceGray >>\n"
                b"/Resources << /Shading << /Shader%s %s 0 R >> >>" % (shader.group(1), shader.group(1)),
                content,
                pack=False,
            ),
        )
        pdf.replace(number, b"<< /ca 1 /CA 1 /SMask << /S /Luminosity /G %d 0 R >> >>" % form)


def _matrices(content: bytes, states: set[int]) -> dict[int, Matrix]:
    """How user space lies on the page where each of `states` is set."""
    now: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    stack: list[Matrix] = []
    found: dict[int, Matrix] = {}
    for line in content.split(b"\n"):
        if line[-2:] in _PATH_ENDS:
            continue
        words = line.split()
        for i, word in enumerate(words):
            if word == b"q":
                stack.append(now)
            elif word == b"Q" and stack:
                now = stack.pop()
            elif word == b"cm" and i >= 6:
                a, b, c, d, e, f = (float(value) for value in words[i - 6 : i])
                now = _after(now, (a, b, c, d, e, f))
            elif word == b"gs" and i and words[i - 1][:7] == b"/GState":
                number = int(words[i - 1][7:])
                if number in states:
                    found[number] = now
    return found


_PATH_ENDS = frozenset({b" l", b" c", b" m"})


def _after(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _inverse(matrix: Matrix) -> Matrix | None:
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    if not size:
        return None
    return (d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size)


def _numbers(matrix: Matrix) -> bytes:
    return b" ".join(number_string(value) for value in matrix)


# --- fonts ---------------------------------------------------------------------------------------------------------


def _mend_font(pdf: PdfFile, number: int, dictionary: bytes) -> None:
    """One name for all parts of a font, no two fonts the same; letters for its glyphs as they are written."""
    child = references(dictionary[dictionary.index(b"/DescendantFonts") :])[0]
    descriptor = reference(pdf.dictionary(child), b"FontDescriptor")
    found = _NAME.search(pdf.dictionary(descriptor))
    written = _PREFIX.fullmatch(found.group(2)) if found is not None else None
    prefix, name = written.groups() if written is not None else (b"ATELIE", b"")
    whole = b"%s+%s" % (prefix, name or b"Font%d" % number)
    for part in (number, child, descriptor):
        body = pdf.body(part)
        pdf.replace(part, _NAME.sub(lambda each: b"/%s /%s" % (each.group(1), whole), body))
    letters = reference(dictionary, b"ToUnicode")
    pdf.replace(letters, stream_body(b"", _table(pdf.stream(letters))))


def _table(written: bytes) -> bytes:
    """The same table of letters with what one would type for each glyph."""
    rows: list[bytes] = []
    for first, last, to in _RANGE.findall(written):
        values = _CODE.findall(to)
        for i in range(int(last, 16) - int(first, 16) + 1):
            # one value stands for the first of a run, several for one each
            value = int(values[0], 16) + i if len(values) == 1 else int(values[i], 16)
            if value:
                rows.append(b"<%04X> <%s>" % (int(first, 16) + i, _letters(value)))
    blocks = [rows[i : i + _MOST_ROWS] for i in range(0, len(rows), _MOST_ROWS)]
    table = b"".join(b"%d beginbfchar\n%s\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks)
    before, after = written.find(b"endcodespacerange"), written.find(b"endcmap")
    return written[:before] + b"endcodespacerange\n" + table + written[after:]


def _letters(value: int) -> bytes:
    """What one glyph stands for, in UTF-16."""
    if value < 0x20:
        text = " "
    elif value in _TABULAR:
        text = _TABULAR[value]
    elif any(value in forms for forms in _FORMS):
        text = unicodedata.normalize("NFKC", chr(value))
        if len(text) > 1 and value not in _LATIN:
            text = chr(value)  # readers turn the order of letters around, not that within a glyph
    else:
        return b"%04X" % value
    return text.encode("utf-16-be").hex().upper().encode()
