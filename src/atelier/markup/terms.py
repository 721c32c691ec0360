"""Where terms stand in a text, however they are typed: any case, any white space, hyphen, apostrophe or composition.

A term is found as whole words. Scripts that put no spaces between words (Chinese, Japanese, Thai, Korean with its
particles) have no edges to look for: there a term is found wherever its signs stand.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from atelier.foundation.letters import spelt_plainly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

LONG: Final = 4
"""Letters from which on a term is looked for inside the words of an address: `acmecorp.com` holds “Acme”."""
_SAME: Final = {
    **dict.fromkeys("’‘‛ʼʹ′`´＇", "'"),
    **dict.fromkeys("‐‑‒–—―−⁃﹣－", "-"),
    **dict.fromkeys("“”„‟«»‹›″＂", '"'),
}
_JOINING: Final = range(0x1160, 0x1200)
"""Vowels and ends of Korean syllables, which follow what they belong to."""
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
_PARTS: Final = re.compile(r"[\s_-]+|'|[^\W_]+|.", re.DOTALL)
_MAYBE: Final = r"\s*"
_BETWEEN: Final = r"[\s_-]+"
_IN_NAME: Final = r"[\W_]*"
_AND_IN_NAME: Final = r"[\W_]*(?:(?:and|et|und)[\W_]*)?"
"""`&` in names of files and addresses, where it is mostly spelt: `millandsons.com`."""
_WORD: Final = re.compile(r"[^\W_]+")
_ADDRESS: Final = re.compile(r"\S+")
_IS_ADDRESS: Final = re.compile(r"://|\w@\w|\bwww\.|^@\w", re.IGNORECASE)
_AROUND: Final = "()[]{}<>«»“”\"'’.,;:!?…"
_ENCODED: Final = 3
"""How many times over an address may be in per cent."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what stands in its place."""

    text: str
    replacement: str
    pattern: re.Pattern[str]
    """In folded text; the edges are looked at apart."""
    start: str
    """The first word in it, without which nothing is found."""
    name: re.Pattern[str] | None
    """In plainly spelt text, as slugs and names of files have it; None for a term without letters or digits."""
    name_start: str
    letters: int

    @property
    def within_words(self) -> bool:
        """Whether it is looked for inside the words of an address."""
        return self.letters >= LONG


@dataclass(frozen=True, slots=True)
class Found:
    """A term from `start` to `end` in a text."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is compared, and for each of its signs where what it stands for begins; None where all are one."""

    text: str
    starts: Sequence[int] | None = field(repr=False)
    length: int

    def at(self, index: int) -> int:
        if self.starts is None:
            return index
        return self.starts[index] if index < len(self.starts) else self.length


