"""The fields of a `/// case` block: what they are called, how they are read, and what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol

from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import _, current_language
from atelier.markup.blocks import CaseField, LineBreak, Style, Text
from atelier.markup.lines import indentation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.markup.blocks import Inline

FIELDS: Final = (
    "company", "sector", "country", "use", "start", "approach", "channels", "outcome", "lesson", "sources",
)  # fmt: skip
"""In the order they are shown in."""
LISTS: Final = frozenset({"use", "channels", "sources"})
SHARED: Final = ("company", "sector", "country", "use", "channels")
"""The fields that several cases may have in common."""

_SPELLINGS: Final = {
    "company": "company, companies, organisation, organization, entreprise, entreprises",
    "sector": "sector, sectors, secteur, secteurs",
    "country": "country, countries, pays",
    "use": "use, uses, usage, usages, kind of use, kinds of use, type d'usage, types d'usage, kind, kinds, type, "
    "types, genre, genres",
    "start": "start, starting point, depart, point de depart",
    "approach": "approach, approche, demarche",
    "channels": "channel, channels, canal, canaux",
    "outcome": "outcome, outcomes, result, results, resultat, resultats",
    "lesson": "lesson, lessons, takeaway, takeaways, lecon, lecons, a retenir",
    "sources": "source, sources",
}
_NAMES: Final = {word: name for name, words in _SPELLINGS.items() for word in words.split(", ")}
_OFFERED: Final = (
    *FIELDS, "entreprise", "secteur", "pays", "usage", "départ", "approche", "démarche", "canaux", "résultat", "leçon",
)  # fmt: skip
"""What a misspelt name may have been meant to be."""
_OLD_USE: Final = frozenset({"kind", "kinds", "type", "types", "genre", "genres"})
"""Names of `use` from when it took any word at all."""
_ALIKE: Final = 0.8
MOST_FIELDS: Final = 200
"""Fields of a case; none has so many, and each takes its time to be set."""
_MOST_STRANGE: Final = 40
"""Labels that are compared with the known ones."""

USES: Final = (
    ("marketing", "marketing"),
    ("customer service", "service client"),
    ("communication", "communication"),
    ("internal communication", "communication interne"),
    ("public relations", "relations publiques"),
    ("crisis", "crise"),
    ("monitoring", "veille"),
)
"""The kinds of use there are, in English and in French."""
_USES: Final = {french: english for english, french in USES} | {english: english for english, _french in USES}

_FIELD: Final = re.compile(
    r"(?:[*_]{2})?([^\W\d_][^:*_|`\[\]().!?]{0,38}?)[ \u00a0\u202f]?"  # the label, bold or not
    r"(?::(?:[*_]{2})?|(?:[*_]{2})[ \u00a0]?:)[ \t]+(\S.*)$"
)
_OPTION: Final = re.compile(r"([^\W_][\w' ’-]*?)[ \t\u00a0\u202f]*:(?:[ \t]+(.*))?$")
_COMMA: Final = re.compile(r"(?:[,;](?=\s|$)|[،؛、])\s*|\n")
_MOST_LABEL_WORDS: Final = 5
_ENDS: Final = " \t\n.\u00a0\u202f"


class Report(Protocol):
    def __call__(self, code: str, message: str, hint: str = "", line: int = 0) -> None: ...


@dataclass(frozen=True, slots=True)
class RawField:
    """A field as written: the `items` of a list, or one text with commas that may part it. `row` counts from 0."""

    label: str
    items: tuple[str, ...]
    row: int
    listed: bool = False


@dataclass(slots=True)
class CaseFields:
    """What has been read of a case so far."""

    line: int
    depth: int = 0
    private: bool = False
    fields: list[CaseField] = field(default_factory=list[CaseField])
    places: dict[str, int] = field(default_factory=dict[str, int])
    """Where the known fields are among them."""
    empty: set[str] = field(default_factory=set[str])
    strange: set[str] = field(default_factory=set[str])
    """Labels of the others."""
    cut: bool = False


def folded(text: str) -> str:
    """`text` for comparing: in lower case, without accents, straight apostrophes, single blanks."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(plain.lower().replace("’", "'").split())


