"""What stands below an activity, in the language of the text, not of the program: its time, and how one answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.markup import activities as kinds
from atelier.markup.local_words import number_text

if TYPE_CHECKING:
    from atelier.markup.answers import Counts
    from atelier.markup.blocks import Activity

_NO_SPACE_BEFORE_PERCENT = frozenset({"en", "it", "pt", "nl", "ja", "zh", "ko", "he"})

_SAID = {
    "several": {
        "en": "several answers possible", "fr": "plusieurs choix possibles", "de": "mehrere Antworten möglich",
        "es": "varias respuestas posibles", "it": "più risposte possibili",
    },
    "answers": {
        "en": "{n} answers", "fr": "{n} réponses", "de": "{n} Antworten", "es": "{n} respuestas", "it": "{n} risposte",
    },
    "answer": {
        "en": "{n} answer", "fr": "{n} réponse", "de": "{n} Antwort", "es": "{n} respuesta", "it": "{n} risposta",
    },
    "points": {
        "en": "{n} dots", "fr": "{n} points", "de": "{n} Punkte", "es": "{n} puntos", "it": "{n} punti",
    },
    "point": {
        "en": "{n} dot", "fr": "{n} point", "de": "{n} Punkt", "es": "{n} punto", "it": "{n} punto",
    },
    "anonymous": {"en": "anonymous", "fr": "anonyme", "de": "anonym", "es": "anónimo", "it": "anonimo"},
    "dots": {
        "en": "{n} dots each", "fr": "{n} points chacun", "de": "je {n} Punkte", "es": "{n} puntos cada uno",
        "it": "{n} punti a testa",
    },
    "dot": {
        "en": "one dot each", "fr": "un point chacun", "de": "je ein Punkt", "es": "un punto cada uno",
        "it": "un punto a testa",
    },
    "words": {
        "en": "up to {n} words each", "fr": "{n} mots au plus chacun", "de": "je bis zu {n} Wörter",
        "es": "hasta {n} palabras cada uno", "it": "fino a {n} parole a testa",
    },
    "word": {
        "en": "one word each", "fr": "un mot chacun", "de": "je ein Wort", "es": "una palabra cada uno",
        "it": "una parola a testa",
    },
    "size": {
        "en": "in groups of {n}", "fr": "par groupes de {n}", "de": "in Gruppen zu {n}", "es": "en grupos de {n}",
        "it": "in gruppi di {n}",
    },
    "drawn": {
        "en": "drawn at random", "fr": "tirés au sort", "de": "ausgelost", "es": "por sorteo", "it": "a sorte",
    },
    "each": {
        "en": "{n} min each", "fr": "{n} min chacun", "de": "je {n} min", "es": "{n} min cada uno",
        "it": "{n} min a testa",
    },
}  # fmt: skip


def time_words(block: Activity, lang: str) -> str:
    """The time of an activity, or of each who has a turn in it; empty where it has none."""
    minutes = _minutes(block)
    if minutes is None:
        task = block.task
        each = task.each if isinstance(task, kinds.Turn | kinds.Clinic) else None
        return _said("each", lang, number_text(each, lang)) if each else ""
    return f"{number_text(minutes, lang)}\u00a0min"


def _minutes(block: Activity) -> float | None:
    task = block.task
    if block.minutes is None and isinstance(task, kinds.Rounds):
        times = [each.minutes for each in task.rounds if each.minutes is not None]
        if times and len(times) == len(task.rounds):
            return sum(times) * task.repeat
    return block.minutes


def answer_words(block: Activity, lang: str) -> list[str]:
    """How one answers."""
    task = block.task
    out: list[str] = []
    match task:
        case kinds.Poll(multiple=True) | kinds.Quiz(multiple=True):
            out.append(_said("several", lang))
        case kinds.Vote():
            out.append(_said("dots" if task.dots > 1 else "dot", lang, str(task.dots)))
        case kinds.WordCloud():
            out.append(_said("words" if task.most > 1 else "word", lang, str(task.most)))
        case kinds.Groups():
            out += [_said("size", lang, str(task.size))] if task.size else []
            out.append(_said("drawn", lang))
        case kinds.Rounds() if task.repeat > 1:
            out.append(f"×\u00a0{number_text(task.repeat, lang)}")
        case kinds.Turn(each=float() as each) | kinds.Clinic(each=float() as each) if block.minutes is not None:
            out.append(_said("each", lang, number_text(each, lang)))
        case _:
            pass
    if block.anonymous:
        out.append(_said("anonymous", lang))
    return out


def total_words(block: Activity, counts: Counts, lang: str) -> str:
    """How many answers, or dots, were counted."""
    total = sum(counts)
    key = "point" if isinstance(block.task, kinds.Vote) else "answer"
    return _said(key if total == 1 else f"{key}s", lang, number_text(total, lang))


def percent_words(count: int, total: int, lang: str) -> str:
    """The share of a count, in whole percent; empty where there is nothing to share."""
    if not total:
        return ""
    percent = int(100 * count / total + 0.5)
    return f"{percent}%" if _code(lang) in _NO_SPACE_BEFORE_PERCENT else f"{percent}\N{NO-BREAK SPACE}%"


def _code(lang: str) -> str:
    return lang.split("-", maxsplit=1)[0].lower()


def _said(key: str, lang: str, n: str = "") -> str:
    words = _SAID[key]
    return words.get(_code(lang), words["en"]).format(n=n)
