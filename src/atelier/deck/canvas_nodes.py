"""Nodes of a canvas as frames: what each of them shows, and what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from atelier.deck.canvas_notes import Notes, without_private_sections
from atelier.deck.files import resolve
from atelier.deck.ids import slug
from atelier.deck.json_canvas import Node, shortened
from atelier.deck.media_files import find_media
from atelier.deck.types import Frame, FreeNode, NodeKind
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _
from atelier.markup.audience import visible
from atelier.markup.blocks import Text
from atelier.markup.media import kind_of
from atelier.markup.parser import FrameParser
from atelier.markup.plain import plain_words
from atelier.markup.scanner import scan
from atelier.markup.words import words as shown_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.foundation.geometry import Rect

PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".svg", ".gif", ".bmp"})
NOTES: Final = frozenset({".md", ".markdown"})
_NARROWEST: Final = 1 / 40
"""The least ratio of a frame; what is narrower or wider still is set in a part of its node."""
_LONGEST_TITLE: Final = 80
_WORDLESS: Final = ("", "|", "`", "~", "!", "$", "<")
"""What lines begin with that are no words: tables, code, pictures, formulas."""
_UNSHOWN: Final = re.compile(r"%%.*?(?:%%|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
"""Comments; one that is never closed goes on to the end."""
_PARSED: Final = ("private", "///")
"""What may hide more than can be told without parsing."""
_LIST: Final = re.compile(r"\s*\{[^{}]*\}\s*$")
"""The attributes of a heading."""
_SCHEME: Final = re.compile(r"https?://(?:www\.)?")
_EMBED: Final = re.compile(r"!\[\[([^\[\]|#]+)(?:#[^\[\]|]*)?(?:\|[^\[\]]*)?\]\]")
_LINKED: Final = re.compile(r"(!\[[^\[\]\n]{0,1000}\]\()(?:<([^<>\n]{1,1000})>|([^\s()<>]{1,1000}))")
_ELSEWHERE: Final = re.compile(r"[A-Za-z][\w+.-]*:|[/\\~]")
"""Addresses and paths that lead out of every folder."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a node shows: its Markdown where it has text, the file or address that it names."""

    kind: NodeKind
    title: str
    source: str = ""
    reference: str = ""


