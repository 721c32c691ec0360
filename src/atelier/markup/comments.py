"""Taking comments out of a text: `<!-- … -->` and `%% … %%` are private, always."""

from __future__ import annotations

import re

from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _
from atelier.markup.lines import FenceEnds, atx_heading, closes_fence, fence_start, quote_depth, without_containers
from atelier.markup.source import Hidden

_MARK = re.compile(r"<!--|%%|(?<!`)(`+)(?!`)")
_TICKS = re.compile(r"`+")


def strip_comments(
    lines: list[str], first_line: int, taken: list[Hidden] | None = None
) -> tuple[list[str], list[Diagnostic]]:
    """The same number of lines without the comments, those in code fences and code spans excepted.

    A comment that is never closed hides what follows up to the next heading. What was in them is added to `taken`.
    """
    if not any("<!--" in line or "%%" in line for line in lines):
        return lines, []
    return _Stripper(lines, first_line, taken).run()


class _Stripper:
    def __init__(self, lines: list[str], first_line: int, taken: list[Hidden] | None) -> None:
        self._lines = lines
        self._taken = taken
        self._first_line = first_line
        self._diagnostics: list[Diagnostic] = []
        self._last = {
            close: max((i for i, line in enumerate(lines) if close in line), default=-1) for close in ("-->", "%%")
        }
        self._paragraph_end = 0
        """Up to this line no second %% is to be found in the paragraph at hand."""

    def run(self) -> tuple[list[str], list[Diagnostic]]:
        lines, ends = self._lines, FenceEnds(self._lines)
        out: list[str] = []
        index = 0
        while index < len(lines):
            fence = (
                fence_start(without_containers(lines[index]))
                if "```" in lines[index] or "~~~" in lines[index]
                else None
            )
            if fence is not None and ends.closed_after(index, fence):
                depth = quote_depth(lines[index])
                out.append(lines[index])
                index += 1
                while index < len(lines):
                    out.append(lines[index])
                    index += 1
                    if closes_fence(without_containers(lines[index - 1]), fence):
                        break
                    if depth and quote_depth(lines[index - 1]) < depth:
                        break
                continue
            if "<!--" in lines[index] or "%%" in lines[index]:
                index = self._line(index, out)
            else:
                out.append(lines[index])
                index += 1
        return out, self._diagnostics

    def _line(self, index: int, out: list[str]) -> int:
        """Strips the comments that begin in a line, appends the lines done and returns the next."""
        line, at, kept = self._lines[index], 0, ""
        last: dict[int, int] | None = None
        while found := _MARK.search(line, at):
            kept += line[at : found.start()]
            if found[1]:
                if last is None:
                    last = {len(run[0]): run.start() for run in _TICKS.finditer(line)}
                ticks = found[1]
                at = found.end()
                if last[len(ticks)] >= at and (close := re.compile(rf"(?<!`){ticks}(?!`)").search(line, at)):
                    at = close.end()
                kept += line[found.start() : at]
                continue
            close_mark = "-->" if found[0] == "<!--" else "%%"
            close_at = line.find(close_mark, found.end())
            if close_at >= 0:
                self._take(index, [line[found.end() : close_at]])
                at = close_at + len(close_mark)
                continue
            end = self._closing_line(index, close_mark, begins=not line[: found.start()].strip())
            if end is None:
                kept += found[0]
                at = found.end()
                continue
            out.append(kept.rstrip())
            out.extend("" for _skipped in range(index + 1, end))
            within = [line[found.end() :], *self._lines[index + 1 : end]]
            if end == len(self._lines) or close_mark not in self._lines[end]:
                self._take(index, within)
                return end
            last_words, rest = self._lines[end].split(close_mark, 1)
            self._take(index, [*within, last_words])
            self._lines[end] = rest if rest.strip() else ""
            return end
        kept += line[at:]
        out.append(kept if kept.strip() else "")
        return index + 1

    def _take(self, index: int, lines: list[str]) -> None:
        if self._taken is not None:
            self._taken.append(Hidden(self._first_line + index, "\n".join(lines).strip(), comment=True))

    def _closing_line(self, index: int, close: str, *, begins: bool) -> int | None:
        """The line that closes a comment opened at `index`, the line it ends before, or None when it is no comment."""
        lines = self._lines
        if close == "%%" and not begins:
            # in the middle of a line two per cent signs open a comment only if a second pair ends it in the paragraph
            if index < self._paragraph_end:
                return None
            for end in range(index + 1, len(lines)):
                if not lines[end].strip():
                    self._paragraph_end = end
                    return None
                if close in lines[end]:
                    return end
            self._paragraph_end = len(lines)
            return None
        if self._last[close] > index:
            return next(end for end in range(index + 1, len(lines)) if close in lines[end])
        self._diagnostics.append(
            Diagnostic(
                "comment-unclosed",
                _("A comment is never closed; what follows it up to the next heading is hidden."),
                _("Close it with {mark}.").format(mark=close),
                line=self._first_line + index,
            )
        )
        return next((end for end in range(index + 1, len(lines)) if atx_heading(lines[end])), len(lines))
