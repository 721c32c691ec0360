"""What the commands say in a terminal: on stderr, quiet when all is well."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from atelier.foundation.progress import Progress, unseen

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def progress_bar(what: str) -> Iterator[Progress]:
    """A bar called `what` on stderr, shown in a terminal once the work has taken half a second."""
    if not sys.stderr.isatty():
        yield unseen
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show
