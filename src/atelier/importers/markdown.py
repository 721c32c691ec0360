"""Pieces of this format's Markdown: what an importer puts together, and takes apart again.

Everywhere code and formulas have been put aside (`importers.aside`), so that a line is what it looks like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atelier.importers.aside import CODE_LINE
from atelier.markup.lines import attribute_line, indentation, list_marker
from atelier.markup.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADING: Final = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SLASHES = re.compile(r"^([ \t>]*)(/{3,})", re.MULTILINE)
_GAPS = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_SETEXT = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r"^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#$~^|])")
_DIV = re.compile(r" {0,3}:{3,}")


def tidy(text: str) -> str:
    """`text` without lines of blanks, empty ends, and more than one empty line between two."""
    lines = [line.rstrip() if not line.endswith("  ") or not line.strip() else line for line in text.split("\n")]
    return _GAPS.sub("\n\n", "\n".join(lines)).strip("\n")


def escaped(text: str) -> str:
    """Words of a plain text as Markdown that says them."""
    text = _SPECIAL.sub(r"\\\1", text)
    return text.replace("%%", "%&#37;").replace("{%", "{&#37;")


def escaped_line(line: str) -> str:
    """A line of plain words, nothing at its beginning read as a mark."""
    line = escaped(line)
    return re.sub(
        r"^(\s*)([-+=]|\d+(?=[.)]))", lambda m: f"{m[1]}{m[2]}\\" if m[2].isdecimal() else f"{m[1]}\\{m[2]}", line
    )


def inert(text: str) -> str:
    """Foreign Markdown without what only this format reads as markup: comments in per cent signs, `///` lines."""
    text = text.replace("%%", "%&#37;") if "%%" in text else text
    text = text.replace("{%", "{&#37;") if "{%" in text else text
    return _SLASHES.sub(lambda m: f"{m[1]}&#47;{m[2][1:]}", text) if "///" in text else text


def deeper(text: str) -> str:
    """`text` with its `///` blocks fit to stand in two others."""
    return _SLASHES.sub(r"\1\2//", text) if "///" in text else text


def columns(parts: Sequence[str], *, steps: bool = False) -> str:
    """Texts side by side; where but one says something it stands alone."""
    said = [tidy(part) for part in parts]
    if sum(bool(part) for part in said) < 2:
        return next((part for part in said if part), "")
    out = ["/// columns", "    steps: true", ""] if steps else ["/// columns", ""]
    for part in said:
        out += ["//// column", *([""] if part[:1] in " \t" else []), deeper(part), "////", ""]
    return "\n".join([*out[:-1], "///"])


def callout(title: str, body: str, kind: str = "note") -> str:
    head = f"/// callout | {title}" if title else "/// callout"
    return "\n".join([head, f"    type: {kind}", "", deeper(tidy(body)), "///"])


def notes_block(text: str) -> str:
    """Speaker's notes. Nothing in them ends the block; what looks like a heading is a bold line."""
    lines = [_bold_heading(line) for line in inert(tidy(text)).split("\n")]
    return "\n".join(["/// notes", *([""] if lines[0][:1] in " \t" else []), *lines, "///"])


def _bold_heading(line: str) -> str:
    found = HEADING.match(line)
    return f"**{found[2]}**" if found and found[2] and "**" not in found[2] else line if not found else (found[2] or "")


def with_attributes(block: str, attributes: str) -> str:
    """A block with an attribute list below it."""
    return f"{block.rstrip()}\n{{: {attributes} }}"


def blocks_of(text: str) -> list[str]:
    """The outermost blocks of a text: paragraphs, whole lists, `///` and `:::` blocks, tables."""
    lines = text.split("\n")
    spans = outline(lines).blocks
    out: list[list[str]] = []
    index = 0
    fresh = True
    while index < len(lines):
        line = lines[index]
        if span := spans.get(index):
            end = max(index + 1, span.end)
            out.append(lines[index:end])
            index, fresh = end, True
        elif _DIV.match(line) and line.strip(": \t"):
            end = _div_end(lines, index)
            out.append(lines[index:end])
            index, fresh = end, True
        elif not line.strip():
            index, fresh = index + 1, True
        elif list_marker(line) and (fresh or not out):
            end = _list_end(lines, index)
            out.append(lines[index:end])
            index, fresh = end, True
        elif attribute_line(line) is not None and out:
            out[-1].append(line)
            index, fresh = index + 1, True
        elif fresh or HEADING.match(line) or CODE_LINE.match(line) or list_marker(line):
            if list_marker(line):
                fresh = True
                continue
            out.append([line])
            index, fresh = index + 1, bool(HEADING.match(line) or CODE_LINE.match(line))
        else:
            out[-1].append(line)
            index += 1
    return ["\n".join(block).rstrip() for block in out]


def _div_end(lines: Sequence[str], start: int) -> int:
    depth = 0
    for index in range(start, len(lines)):
        if _DIV.match(lines[index]):
            depth += 1 if lines[index].strip(": \t") else -1
            if depth <= 0:
                end = index + 1
                return end + (end < len(lines) and attribute_line(lines[end]) is not None)
    return len(lines)


def _list_end(lines: Sequence[str], start: int) -> int:
    end = index = start + 1
    while index < len(lines):
        line = lines[index]
        if not line.strip():
            index += 1
            continue
        blank = not lines[index - 1].strip()
        if indentation(line) < 2 and not list_marker(line) and (blank or attribute_line(line) is not None):
            if attribute_line(line) is not None:
                return index + 1
            break
        if indentation(line) < 2 and not list_marker(line) and (HEADING.match(line) or CODE_LINE.match(line)):
            break
        index += 1
        end = index
    return end


def is_list(block: str) -> bool:
    return list_marker(block.split("\n", 1)[0]) is not None


def atx(text: str) -> str:
    """`text` with underlined headings written with `#`, and rules as `***`, which underline nothing."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if not (line.strip() and line.lstrip()[0] in "=-*_"):
            continue
        above = lines[index - 1] if index else ""
        before = lines[index - 2] if index > 1 else ""
        lone = bool(above.strip()) and not before.strip() and indentation(above) < 4
        plain = lone and not above.lstrip().startswith((">", "|", "#", "<", ":", "```")) and not list_marker(above)
        if plain and (found := _SETEXT.match(line)) and not _RULE.match(above):
            lines[index - 1], lines[index] = f"{'#' if found[1][0] == '=' else '##'} {above.strip()}", ""
        elif _RULE.match(line):
            lines[index] = "\n***\n" if above.strip() else "***\n"
    return "\n".join(lines)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in tidy(text).split("\n"))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of one-line cells, each already Markdown."""
    rows = [list(row) for row in rows]
    width = max([len(header), *(len(row) for row in rows)], default=0)
    if not width:
        return ""

    def line(cells: Sequence[str]) -> str:
        full = [*cells, *[""] * (width - len(cells))]
        return "| " + " | ".join(cell_text(cell) for cell in full) + " |"

    return "\n".join([line(header), "|" + " --- |" * width, *(line(row) for row in rows)])


def cell_text(text: str) -> str:
    """`text` in one line, its bars not those of the table."""
    text = "<br>".join(part for part in (" ".join(line.split()) for line in tidy(text).split("\n")) if part)
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def one_line(text: str) -> str:
    return " ".join(text.split())
