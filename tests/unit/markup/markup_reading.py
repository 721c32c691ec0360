"""What the tests of this folder share: a text in, its blocks out."""

from __future__ import annotations

from typing import TypeVar

from atelier.markup.blocks import Block, Content
from atelier.markup.parser import FrameParser
from atelier.markup.scanner import scan

B = TypeVar("B", bound=Block)


def content(text: str, lang: str = "en") -> Content:
    """The content of the one frame that `text` makes below the heading `# T`; its lines count from 2."""
    scanned = scan("# T\n" + text)
    frame = scanned.frames[0]
    return FrameParser(scanned.definitions, lang).parse(frame.text, frame.first_line)


def only(text: str, kind: type[B], lang: str = "en") -> B:
    """The one block that `text` makes."""
    (block,) = content(text, lang).blocks
    assert isinstance(block, kind)
    return block
