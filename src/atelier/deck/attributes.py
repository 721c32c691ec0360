"""The attributes behind a heading, typed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from atelier.deck.values import (
    flag_value,
    flag_wanted,
    language_value,
    language_wanted,
    minutes_value,
    minutes_wanted,
    ratio_value,
    ratio_wanted,
    shared_field,
    shared_field_wanted,
)
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import _
from atelier.markup.cases import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.markup.source import SourceHeading

FLAGS: Final = ("optional", "private", "skip")
KNOWN: Final = ("background", "by", "id", "label", "lang", "layout", "map", "minutes", *FLAGS, "ratio")


@dataclass(slots=True)
class HeadingAttributes:
    """What a heading says for itself, before anything is inherited."""

    id: str = ""
    layout: str = ""
    by: str = ""
    map: str = ""
    background: str = ""
    label: str = ""
    lang: str = ""
    minutes: float | None = None
    ratio: float | None = None
    optional: bool = False
    skip: bool = False
    private: bool = False
    classes: tuple[str, ...] = ()
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])


def read_attributes(heading: SourceHeading, file: Path | None) -> HeadingAttributes:
    """The attributes of `heading`. An unknown name and a value that cannot be used are reported and left out."""
    read = HeadingAttributes()
    classes: list[str] = []
    given: set[str] = set()
    for key, value in heading.attributes:
        text = value.strip()
        if key in given:
            message = _("“{key}” is given twice; the last one counts.").format(key=key)
            hint = _("Delete one of them.")
            read.diagnostics.append(Diagnostic("attribute-unused", message, hint, file, heading.line))
        given.update({key} & {*KNOWN})
        if key in {"id", "class"} and text.endswith((",", ";")):
            text = text.rstrip(",;")
            message = _("“{value}” ends with a sign that parts nothing here.").format(value=value.strip()[:60])
            hint = _("Put spaces between attributes, and nothing else.")
            read.diagnostics.append(Diagnostic("attribute-value", message, hint, file, heading.line))
        if key == "class":
            classes += text.split()
        elif key in {"layout", "map", "background", "label"}:
            setattr(read, key, text)
        elif key == "by":
            read.by = shared_field(text)
            if not read.by:
                found = _wrong(heading, file, key, shared_field_wanted())
                read.diagnostics.append(replace(found, hint=did_you_mean(text, SHARED) or found.hint))
        elif key == "id":
            read.id = unicodedata.normalize("NFC", text)
        elif key in FLAGS:
            flag = flag_value(text)
            # What cannot be read as yes or no hides: it may be private.
            setattr(read, key, key == "private" if flag is None else flag)
            if flag is None:
                read.diagnostics.append(_wrong(heading, file, key, flag_wanted()))
        elif key == "minutes":
            read.minutes = minutes_value(text)
            if read.minutes is None:
                read.diagnostics.append(_wrong(heading, file, key, minutes_wanted()))
        elif key == "ratio":
            read.ratio = ratio_value(text)
            if read.ratio is None:
                read.diagnostics.append(_wrong(heading, file, key, ratio_wanted()))
        elif key == "lang":
            read.lang = language_value(text) or ""
            if not read.lang:
                read.diagnostics.append(_wrong(heading, file, key, language_wanted()))
        else:
            message = _("A heading has no attribute “{name}”.").format(name=key[:60])
            hint = did_you_mean(key, KNOWN) or _("There are: {names}.").format(names=", ".join(KNOWN))
            found = Diagnostic("attribute-unknown", message, hint, file, heading.line)
            read.diagnostics.append(found)
    for name in classes:
        if name == "private":
            read.private = True
        elif name in {"step", "steps"}:
            message = _("“.{name}” does nothing behind a heading.").format(name=name)
            hint = _("Write {list} on a line of its own, below what is to come step by step.").format(
                list=f"{{: .{name} }}"
            )
            read.diagnostics.append(Diagnostic("attribute-unused", message, hint, file, heading.line))
        elif name in FLAGS:
            message = _("“.{name}” is a class for the theme and does nothing else.").format(name=name)
            hint = _("Write {name}=true.").format(name=name)
            read.diagnostics.append(Diagnostic("attribute-unknown", message, hint, file, heading.line))
    read.classes = tuple(dict.fromkeys(name for name in classes if name != "private"))
    return read


def _wrong(heading: SourceHeading, file: Path | None, key: str, wanted: str) -> Diagnostic:
    message = _("“{key}” should be {wanted}.").format(key=key, wanted=wanted)
    return Diagnostic("attribute-value", message, _("Correct the value, or take it off."), file, heading.line)
