"""Writing a talk up: the journal that it left is read as it was given, with what was drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from atelier.app.drafting import Draft, article, files_of, material, wanted_languages
from atelier.canvas.arrange import arrange
from atelier.deck.loading import load
from atelier.draft.types import Kind, LeftOut, Options
from atelier.foundation.errors import InputError
from atelier.markup.blocks import Figure, plain_text
from atelier.markup.words import words
from atelier.talk.kept import journal_for
from atelier.talk.session import Ground, Talk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

DECK = """---
redact: {Acme: a firm}
paths:
  whole: {stops: [bread, flour, water, salt, end]}
---

# Bread

## Flour {#flour}

/// notes
First the flour.
///

## Water {#water}

Then water from Acme.

## Salt {#salt}

And salt.

## Yeast {#yeast}

Yeast, if asked.

## End {#end}

Done.
"""
BEGAN = 1_394_802_000.0
"""14 March 2014."""


class Room:
    """A talk that is given, on disk."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "bread.md"
        self.file.write_text(DECK)
        self.moment = BEGAN
        deck = load(self.file)
        self.deck = deck
        self.journal = journal_for(deck.title, self.file, len(deck.frames), BEGAN, lambda _trouble: None)
        ground = Ground(deck, arrange(deck), lambda _place: (0,), lambda _frame: 0)
        self.talk = Talk(ground, self.journal.record, lambda: self.moment)
        self.talk.begin("whole")
        self.talk.pause_clock()  # which starts it
        self.talk.keep_plan()

    def wait(self, seconds: float = 30.0) -> Room:
        self.moment += seconds
        return self

    def jump(self, id_: str) -> Room:
        frame = self.deck.frame(id_)
        assert frame is not None
        self.talk.jump(self.talk.ground.canvas.place_of[frame.index])
        return self

    def next(self) -> Room:
        self.talk.next()
        return self

    def end(self) -> str:
        self.wait()
        self.talk.end()
        assert self.journal.close()
        return self.journal.file.stem


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def given(room: Room) -> str:
    """Bread, flour, a detour to yeast, water, then straight to the end; salt is left out."""
    room.wait().next().wait().jump("yeast").wait()
    room.talk.close_detour()
    room.wait().next().wait()
    room.talk.go_to_stop(4)
    return room.end()


def test_a_talk_is_told_in_the_order_it_was_given(room: Room, tmp_path: Path) -> None:
    name = given(room)
    made = article(material(Path(name)), Draft())
    assert [(each.id, each.kind, each.level) for each in made.sections] == [
        ("flour", Kind.PATH, 2),
        ("yeast", Kind.DETOUR, 3),
        ("water", Kind.PATH, 2),
        ("end", Kind.PATH, 2),
    ]
    assert made.date == "2014-03-14"
    assert words(made.sections[2].blocks) == "Then water from a firm."


def test_what_was_left_out_can_be_marked(room: Room, tmp_path: Path) -> None:
    wish = Draft(options=Options(left_out=LeftOut.MARK))
    made = article(material(Path(given(room))), wish)
    assert [each.id for each in made.sections] == ["flour", "yeast", "water", "salt", "end"]
    assert words(made.sections[3].blocks).startswith("Not shown that day.")


def test_ink_is_a_figure_where_it_was_drawn(room: Room, tmp_path: Path, qapp: QApplication) -> None:
    room.wait().next().wait()
    place = room.talk.position.place
    room.talk.begin_stroke(place, "#FF0000", 40.0, ((200.0, 500.0, 0.5), (1500.0, 500.0, 0.5)))
    made = article(material(Path(room.end())), Draft())
    (figure,) = (block for block in made.sections[0].blocks if isinstance(block, Figure))
    assert plain_text(figure.caption) == "Drawn during the talk"
    image = QImage.fromData(made.pictures[figure.source].data)
    red = image.pixelColor(round(image.width() * 0.48), round(image.height() * 0.5))
    assert (red.red(), red.green()) == (255, 0)
    assert article(material(Path(room.journal.file)), Draft(ink=False)).pictures == {}


def test_a_deck_that_changed_since_is_told_as_it_is_now(room: Room, tmp_path: Path) -> None:
    name = given(room)
    room.file.write_text(DECK.replace("## Water {#water}\n\nThen water from Acme.\n", ""))
    made = article(material(Path(name)), Draft())
    assert [each.id for each in made.sections] == ["flour", "yeast", "end"]
    assert made.missing == ("Water",)
    room.file.unlink()
    with pytest.raises(InputError, match="not there any more"):
        material(Path(name))


def test_pictures_of_frames_hold_no_term(room: Room, qapp: QApplication) -> None:
    made = article(material(room.file), Draft(frames=True))
    files = files_of(made, "hugo", Draft())
    assert len(made.pictures) == 6
    assert not any(b"Acme" in each.data or "acme" in str(each.path).lower() for each in files)


def test_languages_are_named_or_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nlang: fr\n---\n# T\n\n/// only | lang=en\nx\n///\n")
    deck = load(tmp_path / "a.md")
    assert wanted_languages(deck, "") == ("",)
    assert wanted_languages(deck, "all") == ("fr", "en")
    assert wanted_languages(deck, "en, fr") == ("en", "fr")
