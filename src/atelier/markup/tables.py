"""Rows of a GFM table."""

from __future__ import annotations

import re

from atelier.markup.blocks import Align

_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_TICKS = re.compile("`+")
_LONGEST_DELIMITER = 20_000


def starts_table(header: str, delimiter: str) -> bool:
    """Whether two lines are the head of a table: as many cells below as above, and a bar in both."""
    if "|" not in header or "-" not in delimiter or "|" not in delimiter or len(delimiter) > _LONGEST_DELIMITER:
        return False
    return _DELIMITER.match(delimiter) is not None and len(split_row(header)) == len(split_row(delimiter))


def alignments(delimiter: str) -> tuple[Align, ...]:
    out: list[Align] = []
    for cell in split_row(delimiter):
        if cell.startswith(":") and cell.endswith(":") and len(cell) > 1:
            out.append(Align.CENTRE)
        else:
            out.append(Align.END if cell.endswith(":") else Align.START)
    return tuple(out)


def split_row(line: str) -> list[str]:
    """The cells of a row; a bar after a backslash, or inside a code span, is text."""
    line = line.strip()
    if "\\" not in line and "`" not in line:
        return [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
    line = line.removeprefix("|")
    cells: list[str] = []
    cell: list[str] = []
    index = 0
    closers: dict[str, int] = {}
    while index < len(line):
        sign = line[index]
        if sign == "\\" and index + 1 < len(line):
            cell.append("|" if line[index + 1] == "|" else line[index : index + 2])
            index += 2
            continue
        if sign == "`":
            run = _TICKS.match(line, index)
            ticks = run[0] if run else sign
            length = len(ticks)
            if ticks not in closers:
                closers[ticks] = line.rfind(ticks)
            end = line.find(ticks, index + length) if closers[ticks] >= index + length else -1
            stop = end + length if end >= 0 else index + length
            cell.append(line[index:stop].replace("\\|", "|"))
            index = stop
            continue
        if sign == "|":
            cells.append("".join(cell).strip())
            cell = []
        else:
            cell.append(sign)
        index += 1
    last = "".join(cell).strip()
    if last or not cells:
        cells.append(last)
    return cells
