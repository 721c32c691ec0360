"""Key presses as keyboards and page turners send them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.commands.keys import NAMES, KeyPress, caps, chord_text, chords, command_for, position
from atelier.commands.table import BY_ID, COMMANDS, COUNTING, EVERYWHERE, LIBRARY, LINK, STAGE, Command
from atelier.foundation import translation

AZERTY_DIGITS = "&é\"'(-è_ç"


@pytest.mark.parametrize(
    ("press", "expected"),
    [
        (KeyPress(name="PageDown"), "stage.next"),
        (KeyPress(name="Space"), "stage.next"),
        (KeyPress(name="Space", shift=True), "stage.previous"),
        (KeyPress(name="Enter"), "stage.next"),
        (KeyPress(name="Tab", shift=True), "link.previous"),
        (KeyPress(name="Left", alt=True), "history.back"),
        (KeyPress(name="Backspace"), "history.return"),
        (KeyPress(name="F5"), "room.full-screen"),
        (KeyPress(name="F1"), "window.keys"),
        (KeyPress(character="b", position="b"), "room.black"),
        (KeyPress(character=".", position="."), "room.black"),
        (KeyPress(character="f", position="f", ctrl=True), "stage.jump"),
        (KeyPress(character="/", position="/"), "stage.jump"),
        (KeyPress(character="?", position="/", shift=True), "window.keys"),
        (KeyPress(character="+", position="=", shift=True), "stage.zoom-in"),
        (KeyPress(character="=", position="="), "stage.zoom-in"),
        (KeyPress(character="^", position="6", shift=True), None),
        (KeyPress(character="b", position="b", ctrl=True), None),
        (KeyPress(character="o", position="o", alt=True), None),
        (KeyPress(character="b", position="b", shift=True), None),
        (KeyPress(name="PageDown", ctrl=True), None),
    ],
)
def test_stage_keys(press: KeyPress, expected: str | None) -> None:
    assert command_for(press, (STAGE,)) == expected


def test_caps_lock_changes_nothing() -> None:
    assert command_for(KeyPress(character="B", position="b"), (STAGE,)) == "room.black"


def test_enter_follows_a_chosen_link_before_it_advances() -> None:
    assert command_for(KeyPress(name="Enter"), (LINK, STAGE)) == "link.follow"
    assert command_for(KeyPress(name="Space"), (LINK, STAGE)) == "stage.next"


@pytest.mark.parametrize("n", range(1, 10))
def test_digits_work_by_position_and_by_character(n: int) -> None:
    assert command_for(KeyPress(character=str(n), position=str(n)), (STAGE,)) == f"link.{n}"
    assert command_for(KeyPress(character=AZERTY_DIGITS[n - 1], position=str(n)), (STAGE,)) == f"link.{n}"
    assert command_for(KeyPress(character=str(n), position=str(n), shift=True), (STAGE,)) == f"link.{n}"
    assert command_for(KeyPress(character=str(n)), (STAGE,)) == f"link.{n}", "keypad"


def test_shifted_digits_of_a_us_keyboard_are_free() -> None:
    assert command_for(KeyPress(character="!", position="1", shift=True), (STAGE,)) is None


@pytest.mark.parametrize(
    ("press", "expected"),
    [
        (KeyPress(character=":", position="."), "room.black"),
        (KeyPress(character=";", position=","), "room.white"),
        (KeyPress(character="ز", position="."), "room.black"),
        (KeyPress(character="لا", position="b"), "room.black"),
        (KeyPress(character="и", position="b"), "room.black"),
        (KeyPress(character="а", position="f", ctrl=True), "stage.jump"),
        (KeyPress(character=")", position="-"), "stage.zoom-out"),
    ],
    ids=["azerty", "azerty-comma", "arabic", "arabic-b", "cyrillic", "cyrillic-ctrl", "azerty-minus"],
)
def test_a_page_turner_works_on_any_layout(press: KeyPress, expected: str) -> None:
    assert command_for(press, (STAGE,)) == expected


def test_a_latin_letter_never_counts_as_its_neighbour() -> None:
    # AZERTY has A where QWERTY has Q, and Z where it has W
    assert command_for(KeyPress(character="z", position="w"), (STAGE,)) == "room.magnifier"
    assert command_for(KeyPress(character="w", position="z"), (STAGE,)) == "room.white"


def test_positions_of_the_three_systems() -> None:
    assert position("linux", 10, 0) == position("win32", 2, 0) == position("darwin", 0, 18) == "1"
    assert position("linux", 60, 0) == position("win32", 0x34, 0) == position("darwin", 0, 47) == "."
    assert position("linux", 56, 0) == position("win32", 0x30, 0) == position("darwin", 0, 11) == "b"
    assert position("linux", 0, 0) == position("darwin", 0, 99) == ""


def test_library_keys_are_their_own() -> None:
    assert command_for(KeyPress(name="Enter"), (LIBRARY,)) == "library.present"
    assert command_for(KeyPress(name="Delete"), (LIBRARY,)) == "library.forget"
    assert command_for(KeyPress(name="Delete"), (STAGE,)) == "talk.leave-out"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_key_of_the_table_reaches_its_command(command: Command) -> None:
    for chord in command.keys:
        *held, key = [*chord[:-1].removesuffix("+").split("+"), "+"] if chord.endswith("+") else chord.split("+")
        held = [name for name in held if name]
        named = key in NAMES
        press = KeyPress(
            name=key if named else "",
            character="" if named else key.lower(),
            ctrl="Ctrl" in held,
            alt="Alt" in held,
            shift="Shift" in held,
        )
        assert command_for(press, (command.when,)) == command.id


@given(
    st.builds(
        KeyPress,
        name=st.sampled_from(["", *sorted(NAMES)]),
        character=st.text(max_size=2),
        position=st.sampled_from(["", *"1234567890-=qwertyuiopasdfghjkl;'zxcvbnm,./"]),
        ctrl=st.booleans(),
        alt=st.booleans(),
        shift=st.booleans(),
    )
)
def test_any_press_is_answered(press: KeyPress) -> None:
    found = command_for(press, (LINK, STAGE))
    assert found is None or set(BY_ID[found].keys) & set(chords(press))


def test_caps_speak_the_language_in_use() -> None:
    translation.set_language("en")
    assert caps("Shift+Space") == ("Shift", "Space")
    assert caps("+") == ("+",)
    assert caps("Ctrl++") == ("Ctrl", "+")
    assert chord_text("Ctrl+Shift+O") == "Ctrl+Shift+O"
    assert caps("Left") == ("←",)


ON_STAGE = {
    "stage.next": "PageDown Right Down Space Enter",
    "stage.previous": "PageUp Left Up Shift+Space",
    "room.black": ". B",
    "room.white": ", W",
    "room.full-screen": "F5 Shift+F5",
    "stage.close": "Escape",
    "link.next": "Tab",
    "link.previous": "Shift+Tab",
    "stage.first": "Home",
    "stage.last": "End",
    "history.return": "Backspace",
    "history.path": "Shift+Backspace",
    "history.back": "Alt+Left",
    "history.forward": "Alt+Right",
    "stage.parent": "U",
    "stage.child": "I",
    "stage.overview": "O",
    "canvas.map": "M",
    "stage.jump": "/ Ctrl+F",
    "room.freeze": "F",
    "room.laser": "L",
    "room.spot": "S",
    "room.magnifier": "Z",
    "room.ink": "E",
    "ink.undo": "Ctrl+Z",
    "ink.redo": "Ctrl+Shift+Z",
    "ink.clear": "Shift+E",
    "talk.accept": "D",
    "talk.refuse": "Shift+D",
    "room.swap": "X",
    "talk.clock": "T",
    "room.link": "Q",
    "countdown.toggle": "C",
    "talk.path": "V",
    "media.play": "K",
    "media.on": "J",
    "media.back": "Shift+J",
    "notes.up": "Shift+Up",
    "notes.down": "Shift+Down",
    "notes.larger": "Ctrl++",
    "notes.smaller": "Ctrl+-",
    "window.motion": "G",
    "window.scheme": "N",
    "window.panel": "F6",
    "window.keys": "F1 ?",
    "window.settings": "Ctrl+,",
}
"""What a speaker's fingers know, and page turners send: nothing of it changes by accident."""


