"""What the program remembers from one start to the next, and the folders it keeps it in."""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, cast

from atelier.foundation.atomic import write_atomic
from atelier.foundation.errors import AtelierError, Location
from atelier.foundation.texts import reason
from atelier.foundation.translation import LANGUAGES, _

HOME_VARIABLE: Final = "ATELIER_HOME"
"""An environment variable naming one folder for everything the program keeps."""

MOTION_PROFILES: Final = ("full", "calm", "cuts")
"""The values of `canvas.flight.Profile`: how the camera moves."""
REPLAY_SPEEDS: Final = (1, 2, 4, 16)
"""How many times as fast a talk can be played again."""
COLOUR_SCHEMES: Final = ("system", "light", "dark")
MOST_RECENT: Final = 50
MOST_KEYS: Final = 8
"""Keys of one command."""
MOST_CHOSEN: Final = 500
"""Commands with keys of their own that are read."""
MOST_ARRANGED: Final = 120
"""Layouts of the console that are remembered, over all sets of screens."""
MOST_PANELS: Final = 20
"""Slots, panels of one and splits that are read."""
NOTES_SIZES: Final = (14, 20, 48)
"""Pixels of the notes in the console: the smallest, the usual, the largest."""
LARGEST_COUNT: Final = 10**9
LATEST: Final = 1e12  # seconds
LARGEST_FILE: Final = 4 * 1024 * 1024  # bytes


def config_folder() -> Path:
    """Where the settings are; not made by asking."""
    return _folder("config")


def cache_folder() -> Path:
    """Where is what can be made again; not made by asking."""
    return _folder("cache")


def data_folder() -> Path:
    """Where is what was made here and nowhere else, as talks given; not made by asking."""
    return _folder("data")


def _folder(kind: str) -> Path:
    if home := os.environ.get(HOME_VARIABLE):
        return Path(home).expanduser() / kind
    import platformdirs

    find = {
        "config": platformdirs.user_config_path,
        "cache": platformdirs.user_cache_path,
        "data": platformdirs.user_data_path,
    }[kind]
    return find("atelier", appauthor=False)


@dataclass(frozen=True, slots=True)
class RecentDeck:
    """`path` is absolute; `opened` is in seconds since 1970, UTC."""

    path: Path
    title: str = ""
    frames: int = 0
    opened: float = 0.0


@dataclass(frozen=True, slots=True)
class PanelPlaces:
    """Where the panels of the console are; `windows.console.places` says which slots and splits there are."""

    slots: tuple[tuple[str, ...], ...]
    """The panels of each slot by name; several in one stand in tabs."""
    hidden: tuple[str, ...] = ()
    """Panels that are not shown; they keep their slot."""
    shares: tuple[float, ...] = ()
    """What the first side of each split takes of it, between 0 and 1; 0 where nobody moved the split."""


