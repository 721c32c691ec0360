"""The inside of a paragraph, from Python-Markdown's element tree to typed runs."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from atelier.markup.addresses import is_badge, is_remote, name_of
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
from atelier.markup.limits import put_aside, put_back
from atelier.markup.lines import Attributes, attributes
from atelier.markup.media import kind_of, span
from atelier.markup.plain import without_private
from atelier.markup.safety import HIDDEN_TAGS, SIMPLE_TAGS, safe_address
from atelier.markup.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from xml.etree.ElementTree import Element

    from atelier.markup.inlinemarks import InlineTree
    from atelier.markup.source import Definitions

_MARKUP = re.compile(r"[\\`*_\[\]<&~^=$!\n]|https?:|:[\w+-]+:|\{[{%]")
_ESCAPED = re.compile("\x02(\\d+)\x03|\x02amp\x03|[\x02\x03]")
_ATTRIBUTES = re.compile(r"\{:?([^{}\n]*)\}")
_AFTER_LINK = re.compile(r"(?<=\))\{([^{}\n]{0,2000})\}")
"""Attributes of a link or picture; what they say is not read as markup."""
_SPACES = re.compile(r"[ \t\n]+")
_LINE_END = re.compile(r"(?<!\\) *\n")
_STYLES = {
    "strong": Style.STRONG,
    "em": Style.EMPHASIS,
    "mark": Style.MARK,
    "del": Style.DELETED,
    "ins": Style.INSERTED,
    "sup": Style.SUPERSCRIPT,
    "sub": Style.SUBSCRIPT,
}
_SETTINGS = re.compile(
    r"^(?:bg|(?:w|h|width|height):[\w%.]+)"
    r"(?: (?:bg|fit|cover|contain|auto|vertical|opacity|blur|sepia|\d+%|[a-z]+:[\w%.]+|left|right))*$"
)
"""What Marp writes in place of the words for those who do not see a picture."""
_SAY_NOTHING = frozenset({"avatar", "image", "img", "icon", "logo", "picture", "photo", "screenshot", "alt text"})
"""Words for a picture that tell nobody what it shows."""
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
    poster: str = ""
    span: tuple[float, float] = (0.0, 0.0)
    """Of a film or sound: where playing begins and ends, in seconds."""

    @property
    def in_words(self) -> bool:
        """Whether it is its words in a line: it lies on the network, or is a film or a sound."""
        return is_remote(self.source) or kind_of(self.source) is not None


Run: TypeAlias = Inline | Picture


class InlineReader:
    """Reads the inside of paragraphs; loads Python-Markdown when the first one with markup comes."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self.breaks_lines = False
        """Whether every end of a line breaks the line."""
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
        if self.breaks_lines and "\n" in text:
            text = _LINE_END.sub("  \n", text)
        runs: Sequence[Run] = (
            (Text(put_back(_SPACES.sub(" ", text))),) if not _MARKUP.search(text) else self._parse(text, footnote)
        )
        return self._finish(runs, lang)

    def _parse(self, text: str, footnote: Callable[[str], int] | None) -> Sequence[Run]:
        if self._tree is None:
            from atelier.markup.inlinemarks import InlineTree

            self._tree = InlineTree(self._definitions.links)
        if "){" in text:
            text = _AFTER_LINK.sub(lambda m: f"{{{put_aside(m[1])}}}", text)
        walk = _Walk(footnote)
        walk.children(self._tree.parse(text), NO_STYLES, "")
        return _levelled(_merged(_without_badges(walk.runs)))

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
    """Runs whose pictures stand in the line. One from the network is its words, where the line has not said them; so is
    a film or a sound, which takes room of its own.
    """
    out: list[Run] = []
    said = "".join(run.text for run in runs if isinstance(run, Text)).casefold()
    worded = False
    for run in runs:
        if not isinstance(run, Picture):
            out.append(run)
        elif not run.in_words:
            out.append(InlineImage(run.source, run.alt, private=run.private))
        else:
            worded = True
            words = run.alt or ("" if is_remote(run.source) else name_of(run.source))
            if words and words.casefold() not in said and words.casefold() not in _SAY_NOTHING:
                out.append(Text(words, frozenset({Style.PRIVATE}) if run.private else NO_STYLES, run.href))
    made = _merged(out) if worded else out
    return tuple(run for run in made if not isinstance(run, Picture))


