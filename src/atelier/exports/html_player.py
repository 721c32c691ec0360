"""The player of a page: the modules of `resources/player` as one script."""

from __future__ import annotations

import re
from functools import lru_cache

from atelier.foundation.resources import PLAYER

BEGIN = "main.js"
STYLE = "page.css"
_IMPORT = re.compile(r"^import\s+\{[^}]*\}\s+from\s+\"\./([\w.]+)\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|function|class)", re.MULTILINE)


@lru_cache(maxsize=1)
def player_script() -> str:
    """The modules after those they import, in one scope of their own: a browser opens no module from a disk.

    They share that scope, so no two may give one name (tests look).
    """
    return '"use strict";\n(() => {\n' + "\n".join(modules().values()) + "})();\n"


def modules() -> dict[str, str]:
    """Every module by its name, less what it says of others, each after those it imports."""
    done: dict[str, str] = {}

    def add(name: str) -> None:
        if name in done:
            return
        source = (PLAYER / name).read_text(encoding="utf-8")
        for needed in _IMPORT.findall(source):
            add(needed)
        done[name] = _EXPORT.sub("", _IMPORT.sub("", source))

    add(BEGIN)
    return done


def player_style() -> str:
    return (PLAYER / STYLE).read_text(encoding="utf-8")
