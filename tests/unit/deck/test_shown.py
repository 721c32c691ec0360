"""What is shown is parsed without the notes, which stay one question away."""

from __future__ import annotations

from atelier.deck.contents import Contents
from atelier.deck.loading import read
from atelier.markup.words import words

TEXT = b"# Talk\n\nSeen *words*.\n\n/// notes\nSpoken *words*.\n///\n"


def test_notes_are_read_when_asked_for() -> None:
    contents = Contents(read(TEXT))
    shown = contents.shown(0)
    assert words(shown.blocks).strip() == "Seen words."
    assert not shown.notes
    whole = contents.content(0)
    assert whole.blocks == shown.blocks
    assert words(whole.notes).strip() == "Spoken words."
    assert contents.shown(0) is whole


def test_an_edit_keeps_both() -> None:
    contents = Contents(read(TEXT))
    kept = contents.shown(0), contents.content(0)
    later = Contents(read(TEXT.replace(b"# Talk", b"# Other talk")), contents)
    assert later.shown(0) is kept[0]
    assert later.content(0) is kept[1]
