"""A case, sorted by how its fields are told: what it is in a few words, what happened, the lesson, the sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atelier.markup.blocks import Case, CaseField, Text, plain_text
from atelier.markup.case_words import case_word
from atelier.markup.cases import FIELDS, folded

if TYPE_CHECKING:
    from atelier.markup.blocks import Inline

_PILLS: Final = ("company", "use", "sector", "country")
_LONGEST_PILL: Final = 42
"""Signs of a value in a pill; a longer one is a field like the others."""


@dataclass(frozen=True, slots=True)
class Pill:
    words: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class CaseParts:
    """A case, sorted by where its fields stand on the card. `labelled` are label and text."""

    pills: tuple[Pill, ...]
    labelled: tuple[tuple[str, tuple[Inline, ...]], ...]
    lesson: tuple[Inline, ...]
    sources: tuple[tuple[Inline, ...], ...]


def parts_of(case: Case, title: str, lang: str) -> CaseParts:
    """Where each field of a case goes, on a card with this title."""
    known = {each.name: each for each in case.fields if each.name}
    pills: list[Pill] = []
    in_pills: set[str] = set()
    for name in _PILLS:
        words = [plain_text(value).strip() for value in known[name].values] if name in known else []
        if any(len(each) > _LONGEST_PILL for each in words):
            continue
        in_pills.add(name)
        if name == "company" and words and folded(words[0]) in folded(title):
            continue  # the title names it
        pills += [Pill(each, strong=name == "company") for each in words if each]
    apart = {*in_pills, "lesson", "sources"}
    labelled = [(label_of(each, lang), _joined(each, lang)) for each in case.fields if each.name not in apart]
    lesson = case.values("lesson")
    return CaseParts(tuple(pills), tuple(labelled), lesson[0] if lesson else (), case.values("sources"))


def label_of(field: CaseField, lang: str) -> str:
    """What a field is called on the card: the author's own by their label, the others as the language has it."""
    return case_word(field.name, lang, count=len(field.values)) if field.name in FIELDS else field.label


def _joined(field: CaseField, lang: str) -> tuple[Inline, ...]:
    """The values of a field as one text."""
    comma = "، " if lang.split("-", maxsplit=1)[0].lower() in {"ar", "fa", "ur"} else ", "
    out: list[Inline] = []
    for value in field.values:
        out += [Text(comma), *value] if out else value
    return tuple(out)
