"""The structure of a PDF: what its words and pictures are, in the order of the text, for whoever reads it aloud.

QPdfWriter knows nothing of it. Before what is painted changes from one element to another, a rectangle is painted far
outside of the page, whose place says which element follows; in the finished content every such rectangle is replaced by
the operators that end one sequence and begin the next. What is no part of the text is an artifact.

Format: ISO 32000-1, 14.6 (marked content), 14.7 (structure), 14.8 (tags).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from atelier.exports.pdf_file import reference, references, stream_body, text_string
from atelier.typeset.display import PathItem, PictureItem, TextItem
from atelier.typeset.painting import TaggedPainter
from atelier.typeset.structure import Element, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.deck.types import Frame
    from atelier.exports.pdf_file import PdfFile
    from atelier.exports.pdf_reading import Page
    from atelier.typeset.display import Item

_FAR = 30000.25
_BASE = 10_000
_MARKER = re.compile(rb"-(\d+)(?:\.0*)? -30000\.250* (\d+)(?:\.0*)? 0?\.50* re\nf\*?\n")
_ARTIFACT = b"/Artifact BMC\n"
_DEEPEST = 6
_TYPES = {
    Role.PARAGRAPH: "P",
    Role.LIST: "L",
    Role.ITEM: "LI",
    Role.MARK: "Lbl",
    Role.TERM: "P",
    Role.QUOTE: "BlockQuote",
    Role.CODE: "Code",
    Role.TABLE: "Table",
    Role.ROW: "TR",
    Role.HEAD: "TH",
    Role.CELL: "TD",
    Role.FIGURE: "Figure",
    Role.FORMULA: "Formula",
    Role.CAPTION: "Caption",
    Role.NOTE: "Note",
    Role.GROUP: "Div",
}
_GROUPING = frozenset({Role.GROUP, Role.LIST, Role.ITEM, Role.TABLE, Role.ROW, Role.QUOTE, Role.NOTE})
"""Elements that hold others, and no words themselves."""


class TaggingPainter(TaggedPainter):
    """A painter that leaves a mark in the content where another element begins."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element | None] = []
        """What begins at each mark; None for what is no part of the text."""
        self.figure: Element | None = None
        """What everything is a part of for the time being."""
        self._now: Element | None = None
        self._alone: dict[int, tuple[object, Element]] = {}

    def begin_page(self) -> None:
        self._now = None

    def tag(self, item: Item | None) -> None:
        element = self._element(item) if item is not None else None
        if element is self._now:
            return
        self._now = element
        number = len(self.elements)
        self.elements.append(element)
        self.setPen(Qt.PenStyle.NoPen)
        self.setBrush(Qt.GlobalColor.black)
        high, low = divmod(number, _BASE)
        super().drawRect(QRectF(-float(low + 1), -_FAR, float(high + 1), 0.5))

    def _element(self, item: Item) -> Element | None:
        """What an item is a part of: words that stand by themselves are a paragraph."""
        if self.figure is not None:
            return self.figure
        element = item.element
        if not self.spoken:
            return None
        if isinstance(item, TextItem):
            if element is None or element.role in _GROUPING:
                known = self._alone.get(id(item.layout))
                if known is None:  # the layout is kept too, so that no other one gets its number
                    known = self._alone[id(item.layout)] = (item.layout, Element(Role.PARAGRAPH, element))
                return known[1]
            return element
        if element is None:
            return None
        if element.role in {Role.FIGURE, Role.FORMULA} and isinstance(item, PictureItem | PathItem):
            return element if element.alt else None
        return element if element.role is Role.MARK and not isinstance(item, PictureItem) else None


@dataclass(slots=True)
class _Node:
    """An element on one page. `kids` are nodes and the numbers of sequences of marked content."""

    kind: str
    number: int
    parent: int
    kids: list[_Node | int] = field(default_factory=list["_Node | int"])
    lang: str = ""
    alt: str = ""
    sign: str = ""
    title: str = ""
    note: str = ""
    annotation: int = 0


def put_tags(
    pdf: PdfFile,
    pages: Sequence[int],
    told: Sequence[Page],
    elements: Sequence[Element | None],
    frames: Sequence[Frame],
) -> None:
    """Puts the structure into a finished file. `pages` are the objects of the pages `told` of, `elements` what began at
    each mark that was painted, `frames` those of the deck.
    """
    root = pdf.add()
    document = _Node("Document", pdf.add(), root)
    rows: list[tuple[int, bytes]] = []
    keys = 0
    for key, (number, page) in enumerate(zip(pages, told, strict=True)):
        frame = frames[page.frames[0][0] if page.frames else 0]
        tagged = _Tagged(pdf, document, frame)
        content = reference(pdf.dictionary(number), b"Contents")
        pdf.replace(content, stream_body(b"", tagged.content(pdf.stream(content), elements)))
        if not tagged.titled and len(page.frames) == 1:
            tagged.section.title = frame.title
        owners = b" ".join(b"%d 0 R" % node.number for node in tagged.owners)
        rows.append((key, b"[%s]" % owners))
        _set(pdf, number, b"/StructParents %d\n/Tabs /S" % key)
        _write(pdf, tagged.section, number)
        keys = key + 1
    for number, node in _links(pdf, pages, document):
        rows.append((keys, b"%d 0 R" % node.number))
        _set(pdf, number, b"/StructParent %d" % keys)
        keys += 1
    _write_one(pdf, document, 0)
    parents = pdf.add(b"<< /Nums [%s] >>" % b"\n".join(b"%d %s" % row for row in rows))
    pdf.replace(
        root,
        b"<< /Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d >>"
        % (document.number, parents, keys),
    )
    _set(pdf, pdf.root, b"/StructTreeRoot %d 0 R\n/MarkInfo << /Marked true >>" % root)


