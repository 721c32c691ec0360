"""What can be told of a picture from its address alone."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_REMOTE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]+:)?//")
_BADGE = re.compile(
    r"""badge|shields\.io|/workflows/[^?#]*\.svg|travis-ci|circleci\.com|codecov\.io|coveralls\.io|david-dm\.org
    |appveyor\.com/api|snyk\.io/test|nodei\.co|isitmaintained|packagephobia|gitpod\.io/button|deploy[/-]?(?:button|now)
    |/button\.svg|button\.png|contrib\.rocks|opencollective\.com/[^?#]*\.svg|star-history|komarev|readthedocs\.org/projects
    |hits\.|vercel\.com/button|goreportcard|godoc\.org|sourcegraph\.com/[^?#]*\.svg|inch-ci|zenodo\.org/[^?#]*\.svg""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_NAME = 60
MOST_STAND_INS = 4
"""Pictures from the network that are each given a box; more of them are named in words."""


def is_remote(source: str) -> bool:
    """Whether a picture lies on the network, from where nothing is fetched."""
    return _REMOTE.match(source) is not None


def is_badge(source: str) -> bool:
    """Whether a picture is one of the live little signs a readme wears: build passing, version, downloads, deploy."""
    return "//" in source and _BADGE.search(source) is not None


def name_of(source: str) -> str:
    """The file's name in an address, which stands for a picture that has no words."""
    from urllib.parse import unquote

    bare = re.split(r"[?#]", source, maxsplit=1)[0].rstrip("/")
    name = PurePosixPath(unquote(bare)).name or bare
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
