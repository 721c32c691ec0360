"""What is odd about the films and sounds of a deck: files that are not there or are none, times that cannot be."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from atelier.deck.files import written_otherwise
from atelier.deck.media_files import MediaFile, find_media, media_fault, read_media_file
from atelier.deck.references import things
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.texts import reason
from atelier.foundation.translation import _
from atelier.markup.blocks import Media
from atelier.markup.media import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from atelier.deck.types import Deck, Frame
    from atelier.markup.blocks import Content


def check_media(deck: Deck, content: Callable[[int], Content]) -> Iterator[Diagnostic]:
    """What is wrong with each film and sound; their posters are among the pictures."""
    read = cache(read_media_file)
    for frame in deck.frames:
        parsed = content(frame.index)
        for thing, line in things((parsed.blocks, parsed.notes)):
            if isinstance(thing, Media):
                for found in _faults(deck, frame, thing, read):
                    yield replace(found, file=deck.file_of(frame), line=line)


def _faults(deck: Deck, frame: Frame, media: Media, read: Callable[[Path], MediaFile]) -> Iterator[Diagnostic]:
    name = media.source[:60]
    if not media.alt.strip() and not media.poster:
        message = _("“{name}” has neither a picture nor words, so nobody knows what it is before it plays.").format(
            name=name
        )
        yield Diagnostic("media-bare", message, _("Describe it between the brackets, or name a picture: {poster=…}."))
    if media.end and media.start >= media.end:
        message = _("“{name}” is to begin at {start} and to end at {end}, which is not later.").format(
            name=name, start=spoken(media.start), end=spoken(media.end)
        )
        yield Diagnostic("media-times", message, _("Correct start= and end=."))
    folder = deck.folder_of(frame)
    found = find_media(folder, media.source, None if frame.origin is None else frame.origin.within)
    if isinstance(found, Diagnostic):
        yield found
        return
    if folder is not None and (real := written_otherwise(folder, media.source)):
        message = _("“{name}” is called “{real}”: only some machines take one for the other.").format(
            name=name, real=real[:60]
        )
        yield Diagnostic("picture-case", message, _("Write {real}.").format(real=real[:60]))
    try:
        file = read(found)
    except OSError as error:
        yield Diagnostic("media-unreadable", _("“{name}” cannot be opened.").format(name=name), reason(error))
        return
    if fault := media_fault(file, name):
        yield fault
    elif file.duration:
        yield from _beyond(media, file.duration, name)


def _beyond(media: Media, duration: float, name: str) -> Iterator[Diagnostic]:
    """Times that the file is too short for."""
    for key, at in (("start", media.start), ("end", media.end)):
        if at > duration + (_SLACK if key == "end" else 0.0) or (key == "start" and at and at >= duration):
            message = _("“{name}” lasts {duration}, and {key} is {time}.").format(
                name=name, duration=spoken(duration), key=key, time=spoken(at)
            )
            yield Diagnostic("media-times", message, _("Name a time within it."))
            return


_SLACK = 1.0
"""Seconds that an end may lie behind the file's: whoever writes 1:20 for a film of 1:19.6 means all of it."""
