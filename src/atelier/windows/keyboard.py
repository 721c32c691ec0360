"""Qt's key events as the key presses of `atelier.commands.keys`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from atelier.commands.keys import KeyPress, position

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_Key = Qt.Key
_NAMES: dict[int, str] = {
    _Key.Key_Space: "Space",
    _Key.Key_Return: "Enter",
    _Key.Key_Enter: "Enter",
    _Key.Key_Tab: "Tab",
    _Key.Key_Backtab: "Tab",
    _Key.Key_Escape: "Escape",
    _Key.Key_Backspace: "Backspace",
    _Key.Key_Delete: "Delete",
    _Key.Key_Insert: "Insert",
    _Key.Key_Home: "Home",
    _Key.Key_End: "End",
    _Key.Key_PageUp: "PageUp",
    _Key.Key_PageDown: "PageDown",
    _Key.Key_Left: "Left",
    _Key.Key_Right: "Right",
    _Key.Key_Up: "Up",
    _Key.Key_Down: "Down",
    _Key.Key_VolumeUp: "VolumeUp",
    _Key.Key_VolumeDown: "VolumeDown",
    _Key.Key_VolumeMute: "VolumeMute",
    _Key.Key_MediaPlay: "MediaPlay",
    _Key.Key_MediaTogglePlayPause: "MediaPlay",
    _Key.Key_MediaNext: "MediaNext",
    _Key.Key_MediaPrevious: "MediaPrevious",
    **{_Key.Key_F1 + n: f"F{n + 1}" for n in range(24)},
}


def key_press(event: QKeyEvent) -> KeyPress:
    """What was pressed. With Ctrl the text of an event is a control character, so the key's own code stands in."""
    held = event.modifiers()
    key = event.key()
    name = _NAMES.get(key, "")
    text = event.text()
    if not name and not (text and text.isprintable()):
        text = chr(key).lower() if 0x20 <= key < 0x110000 and chr(key).isprintable() else ""
    return KeyPress(
        name=name,
        character="" if name else text,
        position=position(sys.platform, event.nativeScanCode(), event.nativeVirtualKey()),
        ctrl=bool(held & Qt.KeyboardModifier.ControlModifier),
        alt=bool(held & Qt.KeyboardModifier.AltModifier),
        shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
    )
