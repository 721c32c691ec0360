"""Python-Markdown set up for the inside of a paragraph, with the marks it does not know.

This module imports Python-Markdown: it is imported when the first text with markup is read.
"""

# ruff: noqa: ARG002 - the signature of handleMatch is Python-Markdown's

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from atelier.markup.safety import KNOWN_TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 2_000
"""Signs a formula may have; keeps opening marks that are never closed linear."""

_MATH = (
    rf"(?<![\\$])\$\$(?P<double>[^$]{{1,{_LONGEST}}}?)\$\$"
    rf"|(?<![\\$])\$(?![\s$])(?P<single>(?:[^\\$]|\\.){{1,{_LONGEST}}}?)(?<!\s)\$(?![\d$])"
    rf"|(?<!\\)\\\((?P<round>.{{1,{_LONGEST}}}?)\\\)"
    rf"|(?<!\\)\\\[(?P<square>(?=[^\]]*[\^_={{])[^\]]{{1,{_LONGEST}}}?)\\\]"  # else a bracket that is no link
)
_FOOTNOTE = r"\[\^([^\]\s]{1,200})\]"
_ADDRESS = r"(?<![\w/\"'=<(\[])https?://[^\s<>\x02\x03]{1,2000}"
_ADDRESS_IN_BRACKETS = r"(?<=\()https?://[^\s<>()\x02\x03]{1,2000}(?=\))"
_MAIL = r"<((?:mailto:)?[^<> !@]{1,200}@[^@<> ]{1,200})>"
_TAG = r"<(/?)([A-Za-z][A-Za-z0-9-]{0,30})((?:\s[^<>]{0,4000})?)/?>|<!--.{0,4000}?-->|<\?.{0,4000}?\?>"
_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_BREAK = r"\\\n"
_PAIRED = (
    # tag, sign, whether two of them and only around whole words, so that `a==b` stays what it is
    ("mark", "=", True),
    ("del", "~", True),
    ("ins", r"\^", True),
    ("sub", "~", False),
    ("sup", r"\^", False),
)
_TRAILING = re.compile(r"[.,;:!?'\"*_~)\]]+$")


class _Math(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        node = Element("math")
        tex = next(group for group in m.group("double", "single", "round", "square") if group is not None)
        node.text = AtomicString(tex.strip())
        return node, m.start(), m.end()


class _Footnote(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        return Element("footnote", {"label": m[1]}), m.start(), m.end()


class _Address(InlineProcessor):
    """A bare web address, without the punctuation of the sentence it ends."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:
        address = m[0]
        if trailing := _TRAILING.search(address):
            address = address[: trailing.start() + (trailing[0][0] == ")" and "(" in address)]
        node = Element("a", {"href": address})
        node.text = AtomicString(address)
        return node, m.start(), m.start() + len(address)


class _Mail(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        mail = m[1].removeprefix("mailto:")
        node = Element("a", {"href": f"mailto:{mail}"})
        node.text = AtomicString(mail)
        return node, m.start(), m.end()


class _Tag(InlineProcessor):
    """A tag by itself: where it opens or closes is for the reader of the tree, which never sees it as markup."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str | None, int | None, int | None]:
        name = (m[2] or "").lower()
        if not name:
            return "", m.start(), m.end()
        if name not in KNOWN_TAGS:
            return None, None, None
        return Element("tag", {"name": name, "closes": m[1]}), m.start(), m.end()


class _Entity(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:
        return html.unescape(m[0]), m.start(), m.end()


class _Break(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        return Element("br"), m.start(), m.end()


class _Paired(InlineProcessor):
    """`==mark==`, `~~del~~`, `^^ins^^`, `H~2~O`, `x^2^`, as pymdown has them."""

    def __init__(self, tag: str, sign: str, md: Markdown, *, double: bool) -> None:
        if double:
            inside = rf"(?:[^{sign}]|{sign}(?!{sign}))+?"
            pattern = rf"(?<![\w{sign}]){sign}{{2}}(?![\s{sign}])({inside})(?<!\s){sign}{{2}}(?![\w{sign}])"
        else:
            pattern = rf"(?<!{sign}){sign}(?![\s{sign}])([^\s{sign}]+){sign}(?!{sign})"
        super().__init__(pattern, md)
        self._tag = tag

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        node = Element(self._tag)
        node.text = m[1]
        return node, m.start(), m.end()


class InlineTree:
    """One Python-Markdown instance, used for every paragraph."""

    def __init__(self, references: Iterable[tuple[str, str, str]]) -> None:
        self._md = md = Markdown()
        md.references = {label: (address, title) for label, address, title in references}
        patterns = md.inlinePatterns
        for name in ("html", "entity", "automail"):
            patterns.deregister(name)
        patterns.register(_Math(_MATH, md), "math", 185)
        patterns.register(_Break(_BREAK, md), "backslash_break", 182)
        patterns.register(_Footnote(_FOOTNOTE, md), "footnote", 175)
        patterns.register(_Mail(_MAIL, md), "automail", 119)
        patterns.register(_Address(_ADDRESS, md), "address", 115)
        patterns.register(_Address(_ADDRESS_IN_BRACKETS, md), "address_in_brackets", 114)
        patterns.register(_Tag(_TAG, md), "tag", 90)
        patterns.register(_Entity(_ENTITY, md), "entity", 80)
        for place, (tag, sign, double) in enumerate(_PAIRED):
            patterns.register(_Paired(tag, sign, md, double=double), tag, 66 - place)

    def parse(self, text: str) -> Element:
        """The element tree of a paragraph's text."""
        root = Element("div")
        paragraph = SubElement(root, "p")
        paragraph.text = text
        self._md.treeprocessors["inline"].run(root)
        return paragraph