class _Tagged:
    """One page: its content with operators for the marks, and the nodes that own them."""

    def __init__(self, pdf: PdfFile, document: _Node, frame: Frame) -> None:
        self._pdf = pdf
        self._level = frame.depth
        self._nodes: dict[Element, _Node] = {}
        self._bodies: dict[int, _Node] = {}
        self.titled = False
        self.owners: list[_Node] = []
        self.section = _Node("Sect", pdf.add(), document.number, lang=frame.lang)
        document.kids.append(self.section)

    def content(self, data: bytes, elements: Sequence[Element | None]) -> bytes:
        def begin(found: re.Match[bytes]) -> bytes:
            number = (int(found[2]) - 1) * _BASE + int(found[1]) - 1
            element = elements[number]
            if element is None:
                return b"n\nEMC\n" + _ARTIFACT
            node = self._node(element)
            node.kids.append(len(self.owners))
            self.owners.append(node)
            return b"n\nEMC\n/%s <</MCID %d>> BDC\n" % (node.kind.encode(), len(self.owners) - 1)

        return _ARTIFACT + _MARKER.sub(begin, data) + b"\nEMC\n"

    def _node(self, element: Element) -> _Node:
        known = self._nodes.get(element)
        if known is not None:
            return known
        around = self.section if element.inside is None else self._node(element.inside)
        if element.inside is not None and element.inside.role is Role.ITEM and element.role is not Role.MARK:
            around = self._body(around)
        node = _Node(self._kind(element), self._pdf.add(), around.number, lang=element.lang)
        if element.role in {Role.FIGURE, Role.FORMULA}:
            node.alt = element.alt
        if element.role is Role.MARK:
            node.sign = element.alt
        if element.role is Role.NOTE:
            node.note = f"note{node.number}"
        around.kids.append(node)
        self._nodes[element] = node
        return node

    def _body(self, item: _Node) -> _Node:
        if item.number not in self._bodies:
            body = self._bodies[item.number] = _Node("LBody", self._pdf.add(), item.number)
            item.kids.append(body)
        return self._bodies[item.number]

    def _kind(self, element: Element) -> str:
        if element.role is Role.TITLE:
            level, self.titled = self._level + 1 + self.titled, True
            return f"H{min(level, _DEEPEST)}"
        if element.role is Role.HEADING:
            return f"H{min(self._level + 2, _DEEPEST)}"
        if element.role is Role.FIGURE and not element.alt:
            return "Div"
        return _TYPES[element.role]


def _links(pdf: PdfFile, pages: Sequence[int], document: _Node) -> list[tuple[int, _Node]]:
    """A node for every link, at the end of its page."""
    found: list[tuple[int, _Node]] = []
    sections = [kid for kid in document.kids if isinstance(kid, _Node)]
    for page, section in zip(pages, sections, strict=True):
        for number in references(pdf.body(reference(pdf.dictionary(page), b"Annots"))):
            node = _Node("Link", pdf.add(), section.number, annotation=number)
            section.kids.append(node)
            found.append((number, node))
            _write_one(pdf, node, page)
        _write_one(pdf, section, page)
    return found


def _write(pdf: PdfFile, node: _Node, page: int) -> None:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        _write_one(pdf, one, page)
        waiting += [kid for kid in one.kids if isinstance(kid, _Node)]


def _write_one(pdf: PdfFile, node: _Node, page: int) -> None:
    """Writes an element; `page` is the object of its page, 0 for none."""
    kids = [b"%d 0 R" % kid.number if isinstance(kid, _Node) else b"%d" % kid for kid in node.kids]
    if node.annotation:
        kids.append(b"<< /Type /OBJR /Obj %d 0 R /Pg %d 0 R >>" % (node.annotation, page))
    body = b"/Type /StructElem /S /%s /P %d 0 R /K [%s]" % (node.kind.encode(), node.parent, b" ".join(kids))
    if page:
        body += b" /Pg %d 0 R" % page
    if node.lang:
        body += b" /Lang %s" % text_string(node.lang)
    if node.alt:
        body += b" /Alt %s" % text_string(node.alt)
    if node.title:
        body += b" /T %s" % text_string(node.title)
    if node.sign:
        body += b" /ActualText %s" % text_string(node.sign)
    if node.note:
        body += b" /ID (%s)" % node.note.encode()
    if node.kind == "TH":
        body += b" /A << /O /Table /Scope /Column >>"
    pdf.replace(node.number, b"<< %s >>" % body)


def _set(pdf: PdfFile, number: int, more: bytes) -> None:
    """Adds entries to a dictionary."""
    body = pdf.dictionary(number).strip()
    pdf.replace(number, body.removesuffix(b">>") + more + b"\n>>")
