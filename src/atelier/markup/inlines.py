"""The inside of a paragraph, from Python-Markdown's element tree to typed runs."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from atelier.markup.blocks import (
    NO_STYLES,
    FootnoteMark,
    Inline,
    InlineImage,
    InlineMath,
    LineBreak,
    Style,
    Text,
)
from atelier.markup.limits import put_back
from atelier.markup.lines import Attributes, attributes
from atelier.markup.safety import HIDDEN_TAGS, SIMPLE_TAGS, safe_address
from atelier.markup.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from xml.etree.ElementTree import Element

    from atelier.markup.inlinemarks import InlineTree
    from atelier.markup.source import Definitions

_MARKUP = re.compile(r"[\\`*_\[\]<&~^=$!\n]|https?:")
_ESCAPED = re.compile("\x02(\\d+)\x03|\x02amp\x03|[\x02\x03]")
_ATTRIBUTES = re.compile(r"\{:?([^{}\n]*)\}")
_SPACES = re.compile(r"[ \t\n]+")
_STYLES = {
    "strong": Style.STRONG,
    "em": Style.EMPHASIS,
    "mark": Style.MARK,
    "del": Style.DELETED,
    "ins": Style.INSERTED,
    "sup": Style.SUPERSCRIPT,
    "sub": Style.SUBSCRIPT,
}
_MOST_PHRASES = 200
"""Abbreviations of more than letters and digits: they are looked for one by one."""
_TEXT_WIDTH = 800
"""Pixels a picture as wide as the text has, for widths given in pixels."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as written, before it is known whether it stands alone or in a line."""

    source: str
    alt: str
    title: str = ""
    credit: str = ""
    width: float = 0.0
    href: str = ""
    private: bool = False


Run: TypeAlias = Inline | Picture


