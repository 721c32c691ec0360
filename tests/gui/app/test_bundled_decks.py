"""The decks that come with the program, set and found as people meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.app.checking import check
from atelier.app.library import find_bundled
from atelier.foundation.diagnostics import Severity
from atelier.foundation.resources import bundled_decks
from atelier.windows.deck_summary import summarise

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication


@pytest.mark.parametrize("name", ["atelier-ecriture-blog", "questionnaire-direction", "tour/fr.md", "tour/en.md"])
def test_every_frame_can_be_read_and_every_flight_followed(name: str, qapp: QGuiApplication) -> None:
    del qapp
    found = check(bundled_decks() / name, layout=True).diagnostics
    assert [str(each) for each in found if each.severity > Severity.HINT] == []


def test_the_library_shows_them() -> None:
    found = {path.name: summarise(path) for path in find_bundled()}
    titles = {name: found[name].title for name in ("questionnaire-direction", "atelier-ecriture-blog", "tour")}
    assert titles == {
        "questionnaire-direction": "L’état des lieux",
        "atelier-ecriture-blog": "Écrire pour un blog",
        "tour": "The format, by itself",
    }
