"""Python-Markdown set up for the inside of a paragraph, with the marks it does not know.

This module imports Python-Markdown: it is imported when the first text with markup is read.
"""

# ruff: noqa: ARG002 - the signature of handleMatch is Python-Markdown's

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import REFERENCE_RE, InlineProcessor, ReferenceInlineProcessor
from markdown.util import AtomicString

from atelier.markup.htmltree import TAG, tag_attributes
from atelier.markup.limits import put_back
from atelier.markup.lines import attributes
from atelier.markup.media import bare, kind_of
from atelier.markup.safety import KNOWN_TAGS
from atelier.markup.shortcodes import emoji

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 2_000
"""Signs a formula may have; keeps opening marks that are never closed linear."""

_MATH = (
    rf"(?<![\\$])\$\$(?P<double>[^$]{{1,{_LONGEST}}}?)\$\$"
    rf"|(?<![\\$])\$(?![\s$])(?P<single>(?:[^\\$]|\\.){{1,{_LONGEST}}}?)(?<!\s)\$(?![\d$])"
    rf"|(?<!\\)\\\((?P<round>.{{1,{_LONGEST}}}?)\\\)"
    rf"|(?<!\\)\\\\\((?P<escaped>.{{1,{_LONGEST}}}?)\\\\\)"  # as Jekyll and MathJax have it
    rf"|(?<!\\)\\\[(?P<square>(?=[^\]]*[\^_={{])[^\]]{{1,{_LONGEST}}}?)\\\]"  # else a bracket that is no link
)
_FOOTNOTE = r"\[\^([^\]\s]{1,200})\]"
_ADDRESS = r"(?<![\w/\"'=<(\[])https?://[^\s<>\x02\x03]{1,2000}"
_ADDRESS_IN_BRACKETS = r"(?<=\()https?://[^\s<>()\x02\x03]{1,2000}(?=\))"
_MAIL = r"<((?:mailto:)?[^<> !@]{1,200}@[^@<> ]{1,200})>"
_TAG = rf"(?<!\\)(?<!\]\(){TAG}|<!--.{{0,4000}}?-->|<\?.{{0,4000}}?\?>"
_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_BREAK = r"\\\n"
_WIKI = r"(!?)\[\[([^\[\]|\n]{1,300})(?:\\?\|([^\[\]\n]{0,300}))?\]\]"
_SPAN = r"\[([^\[\]]{1,2000})\]\{([^{}\n]{1,500})\}"
_SHORTCODE = (
    r"\{\{(?P<sign>[<%])\s*/?\s*(?P<name>[\w.-]{1,40})(?P<rest>[^{}]{0,500}?)/?\s*[>%]\}\}|\{%-?[^{}%]{0,500}-?%\}"
)
_EMOJI = r"(?<![\w:]):((?:[a-z0-9+-]|\\?_){1,40}):(?![\w:])"
_PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp")
_WORDS = re.compile(r"""(?:[\w-]+=)?(?:"([^"]*)"|(\S+))""")
_WIDTH = re.compile(r"(?:^|[;\s])(?:max-)?width\s*:\s*(\d{1,4}(?:%|px))")
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
        tex = next((group for group in m.group("double", "single", "round", "square") if group is not None), None)
        if tex is None:
            tex = m["escaped"].replace("\\\\", "\\")
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


def picture(source: str, alt: str, width: str = "") -> Element:
    return Element("img", {"src": source, "alt": alt, "width": width})