class InlineReader:
    """Reads the inside of paragraphs; loads Python-Markdown when the first one with markup comes."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._tree: InlineTree | None = None
        self._expansions = dict(definitions.abbreviations)
        phrases = sorted((each for each in self._expansions if each and not each.isalnum()), key=len, reverse=True)
        spelt = "".join(rf"(?<!\w){re.escape(phrase)}(?!\w)|" for phrase in phrases[:_MOST_PHRASES])
        self._abbreviation = re.compile(rf"{spelt}\w+") if self._expansions else None

    def read(self, text: str, lang: str, footnote: Callable[[str], int] | None) -> tuple[Run, ...]:
        """The runs of `text`. `footnote` numbers a label (0: there is no such note); without it marks are left out."""
        text = text.strip()
        if not text:
            return ()
        runs: Sequence[Run] = (
            (Text(put_back(_SPACES.sub(" ", text))),) if not _MARKUP.search(text) else self._parse(text, footnote)
        )
        return self._finish(runs, lang)

    def _parse(self, text: str, footnote: Callable[[str], int] | None) -> Sequence[Run]:
        if self._tree is None:
            from atelier.markup.inlinemarks import InlineTree

            self._tree = InlineTree(self._definitions.links)
        walk = _Walk(footnote)
        walk.children(self._tree.parse(text), NO_STYLES, "")
        return _merged(walk.runs)

    def _finish(self, runs: Sequence[Run], lang: str) -> tuple[Run, ...]:
        pictures = [run for run in runs if isinstance(run, Picture)]
        words = tuple(InlineImage(run.source, run.alt) if isinstance(run, Picture) else run for run in runs)
        words = typeset(words, lang)
        if pictures:
            at = iter(pictures)
            done: list[Run] = [next(at) if isinstance(run, InlineImage) else run for run in words]
        else:
            done = list(words)
        if self._abbreviation:
            done = [piece for run in done for piece in self._abbreviated(run, self._abbreviation)]
        return tuple(done)

    def _abbreviated(self, run: Run, pattern: re.Pattern[str]) -> Sequence[Run]:
        if not isinstance(run, Text) or Style.CODE in run.styles:
            return (run,)
        out: list[Run] = []
        at = 0
        for found in pattern.finditer(run.text):
            if found[0] not in self._expansions:
                continue
            if found.start() > at:
                out.append(replace(run, text=run.text[at : found.start()]))
            out.append(replace(run, text=found[0], expansion=self._expansions[found[0]]))
            at = found.end()
        if at < len(run.text):
            out.append(replace(run, text=run.text[at:]))
        return out


def in_line(runs: Sequence[Run]) -> tuple[Inline, ...]:
    """Runs whose pictures stand in the line."""
    return tuple(
        InlineImage(run.source, run.alt, private=run.private) if isinstance(run, Picture) else run for run in runs
    )


def is_blank(run: Run) -> bool:
    return isinstance(run, LineBreak) or (isinstance(run, Text) and not run.text.strip())


class _Walk:
    """Goes through an element tree in reading order and keeps the styles that HTML tags switch on and off."""

    def __init__(self, footnote: Callable[[str], int] | None) -> None:
        self.runs: list[Run] = []
        self._footnote = footnote
        self._tags: list[str] = []
        self._switched = NO_STYLES
        self._hidden: list[str] = []

    def children(self, element: Element, styles: frozenset[Style], href: str) -> None:
        self._words(element.text, styles, href)
        for child in element:
            tail = child.tail or ""
            pairs: Attributes = ()
            if tail.startswith("{") and child.tag not in ("tag", "br", "footnote"):
                pairs, tail = _split_tail(tail)
            private = any(key == "class" and "private" in value.split() for key, value in pairs)
            self._element(child, styles | {Style.PRIVATE} if private else styles, href, dict(pairs))
            self._words(tail, styles, href)

    def _element(self, element: Element, styles: frozenset[Style], href: str, pairs: dict[str, str]) -> None:
        if element.tag == "tag":
            self._switch(element.get("name", ""), closes=bool(element.get("closes")))
            return
        if self._hidden:
            return
        private = Style.PRIVATE in styles
        match element.tag:
            case "br":
                self.runs.append(LineBreak())
            case "math":
                self.runs.append(InlineMath(_words_of(element.text), private=private))
            case "footnote":
                self._mark(element.get("label", ""), styles, private=private)
            case "img":
                self._picture(element, pairs, href, private=private)
            case "a":
                self.children(element, styles, safe_address(_words_of(element.get("href"))))
            case "code":
                text = html.unescape(_words_of(element.text)).replace("\n", " ")
                self.runs.append(Text(text, styles | self._switched | {Style.CODE}, href))
            case tag if tag in _STYLES:
                self.children(element, styles | {_STYLES[tag]}, href)
            case _:
                self.children(element, styles, href)

    def _switch(self, name: str, *, closes: bool) -> None:
        if name in HIDDEN_TAGS:
            if not closes:
                self._hidden.append(name)
            elif name in self._hidden:
                self._hidden.remove(name)
        elif name == "br" and not self._hidden:
            self.runs.append(LineBreak())
        elif name in SIMPLE_TAGS:
            if not closes:
                self._tags.append(name)
            elif name in self._tags:
                self._tags.remove(name)
            self._switched = frozenset(SIMPLE_TAGS[tag] for tag in self._tags)

    def _mark(self, label: str, styles: frozenset[Style], *, private: bool) -> None:
        if self._footnote is None:
            return
        number = self._footnote(put_back(label))
        self.runs.append(FootnoteMark(number, private=private) if number else Text(put_back(f"[^{label}]"), styles))

    def _picture(self, element: Element, pairs: dict[str, str], href: str, *, private: bool) -> None:
        self.runs.append(
            Picture(
                source=_words_of(element.get("src")).strip(),
                alt=_SPACES.sub(" ", _words_of(element.get("alt"))).strip(),
                title=_words_of(element.get("title")).strip(),
                credit=pairs.get("data-credit", "") or pairs.get("credit", ""),
                width=_share(pairs.get("width", "")),
                href=href,
                private=private,
            )
        )

    def _words(self, text: str | None, styles: frozenset[Style], href: str) -> None:
        if not text or self._hidden:
            return
        self.runs.append(Text(_SPACES.sub(" ", _words_of(text)), styles | self._switched, href))


def _split_tail(tail: str) -> tuple[Attributes, str]:
    """The attribute list that directly follows an element, and the rest of the text."""
    found = _ATTRIBUTES.match(tail)
    if found is None or (pairs := attributes(found[1])) is None:
        return (), tail
    return pairs, tail[found.end() :]


def _words_of(text: str | None) -> str:
    """Text with Python-Markdown's escapes, and the signs put aside, as they were written."""
    if not text:
        return ""
    if "\x02" in text or "\x03" in text:
        text = _ESCAPED.sub(lambda m: chr(int(m[1])) if m[1] else "&" if "amp" in m[0] else "", text)
    return put_back(text)


def _share(width: str) -> float:
    """A width as a share of the text's: 60% is 0.6; a number is in pixels."""
    number = re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(%|px)?\s*", width)
    if number is None:
        return 0.0
    value = float(number[1]) / (100 if number[2] == "%" else _TEXT_WIDTH)
    return min(1.0, value)


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Neighbours in one style as one run, spaces at line breaks and at both ends taken away."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if isinstance(run, Text):
            text = run.text
            if Style.CODE not in run.styles and (
                last is None
                or isinstance(last, LineBreak)
                or (isinstance(last, Text) and last.text[-1:] == " " and Style.CODE not in last.styles)
            ):
                text = text.lstrip(" ")
            if not text:
                continue
            if isinstance(last, Text) and (last.styles, last.href) == (run.styles, run.href):
                out[-1] = replace(last, text=last.text + text)
                continue
            out.append(replace(run, text=text) if text is not run.text else run)
            continue
        if isinstance(run, LineBreak) and isinstance(last, Text):
            out[-1] = replace(last, text=last.text.rstrip(" "))
        out.append(run)
    while out and (is_blank(out[-1])):
        out.pop()
    if out and isinstance(last := out[-1], Text):
        out[-1] = replace(last, text=last.text.rstrip(" "))
    return out
