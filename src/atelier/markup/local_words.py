"""Numbers, dates and a few words as the language of a text has them, which may not be the program's."""

from __future__ import annotations

_END = {"en": "End", "fr": "Fin", "de": "Ende", "es": "Fin", "it": "Fine", "ar": "النهاية", "he": "סיום"}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}
_FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


def is_from_the_right(lang: str) -> bool:
    """Whether a language is read from right to left; the frames of a grid then are too."""
    return lang.partition("-")[0].lower() in _FROM_THE_RIGHT


def number_text(number: float, lang: str) -> str:
    """A number as the language of the text writes it, with at most one place."""
    text = f"{number:.1f}".removesuffix(".0")
    return text if lang.split("-", maxsplit=1)[0].lower() in ("en", "he", "ja", "zh") else text.replace(".", ",")


def date_text(date: str, lang: str) -> str:
    """A date as the language of the text writes it; as the agenda has it in others."""
    if not date:
        return ""
    year, month, day = (int(part) for part in date.split("-"))
    code = lang.split("-", maxsplit=1)[0].lower()
    if code not in _MONTHS:
        return date
    name = _MONTHS[code].split()[month - 1]
    match code:
        case "fr":
            return f"{day}{'er' if day == 1 else ''}\u00a0{name} {year}"
        case "de":
            return f"{day}.\u00a0{name} {year}"
        case "es":
            return f"{day} de {name} de {year}"
        case _:
            return f"{day}\u00a0{name} {year}"


def day_end(lang: str) -> str:
    """What a schedule calls the end of a day."""
    return _END.get(lang.split("-", maxsplit=1)[0].lower(), _END["en"])
