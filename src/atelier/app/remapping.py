"""The keys a person chose: read when the first window opens, remembered when they change."""

from __future__ import annotations

from dataclasses import replace

from atelier.commands.keymap import Keymap, keymap, use
from atelier.foundation.settings import load_settings, save_settings


def use_remembered_keys() -> None:
    """Has keys mean what was chosen before."""
    use(keymap(dict(load_settings().keys)))


def remember_keys(keys: Keymap) -> None:
    """Keeps the keys chosen for the next start; raises AtelierError where that is not possible."""
    save_settings(replace(load_settings(), keys=tuple(keys.chosen.items())))
