"""Which of the installed Python distributions the program is made of."""

from __future__ import annotations

import re
from importlib import metadata


def needed(name: str) -> set[str]:
    """The distributions that `name` needs and that are installed here, itself among them; names as in PEP 503."""
    found: set[str] = set()
    todo = [name]
    while todo:
        one = canonical(todo.pop())
        if one in found:
            continue
        try:
            requirements = metadata.requires(one) or ()
        except metadata.PackageNotFoundError:  # needed on other systems
            continue
        found.add(one)
        todo += [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in requirements if "extra ==" not in line]
    return found


def foreign_modules(name: str) -> list[str]:
    """The modules of all other distributions: a library that finds one of them by chance must not take it along."""
    own = needed(name)
    return sorted(
        module
        for module, distributions in metadata.packages_distributions().items()
        if own.isdisjoint(canonical(distribution) for distribution in distributions)
    )


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
