"""Light or dark for every window of the program, decided once and remembered."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.foundation.errors import AtelierError
from atelier.foundation.settings import load_settings, save_settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from atelier.windows.style import Appearance


class SharedAppearance:
    """Made when the first panel needs it: a talk starts without style sheets."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._appearance: Appearance | None = None

    def get(self) -> Appearance:
        if self._appearance is None:
            from atelier.windows.style import Appearance
            from atelier.windows.tokens import Scheme

            self._appearance = Appearance(self._app, Scheme(load_settings().colours))
            self._appearance.changed.connect(self._remember)
        return self._appearance

    def _remember(self) -> None:
        if self._appearance is not None:
            settings = load_settings()
            chosen = self._appearance.scheme.value
            if settings.colours != chosen:
                with contextlib.suppress(AtelierError):
                    save_settings(replace(settings, colours=chosen))
