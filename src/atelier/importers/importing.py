"""From another tool's file to a folder with a deck."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from atelier.foundation.errors import AtelierError, InputError, Location
from atelier.foundation.folders import make_folder, refuse_what_is_there
from atelier.foundation.progress import unseen
from atelier.foundation.texts import DECK_FILE, LARGEST_DECK, read_text_file
from atelier.foundation.translation import _
from atelier.importers.losses import Losses
from atelier.importers.pictures import Pictures
from atelier.importers.sniffing import first_bytes, kind_of_file, kind_of_text
from atelier.importers.source import Source, decoded, read_source, source_of
from atelier.importers.types import Imported, Talk
from atelier.importers.writing import Written, write_deck

if TYPE_CHECKING:
    from atelier.foundation.progress import Progress


def import_deck(file: Path, folder: Path, kind: str = "", progress: Progress = unseen) -> Imported:
    """Reads `file`, made with the tool `kind` (found out where it is not said), and writes the deck into `folder`,
    which must not be there yet or be empty.

    Raises InputError where the file cannot be read or the folder cannot be made; nothing is written then.
    """
    file = Path(os.path.abspath(file))  # noqa: PTH100 - resolve() would lose the name the user knows
    folder = Path(os.path.abspath(folder))  # noqa: PTH100
    try:
        refuse_what_is_there(folder)
    except OSError as error:
        raise InputError(_("The folder cannot be made."), str(error), Location(folder)) from error
    losses = Losses()
    kind, talk, pictures = _read(file, kind, losses, progress)
    if isinstance(talk, Talk) and not talk.slides:
        hint = "" if kind in ("pptx", "pdf") else _("Say what it is with --from.")
        raise InputError(_("There is no slide in this file."), hint, Location(file))
    written = write_deck(talk, losses, _name(file)) if isinstance(talk, Talk) else talk
    data = written.text.encode("utf-8", "replace")
    if len(data) > LARGEST_DECK:
        message = _("The deck would be larger than {n} MB.").format(n=LARGEST_DECK // 2**20)
        raise InputError(message, _("Split it into several, and import them one by one."), Location(file))
    make_folder(folder, {**_used(pictures, written), DECK_FILE: data})
    return Imported(
        kind, folder / DECK_FILE, written.title, written.frames, len(_used(pictures, written)), losses.all()
    )


def _used(pictures: Pictures, written: Written) -> dict[str, bytes | Path]:
    return {name: data for name, data in pictures.files.items() if name in written.text}


def _name(file: Path) -> str:
    """A title made of a file's name."""
    stem = (
        file.stem
        if file.stem.lower() not in ("slides", "index", "readme", "presentation", "deck")
        else file.parent.name
    )
    words = " ".join(re.sub(r"[-_]+", " ", stem).split())
    return re.sub(r"([\\`*_{}\[\]<>#$])", r"\\\1", words[:1].upper() + words[1:]) or _("Untitled")


def _read(file: Path, kind: str, losses: Losses, progress: Progress) -> tuple[str, Talk | Written, Pictures]:
    """The kind of a file and what is in it: slides to be written, or a text that is a deck already."""
    if file.is_dir():
        from atelier.importers import obsidian

        if kind not in ("", "obsidian"):
            raise InputError(_("A folder can only be one of Obsidian's notes."), _("Give a file."), Location(file))
        pictures = obsidian.pictures_of(file, losses)
        return "obsidian", obsidian.read_folder(file, pictures, losses), pictures
    head = first_bytes(file)
    kind = kind or kind_of_file(file, head)
    if kind == "pptx":
        from atelier.importers import powerpoint

        pictures = Pictures(None, losses)
        return kind, powerpoint.read(file, pictures, losses, progress), pictures
    if kind == "pdf":
        from atelier.importers import pdf

        pictures = Pictures(None, losses)
        return kind, pdf.read(file, pictures, losses, progress), pictures
    source = read_source(file, losses)
    kind = kind or kind_of_text(source)
    pictures = Pictures(file.parent, losses, roots=_roots(kind))
    if kind == "markdown":
        from atelier.importers import plain

        return kind, plain.read(file, pictures, losses), pictures
    if file.suffix.lower() in (".html", ".htm"):
        source = _from_page(source, kind, losses)
    return kind, *_talk(kind, source, pictures, losses)


def _roots(kind: str) -> tuple[str, ...]:
    if kind == "slidev":
        from atelier.importers.slidev import ROOTS

        return ROOTS
    return ("",)


def _talk(kind: str, source: Source, pictures: Pictures, losses: Losses) -> tuple[Talk, Pictures]:
    match kind:
        case "marp":
            from atelier.importers.marp import read
        case "slidev":
            from atelier.importers.slidev import read
        case "reveal":
            from atelier.importers.reveal import read
        case "pandoc":
            from atelier.importers.pandoc import read
        case "remark":
            from atelier.importers.remark import read
        case "text":
            from atelier.importers.rough import read
        case _:
            from atelier.importers import obsidian

            pictures = obsidian.pictures_of(source.file, losses)
            return obsidian.read(source, pictures, losses), pictures
    return read(source, pictures, losses), pictures


def _from_page(source: Source, kind: str, losses: Losses) -> Source:
    """The Markdown in a page, or in the file beside it that the page shows. Raises InputError where there is none."""
    from atelier.deck.files import resolve
    from atelier.importers import remark, reveal

    text = read_text_file(source.file)
    page = decoded(text, source.file, Losses())
    found, files = (remark.from_page(page), []) if kind == "remark" else reveal.from_page(page)
    for name in files:
        other = resolve(source.file.parent, name, limit=LARGEST_DECK)
        try:
            if isinstance(other, Path):
                found += "\n\n---\n\n" + decoded(read_text_file(other), other, losses)
            else:
                losses.add("file", other.message, text=name)
        except AtelierError as error:
            losses.add("file", error.message, text=name)
    if not found.strip().strip("-\n "):
        message = _("There is no Markdown in this page.")
        raise InputError(message, _("Give the file its slides are written in."), Location(source.file))
    return source_of(found.lstrip("\n-") if kind == "reveal" else found, source.file)
