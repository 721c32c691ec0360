"""What appears with an advance: marking blocks, lists and parts of a slide with the steps this format has."""

from __future__ import annotations

import re
from typing import Final

from atelier.importers.markdown import HEADING, blocks_of, is_list, tidy, with_attributes
from atelier.markup.lines import attribute_line

MARK: Final = "\U000f0002"
"""Stands in a text for a pause, or beside what appears with an advance."""


def one_step(text: str) -> str:
    """`text` shown with one advance, however many blocks it is."""
    parts = [part for part in blocks_of(text) if part.strip()]
    if not parts:
        return text
    if len(parts) == 1:
        last = parts[0].rsplit("\n", 1)[-1]
        if attribute_line(last) is not None:
            return parts[0]  # it has steps of its own
        return with_attributes(parts[0], ".step")
    return with_attributes("\n".join(["::: step", "", "\n\n".join(parts), "", ":::"]), ".step")


def steps_each(text: str) -> str:
    """`text` shown block by block, lists item by item."""
    out: list[str] = []
    for part in blocks_of(text):
        last = part.rsplit("\n", 1)[-1]
        if not part.strip() or HEADING.match(part) or attribute_line(last) is not None:
            out.append(part)
        else:
            out.append(with_attributes(part, ".steps" if is_list(part) else ".step"))
    return "\n\n".join(out)


def stepped_lists(text: str) -> str:
    """`text` with all its lists shown item by item."""
    out: list[str] = []
    for part in blocks_of(text):
        stepped = is_list(part) and attribute_line(part.rsplit("\n", 1)[-1]) is None
        out.append(with_attributes(part, ".steps") if stepped else part)
    return "\n\n".join(out)


def stepped_parts(text: str) -> str:
    """`text` with what stands below each mark appearing with an advance of its own."""
    if MARK not in text:
        return text
    parts = [tidy(part) for part in re.split(rf"\n?[ \t]*{re.escape(MARK)}[ \t]*\n?", text)]
    out = [parts[0]] if parts[0] else []
    for part in parts[1:]:
        if not part.strip():
            continue
        blocks = blocks_of(part)
        before = blocks_of(out[-1])[-1] if out else ""
        if (
            len(blocks) == 1
            and is_list(part)
            and before
            and is_list(before.rsplit("\n{: ", 1)[0])
            and not re.search(r"\.step \}$", before)
        ):
            joined = f"{out[-1].removesuffix(chr(10) + '{: .steps }')}\n{part}"
            out[-1] = with_attributes(joined, ".steps")
        elif any(block.startswith("#") for block in blocks):
            out.append(part)
        else:
            out.append(one_step(part))
    return "\n\n".join(out)


def stepped_elements(text: str) -> str:
    """`text` with the marks for elements that appear with an advance put into effect."""
    if MARK not in text:
        return text
    out: list[str] = []
    for part in blocks_of(text):
        count = part.count(MARK)
        bare = "\n".join(line.replace(MARK, "").rstrip() for line in part.split("\n") if line.strip() != MARK).strip(
            "\n"
        )
        if not count:
            out.append(part)
        elif not bare.strip():
            if out and not out[-1].endswith(".step }"):
                out[-1] = one_step(out[-1])
        elif is_list(bare):
            out.append(with_attributes(bare, ".steps"))
        else:
            out.append(one_step(bare))
    return "\n\n".join(out)
