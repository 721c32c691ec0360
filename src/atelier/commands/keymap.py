"""Which keys lead to which command: those of the table, as far as a person has not chosen others.

A `Keymap` is a value, and one of them is in use. In each of them no key means two things in one context, and what page
turners send stays where the table has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from atelier.commands.keys import chord_text, is_chord, use_bindings
from atelier.commands.table import BY_ID, COMMANDS, EVERYWHERE, Command
from atelier.foundation.errors import AtelierError
from atelier.foundation.settings import MOST_KEYS
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CLICKER_KEYS: Final = frozenset({"PageUp", "PageDown", ".", "B", "F5", "Shift+F5", "Escape"})
"""What page turners send. Nobody could give a talk with one that does something else."""


class KeyTakenError(AtelierError):
    """A key that cannot be given to a command, or not be taken from it."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """`chosen` are the keys a person chose, by the command's id; `keys` those of every command, the first one shown."""

    chosen: Mapping[str, tuple[str, ...]]
    keys: Mapping[str, tuple[str, ...]]
    bindings: Mapping[tuple[str, str], str]
    """From (context, chord) to the command's id."""

    def first_key(self, id_: str) -> str:
        """The key to show; empty where the command has none."""
        return next(iter(self.keys[id_]), "")

    def owner(self, id_: str, chord: str) -> Command | None:
        """The other command a key belongs to where `id_` could be meant too."""
        when = BY_ID[id_].when
        for (context, key), other in self.bindings.items():
            if key == chord and other != id_ and overlap(context, when):
                return BY_ID[other]
        return None

    def with_key(self, id_: str, chord: str, instead_of: str = "") -> Keymap:
        """With one more key of a command, or another one in the place of `instead_of`. Raises KeyTakenError."""
        other = self.owner(id_, chord)
        if other is not None:
            message = _("{key} already does “{command}”.").format(key=chord_text(chord), command=_(other.title))
            if stays(other.id, chord):
                hint = _("Page turners send it, so it stays there. Choose another key.")
            else:
                hint = _("Choose another key, or remove it there first.")
            raise KeyTakenError(message, hint)
        mine = self.keys[id_]
        if stays(id_, instead_of):
            raise _kept(instead_of)
        if instead_of:
            mine = tuple(dict.fromkeys(chord if key == instead_of else key for key in mine))
        elif chord not in mine:
            if len(mine) >= MOST_KEYS:
                message = _("“{command}” has {n} keys already.").format(command=_(BY_ID[id_].title), n=len(mine))
                raise KeyTakenError(message, _("Remove one of them first."))
            mine = (*mine, chord)
        return self._choose(id_, mine)

    def without_key(self, id_: str, chord: str) -> Keymap:
        """Without one of the keys of a command. Raises KeyTakenError for one that page turners send."""
        if stays(id_, chord):
            raise _kept(chord)
        return self._choose(id_, tuple(key for key in self.keys[id_] if key != chord))

    def reset(self, id_: str) -> Keymap:
        """With the keys of the table for one command. Raises KeyTakenError where another one has them by now."""
        for chord in BY_ID[id_].keys:
            other = self.owner(id_, chord)
            if other is not None:
                message = _("{key} does “{command}” now.").format(key=chord_text(chord), command=_(other.title))
                raise KeyTakenError(message, _("Remove it there first."))
        return keymap({other: keys for other, keys in self.chosen.items() if other != id_})

    def _choose(self, id_: str, keys: tuple[str, ...]) -> Keymap:
        chosen = {**self.chosen, id_: keys}
        if keys == BY_ID[id_].keys:
            del chosen[id_]
        return keymap(chosen)


def keymap(chosen: Mapping[str, Sequence[str]]) -> Keymap:
    """The keys of all commands with those a person chose; what cannot be used of them is left out.

    What was chosen goes before what a newer table gives to another command, what page turners send before both.
    """
    bindings: dict[tuple[str, str], str] = {}
    usable = {id_: tuple(filter(is_chord, keys))[:MOST_KEYS] for id_, keys in chosen.items() if id_ in BY_ID}

    def take(command: Command, chords: Sequence[str]) -> None:
        for chord in chords:
            free = all(not overlap(when, command.when) for when, key in bindings if key == chord)
            if free:
                bindings[command.when, chord] = command.id

    for command in COMMANDS:
        take(command, [key for key in command.keys if stays(command.id, key)])
    for command in COMMANDS:
        take(command, usable.get(command.id, ()))
    for command in COMMANDS:
        if command.id not in usable:
            take(command, command.keys)
    keys = {command.id: _in_order(command, usable.get(command.id, command.keys), bindings) for command in COMMANDS}
    kept = {id_: keys[id_] for id_ in usable if keys[id_] != BY_ID[id_].keys}
    return Keymap(MappingProxyType(kept), MappingProxyType(keys), MappingProxyType(bindings))


def _in_order(command: Command, wanted: Sequence[str], bindings: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    """The keys a command has, in the order they were wanted; those it cannot lose come last."""
    mine = dict.fromkeys((*wanted, *command.keys))
    return tuple(chord for chord in mine if bindings.get((command.when, chord)) == command.id)


def stays(id_: str, chord: str) -> bool:
    """Whether a key of a command is one that page turners send and the table gave it."""
    return chord in CLICKER_KEYS and chord in BY_ID[id_].keys


def overlap(one: str, other: str) -> bool:
    """Whether one key cannot mean two things in these two contexts. A chosen link may take a key of the stage."""
    return one == other or EVERYWHERE in (one, other)


def _kept(chord: str) -> KeyTakenError:
    message = _("{key} stays where it is.").format(key=chord_text(chord))
    return KeyTakenError(message, _("Page turners send it. Add another key beside it."))


# ---------------------------------------------------------------------- the one in use


class _InUse:
    keymap: Keymap | None = None


@cache
def default_keymap() -> Keymap:
    """The keys of the table."""
    return keymap({})


def in_use() -> Keymap:
    """What keys mean now, in every window."""
    return _InUse.keymap or default_keymap()


def use(keymap: Keymap) -> None:
    """Has keys mean this from now on."""
    _InUse.keymap = keymap
    use_bindings(keymap.bindings)
