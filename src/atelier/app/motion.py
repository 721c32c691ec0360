"""How the camera moves when nobody has said it yet."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from atelier.canvas.flight import Profile
from atelier.foundation.settings import load_settings

ASKING = 1.0
"""Seconds the desktop has to answer."""
_QUESTIONS = {
    # the same switch, "reduce motion", on each system: who to ask, and the answer that means it is on
    "linux": (("gsettings", "get", "org.gnome.desktop.interface", "enable-animations"), "false"),
    "darwin": (("defaults", "read", "com.apple.universalaccess", "reduceMotion"), "1"),
}
_SPI_GETCLIENTAREAANIMATION = 0x1042


def chosen_profile(name: str = "") -> Profile | None:
    """The profile asked for by name, else the one used last; None where nothing was ever chosen."""
    name = name or load_settings().motion
    return Profile(name) if name else None


def system_profile() -> Profile:
    """What the system's own setting suggests: cuts for those who asked it to reduce motion. Takes some milliseconds."""
    return Profile.CUTS if _reduced() else Profile.FULL


def _reduced() -> bool:
    if sys.platform == "win32":
        import ctypes

        animated = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animated), 0)
        return not animated.value
    question = _QUESTIONS.get(sys.platform)
    if question is None:
        return False
    command, yes = question
    program = shutil.which(command[0])
    if program is None or (sys.platform == "linux" and "DBUS_SESSION_BUS_ADDRESS" not in os.environ):
        return False
    try:
        answer = subprocess.run(  # noqa: S603 - one of the two programs above
            [program, *command[1:]], capture_output=True, text=True, timeout=ASKING, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == yes
