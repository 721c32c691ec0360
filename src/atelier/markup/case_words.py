"""What the program adds to a case, in the language of the text, not of the program."""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = "en"
_WORDS: Final = {
    "en": (
        "company:Company sector:Sector country:Country use:Use start:Start approach:Approach "
        "channel:Channel channels:Channels outcome:Outcome lesson:To_remember source:Source sources:Sources "
        "others:Others similar:See_also"
    ),
    "fr": (
        "company:Entreprise sector:Secteur country:Pays use:Usage start:Départ approach:Démarche "
        "channel:Canal channels:Canaux outcome:Résultat lesson:À_retenir source:Source sources:Sources "
        "others:Autres similar:Voir_aussi"
    ),
    "de": (
        "company:Unternehmen sector:Branche country:Land use:Einsatz start:Ausgangslage approach:Vorgehen "
        "channel:Kanal channels:Kanäle outcome:Ergebnis lesson:Zum_Mitnehmen source:Quelle sources:Quellen "
        "others:Andere similar:Siehe_auch"
    ),
    "es": (
        "company:Empresa sector:Sector country:País use:Uso start:Punto_de_partida approach:Enfoque "
        "channel:Canal channels:Canales outcome:Resultado lesson:Para_recordar source:Fuente sources:Fuentes "
        "others:Otros similar:Véase_también"
    ),
    "it": (
        "company:Azienda sector:Settore country:Paese use:Uso start:Partenza approach:Approccio "
        "channel:Canale channels:Canali outcome:Risultato lesson:Da_ricordare source:Fonte sources:Fonti "
        "others:Altri similar:Vedi_anche"
    ),
    "nl": (
        "company:Bedrijf sector:Sector country:Land use:Gebruik start:Begin approach:Aanpak "
        "channel:Kanaal channels:Kanalen outcome:Resultaat lesson:Om_te_onthouden source:Bron sources:Bronnen "
        "others:Overige similar:Zie_ook"
    ),
    "pt": (
        "company:Empresa sector:Setor country:País use:Uso start:Ponto_de_partida approach:Abordagem "
        "channel:Canal channels:Canais outcome:Resultado lesson:Para_lembrar source:Fonte sources:Fontes "
        "others:Outros similar:Ver_também"
    ),
    "ar": (
        "company:الشركة sector:القطاع country:البلد use:الاستخدام start:البداية approach:النهج "
        "channel:القناة channels:القنوات outcome:النتيجة lesson:للتذكّر source:المصدر sources:المصادر "
        "others:أخرى similar:انظر_أيضًا"
    ),
    "he": (
        "company:חברה sector:תחום country:מדינה use:שימוש start:נקודת_פתיחה approach:גישה "
        "channel:ערוץ channels:ערוצים outcome:תוצאה lesson:לזכור source:מקור sources:מקורות "
        "others:אחרים similar:ראו_גם"
    ),
}
_ONE: Final = {"channels": "channel", "sources": "source"}


def case_word(name: str, lang: str, *, count: int = 2) -> str:
    """The name of a field, `others` or `similar` in a language, English where it is not known; for `count` values."""
    words = _WORDS.get(lang.split("-", maxsplit=1)[0].lower(), _WORDS[_ENGLISH])
    name = _ONE.get(name, name) if count == 1 else name
    known = dict(pair.split(":", maxsplit=1) for pair in words.split(" "))
    return known[name].replace("_", " ")


def introduced(word: str, lang: str) -> str:
    """A word that announces what follows it."""
    return f"{word}\u00a0:" if lang.lower().startswith("fr") else f"{word}:"
