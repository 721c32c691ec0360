"""The command line: commands and exit codes.

Exit code 0 when all went well, 1 for a problem in what was given, 2 for wrong usage, 130 and 143 where somebody ended
it (Ctrl+C, SIGTERM). Everything heavy is imported when a command needs it.
"""

from __future__ import annotations

import gettext
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from atelier import __version__
from atelier.cli.streams import complain, finish_streams, give_up_streams, prepare_streams, say
from atelier.foundation.errors import AtelierError, UsageError
from atelier.foundation.resources import LOCALES
from atelier.foundation.run_messages import Failure, is_for_a_program, line_of
from atelier.foundation.terminals import harmless
from atelier.foundation.texts import reason
from atelier.foundation.translation import _, set_language

if TYPE_CHECKING:
    from atelier.talk.kept import KeptTalk

BROKEN_PIPE = 141
"""What a shell says of a program that wrote to a pipe nobody reads: 128 and the number of SIGPIPE."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    prepare_streams()
    set_language()
    gettext.bindtextdomain("atelier", str(LOCALES))
    gettext.textdomain("atelier")
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        code = _answer(arguments)
        finish_streams()
    except BrokenPipeError:
        give_up_streams()
        return BROKEN_PIPE
    except OSError as error:  # a full disk under a redirected stdout, above all
        complain(f"atelier: {harmless(reason(error))}\n")
        give_up_streams()
        return 1
    return code


def _answer(arguments: list[str]) -> int:
    """Runs a command; what is to be said about how it ended is said on stderr."""
    try:
        return _run(arguments)
    except UsageError as error:
        _complain_of(error)
        return 2
    except AtelierError as error:
        _complain_of(error)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except SystemExit as end:  # argparse has shown its help
        return end.code if isinstance(end.code, int) else 0


def _complain_of(error: AtelierError) -> None:
    if is_for_a_program():
        complain(line_of(Failure(error.message, error.hint, str(error.location or ""), error.about)))
    else:
        complain(f"atelier: {harmless(str(error))}\n")


def _run(arguments: list[str]) -> int:
    if not arguments:
        from atelier.app.library import open_library

        return open_library()
    from atelier.cli.arguments import (
        CHECK,
        COMMANDS,
        DOCTOR,
        DRAFT,
        EXPORT,
        IMPORT,
        NEW,
        PLACE,
        PRESENT,
        PUBLISH,
        TALKS,
        parser,
    )

    if _is_deck(arguments[0], COMMANDS):
        arguments = [PRESENT, "--windowed", *arguments]
    options = parser().parse_args(arguments)
    if options.version:
        say(f"atelier {__version__}\n")
        return 0
    if options.command == PRESENT:
        from atelier.app.opening import present

        return present(
            options.deck,
            path=options.path,
            language=options.lang,
            start=options.start,
            windowed=options.windowed,
            resume=options.resume,
            rehearse=options.rehearse,
            loop=options.loop,
            screen=options.screen,
            console=options.console,
            motion=options.motion or "",
            on_given=_say_how_to_write_up,
        )
    from atelier.cli.terminal import Cancelled

    try:
        if options.command == EXPORT:
            from atelier.cli.export import export

            return export(options)
        if options.command == DRAFT:
            from atelier.cli.draft import draft

            return draft(options)
        if options.command == PUBLISH:
            from atelier.cli.publish import publish

            return publish(options)
        if options.command == CHECK:
            from atelier.cli.check import check

            return check(options.deck, layout=options.layout, as_json=options.json)
        if options.command == NEW:
            from atelier.cli.new import new

            return new(options.folder, options.template)
        if options.command == IMPORT:
            from atelier.cli.importing import bring

            return bring(options.file, options.output, options.kind, as_json=options.json)
        if options.command == PLACE:
            from atelier.cli.place import place

            return place(options.deck)
        if options.command == TALKS:
            from atelier.cli.talks import talks

            return talks(options)
        if options.command == DOCTOR:
            from atelier.cli.doctor import doctor

            return doctor(options.deck, as_json=options.json)
    except Cancelled as cancelled:
        complain(f"atelier: {cancelled.words}\n")
        return cancelled.code
    raise UsageError(_("A command is missing."), _("Run “atelier --help” to see what can be given."))


def _say_how_to_write_up(talk: KeptTalk) -> None:
    """The program ends with the talk: nothing else would say that it is kept."""
    say(harmless(_("The talk is kept; to write it up: {command}").format(command=f"atelier draft {talk.name}")) + "\n")


def _is_deck(argument: str, commands: tuple[str, ...]) -> bool:
    """Whether the first argument is a deck rather than a command: a path, also one where nothing is."""
    if argument.startswith("-") or argument in commands:
        return False
    return "/" in argument or bool(Path(argument).suffix) or os.path.exists(argument)  # noqa: PTH110 - Path.exists() raises for long names
