"""The words of PowerPoint's shapes as Markdown: paragraphs, lists, links, tables.

Format: ECMA-376 part 1, DrawingML (section 21) and PresentationML (section 19).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from atelier.importers.aside import fenced
from atelier.importers.markdown import escaped, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MONOSPACED: Final = re.compile(
    r"consol|courier|mono|menlo|source code|fira code|lucida console|inconsolata", re.IGNORECASE
)
_MOST_LEVELS: Final = 8
_LEVEL_NAMES: Final = tuple(f"{A}lvl{n}pPr" for n in range(1, 10))


class TextReader:
    """Reads the text frames of one slide. `address` gives what a relationship's id leads to."""

    def __init__(self, address: Callable[[str, str], str]) -> None:
        self._address = address
        self.formulas = 0

    def markdown(self, body: Any, styles: tuple[Any, ...], *, listed: bool) -> str:
        """The paragraphs of a `txBody`. `styles` are lists of level properties, the nearest first; where none of them
        says whether there are bullets, `listed` does.
        """
        out: list[str] = []
        depths: list[int] = []
        numbers: dict[int, int] = {}
        for paragraph in body.iter(f"{A}p"):
            text = self.words(paragraph).strip()
            if not text:
                depths = []
                numbers = {}
                continue
            if "<br>" in text and is_monospaced(paragraph):
                out += ["", fenced("", plain_text(paragraph).split("\n")), ""]
                depths, numbers = [], {}
                continue
            level = min(_MOST_LEVELS, _level(paragraph))
            sign = _bullet(paragraph, level, styles)
            sign = ("-" if listed else "") if sign is None else sign
            if not sign:
                if out:
                    out.append("")
                out.append(escaped_start(text))
                depths, numbers = [], {}
                continue
            if not depths and out and out[-1]:
                out.append("")
            while depths and depths[-1] > level:
                numbers.pop(depths.pop(), None)
            if not depths or depths[-1] < level:
                depths.append(level)
            if sign == "1.":
                numbers[level] = numbers[level] + 1 if level in numbers else _start(paragraph)
            else:
                numbers.pop(level, None)
            marker = f"{numbers[level]}." if sign == "1." else "-"
            out.append(f"{'    ' * (len(depths) - 1)}{marker} {escaped_start(text)}")
        return "\n".join(out)

    def words(self, paragraph: Any) -> str:
        """The runs of a paragraph with their emphasis and links."""
        out: list[str] = []
        for style, text in _joined(self._runs(paragraph)):
            out.append(_styled(text, style))
        return "".join(out)

    def _runs(self, paragraph: Any) -> Iterator[tuple[tuple[str, str], str]]:
        """Emphasis and link, and the words, of each run."""
        for run in paragraph:
            if run.tag == f"{A}br":
                yield ("", ""), "\v"
            elif run.tag in (f"{A}r", f"{A}fld"):
                found = run.find(f"{A}t")
                text = (found.text or "") if found is not None else ""
                yield self._style(run.find(f"{A}rPr")), text.replace("\t", " ").replace("\n", "\v")
            elif any(True for _each in run.iter(f"{M}t")):
                self.formulas += 1
                yield ("", ""), "".join(each.text or "" for each in run.iter(f"{M}t"))

    def _style(self, properties: Any) -> tuple[str, str]:
        if properties is None:
            return "", ""
        marks = "**" if properties.get("b") in ("1", "true") else ""
        marks += "*" if properties.get("i") in ("1", "true") else ""
        if properties.get("strike") not in (None, "noStrike"):
            marks += "~~"
        rise = properties.get("baseline", "0")
        font = properties.find(f"{A}latin")
        if font is not None and MONOSPACED.search(font.get("typeface", "")):
            marks = "`"
        if rise.lstrip("-").isdecimal() and int(rise):
            marks = "^" if int(rise) > 0 else "_"
        link = properties.find(f"{A}hlinkClick")
        address = self._address(link.get(f"{R}id", ""), link.get("action", "")) if link is not None else ""
        return marks, address

    def table(self, frame: Any) -> str:
        """A table; cells that others have taken over are empty."""
        rows = [[self._cell(cell) for cell in row.iter(f"{A}tc")] for row in frame.iter(f"{A}tr")]
        if not rows:
            return ""
        properties = frame.find(f".//{A}tblPr")
        headed = properties is not None and properties.get("firstRow") in ("1", "true")
        return table(rows[0], rows[1:]) if headed else table([""] * len(rows[0]), rows)

    def _cell(self, cell: Any) -> str:
        if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
            return ""
        return "\n".join(self.words(paragraph).strip() for paragraph in cell.iter(f"{A}p"))


