"""Links and pictures as their lines write them: addresses nobody can follow, attributes nobody reads."""

from __future__ import annotations

import re
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from atelier.deck.files import resolve
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import _
from atelier.markup.addresses import is_badge
from atelier.markup.lines import attributes
from atelier.markup.media import seconds
from atelier.markup.safety import safe_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.deck.source_text import Source

_EMPTY_LINK = re.compile(r"(?<![!\]\w])\[\s*\]\(([^()\s]{1,200})\)")
_NO_ADDRESS = re.compile(r"(?<![!\]\w])\[([^\[\]]{1,200})\]\(\s*\)")
_SCHEMED = re.compile(r"(!?)\[[^\[\]]{0,500}\]\(\s*<?([A-Za-z][A-Za-z0-9+.-]{1,30}:[^\s]{0,60})")
_UNSCHEMED = re.compile(r"(?<!!)\[[^\[\]]{1,500}\]\(\s*<?((?:www\.|https?:?/(?!/))[^)\s]{1,60})", re.IGNORECASE)
_SPACED_PICTURE = re.compile(
    r"!\[[^\[\]]{0,500}\]\(\s*(?!<)([^()<>\"'\n]{1,200}?\s[^()<>\"'\n]{0,200}?\.\w{2,5})\s*[)\"']"
)
_BACKSLASHED = re.compile(r"!\[[^\[\]]{0,500}\]\(((?!\w+:/)[^()\s]*\\\w[^()\s]*)\)")
_REMOTE_PICTURE = re.compile(
    r"""(?:!\[[^\[\]]{0,500}\]\(\s*<?|<img\b[^<>]{0,500}?\bsrc=["']?)((?:https?:)?//[^\s)"'<>]{1,500})""", re.IGNORECASE
)
_PARTED = re.compile(r"(?:!\[[^\[\]]{0,300}\]|\[[^\[\]]{1,300}\](?= \((?:#|https?:)))( )\([^()\s]{1,500}\)")
_PICTURE_LIST = re.compile(r"!\[[^\[\]]{0,500}\]\([^()]{0,500}\)\{([^{}]{1,500})\}")
_OF_PICTURES = ("width", "data-credit", "credit", "fig-alt", "id", "class", "height", "poster", "start", "end")
_WIDTH = re.compile(r"(?=.*[1-9])\d{1,6}(?:\.\d{1,6})?\s*(?:%|px)?")
_ALIKE = 0.8
"""How much of an attribute another one must share to be what was meant."""
_WORDS_SHOWN = 60  # signs


def check_addresses(source: Source, index: int, line: str) -> Iterator[Diagnostic]:
    """What is wrong with the links and pictures of a line."""
    if "](" in line:
        yield from _links(source, index, line)
    elif "] (" in line:
        yield from _parted_links(source, index, line)
    if "){" in line:
        yield from _picture_lists(source, index, line)
    if "//" in line:
        yield from _remote_pictures(source, index, line)


def _links(source: Source, index: int, line: str) -> Iterator[Diagnostic]:
    if found := _EMPTY_LINK.search(line):
        message = _("The link to “{address}” has no text, so nobody sees it.").format(address=found[1][:_WORDS_SHOWN])
        yield source.found("link-empty", message, _("Put words between the brackets."), index, found.start() + 1)
    if found := _NO_ADDRESS.search(line):
        message = _("The link “{text}” has no address, so it leads nowhere.").format(text=found[1][:_WORDS_SHOWN])
        yield source.found("link-empty", message, _("Write one between the parentheses."), index, found.end() - 1)
    for found in _SCHEMED.finditer(line):
        address = _until_closed(found[2])
        if not found[1] and not safe_address(address):
            message = _("“{address}” is not an address a reader may follow; only its words are shown.").format(
                address=address
            )
            hint = _("Link to a page (https:), to an address (mailto:) or to a frame (#id).")
            yield source.found("link-refused", message, hint, index, found.start(2) + 1)
    if found := _UNSCHEMED.search(line):
        message = _("The link to “{address}” leads to a file, not to a page.").format(address=found[1])
        page = re.sub(r"^https?:?/", "", found[1], flags=re.IGNORECASE)
        hint = _("Write {address}.").format(address=f"https://{page.lstrip('/')}")
        yield source.found("link-dead", message, hint, index, found.start(1) + 1)
    if found := _SPACED_PICTURE.search(line):
        message = _("“{name}” has a space in it, and most programs read no picture here.").format(name=found[1][:80])
        yield source.found(
            "picture-name", message, _("Write it as <{name}>.").format(name=found[1][:80]), index, found.start(1) + 1
        )
    elif (found := _BACKSLASHED.search(line)) and not PureWindowsPath(found[1]).anchor:
        message = _("“{name}” is found on Windows alone, elsewhere by this program only.").format(name=found[1][:80])
        hint = _("Write {name}.").format(name=found[1].replace("\\", "/")[:80])
        yield source.found("picture-name", message, hint, index, found.start(1) + 1)


def _picture_lists(source: Source, index: int, line: str) -> Iterator[Diagnostic]:
    """Attributes of pictures that are misspelt, or whose value cannot be used."""
    for found in _PICTURE_LIST.finditer(line):
        pairs = attributes(found[1]) or ()
        column = found.start(1)
        for key, value in pairs:
            if key == "width" and not _WIDTH.fullmatch(value):
                message = _("“{value}” is no width of a picture.").format(value=value[:40])
                hint = _("Write how much of the text's width it takes, as in width=60%.")
                yield source.found("attribute-value", message, hint, index, column)
            elif key in ("start", "end") and seconds(value) is None:
                message = _("“{value}” is no time at which a film or sound begins or ends.").format(value=value[:40])
                hint = _("Write seconds, or minutes and seconds, as in start=1:15.")
                yield source.found("attribute-value", message, hint, index, column)
            elif key not in _OF_PICTURES and (near := did_you_mean(key, _OF_PICTURES, alike=_ALIKE)):
                message = _("A picture has no attribute “{name}”.").format(name=key[:60])
                yield source.found("attribute-unknown", message, near, index, column)
            elif key not in _OF_PICTURES and value == "true" and "credit" in found[1]:
                message = _("The credit ends before “{word}”, at the space.").format(word=key[:40])
                hint = _("Put it in straight quotation marks.")
                yield source.found("attribute-value", message, hint, index, column)
                break


def _until_closed(address: str) -> str:
    """An address up to the parenthesis, or the bracket, that closes its link."""
    depth = 0
    for index, sign in enumerate(address):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0 or sign == ">":
            return address[:index]
    return address


def _parted_links(source: Source, index: int, line: str) -> Iterator[Diagnostic]:
    if found := _PARTED.search(line):
        message = _("A space parts the brackets from the parentheses, so both are shown as text.")
        yield source.found("link-apart", message, _("Take the space away."), index, found.start(1) + 1)


def _remote_pictures(source: Source, index: int, line: str) -> Iterator[Diagnostic]:
    """Pictures from the network inside a paragraph, of which only the words are left; badges are no loss."""
    for found in _REMOTE_PICTURE.finditer(line):
        refused = None if is_badge(found[1]) else resolve(None, found[1])
        if isinstance(refused, Diagnostic):
            yield source.found(refused.code, refused.message, refused.hint, index, found.start() + 1)
