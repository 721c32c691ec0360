"""What may be written to a terminal."""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, changes its colours, or shows words in another order than they are in."""


def harmless(text: str) -> str:
    """`text` with a sign in the place of every character that a terminal would obey. Lines stay lines."""
    return _CONTROL.sub("\ufffd", text)
