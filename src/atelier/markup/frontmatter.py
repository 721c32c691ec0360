"""Telling the YAML at the head of a deck from its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.markup.outline import FenceSpan

_KEY = re.compile(r"""(?:[\w"'?-][^\n]*:(?:\s|$)|-\s|#|[\]}\s])""")
_FIRST_KEY = re.compile(r"""[\w"'][^\n:]*:(?:\s|$)""")
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`text` is the YAML between the dashes, from file line `first_line` on; the deck's own text begins at line
    `body_line`. Lines count from 1.
    """

    text: str
    first_line: int
    body_line: int
    diagnostics: tuple[Diagnostic, ...] = ()


def normalise(text: str) -> str:
    """Line feeds as newlines and no byte order mark, whatever the file had."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def split_front_matter(text: str) -> FrontMatter:
    """Finds the front matter: the lines between a `---` at the very top and the next `---` or `...`.

    As in Pandoc, dashes above a blank line are a rule. Front matter that is never closed ends at its first blank line
    or at the first line that cannot be YAML.
    """
    lines = normalise(text).split("\n")
    if lines[0].rstrip() == "+++" and (end := next((i for i, x in enumerate(lines[1:], 1) if x.rstrip() == "+++"), 0)):
        return FrontMatter(_from_toml("\n".join(lines[1:end])), 2, end + 2)
    if lines[0].rstrip() != "---" or len(lines) == 1 or (not lines[1].strip()):
        return FrontMatter("", 2, 1)
    after_blank = False
    for index in range(1, len(lines)):
        line = lines[index]
        if line.rstrip() in ("---", "..."):
            return FrontMatter("\n".join(lines[1:index]), 2, index + 2)
        if not line.strip():
            after_blank = True
        elif after_blank and not _KEY.match(line):
            break
    if not _FIRST_KEY.match(lines[1]):
        return FrontMatter("", 2, 1)
    end = next((i for i in range(1, len(lines)) if not lines[i].strip() or not _KEY.match(lines[i])), len(lines))
    return FrontMatter(
        "\n".join(lines[1:end]),
        2,
        end + 1,
        (
            Diagnostic(
                "front-matter-unclosed",
                _("The front matter has no closing line."),
                _("Put --- on a line of its own below it."),
                line=end,
            ),
        ),
    )


_SLIDE_KEY = re.compile(r"[a-z][\w-]*:(?:[ \t]|$)")
_TAKEN_OVER = ("title", "author", "authors", "lang", "date", "tags", "description")


def _from_toml(text: str) -> str:
    """What TOML at the head of a text says that a deck knows, as YAML; nothing of what is no TOML."""
    import json
    import tomllib
    from datetime import date

    try:
        given: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return ""
    out: list[str] = []
    for key in _TAKEN_OVER:
        value = given.get(key)
        if isinstance(value, date):
            out.append(f"{key}: {str(value)[:10]}")
        elif value and isinstance(value, str | list):
            name = {"authors": "author", "description": "abstract"}.get(key, key)
            out.append(f"{name}: {json.dumps(value, ensure_ascii=False, default=str)}")
    return "\n".join(out)


def without_slide_settings(lines: list[str], fences: Mapping[int, FenceSpan]) -> list[str]:
    """`lines` without what Slidev puts above a slide: keys and values between two lines of dashes."""
    if "---" not in lines:
        return lines
    out = list(lines)
    index = 0
    while index < len(lines):
        if span := fences.get(index):
            index = span.stop
            continue
        end = index + 1
        if lines[index].rstrip() == "---" and (not index or not lines[index - 1].strip()):
            while end < len(lines) and (_SLIDE_KEY.match(lines[end]) or (end > index + 1 and lines[end][:1] in " #-")):
                if lines[end].rstrip() == "---":
                    out[index : end + 1] = [""] * (end + 1 - index)
                    index = end
                    break
                end += 1
        index += 1
    return out
