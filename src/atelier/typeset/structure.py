"""What the parts of a text are, for formats that say it: headings, paragraphs, lists, tables, pictures.

Every item of a display list may name the innermost element it belongs to. Elements know what they are inside of, and
are told apart by identity: a paragraph that is parted between two columns is one element in two places.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from atelier.markup import blocks as md

if TYPE_CHECKING:
    from atelier.markup.blocks import Block
    from atelier.typeset.setting import Setting


class Role(Enum):
    TITLE = auto()
    """Of the frame."""
    HEADING = auto()
    PARAGRAPH = auto()
    LIST = auto()
    ITEM = auto()
    MARK = auto()
    """The bullet, box or number before an item or a footnote, or of a line of code."""
    TERM = auto()
    QUOTE = auto()
    CODE = auto()
    TABLE = auto()
    ROW = auto()
    HEAD = auto()
    """A cell of the header."""
    CELL = auto()
    FIGURE = auto()
    FORMULA = auto()
    CAPTION = auto()
    NOTE = auto()
    """A footnote."""
    GROUP = auto()
    """Whatever else belongs together: a callout, a case, an activity."""


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """`level` is that of a heading; `lang` is empty where it is that of what is around; `alt` says in words what a
    picture, film or formula shows, and is the sign that a mark draws; `columns` are the shares that those of a table
    have in its width, from the left.
    """

    role: Role
    inside: Element | None = None
    level: int = 0
    lang: str = ""
    alt: str = ""
    columns: tuple[float, ...] = ()


def within(setting: Setting, role: Role, *, alt: str = "") -> Element:
    """A new element inside the one that `setting` is for."""
    return Element(role, setting.inside, alt=alt)


def element_of(block: Block, setting: Setting) -> Element:
    """The element of a block, which is inside the one that `setting` is for."""
    role = next((role for kind, role in _ROLES.items() if isinstance(block, kind)), Role.GROUP)
    lang = block.lang if block.lang != setting.lang else ""
    level = block.level if isinstance(block, md.Heading) else 0
    return Element(role, setting.inside, level, lang, block.tex if isinstance(block, md.MathBlock) else "")


_ROLES: dict[type[Block], Role] = {
    md.Heading: Role.HEADING,
    md.Paragraph: Role.PARAGRAPH,
    md.ListBlock: Role.LIST,
    md.DefinitionList: Role.GROUP,
    md.Quote: Role.QUOTE,
    md.CodeBlock: Role.CODE,
    md.MathBlock: Role.FORMULA,
}