class _Tag(InlineProcessor):
    """A tag by itself: where it opens or closes is for the reader of the tree, which never sees it as markup."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str | None, int | None, int | None]:
        name = (m[2] or "").lower()
        if not name:
            return "", m.start(), m.end()
        if name not in KNOWN_TAGS:
            return self._unknown(m, data)
        if name == "img":
            values = tag_attributes(put_back(m[3]))
            if not values.get("src"):
                return "", m.start(), m.end()
            width = values.get("width") or next(iter(_WIDTH.findall(values.get("style", ""))), "")
            return picture(values["src"], values.get("alt", ""), width), m.start(), m.end()
        node = Element("tag", {"name": name, "closes": m[1]})
        if name == "a" and not m[1]:
            node.set("href", tag_attributes(put_back(m[3])).get("href", ""))
        return node, m.start(), m.end()

    def _unknown(self, m: re.Match[str], data: str) -> tuple[str | None, int | None, int | None]:
        """A component of some other program has values or a second tag; `<your name>` has neither and is text."""
        component = "=" in m[3] or m[0].endswith("/>") or bool(m[1]) or f"</{m[2]}>" in data
        return ("", m.start(), m.end()) if component else (None, None, None)


class _Entity(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:
        return html.unescape(m[0]), m.start(), m.end()


class _Break(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        return Element("br"), m.start(), m.end()


class _Wiki(InlineProcessor):
    """`[[Page#Heading|words]]` and `![[picture.png|300]]`, as Obsidian writes them; pages elsewhere are words."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str | None, int | None, int | None]:
        target, words = put_back(m[2]).strip(), put_back(m[3] or "").strip()
        if m[1] and (target.lower().endswith(_PICTURE_SUFFIXES) or kind_of(target) is not None):
            size = words.rpartition("|")[2].partition("x")[0]
            named = words.rpartition("|")[0] if size.isdecimal() else words
            alt = named or bare(target).rpartition("/")[2].rpartition(".")[0]
            return picture(target, alt, size if size.isdecimal() else ""), m.start(), m.end()
        page, _hash, part = target.partition("#")
        part = "" if part.startswith("^") else part.rpartition("#")[2]
        node = Element("a" if part and not page else "span")
        if part and not page:
            node.set("href", f"#{part}")
        node.text = AtomicString(words or " › ".join(filter(None, (page.rpartition("/")[2], part))))
        return node, m.start(), m.end()


class _Span(InlineProcessor):
    """`[words]{.class}` of Pandoc; what its attributes say is for the reader of the tree."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:
        if attributes(put_back(m[2])) is None:
            return None, None, None
        node = Element("span")
        node.text = m[1]
        return node, m.start(), m.start(2) - 1


class _Shortcode(InlineProcessor):
    """What other programs fill in when they make a page: keys and pictures stay, includes and the rest go."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str, int, int]:
        name = m["name"] or ""
        rest = put_back(m["rest"] or "")
        if name == "kbd":
            node = Element("code")
            node.text = AtomicString(" ".join(quoted or bare for quoted, bare in _WORDS.findall(rest)))
            return node, m.start(), m.end()
        values = tag_attributes(rest)
        if name in ("figure", "img", "image") and values.get("src"):
            alt = values.get("alt") or values.get("title", "")
            return picture(values["src"], alt, values.get("width", "")), m.start(), m.end()
        return "", m.start(), m.end()


class _Emoji(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int | None, int | None]:
        found = emoji(put_back(m[1]).replace("\\", ""))
        return (found, m.start(), m.end()) if found else (None, None, None)


class _Reference(ReferenceInlineProcessor):
    """A reference whose label has code or emphasis in it: what was put away of it is looked up again."""

    def evalId(self, data: str, index: int, text: str) -> tuple[str | None, int, bool]:
        label, end, found = super().evalId(data, index, text)
        return (self._spelt(label) if label else label), end, found

    def _spelt(self, label: str) -> str:
        return re.sub(r"\s+", " ", _STASHED.sub(self._kept, label)).lower()

    def _kept(self, m: re.Match[str]) -> str:
        stash: dict[str, Element | str] = cast("Any", self.md.treeprocessors["inline"]).stashed_nodes
        kept = stash.get(m[1], "")
        if isinstance(kept, str):
            return kept
        return f"`{html.unescape(kept.text or '')}`" if kept.tag == "code" else "".join(kept.itertext())


class _ShortReference(_Reference):
    def evalId(self, data: str, index: int, text: str) -> tuple[str | None, int, bool]:
        return self._spelt(text.lower()), index, True


_STASHED = re.compile("\x02klzzwxh:([0-9]+)\x03", re.IGNORECASE)


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
        patterns.register(_Wiki(_WIKI, md), "wiki", 178)
        patterns.register(_Span(_SPAN, md), "span", 128)
        patterns.register(_Shortcode(_SHORTCODE, md), "shortcode", 188)
        patterns.register(_Reference(REFERENCE_RE, md), "reference", 170)
        patterns.register(_ShortReference(REFERENCE_RE, md), "short_reference", 130)
        patterns.register(_Emoji(_EMOJI, md), "emoji", 183)
        patterns.register(_Mail(_MAIL, md), "automail", 119)
        patterns.register(_Address(_ADDRESS, md), "address", 115)
        patterns.register(_Address(_ADDRESS_IN_BRACKETS, md), "address_in_brackets", 114)
        patterns.register(_Tag(_TAG, md), "tag", 187)
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
