"""What helps in reading a PDF: outline, links, names of the pages, and who wrote it about what.

Format: ISO 32000-1, 12.3 (outline, labels), 12.5.6.5 (links), 14.3 (metadata); XMP, ISO 16684-1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from atelier import __version__
from atelier.exports.links import with_page
from atelier.exports.pdf_file import number_string, reference, stream_body, text_string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.deck.types import Frame
    from atelier.exports.links import LinkArea
    from atelier.exports.pdf_file import PdfFile
    from atelier.foundation.geometry import Rect

_POINTS = 0.75
"""Points in one of the page's pixels."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `label` is the number of its stop; `frames` are those it shows, each with the title that the outline
    has for it, empty where it names none.
    """

    label: int
    frames: tuple[tuple[int, str], ...]
    links: tuple[LinkArea, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says of itself; `lang` is a tag such as “fr”, empty where it is not known."""

    title: str
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    lang: str = ""
    time: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(slots=True)
class _Entry:
    number: int
    title: str
    page: int
    frame: int
    inner: list[_Entry] = field(default_factory=list["_Entry"])


def make_readable(
    pdf: PdfFile, pages: Sequence[int], told: Sequence[Page], frames: Sequence[Frame], height: float, metadata: Metadata
) -> None:
    """Adds all of it. `pages` are the objects of the pages `told` of, `frames` those of the deck, `height` is that of a
    page in pixels.
    """
    parents = [frame.parent for frame in frames]
    first: dict[int, int] = {}
    for number, page in zip(pages, told, strict=True):
        for frame, _title in page.frames:
            first.setdefault(frame, number)
    for number, page in zip(pages, told, strict=True):
        _put_links(pdf, number, page, first, frames, height)
    catalogue = pdf.dictionary(pdf.root).strip().removesuffix(b">>")
    if outline := _put_outline(pdf, pages, told, parents):
        catalogue += b"/Outlines %d 0 R\n/PageMode /UseOutlines\n" % outline
    catalogue += b"/PageLabels << /Nums [%s] >>\n" % _labels(told)
    catalogue += b"/ViewerPreferences << /DisplayDocTitle true >>\n"
    if metadata.lang:
        catalogue += b"/Lang %s\n" % text_string(metadata.lang)
    pdf.replace(pdf.root, catalogue + b">>")
    _put_metadata(pdf, metadata)


# --- links ---------------------------------------------------------------------------------------------------------


def _put_links(
    pdf: PdfFile, number: int, page: Page, first: dict[int, int], frames: Sequence[Frame], height: float
) -> None:
    parents = [frame.parent for frame in frames]
    rows: list[int] = []
    for link in page.links:
        if link.address:
            target = b"/A << /S /URI /URI %s >>" % text_string(link.address)
            said = link.address
        else:
            frame = with_page(link.frame, first, parents)
            if frame < 0 or first[frame] == number:
                continue
            target = b"/Dest [%d 0 R /Fit]" % first[frame]
            said = frames[link.frame].title
        area = _rectangle(link.area, height)
        shown = b"/Rect [%s] /Border [0 0 0] /F 4 /Contents %s" % (area, text_string(said))
        rows.append(pdf.add(b"<< /Type /Annot /Subtype /Link %s %s >>" % (shown, target)))
    if rows:
        annotations = reference(pdf.dictionary(number), b"Annots")
        pdf.replace(annotations, b"[%s]" % b" ".join(b"%d 0 R" % row for row in rows))


def _rectangle(area: Rect, height: float) -> bytes:
    values = (area.x, height - area.bottom, area.right, height - area.y)
    return b" ".join(number_string(round(value * _POINTS, 2)) for value in values)


# --- outline -------------------------------------------------------------------------------------------------------


def _put_outline(pdf: PdfFile, pages: Sequence[int], told: Sequence[Page], parents: Sequence[int]) -> int:
    """The pages in order, each below the last one of a frame around its own; 0 where one page says it all."""
    top = _Entry(pdf.add(), "", 0, -1)
    open_ = [top]
    named = [(number, *each) for number, page in zip(pages, told, strict=True) for each in page.frames if each[1]]
    for number, frame, title in named:
        around = set(_ancestors(frame, parents))
        while len(open_) > 1 and open_[-1].frame not in around:
            open_.pop()
        entry = _Entry(pdf.add(), title, number, frame)
        open_[-1].inner.append(entry)
        open_.append(entry)
    if not top.inner:
        pdf.drop(top.number)
        return 0
    _put_entries(pdf, top)
    inner = top.inner
    # the first level is seen, and what is in the deck's own frame, which holds all the others
    seen = len(inner) + (len(inner[0].inner) if len(inner) == 1 else 0)
    pdf.replace(
        top.number,
        b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (inner[0].number, inner[-1].number, seen),
    )
    return top.number