def field_name(label: str) -> str:
    """What a field is called here, whichever way it is spelt; empty where it is none of ours."""
    return _NAMES.get(folded(label), "")


def use_of(value: str) -> str:
    """The English name of a kind of use, empty for one nobody knows."""
    return _USES.get(folded(value), "")


def field_line(line: str) -> tuple[str, str] | None:
    """Label and text of a line such as `Secteur : jouets` or `**Country:** Denmark`."""
    found = _FIELD.match(line.strip()) if ":" in line[:60] else None
    if found is None or len(found[1].split()) > _MOST_LABEL_WORDS:
        return None
    return found[1].strip(), found[2].strip()


def split_fields(texts: Sequence[str]) -> list[RawField]:
    """The fields of a paragraph, lines without a label carrying on the one above; empty when it does not begin so."""
    out: list[RawField] = []
    for row, text in enumerate(texts):
        if found := field_line(text):
            out.append(RawField(found[0], (found[1],), row))
        elif not out:
            return []
        else:
            out[-1] = _carried_on(out[-1], text)
    return out


def option_fields(lines: Sequence[str]) -> list[RawField]:
    """The fields set in below the line that opens a case. A line that is none carries on the one above it."""
    out: list[RawField] = []
    attributes = False
    margin = 0
    for row, line in enumerate(lines):
        text = line.strip()
        found = _OPTION.match(text)
        deeper = bool(out or attributes) and indentation(line) > margin
        if found is not None and not (deeper and (attributes or not field_name(found[1]))):
            attributes = found[1] == "attrs"
            margin = indentation(line)
            if not attributes:
                out.append(_option(found[1].strip(), (found[2] or "").strip(), row))
        elif attributes or not out:
            continue
        elif text.startswith("- "):
            last = out[-1]
            out[-1] = replace(last, items=(*filter(None, last.items), _unquoted(text[2:])), listed=True)
        else:
            out[-1] = _carried_on(out[-1], text)
    return out


def _option(label: str, value: str, row: int) -> RawField:
    if value.startswith("[") and value.endswith("]") and not value.startswith("[["):
        items = tuple(_unquoted(part) for part in value[1:-1].split(","))
        return RawField(label, tuple(item for item in items if item), row, listed=True)
    return RawField(label, (_unquoted(value),), row)


def _carried_on(known: RawField, text: str) -> RawField:
    last = known.items[-1] if known.items else ""
    return replace(known, items=(*known.items[:-1], f"{last}\n{text.lstrip()}".lstrip("\n")))


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1].strip() if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def split_words(text: str) -> list[str]:
    """The items of a list without markup."""
    return [part.strip(_ENDS) for part in _COMMA.split(text) if part.strip(_ENDS)]


