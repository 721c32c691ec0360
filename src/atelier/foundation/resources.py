"""Where the files installed with the program are."""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FONTS = RESOURCES / "fonts"
THEMES = RESOURCES / "themes"
LOCALES = RESOURCES / "locales"
SOUNDS = RESOURCES / "sounds"
TEMPLATES = RESOURCES / "templates"
DRAFTS = RESOURCES / "drafts"
PLAYER = RESOURCES / "player"
ICON = RESOURCES / "icons" / "atelier.svg"


def bundled_decks() -> Path:
    """The folder of the decks that come with the program: inside the package when installed, else the checkout's."""
    installed = RESOURCES / "decks"
    return installed if installed.is_dir() else RESOURCES.parent.parent.parent / "decks"
