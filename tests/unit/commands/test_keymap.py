"""Keys a person chose in the place of the table's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.commands.keymap import (
    CLICKER_KEYS,
    KeyTakenError,
    default_keymap,
    in_use,
    keymap,
    overlap,
    use,
)
from atelier.commands.keys import NAMES, KeyPress, chord_of, command_for, is_chord
from atelier.commands.table import BY_ID, COMMANDS, LIBRARY, STAGE

F8 = KeyPress(name="F8")


def pressed(chord: str) -> KeyPress:
    *held, key = chord.split("+")
    named = key in NAMES
    return KeyPress(
        name=key if named else "",
        character="" if named else key.lower(),
        ctrl="Ctrl" in held,
        alt="Alt" in held,
        shift="Shift" in held,
    )


def test_without_a_choice_they_are_the_tables() -> None:
    assert {command.id: command.keys for command in COMMANDS} == dict(default_keymap().keys)
    assert default_keymap().chosen == {}


def test_one_more_key_counts_at_once_and_the_others_stay() -> None:
    assert command_for(F8, (STAGE,)) is None
    use(in_use().with_key("stage.overview", "F8"))
    assert command_for(F8, (STAGE,)) == "stage.overview"
    assert command_for(pressed("O"), (STAGE,)) == "stage.overview"
    assert in_use().keys["stage.overview"] == ("O", "F8")


def test_a_key_in_the_place_of_another_sets_that_one_free() -> None:
    use(in_use().with_key("stage.overview", "F8", instead_of="O"))
    assert command_for(pressed("O"), (STAGE,)) is None
    assert in_use().first_key("stage.overview") == "F8"


def test_a_key_that_is_taken_is_refused_with_the_name_of_what_it_does() -> None:
    with pytest.raises(KeyTakenError, match="U already does “Up to the parent”") as refused:
        in_use().with_key("stage.overview", "U")
    assert "remove it there first" in refused.value.hint


def test_what_works_everywhere_is_taken_in_every_window() -> None:
    with pytest.raises(KeyTakenError, match="Motion"):
        in_use().with_key("library.open", "G")
    with pytest.raises(KeyTakenError, match="Overview"):
        in_use().with_key("window.keys", "O")
    assert in_use().with_key("library.open", "O").keys["library.open"] == ("Ctrl+O", "O")


@pytest.mark.parametrize("chord", sorted(CLICKER_KEYS))
def test_what_page_turners_send_can_be_neither_taken_away_nor_removed(chord: str) -> None:
    owner = command_for(pressed(chord), (STAGE,))
    assert owner is not None
    assert owner.startswith(("stage.", "room."))
    with pytest.raises(KeyTakenError, match=BY_ID[owner].title.split(";")[0]):
        in_use().with_key("stage.overview", chord)
    with pytest.raises(KeyTakenError, match="stays where it is"):
        in_use().without_key(owner, chord)
    with pytest.raises(KeyTakenError, match="stays where it is"):
        in_use().with_key(owner, "F8", instead_of=chord)
    assert keymap({owner: []}).bindings[STAGE, chord] == owner
    assert keymap({"stage.overview": [chord]}).bindings[STAGE, chord] == owner


def test_a_command_may_be_left_without_a_key_and_gets_it_back() -> None:
    without = in_use().without_key("stage.overview", "O")
    assert without.first_key("stage.overview") == ""
    assert without.chosen == {"stage.overview": ()}
    assert without.reset("stage.overview").chosen == {}


def test_a_reset_that_would_take_a_key_back_from_another_says_so() -> None:
    moved = in_use().without_key("stage.overview", "O").with_key("stage.parent", "O")
    with pytest.raises(KeyTakenError, match="O does “Up to the parent” now"):
        moved.reset("stage.overview")
    assert moved.reset("stage.parent").reset("stage.overview").chosen == {}


def test_keys_can_change_places() -> None:
    keys = in_use().without_key("stage.overview", "O").with_key("stage.parent", "O", instead_of="U")
    keys = keys.with_key("stage.overview", "U")
    assert (keys.first_key("stage.parent"), keys.first_key("stage.overview")) == ("O", "U")
    assert keymap(keys.chosen) == keys


def test_no_command_gets_more_keys_than_can_be_shown() -> None:
    keys = in_use()
    for n in range(13, 20):
        keys = keys.with_key("stage.overview", f"F{n}")
    with pytest.raises(KeyTakenError, match="8 keys already"):
        keys.with_key("stage.overview", "F20")


def test_a_choice_goes_before_what_a_newer_table_gives_to_another_command() -> None:
    keys = keymap({"library.open": ["Enter"]})
    assert keys.bindings[LIBRARY, "Enter"] == "library.open"
    assert keys.keys["library.present"] == ("F5",)


def test_what_cannot_be_used_is_left_out() -> None:
    written = ["", "Hyper+X", "Shift+Ctrl+K", "o", "OO", "Shift+;", "F8"]
    keys = keymap({"stage.dance": ["F8"], "stage.overview": written})
    assert keys.chosen == {"stage.overview": ("F8",)}


chords_written = st.one_of(
    st.sampled_from([key for command in COMMANDS for key in command.keys]),
    st.builds("{}{}".format, st.sampled_from(["", "Ctrl+", "Ctrl+Alt+", "Alt+Shift+"]), st.sampled_from(sorted(NAMES))),
    st.text(max_size=4),
)


@given(st.dictionaries(st.sampled_from([*BY_ID, "stage.dance"]), st.lists(chords_written, max_size=4), max_size=8))
def test_whatever_is_stored_no_key_means_two_things_and_clickers_work(stored: dict[str, list[str]]) -> None:
    keys = keymap(stored)
    for (context, chord), id_ in keys.bindings.items():
        assert is_chord(chord)
        assert BY_ID[id_].when == context
        assert not [o for (c, k), o in keys.bindings.items() if k == chord and o != id_ and overlap(c, context)]
        if chord in CLICKER_KEYS and context == STAGE:
            assert chord in BY_ID[id_].keys
    for command in COMMANDS:
        assert CLICKER_KEYS & set(command.keys) <= set(keys.keys[command.id])
        assert set(keys.keys[command.id]) == {k for (_c, k), id_ in keys.bindings.items() if id_ == command.id}
    assert keymap(keys.chosen) == keys


@pytest.mark.parametrize(
    ("press", "chord"),
    [
        (KeyPress(character="k", position="k"), "K"),
        (KeyPress(character="K", position="k", shift=True, ctrl=True), "Ctrl+Shift+K"),
        (KeyPress(character="é", position="2"), "2"),
        (KeyPress(character="ù", position="'"), "Ù"),
        (KeyPress(character="и", position="b"), "B"),
        (KeyPress(character="لا", position="b"), "B"),
        (KeyPress(character="ß", position="-"), "-"),
        (KeyPress(character="%", position="5", shift=True), "Shift+5"),
        (KeyPress(character="5", position="5", shift=True), "Shift+5"),
        (KeyPress(character="&", position="1"), "1"),
        (KeyPress(character="?", position="-", shift=True), "?"),
        (KeyPress(name="VolumeUp"), "VolumeUp"),
        (KeyPress(), ""),
    ],
)
def test_a_key_is_written_down_so_that_it_reaches_its_command_again(press: KeyPress, chord: str) -> None:
    assert chord_of(press) == chord
    if chord and in_use().owner("stage.overview", chord) is None:
        use(in_use().with_key("stage.overview", chord))
        assert command_for(press, (STAGE,)) == "stage.overview"