def in_words(pictures: Sequence[Picture]) -> tuple[Inline, ...]:
    """Pictures nobody can see here, by their names in a line."""
    out: list[Inline] = []
    for picture in dict.fromkeys(picture for picture in pictures if picture.alt and not picture.private):
        if out:
            out.append(Text(" · "))
        out.append(Text(picture.alt, href=picture.href))
    return tuple(out)


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
        self._address = ""
        """Where the link leads that a tag has opened."""

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
            self._tag(element)
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
                self.runs.append(Text(text, styles | self._switched | {Style.CODE}, href or self._address))
            case tag if tag in _STYLES:
                self.children(element, styles | {_STYLES[tag]}, href)
            case _:
                self.children(element, styles, href)

    def _tag(self, element: Element) -> None:
        """A tag of HTML: it switches a style or a link on or off, or breaks the line."""
        name, closes = element.get("name", ""), bool(element.get("closes"))
        if name in HIDDEN_TAGS:
            if not closes:
                self._hidden.append(name)
            elif name in self._hidden:
                self._hidden.remove(name)
        elif name == "br" and not self._hidden:
            self.runs.append(LineBreak())
        elif name == "a":
            self._address = "" if closes else safe_address(_words_of(element.get("href")))
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
                alt=_public(
                    pairs.get("fig-alt") or _SETTINGS.sub("", _SPACES.sub(" ", _words_of(element.get("alt"))).strip())
                ),
                title=_words_of(element.get("title")).strip(),
                credit=pairs.get("data-credit", "") or pairs.get("credit", ""),
                width=share(pairs.get("width", "") or element.get("width", "")),
                href=href or self._address,
                private=private,
                poster=pairs.get("poster", "").strip(),
                span=span(element.get("src", ""), pairs),
            )
        )

    def _words(self, text: str | None, styles: frozenset[Style], href: str) -> None:
        if not text or self._hidden:
            return
        self.runs.append(Text(_SPACES.sub(" ", _words_of(text)), styles | self._switched, href or self._address))


def _split_tail(tail: str) -> tuple[Attributes, str]:
    """The attribute list that directly follows an element, and the rest of the text."""
    found = _ATTRIBUTES.match(tail)
    if found is None or (pairs := attributes(put_back(found[1]))) is None:
        return (), tail
    return pairs, tail[found.end() :]


def _words_of(text: str | None) -> str:
    """Text with Python-Markdown's escapes, and the signs put aside, as they were written."""
    if not text:
        return ""
    if "\x02" in text or "\x03" in text:
        text = _ESCAPED.sub(lambda m: chr(int(m[1])) if m[1] else "&" if "amp" in m[0] else "", text)
    return put_back(text)


def _public(alt: str) -> str:
    """Words for a picture less the private spans in them, which nobody has parsed: nothing where one is unclear."""
    alt = html.unescape(alt) if "&" in alt else alt
    words = without_private(alt)
    return "" if words is None else " ".join(words.split()) if words != alt else alt


def share(width: str) -> float:
    """A width as a share of the text's: 60% is 0.6; a number is in pixels."""
    number = re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(%|px)?\s*", width)
    if number is None:
        return 0.0
    value = float(number[1]) / (100 if number[2] == "%" else _TEXT_WIDTH)
    return min(1.0, value)


def _without_badges(runs: Sequence[Run]) -> Sequence[Run]:
    """`runs` without the badges of a readme, and without what only stood between them."""
    kept = [run for run in runs if not (isinstance(run, Picture) and is_badge(run.source))]
    if len(kept) == len(runs):
        return runs
    says = any(not isinstance(run, Text | LineBreak) or any(map(str.isalnum, getattr(run, "text", ""))) for run in kept)
    return kept if says else ()


_RAISED = frozenset({Style.SUPERSCRIPT, Style.SUBSCRIPT})
_LONGEST_RAISED = 12
"""Signs."""


def _levelled(runs: list[Run]) -> list[Run]:
    """`runs` where whole phrases are neither raised nor lowered, which people do to have them small."""
    start = 0
    while start < len(runs):
        end, signs = start, 0
        while end < len(runs) and isinstance(run := runs[end], Text) and run.styles & _RAISED:
            signs += len(run.text)
            end += 1
        if signs > _LONGEST_RAISED:
            runs[start:end] = [
                replace(run, styles=run.styles - _RAISED) for run in runs[start:end] if isinstance(run, Text)
            ]
        start = max(end, start + 1)
    return runs


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
        if isinstance(run, LineBreak):
            if isinstance(last, Text):
                out[-1] = replace(last, text=last.text.rstrip(" "))
            if last is None or (len(out) > 1 and isinstance(last, LineBreak) and isinstance(out[-2], LineBreak)):
                continue
        out.append(run)
    while out and (is_blank(out[-1])):
        out.pop()
    if out and isinstance(last := out[-1], Text):
        out[-1] = replace(last, text=last.text.rstrip(" "))
    return out
