"""Whose work the bundle holds: the package's copyright file."""

from __future__ import annotations

import platform
import re
import textwrap
from importlib import metadata
from pathlib import Path

from distributions import canonical, needed

HERE = Path(__file__).resolve().parent
HOUSE = HERE.parent.parent
FONTS = HOUSE / "src" / "atelier" / "resources" / "fonts"
IN_WORDS_ABOVE = frozenset({"atelier", "pyside6-essentials", "shiboken6"})
"""What the handwritten part speaks of."""
_ELSEWHERE = frozenset({"android", "cibw_musl", "pbin_musl", "v8_xfa"})
"""Folders of PDFium's licences for what is in its builds for other systems."""
_APACHE = re.compile(r" *Apache License\s+Version 2\.0, January 2004.*?END OF TERMS AND CONDITIONS", re.DOTALL)
_COMMON = "Apache License, version 2.0: its text is in /usr/share/common-licenses/Apache-2.0."


def copyright_text(work: Path) -> str:
    """The handwritten part, then each Python package and each font with its licence.

    `work` is the folder in which PyInstaller notes what it collected.
    """
    text = (HERE / "copyright").read_text(encoding="utf-8")
    own = (HOUSE / "LICENSE").read_text(encoding="utf-8")
    text = text.replace("@MIT@", textwrap.indent(own.split("\n\n", 2)[2].strip(), "  "))
    text = text.replace("@QT@", metadata.version("pyside6-essentials"))
    text = text.replace("@PYTHON@", platform.python_version())
    for name in sorted(needed("atelier") & _collected(work) - IN_WORDS_ABOVE):
        text += f"\nPYTHON PACKAGE {name} {metadata.version(name)}\n\n{_indented(licence_of(name))}\n"
    for file in sorted(FONTS.glob("*.LICENSE.txt")):
        text += f"\nFONT {file.name.split('.')[0]}\n\n{_indented(file.read_text(encoding='utf-8'))}\n"
    return text


def _collected(work: Path) -> set[str]:
    """The distributions of which a module is in the bundle."""
    notes = "".join(file.read_text(encoding="utf-8") for file in work.glob("*/Analysis-*.toc"))
    modules = set(re.findall(r"^ *\[?\('([\w-]+)", notes, re.MULTILINE))
    installed = metadata.packages_distributions()
    return {canonical(name) for module in modules for name in installed.get(module, ())}


def licence_of(name: str) -> str:
    """The licences a distribution carries along, else what it says its licence is; not Apache's, which Debian has."""
    whole = metadata.distribution(name)
    texts = [
        _decoded(path.read_binary())
        for path in whole.files or ()
        if path.parts[0].endswith(".dist-info")
        and _ELSEWHERE.isdisjoint(path.parts)
        and (path.parts[1] == "licenses" or re.match(r"licen[cs]e|copying|notice", path.name, re.IGNORECASE))
    ]
    if texts:
        return _APACHE.sub(_COMMON, "\n\n".join(texts))
    about = whole.metadata
    author, licence = (
        next((about[field] for field in fields if field in about), "")
        for fields in (("Author", "Author-email"), ("License-Expression", "License"))
    )
    return f"Copyright {author}\n\n{licence} licence."


def _decoded(data: bytes) -> str:
    """A licence's text; some are older than UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _indented(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.expandtabs().strip().splitlines())
    return textwrap.indent(lines, "  ")
