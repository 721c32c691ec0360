"""Footnotes, link references and abbreviations: what a file defines once for all its frames."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from atelier.markup.lines import atx_heading, block_line, dedent, fence_start, indentation, list_marker
from atelier.markup.plain import plain_words
from atelier.markup.source import Definitions

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,200})\]:[ \t]?(.*)$")
_LINK = re.compile(
    r""" {0,3}\[(?!\^)([^\[\]]{1,999})\]:[ \t]*(?:<([^<>]*)>|(\S+))(?:[ \t]+(?:"(.*)"|'(.*)'|\((.*)\)))?[ \t]*$"""
)
_ABBREVIATION = re.compile(r" {0,3}\*\[([^\[\]]{1,200})\]:[ \t]*(.*)$")
_CONTINUATION = 2
"""The least indentation that carries a footnote on after a blank line; Python-Markdown asks for four, GFM for less."""


def link_label(label: str) -> str:
    return " ".join(label.split()).lower()


def collect(lines: list[str], skip: AbstractSet[int]) -> tuple[list[str], Definitions]:
    """Takes the definitions out of `lines` (blank lines stay in their place); those in lines of `skip` stay text.

    Of two definitions of the same label the first holds.
    """
    if not any("]:" in line for line in lines):
        return lines, Definitions()
    out = list(lines)
    footnotes: dict[str, str] = {}
    links: dict[str, tuple[str, str]] = {}
    abbreviations: dict[str, str] = {}
    index = 0
    while index < len(lines):
        line = lines[index]
        if "]:" not in line or index in skip:
            index += 1
        elif found := _FOOTNOTE.match(line):
            end = _footnote_end(lines, index, skip)
            text = [found[2], *(dedent(each, 4) for each in lines[index + 1 : end])]
            footnotes.setdefault(found[1], "\n".join(text).strip())
            out[index:end] = [""] * (end - index)
            index = end
        elif found := _ABBREVIATION.match(line):
            # its words alone are shown; none where what is private in it cannot be told apart
            abbreviations.setdefault(found[1].strip(), html.unescape(plain_words(found[2]) or ""))
            out[index] = ""
            index += 1
        elif found := _LINK.match(line):
            title = found[4] or found[5] or found[6] or ""
            links.setdefault(link_label(found[1]), (found[2] or found[3] or "", title))
            out[index] = ""
            index += 1
        else:
            index += 1
    return out, Definitions(
        tuple(footnotes.items()),
        tuple((label, address, title) for label, (address, title) in links.items()),
        tuple(abbreviations.items()),
    )


def _footnote_end(lines: list[str], start: int, skip: AbstractSet[int]) -> int:
    """The first line after a footnote: it goes on in indented lines, and in lines directly below its own text."""
    end, index, blank = start + 1, start + 1, False
    while index < len(lines):
        line = lines[index]
        if not line.strip():
            blank = True
        elif indentation(line) >= _CONTINUATION and block_line(line) is None:
            end, blank = index + 1, False
        elif blank or index in skip or _begins_something(line):
            break
        else:
            end = index + 1
        index += 1
    return end


def _begins_something(line: str) -> bool:
    return (
        line.startswith((">", "|"))
        or "]:" in line
        or atx_heading(line) is not None
        or fence_start(line) is not None
        or block_line(line) is not None
        or list_marker(line) is not None
    )
