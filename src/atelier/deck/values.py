"""Single values as an author writes them, in the front matter and behind a heading. None: it cannot be used."""

from __future__ import annotations

import math
import re

from atelier.foundation.translation import _
from atelier.markup.cases import SHARED, field_name

NARROWEST, WIDEST = 0.25, 4.0
DAY = 24 * 60.0  # minutes
MOST_MINUTES = 7 * DAY
"""What a module of several days takes."""
SCREENS = 0.1, 100.0
"""Metres a picture on a wall is wide: a telephone's, a stadium's."""
DISTANCES = 0.2, 500.0
"""Metres the last row sits from it."""

_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?")
_RATIO = re.compile(r"(\d{1,5}(?:[.,]\d{1,5})?)\s*[:/x×]\s*(\d{1,5}(?:[.,]\d{1,5})?)")
_LENGTH = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*([a-z]*)", re.IGNORECASE)
_METRES = {"": 1.0, "m": 1.0, "cm": 0.01, "mm": 0.001, "ft": 0.3048, "in": 0.0254}
_TIME = re.compile(r"(\d{1,2})\s*(?:[:.hH]\s*(\d{2})?)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
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
    return _("a number of minutes, at most a week")


def length_value(text: str) -> float | None:
    """Metres: `3m`, `2,5 m`, `250cm`, `10 ft`; a bare number is metres."""
    written = _LENGTH.fullmatch(text)
    unit = _METRES.get(written[2].lower()) if written else None
    return float(written[1].replace(",", ".")) * unit if written and unit else None


def screen_value(text: str) -> float | None:
    """How wide a picture on a wall is, in metres."""
    metres = length_value(text)
    return metres if metres is not None and SCREENS[0] <= metres <= SCREENS[1] else None


def screen_wanted() -> str:
    return _("a length from 10 cm to 100 m, such as “3m” or “10 ft”")


def distance_value(text: str) -> float | None:
    """How far from that picture somebody sits, in metres."""
    metres = length_value(text)
    return metres if metres is not None and DISTANCES[0] <= metres <= DISTANCES[1] else None


def distance_wanted() -> str:
    return _("a length from 20 cm to 500 m, such as “12m” or “40 ft”")


def language_value(text: str) -> str | None:
    """A language tag (BCP 47) with hyphens, the language itself in lower case."""
    if not _LANGUAGE.fullmatch(text):
        return None
    first, *rest = text.replace("_", "-").split("-")
    return "-".join([first.lower(), *rest])


def language_wanted() -> str:
    return _("a language such as “fr” or “en-GB”")


def time_value(text: str) -> float | None:
    """Minutes after midnight: `9:00`, `9h30`, `14h`."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    return hours * 60.0 + minutes if hours <= 24 and minutes < 60 and hours * 60 + minutes <= DAY else None


def time_wanted() -> str:
    return _("a time of day such as “9:00”")


def date_value(text: str) -> str | None:
    """A date as ISO 8601 writes it."""
    from datetime import date

    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def date_wanted() -> str:
    return _("a date such as 2014-02-12")


# ISO 639-1, as the Library of Congress lists it.
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_LANGUAGES = frozenset(_CODES.split())
_BETTER = {
    "cz": "cs", "jp": "ja", "gr": "el", "dk": "da", "cn": "zh", "ua": "uk", "iw": "he", "ji": "yi", "in": "id",
    "us": "en-US", "gb": "en-GB", "at": "de-AT", "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de",
    "spa": "es", "esp": "es", "ita": "it", "por": "pt", "nld": "nl", "dut": "nl", "ara": "ar", "heb": "he", "jpn": "ja",
    "zho": "zh", "chi": "zh", "rus": "ru", "pol": "pl", "swe": "sv", "dan": "da", "fin": "fi", "ell": "el", "gre": "el",
}  # fmt: skip
"""Codes of countries, and longer codes, that people write for a language."""


def better_language(tag: str) -> str | None:
    """What to write for a language tag that names none: empty where nobody knows; None for one that is right."""
    first = tag.partition("-")[0].lower()
    if first in _BETTER:
        return _BETTER[first]
    return None if first in _LANGUAGES or len(first) == 3 else ""


def flag_value(text: str) -> bool | None:
    word = text.strip().lower()
    if word in {"true", "yes", "on", "1", "oui"}:
        return True
    return False if word in {"false", "no", "off", "0", "non"} else None


def flag_wanted() -> str:
    return _("true or false")


def shared_field(text: str) -> str:
    """The field of cases that is meant, whichever way it is spelt; empty for one they cannot be grouped by."""
    name = field_name(text)
    return name if name in SHARED else ""


def shared_field_wanted() -> str:
    return _("one of {names}").format(names=", ".join(SHARED))
