"""The agenda of a course: days with blocks at computed times, from the `agenda` of the front matter.

Times are minutes after midnight. A block with `at` begins then; any other begins where the one before it ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from atelier.deck import front_matter_keys as keys
from atelier.deck.paths import FrameTable
from atelier.deck.types import AgendaBlock, Day
from atelier.deck.yaml_nodes import Mapping, Node, Scalar, Sequence
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import _, decimal

if TYPE_CHECKING:
    from collections.abc import Sequence as Several
    from pathlib import Path

    from atelier.deck.front_matter_keys import Key, Kind, Record
    from atelier.deck.types import Frame

USUAL_START = 9 * 60.0
MOST_BLOCKS = 500
"""In all days together."""
_EVEN = 0.01
"""Minutes that two times may differ and be the same."""
_T = TypeVar("_T")


def clock(minutes: float) -> str:
    """A time of day: 9:05."""
    whole = round(minutes)
    return f"{whole // 60 % 24}:{whole % 60:02}"


def read_agenda(
    node: Node | None, frames: Several[Frame], file: Path | None
) -> tuple[tuple[Day, ...], tuple[Diagnostic, ...]]:
    """The days of an agenda and what is wrong with them. Never fails: what cannot be used is left out."""
    if node is None or (isinstance(node, Scalar) and node.absent):
        return (), ()
    reader = _Reader(frames, file)
    return reader.days(node), tuple(reader.diagnostics)


class _Reader:
    def __init__(self, frames: Several[Frame], file: Path | None) -> None:
        self.frames = frames
        self.table = FrameTable(frames)
        self.file = file
        self.blocks = 0
        self.diagnostics: list[Diagnostic] = []

    def days(self, node: Node) -> tuple[Day, ...]:
        if not isinstance(node, Sequence):
            self._wrong(node, "agenda", _("a list of days"))
            return ()
        return tuple(day for item in node.items if (day := self._day(item)) is not None)

    def _day(self, node: Node) -> Day | None:
        if not isinstance(node, Mapping):
            self._wrong(node, "agenda", _("a list of days, each with “day”, “start” and “blocks”"))
            return None
        given = self._given(node, keys.DAY, "agenda")
        start = self._value(given, keys.START)
        end = self._value(given, keys.END)
        written = given.get(keys.BLOCKS.name)
        items = written.items if isinstance(written, Sequence) else ()
        if not isinstance(written, Sequence):
            self._wrong(written or node, "agenda.blocks", _("a list of blocks, each with a “frame” or a “break”"))
        begin = USUAL_START if start is None else start
        blocks = self._timed(items, begin, end)
        if end is not None:
            self._check_end(blocks, end)
        return Day(
            title=self._value(given, keys.DAY_TITLE) or "",
            start=begin,
            end=end,
            blocks=blocks,
            date=self._value(given, keys.DAY_DATE) or "",
            line=node.line,
        )

    def _timed(self, items: tuple[Node, ...], start: float, end: float | None) -> tuple[AgendaBlock, ...]:
        out: list[AgendaBlock] = []
        now = start
        given = [self._block(item) for item in items]
        wanted = [block for block in given if block is not None]
        for position, block in enumerate(wanted):
            begin = block.at if block.at is not None else now
            if block.at is not None:
                self._check_start(block, block.at, now, first=not out)
            minutes = block.minutes
            if not minutes:
                after = next((each.at for each in wanted[position + 1 : position + 2]), end)
                minutes = after - begin if after is not None and after > begin else 0.0
            if not minutes:
                message = _("“{title}” in the agenda has no time: nothing says how long it takes.")
                hint = _("Give it “minutes”, or plan them in the text: ## A heading {minutes=20}.")
                self._report("agenda-minutes", message.format(title=block.title[:60]), hint, block.line)
            out.append(
                AgendaBlock(
                    title=block.title,
                    start=begin,
                    minutes=minutes,
                    frame=block.frame,
                    at=block.at,
                    optional=block.optional,
                    private=block.private,
                    line=block.line,
                )
            )
            now = begin + minutes
        return tuple(out)

    def _block(self, node: Node) -> AgendaBlock | None:
        """A block without its computed times; `minutes` is 0 where nothing says them."""
        self.blocks += 1
        if self.blocks > MOST_BLOCKS:
            if self.blocks == MOST_BLOCKS + 1:
                message = _("The agenda has more than {n} blocks; the rest is left out.").format(n=MOST_BLOCKS)
                self._report("agenda-value", message, _("Split the course into several decks."), node.line)
            return None
        given = self._given(node, keys.BLOCK, "agenda.blocks") if isinstance(node, Mapping) else {}
        target, pause = self._value(given, keys.BLOCK_FRAME) or "", self._value(given, keys.BREAK) or ""
        if bool(target) == bool(pause):
            self._wrong(node, "agenda.blocks", _("a “frame” or a “break”, such as {frame: welcome, minutes: 20}"))
            return None
        index = self._frame(target, given[keys.BLOCK_FRAME.name].line) if target else None
        minutes = self._value(given, keys.PLANNED) or 0.0
        planned = self._planned(index) if index is not None else 0.0
        title = pause or (self.frames[index].title if index is not None else target)
        if minutes and planned > minutes + 0.5:
            message = _("The frames of “{title}” are planned for {total} min, and the agenda gives them {minutes}.")
            message = message.format(title=title[:60], total=decimal(planned, 2), minutes=decimal(minutes, 2))
            self._report("agenda-minutes", message, _("Shorten the frames, or give the block more."), node.line)
        return AgendaBlock(
            title=title,
            start=0.0,
            minutes=minutes or planned,
            frame=index,
            at=self._value(given, keys.AT),
            optional=self._value(given, keys.BLOCK_OPTIONAL) or False,
            private=index is not None and self.frames[index].private,
            line=node.line,
        )

    def _frame(self, name: str, line: int) -> int | None:
        index = self.table.find(name)
        if index is None:
            message = _("The agenda names the frame “{id}”, and there is none.").format(id=name[:60])
            hint = self.table.nearest(name) or _("Correct it, or give a heading that id: ## A heading {#id}.")
            self._report("agenda-frame", message, hint, line)
        return index

    def _planned(self, index: int) -> float:
        """The minutes planned in the text for a frame and all in it."""
        total = 0.0
        waiting = [index]
        while waiting:
            frame = self.frames[waiting.pop()]
            total += frame.minutes or 0.0
            waiting += frame.children
        return total

    def _check_start(self, block: AgendaBlock, at: float, now: float, *, first: bool) -> None:
        if at < now - _EVEN:
            message = _("“{title}” is fixed at {at}, and what comes before it ends at {now}.")
            hint = _("Take {n} min from what comes before, or move it.").format(n=decimal(now - at, 2))
            code = "agenda-overlap"
        elif at > now + _EVEN and not first:
            message = _("“{title}” is fixed at {at}, and what comes before it ends at {now}: nothing fills the gap.")
            hint = _("Give {n} min more to what comes before, or add a break.").format(n=decimal(at - now, 2))
            code = "agenda-gap"
        else:
            return
        message = message.format(title=block.title[:60], at=clock(at), now=clock(now))
        self._report(code, message, hint, block.line)

    def _check_end(self, blocks: tuple[AgendaBlock, ...], end: float) -> None:
        late = next((block for block in blocks if block.end > end + _EVEN), None)
        if late is None:
            return
        last = max(block.end for block in blocks)
        spare = sum(block.minutes for block in blocks if block.optional)
        message = _("The day should end at {end}, and its blocks take until {last}.").format(
            end=clock(end), last=clock(last)
        )
        hint = _("Take {n} min out.").format(n=decimal(last - end, 2))
        if spare:
            hint += " " + _("What is optional takes {n} min.").format(n=decimal(spare, 2))
        self._report("agenda-over", message, hint, late.line)

    def _given(self, node: Mapping, record: Record, where: str) -> dict[str, Node]:
        known = record.names
        for key, _value in node.items:
            if key.text not in known:
                message = _("The front matter has no key “{key}”.").format(key=f"{where}.{key.text}"[:60])
                hint = did_you_mean(key.text, known) or _("There are: {names}.").format(names=", ".join(known))
                found = Diagnostic("front-matter-misspelt", message, hint, self.file, key.line, key.column)
                self.diagnostics.append(found)
        return {key.text: value for key, value in node.items}

    def _value(self, given: dict[str, Node], key: Key[Kind[_T]]) -> _T | None:
        node = given.get(key.name)
        if node is None or (isinstance(node, Scalar) and node.absent):
            return None
        value = key.shape.parse(node.text.strip()) if isinstance(node, Scalar) else None
        if value is None:
            self._wrong(node, f"agenda.{key.name}", key.shape.wanted())
        return value

    def _wrong(self, node: Node, key: str, wanted: str) -> None:
        message = _("“{key}” should be {wanted}.").format(key=key, wanted=wanted)
        self._report("agenda-value", message, _("Correct the value, or take the key out."), node.line)

    def _report(self, code: str, message: str, hint: str, line: int) -> None:
        self.diagnostics.append(Diagnostic(code, message, hint, self.file, line))
