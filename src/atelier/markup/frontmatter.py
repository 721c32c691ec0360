"""Telling the YAML at the head of a deck from its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _

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
