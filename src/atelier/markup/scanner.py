"""From a deck's text to the pieces that make its frames, before any of it is parsed. Linear in the text's length."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _
from atelier.markup.blockspec import BlockFault, option_lines, read_head
from atelier.markup.comments import strip_comments
from atelier.markup.definitions import collect
from atelier.markup.divs import Div, divs, with_notes
from atelier.markup.embeds import find_embeds
from atelier.markup.foreign import with_fences
from atelier.markup.frontmatter import FrontMatter, normalise, split_front_matter, without_slide_settings
from atelier.markup.lines import (
    attribute_line,
    atx_heading,
    dedent,
    list_marker,
    split_attributes,
    without_containers,
)
from atelier.markup.outline import BlockSpan, Outline, outline
from atelier.markup.source import Hidden, Scan, SourceEmbed, SourceFrame, SourceHeading
from atelier.markup.split import split_without_headings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["FrontMatter", "scan", "split_front_matter"]

_QUOTED = re.compile(r"^(?: {0,3}> ?)+")
_UNDERLINE = re.compile(r"(={2,}|-{2,})[ \t]*$")
_LONGEST_HEADING = 80
"""Signs; what is longer above --- is more likely a text than a heading."""
_LONGEST_DIV = 200
_LONGEST_HTML_HEADING = 15
"""Lines."""
_HTML_HEADING = re.compile(
    r"<h([1-6])((?:[ \t\n][^<>]{0,1000})?)>(.{0,2000}?)</h\1[ \t]*>[ \t]*$", re.DOTALL | re.IGNORECASE
)
_DROPPED_TAGS = re.compile(r"<(?:img|br|picture|source)\b[^<>]*>|</picture>|<a\b[^<>]*>\s*</a>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_NAME = re.compile(r"""\b(?:id|name)=["']?([\w-]{1,100})""")
_NOT_A_PARAGRAPH = (">", "|", "#", "<", "    ", "\t", "///", "```", "~~~", "!!!", ":", "$$", "\\[")


def scan(text: str, *, deepest: int = 6, file: Path | None = None) -> Scan:
    """Splits a deck's text at its headings down to level `deepest`; diagnostics name `file`.

    Comments, definitions and blocks that do not parse are taken out, and the lines they stood on stay, empty.
    """
    text = normalise(text)
    front = split_front_matter(text)
    lines = text.split("\n")[front.body_line - 1 :]
    comments: list[Hidden] = []
    lines, diagnostics = strip_comments(lines, front.body_line, comments)
    lines = with_fences(lines)
    found = outline(lines, deepest=deepest)
    if front.text:
        lines = without_slide_settings(lines, found.fences)
    if (noted := with_notes(lines, found.fences)) is not lines:
        lines = noted
        found = outline(lines, deepest=deepest)
    lines, names, faults, unread = _check_blocks(lines, front.body_line, found)
    fenced = {line for span in found.fences.values() for line in range(span.start, span.stop)}
    lines, definitions = collect(lines, fenced)
    covered = _covered(found, lines)
    lines, embeds = find_embeds(lines, front.body_line, covered)
    headings, hints = _headings(lines, front.body_line, covered, deepest)
    if headings:
        frames = _frames(lines, front.body_line, headings)
    else:
        frames = split_without_headings(lines, front.body_line, found)
    diagnostics = [*front.diagnostics, *diagnostics, *faults, *_fence_faults(found, front.body_line), *hints]
    diagnostics.sort(key=lambda each: each.line)
    return Scan(
        front.text,
        tuple(_with_embeds(_with_block_names(frames, names, front.body_line), embeds)),
        definitions,
        tuple(replace(each, file=file) for each in diagnostics) if file else tuple(diagnostics),
        tuple(sorted((*comments, *unread), key=lambda each: each.line)),
    )


def _covers(div: Div) -> bool:
    """Whether the headings in a `:::` block are its own: the titles of callouts and tabs."""
    return div.closed and div.end - div.start <= _LONGEST_DIV


