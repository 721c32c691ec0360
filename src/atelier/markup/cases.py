"""The lines of a `/// case` block that say `Label: text`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from atelier.markup.blocks import Inline

_FIELD = re.compile(
    r"(?:[*_]{2})?([^\W\d_][^:*_|`\[\]().!?]{0,38}?)[ \u00a0\u202f]?"  # the label, bold or not
    r"(?::(?:[*_]{2})?|(?:[*_]{2})[ \u00a0]?:)[ \t]+(\S.*)$"
)
_KINDS = frozenset(
    {"kinds", "kind", "genre", "genres", "type", "types", "usage", "usages", "kind of use", "type d'usage"}
)
_LESSON = frozenset({"lesson", "lessons", "leçon", "leçons", "à retenir", "a retenir", "takeaway", "takeaways"})
_MOST_LABEL_WORDS = 5


@dataclass(slots=True)
class CaseFields:
    """What has been read of a case so far."""

    kinds: list[str] = field(default_factory=list[str])
    fields: list[tuple[str, tuple[Inline, ...]]] = field(default_factory=list[tuple[str, tuple[Inline, ...]]])
    lesson: tuple[Inline, ...] = ()
    depth: int = 0


def field_line(line: str) -> tuple[str, str] | None:
    """Label and text of a line such as `Secteur : jouets` or `**Country:** Denmark`."""
    found = _FIELD.match(line.strip()) if ":" in line[:60] else None
    if found is None or len(found[1].split()) > _MOST_LABEL_WORDS:
        return None
    return found[1].strip(), found[2].strip()


def split_fields(texts: list[str]) -> list[tuple[str, str]]:
    """The fields of a paragraph, lines without a label carrying on the one above; empty when it does not begin so."""
    out: list[tuple[str, str]] = []
    for text in texts:
        if found := field_line(text):
            out.append(found)
        elif not out:
            return []
        else:
            out[-1] = (out[-1][0], f"{out[-1][1]}\n{text.lstrip()}")
    return out


def is_kinds(label: str) -> bool:
    return label.lower().replace("’", "'") in _KINDS


def is_lesson(label: str) -> bool:
    return label.lower() in _LESSON


def split_kinds(text: str) -> list[str]:
    return [part.strip(" \t\n.") for part in re.split(r"[,;\n]", text) if part.strip(" \t\n.")]
