"""Letters as they are compared: without case, without the accents that names and addresses lose."""

from __future__ import annotations

import re
import unicodedata

# Those of Latin, Greek and Cyrillic; the marks of other scripts are part of their letters.
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def folded(text: str) -> str:
    """`text` in lower case without accents, for comparing; the letters of other scripts stay."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text.lower())))


def spelt_plainly(text: str) -> str:
    """The same with letters such as œ and ß written as those that stand for them in an address."""
    return folded(text) if text.isascii() else folded(text.lower().translate(_LETTERS))