def plain_text(body: Any) -> str:
    """The words of a text body, a line a paragraph, with no marks."""
    lines: list[str] = []
    for paragraph in body.iter(f"{A}p"):
        found = (each for each in paragraph.iter() if each.tag in (f"{A}t", f"{A}br"))
        parts = ["\n" if each.tag == f"{A}br" else each.text or "" for each in found]
        lines.append("".join(parts).replace("\x0b", "\n"))
    return "\n".join(lines).strip()


def is_monospaced(body: Any) -> bool:
    """Whether all its runs are in a font for code."""
    fonts = [run.find(f"{A}rPr/{A}latin") for run in body.iter(f"{A}r") if (run.findtext(f"{A}t") or "").strip()]
    return bool(fonts) and all(font is not None and MONOSPACED.search(font.get("typeface", "")) for font in fonts)


def notes_text(body: Any, reader: TextReader) -> str:
    """Speaker's notes: each paragraph by itself, lists as lists."""
    return reader.markdown(body, (), listed=False)


def escaped_start(text: str) -> str:
    """A paragraph whose first signs are not read as a mark; its emphasis is meant."""
    return re.sub(r"^(\s*)([-+=](?=\s|$)|\d+(?=[.)]\s)|[-+=]{3,}$)", _escape_start, text)


def _escape_start(m: re.Match[str]) -> str:
    return f"{m[1]}{m[2]}\\" if m[2].isdecimal() else f"{m[1]}\\{m[2]}"


def _joined(runs: Iterator[tuple[tuple[str, str], str]]) -> list[tuple[tuple[str, str], str]]:
    out: list[tuple[tuple[str, str], str]] = []
    for style, text in runs:
        if out and out[-1][0] == style:
            out[-1] = (style, out[-1][1] + text)
        elif text:
            out.append((style, text))
    return out


def _styled(text: str, style: tuple[str, str]) -> str:
    marks, address = style
    inner = text.strip(" \u00a0\v")
    if not inner:
        return text.replace("\v", "<br>")
    start = text.index(inner)
    before, after = text[:start].replace("\v", "<br>"), text[start + len(inner) :].replace("\v", "<br>")
    words = escaped(inner).replace("\v", "<br>")
    match marks:
        case "^":
            words = f"<sup>{words}</sup>"
        case "_":
            words = f"<sub>{words}</sub>"
        case "`" if "`" not in inner and "\v" not in inner:
            words = f"`{inner}`"
        case "" | "`":
            pass
        case _:
            words = f"{marks}{words}{_turned(marks)}"
    if address:
        words = f"[{words}](<{address}>)" if re.search(r"[\s()]", address) else f"[{words}]({address})"
    return f"{before}{words}{after}"


def _turned(marks: str) -> str:
    return "".join(reversed(re.findall(r"\*+|~~", marks)))


def _level(paragraph: Any) -> int:
    properties = paragraph.find(f"{A}pPr")
    level = properties.get("lvl", "0") if properties is not None else "0"
    return int(level) if level.isdecimal() and len(level) < 3 else 0


def _start(paragraph: Any) -> int:
    """The number a list begins with."""
    numbering = paragraph.find(f"{A}pPr/{A}buAutoNum")
    start = numbering.get("startAt", "1") if numbering is not None else "1"
    return int(start) if start.isdecimal() and len(start) < 9 else 1


def _bullet(paragraph: Any, level: int, styles: tuple[Any, ...]) -> str | None:
    """A dash or "1." where a paragraph has a bullet or a number, nothing where it has none, None where nobody says."""
    own = paragraph.find(f"{A}pPr")
    found = _sign(own)
    if found is None:
        for style in styles:
            found = _sign(style.find(_LEVEL_NAMES[min(level, 8)])) if style is not None else None
            if found is not None:
                break
    return found


def _sign(properties: Any) -> str | None:
    if properties is None:
        return None
    for tag, sign in ((f"{A}buNone", ""), (f"{A}buAutoNum", "1."), (f"{A}buChar", "-"), (f"{A}buBlip", "-")):
        if properties.find(tag) is not None:
            return sign
    return None
