"""Single values as an author writes them, in the front matter and behind a heading. None: it cannot be used."""

from __future__ import annotations

import math
import re

from atelier.foundation.translation import _

NARROWEST, WIDEST = 0.25, 4.0
MOST_MINUTES = 24 * 60.0

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?")
_RATIO = re.compile(r"(\d{1,5}(?:[.,]\d{1,5})?)\s*[:/x×]\s*(\d{1,5}(?:[.,]\d{1,5})?)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")


def number_value(text: str) -> float | None:
    """A number that is not negative; a comma may stand for the point."""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def ratio_value(text: str) -> float | None:
    """Width over height: `16:9`, `4/3` or a number."""
    if pair := _RATIO.fullmatch(text):
        width, height = (float(part.replace(",", ".")) for part in pair.groups())
        ratio = width / height if height else math.inf
    else:
        ratio = number_value(text) or math.inf
    return ratio if NARROWEST <= ratio <= WIDEST else None


def ratio_wanted() -> str:
    return _("a ratio such as “16:9” or “4:3”, or a number from 0.25 to 4")


def minutes_value(text: str) -> float | None:
    minutes = number_value(text.removesuffix("min").rstrip())
    return minutes if minutes is not None and minutes <= MOST_MINUTES else None


def minutes_wanted() -> str:
    return _("a number of minutes, at most a day")


def language_value(text: str) -> str | None:
    """A language tag (BCP 47) with hyphens, the language itself in lower case."""
    if not _LANGUAGE.fullmatch(text):
        return None
    first, *rest = text.replace("_", "-").split("-")
    return "-".join([first.lower(), *rest])


def language_wanted() -> str:
    return _("a language such as “fr” or “en-GB”")


def flag_value(text: str) -> bool | None:
    word = text.strip().lower()
    if word in {"true", "yes", "on", "1", "oui"}:
        return True
    return False if word in {"false", "no", "off", "0", "non"} else None


def flag_wanted() -> str:
    return _("true or false")
