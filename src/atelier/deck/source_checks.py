"""What the lines of a deck's text show before any of them is parsed: what looks like markup and is read as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atelier.deck.address_checks import check_addresses
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _
from atelier.markup.blockspec import SPECS
from atelier.markup.comments import strip_comments
from atelier.markup.lines import atx_heading
from atelier.markup.tables import split_row, starts_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atelier.deck.source_text import Source


_CROWDED = re.compile(r"(#{2,6}(?=[^\s#!/])|#(?=[^\W\d_]))\S")
_HASHTAG = re.compile(r"[ #]#\w|^#\w*[a-z]\w*[A-Z]\w*$")
_DEEPER = re.compile(r"(#{7,30})[ \t]+\w")
_WIDE = re.compile(r"＃+")
_NO_BREAK = re.compile(r"(#{1,6}|[-*+])[\u00a0\u2007\u202f]\s*\S")
_SEPARATOR = re.compile("[\u2028\u2029\u0085]")
_GARBLED = re.compile(
    "Ã[\u0080-\u00bf\u0192\u2030]|â€[\u0099-\u009d\u2122\u0153\u00a6\u201c\u201d]|Â[\u00a0\u00ab\u00bb\u00b0]"
)
TYPOGRAPHIC = re.compile(r"\{[^{}]*=[“”„«‘‚’]")
"""A value in quotation marks that hold nothing together."""
_HIGHLIGHT = re.compile(r"""hl_(?:lines|steps)\s*=\s*["']([^"']*)["']""")
_OPENS_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*\w")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,200})\]:")
_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s]{1,200})\]")
_LINK_DEFINITION = re.compile(r" {0,3}\[(?!\^)([^\[\]]{1,200})\]:[ \t]*(\S+)")
_FEW_SLASHES = re.compile(r"(//?)[ \t]*([A-Za-z]+)[ \t]*(?:\||$)")
_HIDDEN_ELSEWHERE = re.compile(
    r"""(?:\\{2,3}|／{2,3}|-{3}|!{3}|\?{3}|>[ ]?\[!|\{%-?)[ \t]*(?:notes|private|speaker[ -]?notes)\b"""
    r"""|\?{3}[ \t]*$|<(?:notes|private)\b|<\w+[^<>]*\bclass=["']?(?:notes|private)\b""",
    re.IGNORECASE,
)
"""How other programs, and fingers that slip, begin what the room does not see: here all of it is shown."""
_ROW = re.compile(r"\|.*\|[ \t]*$")
_DASHES = re.compile("[ \t\u200b\ufeff]*(?:-{3,}|[\u2013\u2014]{1,3})[ \t\u00a0\u200b]*$")
_COMMENT = re.compile(r"<!--.*-->\s*$")
_KEY_LINE = re.compile(r"""[A-Za-z][\w-]*\s*:(?:\s|$)|\s+\S|-\s|#|[}\]]""")
_DIRECTIVE = re.compile(
    r"/?(?:toc|tocstop|more|truncate|doctoc|all-contributors|prettier|markdownlint|textlint|eslint|cspell|vale|remark|lint"
    r"|spellchecker|omit|no toc|start|end|begin|stop|generated|auto-?generated|region|endregion|include|badges?|automd"
    r"|markdown-toc|snippet|embedme|slide|_?class)\b",
    re.IGNORECASE,
)
_LONGEST_FRONT_MATTER = 200  # lines
_WORDS_SHOWN = 60  # signs
_READ_CLASSES = ("private", "step", "steps", "plain")
_CLASS_LIST = re.compile(r"\{:?([^{}\n]{1,500})\}")
_CLASS = re.compile(r"(?:^|\s)\.([^\s#.={}\"']+)")
_ALIKE = 0.8


def check_source(source: Source) -> Iterator[Diagnostic]:
    """What is wrong with the lines of a text."""
    yield from _front_matter(source)
    yield from _comments(source)
    yield from _fences(source)
    yield from _definitions(source)
    for index, line in enumerate(source.bare):
        if not line or line.startswith(("    ", "\t")):
            continue
        if line[0] in "#＃-*+":
            yield from _marks(source, index, line)
        if line[0] in "\\／-!?>{<":
            yield from _shown_blocks(source, index, line)
        if "{" in line:
            yield from _lists(source, index, line)
        if line[0] == "/":
            yield from _lost_blocks(source, index, line)
        if "|" in line:
            yield from _tables(source, index, line)
        if "]" in line or "//" in line:
            yield from check_addresses(source, index, line)
    yield from _signs(source)


def _signs(source: Source) -> Iterator[Diagnostic]:
    """Letters that were lost or garbled before they came here."""
    for index, line in enumerate(source.lines):
        if line.isascii():
            continue
        if (at := line.find("\ufffd")) >= 0:
            message = _("A sign here cannot be shown; “\ufffd” stands in its place.")
            yield Diagnostic(
                "sign-unreadable", message, _("Type it anew, or delete it."), source.file, index + 1, at + 1
            )
        if found := _SEPARATOR.search(line):
            message = _("An invisible sign (U+{number}) is here, as other programs put it between lines.").format(
                number=f"{ord(found[0]):04X}"
            )
            hint = _("Delete it, and press Enter if a new line is to begin there.")
            yield Diagnostic("sign-unreadable", message, hint, source.file, index + 1, found.start() + 1)
        if found := _GARBLED.search(line):
            message = _("“{text}” looks like UTF-8 that was read as Latin-1 and saved again.").format(text=found[0])
            hint = _("Open the file it was pasted from as UTF-8, or correct the letters by hand.")
            yield Diagnostic("text-garbled", message, hint, source.file, index + 1, found.start() + 1)


def _front_matter(source: Source) -> Iterator[Diagnostic]:
    """Front matter that is not where it is read: below other lines, behind the first, or badly opened."""
    lines = source.lines
    first = next((i for i in range(source.body, len(lines)) if lines[i].strip() and not _COMMENT.match(lines[i])), -1)
    if first < 0:
        return
    opened = _DASHES.match(lines[first]) is not None
    if source.body and not opened:
        return
    keys: set[str] = set()
    for line in lines[first + opened : first + _LONGEST_FRONT_MATTER]:
        if _DASHES.match(line) or line.rstrip() == "..." or (not line.strip() and not opened):
            break
        if line.strip() and not _KEY_LINE.match(line):
            return
        keys.add(line.partition(":")[0].strip())
    else:
        return
    if not keys & {"title", "lang", "theme", "paths", "author", "ratio"}:
        return
    if source.body:
        message = _("This second front matter is not read: there is one, at the top of the file.")
        hint = _("Move its keys into the first one.")
    elif opened and lines[first].rstrip() != "---":
        message = _("This front matter is read as text: the line above it is not three plain hyphens and nothing else.")
        hint = _("Write --- at the left edge of the first line, and of the line below the last key.")
    elif opened:
        message = _("This front matter is read as text: it does not begin at the top of the file.")
        hint = _("Put --- on the first line, and the first key on the line below it.")
    else:
        message = _("These lines look like front matter and are read as text.")
        hint = _("Put --- on a line of its own above and below them.")
    yield Diagnostic("front-matter-misplaced", message, hint, source.file, first + 1)


def _comments(source: Source) -> Iterator[Diagnostic]:
    raw = source.lines[source.body :]
    stripped, _reported = strip_comments(list(raw), 1)
    index = 0
    while index < len(raw):
        line = raw[index]
        at = (
            -1
            if line == stripped[index]
            else min((p for p in (line.find("<!--"), line.find("%%")) if p >= 0), default=-1)
        )
        if at < 0:
            index += 1
            continue
        opening, closing = ("<!--", "-->") if line.startswith("<!--", at) else ("%%", "%%")
        start, rest, words = index, line[at + len(opening) :], ""
        while (
            closing not in rest
            and index + 1 < len(raw)
            and (raw[index + 1] != stripped[index + 1] or not raw[index + 1])
        ):
            words = words or rest.strip()
            index += 1
            rest = raw[index]
        words = words or rest.partition(closing)[0].strip()
        index += 1
        if any(map(str.isalnum, words)) and " " in words and not _DIRECTIVE.match(words) and not words.isupper():
            message = _("The comment “{words}” is hidden here; other programs may show it.").format(
                words=words if len(words) <= _WORDS_SHOWN else words[: _WORDS_SHOWN - 1] + "…"
            )
            hint = _("Put what nobody may read into /// notes or /// private, or out of the file before handing it on.")
            yield source.found("comment-leak", message, hint, start, at + 1)


def _fences(source: Source) -> Iterator[Diagnostic]:
    for span in source.outline.fences.values():
        inside = source.lines[source.body + span.start + 1 : source.body + span.stop - span.closed]
        mark = span.fence.mark
        for offset, line in enumerate(inside):
            found = _OPENS_FENCE.match(line) if mark * 3 in line else None
            if span.closed and found and found[1][0] == mark and len(found[1]) == span.fence.length:
                message = _("This code fence runs on to line {line}, where another one seems to begin.").format(
                    line=source.body + span.start + offset + 2
                )
                hint = _("Close it with {mark} above that line; one that shows fences takes a mark more.").format(
                    mark=mark * span.fence.length
                )
                yield source.found("fence-swallows", message, hint, span.start)
                break
        numbers = [int(n) for given in _HIGHLIGHT.findall(span.fence.info) for n in re.findall(r"\d{1,6}", given)]
        if numbers and max(numbers) > len(inside):
            message = _("Line {n} is to be highlighted, and the code has {count}.").format(
                n=max(numbers), count=len(inside)
            )
            yield source.found(
                "fence-lines", message, _("Count the lines from 1 at the first below the fence."), span.start
            )


def _definitions(source: Source) -> Iterator[Diagnostic]:
    defined: dict[str, int] = {}
    links: dict[str, str] = {}
    used: set[str] = set()
    for index, line in enumerate(source.bare):
        if "[" not in line:
            continue
        definition = _FOOTNOTE.match(line)
        used.update(_FOOTNOTE_MARK.findall(line, definition.end() if definition else 0))
        if definition and defined.setdefault(definition[1], index) != index:
            message = _("The footnote “{label}” is defined twice; the first one holds.").format(
                label=definition[1][:60]
            )
            yield source.found("definition-twice", message, _("Rename one of them, or delete it."), index)
        elif found := _LINK_DEFINITION.match(line):
            label = " ".join(found[1].split()).lower()
            if links.setdefault(label, found[2]) != found[2]:
                message = _("The link “{label}” is defined twice; the first address holds.").format(label=found[1][:60])
                yield source.found("definition-twice", message, _("Rename one of them, or delete it."), index)
    for label, index in defined.items():
        if label not in used:
            message = _("The footnote “{label}” is used nowhere, so it is not shown.").format(label=label[:60])
            hint = _("Put [^{label}] where it belongs, or delete it.").format(label=label[:60])
            yield source.found("footnote-unused", message, hint, index)


def _marks(source: Source, index: int, line: str) -> Iterator[Diagnostic]:
    """Lines that look like headings or items and are not, for the sign behind their marks."""
    if found := _NO_BREAK.match(line):
        message = (
            _("A no-break space follows the marks of this heading, and most programs read it as text.")
            if line[0] == "#"
            else _("A no-break space follows the mark of this item, and most programs read it as text.")
        )
        yield source.found("no-break-space", message, _("Type a plain space instead."), index, found.end(1) + 1)
        return
    if deep := _DEEPER.match(line):
        message = _("A heading has six marks at most, so “{line}” is read as text.").format(
            line=line.strip()[:_WORDS_SHOWN]
        )
        hint = _("Take marks away: {n} of them, or more.").format(n=len(deep[1]) - 6)
        yield source.found("heading-lookalike", message, hint, index)
        return
    if wide := _WIDE.match(line):
        message = _("“{marks}” is not the sign that makes a heading.").format(marks=wide[0][:6])
        hint = _("Write {marks} and a space.").format(marks="#" * min(6, len(wide[0])))
        yield source.found("heading-lookalike", message, hint, index)
        return
    if line[0] == "#" and (found := _CROWDED.match(line)) and _stands_alone(source.bare, index):
        words = line.strip("#").split()
        if found[1] == "#" and (_HASHTAG.search(line) or not (words[0][0].isupper() or len(words) > 1)):
            return
        message = _("“{line}” starts no frame: no space follows its marks.").format(line=line.strip()[:_WORDS_SHOWN])
        hint = _("Write “{marks} …” if it is a heading.").format(marks=found[1])
        yield source.found("heading-lookalike", message, hint, index, found.end(1) + 1)


def _stands_alone(lines: Sequence[str], index: int) -> bool:
    """Whether a line is no part of a paragraph that began above it, or of a run of such lines."""
    before = lines[index - 1] if index else ""
    after = lines[index + 1] if index + 1 < len(lines) else ""
    if before.strip() and atx_heading(before) is None:
        return False
    return not after.startswith("#") or atx_heading(after) is not None


def _lists(source: Source, index: int, line: str) -> Iterator[Diagnostic]:
    """Attribute lists with the wrong quotation marks, or with a class that is nearly one that is read."""
    if found := TYPOGRAPHIC.search(line):
        message = _("Typographic quotation marks do not hold a value together.")
        yield source.found("attributes-unread", message, _('Use straight ones: "…".'), index, found.end())
    if line.lstrip().startswith("|"):
        return
    for found in _CLASS_LIST.finditer(line):
        for name in _CLASS.findall(found[1]):
            if name in _READ_CLASSES or not (near := _nearly_read(name)):
                continue
            message = _("“.{name}” is a class for the theme and does nothing else.").format(name=name[:40])
            hint = _("Did you mean “{name}”?").format(name=f".{near}")
            yield source.found("class-misspelt", message, hint, index, found.start() + 1)


def _nearly_read(name: str) -> str:
    """The class that is read and that `name` was probably meant to be."""
    import difflib

    near = difflib.get_close_matches(name.lower()[:40], (*_READ_CLASSES, *_ELSEWHERE), n=1, cutoff=_ALIKE)
    return _ELSEWHERE.get(near[0], near[0]) if near else ""


_ELSEWHERE = {
    "privé": "private", "prive": "private", "privée": "private", "privat": "private", "secret": "private",
    "hidden": "private", "étape": "step", "étapes": "steps", "etapes": "steps", "incremental": "steps",
}  # fmt: skip
"""What other languages and programs call them."""


def _lost_blocks(source: Source, index: int, line: str) -> Iterator[Diagnostic]:
    """Blocks that are none for want of a slash: what was to be hidden is shown."""
    if (found := _FEW_SLASHES.match(line)) and found[2].lower() in SPECS:
        message = _("“{line}” opens no block, and what stands below it is shown.").format(
            line=line.strip()[:_WORDS_SHOWN]
        )
        hint = _("Write three slashes, also where it is closed.")
        yield source.found("block-lookalike", message, hint, index)


def _shown_blocks(source: Source, index: int, line: str) -> Iterator[Diagnostic]:
    """What other programs hide from the room, and this one shows."""
    if _HIDDEN_ELSEWHERE.match(line):
        message = _("“{line}” hides nothing here: what belongs to it is shown.").format(
            line=line.strip()[:_WORDS_SHOWN]
        )
        hint = _("Write /// notes or /// private above it, and /// below it.")
        yield source.found("block-lookalike", message, hint, index)


def _tables(source: Source, index: int, line: str) -> Iterator[Diagnostic]:
    """What is wrong with the table that a line begins, or seems to."""
    lines = source.bare
    before = lines[index - 1] if index else ""
    below = lines[index + 1] if index + 1 < len(lines) else ""
    if "|" in before:
        return
    if starts_table(line, below):
        yield from _wide_rows(source, index + 2, len(split_row(line)))
    elif not before.strip() and _ROW.match(line) and _ROW.match(below):
        message = _("These rows make no table: the line below the first one is not of dashes, or has other cells.")
        hint = _("Put a line such as |---|---| below the first row, with as many cells.")
        yield source.found("table-broken", message, hint, index)


def _wide_rows(source: Source, first: int, columns: int) -> Iterator[Diagnostic]:
    """Rows with more cells than their table has columns: what is in those is not shown."""
    for index, row in enumerate(source.bare[first:], first):
        if "|" not in row:
            return
        cells = split_row(row)
        if any(cells[columns:]):
            message = _("This row has {n} cells, and its table {columns} columns: the rest is not shown.").format(
                n=len(cells), columns=columns
            )
            hint = _("Take a bar away, or write \\| for one that is text.")
            yield source.found("table-cells", message, hint, index)
