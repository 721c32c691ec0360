"""Plain Markdown, of no tool: a deck already. It stays as it stands; its pictures are copied beside it."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from atelier.deck.decoding import name_of
from atelier.deck.loading import read as read_deck
from atelier.foundation.texts import read_text_file
from atelier.foundation.translation import _
from atelier.importers.aside import regions
from atelier.importers.losses import Losses, shown
from atelier.importers.source import decoded
from atelier.importers.writing import Written
from atelier.markup.frontmatter import normalise, split_front_matter
from atelier.markup.media import bare, kind_of

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.importers.pictures import Pictures

_CODE: Final = re.compile(r"(?<!`)(`{1,20})(?!`)[^\n]{1,2000}?(?<!`)\1(?!`)")
_ADDRESS: Final = r"(<[^<>\n]{1,2000}>|(?:[^\s()<>]|\([^\s()]{0,200}\)){1,2000})"
_PICTURE: Final = re.compile(
    rf"(!\[(?:[^\[\]\\]|\\.|\[[^\[\]]{{0,200}}\](?:\([^()\s]{{0,500}}\))?){{0,1000}}\]\(\s*){_ADDRESS}"
)
_ELEMENT: Final = re.compile(
    r"(<(?:img|source|video|audio)\b[^<>]{0,1000}?\bsrc=[\"'])([^\"'<>\n]{1,2000})", re.IGNORECASE
)
_POSTER: Final = re.compile(r"(<video\b[^<>]{0,1000}?\bposter=[\"'])([^\"'<>\n]{1,2000})", re.IGNORECASE)
_DEFINED: Final = re.compile(
    r"^( {0,3}\[[^\[\]^\n][^\[\]\n]{0,200}\]:[ \t]*)(<[^<>\n]{1,2000}>|\S{1,2000})", re.MULTILINE
)
_ATTRIBUTE: Final = re.compile(
    r"(\{[^{}\n]{0,500}?\b(?:background|map|poster)=)(\"[^\"\n]{1,1000}\"|[^\s{}\"]{1,1000})"
)
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".svg", ".svgz", ".gif", ".bmp"})
"""Suffixes by which an address that may be anything's is a picture's."""


def read(file: Path, pictures: Pictures, losses: Losses) -> Written:
    """The text in `file` with the addresses of its pictures changed, and a title where it has none of its own."""
    text = normalise(decoded(read_text_file(file), file, losses))
    start = split_front_matter(text).body_line - 1
    lines = text.split("\n")
    front, body = lines[:start], lines[start:]
    text = "\n".join([*front, *_Moved(pictures, losses, body, start + 1).lines()])
    deck = read_deck(text.encode("utf-8", "replace"), file=file)
    for embed in (each for frame in deck.frames for each in frame.embeds):
        losses.at(0, embed.line)
        message = _("“{name}” is not copied; put it into the deck's folder yourself.")
        losses.add("embed", message.format(name=shown(embed.target)), text=embed.target)
    title = deck.title
    if deck.frames[0].heading == name_of(file):
        title = " ".join(re.sub(r"[-_]+", " ", file.stem).split()) or deck.title
        setting = f"title: {json.dumps(title, ensure_ascii=False)}"
        text = "\n".join([front[0], setting, *text.split("\n")[1:]] if front else ["---", setting, "---", "", text])
    return Written(text, title, len(deck.frames))


class _Moved:
    """Lines with the addresses of their pictures changed, code and comments excepted."""

    def __init__(self, pictures: Pictures, losses: Losses, lines: list[str], first: int) -> None:
        self._pictures = pictures
        self._losses = losses
        self._lines = lines
        self._first = first

    def lines(self) -> list[str]:
        covered = regions(self._lines).covered
        out: list[str] = []
        start = 0
        for index in range(len(self._lines) + 1):
            if index < len(self._lines) and covered[index] == covered[start]:
                continue
            some = self._lines[start:index]
            out += some if start < len(covered) and covered[start] else self._moved(some, start)
            start = index
        return out

    def _moved(self, lines: list[str], start: int) -> list[str]:
        self._losses.at(0, self._first + start, tuple(lines))
        text = "\n".join(lines)
        parts: list[str] = []
        at = 0
        for code in _CODE.finditer(text):
            parts += (self._outside_code(text[at : code.start()]), code[0])
            at = code.end()
        return "".join([*parts, self._outside_code(text[at:])]).split("\n")

    def _outside_code(self, text: str) -> str:
        for pattern in (_PICTURE, _ELEMENT, _POSTER):
            text = pattern.sub(lambda m: m[1] + self._address(m[2]), text)
        for pattern in (_DEFINED, _ATTRIBUTE):
            text = pattern.sub(lambda m: m[1] + (self._address(m[2]) if _is_picture(m[2]) else m[2]), text)
        return text

    def _address(self, spelt: str) -> str:
        """The address in the deck's folder, or the one that stood there; why is among the losses then."""
        marks = (spelt[0], spelt[-1]) if spelt[0] in '<"' else ("", "")
        plain = spelt[len(marks[0]) : len(spelt) - len(marks[1])]
        if kind_of(plain) is None:
            name = self._pictures.named(plain)
        elif name := self._pictures.played(bare(plain)):
            name += plain[len(bare(plain)) :]
        return f"{marks[0]}{name}{marks[1]}" if name else spelt


def _is_picture(address: str) -> bool:
    return PurePosixPath(address.strip('<>"')).suffix.lower() in _PICTURES