def _split(inlines: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """Inlines parted at their commas, but not inside links, code and what is private."""
    out: list[list[Inline]] = [[]]
    for run in inlines:
        whole = not isinstance(run, Text) or run.href or run.styles & {Style.CODE, Style.PRIVATE}
        if isinstance(run, LineBreak):
            out.append([])
        elif whole or not isinstance(run, Text):
            out[-1].append(run)
        else:
            first, *others = _COMMA.split(run.text)
            out[-1].append(replace(run, text=first))
            more: list[list[Inline]] = [[replace(run, text=text)] for text in others]
            out += more
    return [tidy for item in out if (tidy := _trimmed(item))]


def _trimmed(item: list[Inline]) -> tuple[Inline, ...]:
    """An item without blanks around it and without the full stop that ends it."""
    runs = [run for run in item if not isinstance(run, Text) or run.text]
    if runs and isinstance(first := runs[0], Text):
        runs[0] = replace(first, text=first.text.lstrip())
    if runs and isinstance(last := runs[-1], Text) and not last.href:
        runs[-1] = replace(last, text=last.text.rstrip(_ENDS))
    return tuple(run for run in runs if not isinstance(run, Text) or run.text)


class FieldReader:
    """Makes the fields of one case of what was written, and says what is wrong with them."""

    def __init__(self, case: CaseFields, inlines: Callable[[str, int], tuple[Inline, ...]], report: Report) -> None:
        self._case = case
        self._inlines = inlines
        self._report = report

    def read(self, raw: RawField, line: int) -> None:
        """Adds a field that stands on the file's `line`."""
        name = field_name(raw.label)
        items = tuple(item for item in raw.items if item.strip())
        if not items:
            message = _("The field “{name}” of this case is empty.").format(name=raw.label[:40])
            self._report("case-incomplete", message, _("Write something behind the colon, or take the line out."), line)
            self._case.empty.add(name)
            return
        if not name:
            if len(self._case.fields) >= MOST_FIELDS:
                self._leave_out(line)
                return
            self._misspelt(raw.label, line)
        if name in LISTS and not raw.listed:
            values = tuple(_split(self._inlines("\n".join(items), line)))
        else:
            texts = items if name in LISTS else (", ".join(items),)
            values = tuple(inlines for text in texts if (inlines := self._inlines(text, line)))
        if name == "use" and folded(raw.label) not in _OLD_USE:
            self._check_uses(values, line)
        self._add(CaseField(name=name, label=raw.label, values=values, line=line))

    def add_kinds(self, text: str, line: int) -> None:
        """Kinds of use that stand behind the bar of the opening line."""
        self._add(CaseField(name="use", label="", values=tuple(_split(self._inlines(text, line))), line=line))

    def finish(self) -> None:
        """Says what the whole case lacks."""
        lacking = [name for name in ("company", "lesson") if name not in {*self._case.places, *self._case.empty}]
        if lacking and not self._case.private:
            message = {
                "company": _("This case does not say which company it is about."),
                "lesson": _("This case has no lesson."),
            }[lacking[0]]
            if len(lacking) > 1:
                message = _("This case says neither which company it is about nor what its lesson is.")
            hint = _("Add a line to it, set in by four spaces: {name}: …").format(name=lacking[0])
            self._report("case-incomplete", message, hint, self._case.line)

    def _add(self, new: CaseField) -> None:
        fields = self._case.fields
        place = self._case.places.get(new.name)
        if place is None:
            if new.name:
                self._case.places[new.name] = len(fields)
            fields.append(new)
            return
        known = fields[place]
        if known.label:
            message = _("The field “{name}” stands in this case twice; what both say is shown.").format(name=new.label)
            self._report("case-twice", message, _("Make one field of the two."), new.line)
        more = tuple(value for value in new.values if value not in known.values)
        fields[place] = replace(known, label=known.label or new.label, values=known.values + more)

    def _leave_out(self, line: int) -> None:
        if not self._case.cut:
            self._case.cut = True
            message = _("This frame holds more text than it can show; what follows is left out.")
            self._report("text-too-long", message, _("Split it into several frames."), line)

    def _misspelt(self, label: str, line: int) -> None:
        strange = self._case.strange
        if label in strange or len(strange) >= _MOST_STRANGE:
            return
        strange.add(label)
        if hint := did_you_mean(label, _OFFERED, alike=_ALIKE):
            message = _("A case has no field “{name}”; it is shown as it stands.").format(name=label)
            self._report("case-misspelt", message, hint, line)

    def _check_uses(self, values: Sequence[tuple[Inline, ...]], line: int) -> None:
        for value in values:
            words = "".join(run.text for run in value if isinstance(run, Text))
            if (
                words
                and not use_of(words)
                and not any(isinstance(r, Text) and Style.PRIVATE in r.styles for r in value)
            ):
                known = ", ".join(french if current_language() == "fr" else english for english, french in USES)
                message = _("“{use}” is none of the usual kinds of use.").format(use=words[:60])
                near = did_you_mean(words, [name for pair in USES for name in pair], alike=_ALIKE)
                self._report("case-use", message, near or _("They are: {names}.").format(names=known), line)
