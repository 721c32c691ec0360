"""`atelier export`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from atelier.cli.arguments import FORMATS
from atelier.foundation.errors import UsageError
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from argparse import Namespace


def export(options: Namespace) -> int:
    formats = [name.strip() for name in options.to.split(",") if name.strip()]
    for name in formats:
        if name not in FORMATS:
            raise UsageError(
                _("There is no format “{name}”.").format(name=name),
                _("Choose from: {formats}.").format(formats=", ".join(FORMATS)),
            )
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from atelier.app.exporting import export as write

    return write(options.deck, formats, options.output, path=options.path, height=1080)
