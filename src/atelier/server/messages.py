"""What telephones, server and program say to each other: JSON, one value a message or line, nothing taken on trust.

Whatever is not exactly one of the values here is read as None.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias

from atelier.server.remotes import Known

ACTS: Final = ("next", "previous", "black", "clock")
LONGEST_MESSAGE: Final = 256
"""Bytes of what a telephone sends."""
LONGEST_LINE: Final = 256 * 1024
"""Bytes of a line between the program and its server."""
_PIN: Final = re.compile(r"[0-9]{6}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{20,100}")
_KINDS: Final = ("", "iPhone", "iPad", "Android")


@dataclass(frozen=True, slots=True)
class Act:
    """One of `ACTS`."""

    name: str


@dataclass(frozen=True, slots=True)
class Point:
    """Where the laser is, as shares of the width and height of the picture, from 0 to 1."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Lifted:
    """The finger left the laser."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody asks to advance."""


Message: TypeAlias = Act | Point | Lifted | Ask


def read_message(text: str | bytes) -> Message | None:
    """What a telephone does."""
    match _object(text, LONGEST_MESSAGE):
        case {"act": str(name), **rest} if not rest and name in ACTS:
            return Act(name)
        case {"laser": [x, y], **rest} if not rest and _is_share(x) and _is_share(y):
            return Point(float(x), float(y))
        case {"laser": None, **rest} if not rest:
            return Lifted()
        case {"ask": True, **rest} if not rest:
            return Ask()
        case _:
            return None


def message_json(message: Message) -> dict[str, Any]:
    match message:
        case Act(name):
            return {"act": name}
        case Point(x, y):
            return {"laser": [x, y]}
        case Lifted():
            return {"laser": None}
        case Ask():
            return {"ask": True}


def read_pin(text: str | bytes) -> str | None:
    """The six digits that somebody gave."""
    match _object(text, LONGEST_MESSAGE):
        case {"pin": str(pin), **rest} if not rest and _PIN.fullmatch(pin):
            return pin
        case _:
            return None


def read_token(text: str | bytes) -> str | None:
    """The first message of a socket."""
    match _object(text, LONGEST_MESSAGE):
        case {"token": str(token), **rest} if not rest:
            return checked_token(token)
        case _:
            return None


def checked_token(token: str) -> str | None:
    return token if _TOKEN.fullmatch(token) else None


# ------------------------------------------------------------------ from the program to its server


@dataclass(frozen=True, slots=True)
class Open:
    """Listens on an address of this machine; the first line there is. `lang` is that of the page."""

    address: str
    pin: str
    lang: str


@dataclass(frozen=True, slots=True)
class Show:
    """What telephones are told of the talk: see `atelier.server.state`."""

    state: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LetAdvance:
    """Lets this one advance, and no other; 0 for none."""

    id: int


@dataclass(frozen=True, slots=True)
class Remove:
    id: int


@dataclass(frozen=True, slots=True)
class ChangePin:
    pin: str


Order: TypeAlias = Open | Show | LetAdvance | Remove | ChangePin


def order_line(order: Order) -> bytes:
    return _line({type(order).__name__: asdict(order)})


def read_order(line: bytes) -> Order | None:
    match _object(line, LONGEST_LINE):
        case {"Open": {"address": str(address), "pin": str(pin), "lang": str(lang)}}:
            return Open(address, pin, lang)
        case {"Show": {"state": state}} if _is(dict, state):
            return Show(state)
        case {"LetAdvance": {"id": int(id_)}}:
            return LetAdvance(id_)
        case {"Remove": {"id": int(id_)}}:
            return Remove(id_)
        case {"ChangePin": {"pin": str(pin)}}:
            return ChangePin(pin)
        case _:
            return None


# ------------------------------------------------------------------ from the server to the program


@dataclass(frozen=True, slots=True)
class Ready:
    """Listens on this port."""

    port: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Cannot listen, for a reason in the system's words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Roll:
    """Who is connected; `shut` once too many wrong PINs came."""

    remotes: tuple[Known, ...]
    shut: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What the telephone with this number did."""

    id: int
    message: Message


Report: TypeAlias = Ready | Failed | Roll | Done


def report_line(report: Report) -> bytes:
    match report:
        case Ready(port):
            return _line({"ready": port})
        case Failed(reason):
            return _line({"failed": reason})
        case Roll(remotes, shut):
            return _line({"remotes": [asdict(known) for known in remotes], "shut": shut})
        case Done(id_, message):
            return _line({"from": id_, "did": message_json(message)})


def read_report(line: bytes) -> Report | None:
    """A line of the server, which is where the network comes in: read as strictly as what telephones send."""
    match _object(line, LONGEST_LINE):
        case {"ready": int(port), **rest} if not rest and 0 < port < 65536:
            return Ready(port)
        case {"failed": str(reason), **rest} if not rest:
            return Failed(reason[:200])
        case {"remotes": entries, "shut": bool(shut), **rest} if not rest and _is(list, entries):
            remotes = [_known(entry) for entry in entries]
            return None if None in remotes else Roll(tuple(filter(None, remotes)), shut)
        case {"from": int(id_), "did": did, **rest} if not rest and _is(dict, did):
            message = read_message(json.dumps(did))
            return Done(id_, message) if message is not None else None
        case _:
            return None


def _known(entry: Any) -> Known | None:
    match entry:
        case {
            "id": int(id_),
            "kind": str(kind),
            "address": str(address),
            "advances": bool(advances),
            "asks": bool(asks),
            "here": bool(here),
            **rest,
        } if not rest and kind in _KINDS and len(address) < 60:
            return Known(id_, kind, address, advances, asks, here)
        case _:
            return None


def _object(text: str | bytes, longest: int) -> Any:
    """A JSON value; None for what is none, or longer than it may be."""
    if len(text) > longest:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is(kind: type, value: Any) -> bool:
    return isinstance(value, kind)


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and 0 <= value <= 1


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
