"""The command line: commands and exit codes.

Exit code 0 when all went well, 1 for a problem in what was given, 2 for wrong usage. Everything heavy is imported when
a command needs it.
"""

from __future__ import annotations

import argparse
import gettext
import os
import sys
from pathlib import Path
from typing import NoReturn

from atelier import __version__
from atelier.foundation.errors import AtelierError, UsageError
from atelier.foundation.resources import LOCALES
from atelier.foundation.translation import N_, _, set_language

# argparse looks its own words up in gettext's current domain: they are part of the catalogue too
ARGPARSE_WORDS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)
PRESENT, EXPORT = COMMANDS = ("present", "export")
FORMATS = ("pdf", "png")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message, _("Run “{command} --help” to see what can be given.").format(command=self.prog))


def _parser() -> argparse.ArgumentParser:
    from atelier.foundation.settings import MOTION_PROFILES

    parser = _Parser(prog="atelier", description=_("Decks in plain Markdown, on a canvas one flies through."))
    parser.add_argument("--version", action="store_true", help=_("say the version and stop"))
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), parser_class=_Parser)

    present = commands.add_parser(PRESENT, help=_("present a deck"))
    present.add_argument("deck", type=Path, metavar=_("DECK"), help=_("a .md file, or a folder with deck.md"))
    present.add_argument(
        "--path", default="", metavar=_("NAME"), help=_("the path to follow; all frames when not given")
    )
    present.add_argument("--start", default="", metavar=_("ID"), help=_("the frame to begin at"))
    present.add_argument("--windowed", action="store_true", help=_("in a window rather than full screen"))
    present.add_argument("--motion", choices=MOTION_PROFILES, help=_("how the camera moves"))

    export = commands.add_parser(EXPORT, help=_("write a deck as PDF or pictures"))
    export.add_argument("deck", type=Path, metavar=_("DECK"), help=_("a .md file, or a folder with deck.md"))
    export.add_argument("--to", default="pdf", metavar=_("FORMATS"), help=_("pdf, png, or both: pdf,png"))
    export.add_argument("-o", "--output", type=Path, default=Path(), metavar=_("DIR"), help=_("the folder to write to"))
    export.add_argument(
        "--path", default="", metavar=_("NAME"), help=_("the path to follow; all frames when not given")
    )
    export.add_argument("--height", type=int, default=1080, metavar=_("PIXELS"), help=_("height of the pictures"))
    return parser


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
    if _is_deck(arguments[0]):
        arguments = [PRESENT, "--windowed", *arguments]
    options = _parser().parse_args(arguments)
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
        formats = [name.strip() for name in options.to.split(",") if name.strip()]
        for name in formats:
            if name not in FORMATS:
                raise UsageError(
                    _("There is no format “{name}”.").format(name=name),
                    _("Choose from: {formats}.").format(formats=", ".join(FORMATS)),
                )
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from atelier.app.exporting import export

        return export(options.deck, formats, options.output, path=options.path, height=options.height)
    raise UsageError(_("A command is missing."), _("Run “atelier --help” to see what can be given."))


def _is_deck(argument: str) -> bool:
    """Whether the first argument is a deck rather than a command: a path, also one where nothing is."""
    if argument.startswith("-") or argument in COMMANDS:
        return False
    return "/" in argument or bool(Path(argument).suffix) or os.path.exists(argument)  # noqa: PTH110 - Path.exists() raises for long names
