"""Formats as they are named on the command line: `pdf,png`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.foundation.errors import UsageError
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence


def named_formats(names: str, known: Sequence[str], unknown: str) -> list[str]:
    """The formats named, each once. Raises UsageError; `unknown` says that there is no {name}."""
    formats = list(dict.fromkeys(name.strip().lower() for name in names.split(",") if name.strip()))
    hint = _("Choose from: {formats}.").format(formats=", ".join(known))
    for name in formats:
        if name not in known:
            raise UsageError(unknown.format(name=name), hint)
    if not formats:
        raise UsageError(_("A format is missing."), hint)
    return formats
