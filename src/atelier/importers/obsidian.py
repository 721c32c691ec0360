"""Obsidian: a note, a note made of slides (the core plugin's, or Advanced Slides'), or a folder of notes.

Format: help.obsidian.md (embeds, comments, slides), mszturc.github.io/obsidian-advanced-slides.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atelier.foundation.errors import InputError, Location
from atelier.foundation.translation import _
from atelier.importers import reveal
from atelier.importers.losses import shown
from atelier.importers.markdown import HEADING, blocks_of, columns, tidy
from atelier.importers.marp import fragments
from atelier.importers.pictures import Pictures
from atelier.importers.settings import common_settings, report_rest
from atelier.importers.slides import Raw, Store
from atelier.importers.source import Source, bounded, read_source
from atelier.importers.types import Slide, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.importers.html_tree import Node
    from atelier.importers.losses import Losses

MOST_NOTES: Final = 500
_MOST_FILES: Final = 20_000
_COMMENT = re.compile(r"%%(.*?)(?:%%|\Z)", re.DOTALL)
_EMBED = re.compile(r"!\[\[([^\[\]\n]{1,300})\]\]")
_BLOCK_ID = re.compile(r"(?m)[ \t]\^[A-Za-z0-9-]{3,60}$")
_DIGITS = re.compile(r"(\d+)")
_READ: Final = frozenset(
    {"aliases", "cssclass", "cssclasses", "publish", "created", "updated", "theme", "width", "height", "tags"}
)


def vault_of(path: Path) -> Path:
    """The folder whose pictures a note may show: the vault it is in, else its own folder."""
    folder = path if path.is_dir() else path.parent
    for each in (folder, *folder.parents):
        if (each / ".obsidian").is_dir():
            return each
    return folder


def pictures_of(path: Path, losses: Losses) -> Pictures:
    vault = vault_of(path).resolve()
    folder = (path if path.is_dir() else path.parent).resolve()
    below = folder.relative_to(vault).as_posix() + "/" if folder != vault else ""
    return Pictures(vault, losses, roots=(below, "") if below else ("",))


def read(source: Source, pictures: Pictures, losses: Losses) -> Talk:
    """A note."""
    store = Store()
    reader = _Reader(pictures, losses, store, vault_of(source.file))
    slides = _note(source, reader, 1)
    losses.at(0)
    report_rest(source.front, _READ, losses)
    settings = common_settings(source.front, source.text)
    return Talk(
        title=settings.get("title", ""),
        settings=tuple(settings.items()),
        slides=tuple(slides),
        definitions=store.written(),
    )


def read_folder(folder: Path, pictures: Pictures, losses: Losses) -> Talk:
    """The notes of a folder, each a part with its headings inside. Raises InputError where there is none."""
    files = sorted(_notes(folder), key=lambda path: [_natural(part) for part in path.relative_to(folder).parts])
    if not files:
        message = _("There is no note (.md) in this folder.")
        raise InputError(message, _("Give a file, or a folder of notes."), Location(folder))
    if len(files) > MOST_NOTES:
        message = _("There are more than {n} notes; those beyond are left out.").format(n=MOST_NOTES)
        losses.add("file", message, text=", ".join(file.name for file in files[MOST_NOTES:]))
    store = Store()
    reader = _Reader(pictures, losses, store, vault_of(folder))
    slides: list[Slide] = []
    texts: list[str] = []
    for file in files[:MOST_NOTES]:
        losses.at(0)
        source = read_source(file, losses)
        texts.append(source.text[:4_000])
        found = [replace(slide, depth=1 + (slide.depth or 0)) for slide in _note(source, reader, len(slides) + 1)]
        name = file.stem.replace("_", " ")
        if found and found[0].level == 1 and not any(each.level == 1 for each in found[1:]):
            found = [
                replace(found[0], depth=0),
                *(replace(each, depth=max(1, (each.depth or 1) - 1)) for each in found[1:]),
            ]
        elif found and not found[0].level and found[0].number:
            found[0] = replace(found[0], title=name, depth=0, body=_with_title(found[0], name))
        else:
            slides.append(Slide(number=len(slides) + 1, title=name, depth=0))
        slides += found
    settings = common_settings({}, "\n".join(texts))
    return Talk(
        title=folder.name.replace("_", " "),
        settings=tuple(settings.items()),
        slides=tuple(slides),
        definitions=store.written(),
        rooted=False,
    )


def _with_title(slide: Slide, name: str) -> str:
    return f"{slide.title}\n\n{slide.body}" if slide.title and slide.title != name else slide.body


def _notes(folder: Path) -> Iterator[Path]:
    count = 0
    for root, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            count += 1
            if count > _MOST_FILES:
                return
            path = Path(root) / name
            if path.suffix.lower() == ".md" and not name.startswith(".") and not path.is_symlink():
                yield path


def _natural(name: str) -> list[tuple[int, str]]:
    return [
        (int(part), "") if part.isdecimal() and len(part) < 18 else (-1, part.casefold())
        for part in _DIGITS.split(name)
    ]


def _note(source: Source, reader: _Reader, first: int) -> list[Slide]:
    rules = [i for i, line in enumerate(source.lines) if line.rstrip() == "---" and not source.covered[i]]
    out: list[Slide] = []
    pieces = _by_rules(source) if rules else _by_headings(source)
    for number, (start, lines, depth) in enumerate(bounded(pieces, reader.losses), first):
        slide = reader.slide(Raw(number, source.number(start), lines, depth=depth))
        if slide is not None:
            out.append(slide)
    if rules and all(not slide.depth for slide in out):
        return [replace(slide, depth=None) for slide in out]
    return out


def _by_rules(source: Source) -> list[tuple[int, tuple[str, ...], int]]:
    out: list[tuple[int, tuple[str, ...], int]] = []
    start = depth = 0
    for index, line in enumerate([*source.lines, "---"]):
        covered = index < len(source.lines) and source.covered[index]
        if covered or line.rstrip() not in ("---", "--"):
            continue
        out.append((start, source.lines[start:index], depth if out else 0))
        start, depth = index + 1, int(line.rstrip() == "--")
    return out


def _by_headings(source: Source) -> list[tuple[int, tuple[str, ...], int]]:
    found = [
        (index, len(heading[1]))
        for index, line in enumerate(source.lines)
        if not source.covered[index] and line.startswith("#") and (heading := HEADING.match(line)) and heading[2]
    ]
    top = min((level for _index, level in found), default=1)
    starts = [(0, top), *found] if not found or any(line.strip() for line in source.lines[: found[0][0]]) else found
    ends = [*(index for index, _level in starts[1:]), len(source.lines)]
    return [(index, source.lines[index:end], level - top) for (index, level), end in zip(starts, ends, strict=True)]


class _Reader(reveal.Reader):
    def __init__(self, pictures: Pictures, losses: Losses, store: Store, vault: Path) -> None:
        super().__init__(pictures, losses, store)
        self._vault = vault
        self._by_name: dict[str, str] | None = None

    def comments(self, text: str) -> str:
        def said(m: re.Match[str]) -> str:
            self.note(m[1])
            return ""

        return _COMMENT.sub(said, super().comments(text))

    def picture(self, source: str, alt: str, *, title: str = "", width: str = "", credit: str = "") -> str:
        file, mark, part = source.partition("#")
        name = source if "/" in file or ":" in file else self._anywhere(file) + mark + part
        return super().picture(name, alt, title=title, width=width, credit=credit)

    def _anywhere(self, name: str) -> str:
        """Where in the vault a file lies that is given by its bare name."""
        if self._by_name is None:
            self._by_name = {}
            for count, path in enumerate(_files(self._vault)):
                if count > _MOST_FILES:
                    break
                self._by_name.setdefault(path.name.casefold(), path.relative_to(self._vault).as_posix())
        return self._by_name.get(name.casefold(), name)

    def syntax(self, text: str) -> str:
        def embedded(m: re.Match[str]) -> str:
            name = m[1].partition("|")[0]
            if re.search(
                r"\.(?:png|jpe?g|gif|webp|svg|bmp|mp4|webm|ogv|m4v|mkv|mov|mp3|wav|ogg|opus|m4a|flac|avif|tiff?)$",
                name.partition("#")[0],
                re.IGNORECASE,
            ):
                return m[0]
            message = _("The note “{name}” is not put in; its name is kept.").format(name=shown(name))
            self.losses.add("embed", message, near=m[0], text=name)
            return f"*{name}*"

        text = _EMBED.sub(embedded, text)
        return super().syntax(_BLOCK_ID.sub("", text))

    def component(self, node: Node, inner: str) -> str | None:
        if node.name == "split":
            return f"\n\n{columns(blocks_of(tidy(inner)))}\n\n"
        if node.name == "grid":
            self.losses.add("place", _("Places given in pixels are not carried over."), near=node.source)
            return f"\n\n{tidy(inner)}\n\n"
        return super().component(node, inner)

    def assemble(self, text: str) -> str:
        return fragments(super().assemble(text), "+")


def _files(vault: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(vault, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            yield Path(root) / name
