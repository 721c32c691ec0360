"""The frames of the deck as a tree in reading order: what was seen, where the talk is, how long each takes."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from atelier.foundation.translation import _
from atelier.talk.events import Alive, Moved, Stroke, StrokeWent
from atelier.talk.wording import clock_words
from atelier.windows.console.frame_list import FrameList, FrameRow, Sign

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from PySide6.QtGui import QShowEvent

    from atelier.deck.types import Deck
    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.tokens import Tokens

SOON = 100
"""Milliseconds after an act until the list follows: the room's next picture comes first."""


def visible_frames(deck: Deck, opened: Collection[int]) -> Iterator[int]:
    """The frames of a tree, those inside a frame only where it is `opened`; the root always is."""
    stack = [0]
    while stack:
        index = stack.pop()
        yield index
        if index == 0 or index in opened:
            stack.extend(reversed(deck.frames[index].children))


class Outline(QWidget):
    """Follows `talk` over a scene. Sections are folded but for the one the talk is in, unless somebody opened them."""

    frame_chosen = Signal(int)

    def __init__(self, talk: Talk, scene: Scene, tokens: Callable[[], Tokens]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._talk = talk
        self._scene = scene
        self._by_hand: dict[str, bool] = {}
        """Sections that somebody opened or folded, by their ids."""
        self.list = FrameList(_("Outline"), tokens)
        self.list.frame_chosen.connect(self.frame_chosen)
        self.list.fold_wanted.connect(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        talk.listen(self._on_event)
        self.refresh()

    def _on_event(self, event: Event, before: Position) -> None:
        if isinstance(event, Alive | Stroke | StrokeWent):
            return
        if isinstance(event, Moved) and self._place_frame(before) != self._place_frame(self._talk.position):
            self._by_hand.clear()
        self._soon.start()

    def _place_frame(self, position: Position) -> int:
        places = self._talk.ground.canvas.places
        return places[position.place].frame if position.place < len(places) else -1

    def replace_scene(self, scene: Scene) -> None:
        """Shows a new version of the deck."""
        self._scene = scene
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Shows everything as it is now, and the frame that is shown."""
        self._soon.stop()
        if self._talk.ground.canvas is not self._scene.canvas:
            return
        rows = self._made_rows()
        self.list.show_rows(rows, next((i for i, row in enumerate(rows) if row.here), -1))

    def _fold(self, frame: int, folded: bool) -> None:  # noqa: FBT001 - a signal's
        self._by_hand[self._scene.deck.frames[frame].id] = not folded
        self.list.show_rows(self._made_rows())

    # ------------------------------------------------------------------ rows

    def _made_rows(self) -> Sequence[FrameRow]:
        talk, deck, places = self._talk, self._scene.deck, self._scene.canvas.places
        position = talk.position
        here = places[position.place].frame
        on_path = places[position.detours[0].place].frame if position.detours else here
        opened = {here, on_path, *deck.ancestors(here), *deck.ancestors(on_path)}
        index = {frame.id: frame.index for frame in deck.frames}
        dropped = talk.dropped()
        for frame in dropped:  # what can be taken in again is to be seen
            above = deck.ancestors(frame)
            if dropped.isdisjoint(above):
                opened.update(above)
        for id_, wanted in self._by_hand.items():
            if id_ in index:
                (opened.add if wanted else opened.discard)(index[id_])
        times = _Times(talk, deck, index)
        routed = {stop.frame for stop in talk.route}
        rows: list[FrameRow] = []
        for frame in visible_frames(deck, opened):
            each = deck.frames[frame]
            foldable = bool(each.children) and frame > 0
            seen, is_here = frame in times.seen, frame == here
            if is_here:
                sign = Sign.HERE if position.on_path else Sign.DETOUR
            elif frame == on_path:
                sign = Sign.HERE
            elif foldable:
                sign = Sign.OPEN if frame in opened else Sign.FOLDED
            else:
                sign = Sign.SEEN if seen else Sign.AHEAD
            rows.append(
                FrameRow(
                    frame,
                    each.title,
                    times.of(frame, whole=foldable and frame not in opened),
                    max(each.depth - 1, 0),
                    sign,
                    here=is_here,
                    strong=foldable and frame in opened,
                    quiet=seen or frame not in routed,
                    left_out=frame in dropped,
                    foldable=foldable,
                )
            )
        return tuple(rows)


class _Times:
    """How long frames were shown, or else are planned to be."""

    def __init__(self, talk: Talk, deck: Deck, index: dict[str, int]) -> None:
        planned = [0.0] * len(deck.frames)
        for stop, seconds in zip(talk.route, talk.plan.seconds, strict=True):
            planned[stop.frame] += seconds
        given = [0.0] * len(deck.frames)
        state = talk.state
        for id_ in state.given:
            if id_ in index:
                given[index[id_]] = state.seconds_at(id_, state.moment)
        self._planned = [0.0, *accumulate(planned)]
        self._given = [0.0, *accumulate(given)]
        self.seen = {index[id_] for id_ in state.given if id_ in index}
        last = list(range(len(deck.frames)))
        for frame in reversed(deck.frames):
            if frame.parent >= 0:
                last[frame.parent] = max(last[frame.parent], last[frame.index])
        self._last = last
        here = state.mark.place.frame if state.mark is not None else ""
        self._here = index.get(here, -1)

    def of(self, frame: int, *, whole: bool) -> str:
        """The time of a frame, or of the `whole` section with all in it; nothing where there is none."""
        end = self._last[frame] + 1 if whole else frame + 1
        given = self._given[end] - self._given[frame]
        planned = self._planned[end] - self._planned[frame]
        seconds = given if given >= 1.0 and frame != self._here else planned
        return clock_words(seconds) if seconds >= 1.0 else ""