def _covered(found: Outline, lines: Sequence[str]) -> list[int]:
    """For each line, how many fences and blocks it stands in."""
    size = len(lines)
    change = [0] * (size + 1)
    for start, end in [
        *((span.start, span.stop) for span in found.fences.values()),
        *((span.start, span.end) for span in found.blocks.values()),
        *((div.start, div.end) for div in divs(lines, found.fences, found.blocks).values() if _covers(div)),
    ]:
        change[start] += 1
        change[min(end, size)] -= 1
    return list(accumulate(change))


def _check_blocks(
    lines: list[str], first_line: int, found: Outline
) -> tuple[list[str], list[tuple[int, str]], list[Diagnostic], list[Hidden]]:
    """Hides the blocks that do not parse; names the others with the line (from 0) each begins at."""
    out = list(lines)
    hidden: list[Hidden] = []
    names: list[tuple[int, str]] = []
    diagnostics: list[Diagnostic] = []
    hidden_to = 0
    for start in sorted(found.blocks):
        span = found.blocks[start]
        if start < hidden_to:
            continue
        head = read_head(span.rest, block_options(lines, span))
        if isinstance(head, BlockFault):
            diagnostics.append(Diagnostic(head.code, head.message, head.hint, line=first_line + start))
            hidden_to = max(span.end, start + 1)
            hidden.append(Hidden(first_line + start, "\n".join(lines[start:hidden_to]), comment=False))
            out[start:hidden_to] = [""] * (hidden_to - start)
            continue
        names.append((start, head.name))
        if not span.closed:
            diagnostics.append(
                Diagnostic(
                    "block-unclosed",
                    _("The block “{name}” has no closing line.").format(name=head.name),
                    _("Put as many slashes as opened it on a line of their own below it."),
                    line=first_line + start,
                )
            )
    for stray in found.strays:
        out[stray] = ""
        diagnostics.append(
            Diagnostic(
                "block-unopened",
                _("This line closes a block, and none is open."),
                _("Remove it, or give it as many slashes as the line that opens the block."),
                line=first_line + stray,
            )
        )
    return out, names, diagnostics, hidden


def block_options(lines: Sequence[str], span: BlockSpan) -> list[str]:
    """The option lines of a block, with the indentation they have below its opening line."""
    opening = _QUOTED.sub("", lines[span.start])
    margin = len(opening) - len(without_containers(opening))
    below: list[str] = []
    for index in range(span.start + 1, min(span.stop, span.start + _MOST_OPTIONS)):
        if lines[index][:1] not in (" ", "\t", ">"):
            break
        line = dedent(_QUOTED.sub("", lines[index]), margin)
        if not option_lines([line]):
            break
        below.append(line)
    return below


_MOST_OPTIONS = 200


def _fence_faults(found: Outline, first_line: int) -> list[Diagnostic]:
    return [
        Diagnostic(
            "fence-unclosed",
            _("This code fence is never closed."),
            _("Put {mark} on a line of its own below it.").format(mark=span.fence.mark * span.fence.length),
            line=first_line + span.start,
        )
        for span in found.fences.values()
        if not span.closed
    ]


@dataclass(frozen=True, slots=True)
class _Found:
    """A heading that starts a frame; `start` and `end` (exclusive) are the lines it stands on, from 0."""

    heading: SourceHeading
    start: int
    end: int


def _headings(
    lines: Sequence[str], first_line: int, covered: Sequence[int], deepest: int
) -> tuple[list[_Found], list[Diagnostic]]:
    out: list[_Found] = []
    hints: list[Diagnostic] = []
    taken = 0
    for index, line in enumerate(lines):
        if not line or line[0] not in "#=-< \t" or covered[index] or index < taken:
            continue
        start, level, text, pairs = index, 0, "", ()
        if line[0] in "< \t":
            html = _html_heading(lines, index, opens=not out) if line.lstrip()[:1] == "<" else None
            if html and html[0].level <= deepest:
                out.append(_Found(replace(html[0], line=first_line + index), index, html[1]))
                taken = html[1]
            continue
        if found := atx_heading(line):
            level, text, pairs = found
        elif (underline := _UNDERLINE.match(line)) and _is_lone_line(lines, index, covered):
            start, level = index - 1, 1 if underline[1][0] == "=" else 2
            text, pairs = split_attributes(lines[start].strip())
        if not level or level > deepest or ("class", "plain") in pairs:
            continue
        out.append(_Found(SourceHeading(level, text, pairs, first_line + start), start, index + 1))
        if start < index and level == 2 and _reads_as_text(text):
            hints.append(
                Diagnostic(
                    "setext-heading",
                    _("The line above --- is read as a heading and starts a frame."),
                    _("Put an empty line between them for a rule, or write ## before the text."),
                    line=first_line + start,
                )
            )
    return out, hints


