"""What can only be told of blocks together: captions by their looks, rules that part nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.markup.blocks import Block, Figure, Paragraph, Rule, Style, Text, plain_text

if TYPE_CHECKING:
    from atelier.markup.blocks import Inline

_FIGURE = re.compile(r"(?:figure|fig\.|abb(?:ildung|\.)|figura|рис\.|图|図)\s*\d", re.IGNORECASE)
_LONGEST_CAPTION = 240
"""Signs."""


def tidied(blocks: list[Block]) -> list[Block]:
    return _without_edge_rules(_captioned(blocks))


def _captioned(blocks: list[Block]) -> list[Block]:
    """`blocks` where a paragraph that is a picture's caption by its looks, in italics or after “Figure 3”, is that."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if (
            isinstance(last, Figure)
            and isinstance(block, Paragraph)
            and not (last.caption or block.classes)
            and (last.step, last.lang) == (block.step, block.lang)
            and _is_caption(block.inlines)
        ):
            out[-1] = replace(last, caption=block.inlines)
        else:
            out.append(block)
    return out


def _is_caption(inlines: tuple[Inline, ...]) -> bool:
    words = plain_text(inlines, private=True)
    if len(words) > _LONGEST_CAPTION:
        return False
    if _FIGURE.match(words):
        return True
    return all(isinstance(run, Text) and (Style.EMPHASIS in run.styles or not run.text.strip()) for run in inlines)


def _without_edge_rules(blocks: list[Block]) -> list[Block]:
    """`blocks` without the rules that part nothing: at either end, and next to another one."""
    out: list[Block] = []
    for block in blocks:
        if not isinstance(block, Rule) or (out and not isinstance(out[-1], Rule)):
            out.append(block)
    if out and isinstance(out[-1], Rule):
        out.pop()
    return out