class NodeReader:
    """Reads what the nodes of one canvas name; `folder` is all that may be read, `beside` where the canvas lies.

    `pictures` is the deck's folder, from which its pictures are named, where that is another one.
    """

    def __init__(self, folder: Path, beside: Path, file: Path, pictures: Path | None = None) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._notes = Notes(folder, beside)
        self._folder = folder
        self._pictures = pictures or folder
        self._file = file

    @property
    def files(self) -> tuple[Path, ...]:
        """The texts that were read."""
        return tuple(self._notes.files)

    @property
    def redact(self) -> Mapping[str, str]:
        """The terms that those texts ask to replace."""
        return self._notes.redact

    def shown(self, node: Node) -> Shown:
        if node.type == "group":
            return Shown(NodeKind.GROUP, _title(node.text("label")))
        if node.type == "link":
            address = node.text("url").strip()
            return Shown(NodeKind.LINK, _title(_SCHEME.sub("", address).rstrip("/")), "", address)
        if node.type == "text":
            text = self._with_pictures(without_private_sections(node.text("text")))
            return Shown(NodeKind.TEXT, _title_of(text), text)
        return self._file_shown(node)

    def _file_shown(self, node: Node) -> Shown:
        name = node.text("file").strip()
        path = PurePosixPath(name.replace("\\", "/"))
        suffix = path.suffix.lower()
        if suffix in PICTURES:
            spelt = self._spelt(name)
            found = resolve(self._pictures, spelt)
            if isinstance(found, Diagnostic):
                self._report(Diagnostic("canvas-file", found.message, found.hint), node)
            return Shown(NodeKind.PICTURE, _title(path.stem), "", spelt)
        if kind_of(name) is not None:
            spelt = self._spelt(name)
            found = find_media(self._pictures, spelt)
            if not isinstance(found, Diagnostic):
                return Shown(NodeKind.TEXT, _title(path.stem), f"![{_words_of(path.stem)}](<{spelt}>)")
            self._report(Diagnostic("canvas-file", found.message, found.hint), node)
        elif suffix in NOTES:
            note = self._notes.read(name, node.text("subpath"))
            if not isinstance(note, Diagnostic):
                text = self._with_pictures(note.text, self._notes.spelt(name))
                return Shown(NodeKind.NOTE, _title_of(note.title) or _title(path.stem), text, name)
            self._report(note, node)
        elif isinstance(found := resolve(self._folder, self._notes.spelt(name)), Diagnostic):
            self._report(Diagnostic("canvas-file", found.message, found.hint), node)
        return Shown(NodeKind.FILE, _title(path.name) or _("File"), "", name)

    def _spelt(self, name: str, note: str = "") -> str:
        """The name of a picture or film as the deck's own pictures are named."""
        spelt = self._notes.spelt(name, note)
        path = self._folder / spelt
        inside = self._pictures != self._folder and path.is_relative_to(self._pictures)
        return path.relative_to(self._pictures).as_posix() if inside else spelt

    def _with_pictures(self, text: str, note: str = "") -> str:
        """`text` with the addresses of its pictures as seen from the folder; those between double brackets become
        Markdown. `note` is the file it is from, seen from there too.
        """
        if "![" not in text:
            return text

        def bracketed(found: re.Match[str]) -> str:
            name = found[1].strip()
            return f"![](<{self._spelt(name, note)}>)" if _is_seen(name) else found[0]

        def linked(found: re.Match[str]) -> str:
            name = (found[2] or found[3]).strip()
            spelt = self._spelt(name, note) if _is_seen(name) and not _ELSEWHERE.match(name) else name
            return found[0] if spelt == name else f"{found[1]}<{spelt}>"

        return _LINKED.sub(linked, _EMBED.sub(bracketed, text))

    def _report(self, found: Diagnostic, node: Node) -> None:
        self.diagnostics.append(Diagnostic(found.code, found.message, found.hint, self._file, node.line))


def node_frame(
    node: Node,
    shown: Shown,
    id_: str,
    *,
    index: int,
    parent: int,
    depth: int,
    box: Rect,
    lang: str,
    children: tuple[int, ...] = (),
    private: bool = False,
) -> Frame:
    """The frame of a node."""
    return Frame(
        index=index,
        id=id_,
        title=shown.title,
        title_inlines=(Text(shown.title),) if shown.title else (),
        line=node.line,
        parent=parent,
        children=children,
        depth=depth,
        source=shown.source,
        source_line=node.line,
        lang=lang,
        ratio=min(max(box.width / box.height, _NARROWEST), 1 / _NARROWEST),
        private=private,
        node=FreeNode(shown.kind, node.text("color"), shown.reference, box.height),
    )


def free_id(node: Node, title: str, taken: set[str]) -> str:
    """An id for a node's frame that nobody has; from now on it is taken."""
    name = slug(title) if title else slug(node.id)
    id_, number = name, 1
    while id_ in taken:
        number += 1
        id_ = f"{name}-{number}" if number < _TRIES else f"{name}-{len(taken) + number}"
    taken.add(id_)
    return id_


_TRIES: Final = 50
"""Numbers that are tried one by one; ten thousand nodes may have one title."""


def _is_seen(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in PICTURES or kind_of(name) is not None


def _words_of(stem: str) -> str:
    """The name of a film as the words between brackets."""
    return re.sub(r"[\[\]\\]", " ", stem)


def _title(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST_TITLE)


def _title_of(text: str) -> str:
    """The first words of a card that everyone may see: its heading, or the beginning of its first line."""
    if any(sign in text for sign in _PARSED):
        content = FrameParser(scan(text).definitions).parse(text, 1, notes=False)
        text = shown_words(visible(content.blocks, "", "en"))
        return next((_title(line) for line in text.split("\n") if line.strip()), "")
    text = _UNSHOWN.sub(" ", text)
    for line in text.split("\n", 40)[:40]:
        stripped = line.strip()
        words = plain_words(stripped.lstrip("#>*-+ \t")) if stripped[:1] not in _WORDLESS else ""
        words = _LIST.sub("", words or "")
        if words.strip():
            return _title(words)
    return ""
