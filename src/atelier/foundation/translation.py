"""Texts for people, in their language: gettext catalogues under `resources/locales`, English in the source."""

from __future__ import annotations

import gettext
import locale
import os
from typing import TYPE_CHECKING

from atelier.foundation.resources import LOCALES

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = ("en", "fr")
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def system_language() -> str:
    """The first language of the environment that there is a catalogue for, else English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for part in os.environ.get(name, "").split(":"):
            code = locale.normalize(part).split("_")[0].split(".")[0].lower()
            if code in LANGUAGES:
                return code
    return "en"


def set_language(language: str | None = None) -> str:
    """Switches all later texts to `language` (the system's when none is given); returns the one in use."""
    global _current, _language  # noqa: PLW0603 - one language a process, as gettext itself has it
    language = _language = language or system_language()
    _current = gettext.translation("atelier", LOCALES, [language], fallback=True)
    return language


def current_language() -> str:
    """The code of the language in use, "en" or "fr"."""
    return _language


def words_in(language: str) -> tuple[str, Callable[[str], str]]:
    """The texts of the program in another language than the one in use: its code, English where there is no catalogue,
    and what gives a text.
    """
    code = language.partition("-")[0].lower()
    code = code if code in LANGUAGES else "en"
    return code, gettext.translation("atelier", LOCALES, [code], fallback=True).gettext


def N_(message: str) -> str:
    """Marks a text for the catalogue that is translated when it is shown."""
    return message


def _(message: str) -> str:
    return _current.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    return _current.ngettext(singular, plural, n)


def decimal(value: float, digits: int = 1) -> str:
    """`value` with at most that many digits after the comma, or point, of the language in use."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if _language == "fr" else text
