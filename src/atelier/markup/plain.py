"""The words of a paragraph of Markdown without parsing it: good enough to measure it and to make a title of it."""

from __future__ import annotations

import re

from atelier.markup.addresses import is_badge

_PICTURE = re.compile(
    r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)(?:\{[^{}\n]{0,500}\})?"
)
_IMAGE = re.compile(r"<img\s[^<>]{0,2000}>")
_SOURCE = re.compile(r"""\ssrc=["']?([^\s"'<>]{1,1000})""")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])(?:\{[^{}\n]{0,200}\})?")
_PRIVATE = re.compile(
    r"(?<![\w*_=~^`])([*_=~^`]{1,3})(?![\s*_=~^`])[^*_=~^`\n]{1,500}\1\{[^{}\n]{0,200}\.private[^{}\n]{0,200}\}"
)
_ATTRIBUTES = re.compile(r"(?<=[*_`)=])\{:?[^{}\n]{0,200}\}")
_BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_MARKS = re.compile(r"[*`]{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)|~~|==|\^\^|\[\^[^\]\s]{1,100}\]|\\(?=[!-/:-@\[-`{-~])")


def take_pictures(text: str) -> tuple[str, int]:
    """`text` without its pictures, and how many of them are shown."""
    if "![" not in text and "<img" not in text:
        return text, 0
    shown = sum(not is_badge(found[0]) for found in _PICTURE.finditer(text))
    shown += sum(not is_badge(address) for tag in _IMAGE.findall(text) for address in _SOURCE.findall(tag))
    return _PICTURE.sub("", text), shown


def without_private(text: str) -> str | None:
    """`text` without its private spans, None when something private in it cannot be told apart."""
    if "private" not in text.partition("{")[2]:
        return text
    text = _PRIVATE.sub("", text)
    return None if "private" in text.partition("{")[2] else text


def plain_words(text: str) -> str | None:
    """The words of a paragraph, its marks taken off and its private spans left out.

    None when what is private in it cannot be told without parsing.
    """
    public = without_private(text)
    if public is None:
        return None
    text = _ATTRIBUTES.sub("", public) if "{" in public else public
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    return " ".join(_MARKS.sub("", text).split())
