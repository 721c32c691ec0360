"""Code fences: their options, and their words in the six colours a theme has."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.markup.blocks import CodeToken
from atelier.markup.limits import LONGEST_CODE_LINE, MOST_CODE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pygments.lexer import Lexer

_LANGUAGE = re.compile(r"[ \t]*\.?([\w#+.-]+)(?=[\s{,:]|$)")
_OPTION = re.compile(
    r"""[\s,]*(?:([A-Za-z_][\w-]*)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+)))?|([.\#][\w-]+))(?=[\s,]|$)"""
)
_RANGE = re.compile(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?$")
_PLAIN_NAMES = frozenset({"", "text", "txt", "plain", "plaintext", "none", "output"})
_LARGEST_RANGE = 100_000
_MOST_SECONDS = 0.25
"""Of processor time; some lexers take minutes for nested quotation marks, and their code then has no colours."""


@dataclass(frozen=True, slots=True)
class FenceOptions:
    """What stands after the opening marks of a fence. `faults` are the options that cannot be used, as written."""

    language: str = ""
    states: tuple[frozenset[int], ...] = ()
    title: str = ""
    numbered: bool = False
    classes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def read_fence(info: str, line_count: int) -> FenceOptions:
    """Reads `python hl_lines="1 3-4" hl_steps="1|3-4|all" title="app.py" linenums="1"`, in braces or not."""
    language, rest = "", info[:2_000]
    if not rest.lstrip().startswith("{") and (found := _LANGUAGE.match(rest)):
        language, rest = found[1], rest[found.end() :]
    rest = rest.strip()
    if rest.startswith("{") and rest.endswith("}"):
        rest = rest[1:-1].strip()
        if not language and (found := re.match(r"\.([\w#+.-]+)(?=\s|$)", rest)):
            language, rest = found[1], rest[found.end() :]
    states: tuple[frozenset[int], ...] = ()
    title, numbered = "", False
    classes: list[str] = []
    faults: list[str] = []
    at = 0
    while rest[at:].strip(" \t,:"):
        found = _OPTION.match(rest, at)
        if found is None:
            faults.append(rest[at:].strip()[:60])
            break
        at = found.end()
        key, double, single, bare, mark = found.groups()
        value = next((v for v in (double, single, bare) if v is not None), None)
        if mark is not None:
            if mark[0] == ".":
                classes.append(mark[1:])
        elif key in ("hl_lines", "hl_steps"):
            parsed = tuple(
                _line_set(part, line_count) for part in (value or "").split("|" if key == "hl_steps" else "\0")
            )
            if all(part is not None for part in parsed):
                if key == "hl_steps" or not states:
                    states = tuple(part for part in parsed if part is not None)
            else:
                faults.append(found[0].strip())
        elif key in ("title", "filename", "file"):
            title = value or ""
        elif key in ("linenums", "linenos"):
            numbered = (value or "1").lower() not in ("false", "no", "0")
        elif key != "id" and value is not None:  # a word alone is for another program: `rust,ignore`
            faults.append(found[0].strip(" \t,"))
    return FenceOptions(language, states, title, numbered, tuple(classes), tuple(faults))


def _line_set(text: str, line_count: int) -> frozenset[int] | None:
    """The lines of `1 3-4`, `1,3-4` or `all`; None when it says something else."""
    text = text.strip()
    if text.lower() in ("all", "*"):
        return frozenset(range(1, line_count + 1))
    if text.lower() in ("none", "0"):
        return frozenset()
    out: set[int] = set()
    parts = [part for part in re.split(r"[\s,]+", re.sub(r"\s*-\s*", "-", text)) if part]
    for part in parts:
        if (found := _RANGE.match(part)) is None:
            return None
        first, last = int(found[1]), int(found[2] or found[1])
        if first < 1 or last < first or last > _LARGEST_RANGE:
            return None
        out.update(range(first, min(last, line_count) + 1))
    return frozenset(out) if parts else None


def highlight(lines: Sequence[str], language: str) -> tuple[tuple[CodeToken, ...], ...]:
    """The lines as tokens. Plain for a language nobody knows, and for more code than a frame can show."""
    plain = tuple((CodeToken(line),) if line else () for line in lines)
    if language.lower() in _PLAIN_NAMES or sum(map(len, lines)) > MOST_CODE:
        return plain
    if any(len(line) > LONGEST_CODE_LINE for line in lines) or (lexer := _lexer(language)) is None:
        return plain
    from pygments.util import ClassNotFound

    out: list[list[CodeToken]] = [[]]
    latest = time.thread_time() + _MOST_SECONDS
    try:
        for token, text in lexer.get_tokens("\n".join(lines)):
            if time.thread_time() > latest:
                return plain
            kind = _kind(str(token))
            first, *others = text.split("\n")
            _add(out[-1], first, kind)
            for part in others:
                out.append([])
                _add(out[-1], part, kind)
    except (ClassNotFound, ValueError, IndexError, RecursionError):
        return plain
    del out[len(lines) :]
    if ["".join(token.text for token in row) for row in out] != list(lines):
        return plain
    return tuple(tuple(row) for row in out)


def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    try:
        return find_lexer_class_by_name(language.lower())(stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _kind(token: str) -> str:
    """One of the six colours for a Pygments token such as `Token.Literal.String.Doc`."""
    name = token.removeprefix("Token.")
    if name.startswith(("Keyword", "Operator.Word", "Name.Tag", "Name.Builtin.Pseudo")):
        return "keyword"
    if name.startswith(("Literal.String", "Literal.Date")):
        return "comment" if name.startswith("Literal.String.Doc") else "string"
    if name.startswith("Literal.Number"):
        return "number"
    if name.startswith("Comment"):
        return "comment"
    if name.startswith(("Name.Function", "Name.Class", "Name.Decorator", "Name.Builtin", "Name.Attribute",
                        "Name.Exception", "Name.Constant", "Name.Namespace", "Generic.Heading")):  # fmt: skip
        return "name"
    return "text"


def _add(row: list[CodeToken], text: str, kind: str) -> None:
    if not text:
        return
    if row and row[-1].kind == kind:
        row[-1] = CodeToken(row[-1].text + text, kind)
    else:
        row.append(CodeToken(text, kind))
