"""Frames for a text that has no headings: at its title-like lines, or else at groups of paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.markup.gathering import callout_head
from atelier.markup.lines import attribute_line, block_line, indentation, is_rule, list_marker
from atelier.markup.plain import plain_words, take_pictures
from atelier.markup.source import SourceFrame, SourceHeading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.markup.outline import Outline

_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXLC]{1,6}[.)]|[A-Z][.)])[ \t]+(?=\S)")
_LONGEST_TITLE = 60
_MOST_WORDS = 10
_SENTENCE_ENDS = tuple('.,;:!?…»"”)]}')
_NOT_A_TITLE = (">", "|", "!", "```", "~~~", "<", "///", "{", "$$", "\\[", "    ", "\t")
_GROUP_BLOCKS = 3
_GROUP_SIGNS = 600
_SMALLEST_SPLIT_SIGNS = 900
"""A shorter text without headings is one frame."""
_HEAD_WORDS = 6
_LONGEST_LOOKED_AT = 2_000
_HEAD_SIGNS = 44


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines `start` to `stop` (exclusive) that stand between blank lines."""

    start: int
    stop: int


def split_without_headings(lines: Sequence[str], first_line: int, found: Outline) -> list[SourceFrame]:
    """The frames of a text in which nothing is a heading; `first_line` is the file's line of its first line."""
    pieces = _pieces(lines, found)
    titles = _titles(lines, pieces)
    if titles:
        return _at_titles(lines, first_line, pieces, titles)
    if sum(len(line) for line in lines) < _SMALLEST_SPLIT_SIGNS:
        return [SourceFrame(None, "\n".join(lines), first_line)]
    return _in_groups(lines, first_line, pieces)


def _pieces(lines: Sequence[str], found: Outline) -> list[_Piece]:
    out: list[_Piece] = []
    index = 0
    while index < len(lines):
        if not lines[index].strip():
            index += 1
            continue
        if out and attribute_line(lines[index]) is not None:
            index += 1  # it says something of the piece above, perhaps that it is private
            out[-1] = _Piece(out[-1].start, index)
            continue
        start = index
        in_list = list_marker(lines[index]) is not None
        while index < len(lines):
            if span := found.fences.get(index):
                index = span.stop
            elif block := found.blocks.get(index):
                index = max(block.end, index + 1)
            elif lines[index].strip():
                index += 1
            elif in_list and (after := _next_text(lines, index)) is not None and _carries_on(lines[after]):
                index = after
            else:
                break
        out.append(_Piece(start, index))
    return out


def _next_text(lines: Sequence[str], index: int) -> int | None:
    """The next line with text when at most one blank line is between."""
    return index + 1 if index + 1 < len(lines) and lines[index + 1].strip() else None


def _carries_on(line: str) -> bool:
    return indentation(line) >= 2 or list_marker(line) is not None


def _titles(lines: Sequence[str], pieces: Sequence[_Piece]) -> list[int]:
    """Which pieces are titles: one short line without end punctuation, and text below it that is none."""
    alike = [_is_title_like(lines[p.start]) if p.stop == p.start + 1 else False for p in pieces]
    titles = [i for i, like in enumerate(alike) if like and i + 1 < len(pieces) and not alike[i + 1]]
    if titles and titles[0] == 1 and alike[0]:
        titles.insert(0, 0)
    return titles


def _is_title_like(line: str) -> bool:
    text = line.strip()
    if len(text) > _LONGEST_TITLE or len(text.split()) > _MOST_WORDS or line.startswith(_NOT_A_TITLE):
        return False
    numbered = _NUMBERED.match(text)
    if not numbered and (list_marker(line) or is_rule(line) or attribute_line(line) or block_line(line)):
        return False
    if not any(sign.isalpha() for sign in text):
        return False
    return not text.endswith(_SENTENCE_ENDS) or (numbered is not None and text.endswith(("?", ")", "»", "!")))


def _at_titles(
    lines: Sequence[str], first_line: int, pieces: Sequence[_Piece], titles: Sequence[int]
) -> list[SourceFrame]:
    out: list[SourceFrame] = []
    whole = len(titles) > 1 and titles[:2] == [0, 1]
    before = pieces[titles[0]].start
    if any(line.strip() for line in lines[:before]):
        out.append(SourceFrame(None, "\n".join(lines[:before]), first_line))
    for place, title in enumerate(titles):
        at = pieces[title].start
        end = pieces[titles[place + 1]].start if place + 1 < len(titles) else len(lines)
        level = 2 if whole and place else 1
        heading = SourceHeading(level, lines[at].strip(), (), first_line + at)
        out.append(SourceFrame(heading, "\n".join(lines[at + 1 : end]), first_line + at + 1))
    return out


def _in_groups(lines: Sequence[str], first_line: int, pieces: Sequence[_Piece]) -> list[SourceFrame]:
    groups: list[list[_Piece]] = []
    signs = 0
    for piece in pieces:
        size = sum(len(line) for line in lines[piece.start : piece.stop])
        if not groups or len(groups[-1]) >= _GROUP_BLOCKS or (signs and signs + size > _GROUP_SIGNS):
            groups.append([])
            signs = 0
        groups[-1].append(piece)
        signs += size
    out: list[SourceFrame] = []
    for place, group in enumerate(groups):
        start = group[0].start
        end = groups[place + 1][0].start if place + 1 < len(groups) else len(lines)
        heading = SourceHeading(1, _first_words(lines, group) or str(place + 1), (), first_line + start)
        out.append(SourceFrame(heading, "\n".join(lines[start:end]), first_line + start))
    return out


def _first_words(lines: Sequence[str], group: Sequence[_Piece]) -> str:
    """The first words of a group, to the end of a short sentence, with an ellipsis where they stop inside one."""
    for piece in group:
        first = lines[piece.start]
        if block_line(first) is not None or first.startswith(("```", "~~~", "|", "$$", ":::", "+--")):
            continue
        marker = list_marker(first)
        if first.startswith(">"):
            quoted = [line.lstrip("> \t") for line in lines[piece.start : piece.stop]]
            if callout := callout_head(quoted[0]):
                quoted[0] = (callout[1] or callout[0].capitalize()) + "."
            whole = " ".join(quoted)
        else:
            whole = " ".join(lines[piece.start : piece.stop])
        if marker and "private" in whole:
            continue
        if len(whole) > _LONGEST_LOOKED_AT and "private" not in whole:
            whole = whole[:_LONGEST_LOOKED_AT]
        text = plain_words(take_pictures(marker.text if marker else whole)[0].lstrip("> \t#"))
        if text is None:
            continue
        words = text.split()
        if not words or not any(sign.isalnum() for sign in text):
            continue
        head: list[str] = []
        for word in words[:_HEAD_WORDS]:
            if head and len(" ".join([*head, word])) > _HEAD_SIGNS:
                break
            head.append(word)
            if word.endswith((".", "!", "?", "…", ":")) and len(head) > 1:
                return " ".join(head).rstrip(".:")
        cut = " ".join(head)[:_HEAD_SIGNS].rstrip(",;:")
        return cut if len(head) == len(words) and len(cut) == len(" ".join(head)) else f"{cut}…"
    return ""
