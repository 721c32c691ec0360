"""The command line: commands and exit codes.

Exit code 0 when all went well, 1 for a problem in what was given, 2 for wrong usage. Everything heavy is imported when
a command needs it.
"""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

from atelier import __version__
from atelier.foundation.errors import AtelierError, UsageError
from atelier.foundation.resources import LOCALES
from atelier.foundation.translation import _, set_language


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    set_language()
    gettext.bindtextdomain("atelier", str(LOCALES))
    gettext.textdomain("atelier")
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        return _run(arguments)
    except UsageError as error:
        sys.stderr.write(f"atelier: {error}\n")
        return 2
    except AtelierError as error:
        sys.stderr.write(f"atelier: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    if not arguments:
        from atelier.app.library import open_library

        return open_library()
    from atelier.cli.arguments import CHECK, COMMANDS, DOCTOR, EXPORT, NEW, PRESENT, parser

    if _is_deck(arguments[0], COMMANDS):
        arguments = [PRESENT, "--windowed", *arguments]
    options = parser().parse_args(arguments)
    if options.version:
        sys.stdout.write(f"atelier {__version__}\n")
        return 0
    if options.command == PRESENT:
        from atelier.app.opening import present

        return present(
            options.deck,
            path=options.path,
            start=options.start,
            windowed=options.windowed,
            motion=options.motion or "",
        )
    if options.command == EXPORT:
        from atelier.cli.export import export

        return export(options)
    if options.command == CHECK:
        from atelier.cli.check import check

        return check(options.deck, layout=options.layout, as_json=options.json)
    if options.command == NEW:
        from atelier.cli.new import new

        return new(options.folder, options.template)
    if options.command == DOCTOR:
        from atelier.cli.doctor import doctor

        return doctor(as_json=options.json)
    raise UsageError(_("A command is missing."), _("Run “atelier --help” to see what can be given."))


def _is_deck(argument: str, commands: tuple[str, ...]) -> bool:
    """Whether the first argument is a deck rather than a command: a path, also one where nothing is."""
    if argument.startswith("-") or argument in commands:
        return False
    return "/" in argument or bool(Path(argument).suffix) or os.path.exists(argument)  # noqa: PTH110 - Path.exists() raises for long names
