"""Activities and schedules as they are set: everything on the card, nothing told too early."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.canvas.arrange import arrange
from atelier.canvas.faces import Face
from atelier.deck.contents import Contents
from atelier.deck.loading import read
from atelier.deck.theme import bundled_theme, bundled_themes
from atelier.markup.blockspec import ACTIVITIES
from atelier.typeset.typesetter import Typesetter

from .typeset_reading import item_with, line_boxes, texts, words

if TYPE_CHECKING:
    from atelier.deck.types import Deck
    from atelier.typeset.display import DisplayList

LIST = "\n- one answer\n- another answer\n- a third one\n"
BLOCKS = {
    kind: f"/// {kind} | The question of the room?\n    minutes: 7\n"
    + {"place": "    x: left -> right\n    y: low -> high\n", "levels": "    subjects: us, them\n"}.get(kind, "")
    + {
        "scale": "\n- least\n- most\n",
        "words": "",
        "questions": "",
        "quiz": "\n- [ ] one answer\n- [x] another answer\n",
        "form": "\n- Theme\n    - one answer\n    - another answer\n",
    }.get(kind, LIST)
    + "///\n"
    for kind in sorted(ACTIVITIES)
}


def typesetter(deck: Deck, theme: str = "chocolat") -> Typesetter:
    return Typesetter(deck, arrange(deck), bundled_theme(theme), Contents(deck).content)


def pages(text: str, theme: str = "chocolat", front: str = "", more: str = "") -> list[DisplayList]:
    """The pages of the frame `Frame` whose text this is."""
    deck = read(f"{front}# Deck\n\n## Frame\n\n{text}\n## Other\n\nWords.\n\n{more}".encode())
    setter = typesetter(deck, theme)
    frame = next(each.index for each in deck.frames if each.title == "Frame")
    place = next(each.index for each in setter.canvas.places if each.frame == frame)
    return [setter.face(place, Face.CONTENT, page) for page in range(setter.pages(place))]


@pytest.mark.parametrize("theme", bundled_themes())
@pytest.mark.parametrize("kind", sorted(ACTIVITIES))
def test_every_activity_stands_whole_on_its_card(qapp: object, kind: str, theme: str) -> None:
    assert qapp
    (page,) = pages(BLOCKS[kind], theme)
    shown = words(page)
    assert "The question of the room?" in shown
    assert "7\u00a0min" in shown
    for item in texts(page):
        for box in line_boxes(item):
            assert box.x >= 0
            assert box.right <= page.size.width
            assert box.bottom <= page.size.height
    assert page.diagnostics == ()


@pytest.mark.parametrize("front", ["", "---\nlang: he\n---\n"])
@pytest.mark.parametrize("kind", sorted(ACTIVITIES))
def test_a_running_clock_has_room_where_the_still_one_stands(qapp: object, kind: str, front: str) -> None:
    assert qapp
    (page,) = pages(BLOCKS[kind], front=front)
    whole = [clock for clock in page.clocks if clock.round < 0]
    assert [clock.activity.kind for clock in whole] == [kind]
    assert sorted(clock.round for clock in page.clocks) == ([-1, 0, 1, 2] if kind == "rounds" else [-1])
    for clock in page.clocks:
        room = clock.room
        assert 0 <= room.x < room.right <= page.size.width
        assert 0 <= room.y < room.bottom <= page.size.height
        beside = [box for item in texts(page) for box in line_boxes(item) if box.intersects(room)]
        assert beside, "the still clock"
        assert all(clock.rect.inset(-30).holds(box.centre) for box in beside)


def test_the_time_of_each_is_a_clock_too_where_there_is_no_other(qapp: object) -> None:
    assert qapp
    (page,) = pages("/// clinic | Where?\n    each: 8\n\n- one answer\n///\n")
    assert "8 min each" in words(page)
    assert len(page.clocks) == 1
    (page,) = pages("/// clinic | Where?\n    each: 8\n    minutes: 40\n\n- one answer\n///\n")
    assert "8 min each" in words(page)
    assert "40\u00a0min" in words(page)
    assert len(page.clocks) == 1


@pytest.mark.parametrize("kind", ["poll", "quiz", "vote", "rank", "place", "groups", "rounds", "round", "clinic"])
def test_what_there_is_to_choose_from_is_read(qapp: object, kind: str) -> None:
    assert qapp
    (page,) = pages(BLOCKS[kind])
    assert "one answer" in words(page)
    assert "another answer" in words(page)


def test_nothing_tells_which_answer_of_a_quiz_is_right(qapp: object) -> None:
    assert qapp
    one = pages("/// quiz | Who?\n\n- [ ] Tim\n- [x] Ward\n///\n")[0]
    other = pages("/// quiz | Who?\n\n- [x] Tim\n- [ ] Ward\n///\n")[0]
    assert words(one) == words(other)
    assert [(type(item), item.bounds) for item in one.items] == [(type(item), item.bounds) for item in other.items]


def test_private_answers_are_not_drawn(qapp: object) -> None:
    assert qapp
    (page,) = pages("/// poll | Which?\n\n- *Acme*{.private}\n- two\n- three\n///\n")
    assert "Acme" not in words(page)


def test_two_activities_share_a_frame(qapp: object) -> None:
    assert qapp
    text = "/// scale | First?\n\n- a\n- b\n///\n\n/// poll | Second?\n\n- c\n- d\n- e\n///\n"
    (page,) = pages(text)
    assert {"First?", "Second?", "a", "b", "c", "d", "e"} <= set(words(page).split("\n"))
    assert page.diagnostics == ()


def test_many_answers_go_on_over_pages(qapp: object) -> None:
    assert qapp
    answers = "".join(
        f"- Answer number {n}, which has a good many words to say about what it means\n" for n in range(40)
    )
    found = pages(f"/// poll | Which?\n\n{answers}///\n")
    assert len(found) > 1
    shown = "\n".join(words(page) for page in found)
    assert all(f"number {n}," in shown for n in range(40))


@pytest.mark.parametrize("kind", sorted(ACTIVITIES))
def test_odd_activities_are_set(qapp: object, kind: str) -> None:
    assert qapp
    long = "An answer with so many words that no card holds it in a line " * 4
    for body in ("", "\n- \n", f"\n- {long}\n- Donaudampfschifffahrtsgesellschaftskapitänsmützen\n- نعم\n"):
        found = pages(f"/// {kind}\n{body}///\n")
        assert found


FRONT = """---
lang: fr
agenda:
  - day: "Module 1, jour 1"
    date: 2014-02-12
    start: "9:00"
    end: "11:00"
    blocks:
      - {frame: frame, minutes: 30}
      - {break: Pause, at: "9:30", minutes: 20}
      - {frame: ours, minutes: 40}
      - {frame: other, minutes: 30}
  - day: "Jour 2"
    blocks:
