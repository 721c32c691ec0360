"""Foreign addresses and foreign HTML, made harmless."""

from __future__ import annotations

import html
import re

from atelier.markup.blocks import Style

SIMPLE_TAGS: dict[str, Style] = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "cite": Style.EMPHASIS,
    "sub": Style.SUBSCRIPT,
    "sup": Style.SUPERSCRIPT,
    "mark": Style.MARK,
    "del": Style.DELETED,
    "s": Style.DELETED,
    "ins": Style.INSERTED,
    "u": Style.INSERTED,
    "code": Style.CODE,
    "kbd": Style.CODE,
    "samp": Style.CODE,
    "tt": Style.CODE,
}
"""The inline elements that mean a style."""

HIDDEN_TAGS = frozenset(
    {"script", "style", "template", "title", "noscript", "iframe", "object", "svg", "math", "textarea"}
)
"""Elements whose content is not text for a reader."""

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "link",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "param",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "ul",
        "video",
        "audio",
        "source",
        "button",
        "picture",
        "canvas",
    ]
)
_INLINE_TAGS = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "area",
        "base",
        "bdi",
        "bdo",
        "big",
        "br",
        "data",
        "del",
        "dfn",
        "embed",
        "font",
        "img",
        "input",
        "ins",
        "label",
        "map",
        "meta",
        "meter",
        "output",
        "progress",
        "q",
        "rp",
        "rt",
        "ruby",
        "small",
        "span",
        "strike",
        "time",
        "var",
        "wbr",
        "select",
    ]
)
KNOWN_TAGS = BLOCK_TAGS | _INLINE_TAGS | HIDDEN_TAGS | frozenset(SIMPLE_TAGS)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_BLOCK_START = re.compile(r" {0,3}<(/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)")
_VERBATIM = frozenset({"script", "style", "pre", "textarea", "svg", "iframe", "noscript", "template"})
_TO_THE_END = frozenset({"table", "ul", "ol", "dl"})
"""Elements that hold empty lines as well."""


def safe_address(address: str) -> str:
    """`address` when its scheme is one a reader may follow or it has none, else nothing."""
    address = html.unescape(address).strip()
    bare = _INVISIBLE.sub("", address)
    if (scheme := _SCHEME.match(bare)) is not None:
        return address if scheme[1].lower() in _SAFE_SCHEMES else ""
    return "" if bare.startswith(("//", "\\\\")) else address


def html_block_end(line: str) -> str | None:
    """How the HTML block a line begins is closed: by a text such as `</script>`, or by an empty line (""); None when
    it begins none.
    """
    if (found := _BLOCK_START.match(line)) is None:
        return None
    name = found[2].lower()
    if name in _VERBATIM | _TO_THE_END and not found[1]:
        return f"</{name}"
    return "" if name in BLOCK_TAGS else None
