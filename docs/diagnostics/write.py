"""Writes docs/diagnostics.md: the table of codes, and beside each what `explanations.toml` says of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeAlias, cast

from atelier.foundation.diagnostics import CODES, Severity

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parent / "diagnostics.md"
EXPLANATIONS = HERE / "explanations.toml"

Groups: TypeAlias = dict[str, dict[str, dict[str, str]]]
"""By the group's title and the code: `text`, `do`, and `deck` where there is one."""

HEAD = """\
# What `atelier check` says

Every finding has a line and one of the codes below, which never change their meaning. An **error** hides or loses
something (`atelier check` then ends with exit code 1), a **warning** is something the room would notice, a **hint** is
something an author may want to know. No deck that can be shown is kept from being shown by any of them.

This page is made of the table in `src/atelier/foundation/diagnostics.py` by `docs/diagnostics/write.py`.
"""
NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "hint"}


def explanations() -> Groups:
    return cast("Groups", tomllib.loads(EXPLANATIONS.read_text(encoding="utf-8")))


def document() -> str:
    """The page, as Markdown."""
    parts = [HEAD]
    for group, codes in explanations().items():
        parts.append(f"## {group}\n")
        if group == "Set text":
            parts.append("These are found with `--layout`, which sets the text of every frame.\n")
        for code, said in codes.items():
            parts += _entry(code, said)
    return "\n".join(parts)


def _entry(code: str, said: dict[str, str]) -> list[str]:
    severity, summary = CODES[code]
    lines = [
        f"### `{code}`\n",
        f"*{NAMES[severity].capitalize()}:* {summary}.\n",
        f"{said['text']}\n",
        f"**What to do:** {said['do']}\n",
    ]
    if deck := said.get("deck"):
        lines.append(f"````text\n{deck.rstrip()}\n````\n")
    return lines


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
