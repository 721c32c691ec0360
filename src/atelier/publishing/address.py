"""The address of a site, as somebody types it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from atelier.foundation.errors import UsageError
from atelier.foundation.translation import _

_TAIL: Final = re.compile(r"(?:/wp-(?:admin|json|login\.php)\b.*)?/*$")
"""What is copied along from the bar of a browser."""
_SCHEME: Final = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """Where a site is: `root` without a slash at its end. What is sent there, nobody on the way can read."""

    root: str

    @property
    def host(self) -> str:
        return urlsplit(self.root).hostname or ""

    @property
    def is_loopback(self) -> bool:
        return is_loopback(self.host)

    @property
    def passwords_page(self) -> str:
        """Where WordPress makes application passwords."""
        return f"{self.root}/wp-admin/profile.php#application-passwords-section"

    def __str__(self) -> str:
        return self.root


def site_address(text: str) -> SiteAddress:
    """The address in `text`, `https` where it says nothing. Raises UsageError for what is none, or not safe."""
    text = text.strip()
    if not _SCHEME.match(text):
        text = f"https://{text}"
    parts = _split(text)
    host = parts.hostname or "" if parts is not None else ""
    if parts is None or parts.scheme not in {"http", "https"} or not host or re.search(r"\s", text):
        message = _("“{text}” is no address of a site.").format(text=text)
        raise UsageError(message, _("Give it as in a browser: https://example.org"))
    if parts.username is not None or parts.password is not None:
        message = _("A name or a password stands in the address of the site.")
        raise UsageError(message, _("Give the name apart from it; the password is asked for."))
    if parts.scheme == "http" and not is_loopback(host):
        message = _("Over http:// anybody on the way could read the password.")
        raise UsageError(message, _("Give the address with https://; sites without it cannot be published to."))
    port = f":{parts.port}" if parts.port is not None else ""
    name = f"[{host}]" if ":" in host else host.encode("idna").decode() if not host.isascii() else host
    path = quote(_TAIL.sub("", parts.path), safe="/%~@:!$&'()*+,;=-._")
    return SiteAddress(f"{parts.scheme}://{name}{port}{path}")


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _port = parts.port  # read when asked for, and refused then
        (parts.hostname or "").encode("idna")
    except ValueError:
        return None
    return parts


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
