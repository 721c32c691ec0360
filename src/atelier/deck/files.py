"""The files a deck names: found inside its own folder, or refused with the reason."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PureWindowsPath

from atelier.deck.suggestions import did_you_mean
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.translation import _

LARGEST_PICTURE = 64 * 1024 * 1024  # bytes

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_REMOTE = frozenset({"http", "https", "ftp", "ftps", "sftp"})
_NAMES_LOOKED_AT = 2000


def resolve(folder: Path | None, reference: str, *, limit: int = LARGEST_PICTURE) -> Path | Diagnostic:
    """The file that `reference`, as written in the text, means: an existing file of at most `limit` bytes.

    Only files inside `folder` are given, whatever `..` or symbolic links say; the diagnostic has no file or line, which
    the caller knows.
    """
    name = reference.strip()
    shown = name if len(name) <= 80 else name[:79] + "…"
    if refused := _refused(name, shown):
        return refused
    if folder is None:
        return Diagnostic("picture-missing", _("“{name}” cannot be found: the text has no folder.").format(name=shown))
    try:
        inside = folder.resolve()
    except (OSError, RuntimeError):
        return Diagnostic("picture-missing", _("The deck's folder cannot be read."))
    escaped = False
    for candidate in _spellings(name):
        try:
            path = (inside / candidate).resolve()
            if not path.is_relative_to(inside):
                escaped = True
            elif path.is_file():
                return _checked(path, shown, limit)
            elif path.exists() and path != inside:
                return Diagnostic("picture-unreadable", _("“{name}” is not a file.").format(name=shown))
        except (OSError, RuntimeError, ValueError):  # a loop of links, a name too long, a NUL
            continue
    if escaped:
        return _outside(shown)
    return Diagnostic("picture-missing", _("There is no file “{name}”.").format(name=shown), _nearest(inside, name))


def _refused(name: str, shown: str) -> Diagnostic | None:
    scheme = _SCHEME.match(name)
    if name.startswith("//") or (scheme and scheme[1].lower() in _REMOTE):
        message = _("“{name}” lies on the network, from where nothing is fetched.").format(name=shown)
        return Diagnostic("picture-remote", message, _("Save it in the deck's folder and name that file."))
    if scheme and scheme[1].lower() == "data":
        message = _("A picture written into the text as “data:” is not shown.")
        return Diagnostic("picture-unreadable", message, _("Save it in the deck's folder and name that file."))
    if scheme or name.startswith(("/", "\\", "~")) or PureWindowsPath(name).drive:
        return _outside(shown)
    if not name:
        return Diagnostic("picture-missing", _("No file is named."))
    return None


def _outside(shown: str) -> Diagnostic:
    message = _("“{name}” lies outside the deck's folder, so it is not read.").format(name=shown)
    return Diagnostic("picture-outside", message, _("Copy it into the deck's folder and name that file."))


def _spellings(name: str) -> list[str]:
    """The names to try: as an address is written, as it stands, without `?…` or `#…`; in both Unicode forms."""
    names = [name]
    if "%" in name:
        from urllib.parse import unquote

        names.insert(0, unquote(name))
    names += [re.split(r"[?#]", n, maxsplit=1)[0] for n in names if "?" in n or "#" in n]
    names += [n.replace("\\", "/") for n in names if "\\" in n]
    forms = [unicodedata.normalize(form, n) for n in names for form in ("NFC", "NFD")]
    return list(dict.fromkeys(n for n in names + forms if n))


def _checked(path: Path, shown: str, limit: int) -> Path | Diagnostic:
    size = path.stat().st_size
    if size > limit:
        message = _("“{name}” has {size} MB; the limit is {limit} MB.").format(
            name=shown, size=f"{size / 1e6:.1f}", limit=f"{limit / 1e6:.1f}"
        )
        return Diagnostic("picture-too-large", message, _("Save a smaller version of it."))
    return path


def _nearest(inside: Path, name: str) -> str:
    wanted = Path(_spellings(name)[0])
    try:
        place = (inside / wanted.parent).resolve()
        if not place.is_relative_to(inside) or not place.is_dir():
            return _("Check the name and the folder.")
        names = [entry.name for _number, entry in zip(range(_NAMES_LOOKED_AT), place.iterdir(), strict=False)]
    except (OSError, RuntimeError, ValueError):
        return _("Check the name and the folder.")
    return did_you_mean(wanted.name, names) or _("Check the name and the folder.")
