"""What is wrong with a deck, said once each on stderr: the terminal is the author's, the screen is the room's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from atelier.canvas.faces import Face
from atelier.foundation.diagnostics import Severity
from atelier.foundation.terminals import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.foundation.diagnostics import Diagnostic
    from atelier.render.scene import Scene


class Reporter:
    """Says warnings and errors; hints are for checking a deck."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str, int]] = set()

    def tell(self, diagnostics: Iterable[Diagnostic]) -> None:
        for diagnostic in diagnostics:
            key = (diagnostic.code, diagnostic.message, diagnostic.line)
            if diagnostic.severity >= Severity.WARNING and key not in self._said:
                self._said.add(key)
                if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison] - a program without a console
                    sys.stderr.write(harmless(str(diagnostic)).replace("\n", " ") + "\n")

    def tell_of_place(self, scene: Scene, place: int) -> None:
        """What turned up in parsing and setting one place."""
        self.tell(scene.contents.shown(scene.canvas.places[place].frame).diagnostics)
        for page in range(scene.typesetter.pages(place)):
            self.tell(scene.typesetter.face(place, Face.CONTENT, page).diagnostics)
