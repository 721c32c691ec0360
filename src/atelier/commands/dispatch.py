"""Runs commands by id. The one place where an `AtelierError` of a window becomes a notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.commands.table import BY_ID
from atelier.foundation.errors import AtelierError

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class _Binding:
    run: Callable[[], None]
    enabled: Callable[[], bool]


class Dispatcher:
    """What each command does in one window. `on_error` shows an error to the person."""

    def __init__(self, on_error: Callable[[AtelierError], None]) -> None:
        self._on_error = on_error
        self._bindings: dict[str, _Binding] = {}

    def bind(self, id_: str, run: Callable[[], None], enabled: Callable[[], bool] = lambda: True) -> None:
        """Gives a command of the table its act; raises KeyError for an id that is no row of it."""
        self._bindings[BY_ID[id_].id] = _Binding(run, enabled)

    def knows(self, id_: str) -> bool:
        """Whether the command has an act in this window, enabled or not."""
        return id_ in self._bindings

    def enabled(self, id_: str) -> bool:
        """Whether the command would do something now."""
        binding = self._bindings.get(id_)
        return binding is not None and binding.enabled()

    def run(self, id_: str) -> bool:
        """Runs the command; False when it is not enabled here and now."""
        if not self.enabled(id_):
            return False
        try:
            self._bindings[id_].run()
        except AtelierError as error:
            self._on_error(error)
        return True
