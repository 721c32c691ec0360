"""Which tool a deck is from, by what is in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atelier.foundation.errors import InputError, Location
from atelier.foundation.texts import reason
from atelier.foundation.translation import _
from atelier.importers.settings import text_of
from atelier.importers.types import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from atelier.importers.settings import Value
    from atelier.importers.source import Source

_HEAD: Final = 8
_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_TEXTS: Final = frozenset(
    {".md", ".markdown", ".mdown", ".mkd", ".txt", ".text", ".qmd", ".rmd", ".html", ".htm", ".mdx", ".pandoc", ""}
)
_SIGNS: Final[Mapping[str, tuple[tuple[str, int], ...]]] = {
    "marp": (
        (
            r"^<!--\s*(?:\$|_)?(?:class|paginate|theme|backgroundColor|backgroundImage|headingDivider|footer|header|color|marp)\s*:",
            4,
        ),
        (r"!\[[^\]\n]{0,80}\bbg\b[^\]\n]{0,80}\]\(", 4),
        (r"!\[(?:[^\]\n]{0,40}\s)?(?:w|h|width|height):[\d.]+(?:px|%|cm)?[^\]\n]{0,40}\]\(", 3),
        (r"<style scoped>", 3),
    ),
    "slidev": (
        (r"</?v-clicks?\b|\bv-click\b|<v-after|<v-switch", 5),
        (r"^::(?:right|left|default|bottom)::\s*$", 5),
        (r"^---\nlayout:\s*\S", 5),
        (r"^```\w+ .*\{[\d,|*-]+\}|^```\w+ \{(?:all|[\d,-]+\|)", 2),
        (r"^<<< @/", 4),
        (r"magic-move|<Tweet |<Youtube |<carbon:", 3),
        (r"^---\n(?:transition|background|class|hideInToc|level|image|src|clicks):", 4),
    ),
    "reveal": (
        (r"<!--\s*\.?(?:slide|element)\b:?", 5),
        (r"^[Nn]otes?:", 4),
        (r"^(?:----|\+\+\+|>>>)\s*$", 3),
        (r"^```\w+ \[[\d,|: -]+\]", 3),
        (r"class=\"fragment", 2),
        (r"^@(?:title|snap|ul|\[[\d,-]+\])", 4),
    ),
    "pandoc": (
        (r"^:{3,}\s*\{?\.?(?:notes|columns|column|incremental|nonincremental|fragment|callout-\w+|panel-tabset)\b", 4),
        (r"^\. \. \.\s*$", 4),
        (r"^#+ .*\{[^}\n]*(?:background-color|background-image|data-background|\.unnumbered|visibility=)", 3),
        (r"^```\{(?:r|python|julia|ojs|mermaid|dot)\b", 3),
        (r"^#\| \w", 2),
        (r"\{\{< ", 2),
    ),
    "remark": (
        (r"^\?\?\?\s*$", 6),
        (r"(?<!\w)\.(?:left-column|right-column|pull-left|pull-right|footnote|center|large|red)\[", 5),
        (r"^(?:class|layout|template|name|count|background-image):\s*\S", 2),
        (r"^--\s*$", 2),
    ),
    "obsidian": (
        (r"!\[\[[^\]\n]+\]\]", 4),
        (r"(?<!!)\[\[[^\]\n]+\]\]", 3),
        (r"^> \[![\w-]+\][+-]?", 2),
        (r"^%%", 3),
        (r"<grid |<split ", 5),
    ),
    "markdown": ((r"^/{3,} (?:notes|columns|column|callout|caption|case|only|private)\b", 6),),
}
_SEPARATOR = re.compile(r"(?:---|\*\*\*|___|<!--\s*\w+\s*-->)\s*$")
_COUNTED: Final = 5
"""How often a sign may count."""


def kind_of_file(file: Path, head: bytes) -> str:
    """The kind of a file that is no text; nothing for a text. Raises InputError for what is neither."""
    suffix = file.suffix.lower()
    if head.startswith(b"%PDF-") or suffix == ".pdf":
        return "pdf"
    if head.startswith(b"PK\3\4") or suffix in (".pptx", ".potx", ".ppsx", ".pptm"):
        return "pptx"
    if head.startswith(_OFFICE) or suffix in (".ppt", ".key", ".odp"):
        message = _("Files of this kind ({suffix}) are not read.").format(suffix=suffix or "?")
        raise InputError(message, _("Save it as .pptx or as PDF, and import that."), Location(file))
    if suffix == ".canvas":
        message = _("A canvas needs no import: it opens as it is.")
        raise InputError(message, _("Open it with “atelier present”."), Location(file))
    if suffix not in _TEXTS:
        message = _("Files of this kind ({suffix}) are not read.").format(suffix=suffix)
        raise InputError(
            message, _("Say what it is with --from: {kinds}.").format(kinds=", ".join(KINDS)), Location(file)
        )
    return ""


def first_bytes(file: Path) -> bytes:
    """Raises InputError where there is no file to read."""
    try:
        if not file.is_file():
            missing = not file.exists()
            message = _("There is no such file.") if missing else _("This is not a file that can be imported.")
            raise InputError(message, "", Location(file))
        with file.open("rb") as opened:
            return opened.read(_HEAD)
    except (OSError, ValueError) as error:
        raise InputError(_("This file cannot be read."), reason(error), Location(file)) from error


def kind_of_text(source: Source) -> str:
    """The kind of a text, by the signs of each tool in it."""
    suffix = source.file.suffix.lower()
    front = source.front
    by_front = _by_front_matter(front)
    parted = any(_SEPARATOR.match(line) for line in source.lines)
    if by_front and (by_front != "reveal" or parted or "revealOptions" in front):
        return by_front
    if suffix == ".qmd":
        return "pandoc"
    if suffix == ".rmd":
        return "pandoc"
    text = "\n".join(line for line, hidden in zip(source.lines, _in_code(source), strict=True) if not hidden)
    if suffix in (".html", ".htm"):
        return "remark" if re.search(r"<textarea[^<>]*source", source.text) and "remark" in source.text else "reveal"
    points = {kind: _points(signs, text) for kind, signs in _SIGNS.items()}
    if source.lines and source.lines[0].startswith("% "):
        points["pandoc"] += 6
    best = max(points, key=lambda kind: points[kind])
    headed = bool(re.search(r"(?m)^#{1,6}\s+\S", text))
    if suffix in (".txt", ".text") and not headed:
        return "text"
    if points[best] >= 3:
        return best
    if re.search(r"(?m)^---\s*$", text):
        return "marp" if headed else "reveal"
    if not headed and re.search(r"(?m)^\s*(?:[-–•*]|\d+[.)]|[IVX]+\.|=+>)\s", text):
        return "text"
    return "markdown"


def _in_code(source: Source) -> list[bool]:
    """Lines of code; those of comments are looked at, for some tools keep their settings there."""
    comment = False
    out: list[bool] = []
    for line, covered in zip(source.lines, source.covered, strict=True):
        if "<!--" in line:
            comment = True
        out.append(covered and not comment)
        if "-->" in line:
            comment = False
    return out


def _points(signs: tuple[tuple[str, int], ...], text: str) -> int:
    total = 0
    for pattern, weight in signs:
        found = 0
        for _match in re.finditer(pattern, text, re.MULTILINE):
            found += 1
            if found == _COUNTED:
                break
        total += found * weight
    return total


def _by_front_matter(front: Mapping[str, Value]) -> str:
    """The tool whose settings a front matter has."""
    if "marp" in front or "headingDivider" in front or any(key.startswith("_") for key in front):
        return "marp"
    formats = " ".join([*_names(front.get("format")), *_names(front.get("output"))])
    if "moon_reader" in formats or "xaringan" in formats:
        return "remark"
    if formats:
        return "pandoc"
    if {"drawings", "highlighter", "colorSchema", "canvasWidth", "routerMode", "mdc", "themeConfig"} & set(front):
        return "slidev"
    if {"revealOptions", "verticalSeparator", "slideOptions"} & set(front):
        return "reveal"
    if {"layout", "transition", "background"} & set(front) and text_of(front.get("layout")) not in ("post", "page"):
        return "slidev"
    if text_of(front.get("theme")).startswith(("seriph", "apple-basic", "@slidev", "slidev-")):
        return "slidev"
    return "marp" if text_of(front.get("theme")) in ("gaia", "uncover") or "paginate" in front else ""


def _names(value: Value | None) -> list[str]:
    if isinstance(value, dict):
        return list(value)
    return [value] if isinstance(value, str) else []
