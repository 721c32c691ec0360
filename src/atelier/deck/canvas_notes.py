"""The files that the nodes of a canvas name: found inside the vault, or the canvas's folder where there is none."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from atelier.deck.attributes import read_attributes
from atelier.deck.files import resolve
from atelier.deck.front_matter import read_metadata
from atelier.deck.subpaths import same_heading
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import AtelierError
from atelier.foundation.texts import read_bytes
from atelier.foundation.translation import _
from atelier.markup.blockspec import HIDDEN_FROM_AUDIENCE
from atelier.markup.comments import strip_comments
from atelier.markup.divs import with_notes
from atelier.markup.frontmatter import normalise
from atelier.markup.outline import outline
from atelier.markup.scanner import scan, split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_NOTE: Final = 1024 * 1024  # bytes
MOST_TEXT: Final = 16 * 1024 * 1024
"""Bytes of all notes of one canvas."""
MOST_FILES: Final = 20_000
"""That are looked through for one that is given by its name alone."""
_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*")
_PRIVATE: Final = re.compile(r"\{[^{}]*\.private\b[^{}]*\}[ \t]*#*[ \t]*$")
_FENCE: Final = re.compile(r" {0,3}(```+|~~~+)")


@dataclass(frozen=True, slots=True)
class Note:
    """A Markdown file, or what stands under one of its headings."""

    title: str
    text: str


class Notes:
    """Reads the notes of one canvas; `folder` is all that may be read, `beside` is where the canvas lies in it."""

    def __init__(self, folder: Path, beside: Path) -> None:
        self._folder = folder
        self._beside = beside
        self._left = MOST_TEXT
        self._known: dict[str, str | Diagnostic] = {}
        self._spelt: dict[tuple[str, str], str] = {}
        self._ends: dict[str, list[str]] | None = None
        """The files in the folder by their names without case."""
        self.files: dict[Path, None] = {}
        self.redact: dict[str, str] = {}
        """The terms that they ask to replace."""

    def spelt(self, name: str, note: str = "") -> str:
        """`name` relative to the folder: from where the `note` lies that names it, as it is, from where the canvas
        lies, without the folders above, and at last the only file in the folder that ends so, as Obsidian looks for it.
        """
        key = (name, note)
        if key not in self._spelt:
            beside = PurePosixPath(note.replace("\\", "/")).parent.as_posix()
            names = self._spellings(name)
            if note and not name.startswith(("/", "\\")):
                names.insert(0, posixpath.normpath(f"{beside}/{names[0]}"))
            found = next((n for n in names if self._is_there(n)), "")
            self._spelt[key] = found or self._only_one(name) or name
        return self._spelt[key]

    def _only_one(self, name: str) -> str:
        """The file in the folder that is called so, or whose last folders are too; none where there are several."""
        if self._ends is None:
            self._ends = {}
            for path in _files(self._folder):
                self._ends.setdefault(PurePosixPath(path).name.casefold(), []).append(path)
        wanted = PurePosixPath(unquote(name).replace("\\", "/")).as_posix().removeprefix("./").casefold()
        alike = self._ends.get(wanted.rpartition("/")[2], ())
        found = [path for path in alike if f"/{path}".casefold().endswith(f"/{wanted}")]
        return found[0] if len(found) == 1 and self._is_there(found[0]) else ""

    def read(self, name: str, subpath: str) -> Note | Diagnostic:
        """The text of a note, or the part that a subpath names. The diagnostic has no file or line."""
        text = self._text(self.spelt(name))
        if isinstance(text, Diagnostic):
            return text
        wanted = subpath.strip()
        if not wanted:
            return _whole(text)
        text = _without_hidden_blocks(text)
        part = _block(text, wanted[2:]) if wanted.startswith("#^") else _section(text, wanted)
        if part is None:
            message = _("“{file}” has no heading “{heading}”.")
            found = message.format(file=name[:80], heading=wanted.lstrip("#")[:80])
            return Diagnostic("canvas-heading", found, _("Point the node at a heading of that file."))
        return part

    def _text(self, name: str) -> str | Diagnostic:
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> str | Diagnostic:
        file = resolve(self._folder, name, limit=LARGEST_NOTE)
        if isinstance(file, Diagnostic):
            return Diagnostic("canvas-file", file.message, file.hint)
        try:
            self.files[file] = None
            data = read_bytes(file, LARGEST_NOTE)
        except AtelierError as error:
            return Diagnostic("canvas-file", error.message, error.hint)
        self._left -= len(data)
        if self._left < 0:
            message = _("“{name}” is not shown: the files of the canvas have more than {n} MB together.")
            return Diagnostic(
                "canvas-file", message.format(name=name[:80], n=MOST_TEXT >> 20), _("Show fewer of them.")
            )
        text = normalise(data.decode("utf-8-sig", "replace"))
        if (front := split_front_matter(text)).text and "redact" in front.text:
            self.redact |= dict(read_metadata(front.text, front.first_line, file)[0].redact)
        return without_private_sections(text)

    def _spellings(self, name: str) -> list[str]:
        plain = name.replace("\\", "/")
        names = [plain]
        try:
            here = self._beside.relative_to(self._folder).as_posix()
        except ValueError:
            here = "."
        if here != ".":
            names.append(f"{here}/{plain}")
        parts = PurePosixPath(plain).parts
        above = self._folder.parts
        # the vault's own folders were left behind: what they are called still tells how far this one is inside
        names += ["/".join(parts[n:]) for n in range(1, len(parts)) if above[-n:] == parts[:n]]
        return names

    def _is_there(self, name: str) -> bool:
        return isinstance(resolve(self._folder, name), Path)


def _files(folder: Path) -> Iterator[str]:
    """The files in a folder and below it, hidden ones excepted, relative to it; no more than anybody would wait for."""
    count = 0
    for root, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            count += 1
            if count > MOST_FILES:
                return
            if not name.startswith("."):
                yield (Path(root) / name).relative_to(folder).as_posix()


def without_private_sections(text: str) -> str:
    """`text` without the headings that are private and what stands below them; speaker's notes are `///` blocks."""
    if "private" not in text and "notes" not in text:
        return text
    text = normalise(text)
    lines = text.split("\n")
    lines = with_notes(lines, outline(lines).fences)
    if "private" not in text:
        return "\n".join(lines)
    known = {
        heading.line: heading.level if not read_attributes(heading, None).private else -heading.level
        for heading in (frame.heading for frame in scan(text).frames)
        if heading is not None
    }
    kept: list[str] = []
    fence, hidden = "", 0
    for i, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark is not None and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        found = _HEADING.match(line)
        under = _UNDERLINE.fullmatch(lines[i + 1]) if i + 1 < len(lines) and line.strip() else None
        level = len(found[1]) if found is not None else (1 if under[1][0] == "=" else 2) if under is not None else 0
        read = known.get(i + 1, 0) if level else 0
        if read and (not hidden or abs(read) <= hidden):
            hidden = max(-read, 0)
        if level and not hidden and not fence and _PRIVATE.search(line):
            hidden = level
        if not hidden:
            kept.append(line)
    return "\n".join(kept)