%s---

"""
LONG = "".join(f"      - {{break: Pause {n}, minutes: 5}}\n" for n in range(60))
OURS = "## Ours {.private}\n"


def test_a_schedule_has_the_times_of_its_day_but_not_what_is_private(qapp: object) -> None:
    assert qapp
    (page,) = pages("/// agenda | day=1\n///\n", front=FRONT % LONG, more=OURS)
    shown = words(page).split("\n")
    assert {"Module 1, jour 1", "12\u00a0février 2014", "9:00", "9:30", "Pause", "10:30", "Other", "11:00"} <= set(
        shown
    )
    assert "Ours" not in shown
    assert "Pause 3" not in shown


def test_a_schedule_read_from_the_right_begins_there(qapp: object) -> None:
    assert qapp
    front = FRONT.replace("lang: fr", "lang: ar") % LONG
    (page,) = pages("/// agenda | day=1\n///\n", front=front, more=OURS)
    time, title, length = (line_boxes(item_with(page, text))[0] for text in ("9:30", "Pause", "20\u00a0min"))
    assert time.right > title.right > length.right


def test_a_long_schedule_goes_on_over_pages(qapp: object) -> None:
    assert qapp
    found = pages("/// agenda\n///\n", front=FRONT % LONG, more=OURS)
    assert len(found) > 1
    shown = "\n".join(words(page) for page in found).split("\n")
    assert {f"Pause {n}" for n in range(60)} <= set(shown)


@pytest.mark.parametrize("theme", bundled_themes())
def test_no_time_of_a_schedule_is_broken(qapp: object, theme: str) -> None:
    assert qapp
    (page,) = pages("/// agenda | day=1\n///\n", theme, FRONT.replace('"11:00"', '"20:00"') % LONG)
    ends = item_with(page, "20:00")
    assert ends.layout.lineCount() == 1
