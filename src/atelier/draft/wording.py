"""What an article says of itself, in its own language: heads of lists, how long it takes to read, what was left out."""

from __future__ import annotations

from typing import Final

_WORDS: Final = {
    "sources": {"en": "Sources", "fr": "Sources", "de": "Quellen", "es": "Fuentes", "it": "Fonti"},
    "notes": {"en": "Notes", "fr": "Notes", "de": "Anmerkungen", "es": "Notas", "it": "Note"},
    "similar": {
        "en": "On the same subject", "fr": "Sur le même sujet", "de": "Zum selben Thema", "es": "Sobre el mismo tema",
        "it": "Sullo stesso argomento",
    },
    "minutes": {
        "en": "{n} min read", "fr": "{n} min de lecture", "de": "{n} Min. Lesezeit", "es": "{n} min de lectura",
        "it": "{n} min di lettura",
    },
    "canvas": {
        "en": "Fly through the talk", "fr": "Survoler l’exposé", "de": "Durch den Vortrag fliegen",
        "es": "Sobrevolar la charla", "it": "Sorvolare la presentazione",
    },
    "left-out": {
        "en": "Not shown that day.", "fr": "Pas montré ce jour-là.", "de": "An jenem Tag nicht gezeigt.",
        "es": "No se mostró ese día.", "it": "Non mostrato quel giorno.",
    },
    "ink": {
        "en": "Drawn during the talk", "fr": "Dessiné pendant l’exposé", "de": "Während des Vortrags gezeichnet",
        "es": "Dibujado durante la charla", "it": "Disegnato durante la presentazione",
    },
    "licence": {"en": "Licence", "fr": "Licence", "de": "Lizenz", "es": "Licencia", "it": "Licenza"},
}  # fmt: skip


def said(key: str, lang: str, n: int = 0) -> str:
    """A word in a language, in English where it is not known."""
    words = _WORDS[key]
    return words.get(lang.partition("-")[0].lower(), words["en"]).format(n=n)
