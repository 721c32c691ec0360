"""Environments of LaTeX by others that say the same and that the libraries for formulas know.

Both read TeX by latex2mathml, which takes what it does not know for words: the `&` of a column would be shown.
"""

from __future__ import annotations

import re
from typing import Final

_ALIGNED: Final = (r"\begin{align*}", r"\end{align*}")
_LINES: Final = (r"\begin{matrix}", r"\end{matrix}")
_THREE_COLUMNS: Final = (r"\begin{array}{rcl}", r"\end{array}")
_ALONE: Final = ("{", "}")
_KNOWN: Final = {
    "aligned": _ALIGNED,
    "alignedat": _ALIGNED,
    "alignat": _ALIGNED,
    "alignat*": _ALIGNED,
    "flalign": _ALIGNED,
    "flalign*": _ALIGNED,
    "eqnarray": _THREE_COLUMNS,
    "eqnarray*": _THREE_COLUMNS,
    "gather": _LINES,
    "gather*": _LINES,
    "gathered": _LINES,
    "multline": _LINES,
    "multline*": _LINES,
    "equation": _ALONE,
    "equation*": _ALONE,
    "dcases": (r"\begin{cases}", r"\end{cases}"),
    "rcases": (r"\left.\begin{array}{ll}", r"\end{array}\right\}"),
}
"""How each begins and ends in what is known. The numbers of equations are left out."""
_COUNTED: Final = frozenset({"alignedat", "alignat", "alignat*"})
"""Those that say how many pairs of columns they have."""
_PLACED: Final = frozenset({"aligned", "alignedat", "gathered"})
"""Those that may say how they stand in their line, as in `[t]`."""
_MARK: Final = re.compile(r"\\(begin|end)\s*\{([a-z]+\*?)\}(\s*\[[tcb]\])?(\s*\{[^{}]*\})?")


def known_environments(tex: str) -> str:
    """The formula with environments that are known."""
    return _MARK.sub(_known, tex)


def _known(found: re.Match[str]) -> str:
    mark, name, place, argument = found.groups(default="")
    if name not in _KNOWN:
        return found[0]
    begin, end = _KNOWN[name]
    if mark == "end":
        return end + place + argument
    return begin + ("" if name in _PLACED else place) + ("" if name in _COUNTED else argument)
