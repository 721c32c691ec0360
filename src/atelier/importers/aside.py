"""Putting aside what must not be read as markup: code, formulas. What stands for it is put back at the end.

In its place stands a number between two code points of a private plane, which nothing that is looked for has in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atelier.markup.lines import FenceEnds, closes_fence, dedent, fence_start, without_containers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OPEN: Final = "\U000f0000"
CLOSE: Final = "\U000f0001"
MARK: Final = re.compile(f"{OPEN}(\\d+){CLOSE}")
CODE_LINE: Final = re.compile(f"[ \\t>]*(?:[-*+]|\\d{{1,9}}[.)])?[ \\t]*{OPEN}(\\d+){CLOSE}[ \\t]*$")
"""A line that stands for a fence or a displayed formula."""
MOST_DOLLARS: Final = 2_000
"""Of a slide; one with more is about money, or meant to take long."""
_LISTED = re.compile(r"[-*+]|\d{1,9}[.)]")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_SPAN = re.compile(r"(?<![\\`])(`{1,20})(?!`)(?:[^\n]|\n(?![ \t]*\n)){1,2000}?(?<!`)\1(?!`)")
_DISPLAYED = re.compile(
    r"^[ \t]*(?:\$\$.{1,4000}?\$\$|\\\[.{1,4000}?\\\]|\\begin\{(\w{1,20}\*?)\}.{1,4000}?\\end\{\1\})[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_INLINE = re.compile(
    r"(?<![\\$])\$\$[^$\n]{1,2000}?\$\$"
    r"|(?<![\\$\w])\$(?![\s$])(?:[^\\$\n]|\\.){1,2000}?(?<!\s)\$(?![\d$\w])"
    r"|\\\(.{1,2000}?\\\)"
)
_NEVER = re.compile(f"[{OPEN}{CLOSE}]")


@dataclass(frozen=True, slots=True)
class Fence:
    """Lines `start` to `stop` (exclusive, the closing line included when it is `closed`)."""

    start: int
    stop: int
    closed: bool
    info: str


@dataclass(frozen=True, slots=True)
class Regions:
    """`covered` tells of each line whether it stands in a fence, or in a comment that began in a line above."""

    fences: tuple[Fence, ...]
    covered: tuple[bool, ...]


def regions(lines: Sequence[str]) -> Regions:
    """Where fences and comments lie: whatever begins first, nothing begins in it. A comment that is never closed is
    none here; a fence that is never closed covers nothing.
    """
    ends = FenceEnds(lines)
    last_end = max((i for i, line in enumerate(lines) if "-->" in line), default=-1)
    fences: list[Fence] = []
    covered = [False] * len(lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        found = fence_start(without_containers(line)) if "```" in line or "~~~" in line else None
        if found is not None:
            closed = ends.closed_after(index, found)
            stop = len(lines)
            if closed:
                stop = next(
                    (i + 1 for i in range(index + 1, len(lines)) if closes_fence(without_containers(lines[i]), found)),
                    len(lines),
                )
                covered[index:stop] = [True] * (stop - index)
            fences.append(Fence(index, stop, closed, found.info))
            index = stop if closed else index + 1
            continue
        at = line.rfind("<!--") if "<!--" in line else -1
        if at >= 0 and "-->" not in line[at:] and last_end > index and line[:at].count("`") % 2 == 0:
            stop = next(i for i in range(index + 1, len(lines)) if "-->" in lines[i])
            covered[index + 1 : stop + 1] = [True] * (stop - index)
            index = stop
        index += 1
    return Regions(tuple(fences), tuple(covered))


class Aside:
    """What one slide has put aside."""

    def __init__(self) -> None:
        self._kept: list[tuple[str, bool]] = []

    def keep(self, text: str, *, block: bool = False) -> str:
        """What stands for `text` from now on. A block's lines are indented as its place will be."""
        self._kept.append((text, block))
        return f"{OPEN}{len(self._kept) - 1}{CLOSE}"

    def fences(self, lines: Sequence[str], rewrite: Callable[[str, list[str]], str]) -> str:
        """The text of `lines` with its code fences put aside, each as `rewrite(info, code)` wants it."""
        out: list[str] = []
        found = {fence.start: fence for fence in regions(lines).fences}
        index = 0
        while index < len(lines):
            fence = found.get(index)
            if fence is None:
                out.append(lines[index])
                index += 1
                continue
            line = lines[index]
            prefix = line[: len(line) - len(without_containers(line).lstrip())]
            stop = fence.stop - 1 if fence.closed else fence.stop
            code = [_inner(each, prefix) for each in lines[index + 1 : stop]]
            out.append(prefix + self.keep(rewrite(fence.info, code), block=True))
            index = fence.stop
        return "\n".join(out)

    def spans(self, text: str, *, math: bool) -> str:
        """`text` with its code spans put aside, and where the tool knows them its formulas."""
        text = _SPAN.sub(lambda m: self.keep(m[0]), text)
        if math and text.count("$") <= MOST_DOLLARS:
            text = _DISPLAYED.sub(lambda m: self.keep(m[0].strip(), block=True), text)
            text = _INLINE.sub(lambda m: self.keep(m[0]), text)
        return text

    def kept(self, number: str) -> str:
        return self._kept[int(number)][0] if int(number) < len(self._kept) else ""

    def restore(self, text: str) -> str:
        """`text` with everything back in its place."""
        if OPEN not in text:
            return text
        return "\n".join(self._line(line, 0) for line in text.split("\n"))

    def _line(self, line: str, depth: int) -> str:
        if OPEN not in line or depth > 20:
            return _NEVER.sub("", line)
        found = MARK.search(line)
        if found is None:
            return _NEVER.sub("", line)
        kept, block = self._kept[int(found[1])] if int(found[1]) < len(self._kept) else ("", False)
        before = line[: found.start()]
        if block and CODE_LINE.match(line):
            below = _LISTED.sub(lambda m: " " * len(m[0]), before)
            first, *others = kept.split("\n")
            text = "\n".join([before + first, *((below + each).rstrip() for each in others)])
        else:
            text = before + kept + line[found.end() :]
        return "\n".join(self._line(each, depth + 1) for each in text.split("\n"))


def _inner(line: str, prefix: str) -> str:
    """A line of code without the marks of what its fence stands in."""
    if ">" in prefix:
        found = _QUOTE.match(line)
        return line[found.end() :] if found else line
    return dedent(line, len(prefix.expandtabs(4)))


def fenced(info: str, code: Sequence[str]) -> str:
    """Lines of code as a fence that nothing in them closes."""
    longest = max((len(run) for line in code for run in re.findall(r"`{3,}", line)), default=2)
    mark = "`" * (longest + 1)
    return "\n".join([f"{mark}{info}", *code, mark])
