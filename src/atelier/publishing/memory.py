"""What was published where: pictures and posts by their numbers on each site, in the user's data folder.

It holds no password. Lost, it costs a second upload of the pictures; posts are found by their address again.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from atelier.foundation.atomic import write_atomic

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

FILE: Final = "published.json"
LARGEST: Final = 16 * 1024 * 1024
"""Bytes."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site, and who published there last."""

    root: str
    user: str


@dataclass(frozen=True, slots=True)
class SentPicture:
    """A picture on a site: its number there and its address."""

    id: int
    address: str


@dataclass(frozen=True, slots=True)
class SentPost:
    """A post on a site: its number, a digest of what it held when it was sent last, and one of what was sent."""

    id: int
    digest: str
    sent: str


@dataclass(frozen=True, slots=True)
class SiteMemory:
    """What is known of a site. `used` is when something was published there last, in seconds since 1970; pictures are
    by the digest of their bytes, posts by deck and language.
    """

    user: str = ""
    used: float = 0.0
    pictures: Mapping[str, SentPicture] = field(default_factory=dict[str, SentPicture])
    posts: Mapping[str, SentPost] = field(default_factory=dict[str, SentPost])


class Memory:
    """Keeps what is known of sites in `file`. Every change is on disk when the call returns; raises OSError."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def of(self, site: str) -> SiteMemory:
        return _known(self._read().get(site))

    def sites(self) -> tuple[KnownSite, ...]:
        """The sites that somebody has published to, the last one first."""
        known = [(site, _known(values)) for site, values in self._read().items()]
        known.sort(key=lambda pair: pair[1].used, reverse=True)
        return tuple(KnownSite(site, each.user) for site, each in known if each.user)

    def remember_use(self, site: str, user: str, now: float) -> None:
        """Somebody has published there; `now` in seconds since 1970."""
        with self._changed(site) as known:
            known["user"], known["used"] = user, now

    def remember_picture(self, site: str, digest: str, picture: SentPicture) -> None:
        with self._changed(site) as known:
            _inside(known, "pictures")[digest] = asdict(picture)

    def remember_post(self, site: str, key: str, post: SentPost) -> None:
        with self._changed(site) as known:
            _inside(known, "posts")[key] = asdict(post)

    @contextmanager
    def _changed(self, site: str) -> Generator[dict[str, Any]]:
        values = self._read()
        yield _inside(values, site)
        write_atomic(self._file, json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True).encode())

    def _read(self) -> dict[str, Any]:
        try:
            with self._file.open("rb") as opened:
                values: Any = json.loads(opened.read(LARGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        return cast("dict[str, Any]", values) if isinstance(values, dict) else {}


def _known(values: Any) -> SiteMemory:
    if not isinstance(values, dict):
        return SiteMemory()
    known = cast("dict[str, Any]", values)
    used = known.get("used")
    return SiteMemory(
        str(known.get("user", "")),
        used if isinstance(used, float) else 0.0,
        _all(SentPicture, known.get("pictures")),
        _all(SentPost, known.get("posts")),
    )


def _inside(values: dict[str, Any], name: str) -> dict[str, Any]:
    found = values.get(name)
    if not isinstance(found, dict):
        found = values[name] = {}
    return cast("dict[str, Any]", found)


def _all(kind: type[_T], values: Any) -> dict[str, _T]:
    """The entries that are what they should be."""
    out: dict[str, _T] = {}
    if isinstance(values, dict):
        for key, each in cast("dict[str, Any]", values).items():
            if not isinstance(each, dict) or not isinstance(cast("dict[str, Any]", each).get("id"), int):
                continue
            try:
                out[key] = kind(**cast("dict[str, Any]", each))
            except TypeError:
                continue
    return out
