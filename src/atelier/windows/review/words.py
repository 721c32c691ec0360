"""What the review says of times, and the two quiet colours that tell one section of a talk from the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QColor

from atelier.foundation.translation import _, ngettext
from atelier.markup.answers import answers_of, fitted
from atelier.markup.blocks import plain_text
from atelier.talk.answers import Asked
from atelier.talk.wording import clock_words

if TYPE_CHECKING:
    from atelier.render.scene import Scene
    from atelier.talk.answers import Answers
    from atelier.talk.kept import KeptTalk
    from atelier.talk.review import Review, Row, Showing
    from atelier.windows.tokens import Tokens

NOTHING: Final = 0.5
"""Seconds that are no difference."""
_LIGHT: Final = ("#C9BFB2", "#A79C8E")
_DARK: Final = ("#57514A", "#7A7268")


def difference_words(seconds: float) -> str:
    """A difference with its sign: +2:12, −0:40."""
    return f"+{clock_words(seconds)}" if seconds >= NOTHING else clock_words(seconds)


def section_colours(tokens: Tokens) -> tuple[QColor, QColor]:
    pair = _LIGHT if QColor(tokens.window).lightness() > 128 else _DARK
    return QColor(pair[0]), QColor(pair[1])


def hatch() -> Qt.BrushStyle:
    """What was left out, everywhere."""
    return Qt.BrushStyle.BDiagPattern


def showing_words(review: Review, showing: Showing) -> str:
    """A showing in one sentence, for a tooltip and for those who do not see the chart."""
    title = review.name(showing.frame).title
    given = clock_words(showing.seconds)
    late = difference_words(review.late_at(showing.end))
    if showing.detour:
        words = _("{title} (detour), {given}").format(title=title, given=given)
    elif showing.planned > 0:
        planned = clock_words(showing.planned)
        words = _("{title}, {given} of {planned} planned").format(title=title, given=given, planned=planned)
    else:
        words = f"{title}, {given}"
    if not review.drift:
        return words
    return _("{frame}, then {late} against the plan").format(frame=words, late=late)


def row_words(review: Review, row: Row) -> str:
    total = review.answered(row.frame)
    return f"{_times_words(review, row)}, {total_words(total)}" if total else _times_words(review, row)


def _times_words(review: Review, row: Row) -> str:
    title = review.name(row.frame).title
    given, difference = clock_words(row.seconds), difference_words(row.difference)
    if row.detour:
        return _("{title} (detour), {given}").format(title=title, given=given)
    planned = clock_words(row.planned)
    return _("{title}, {given} of {planned} planned, {difference}").format(
        title=title, given=given, planned=planned, difference=difference
    )


def total_words(total: int) -> str:
    """How many answers were counted."""
    return ngettext("{n} answer", "{n} answers", total).format(n=total)


def answers_words(scene: Scene, answers: Answers, frame_id: str) -> str:
    """A line for each activity of a frame: its question, and how often each answer was given, as the deck has it today.
    Empty where nothing was counted, or nobody may see the frame.
    """
    frame = scene.deck.frame(frame_id)
    if frame is None:
        return ""
    lines: list[str] = []
    for name, activity in scene.typesetter.activities(frame.index).items():
        counts = fitted(answers.of(Asked(frame_id, name)).counts, activity.task)
        if any(counts):
            given = zip(answers_of(activity.task), counts, strict=True)
            said = (f"{words}: {count}" for line, count in given if (words := plain_text(line).strip()))
            lines.append(" · ".join((plain_text(activity.title).strip() or frame.title, *said)))
    return "\n".join(lines)


def day_words(moment: float) -> str:
    """The day of a moment, in the language in use."""
    return QLocale().toString(_local(moment).date(), QLocale.FormatType.LongFormat)


def hour_words(moment: float) -> str:
    return QLocale().toString(_local(moment).time(), QLocale.FormatType.ShortFormat)


def when_words(review: Review, talk: KeptTalk) -> str:
    """When a talk was given, along which path, and that it was a rehearsal."""
    when = _("{day}, {start} to {end}").format(
        day=day_words(review.started), start=hour_words(review.started), end=hour_words(review.ended)
    )
    parts = [when]
    if talk.path:
        parts.append(_("path {name}").format(name=talk.path))
    if review.rehearsal:
        parts.append(_("rehearsal"))
    if review.pauses:
        paused = clock_words(sum(pause.seconds for pause in review.pauses))
        parts.append(_("paused for {time}").format(time=paused))
    if not talk.ended:
        parts.append(_("cut off"))
    return ", ".join(parts)


def _local(moment: float) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(round(moment * 1000))
