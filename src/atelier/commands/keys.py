"""From a key press to a command, without Qt, so that every window and test reads keys alike.

A *chord* is written `Ctrl+Alt+Shift+Key`, in that order. `Key` is a name ("PageDown") or the character the keyboard
layout gives, letters in upper case; Shift is left out for other characters, because layouts differ in what needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.commands.table import COMMANDS, EVERYWHERE
from atelier.foundation.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MODIFIERS = ("Ctrl", "Alt", "Shift")
NAMES = frozenset(
    {
        "Space", "Enter", "Tab", "Escape", "Backspace", "Delete", "Insert", "Home", "End", "PageUp", "PageDown",
        "Left", "Right", "Up", "Down", *(f"F{n}" for n in range(1, 25)),
        "VolumeUp", "VolumeDown", "VolumeMute", "MediaPlay", "MediaNext", "MediaPrevious",
    }
)  # fmt: skip

_ROWS = ((2, "1234567890-="), (16, "qwertyuiop[]"), (30, "asdfghjkl;'"), (44, "zxcvbnm,./"))
_PC = {first + i: character for first, row in _ROWS for i, character in enumerate(row)}
_MAC_CODES = (
    "18 19 20 21 23 22 26 28 25 29 27 24 12 13 14 15 17 16 32 34 31 35 33 30 0 1 2 3 5 4 38 40 37 41 39 "
    "6 7 8 9 11 45 46 43 47 44"
)
_MAC = dict(zip(map(int, _MAC_CODES.split()), "".join(row for _first, row in _ROWS), strict=True))
_X11_OFFSET = 8
_DIGITS = tuple("123456789")


@dataclass(frozen=True, slots=True)
class KeyPress:
    """One key going down.

    `name` is one of `NAMES`, or empty for a key that gives a `character`; `position` is what the same key gives on a
    US keyboard without Shift, empty when unknown.
    """

    name: str = ""
    character: str = ""
    position: str = ""
    ctrl: bool = False
    alt: bool = False
    shift: bool = False


def position(platform: str, scan_code: int, virtual_key: int) -> str:
    """Where a key lies, as the character a US keyboard has there; empty for other keys and unknown systems.

    `platform` is `sys.platform`. Linux gives evdev codes plus 8, Windows set 1 scan codes (the same numbers as evdev
    in these rows), macOS virtual key codes only.
    """
    if platform == "darwin":
        return _MAC.get(virtual_key, "")
    return _PC.get(scan_code if platform == "win32" else scan_code - _X11_OFFSET, "")


def chords(press: KeyPress) -> Iterator[str]:
    """What a key press may mean, the most likely first.

    The digits' keys count by position, so that 1-9 need no Shift on AZERTY, and can be told apart with it. A character
    that is no Latin letter or digit also counts as the US character of its key: page turners send positions, and their
    "." arrives as ":" on AZERTY, their "b" as an Arabic letter on an Arabic layout.
    """
    held = ("Ctrl+" if press.ctrl else "") + ("Alt+" if press.alt else "")
    shift = "Shift+" if press.shift else ""
    if press.name:
        yield held + shift + press.name
        return
    digit = next((sign for sign in (press.position, press.character) if sign in _DIGITS), "")
    if digit and not held:
        yield shift + digit
    if press.character:
        letter = press.character.isalpha()
        yield held + (shift if letter else "") + press.character.upper()
    latin = press.character.isascii() and press.character.isalnum()
    if press.position and not latin:
        if press.position.isalpha():
            yield held + shift + press.position.upper()
        elif not shift:
            yield held + press.position


def command_for(press: KeyPress, contexts: Sequence[str]) -> str | None:
    """The id of the command for a key press in `contexts`, the innermost first; None when the key is free."""
    for chord in chords(press):
        for context in (*contexts, EVERYWHERE):
            if found := _InUse.bindings.get((context, chord)):
                return found
    return None


class _InUse:
    bindings: Mapping[tuple[str, str], str] = {
        (command.when, key): command.id for command in COMMANDS for key in command.keys
    }


def use_bindings(bindings: Mapping[tuple[str, str], str]) -> None:
    """Has keys mean these commands from now on: from (context, chord) to the command's id."""
    _InUse.bindings = bindings


def chord_of(press: KeyPress) -> str:
    """How a key press is written down when somebody chooses it; empty for a key that cannot be chosen.

    A letter of another script is written as the Latin one of its key, which reaches it on every layout.
    """
    meant = [chord for chord in chords(press) if is_chord(chord)]
    if not meant:
        return ""
    other_script = press.character.isalpha() and not press.character.isascii() and press.position.isalpha()
    return meant[-1] if other_script else meant[0]


def is_chord(text: str) -> bool:
    """Whether `text` is a chord, written as this module says."""
    *held, key = _parts(text)
    if held != [name for name in MODIFIERS if name in held]:
        return False
    if key in NAMES:
        return True
    return (
        len(key) == 1
        and key.isprintable()
        and key == key.upper()
        and (key.isalpha() or key in _DIGITS or "Shift" not in held)
    )


def _parts(chord: str) -> tuple[str, ...]:
    """What is held and, last, the key: ("Ctrl", "+") of "Ctrl++"."""
    if chord.endswith("+"):  # both the separator and a key
        return (*(held for held in chord[:-1].removesuffix("+").split("+") if held), "+")
    return tuple(chord.split("+"))


def caps(chord: str, text: Callable[[str], str] = _) -> tuple[str, ...]:
    """The words on the keys of a chord: ("Ctrl", "K"). `text` gives them in another language than the one in use."""
    words = _words(text)
    return tuple(words.get(part, part) for part in _parts(chord) if part)


def chord_text(chord: str) -> str:
    """A chord in one word for a tooltip: "Ctrl+K"."""
    return "+".join(caps(chord))


def _words(text: Callable[[str], str]) -> dict[str, str]:
    return {name: text(word) for name, word in _ON_KEYS.items()}


_ON_KEYS = {
    "Ctrl": N_("Ctrl"),
    "Alt": N_("Alt"),
    "Shift": N_("Shift"),
    "Space": N_("Space"),
    "Enter": N_("Enter"),
    "Tab": N_("Tab"),
    "Escape": N_("Esc"),
    "Backspace": N_("Backspace"),
    "Delete": N_("Del"),
    "Insert": N_("Ins"),
    "Home": N_("Home"),
    "End": N_("End"),
    "PageUp": N_("Page Up"),
    "PageDown": N_("Page Down"),
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "VolumeUp": N_("Volume up"),
    "VolumeDown": N_("Volume down"),
    "VolumeMute": N_("Mute"),
    "MediaPlay": N_("Play"),
    "MediaNext": N_("Next track"),
    "MediaPrevious": N_("Previous track"),
}
