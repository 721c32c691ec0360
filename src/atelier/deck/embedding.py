"""Frames of other files put in where `![[file]]` or `![[file#heading]]` stands on a line of its own.

Each file is read once; each time it is put in, its frames are copied below the frame with the line, in its place among
them, under ids that begin with the file's name. What cannot be put in is a diagnostic at that line.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from atelier.deck.decoding import deck_bytes, decoded, name_of
from atelier.deck.embedded_files import Library, first_place, read_library
from atelier.deck.embedded_frames import Instance, Item, Pending, give_ids, numbered
from atelier.deck.embedded_text import EmbeddedText
from atelier.deck.frames import MOST_FRAMES, build_frames
from atelier.deck.front_matter import Metadata, read_metadata
from atelier.deck.ids import slug
from atelier.deck.types import DEFAULT_RATIO
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.errors import InputError
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.texts import DECK_FILE
from atelier.foundation.translation import _
from atelier.markup.blocks import Text
from atelier.markup.frontmatter import split_front_matter
from atelier.markup.parser import FrameParser
from atelier.markup.scanner import scan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from atelier.deck.types import Deck, Frame
    from atelier.markup.blocks import Inline
    from atelier.markup.source import Definitions, SourceEmbed

DEEPEST: Final = 8
"""How many files are put into one another."""
MOST_BYTES: Final = 32 * 1024 * 1024
"""Of all files that are put in."""
MOST_EMBEDS: Final = 5000
MOST_FILES: Final = 1000
"""That are looked for."""

_NO_WORD: Final = re.compile(r"[^\w .,'’-]|_")


@dataclass(frozen=True, slots=True)
class PutIn:
    """The frames of a deck with those that were put in; `redact` are the terms that their files ask to replace."""

    frames: tuple[Frame, ...]
    files: tuple[tuple[Path, str], ...]
    redact: tuple[tuple[str, str], ...]
    diagnostics: tuple[Diagnostic, ...]


def put_in(
    frames: tuple[Frame, ...],
    *,
    file: Path | None,
    folder: Path | None,
    metadata: Metadata,
    definitions: Definitions,
    previous: Deck | None,
) -> PutIn:
    """`frames`, those of the text in `file`, with what its lines put in. `previous` saves parsing titles anew."""
    library, found = read_library(folder, metadata.library, file)
    embedder = _Embedder(library, metadata.ratio or DEFAULT_RATIO, previous)
    embedder.diagnostics += found
    own = file.resolve() if file is not None else None
    return embedder.run(EmbeddedText(own, file, own.parent if own else None, folder, frames, definitions))


def unchanged(files: Iterable[tuple[Path, str]]) -> bool:
    """Whether the files that were put in hold what they held."""
    return all(_digest(path) == digest for path, digest in files)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(deck_bytes(path)).hexdigest()
    except InputError:
        return ""


class _Embedder:
    def __init__(self, library: Library, ratio: float, previous: Deck | None) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._library = library
        self._ratio = ratio
        self._titles = _titles(previous)
        self._read: dict[tuple[Path, str], EmbeddedText | Diagnostic] = {}
        self._found: dict[tuple[str, Path | None], Path | Diagnostic] = {}
        self._within: dict[Path, Path] = {}
        self._digests: dict[Path, str] = {}
        self._redact: dict[str, str] = {}
        self._frames_left = MOST_FRAMES
        self._embeds_left = MOST_EMBEDS
        self._bytes_left = MOST_BYTES
        self._own: EmbeddedText | None = None

    def run(self, own: EmbeddedText) -> PutIn:
        self._own = own
        self._frames_left -= len(own.frames)
        items = self._expanded(own, 0, ())
        frames = numbered(items)
        told = dict.fromkeys(self.diagnostics)  # a file that is put in twice says everything twice
        return PutIn(frames, tuple(self._digests.items()), tuple(self._redact.items()), tuple(told))

    def _expanded(self, file: EmbeddedText, top: int, chain: tuple[tuple[EmbeddedText, int], ...]) -> list[Item]:
        """The frame `top` of a file and those inside it, with what is put into them."""
        items: list[Item] = []
        positions: dict[int, int] = {}
        pending: list[Pending] = []
        for frame in file.frames[top : file.ends[top]]:
            position = positions[frame.index] = len(items)
            item = Item(frame, positions[frame.parent] if frame.index > top else -1, frame.id)
            items.append(item)
            if not frame.embeds:
                continue
            lines = frame.source.split("\n")
            for embed in frame.embeds:
                inside = self._embedded(file, frame, embed, chain)
                shown = inside is not None or embed.private or frame.private
                lines[embed.line - frame.source_line] = "" if shown else _stand_in(embed)
                if inside is None:
                    continue
                for each in inside:
                    each.parent = position if each.parent < 0 else each.parent + len(items)
                    if embed.private:
                        each.frame = replace(each.frame, private=True)
                instance = inside[0].instance
                pending.append(Pending(_name(instance.file.path) if instance else "", position, inside))
                items += inside
            item.frame = replace(frame, source="\n".join(lines))
        if pending:
            give_ids(items, pending)
        return items

    def _embedded(
        self, file: EmbeddedText, frame: Frame, embed: SourceEmbed, chain: tuple[tuple[EmbeddedText, int], ...]
    ) -> list[Item] | None:
        """The frames that a line puts in, each parent before its children; None, with a diagnostic, for none."""
        found = self._target(file, frame, embed, (*chain, (file, frame.index)))
        if isinstance(found, Diagnostic):
            self.diagnostics.append(replace(found, file=file.file, line=embed.line))
            return None
        target, top = found
        self._frames_left -= target.ends[top] - top
        items = self._expanded(target, top, (*chain, (file, frame.index)))
        instance = Instance(target, None, items, [item.id for item in items])
        for item in items:
            if item.instance is None:
                item.instance = instance
            else:
                outermost = item.instance
                while outermost.outer is not None and outermost.outer is not instance:
                    outermost = outermost.outer
                outermost.outer = instance
        return items

    def _target(
        self, file: EmbeddedText, frame: Frame, embed: SourceEmbed, chain: tuple[tuple[EmbeddedText, int], ...]
    ) -> tuple[EmbeddedText, int] | Diagnostic:
        """The file and the frame in it that a line names."""
        shown = _shown(embed)
        if self._embeds_left <= 0:
            return _too_many(shown)
        self._embeds_left -= 1
        target = self._file(file, frame, embed)
        if isinstance(target, Diagnostic):
            return target
        top = target.find(embed.part)
        if top is None:
            message = _("“{name}” has no heading and no id “{part}”.").format(
                name=embed.target[:80] or (target.path.name if target.path else ""), part=embed.part[:80]
            )
            return Diagnostic("embed-heading", message, _nearest_heading(target, embed.part))
        if any(inner.path == target.path and top <= index < target.ends[top] for inner, index in chain):
            message = _("“{name}” is not put in here: it would hold itself.").format(name=shown)
            return Diagnostic("embed-cycle", message, _("Take the line out, or name another heading."))
        if len(chain) > DEEPEST:
            message = _("“{name}” is not put in here: {n} files are put into one another, and that is the most.")
            hint = _("Put it in further up.")
            return Diagnostic("embed-too-many", message.format(name=shown, n=DEEPEST), hint)
        if target.ends[top] - top > self._frames_left:
            return _too_many(shown)
        return target, top

    def _file(self, file: EmbeddedText, frame: Frame, embed: SourceEmbed) -> EmbeddedText | Diagnostic:
        """The file that a line names, read."""
        if not embed.target:
            return file if file.path is not None else cast("Diagnostic", self._library.find(_shown(embed), None))
        key = (embed.target, file.here)
        if key not in self._found:
            if len(self._found) >= MOST_FILES:
                return _too_many(_shown(embed))
            found = self._library.find(embed.target, file.here)
            if isinstance(found, Diagnostic):
                self._found[key] = found
                if found.code == "embed-missing" and file.here is not None:
                    self._digests.setdefault(first_place(embed.target, file.here), "")
            else:
                self._found[key] = found.path
                self._within[found.path] = found.within
        path = self._found[key]
        if isinstance(path, Diagnostic):
            return path
        if self._own is not None and path == self._own.path:
            return self._own
        if (path, frame.lang) not in self._read:
            self._read[path, frame.lang] = self._loaded(path, frame.lang, embed)
        return self._read[path, frame.lang]

    def _loaded(self, path: Path, lang: str, embed: SourceEmbed) -> EmbeddedText | Diagnostic:
        """The text at `path`, in the language `lang` where it names none."""
        try:
            data = deck_bytes(path)
        except InputError as error:
            self._digests[path] = ""
            message = _("“{name}” cannot be put in.").format(name=_shown(embed)) + f" {error.message}"
            return Diagnostic("embed-unreadable", message, error.hint or _("Save it as a Markdown text in UTF-8."))
        first = path not in self._digests
        if first:
            self._bytes_left -= len(data)
        if self._bytes_left < 0:
            self._digests.setdefault(path, "")
            return _too_many(_shown(embed))
        self._digests[path] = hashlib.sha256(data).hexdigest()
        text, odd = decoded(data)
        front = split_front_matter(text)
        metadata, wrong = read_metadata(front.text, front.first_line, path)
        scanned = scan(text, deepest=metadata.frames, file=path)
        lang = metadata.lang or lang
        parser = FrameParser(scanned.definitions, lang, path)
        title = metadata.title or name_of(path)
        only = Metadata(title=metadata.title, ratio=self._ratio)
        known = self._titles.get((path, scanned.definitions), {})
        if not metadata.title:
            known = {**known, (title, lang): (Text(title),)}
        frames, found = build_frames(scanned, parser, only, title=title, lang=lang, file=path, known=known)
        if first:
            self._redact |= dict(metadata.redact)
            every = (*odd, *wrong, *scanned.diagnostics, *found)
            self.diagnostics += (replace(each, file=path) for each in every)
        return EmbeddedText(path, path, path.parent, self._within[path], frames, scanned.definitions)


def _titles(previous: Deck | None) -> dict[tuple[Path, Definitions], dict[tuple[str, str], tuple[Inline, ...]]]:
    """The titles of the frames that were put into `previous`, by the file they are from."""
    out: dict[tuple[Path, Definitions], dict[tuple[str, str], tuple[Inline, ...]]] = {}
    groups: dict[int, dict[tuple[str, str], tuple[Inline, ...]]] = {}
    for frame in previous.frames if previous is not None else ():
        if frame.origin is None or frame.made or any(isinstance(run, Text) and run.href for run in frame.title_inlines):
            continue  # its links were led elsewhere
        known = groups.get(id(frame.origin))
        if known is None:
            known = groups[id(frame.origin)] = out.setdefault((frame.origin.file, frame.origin.definitions), {})
        known[frame.heading, frame.lang] = frame.title_inlines
    return out


def _shown(embed: SourceEmbed) -> str:
    name = embed.target + (f"#{embed.part}" if embed.part else "")
    return name if len(name) <= 80 else name[:79] + "…"


def _too_many(shown: str) -> Diagnostic:
    message = _("“{name}” is not put in here: the deck would have more frames or text than a canvas can hold.")
    return Diagnostic("embed-too-many", message.format(name=shown), _("Put in fewer files, or parts of them."))


def _nearest_heading(file: EmbeddedText, part: str) -> str:
    names = [frame.heading or frame.title for frame in file.frames] + [frame.id for frame in file.frames]
    last = part.rpartition("#")[2].strip()
    return did_you_mean(last, names[:1000]) or _("Name a heading of that file, or the id of one.")


def _stand_in(embed: SourceEmbed) -> str:
    """The Markdown that is shown where nothing could be put in."""
    last = (embed.part or embed.target).replace("\\", "/").rpartition("/")[2].rpartition("#")[2]
    name = " ".join(_NO_WORD.sub(" ", last).split())[:60].strip()
    return "*" + _("“{name}” is not shown here.").format(name=name) + "*" if name else ""


def _name(path: Path | None) -> str:
    """What the ids of a file's frames begin with."""
    if path is None:
        return slug("")
    return slug(path.parent.name if path.name == DECK_FILE else path.stem)
