"""Themes: colours, fonts and sizes as data, one TOML file each; docs/themes.md tells an author about them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, cast

from atelier.deck.files import resolve
from atelier.deck.looks import Theme
from atelier.deck.tables import TableReader, is_colour
from atelier.foundation.diagnostics import Diagnostic, bounded
from atelier.foundation.resources import THEMES
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.texts import reason
from atelier.foundation.translation import _, decimal

if TYPE_CHECKING:
    from pathlib import Path

HOUSE_THEME = "chocolat"
DARK_THEME = "nuit"
"""What a dark theme stands on that does not say."""
LARGEST_THEME = 64 * 1024  # bytes


@cache
def bundled_themes() -> tuple[str, ...]:
    """The names of the themes that come with the program."""
    return tuple(sorted(path.stem for path in THEMES.glob("*.toml")))


def house_theme() -> Theme:
    """The theme of a deck that names none."""
    return bundled_theme(HOUSE_THEME)


@cache
def bundled_theme(name: str) -> Theme:
    """One of ours; its file says everything."""
    data = (THEMES / f"{name}.toml").read_bytes()
    reader = TableReader.parse(data, None)
    theme = reader.read(Theme, {"name": name, "digest": hashlib.sha256(data).hexdigest()})
    if theme is None or reader.diagnostics:
        raise ValueError("; ".join(str(finding) for finding in reader.diagnostics))
    return theme


def load_theme(name_or_path: str, folder: Path | None) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """The theme called `name_or_path`: one of ours by its name, or a TOML file inside the deck's `folder`.

    Never fails. What a file leaves out follows from what it says, or is taken from the theme it stands on, as is what
    cannot be used; the latter with a diagnostic that names file, line and key. A theme that does not read gives the
    house theme.
    """
    wanted = name_or_path.strip() or HOUSE_THEME
    if wanted in bundled_themes():
        return bundled_theme(wanted), ()
    house = house_theme()
    if not wanted.lower().endswith(".toml"):
        known = bundled_themes()
        hint = did_you_mean(wanted, known) or _("There are: {names}. A theme of your own ends in .toml.").format(
            names=", ".join(known)
        )
        message = _("There is no theme “{name}”; the house theme is shown.").format(name=wanted[:60])
        return house, (Diagnostic("theme-unreadable", message, hint),)
    path = resolve(folder, wanted, limit=LARGEST_THEME)
    if isinstance(path, Diagnostic):
        return house, (replace(path, code="theme-unreadable"),)
    try:
        data = path.read_bytes()
    except OSError as error:
        message = _("The theme cannot be read.") + f" {reason(error)}"
        return house, (Diagnostic("theme-unreadable", message, file=path),)
    return _read(wanted, path, data)


def _read(wanted: str, path: Path, data: bytes) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """The theme in a file of an author."""
    from atelier.deck.contrast import unreadable, worst
    from atelier.deck.derived import derived

    reader = TableReader.parse(data, path)
    base = _base(reader)
    reader.instead = base.name
    digest = hashlib.sha256(base.digest.encode() + data).hexdigest()
    theme = reader.read(Theme, {"name": wanted, "digest": digest}, base)
    if theme is None:
        return house_theme(), bounded(reader.diagnostics)
    theme = derived(theme, reader.said)
    failed = unreadable(theme)
    if not failed:
        return theme, bounded(reader.diagnostics)
    hint = _("Make one of them lighter or darker. The theme “{name}” is shown.").format(name=HOUSE_THEME)
    for reading in worst(failed):
        message = _("“{text}” ({colour}) on “{ground}” ({behind}) has a contrast of {ratio}; {needed} is needed.")
        message = message.format(
            text=".".join(reading.text),
            colour=reading.colour,
            ground=".".join(reading.ground),
            behind=reading.behind,
            ratio=decimal(int(reading.ratio * 10) / 10),  # never rounded up to what is needed
            needed=decimal(reading.needed),
        )
        blamed = (reading.text, reading.ground, ("colours", "card"))
        lines = [reader.line_of(keys, within=min(2, len(keys))) for keys in blamed]
        line = next((line for line in lines if line), 0) or reader.line_of(reading.text)
        reader.diagnostics.append(Diagnostic("theme-contrast", message, hint, path, line))
    return house_theme(), bounded(reader.diagnostics)


def _base(reader: TableReader) -> Theme:
    """The theme that a file stands on: the one it names, else one as light or dark as its cards."""
    from atelier.deck.derived import is_dark

    named = reader.table.pop("base", None)
    if named is not None:
        if isinstance(named, str) and named in bundled_themes():
            return bundled_theme(named)
        known = bundled_themes()
        message = _("“base” in the theme should be one of {names}.").format(names=", ".join(known))
        hint = did_you_mean(named[:60], known) if isinstance(named, str) else ""
        reader.report(message, hint, line=reader.line_of(("base",)))
    dark = reader.table.get("dark") is True
    colours = reader.table.get("colours")
    card = cast("dict[str, object]", colours).get("card") if isinstance(colours, dict) else None
    if isinstance(card, str) and is_colour(card):
        dark = is_dark(card)
    return bundled_theme(DARK_THEME if dark else HOUSE_THEME)


def theme_line(theme: Theme, folder: Path | None, keys: tuple[str, ...]) -> tuple[Path | None, int]:
    """The file of a theme that an author wrote, and the line where it sets the value called `keys`."""
    path = resolve(folder, theme.name, limit=LARGEST_THEME) if theme.name.lower().endswith(".toml") else None
    if path is None or isinstance(path, Diagnostic):
        return None, 0
    try:
        return path, TableReader.parse(path.read_bytes(), path).line_of(keys)
    except OSError:
        return path, 0
