"""Items of a display list as what one edits: texts by paragraph, tables by cell, pictures, shapes.

Lengths are in frame units, as in the display list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat

from atelier.foundation.geometry import Rect
from atelier.typeset.display import BoxItem, PathItem, PictureItem, TextItem, ground_count
from atelier.typeset.painting import SAID
from atelier.typeset.structure import Role
from atelier.typeset.text import Property

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QFont, QTextLine

    from atelier.typeset.display import DisplayList, Item
    from atelier.typeset.structure import Element

_SAME = 2.0
"""Frame units by which the edges of one column may differ."""
_FAR = 2.5
"""Lines of white space after which a text begins anew."""
_FLOWING = frozenset({Role.PARAGRAPH, Role.HEADING, Role.LIST, Role.ITEM, Role.TERM, Role.NOTE})
"""What may stand in one text box with what is above it."""
_BOXES = "☐☑"
"""Marks that many fonts do not have: they are drawn."""
_PLAIN: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one look; `href` is what they lead to, `kinds` are those of `Property.KIND`."""

    text: str
    format: QTextCharFormat
    font: QFont
    href: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign before an item of a list, its left edge at `x`, and what draws it."""

    sign: str
    x: float
    items: tuple[Item, ...]


@dataclass(slots=True)
class Paragraph:
    """Lines of one layout, from `first` to `last` (exclusive). `opacity` is under 1 where an earlier step said it."""

    item: TextItem
    first: int
    last: int
    opacity: float
    mark: Mark | None = None

    @property
    def role(self) -> Role | None:
        return self.item.element.role if self.item.element is not None else None

    @property
    def left(self) -> float:
        return self.item.x + self._line(self.first).x() * self.item.scale

    @property
    def right(self) -> float:
        line = self._line(self.first)
        return self.item.x + (line.x() + line.width()) * self.item.scale

    @property
    def start(self) -> float:
        """Its left edge, the sign before it included."""
        return self.left if self.mark is None else min(self.left, self.mark.x)

    @property
    def hanging(self) -> float:
        """How far lines after the first are further in."""
        if self.last - self.first < 2:
            return 0.0
        return (self._line(self.first + 1).x() - self._line(self.first).x()) * self.item.scale

    @property
    def ascent(self) -> float:
        return self._line(self.first).ascent() * self.item.scale

    @property
    def descent(self) -> float:
        return self._line(self.last - 1).descent() * self.item.scale

    @property
    def baseline(self) -> float:
        """Of its first line."""
        return self._baseline(self.first)

    @property
    def top(self) -> float:
        return self.baseline - self.ascent

    @property
    def bottom(self) -> float:
        return self._baseline(self.last - 1) + self.descent

    @property
    def pitch(self) -> float:
        """From one of its lines to the next; the height of a line where there is but one."""
        count = self.last - self.first
        if count > 1:
            return (self._baseline(self.last - 1) - self.baseline) / (count - 1)
        return self.ascent + self.descent

    @property
    def natural(self) -> float:
        """The width of its widest line."""
        return max(self._line(i).naturalTextWidth() for i in range(self.first, self.last)) * self.item.scale

    @property
    def right_to_left(self) -> bool:
        return self.item.layout.textOption().textDirection() is Qt.LayoutDirection.RightToLeft

    def runs(self) -> Iterator[Run]:
        """Its words, parted where their look changes; spaces at its end are left out."""
        layout = self.item.layout
        text = layout.text().encode("utf-16-le", "surrogatepass")
        last = self._line(self.last - 1)
        at, end = self._line(self.first).textStart(), last.textStart() + last.textLength()
        end = len(text[: 2 * end].decode("utf-16-le", "replace").rstrip(" \u2028").encode("utf-16-le", "replace")) // 2
        plain = QTextCharFormat()
        for span in (*sorted(layout.formats(), key=lambda span: span.start), None):
            start = min(span.start, end) if span is not None else end
            if start > at:  # spaces of a listing have no look of their own
                yield Run(_decoded(text, at, start), plain, layout.font(), "", _PLAIN)
                at = start
            stop = min(span.start + span.length, end) if span is not None else end
            if span is None or stop <= at:
                continue
            look = QTextCharFormat(span.format)  # which ends with its span
            href, kinds = look.property(Property.HREF), look.property(Property.KIND)
            found = frozenset(str(kinds).split()) if kinds else _PLAIN
            yield Run(_decoded(text, at, stop), look, look.font(), str(href or ""), found)
            at = stop

    def _line(self, number: int) -> QTextLine:
        return self.item.layout.lineAt(number)

    def _baseline(self, number: int) -> float:
        line = self._line(number)
        return self.item.y + (line.y() + line.ascent()) * self.item.scale


@dataclass(slots=True)
class TextBody:
    """Paragraphs of one column, below each other."""

    paragraphs: list[Paragraph]

    @property
    def role(self) -> Role | None:
        return self.paragraphs[0].role

    @property
    def rect(self) -> Rect:
        left, right = min(p.start for p in self.paragraphs), max(p.right for p in self.paragraphs)
        top, bottom = self.paragraphs[0].top, self.paragraphs[-1].bottom
        return Rect(left, top, right - left, bottom - top)


@dataclass(slots=True)
class TableCell:
    """One cell, with text where it has any; `rect` is all of it."""

    rect: Rect
    paragraphs: list[Paragraph]


@dataclass(slots=True)
class TableRow:
    """A row with its ground and the line below it."""

    ground: BoxItem
    rule: BoxItem
    cells: list[TableCell]

    @property
    def head(self) -> bool:
        return any(p.role is Role.HEAD for cell in self.cells for p in cell.paragraphs)


@dataclass(slots=True)
class TableBody:
    """A table, or the part of it that is on this page."""

    rows: list[TableRow]


Body: TypeAlias = TextBody | TableBody | BoxItem | PathItem | PictureItem


def bodies_of(display: DisplayList, step: int | None) -> tuple[Body, ...]:
    """What a face says at advance `step` (None: all of it, as on paper), without its ground."""
    gathered = _Gathered()
    for item in display.items[ground_count(display) :]:
        if item.until and (step is None or step >= item.until):
            continue
        if step is not None and item.step > step:
            continue
        gathered.add(item, SAID if item.step and step is not None and item.step < step else 1.0)
    return tuple(gathered.finished())


class _Gathered:
    def __init__(self) -> None:
        self._bodies: list[Body] = []
        self._marks: dict[Element, list[Item]] = {}
        self._tables: dict[Element, _Table] = {}

    def add(self, item: Item, opacity: float) -> None:
        element = item.element
        table = enclosing(element, Role.TABLE)
        if table is not None and (isinstance(item, TextItem) or (isinstance(item, BoxItem) and not item.of_text)):
            if table not in self._tables:
                self._tables[table] = _Table(table)
                self._bodies.append(self._tables[table].body)
            self._tables[table].add(item, opacity)
        elif element is not None and element.role is Role.MARK and element.alt and element.inside is not None:
            self._marks.setdefault(element.inside, []).append(item)
        elif isinstance(item, TextItem):
            self._add_text(item, opacity)
        elif isinstance(item, PathItem | PictureItem) or (isinstance(item, BoxItem) and not item.of_text):
            self._bodies.append(item)

    def finished(self) -> Iterator[Body]:
        yield from self._bodies
        for items in self._marks.values():  # of items without words
            yield from (item for item in items if isinstance(item, BoxItem | PathItem))

    def _add_text(self, item: TextItem, opacity: float) -> None:
        new = _paragraph(item, opacity)
        if new is None:
            return
        above = self._bodies[-1] if self._bodies else None
        if isinstance(above, TextBody):
            last = above.paragraphs[-1]
            if _goes_on(last, new):
                last.last = new.last
                return
        if not new.right_to_left:
            new.mark = self._mark(item.element)
        if isinstance(above, TextBody) and _joins(above, new):
            above.paragraphs.append(new)
        else:
            self._bodies.append(TextBody([new]))

    def _mark(self, element: Element | None) -> Mark | None:
        """The sign before the first paragraph of an item or a note; it is drawn once."""
        around = element.inside if element is not None and element.role in _FLOWING else None
        items = self._marks.pop(around, []) if around is not None else []
        if not items or items[0].element is None:
            return None
        if items[0].element.alt in _BOXES:
            self._bodies += [item for item in items if isinstance(item, BoxItem | PathItem)]
            return None
        x = min(item.x if isinstance(item, TextItem) else item.bounds.x for item in items)
        return Mark(items[0].element.alt, x, tuple(items))


def enclosing(element: Element | None, *roles: Role) -> Element | None:
    """The element itself or the nearest around it that has one of these roles."""
    while element is not None and element.role not in roles:
        element = element.inside
    return element


def _container(element: Element | None) -> Element | None:
    """The nearest element around a text that is no part of its flow."""
    while element is not None and element.role in _FLOWING:
        element = element.inside
    return element


def _paragraph(item: TextItem, opacity: float) -> Paragraph | None:
    """The text of an item; None where it says nothing. An empty line of a listing is a line of it."""
    count = item.layout.lineCount()
    empty = not item.layout.text().strip() and enclosing(item.element, Role.CODE) is None
    return Paragraph(item, item.first, item.last or count, opacity) if count and not empty else None


def _goes_on(last: Paragraph, new: Paragraph) -> bool:
    """Whether lines are the next ones of the same layout, where they would stand without a break."""
    a, b = last.item, new.item
    return (
        a.layout is b.layout
        and last.last == new.first
        and abs(a.x - b.x) < _SAME
        and abs(a.y - b.y) < _SAME
        and last.opacity == new.opacity
    )


def _joins(body: TextBody, new: Paragraph) -> bool:
    """Whether a paragraph is the next one of a text box."""
    last = body.paragraphs[-1]
    old_element, element = last.item.element, new.item.element
    if element is None or old_element is None or last.item.scale != new.item.scale:
        return False
    code = element is old_element and element.role is Role.CODE
    flows = element.role in _FLOWING and old_element.role in _FLOWING
    if not (code or flows) or _container(element) is not _container(old_element):
        return False
    if new.right_to_left or last.right_to_left:
        return code
    below = new.baseline - last.baseline >= 0.0
    near = new.top - last.bottom < _FAR * last.pitch
    rect = body.rect
    return below and near and abs(new.right - rect.right) < _SAME and new.start >= rect.x - _SAME


def _decoded(text: bytes, first: int, stop: int) -> str:
    return text[2 * first : 2 * stop].decode("utf-16-le", "replace")


class _Table:
    """A table as its items come: of each row its ground, the line below, then the cells."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.body = TableBody([])
        self._row: Element | None = None
        self._cells: dict[Element, TableCell] = {}

    def add(self, item: TextItem | BoxItem, opacity: float) -> None:
        row = enclosing(item.element, Role.ROW)
        if row is None:
            return
        if isinstance(item, BoxItem):
            if row is self._row:
                self.body.rows[-1].rule = item
            else:
                self._row = row
                self.body.rows.append(TableRow(item, item, self._empty(item)))
            return
        paragraph = _paragraph(item, opacity)
        if paragraph is None:
            return
        cells = self.body.rows[-1].cells
        middle = (paragraph.left + paragraph.right) / 2
        cell = min(cells, key=lambda cell: abs(cell.rect.centre.x - middle))
        cell.paragraphs.append(paragraph)

    def _empty(self, ground: BoxItem) -> list[TableCell]:
        box = ground.bounds
        widths = [share * box.width for share in self.element.columns]
        lefts = [box.x + sum(widths[:i]) for i in range(len(widths))]
        return [TableCell(Rect(x, box.y, width, box.height), []) for x, width in zip(lefts, widths, strict=True)]
