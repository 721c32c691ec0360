"""A talk over a scene."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atelier.foundation.clock import steady_clock
from atelier.talk.session import Ground, Talk

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.render.scene import Scene
    from atelier.talk.events import Event

_NOTES = re.compile(r"^(/{3,}|:{3,})[ \t]*\{?\.?notes\}?[ \t]*\n(.*?)(?:^\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)


def talk_over(
    scene: Scene, record: Callable[[float, Event], None] | None = None, now: Callable[[], float] | None = None
) -> Talk:
    """A talk that has not begun; without `record` nothing is kept of it. `now` gives seconds since 1970."""
    return Talk(ground_of(scene), record or _forget, now or steady_clock())


def ground_of(scene: Scene) -> Ground:
    """The deck of a scene with the steps that its set frames take."""
    setter = scene.typesetter

    def steps(place: int) -> tuple[int, ...]:
        return tuple(setter.steps(place, page) for page in range(setter.pages(place)))

    frames = scene.deck.frames
    return Ground(scene.deck, scene.canvas, steps, lambda frame: _spoken(frames[frame].source))


def _spoken(source: str) -> int:
    """About how many words of notes there are in a frame's Markdown: none of it is parsed, for thousands of frames."""
    return sum(len(notes[2].split()) for notes in _NOTES.finditer(source)) if "notes" in source else 0


def _forget(moment: float, event: Event) -> None:
    """Keeps no journal."""