@dataclass(frozen=True, slots=True)
class Settings:
    recent: tuple[RecentDeck, ...] = field(default=())
    """Newest first."""
    motion: str = ""
    """One of `MOTION_PROFILES`; empty follows the system."""
    colours: str = "system"
    """One of `COLOUR_SCHEMES`."""
    language: str = ""
    """One of `LANGUAGES`; empty follows the system."""
    screens: tuple[tuple[str, str, str], ...] = ()
    """(a set of screens, the one of them that the room looks at, the console's or nothing), the newest first"""
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(a command's id, the keys chosen for it); `commands.keymap` leaves out what cannot be used."""
    notes_size: int = NOTES_SIZES[1]
    """Pixels of the notes in the console."""
    panels: tuple[tuple[str, str, PanelPlaces], ...] = ()
    """(a set of screens, a layout of the console, where its panels are there), the newest first"""
    tools: tuple[tuple[str, float], ...] = ()
    """(a tool to point or draw with, its diameter as a share of the height of the picture)"""

    def with_opened(self, path: Path, title: str, frames: int, opened: float | None = None) -> Settings:
        """The settings after the deck at `path` was opened, now or at `opened`."""
        path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would lose the name the user knows
        newest = RecentDeck(path, title, frames, time.time() if opened is None else opened)
        return replace(self, recent=(newest, *self.without(path).recent)[:MOST_RECENT])

    def without(self, path: Path) -> Settings:
        """The settings after the deck at `path` was taken off the list."""
        path = Path(os.path.abspath(path))  # noqa: PTH100
        return replace(self, recent=tuple(deck for deck in self.recent if deck.path != path))


def settings_file() -> Path:
    return config_folder() / "settings.json"


def load_settings() -> Settings:
    """The settings as they were saved. What cannot be used is left at its default.

    A file that is not JSON is set aside under another name beside it, so that nothing in it is lost.
    """
    file = settings_file()
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ValueError("too large")  # noqa: TRY301 - set aside like any other file that cannot be used
        raw: object = json.loads(file.read_bytes())
        if not isinstance(raw, dict):
            raise TypeError("not an object")  # noqa: TRY301
    except (ValueError, TypeError, RecursionError):
        _set_aside(file)
        return Settings()
    except OSError:
        return Settings()
    values = cast("dict[str, Any]", raw)
    recent: object = values.get("recent")
    decks = [_recent(item) for item in cast("list[object]", recent)] if isinstance(recent, list) else []
    return Settings(
        recent=tuple(sorted((d for d in decks if d), key=lambda deck: -deck.opened))[:MOST_RECENT],
        motion=_choice(values.get("motion"), MOTION_PROFILES, ""),
        colours=_choice(values.get("colours"), COLOUR_SCHEMES, "system"),
        language=_choice(values.get("language"), LANGUAGES, ""),
        notes_size=_size(values.get("notes_size")),
        screens=_screens(values.get("screens")),
        keys=_keys(values.get("keys")),
        panels=_panels(values.get("panels")),
        tools=_shares(values.get("tools")),
    )


def save_settings(settings: Settings) -> None:
    """Writes the settings for the next start; raises AtelierError where that is not possible."""
    file = settings_file()
    values = asdict(settings)
    values["keys"] = dict(settings.keys)
    values["tools"] = dict(settings.tools)
    values["recent"] = [{**deck, "path": str(deck["path"])} for deck in values["recent"]]
    # A name that is not UTF-8 on disk comes as lone surrogates, which only the ASCII form of JSON can hold.
    text = json.dumps(values, ensure_ascii=True, indent=1)
    try:
        write_atomic(file, text.encode())
    except OSError as error:
        message = _("The settings cannot be saved.") + f" {reason(error)}"
        raise AtelierError(message, _("Check the space and the permissions there."), Location(file)) from error


def _choice(value: object, choices: tuple[str, ...], default: str) -> str:
    return value if isinstance(value, str) and value in choices else default


def _screens(value: object) -> tuple[tuple[str, str, str], ...]:
    """Rows of two names are of versions that did not remember the console's screen."""
    rows = ([*_list(item), ""][:3] for item in _list(value) if len(_list(item)) in {2, 3})
    return tuple(
        (known, room, console)
        for known, room, console in rows
        if isinstance(known, str) and isinstance(room, str) and isinstance(console, str)
    )


def _panels(value: object) -> tuple[tuple[str, str, PanelPlaces], ...]:
    rows = [_list(item) for item in _list(value)[:MOST_ARRANGED]]
    return tuple(
        (screens, layout, places)
        for screens, layout, places in (
            (row[0], row[1], _places(cast("dict[str, object]", row[2])))
            for row in rows
            if len(row) == 3 and isinstance(row[2], dict)
        )
        if isinstance(screens, str) and isinstance(layout, str)
    )


def _places(values: dict[str, object]) -> PanelPlaces:
    slots = [_list(slot)[:MOST_PANELS] for slot in _list(values.get("slots"))[:MOST_PANELS]]
    shares = _list(values.get("shares"))[:MOST_PANELS]
    return PanelPlaces(
        tuple(tuple(name for name in slot if isinstance(name, str)) for slot in slots),
        tuple(name for name in _list(values.get("hidden"))[:MOST_PANELS] if isinstance(name, str)),
        tuple(share if type(share) is float and 0.0 <= share <= 1.0 else 0.0 for share in shares),
    )


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _shares(value: object) -> tuple[tuple[str, float], ...]:
    items = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    return tuple((name, float(share)) for name, share in items.items() if type(share) is float and 0.0 < share <= 1.0)


def _keys(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    items = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    lists = [(id_, cast("list[object]", chords)) for id_, chords in items.items() if isinstance(chords, list)]
    return tuple(
        (id_, tuple(chord for chord in chords if isinstance(chord, str))[:MOST_KEYS])
        for id_, chords in lists[:MOST_CHOSEN]
    )


def _size(value: object) -> int:
    smallest, usual, largest = NOTES_SIZES
    return min(max(value, smallest), largest) if type(value) is int else usual


def _recent(item: object) -> RecentDeck | None:
    if not isinstance(item, dict):
        return None
    values = cast("dict[str, object]", item)
    path, title, frames, opened = (values.get(key) for key in ("path", "title", "frames", "opened"))
    if not isinstance(path, str) or "\0" in path or not Path(path).is_absolute():
        return None
    return RecentDeck(
        Path(path),
        title if isinstance(title, str) else "",
        frames if type(frames) is int and 0 <= frames < LARGEST_COUNT else 0,
        float(opened) if isinstance(opened, int | float) and abs(opened) < LATEST else 0.0,  # a NaN is not < anything
    )


def _set_aside(file: Path) -> None:
    for number in range(1, 1000):
        aside = file.with_name(f"{file.stem}.broken-{number}{file.suffix}")
        if not aside.exists():
            with contextlib.suppress(OSError):
                file.rename(aside)
            return
