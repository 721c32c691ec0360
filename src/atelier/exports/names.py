"""What the files of an export are called, on any system."""

from __future__ import annotations

import re

LONGEST = 100
"""Characters of an id in a name: a name has at most 255 bytes, and a letter up to four."""
_REFUSED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)


def file_name(*parts: str) -> str:
    """The parts that say something, joined by hyphens, less what a file system refuses."""
    name = "-".join(_short(part) for part in parts if part)
    name = _REFUSED.sub("-", name).strip(" .")
    while len(name.encode()) > 200:
        name = name[:-1]
    if _RESERVED.match(name) or not name:
        name = f"_{name}"
    return name


def _short(part: str) -> str:
    return part if len(part) <= LONGEST else part[:LONGEST]
