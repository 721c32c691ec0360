"""The pictures of a deck that is imported: found in its folder, named anew, counted."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from atelier.deck.files import LARGEST_PICTURE, MOST_PIXELS, resolve
from atelier.deck.image_files import read_image_file
from atelier.deck.media_files import find_media, media_fault, read_media_file
from atelier.foundation.texts import reason
from atelier.foundation.translation import _
from atelier.importers.losses import shown
from atelier.markup.media import kind_of as media_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.foundation.diagnostics import Diagnostic
    from atelier.importers.losses import Losses

FOLDER: Final = "pictures"
MEDIA_FOLDER: Final = "media"
MOST: Final = 5_000
MOST_BYTES: Final = 1024 * 1024 * 1024
"""Of all pictures of a deck together."""
MOST_MEDIA_BYTES: Final = 8 * MOST_BYTES
"""Of all its films and sounds."""
_SUFFIXES: Final = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WebP": ".webp", "BMP": ".bmp"}
_DRAWINGS: Final = (".svg", ".svgz")
_DATA: Final = re.compile(r"data:image/([\w+.-]{1,20})(;[^,]{0,100})?,(.*)", re.DOTALL | re.IGNORECASE)
_LONGEST_NAME: Final = 60
_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
)


class Pictures:
    """Collects the files to be written beside the deck's text."""

    def __init__(self, folder: Path | None, losses: Losses, *, roots: Sequence[str] = ("",)) -> None:
        """`roots` are folders below `folder` that an address may begin from."""
        self._folder = folder
        self._losses = losses
        self._roots = roots
        self._names: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._taken: set[str] = set()
        self._bytes = 0
        self._media_bytes = 0
        self.files: dict[str, bytes | Path] = {}

    def named(self, reference: str) -> str:
        """The name in the deck's folder of the picture that `reference` means in the source, else nothing: why not is
        then among the losses.
        """
        reference = reference.strip()
        if reference not in self._known:
            self._known[reference] = self._find(reference)
        elif not self._known[reference]:
            self._find(reference)  # said for this slide too
        return self._known[reference]

    def played(self, reference: str) -> str:
        """The name in the deck's folder of the film or sound that `reference` means, else nothing, as for pictures."""
        found = self._file(reference.strip(), find_media)
        return self.copied(found, reference, media=True) if found is not None else ""

    def _find(self, reference: str) -> str:
        if reference[:5].lower() == "data:":
            return self._written_out(reference)
        found = self._file(reference, resolve)
        return self.copied(found, reference) if found is not None else ""

    def _file(self, reference: str, find: Callable[[Path | None, str], Path | Diagnostic]) -> Path | None:
        """The file that `reference` means; why there is none is among the losses."""
        found: Diagnostic | None = None
        for root in self._roots:
            spelt = f"{root}{reference.lstrip('/')}" if root or reference.startswith("/") else reference
            if reference.startswith("//"):
                spelt = reference
            other = find(self._folder, spelt)
            if isinstance(other, Path):
                return other
            found = found or other
        if found is not None:
            self._losses.add(found.code, found.message, near=reference, text=reference)
        return None

    def copied(self, file: Path, reference: str, *, media: bool = False) -> str:
        """The name of a copy of `file`, which lies where it may be read: a picture, a film or a sound."""
        key = str(file)
        if key in self._names:
            return self._names[key]
        try:
            look = _media_fault if media else _fault
            fault = "" if file.suffix.lower() in _DRAWINGS else look(file, shown(reference))
            size = file.stat().st_size
        except OSError as error:
            fault, size = _("“{name}” cannot be read.").format(name=shown(reference)) + f" {reason(error)}", 0
        if fault:
            code = "media-unreadable" if media else "picture-unreadable"
            self._losses.add(code, fault, near=reference, text=reference)
            return ""
        if not (self._affords_media(size, reference) if media else self._affords(size, reference)):
            return ""
        folder = MEDIA_FOLDER if media else FOLDER
        name = self._names[key] = self._new_name(file.stem, file.suffix.lower(), folder)
        self.files[name] = file
        return name

    def added(self, data: bytes, stem: str, suffix: str = "") -> str:
        """The name of a picture that `data` is; nothing where it cannot be shown."""
        suffix = suffix or kind_of(data)
        key = hashlib.sha256(data).hexdigest()
        if key in self._names:
            return self._names[key]
        if not suffix or len(data) > LARGEST_PICTURE or not self._affords(len(data), stem):
            return ""
        name = self._names[key] = self._new_name(stem, suffix)
        self.files[name] = data
        return name

    def added_media(self, data: bytes, stem: str, suffix: str) -> str:
        """The name of a film or sound that `data` is; nothing where it cannot be played."""
        key = hashlib.sha256(data).hexdigest()
        if key in self._names:
            return self._names[key]
        if media_kind(f"a{suffix}") is None or not self._affords_media(len(data), stem):
            return ""
        name = self._names[key] = self._new_name(stem, suffix, MEDIA_FOLDER)
        self.files[name] = data
        return name

    def _affords_media(self, size: int, reference: str) -> bool:
        if len(self.files) < MOST and self._media_bytes + size <= MOST_MEDIA_BYTES:
            self._media_bytes += size
            return True
        message = _("There are more films and sounds than a deck can hold; the rest is left out.")
        self._losses.add("media", message, near=reference, text=reference)
        return False

    def _affords(self, size: int, reference: str) -> bool:
        if len(self.files) < MOST and self._bytes + size <= MOST_BYTES:
            self._bytes += size
            return True
        message = _("There are more pictures than a deck can hold; the rest is left out.")
        self._losses.add("picture-too-large", message, near=reference, text=reference)
        return False

    def _written_out(self, reference: str) -> str:
        """A picture that is written into the text, as a file."""
        found = _DATA.match(reference)
        data = b""
        if found is not None and len(found[3]) <= LARGEST_PICTURE * 4 // 3:
            try:
                coded = "base64" in (found[2] or "").lower()
                data = base64.b64decode("".join(found[3].split())) if coded else unquote(found[3]).encode()
            except (binascii.Error, ValueError):
                data = b""
        name = self.added(data, "picture") if data else ""
        if not name:
            message = _("A picture written into the text as “data:” cannot be read.")
            self._losses.add("picture-unreadable", message, near=reference[:40])
        return name

    def _new_name(self, stem: str, suffix: str, folder: str = FOLDER) -> str:
        plain = unicodedata.normalize("NFC", stem)
        plain = re.sub(r"[^\w.-]+", "-", plain).strip("-._")[:_LONGEST_NAME] or "picture"
        suffix = suffix.lower().replace(".jpeg", ".jpg")
        name, count = f"{folder}/{plain}{suffix}", 1
        while name.casefold() in self._taken:
            count += 1
            name = f"{folder}/{plain}-{count}{suffix}"
        self._taken.add(name.casefold())
        return name


def _fault(file: Path, name: str) -> str:
    """Why the picture in a file cannot be shown, nothing where it can."""
    image = read_image_file(file)
    if image.kind not in _SUFFIXES or not image.width or not image.height:
        kind = image.kind or PurePosixPath(file.name).suffix.lstrip(".").upper()
        return _("“{name}” is no picture this program shows ({kind}).").format(name=name, kind=kind or "?")
    if image.width * image.height > MOST_PIXELS:
        return _("“{name}” has more pixels than this program shows.").format(name=name)
    return ""


def _media_fault(file: Path, name: str) -> str:
    """Why a film or sound cannot be played, nothing where it can."""
    fault = media_fault(read_media_file(file), name)
    return fault.message if fault is not None else ""


def kind_of(data: bytes) -> str:
    """The suffix for a picture that this program can show, nothing for any other."""
    for magic, suffix in _MAGIC:
        if data.startswith(magic):
            return suffix
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    head = io.BytesIO(data).read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return ".svg" if head.startswith((b"<svg", b"<?xml", b"<!--")) and b"<svg" in data[:4096].lower() else ""