class Terms:
    """Terms to be looked for together: the longest first, each place in a text belonging to one of them."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        known: dict[str, Term] = {}
        for text, replacement in pairs:
            folded = _fold(text.strip()).text.strip()
            if folded:
                known[folded] = _term(text.strip(), " ".join(replacement.split()), folded)
        self.all = tuple(known[key] for key in sorted(known, key=len, reverse=True))

    def __bool__(self) -> bool:
        return bool(self.all)

    def find(self, text: str) -> list[Found]:
        """Every place of a term in a text, in order; an address that holds one counts as a whole."""
        if not text or not self.all:
            return []
        found = list(self._addresses(text)) if _IS_ADDRESS.search(text) else []
        folded = _fold(text)
        return self._gathered(found, folded, lambda term: term.pattern if term.start in folded.text else None)

    def find_in_name(self, name: str) -> list[Found]:
        """The same in a slug or the name of a file, where signs between words and accents are lost."""
        plain = _fold(name, spelt_plainly)
        return self._gathered([], plain, lambda term: term.name if term.name_start in plain.text else None)

    def in_address(self, address: str) -> Term | None:
        """The longest term that an address holds: as it is, in per cent, in a domain, or as a slug."""
        for form in _forms(address):
            plain, folded = _fold(form, spelt_plainly), _fold(form)
            for term in self.all:
                if term.name is None or term.letters < 2:
                    pattern, where, whole = term.pattern, folded, True
                else:
                    pattern, where, whole = term.name, plain, not term.within_words
                if next(_places(pattern, where.text, whole=whole), None) is not None:
                    return term
        return None

    def scattered(self, letters: str) -> Term | None:
        """The longest term that signs spell which are set one by one, as in a formula."""
        where = _fold(letters, spelt_plainly).text
        for term in self.all:
            if term.name is not None and next(_places(term.name, where, whole=not term.within_words), None):
                return term
        return None

    def _addresses(self, text: str) -> Iterator[Found]:
        for token in _ADDRESS.finditer(text):
            word = token[0].strip(_AROUND)
            if _IS_ADDRESS.search(word) and (term := self.in_address(word)) is not None:
                start = token.start() + token[0].index(word)
                yield Found(start, start + len(word), term)

    def _gathered(
        self, found: list[Found], folded: _Folded, pattern: Callable[[Term], re.Pattern[str] | None]
    ) -> list[Found]:
        """`found` with the terms that stand beside those."""
        taken = sorted((each.start, each.end) for each in found)
        for term in self.all:
            looked_for = pattern(term)
            for first, last in _places(looked_for, folded.text, whole=True) if looked_for is not None else ():
                start, end = folded.at(first), folded.at(last)
                place = bisect_right(taken, (start, end))
                before = place and taken[place - 1][1] > start
                if not before and not (place < len(taken) and taken[place][0] < end):
                    taken.insert(place, (start, end))
                    found.append(Found(start, end, term))
        return sorted(found, key=lambda each: each.start)


def _term(text: str, replacement: str, folded: str) -> Term:
    out: list[str] = []
    for part in _PARTS.findall(folded):
        if part == "-":
            out.append("[-_]+")
        elif part[0] in "-_" or part.isspace():
            out.append(_BETWEEN)
        elif part == "'" or part.isalnum():
            out.append(re.escape(part))
        elif part == '"':
            out.append(_MAYBE + '"' + _MAYBE)
        else:  # French puts spaces before some signs
            out.append(_MAYBE + re.escape(part))
    written = "".join(out)
    for twice in (_MAYBE + _MAYBE, _BETWEEN + _MAYBE, _MAYBE + _BETWEEN):  # which would be tried in every way
        written = written.replace(twice, twice.replace(_MAYBE, "") or _MAYBE)
    pattern = re.compile(written.removeprefix(_MAYBE).removesuffix(_MAYBE))
    start = next(iter(_WORD.findall(folded)), "")
    spelt = spelt_plainly(unicodedata.normalize("NFKC", text))
    words = _WORD.findall(spelt)
    between = [_AND_IN_NAME if "&" in gap else _IN_NAME for gap in _WORD.split(spelt)[1:-1]]
    joined = (word + gap for word, gap in zip(words, [*between, ""], strict=True))
    name = re.compile("".join(joined)) if words else None
    return Term(text, replacement, pattern, start, name, "".join(words[:1]), len("".join(words)))


def _places(pattern: re.Pattern[str], text: str, *, whole: bool) -> Iterator[tuple[int, int]]:
    at = 0
    while found := pattern.search(text, at):
        start, end = found.span()
        if not whole or not (_joined(text, start) or _joined(text, end)):
            yield start, end
            at = end
        else:
            at = start + 1


def _joined(text: str, at: int) -> bool:
    """Whether one word goes on over a place in folded text."""
    return 0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at])


def _in_word(sign: str) -> bool:
    return (sign.isalnum() or unicodedata.category(sign)[0] == "M") and not _UNSPACED.match(sign)


def _fold(text: str, spelt: Callable[[str], str] | None = None) -> _Folded:
    """`text` for comparing, or `spelt` otherwise: sign by sign, each with the marks that belong to it."""
    if text.isascii() and "`" not in text:
        return _Folded(text.lower(), None, len(text))
    out: list[str] = []
    starts: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and (unicodedata.category(text[end])[0] == "M" or ord(text[end]) in _JOINING):
            continue
        sign = spelt(text[start:end]) if spelt is not None else _folded_sign(text[start:end])
        out.append(sign)
        starts += [start] * len(sign)
        start = end
    return _Folded("".join(out), starts, len(text))


def _folded_sign(sign: str) -> str:
    """A letter with its marks, composed and without case; nothing for what nobody sees."""
    if sign in _SAME:
        return _SAME[sign]
    plain = "".join(_SAME.get(each, each) for each in unicodedata.normalize("NFKC", sign).casefold())
    if sign.isascii():
        return plain
    kept = [each for each in plain if unicodedata.category(each) != "Cf" and not "\ufe00" <= each <= "\ufe0f"]
    return unicodedata.normalize("NFC", "".join(kept))


def _forms(address: str) -> Iterator[str]:
    """An address as written, and read: out of per cent, and its host out of the ASCII of other scripts."""
    seen = {address}
    yield address
    for _round in range(_ENCODED):
        read = unquote(address)
        if "xn--" in read.lower():
            read = re.sub(r"xn--[A-Za-z0-9-]+", _host, read, flags=re.IGNORECASE)
        if read in seen:
            break
        seen.add(read)
        yield read
        address = read


def _host(found: re.Match[str]) -> str:
    try:
        return found[0].lower().encode("ascii").decode("idna")
    except UnicodeError:
        return found[0]