@pytest.mark.parametrize(
    ("id_", "chord"), [(id_, chord) for id_, chords_of in ON_STAGE.items() for chord in chords_of.split()]
)
def test_the_keys_of_the_stage(id_: str, chord: str) -> None:
    command = BY_ID[id_]
    assert chord in command.keys
    assert command.when in {STAGE, EVERYWHERE}


@pytest.mark.parametrize(
    ("press", "command"),
    [
        (KeyPress(character="3", position="3"), "answer-more.3"),
        (KeyPress(character='"', position="3"), "answer-more.3"),  # AZERTY
        (KeyPress(character="#", position="3", shift=True), "answer-less.3"),
        (KeyPress(character="3", position="3", shift=True), "answer-less.3"),  # AZERTY
        (KeyPress(character="-", position="-"), "answers.less"),
        (KeyPress(name="Space"), "stage.next"),
        (KeyPress(name="PageDown"), "stage.next"),
    ],
)
def test_digits_count_hands_and_page_turners_go_on(press: KeyPress, command: str) -> None:
    assert command_for(press, (COUNTING, STAGE)) == command


def test_a_digit_with_shift_means_what_it_did_elsewhere() -> None:
    assert command_for(KeyPress(character="/", position="7", shift=True), (STAGE,)) == "stage.jump"
    assert command_for(KeyPress(character="7", position="7", shift=True), (STAGE,)) == "link.7"
