"""`atelier export`: what is wanted in words, progress on stderr, what was written on stdout."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from atelier.cli.formats import named_formats
from atelier.cli.streams import say
from atelier.cli.terminal import cancellable, progress_bar
from atelier.exports.formats import DOCX, FORMATS, HOLDS, VIDEO
from atelier.foundation.errors import UsageError
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _, ngettext
from atelier.talk.wording import clock_words

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from atelier.app.exporting import Written
    from atelier.writers.placing import Choice

_SIZE = re.compile(r"(?:([0-9]{1,9})\s*[x×*]\s*)?([0-9]{1,9})", re.IGNORECASE)

LONGEST_HOLD = 3600
"""Seconds."""


def export(options: Namespace) -> int:
    formats = named_formats(options.to, FORMATS, _("There is no format “{name}”."))
    size = _size(options.size)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from atelier.app.exporting import Wish
    from atelier.app.exporting import export as write

    what = (options.path, options.lang, options.frame, options.canvas, options.steps)
    film = (options.motion, options.rate, _hold(options.hold), options.codec)
    wish = Wish(*what, size, options.per_page, options.paper, options.notes, *film)
    pictures = _("{done} of {total} pictures")
    counted = {DOCX.upper(): pictures, VIDEO.upper(): pictures}
    usual = "" if wish.frame or wish.canvas else _("{done} of {total} stops")
    written: list[Written] = []
    with cancellable(lambda: _cancelled(written)):
        for each in write(
            options.deck,
            formats,
            options.output,
            wish,
            lambda name: progress_bar(name, counted.get(name, usual)),
            partial(_choice, options.conflicts),
        ):
            written.append(each)
            if not options.json:
                say(harmless(_in_words(each)) + "\n")
    if options.json:
        say(json.dumps([_as_json(each) for each in written], ensure_ascii=True, indent=2) + "\n")
    if options.report:
        from atelier.cli.removals import report
        from atelier.deck.loading import load

        report(load(options.deck), beside_json=options.json)
    return 0


def _choice(conflicts: str, path: Path, difference: str) -> Choice:
    """What becomes of a document that its author has changed."""
    from atelier.cli.conflicts import chooser

    return chooser(conflicts)(path, difference)


def _size(text: str) -> tuple[int, int] | None:
    """Width and height, the width 0 where only the height is given. Raises UsageError."""
    if not text:
        return None
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            _("“{text}” is no size of a picture.").format(text=text),
            _("Write it as 1920x1080, or give the height alone: 1080."),
        )
    if found.group(1) is None:
        return 0, int(found.group(2))
    width, height = int(found.group(1)), int(found.group(2))
    return (width, height) if width else (-1, height)


def _hold(text: str) -> float | str:
    """How long a film shows what says nothing itself: seconds, or one of `HOLDS`. Raises UsageError."""
    if text in HOLDS:
        return text
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = 0.0
    if 0.0 < seconds <= LONGEST_HOLD:
        return seconds
    raise UsageError(
        _("“{text}” does not say how long a stop is shown.").format(text=text),
        _("Write seconds, up to {most}, or one of these: {words}.").format(most=LONGEST_HOLD, words=", ".join(HOLDS)),
    )


def _as_json(written: Written) -> dict[str, Any]:
    outcome = "written" if written.placed is None else written.placed.outcome.name.lower()
    files = [{"file": str(file), "outcome": outcome} for file in written.files]
    said: dict[str, Any] = {"format": written.format, "pages": written.pages, "files": files}
    if written.film is not None:
        said |= asdict(written.film)
    return said


def _in_words(written: Written) -> str:
    if written.format in {"pdf", "handout"}:
        words = ngettext("{file}: {n} page", "{file}: {n} pages", written.pages)
        return words.format(file=written.files[0], n=written.pages)
    if written.format == "pptx":
        words = ngettext("{file}: {n} slide", "{file}: {n} slides", written.pages)
        return words.format(file=written.files[0], n=written.pages)
    if written.placed is not None:
        from atelier.cli.conflicts import in_words

        return in_words(written.placed)
    if written.film is not None:
        film = written.film
        return _("{file}: {length}, {width} × {height}, {rate} pictures a second, {codec}").format(
            file=written.files[0],
            length=clock_words(film.seconds),
            width=film.width,
            height=film.height,
            rate=film.rate,
            codec=film.codec,
        )
    if written.format == "html":
        return "\n".join(map(str, written.files))
    if written.pages == 1:
        return str(written.files[0])
    words = ngettext("{folder}: {n} picture", "{folder}: {n} pictures", written.pages)
    return words.format(folder=written.files[0].parent, n=written.pages)


def _cancelled(written: list[Written]) -> str:
    """What somebody who ended it finds: whole files of the formats before, nothing of the one under way."""
    if not written:
        return _("Cancelled; nothing was written.")
    formats = ", ".join(each.format.upper() for each in written)
    return _("Cancelled; {formats} is written, nothing of the rest.").format(formats=formats)
