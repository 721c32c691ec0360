"""`atelier import`: the deck on stdout in a line, and what could not be carried over below it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atelier.cli.new import typed
from atelier.cli.streams import NARROWEST, console, is_terminal, say, wrapped
from atelier.cli.terminal import cancellable, progress_bar
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.importers.types import Imported, Loss

JSON_VERSION: Final = 1
"""Raised when a program that reads the JSON would have to change."""
_PLACES_SHOWN: Final = 12
_LONGEST_WORDS: Final = 160
_WIDEST: Final = 110


def bring(file: Path, folder: Path | None, kind: str, *, as_json: bool) -> int:
    """Imports a deck and says what became of it. What could not be carried over is no error."""
    with cancellable(), progress_bar(_("Importing"), _("{done} of {total} slides")) as progress:
        from atelier.importers.importing import import_deck

        imported = import_deck(file, folder or Path(file.stem or "deck"), kind, progress)
    if as_json:
        say(in_json(imported, file) + "\n")
        return 0
    _tell(imported, file)
    return 0


def in_json(imported: Imported, source: Path) -> str:
    found: list[dict[str, object]] = [
        {"code": loss.code, "slide": loss.slide, "line": loss.line, "message": loss.message, "text": loss.text}
        for loss in imported.losses
    ]
    return json.dumps(
        {
            "version": JSON_VERSION,
            "source": str(source),
            "kind": imported.kind,
            "deck": str(imported.file),
            "title": imported.title,
            "frames": imported.frames,
            "pictures": imported.pictures,
            "losses": found,
        },
        ensure_ascii=False,
        indent=1,
    )


def _tell(imported: Imported, source: Path) -> None:
    frames = ngettext("{n} frame", "{n} frames", imported.frames).format(n=imported.frames)
    pictures = ngettext("{n} picture", "{n} pictures", imported.pictures).format(n=imported.pictures)
    words = _("“{title}”: {frames} and {pictures}, in {file} (read as {kind})")
    head = words.format(title=imported.title, frames=frames, pictures=pictures, file=imported.file, kind=imported.kind)
    lines = [head, ""]
    if imported.kind == "markdown":
        lines += [_("Plain Markdown is a deck as it stands: nothing was changed but where its pictures are."), ""]
    if imported.losses:
        lines += [_("Not carried over, or otherwise than it was:"), ""]
        lines += _report(imported.losses, source)
        lines.append("")
    lines += [_("Look at it beside your editor:"), f"    atelier present --windowed {typed(str(imported.file.parent))}"]
    say(harmless("\n".join(lines)) + "\n")


def _report(losses: Sequence[Loss], source: Path) -> list[str]:
    """Each thing once, with the places it was met at and the words that were there."""
    together: dict[str, list[Loss]] = {}
    for loss in losses:
        together.setdefault(loss.message, []).append(loss)
    out: list[str] = []
    for message, found in together.items():
        out.append(f"- {message}")
        alone = [loss for loss in found if not loss.text or loss.text in message]
        if alone and (places := _places(alone, source)):
            out += _wrapped(places)
        for loss in [loss for loss in found if loss not in alone]:
            text = " ".join(loss.text.split())
            text = text if len(text) <= _LONGEST_WORDS else text[: _LONGEST_WORDS - 1] + "…"
            place = _places([loss], source)
            out += _wrapped(f"{place}: {text}" if place else text)
    return out


def _wrapped(text: str) -> list[str]:
    if not is_terminal(sys.stdout):
        return [f"    {text}"]
    from rich.text import Text

    page = console()
    width = max(NARROWEST, min(page.width, _WIDEST) - 4)
    return [f"    {line.plain.rstrip()}" for line in wrapped(Text(harmless(text)), page, width)]


def _places(losses: Sequence[Loss], source: Path) -> str:
    """Where in the source: lines of a text, numbers of slides."""
    lines = [loss.line for loss in losses if loss.line]
    if lines:
        named = [str(line) for line in dict.fromkeys(lines)]
        return f"{source.name}:{_some(named)}"
    slides = [str(slide) for slide in dict.fromkeys(loss.slide for loss in losses if loss.slide)]
    if not slides:
        return ""
    return ngettext("slide {numbers}", "slides {numbers}", len(slides)).format(numbers=_some(slides))


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_PLACES_SHOWN]) + (", …" if len(names) > _PLACES_SHOWN else "")
