"""What other tools write behind the marks of a code fence, as this format says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.importers.html_tree import attributes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LANGUAGE = re.compile(r"\{?\s*\.?([A-Za-z][\w+#.-]*)")
_BRACES = re.compile(r"\{([^{}]*)\}|\[([^\[\]]*)\]")
_STEPS = re.compile(r"(?:all|none|hide|\*|\d+(?:\s*-\s*\d+)?)?(?:\s*[,|]\s*(?:all|none|hide|\*|\d+(?:\s*-\s*\d+)?)?)*$")
_START = re.compile(r"startLine\s*:\s*(\d{1,6})|startFrom=\"?(\d{1,6})|^\s*(\d{1,6})\s*:")
_NUMBERED = re.compile(r"lines\s*:\s*true|\.numberLines|\.line-numbers|linenums")
_FILE = re.compile(r"[\w./\\ -]+\.\w{1,8}$|[\w-]+file$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_OTHERS = frozenset({"monaco", "monaco-diff", "monaco-run", "monaco-write", "twoslash", "at", "maxHeight"})


@dataclass(frozen=True, slots=True)
class CodeInfo:
    language: str = ""
    steps: str = ""
    """Line numbers, the states of several advances parted by bars."""
    title: str = ""
    numbered: bool = False
    options: tuple[tuple[str, str], ...] = ()

    def written(self) -> str:
        """As this format has it."""
        out = self.language
        if self.steps:
            out += f' {"hl_steps" if "|" in self.steps else "hl_lines"}="{self.steps}"'
        if self.title:
            out += ' title="{}"'.format(self.title.replace('"', "'"))
        if self.numbered:
            out += ' linenums="1"'
        return out.strip() if self.language else f"text{out}" if out else ""


def read_info(info: str) -> CodeInfo:
    """What a fence says in the ways of Slidev, reveal.js, pandoc and Quarto."""
    info = info[:1_000].strip()
    named = _LANGUAGE.match(info)
    language = named[1] if named else ""
    rest = info[named.end() :] if named else info
    options: dict[str, str] = {}
    steps, title, start = "", "", 1
    if found := _START.search(rest):
        start = int(next(group for group in found.groups() if group))
    parts = [next(g for g in m.groups() if g is not None).strip() for m in _BRACES.finditer(rest)]
    if info.startswith("{"):
        parts = [info[1:].rstrip("} ")]
        options = attributes_of(parts[0])
    else:
        options = attributes_of(re.sub(r"[{}]", " ", rest))
    for part in parts:
        lines = re.sub(r"^\s*\d+\s*:\s*", "", part)
        if lines and _STEPS.match(lines) and not steps:
            steps = lines if lines == part else _moved(lines, 1)
        elif _FILE.match(part) and not title and part not in _OTHERS and not part.startswith("."):
            title = part
    for key in ("code-line-numbers", "data-line-numbers", "data-code-line-numbers", "highlight"):
        value = options.get(key, "")
        if value and _STEPS.match(value) and re.search(r"\d", value):
            steps = value
    title = title or options.get("filename", "") or options.get("title", "")
    numbered = bool(_NUMBERED.search(rest if not info.startswith("{") else info))
    if start > 1 and "startLine" in rest:
        steps = _moved(steps, start)
    return CodeInfo(language, _states(steps), title, numbered, tuple(options.items()))


def _moved(steps: str, start: int) -> str:
    """Line numbers of code whose first line is numbered `start`, counted from 1."""
    return _NUMBER.sub(lambda m: str(max(1, int(m[0]) - start + 1)), steps)


def _states(steps: str) -> str:
    """The states as this format writes them: nothing and a star are all lines."""
    states = [" ".join(part.replace(",", " ").split()) for part in steps.split("|")]
    named = {"": "all", "*": "all", "hide": "none"}
    states = [named.get(state, state) for state in states]
    if states in (["all"], ["none"], [""]):
        return ""
    return "|".join(re.sub(r"\s*-\s*", "-", state) for state in states)


def without_marks(code: Sequence[str], mark: str) -> tuple[list[str], str]:
    """Lines of code without the comments that mark a line, and the lines so marked."""
    out: list[str] = []
    marked: list[str] = []
    for number, line in enumerate(code, 1):
        if line.rstrip().endswith(mark):
            line = line.rstrip()[: -len(mark)].rstrip(" #/;-%").rstrip()  # noqa: PLW2901 - the line without its mark
            marked.append(str(number))
        out.append(line)
    return out, " ".join(marked)