def _put_entries(pdf: PdfFile, top: _Entry) -> None:
    waiting = [top]
    while waiting:
        parent = waiting.pop()
        alone = parent is top and len(top.inner) == 1
        for i, entry in enumerate(parent.inner):
            body = b"/Title %s /Parent %d 0 R /Dest [%d 0 R /Fit]" % (
                text_string(entry.title),
                parent.number,
                entry.page,
            )
            if i:
                body += b" /Prev %d 0 R" % parent.inner[i - 1].number
            if i + 1 < len(parent.inner):
                body += b" /Next %d 0 R" % parent.inner[i + 1].number
            if entry.inner:
                count = len(entry.inner) if alone else -len(entry.inner)
                body += b" /First %d 0 R /Last %d 0 R /Count %d" % (
                    entry.inner[0].number,
                    entry.inner[-1].number,
                    count,
                )
                waiting.append(entry)
            pdf.replace(entry.number, b"<< %s >>" % body)


def _ancestors(frame: int, parents: Sequence[int]) -> list[int]:
    out: list[int] = []
    while frame >= 0 and (frame := parents[frame]) >= 0:
        out.append(frame)
    return out


def _labels(told: Sequence[Page]) -> bytes:
    """The number of its stop for each page; 3.1, 3.2 where a stop has several."""
    counts: dict[int, int] = {}
    for page in told:
        counts[page.label] = counts.get(page.label, 0) + 1
    rows: list[bytes] = []
    expected: int | None = None
    for i, page in enumerate(told):
        several = counts[page.label] > 1
        if several:
            if i == 0 or told[i - 1].label != page.label:
                rows.append(b"%d << /P (%d.) /S /D >>" % (i, page.label))
            expected = None
        else:
            if page.label != expected:  # readers count on by themselves
                rows.append(b"%d << /S /D /St %d >>" % (i, page.label))
            expected = page.label + 1
    return b" ".join(rows)


# --- metadata ------------------------------------------------------------------------------------------------------


def _put_metadata(pdf: PdfFile, metadata: Metadata) -> None:
    """The same twice, as the format has it: in the dictionary that old programs read, and as XMP."""
    creator = f"Atelier {__version__}"
    date = metadata.time.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    known = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Subject": metadata.subject,
        "Keywords": ", ".join(metadata.keywords),
        "Creator": creator,
        "Producer": creator,
        "CreationDate": date,
        "ModDate": date,
    }
    rows = [b"/%s %s" % (name.encode(), text_string(value)) for name, value in known.items() if value]
    pdf.replace(pdf.info, b"<<\n%s\n>>" % b"\n".join(rows))
    number = reference(pdf.dictionary(pdf.root), b"Metadata")
    packet = _xmp(metadata, creator).encode()
    pdf.replace(number, stream_body(b"/Type /Metadata\n/Subtype /XML", packet, pack=False))


def _xmp(metadata: Metadata, creator: str) -> str:
    def plain(text: str) -> str:
        return escape("".join(sign if sign.isprintable() else " " for sign in text))

    def one(name: str, text: str) -> str:
        item = f'<rdf:li xml:lang="x-default">{plain(text)}</rdf:li>'
        return f"<dc:{name}><rdf:Alt>{item}</rdf:Alt></dc:{name}>" if text else ""

    def several(name: str, kind: str, texts: tuple[str, ...]) -> str:
        items = "".join(f"<rdf:li>{plain(text)}</rdf:li>" for text in texts)
        return f"<dc:{name}><rdf:{kind}>{items}</rdf:{kind}></dc:{name}>" if texts else ""

    date = metadata.time.astimezone(UTC).isoformat(timespec="seconds")
    author = (metadata.author,) if metadata.author else ()
    lang = (metadata.lang,) if metadata.lang else ()
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
        f"<dc:format>application/pdf</dc:format>{one('title', metadata.title)}{several('creator', 'Seq', author)}"
        f"{one('description', metadata.subject)}{several('subject', 'Bag', metadata.keywords)}"
        f"{several('language', 'Bag', lang)}"
        f"<xmp:CreatorTool>{plain(creator)}</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate>"
        f"<xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>"
        f"<pdf:Keywords>{plain(', '.join(metadata.keywords))}</pdf:Keywords>"
        f"<pdf:Producer>{plain(creator)}</pdf:Producer>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
