"""The addresses this machine has on its networks. Asks nobody on them."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import sys
from dataclasses import dataclass
from typing import Final

LOOPBACK: Final = "127.0.0.1"
_ANYWHERE: Final = ("192.0.2.1", 9)
"""An address kept for documentation (RFC 5737): the way there is the way out. Nothing is sent to it."""
_GET_ADDRESS: Final = 0xC0206921 if sys.platform == "darwin" else 0x8915
"""SIOCGIFADDR of macOS and of Linux."""


@dataclass(frozen=True, slots=True)
class Address:
    """An IPv4 address; `name` is what the system calls its network card, if it says."""

    text: str
    name: str = ""


def own_addresses() -> tuple[Address, ...]:
    """The likeliest for telephones first: the way out, then other private networks; this machine alone comes last."""
    found = {each.text: each for each in (*_by_card(), *_by_host_name()) if _can_be_used(each.text)}
    way_out = _way_out()
    if way_out and _can_be_used(way_out):
        found.setdefault(way_out, Address(way_out))
    private = sorted(found.values(), key=lambda each: (each.text != way_out, not _is_private(each.text)))
    return (*private, Address(LOOPBACK))


def _can_be_used(text: str) -> bool:
    try:
        address = ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or address.is_multicast)


def _is_private(text: str) -> bool:
    return ipaddress.IPv4Address(text).is_private


def _way_out() -> str:
    """The address that packets to elsewhere would bear."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_ANYWHERE)
        return str(probe.getsockname()[0])
    return ""


def _by_card() -> list[Address]:
    """One address of each network card, on Linux and macOS."""
    if sys.platform == "win32":
        return []
    import fcntl

    found: list[Address] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _index, name in socket.if_nameindex():
            with contextlib.suppress(OSError, ValueError):
                answer = fcntl.ioctl(probe.fileno(), _GET_ADDRESS, name.encode()[:15].ljust(256, b"\0"))
                found.append(Address(socket.inet_ntoa(answer[20:24]), name))
    return found


def _by_host_name() -> list[Address]:
    """Windows knows its own name's addresses without asking anybody."""
    if sys.platform != "win32":
        return []
    with contextlib.suppress(OSError):
        return [Address(text) for text in socket.gethostbyname_ex(socket.gethostname())[2]]
    return []
