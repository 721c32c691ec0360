"""Terms replaced in what is exported: in words, names, addresses, formulas and blocks."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from atelier.markup.audience import renumbered
from atelier.markup.blocks import (
    CodeToken,
    FootnoteMark,
    Inline,
    InlineImage,
    InlineMath,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Private,
    Text,
    is_private,
)
from atelier.markup.plain import plain_words
from atelier.markup.terms import Found, Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from atelier.markup.blocks import Block

_T = TypeVar("_T")

_OBJECT: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a formula or a picture in a line."""
_SENTENCE_ENDS: Final = ".!?…"
_OPENING: Final = " \t\n\u00a0\u202f«“‘„\"'([{—–-*#"
_CLOSING: Final = ",.;:!?…)]}»”"
_PAIRS: Final = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”", "‘": "’", '"': '"'}
_TEXT_GROUP: Final = re.compile(r"\\(?:text\w*|mbox|hbox|mathrm|operatorname)\s*\{")
_COMMAND: Final = re.compile(r"\\[a-zA-Z]+\*?|\\[,;:! ]|[{}\s$~^_&\\]")
_LATEX: Final = str.maketrans({sign: "\\" + sign for sign in "{}$&#_%"} | {"\\": "", "^": "", "~": " "})
_KEPT: Final = frozenset({
    "source", "poster", "kind", "lang", "classes", "paths", "languages", "states", "layout", "name", "alt", "tex",
    "href", "id",
})  # fmt: skip
"""Fields of blocks that nobody reads as they are: names of files, of fields, of conditions; or that are done apart."""


