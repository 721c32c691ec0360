"""A talk as its speaker's telephones are told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.deck.types import View
from atelier.markup.audience import mapped
from atelier.markup.blocks import ListBlock, ListItem, Only, Paragraph, Private, Text
from atelier.markup.words import words
from atelier.server.state import LONGEST_NOTES, LONGEST_TITLE, RemoteState
from atelier.talk.wording import pace_words
from atelier.typeset.notes import private_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.markup.blocks import Block
    from atelier.render.scene import Scene
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk


def remote_state(talk: Talk, scene: Scene, ratio: float) -> RemoteState:
    """The talk as it is now; `ratio` is that of the room's picture."""
    deck, here = scene.deck, talk.position
    content = scene.contents.content(scene.canvas.places[here.place].frame)
    path, state = talk.path.name, talk.state
    counts = talk.ground.steps(here.place) or (0,)
    ahead = talk.ahead()
    is_step = ahead is not None and ahead.shows(here) and ahead.stop == here.stop
    elapsed, pace = talk.elapsed(), talk.pace()
    counted, now = state.counted, talk.now
    return RemoteState(
        deck=deck.title[:LONGEST_TITLE],
        title=_title(scene, here),
        stop=here.stop + 1,
        stops=len(talk.route),
        step=here.step,
        steps=counts[min(here.page, len(counts) - 1)] if here.view is View.FRAME else 0,
        page=here.page + 1,
        pages=len(counts) if here.view is View.FRAME else 1,
        detours=len(here.detours),
        next="" if ahead is None or is_step else _title(scene, ahead),
        next_is_step=is_step,
        notes=_said(content.notes, path, deck.lang),
        private=_said(private_parts(content.blocks), path, deck.lang),
        elapsed=round(elapsed, 2),
        left=round(talk.plan.total - elapsed, 2),
        started=state.clock.started,
        running=state.clock.running,
        pace=pace_words(pace),
        late=pace.is_late,
        countdown=round(counted.countdown.lap_left(now), 2) if counted is not None else -1.0,
        counts=counted is not None and not counted.countdown.paused and not counted.countdown.over(now),
        cover=state.cover,
        frozen=state.frozen,
        ratio=round(ratio, 4),
    )


def _title(scene: Scene, position: Position) -> str:
    return scene.deck.frames[scene.canvas.places[position.place].frame].title[:LONGEST_TITLE]


def _said(blocks: Iterable[Block], path: str, language: str) -> str:
    return words(_opened(tuple(blocks), path, language))[:LONGEST_NOTES]


def _marked(block: ListBlock) -> ListBlock:
    """A list whose items begin with a dash or their number, which plain text would leave out."""
    items: list[ListItem] = []
    for n, item in enumerate(block.items, block.start):
        mark = Text(f"{n}. " if block.ordered else "\N{EN DASH} ")
        first, *rest = item.blocks or (Paragraph(inlines=()),)
        if isinstance(first, Paragraph):
            first = replace(first, inlines=(mark, *first.inlines))
        items.append(replace(item, blocks=(first, *rest)))
    return replace(block, items=tuple(items))


def _opened(blocks: tuple[Block, ...], path: str, language: str) -> tuple[Block, ...]:
    """Blocks without those for other paths and languages."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Private) or (isinstance(block, Only) and block.holds(path, language)):
            out += _opened(block.blocks, path, language)
        elif not isinstance(block, Only):
            opened = mapped(block, lambda inner: _opened(inner, path, language), lambda inlines: inlines)
            out.append(_marked(opened) if isinstance(opened, ListBlock) else opened)
    return tuple(out)
