"""Quotation marks, apostrophes, dashes and spaces as a language prints them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from atelier.markup.blocks import Inline, InlineImage, LineBreak, Style, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class _Marks(NamedTuple):
    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


_CURLY = _Marks("“", "”", "‘", "’")
_MARKS = {
    "fr": _Marks(f"«{NARROW_SPACE}", f"{NARROW_SPACE}»", "‘", "’"),
    "de": _Marks("„", "“", "‚", "‘"),
}
_PLAIN = r"(?<!\.)\.\.\.(?!\.)|(?<!-)-{2,3}(?!-)|[\"']"
_ANY = re.compile(_PLAIN)
_FRENCH = re.compile(rf"{_PLAIN}|[ \u00a0\u202f]?[;!?:»]|«[ \u00a0\u202f]?|(?<=\d)[ \u00a0](?=[%€‰])")
_INTERESTING = re.compile(r"[\"'.\-;:!?«»%€‰]")
_OPENERS = "([{«“„‘‚—–-/¿¡"
_FACE_AFTER_COLON = frozenset(")(-DPpOo/|*'3")
_OPAQUE = "x"


def typeset(inlines: tuple[Inline, ...], lang: str) -> tuple[Inline, ...]:
    """The runs with the marks and spaces of `lang`; code, formulas and addresses stay as they are."""
    if not any(isinstance(run, Text) and _INTERESTING.search(run.text) for run in inlines):
        return inlines
    flat = "".join(_context(run) for run in inlines)
    language = lang.lower().replace("_", "-").split("-")[0]
    edits = _edits(flat, language)
    if not edits:
        return inlines
    out: list[Inline] = []
    at = place = 0
    for run in inlines:
        end = at + len(_context(run))
        if not isinstance(run, Text) or _is_opaque(run):
            while place < len(edits) and edits[place][0] < end:
                place += 1
            out.append(run)
        else:
            pieces: list[str] = []
            last = at
            while place < len(edits) and edits[place][0] < end:
                start, stop, put = edits[place]
                place += 1
                if stop <= end:
                    pieces += (flat[last:start], put)
                    last = stop
            pieces.append(flat[last:end])
            out.append(replace(run, text="".join(pieces)) if len(pieces) > 1 else run)
        at = end
    return tuple(out)


def typeset_words(text: str, lang: str) -> str:
    """The same for words without markup."""
    (run,) = typeset((Text(text),), lang) or (Text(text),)
    return run.text if isinstance(run, Text) else text


def _is_opaque(run: Text) -> bool:
    return Style.CODE in run.styles or (bool(run.href) and ("://" in run.text or run.text == run.href))


def _context(run: Inline) -> str:
    """What a run looks like to its neighbours."""
    if isinstance(run, Text):
        return _OPAQUE * len(run.text) if _is_opaque(run) else run.text
    return "\n" if isinstance(run, LineBreak) else " " if isinstance(run, InlineImage) else _OPAQUE


def _edits(flat: str, language: str) -> Sequence[tuple[int, int, str]]:
    marks = _MARKS.get(language, _CURLY)
    french = language == "fr"
    out: list[tuple[int, int, str]] = []
    inner = False
    for found in (_FRENCH if french else _ANY).finditer(flat):
        start, end = found.span()
        typed = found[0]
        before = flat[start - 1] if start else "\n"
        after = flat[end] if end < len(flat) else "\n"
        if typed == "...":
            put = "…"
        elif typed[0] == "-":
            put = _dash(typed, before, after)
        elif typed == '"':
            put = _double(marks, before, after)
        elif typed == "'":
            put = _single(marks, before, after, opened=inner)
            inner = put == marks.inner_opening or (inner and put != marks.inner_closing)
        elif typed[0] == "«":
            put = f"«{NARROW_SPACE}"
        elif typed[-1] == "»":
            put = f"{NARROW_SPACE}»"
        elif typed[-1] in ";!?:":
            put = _spaced(typed, before, after)
        else:
            put = NO_BREAK_SPACE
        if put != typed:
            out.append((start, end, put))
    return out


def _dash(typed: str, before: str, after: str) -> str:
    if typed == "---":
        return "—"
    if before.isspace() and after.isspace():
        return "–"
    if before.isdigit() and after.isdigit():
        return "–"
    return "—" if before.isalpha() and after.isalpha() else typed


def _opens(before: str, after: str) -> bool:
    return (before.isspace() or before in _OPENERS or before in "\"'") and not after.isspace()


def _double(marks: _Marks, before: str, after: str) -> str:
    if _opens(before, after):
        return marks.opening
    if before.isdigit() and not (after.isspace() or after in ".,;:!?)»”"):
        return '"'
    return marks.closing if not before.isspace() else '"'


def _single(marks: _Marks, before: str, after: str, *, opened: bool) -> str:
    if (after.isdigit() and not before.isalnum()) or (before.isalnum() and after.isalnum()):
        return "’"
    if _opens(before, after):
        return marks.inner_opening
    return marks.inner_closing if opened else "’"


def _spaced(typed: str, before: str, after: str) -> str:
    """French puts a narrow space before ; ! ? and a full one before the colon, none inside times and addresses."""
    sign = typed[-1]
    space = NO_BREAK_SPACE if sign == ":" else NARROW_SPACE
    if len(typed) > 1:  # a space was typed before it
        if before.isspace() or (sign in ":;" and after in _FACE_AFTER_COLON and after != "'"):
            return typed
        return space + sign
    if not (before.isalnum() or before in ")]}»”’\"'%€"):
        return typed
    if sign == ":":
        return space + sign if after.isspace() else typed
    return space + sign if after.isspace() or after in "\"')]}»”’!?…." else typed
