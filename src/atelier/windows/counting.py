"""Counting hands: which activity of the frame they are counted for, which answer is chosen, and the keys' acts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from atelier.commands.keymap import in_use
from atelier.commands.keys import chord_text
from atelier.deck.types import View
from atelier.foundation.translation import _
from atelier.markup.answers import answers_of, fitted
from atelier.markup.blocks import plain_text
from atelier.talk.answers import Asked, count, hide_results, set_count
from atelier.talk.events import AnswersCounted, Moved, PathChosen, ResultsHidden, ResultsShown

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.commands.dispatch import Dispatcher
    from atelier.markup.blocks import Activity
    from atelier.render.scene import Scene
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk


@dataclass(frozen=True, slots=True)
class Question:
    """An activity that hands can be counted for."""

    asked: Asked
    activity: Activity
    title: str
    answers: tuple[str, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Those of the answers that say something to the audience, from 0: the others cannot be given."""
        return tuple(number for number, words in enumerate(self.answers) if words)


class Counting(QObject):
    """Counts for the frame that `talk` is at, in the `scene` that is shown. `tell` says something to the speaker;
    `beside` whether something else shows them what is counted.
    """

    changed = Signal()
    """Another activity is counted, or none; another answer is chosen; something was counted, hidden or shown."""

    def __init__(
        self, talk: Talk, scene: Callable[[], Scene], tell: Callable[[str, str], None], beside: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._talk = talk
        self._scene = scene
        self._tell = tell
        self._beside = beside
        self._open: Asked | None = None
        self._known: tuple[Scene, Position, tuple[Question, ...]] | None = None
        self.chosen = 0
        """Which answer + and − are for: its place among the `numbers` of the question."""
        talk.listen(self._on_event)

    # ------------------------------------------------------------------ what is counted

    @property
    def questions(self) -> tuple[Question, ...]:
        """Those of the frame the talk is at."""
        scene, here = self._scene(), self._talk.position
        if self._talk.ground.canvas is not scene.canvas:
            return ()  # another version of the deck is on its way
        if self._known is None or self._known[0].canvas is not scene.canvas or self._known[1] != here:
            self._known = (scene, here, _questions(scene, here))
        return self._known[2]

    @property
    def open(self) -> Question | None:
        """The one that hands are counted for at the moment."""
        return next((question for question in self.questions if question.asked == self._open), None)

    @property
    def at_hand(self) -> Question | None:
        """The one that is open, or else the first of the frame."""
        return self.open or next(iter(self.questions), None)

    def counts(self, question: Question) -> tuple[int, ...]:
        return fitted(self._talk.state.answers.of(question.asked).counts, question.activity.task)

    def hidden(self, question: Question) -> bool:
        return self._talk.state.answers.of(question.asked).hidden

    # ------------------------------------------------------------------ acts

    def toggle(self) -> None:
        """Opens the first question of the frame, then the one after it; after the last one nothing is open."""
        questions = self.questions
        if not questions:
            self._tell(_("Nothing on this frame can be counted."), _("A poll, a quiz, a scale, a vote or levels can."))
            return
        here = self.open
        number = questions.index(here) + 1 if here is not None else 0
        self._open_at(questions[number].asked if number < len(questions) else None)

    def close(self) -> bool:
        """Ends counting; False where nothing was counted."""
        if self.open is None:
            self._open = None
            return False
        self._open_at(None)
        return True

    def _open_at(self, asked: Asked | None) -> None:
        self._open, self.chosen = asked, 0
        if asked is not None and not self._beside():
            key = chord_text(in_use().first_key("answers.count")) or _("Esc")
            self._tell(_("1-9 count a hand, Shift+1-9 take one back, {key} ends.").format(key=key), "")
        self.changed.emit()

    def choose(self, number: int) -> None:
        """Chooses the answer at this place among those that are shown."""
        question = self.open
        if question is not None and 0 <= number < len(question.numbers):
            self.chosen = number
            self.changed.emit()

    def add(self, place: int, by: int) -> None:
        """Adds hands to the answer at this place among those that are shown."""
        question = self.open
        if question is None or not 0 <= place < len(question.numbers):
            return
        self.chosen = place
        number = question.numbers[place]
        count(self._talk, question.asked, number, by, len(question.answers))
        if self.hidden(question) and not self._beside():
            self._tell(f"{question.answers[number]}: {self.counts(question)[number]}", "")
        self.changed.emit()

    def set(self, question: Question, number: int, to: int) -> None:
        """Says how many hands there were for the answer with this number."""
        set_count(self._talk, question.asked, number, to, len(question.answers))

    def toggle_results(self) -> None:
        """Hides what was counted from the room, or shows it again."""
        question = self.at_hand
        if question is None:
            self._tell(_("Nothing on this frame can be counted."), "")
            return
        hidden = not self.hidden(question)
        hide_results(self._talk, question.asked, hidden=hidden)
        if not self._beside():
            self._tell(_("The results are hidden from the room.") if hidden else _("The room sees the results."), "")

    def bind(self, commands: Dispatcher) -> None:
        """Gives the commands their acts."""
        commands.bind("answers.count", self.toggle)
        commands.bind("answers.show", self.toggle_results)
        for n in range(1, 10):
            commands.bind(f"answer-more.{n}", partial(self.add, n - 1, 1))
            commands.bind(f"answer-less.{n}", partial(self.add, n - 1, -1))
        commands.bind("answers.more", lambda: self.add(self.chosen, 1))
        commands.bind("answers.less", lambda: self.add(self.chosen, -1))

    # ------------------------------------------------------------------ the talk

    def follow(self) -> None:
        """Follows a new version of the deck."""
        self._known = None
        self.changed.emit()

    def _on_event(self, event: Event, before: Position) -> None:  # noqa: ARG002 - a listener's
        if isinstance(event, Moved | PathChosen):
            if self.open is None:
                self._open = None
            self.changed.emit()
        elif isinstance(event, AnswersCounted | ResultsHidden | ResultsShown):
            self.changed.emit()


def _questions(scene: Scene, here: Position) -> tuple[Question, ...]:
    if here.view is not View.FRAME:
        return ()
    canvas = scene.canvas
    frame = scene.deck.frames[canvas.places[here.place].frame]
    if canvas.page_of.get(frame.index, here.place) != here.place:
        return ()  # its text is on a page of its own
    found: list[Question] = []
    for name, activity in scene.typesetter.activities(frame.index).items():
        answers = tuple(plain_text(line).strip() for line in answers_of(activity.task))
        if any(answers):
            title = plain_text(activity.title).strip() or frame.title
            found.append(Question(Asked(frame.id, name), activity, title, answers))
    return tuple(found)