def _html_heading(lines: Sequence[str], index: int, *, opens: bool) -> tuple[SourceHeading, int] | None:
    """A heading written as HTML, and the first line after it: one that stands alone, or the title in what `opens` a
    readme. A centred one below the first level is what a readme says under its title.
    """
    line = lines[index].lstrip()
    if line[1:2] not in ("h", "H") or not line[2:3].isdecimal():
        return None
    alone = line == lines[index] and not (index and lines[index - 1].strip())
    if not alone and not (opens and line[2] == "1"):
        return None
    end = index
    while end < min(len(lines), index + _LONGEST_HTML_HEADING) and lines[end].strip():
        end += 1
        if "</h" in lines[end - 1].lower():
            break
    found = _HTML_HEADING.match("\n".join(lines[index:end]).lstrip())
    if found is None or (found[1] != "1" and "align" in found[2].lower()):
        return None
    text = " ".join(_DROPPED_TAGS.sub(" ", found[3]).split())
    if not any(map(str.isalnum, _ANY_TAG.sub("", text))):
        return None
    named = _NAME.search(found[2])
    return SourceHeading(int(found[1]), text, (("id", named[1]),) if named else (), 0), end


def _reads_as_text(line: str) -> bool:
    """Whether a line above --- is hardly a heading but the last of some text, meant to stand above a rule."""
    return len(line) > _LONGEST_HEADING or line.endswith((".", "!", "…", ";", ":", ","))


def _is_lone_line(lines: Sequence[str], underline: int, covered: Sequence[int]) -> bool:
    """Whether the line above an underline is a paragraph of its own."""
    if underline == 0 or covered[underline - 1]:
        return False
    above = lines[underline - 1]
    if not above.strip() or above.startswith(_NOT_A_PARAGRAPH) or list_marker(above) or attribute_line(above):
        return False
    if _UNDERLINE.match(above):
        return False
    before = lines[underline - 2] if underline > 1 else ""
    return not before.strip() or bool(covered[underline - 2]) or atx_heading(before) is not None


def _frames(lines: Sequence[str], first_line: int, headings: Sequence[_Found]) -> list[SourceFrame]:
    out: list[SourceFrame] = []
    if any(line.strip() for line in lines[: headings[0].start]):
        out.append(SourceFrame(None, "\n".join(lines[: headings[0].start]), first_line))
    for place, found in enumerate(headings):
        end = headings[place + 1].start if place + 1 < len(headings) else len(lines)
        out.append(SourceFrame(found.heading, "\n".join(lines[found.end : end]), first_line + found.end))
    return out


def _with_block_names(
    frames: Sequence[SourceFrame], names: Sequence[tuple[int, str]], first_line: int
) -> list[SourceFrame]:
    if not names:
        return list(frames)
    starts = [frame.first_line - first_line for frame in frames]
    blocks: dict[int, list[str]] = {}
    for line, name in names:
        blocks.setdefault(max(0, bisect_right(starts, line) - 1), []).append(name)
    return [replace(frame, blocks=tuple(blocks[i])) if i in blocks else frame for i, frame in enumerate(frames)]


def _with_embeds(frames: list[SourceFrame], embeds: Sequence[SourceEmbed]) -> list[SourceFrame]:
    if not embeds:
        return frames
    starts = [frame.first_line for frame in frames]
    inside: dict[int, list[SourceEmbed]] = {}
    for embed in embeds:
        place = bisect_right(starts, embed.line) - 1
        # one that is underlined is the heading of a frame, and stands in none
        if place >= 0 and embed.line <= starts[place] + frames[place].text.count("\n"):
            inside.setdefault(place, []).append(embed)
    return [replace(frame, embeds=tuple(inside[i])) if i in inside else frame for i, frame in enumerate(frames)]
