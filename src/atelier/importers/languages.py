"""Guessing the language of a text that does not say it, by its commonest words and its script."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Final[Mapping[str, str]] = {
    "en": "the of and to in is for with that this you are on from your how what not can we",
    "fr": "le la les des et un une est pour dans que qui sur avec pas plus nous vous au du ce ne",
    "de": "der die das und ist mit ein eine für nicht auf von den wir sie zu auch im wie werden",
    "es": "el los las una que para con por del como más se su son esta en lo al y es",
    "it": "il gli una che per con del della sono come più non nel di le si è alla questo dei",
    "pt": "os uma que para com por do da não são como mais em no na ao dos das se você",
    "nl": "het een van en voor met niet zijn dat die op te aan ook als wij naar bij wordt de",
}
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
)
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT: Final = 40_000
"""Signs."""
_ENOUGH: Final = 6
"""Words that must speak for a language."""


def language_of(text: str) -> str:
    """The code of the language `text` is in; nothing where it cannot be told, or is English, which needs no saying."""
    text = text[:_LOOKED_AT]
    letters = sum(map(str.isalpha, text)) or 1
    for language, script in _SCRIPTS:
        if len(script.findall(text)) > 0.15 * letters:
            return language
    counts = Counter(word.lower() for word in _WORD.findall(text))
    found = sorted(
        ((sum(counts[word] for word in words.split()), code) for code, words in _WORDS.items()), reverse=True
    )
    (most, code), (second, _other) = found[0], found[1]
    return code if code != "en" and most >= _ENOUGH and most > 1.3 * second else ""
