"""The files a deck names: found inside its own folder, or refused with the reason."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from pathlib import Path, PureWindowsPath

from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.texts import reason
from atelier.foundation.translation import _, decimal

LARGEST_PICTURE = 64 * 1024 * 1024  # bytes
MOST_PIXELS = 80_000_000
"""Of one picture: it is decoded as a whole."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_REMOTE = frozenset({"http", "https", "ftp", "ftps", "sftp"})
_NAMES_LOOKED_AT = 2000


def resolve(
    folder: Path | None, reference: str, *, limit: int = LARGEST_PICTURE, within: Path | None = None
) -> Path | Diagnostic:
    """The file that `reference`, as written in the text, means: an existing file of at most `limit` bytes.

    Only files inside `folder`, or inside `within` where that is given, are found, whatever `..` or symbolic links say.
    A name in other letter case is found as well, as it is on the machines of those who wrote it. The diagnostic has no
    file or line, which the caller knows.
    """
    name = reference.strip()
    shown = name if len(name) <= 80 else name[:79] + "…"
    if refused := _refused(name, shown):
        return refused
    if folder is None:
        message = _("“{name}” cannot be found: the text has no folder.").format(name=shown)
        return Diagnostic("picture-missing", message, _("Save the text in the folder of its pictures."))
    try:
        inside = folder.resolve()
    except (OSError, RuntimeError):
        message = _("The deck's folder cannot be read.")
        return Diagnostic("picture-missing", message, _("Check who may read it."))
    escaped, refusal = False, ""
    for candidate in spellings(name):
        try:
            path = (inside / candidate).resolve()
            if not path.is_relative_to(within or inside):
                escaped = True
            elif path.is_file():
                return _checked(path, shown, limit)
            elif path.exists() and path != inside:
                message = _("“{name}” is not a file.").format(name=shown)
                hint = _("Name a picture in it.") if path.is_dir() else _("Put a file in its place.")
                return Diagnostic("picture-unreadable", message, hint)
        except PermissionError as error:  # a folder nobody may look into
            refusal = reason(error)
        except (OSError, RuntimeError, ValueError):  # a loop of links, a name too long, a NUL
            continue
    if escaped:
        return _outside(shown)
    if refusal:
        return Diagnostic("picture-unreadable", _("“{name}” cannot be opened.").format(name=shown), refusal)
    for candidate in spellings(name):
        if (real := name_on_disk(inside, candidate)) and (inside / real).is_file():
            return _checked((inside / real).resolve(), shown, limit)
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
        return Diagnostic("picture-missing", _("No file is named."), _("Write its name between the parentheses."))
    return None


def _outside(shown: str) -> Diagnostic:
    message = _("“{name}” lies outside the deck's folder, so it is not read.").format(name=shown)
    return Diagnostic("picture-outside", message, _("Copy it into the deck's folder and name that file."))


def spellings(name: str) -> list[str]:
    """The names to try: as an address is written, as it stands, without `?…` or `#…`; in both Unicode forms."""
    names = [name]
    if "%" in name:
        from urllib.parse import unquote

        names.insert(0, unquote(name))
    names += [re.split(r"[?#]", n, maxsplit=1)[0] for n in names if "?" in n or "#" in n]
    names += [n.replace("\\", "/") for n in names if "\\" in n]
    forms = [unicodedata.normalize(form, n) for n in names for form in ("NFC", "NFD")]
    return list(dict.fromkeys(n for n in names + forms if n))


def written_otherwise(folder: Path, reference: str) -> str:
    """The name of the file that `reference` means, where it differs in letter case; else nothing."""
    inside = folder.resolve()
    names = [real for candidate in spellings(reference.strip()) if (real := name_on_disk(inside, candidate))]
    written = {unicodedata.normalize("NFC", posixpath.normpath(name)) for name in spellings(reference.strip())}
    if not names or any(unicodedata.normalize("NFC", name) in written for name in names):
        return ""
    return names[0]


def name_on_disk(inside: Path, name: str) -> str:
    """How the file `name` below `inside` is spelt there, letter case aside; empty where there is none.

    Names that go up, and folders that lead out by a symbolic link, are not followed.
    """
    spelt: list[str] = []
    try:
        for part in posixpath.normpath(name).split("/"):
            folder = inside.joinpath(*spelt)
            if part in {"", "..", "."} or not folder.resolve().is_relative_to(inside):
                return ""
            wanted = _folded(part)
            alike = [each for each in _entries(folder) if _folded(each) == wanted]
            if not alike:
                return ""
            spelt.append(next((each for each in alike if each == part), alike[0]))
        real = "/".join(spelt)
        return real if (inside / real).resolve().is_relative_to(inside) else ""
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name too long
        return ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _entries(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for _number, entry in zip(range(_NAMES_LOOKED_AT), folder.iterdir(), strict=False))
    except (OSError, ValueError):
        return []


def _checked(path: Path, shown: str, limit: int) -> Path | Diagnostic:
    size = path.stat().st_size
    if size > limit:
        message = _("“{name}” has {size} MB; the limit is {limit} MB.").format(
            name=shown, size=decimal(size / 1e6), limit=decimal(limit / 1e6)
        )
        return Diagnostic("picture-too-large", message, _("Save a smaller version of it."))
    return path


def _nearest(inside: Path, name: str) -> str:
    wanted = Path(spellings(name)[0])
    try:
        place = (inside / wanted.parent).resolve()
        if not place.is_relative_to(inside) or not place.is_dir():
            return _("Check the name and the folder.")
        names = _entries(place)
    except (OSError, RuntimeError, ValueError):
        return _("Check the name and the folder.")
    if wanted.name in names:
        return _("It is a link to a file that is not there.")
    return did_you_mean(wanted.name, names) or _("Check the name and the folder.")
