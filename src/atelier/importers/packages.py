"""A ZIP file from elsewhere, looked at before it is unpacked: how much is in it, and whether its XML is harmless."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

from atelier.foundation.errors import InputError, Location
from atelier.foundation.texts import reason
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from pathlib import Path

MOST_PARTS: Final = 20_000
MOST_BYTES: Final = 512 * 1024 * 1024
"""Of all parts together, unpacked."""
MOST_XML: Final = 64 * 1024 * 1024
"""Of all XML, unpacked."""
LARGEST_XML: Final = 16 * 1024 * 1024
XML_ERRORS: Final = (ParseError, ValueError, SyntaxError)
"""What is wrong with XML raises one of these; lxml's errors are SyntaxErrors too."""
_XML: Final = (".xml", ".rels", ".vml")
_DECLARED: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def check_package(file: Path, part: str) -> None:
    """Raises InputError where `file` is no ZIP file with `part` in it, unpacks to more than any deck, or holds XML that
    declares entities.
    """
    try:
        with zipfile.ZipFile(file) as package:
            _check(package, file, part)
    except zipfile.BadZipFile as error:
        raise InputError(_("This is not a PowerPoint file, or it is damaged."), _again(), Location(file)) from error
    except (OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(_("This file cannot be read."), reason(error), Location(file)) from error


def _again() -> str:
    return _("Open it in PowerPoint or LibreOffice and save it again as .pptx.")


def parse_xml(data: bytes) -> Any:
    """The tree of a part that is no slide. Raises one of `XML_ERRORS`; entities were refused with the package."""
    from xml.etree.ElementTree import fromstring

    if _DECLARED.search(data):
        raise ParseError
    return fromstring(data)  # noqa: S314 - expat without entities expands nothing


def _check(package: zipfile.ZipFile, file: Path, part: str) -> None:
    parts = package.infolist()
    names = {each.filename for each in parts}
    if part not in names:
        raise InputError(_("This is not a PowerPoint file, or it is damaged."), _again(), Location(file))
    xml = [each for each in parts if each.filename.lower().endswith(_XML)]
    too_much = (
        len(parts) > MOST_PARTS
        or sum(each.file_size for each in parts) > MOST_BYTES
        or sum(each.file_size for each in xml) > MOST_XML
        or any(each.file_size > LARGEST_XML for each in xml)
    )
    if too_much:
        message = _("The file unpacks to more than any deck holds, and is not opened.")
        raise InputError(message, _("Take videos and large pictures out of it first."), Location(file))
    if any(each.flag_bits & 1 for each in parts):
        raise InputError(_("The file is locked with a password."), _("Save it without the password."), Location(file))
    for each in xml:
        if _DECLARED.search(package.read(each)):  # the size that is declared bounds what is unpacked
            message = _("The file holds XML that declares entities, and is not opened.")
            raise InputError(message, _again(), Location(file))