class Redaction:
    """Replaces terms. `pairs` are (term, what stands in its place); a replacement is not searched again."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.terms = Terms(pairs)

    def text(self, text: str) -> str:
        """Words without markup."""
        return self.pieces((text,))[0]

    def pieces(self, pieces: Sequence[str], *, sentences: bool = True) -> list[str]:
        """The pieces of one text, a term that goes over several of them replaced in the first.

        At the beginning of one of its `sentences` a replacement gets a capital if the term had one.
        """
        flat = "".join(pieces)
        found = self.terms.find(flat)
        if not found:
            return list(pieces)
        edits = [self._edit(flat, each, sentences=sentences) for each in found]
        out: list[str] = []
        at = place = 0
        for piece in pieces:
            end = at + len(piece)
            kept: list[str] = []
            last = at
            while place < len(edits) and edits[place][0] < end:
                start, stop, put = edits[place]
                kept.append(flat[last : max(start, last)])
                if start >= at:
                    kept.append(put)
                last = min(stop, end)
                if stop > end:
                    break
                place += 1
            kept.append(flat[last:end])
            out.append("".join(kept))
            at = end
        return out

    def name(self, name: str, put: Callable[[str], str] | None = None) -> str:
        """A slug or the name of a file; `put` makes a replacement fit for it, else its spaces are as those around."""
        found = self.terms.find_in_name(name)
        if not found:
            return name
        out = name
        space = " " if " " in name else "-"
        for each in reversed(found):
            words = each.term.replacement
            words = put(words) if put is not None and words else words.replace(" ", space)
            before, after = out[: each.start], out[each.end :]
            if not words and (not before or before[-1] in "-_. "):
                after = after.lstrip("-_ ")
            out = before + words + after
        return out.strip("-_ ")

    def address(self, address: str) -> str:
        """An address; empty where it holds a term."""
        return "" if address and self.terms.in_address(address) is not None else address

    def tex(self, tex: str) -> str:
        """A formula; one that spells a term sign by sign becomes its replacement."""
        out: list[str] = []
        kept: list[str] = []
        at = 0
        for found in self.terms.find(tex):
            words = found.term.replacement.translate(_LATEX)
            kept.append(tex[at : found.start])
            out += (kept[-1], words if not words or _in_text(tex, found.start) else rf"\text{{{words}}}")
            at = found.end
        rest = " + ".join((*kept, tex[at:]))
        term = self.terms.scattered(_COMMAND.sub("", rest)) or self.terms.in_address(rest)
        return "".join((*out, tex[at:])) if term is None else rf"\text{{{term.replacement.translate(_LATEX)}}}"

    def inlines(self, inlines: tuple[Inline, ...], link: Callable[[str], str]) -> tuple[Inline, ...]:
        """A line; `link` gives what its links lead to, empty for nothing."""
        pieces = self.pieces([_flat(run) for run in inlines])
        out = [self._run(run, piece, link) for run, piece in zip(inlines, pieces, strict=True)]
        if all(map(_is, out, inlines)):
            return inlines
        return tuple(run for run in out if run is not None)

    def _run(self, run: Inline, piece: str, link: Callable[[str], str]) -> Inline | None:
        """A run whose words are `piece` now; None where nothing is left of it."""
        match run:
            case Text():
                if is_private(run):
                    return run
                href = link(run.href) if run.href else ""
                if run.href and not href and (named := self._shown_address(run)) is not None:
                    piece = named
                expansion = self.text(run.expansion) if run.expansion else ""
                if (piece, href, expansion) == (run.text, run.href, run.expansion):
                    return run
                return replace(run, text=piece, href=href, expansion=expansion) if piece else None
            case LineBreak():
                return run if piece else None
            case InlineMath():
                tex = run.tex if run.private else self.tex(run.tex)
                return run if tex == run.tex else replace(run, tex=tex)
            case InlineImage():
                alt = run.alt if run.private else self.words_for(run.source, run.alt)
                return run if alt == run.alt else replace(run, alt=alt)
            case FootnoteMark():
                return run

    def _shown_address(self, run: Text) -> str | None:
        """What stands for words that are the address they led to; None where they are others."""
        words = run.text.strip()
        if "." not in words or len(words.split()) != 1 or (term := self.terms.in_address(words)) is None:
            return None
        return term.replacement

    def words_for(self, source: str, alt: str) -> str:
        """The alternative text of a picture; where it has none and its name holds a term, that without it."""
        if alt.strip():
            plain = plain_words(alt) or alt  # marks stand in it as they were written
            for words in (plain, alt):
                if self.terms.find(words):
                    return self.text(words)
            return self.name(plain) if self.terms.find_in_name(plain) else alt
        name = re.split(r"[/\\]", source)[-1]
        shown = self.name(name)
        return alt if shown == name else shown or "–"

    def blocks(self, blocks: tuple[Block, ...], link: Callable[[str], str]) -> tuple[Block, ...]:
        """Blocks; those of which nothing is left are gone."""
        changed = _Blocks(self, link).changed(blocks)
        return renumbered(changed) if changed is not blocks else blocks

    def begin(self, line: int) -> None:
        """Told the line in the file of a block before its words: for who wants to know where terms are replaced."""

    def _edit(self, flat: str, found: Found, *, sentences: bool) -> tuple[int, int, str]:
        """Start, end and what to put there."""
        start, end, put = found.start, found.end, found.term.replacement
        if put:
            if sentences and flat[start].isupper() and _begins_sentence(flat, start):
                put = put[0].upper() + put[1:]
            return start, end, put
        while (pair := _around(flat, start, end)) is not None:
            start, end = pair
        follows = flat[end] if end < len(flat) else "."
        if follows == "," and flat[:start].rstrip().endswith(","):
            return len(flat[:start].rstrip()), end + 1, put
        if start and flat[start - 1].isspace() and (follows.isspace() or follows in _CLOSING):
            start -= 1
        elif not start or flat[start - 1].isspace() or flat[start - 1] in _PAIRS:
            while end < len(flat) and flat[end].isspace():
                end += 1
        return start, end, put


class _Blocks:
    """Walks through blocks of any kind, also such as are added later: whatever is words in them is looked at."""

    def __init__(self, redaction: Redaction, link: Callable[[str], str]) -> None:
        self._redaction = redaction
        self._link = link

    def changed(self, value: _T) -> _T:
        return cast("_T", self._changed(value))

    def _changed(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._redaction.text(value)
        if isinstance(value, tuple):
            items = cast("tuple[Any, ...]", value)
            if items and isinstance(items[0], Inline):
                return self._redaction.inlines(items, self._link)
            if items and all(map(_is_code, items)):
                return self._code(cast("tuple[tuple[Any, ...], ...]", items))
            out = tuple(self._changed(item) for item in items)
            if all(map(_is, out, items)):
                return items
            return tuple(each for each, before in zip(out, items, strict=True) if not _is_emptied(each, before))
        if isinstance(value, Private):
            self._redaction.begin(value.line)
            return value
        if not is_dataclass(value) or isinstance(value, type):
            return value
        return self._block(value)

    def _block(self, block: Any) -> Any:
        if line := getattr(block, "line", 0):
            self._redaction.begin(line)
        new: dict[str, Any] = {}
        for name in _names(cast("type[Any]", type(block))):
            given = getattr(block, name)
            now = given
            if name not in _KEPT or _is_line(given):
                now = self._changed(given)
            elif isinstance(given, str) and given:
                now = self._kept(name, given)
            if now is not given and now != given:
                new[name] = now
        if isinstance(alt := getattr(block, "alt", None), str):
            words = self._redaction.words_for(block.source, alt)
            if words != alt:
                new["alt"] = words
        return replace(block, **new) if new else block

    def _kept(self, name: str, value: str) -> str:
        match name:
            case "tex":
                return self._redaction.tex(value)
            case "href":
                return self._link(value)
            case "id":
                return self._redaction.name(value)
            case _:
                return value

    def _code(self, lines: tuple[tuple[Any, ...], ...]) -> tuple[tuple[Any, ...], ...]:
        """Lines of code: a term may go over several of their tokens, and over the end of a line."""
        pieces: list[str] = []
        for line in lines:
            pieces += [*(token.text for token in line), "\n"]
        done = self._redaction.pieces(pieces, sentences=False)
        if done == pieces:
            return lines
        words = iter(done)
        out: list[tuple[Any, ...]] = []
        for line in lines:
            tokens = [replace(token, text=text) for token, text in zip(line, words, strict=False)]
            next(words, "")
            out.append(tuple(token for token in tokens if token.text))
        return tuple(out)


def _is_line(value: object) -> bool:
    """Whether a value is words with markup: the `source` of a quotation is, that of a picture is a file."""
    return isinstance(value, tuple) and isinstance(next(iter(cast("tuple[object, ...]", value)), None), Inline)


def _is(one: object, other: object) -> bool:
    return one is other


def _is_code(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, CodeToken) for each in cast("tuple[object, ...]", value))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.name != "diagnostics")


def _is_emptied(now: object, before: object) -> bool:
    """Whether there were words in something, and none are left."""
    if isinstance(now, Paragraph) and isinstance(before, Paragraph):
        return not now.inlines and bool(before.inlines)
    if isinstance(now, ListBlock) and isinstance(before, ListBlock):
        return not now.items and bool(before.items)
    return isinstance(now, ListItem) and isinstance(before, ListItem) and not now.blocks and bool(before.blocks)


def _flat(run: Inline) -> str:
    """What a run is among the words around it; what the audience never sees is nothing."""
    if isinstance(run, FootnoteMark) or is_private(run):
        return ""
    if isinstance(run, Text):
        return run.text
    return "\n" if isinstance(run, LineBreak) else _OBJECT


def _around(flat: str, start: int, end: int) -> tuple[int, int] | None:
    """From the bracket or quotation mark before a place to the one after it, where there is nothing else in them."""
    before, after = flat[:start].rstrip(), flat[end:].lstrip()
    if not before or not after or _PAIRS.get(before[-1]) != after[0]:
        return None
    return len(before) - 1, len(flat) - len(after) + 1


def _begins_sentence(flat: str, at: int) -> bool:
    before = flat[:at].rstrip(_OPENING)
    return not before or before[-1] == "\n" or (before[-1] in _SENTENCE_ENDS and before != flat[:at])


def _in_text(tex: str, at: int) -> bool:
    """Whether a place in a formula is inside a group of words."""
    for group in _TEXT_GROUP.finditer(tex, 0, at) if "{" in tex else ():
        depth = 1
        for sign in tex[group.end() : at]:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if not depth:
                break
        if depth:
            return True
    return False
