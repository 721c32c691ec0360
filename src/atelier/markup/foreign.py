"""Lines in which other programs write what this format writes otherwise, rewritten one for one."""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"[ \t]*\{(?:\{[<%]|%-?)[ \t]*(highlight|code-toggle|code)\b[ \t]*([\w+#-]{0,30})[^{}]{0,500}[>%]\}\}?[ \t]*$"
)
_CLOSING = re.compile(
    r"[ \t]*\{(?:\{[<%]|%-?)[ \t]*(?:/[ \t]*|end)(?:highlight|code-toggle|code)\b[^{}]{0,100}[>%]\}\}?[ \t]*$"
)


def with_fences(lines: list[str]) -> list[str]:
    """`lines` with the listings of Hugo and Jekyll, `{{< highlight go >}}` and `{% highlight ruby %}`, as fences.

    Only what is closed is a listing.
    """
    if not any("{{" in line or "{%" in line for line in lines):
        return lines
    out = list(lines)
    opened = -1
    for index, line in enumerate(lines):
        if "{" not in line:
            continue
        if opened < 0 and _OPENING.match(line) and not line.rstrip(" \t>%}").endswith("/"):
            opened = index
        elif opened >= 0 and _CLOSING.match(line):
            head = _OPENING.match(lines[opened])
            language = head[2] if head and head[1] == "highlight" else ""
            out[opened], out[index] = f"{_MARK}{language}", _MARK
            opened = -1
    return out


_MARK = "~~~~~"
"""Longer than what a listing of Markdown would use itself."""
