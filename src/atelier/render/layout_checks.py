"""What can only be said of a deck once its text is set: overfull frames, small letters, signs that no font has, hasty
flights.

Every face of every place is set once, in reading order, and no picture is painted. Private frames are not looked at:
they are not in a scene, since nobody in the room ever sees them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.canvas.faces import Face
from atelier.canvas.motion_budget import motion_diagnostics
from atelier.foundation.diagnostics import Diagnostic, bounded
from atelier.render.glyphs import MissingGlyphs
from atelier.render.legibility import Faces, Letters, legibility_diagnostics, letters_of
from atelier.typeset.setting import H
from atelier.typeset.typesetter import Typesetter

if TYPE_CHECKING:
    from atelier.foundation.progress import Progress
    from atelier.render.scene import Scene


def check_layout(scene: Scene, progress: Progress) -> tuple[Diagnostic, ...]:
    """Diagnostics of the set deck, for all of its paths, in the order of the file.

    `progress` is told after every place how many are done, and of how many; what it raises ends the check.
    """
    deck, canvas = scene.deck, scene.canvas
    paths = {path.name: _own_places(scene, path.name) for path in deck.paths if path.name}
    total = len(canvas.places) + sum(len(places) for places in paths.values())
    found: dict[Diagnostic, None] = {}
    contents: dict[tuple[str, int], Letters] = {}
    covers: dict[int, Letters] = {}
    glyphs = MissingGlyphs(deck)
    done = 0

    def content(setter: Typesetter, place: int, path: str) -> None:
        letters = Letters()
        for page in range(setter.pages(place)):
            display = setter.face(place, Face.CONTENT, page)
            found.update(dict.fromkeys(display.diagnostics))
            glyphs.look(display, canvas.places[place].frame)
            letters = letters.and_(letters_of(display))
        contents[path, place] = letters

    for place in canvas.places:
        content(scene.typesetter, place.index, "")
        cover = scene.typesetter.face(place.index, Face.COVER)
        found.update(dict.fromkeys(cover.diagnostics))
        glyphs.look(cover, place.frame)
        covers[place.index] = letters_of(cover)
        done += 1
        progress(done, total)
    for name, places in paths.items():
        setter = Typesetter(
            deck, canvas, scene.theme, scene.contents.shown, path=name, language=deck.lang, pictures=scene.pictures
        )
        for index in places:
            content(setter, index, name)
            done += 1
            progress(done, total)
    found.update(dict.fromkeys(glyphs.diagnostics()))
    body = scene.theme.type.body.size * H
    found.update(dict.fromkeys(legibility_diagnostics(deck, canvas, Faces(contents, covers), body)))
    found.update(dict.fromkeys(motion_diagnostics(deck, canvas, deck.ratio)))
    return bounded(sorted(found, key=lambda each: (each.line, each.column)))


def _own_places(scene: Scene, path: str) -> list[int]:
    """The places of a named path whose text may be another than on the default one."""
    deck, canvas = scene.deck, scene.canvas
    named = deck.path(path)
    frames = {stop.frame for stop in named.stops} if named is not None else set[int]()
    return [
        place.index for place in canvas.places if place.frame in frames and "only" in deck.frames[place.frame].blocks
    ]
