"""Where the panels of the console were, for each set of screens and each layout of the console."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.foundation.errors import AtelierError
from atelier.foundation.settings import MOST_ARRANGED, load_settings, save_settings

if TYPE_CHECKING:
    from atelier.foundation.settings import PanelPlaces


def places_of(screens: str, layout: str) -> PanelPlaces | None:
    """What was remembered for a set of screens and a layout, by their names; None where nothing was."""
    kept = load_settings().panels
    return next((places for known, name, places in kept if (known, name) == (screens, layout)), None)


def remember_places(screens: str, layout: str, places: PanelPlaces | None) -> None:
    """Remembers places for the next time, or forgets those there were."""
    settings = load_settings()
    others = tuple(row for row in settings.panels if row[:2] != (screens, layout))
    first = ((screens, layout, places),) if places is not None else ()
    with contextlib.suppress(AtelierError):  # a read-only home keeps nobody from presenting
        save_settings(replace(settings, panels=(*first, *others)[:MOST_ARRANGED]))