def _without_hidden_blocks(text: str) -> str:
    """`text` without the comments and blocks that nobody but the speaker sees: no part of them can be asked for."""
    lines, _found = strip_comments(text.split("\n"), 1)
    for span in outline(lines, deepest=6).blocks.values():
        if span.rest.split("|")[0].strip() in HIDDEN_FROM_AUDIENCE:
            lines = [*lines[: span.start], *[""] * (span.end - span.start), *lines[span.end :]]
    return "\n".join(lines)


def _whole(text: str) -> Note:
    front = split_front_matter(text)
    body = "\n".join(text.split("\n")[front.body_line - 1 :])
    lines = body.strip("\n").split("\n")
    found = _HEADING.match(lines[0]) if lines else None
    if found is not None and len(found[1]) == 1:
        return Note(found[2], "\n".join(lines[1:]).strip("\n"))
    return Note("", body)


def _section(text: str, subpath: str) -> Note | None:
    """What stands under a heading, up to the next one that is as high."""
    wanted = "#" + subpath.rsplit("#", maxsplit=1)[-1]
    lines = text.split("\n")
    fence = ""
    start, level, title = -1, 0, ""
    for i, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark is not None and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        found = None if fence else _HEADING.match(line)
        if found is None:
            continue
        if start < 0 and same_heading("#" + found[2].replace("#", " "), wanted):
            start, level, title = i + 1, len(found[1]), found[2]
        elif start >= 0 and len(found[1]) <= level:
            return Note(title, "\n".join(lines[start:i]).strip("\n"))
    return Note(title, "\n".join(lines[start:]).strip("\n")) if start >= 0 else None


def _block(text: str, name: str) -> Note | None:
    """The paragraph that Obsidian calls `^name`."""
    for block in text.split("\n\n"):
        if block.rstrip().endswith("^" + name):
            return Note("", block.rstrip()[: -len(name) - 1].strip("\n "))
    return None
