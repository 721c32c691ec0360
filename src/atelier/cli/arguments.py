"""What can be typed: the commands with their options."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import NoReturn

from atelier.foundation.errors import UsageError
from atelier.foundation.translation import N_, _

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
    N_("not allowed with argument %s"),
)
_QUOTED = re.compile(r"(?<!\w)'([^']*)'(?!\w)")
"""A name as argparse quotes it."""
PRESENT, EXPORT, DRAFT, PUBLISH, CHECK, NEW, PLACE, IMPORT, TALKS, DOCTOR = COMMANDS = (
    "present",
    "export",
    "draft",
    "publish",
    "check",
    "new",
    "place",
    "import",
    "talks",
    "doctor",
)
TEMPLATES = ("talk", "course", "plain")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        message = _QUOTED.sub(lambda found: _("“{name}”").format(name=found[1]), message)
        raise UsageError(message, _("Run “{command} --help” to see what can be given.").format(command=self.prog))


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line. It raises UsageError."""
    from atelier.exports.formats import CODECS, PAPERS, PER_PAGE, RATES, READING
    from atelier.foundation.settings import MOTION_PROFILES, REPLAY_SPEEDS
    from atelier.importers.types import KINDS

    whole = _Parser(
        prog="atelier",
        description=_("Decks in plain Markdown, on a canvas one flies through."),
        epilog=_("Alone, “atelier” opens the library; “atelier DECK” opens a deck in a window."),
    )
    whole.add_argument("--version", action="store_true", help=_("say the version and stop"))
    commands = whole.add_subparsers(dest="command", metavar=_("COMMAND"), parser_class=_Parser)

    present = commands.add_parser(
        PRESENT, help=_("present a deck"), description=_("Presents a deck, full screen on the screen you are at.")
    )
    _add_deck(present)
    _add_path(present)
    _add_language(present, _("the language to present in, where a deck has several"))
    present.add_argument("--start", default="", metavar=_("ID"), help=_("the frame to begin at"))
    present.add_argument(
        "--screen", default="", metavar=_("NAME"), help=_("the screen for the audience, by its name or a part of it")
    )
    present.add_argument(
        "--console", action="store_true", help=_("open the console on a single screen as well; X changes over")
    )
    present.add_argument("--windowed", action="store_true", help=_("in a window rather than full screen"))
    manner = present.add_mutually_exclusive_group()
    manner.add_argument(
        "--resume", action="store_true", help=_("go on with the talk of this deck that was cut off last")
    )
    manner.add_argument("--rehearse", action="store_true", help=_("rehearse: times are kept, and can become the plan"))
    manner.add_argument(
        "--loop",
        action="store_true",
        help=_("play by itself and begin again at the end, for a stand or a waiting room"),
    )
    present.add_argument("--motion", choices=MOTION_PROFILES, help=_("how the camera moves"))

    check = commands.add_parser(
        CHECK,
        help=_("say what is wrong with a deck"),
        description=_(
            "Says what is wrong with a deck: by frame and with the line quoted, or into a pipe one line a finding."
        ),
        epilog=_("The exit code is 1 where something is an error; warnings and hints leave it at 0."),
    )
    _add_deck(check)
    check.add_argument(
        "--layout",
        action="store_true",
        help=_("also set every frame as on the screen: what is overfull, too small to read, too fast to follow"),
    )
    _add_json(check)

    export = commands.add_parser(
        EXPORT,
        help=_("write a deck as PDF, slides, pictures, a film or an HTML file that flies"),
        description=_(
            "Writes a deck as a PDF with a page a stop, as one HTML file that flies in any browser, as a handout with "
            "its notes, as slides to be edited, as a Word document of its notes, as a picture a stop, or as a film "
            "with its flights. Files of the same name are replaced; of a Word document that you have changed you are "
            "asked."
        ),
    )
    _add_deck(export)
    several = _("pdf, html, handout, pptx, docx, png, video, or several: pdf,pptx")
    export.add_argument("--to", default="pdf", metavar=_("FORMATS"), help=several)
    export.add_argument("-o", "--output", type=Path, default=Path(), metavar=_("DIR"), help=_("the folder to write to"))
    _add_path(export)
    _add_language(export, _("the language to export, where a deck has several"))
    export.add_argument("--steps", action="store_true", help=_("one page, slide or picture a step"))
    export.add_argument(
        "--notes", action="store_true", help=_("the notes too, in an HTML file: everyone can read them")
    )
    one = export.add_mutually_exclusive_group()
    one.add_argument("--frame", default="", metavar=_("ID"), help=_("this frame alone"))
    one.add_argument("--canvas", action="store_true", help=_("the whole canvas in one picture"))
    export.add_argument(
        "--size", default="", metavar=_("SIZE"), help=_("size of the pictures in pixels: 1920x1080, or a height: 1080")
    )
    export.add_argument(
        "--per-page",
        type=int,
        choices=PER_PAGE,
        default=2,
        metavar=_("N"),
        help=_("stops on a sheet of a handout: 1, 2, 3 or 6"),
    )
    export.add_argument(
        "--paper",
        choices=PAPERS,
        default="",
        metavar=_("PAPER"),
        help=_("paper of a handout: a4 or letter; that of the language where none is said"),
    )
    _add_conflicts(export, _("where you have changed a Word document: keep yours, take the new one, put it beside"))
    film = export.add_argument_group(_("films"))
    film.add_argument("--motion", choices=MOTION_PROFILES, default=MOTION_PROFILES[0], help=_("how the camera moves"))
    film.add_argument(
        "--hold",
        default=READING,
        metavar=_("SECONDS"),
        help=_(
            "how long a stop is shown whose path says nothing: seconds, planned for its minutes, or reading for what "
            "its words take"
        ),
    )
    film.add_argument(
        "--rate",
        type=int,
        choices=range(RATES[0], RATES[1] + 1),
        default=30,
        metavar=_("N"),
        help=_("pictures a second: 1 to 60"),
    )
    film.add_argument("--codec", choices=CODECS, default="", help=_("how it is encoded; the best there is by itself"))
    _add_json(export)

    _add_report(export)

    draft = commands.add_parser(
        DRAFT,
        help=_("write a deck, or a talk as it was given, up as an article"),
        description=_(
            "Writes a deck, or a talk as it was given, up as a draft for a blog: the notes are its text. What you have "
            "changed in an earlier draft is kept and merged with the new one."
        ),
        epilog=_("“atelier talks” lists the talks given."),
    )
    _add_draft(draft)

    publish = commands.add_parser(
        PUBLISH,
        help=_("put a deck, or a talk as it was given, on a WordPress as a draft"),
        description=_(
            "Puts the article of a deck, or of a talk as it was given, on a WordPress as a draft, with its pictures. A "
            "later run brings the same draft up to date; what was changed on the site meanwhile is not overwritten "
            "unasked. Nothing but that site is contacted."
        ),
        epilog=_(
            "The application password (in WordPress: Users, Profile, Application passwords) is asked for, or read from "
            "stdin where that is no terminal, and kept in the keyring of this system."
        ),
    )
    _add_publish(publish)

    new = commands.add_parser(
        NEW,
        help=_("make a deck to start from"),
        description=_(
            "Makes a folder with a deck to start from, in your language. Nothing that is there is overwritten."
        ),
    )
    new.add_argument("folder", type=Path, metavar=_("DIR"), help=_("the folder to make"))
    new.add_argument(
        "--template",
        choices=TEMPLATES,
        default=TEMPLATES[0],
        help=_("a small talk (the usual), a course in modules, or three frames and nothing else"),
    )

    bring = commands.add_parser(
        IMPORT,
        help=_("bring a deck of another tool into this format"),
        description=_(
            "Rewrites a deck of another tool as a folder with a deck and its pictures, and says what could not be "
            "carried over. Nothing that is there is overwritten."
        ),
    )
    bring.add_argument(
        "file", type=Path, metavar=_("FILE"), help=_("the file to import; for Obsidian also a folder of notes")
    )
    bring.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=_("DIR"),
        help=_("the folder to make; called after the file when not given"),
    )
    bring.add_argument(
        "--from", dest="kind", choices=KINDS, default="", help=_("the tool the file is from; found out when not given")
    )
    _add_json(bring)

    place = commands.add_parser(
        PLACE,
        help=_("write where the frames lie, to arrange them by hand"),
        description=_(
            "Writes where the frames lie into a .canvas file beside the text, to be arranged in Obsidian or another "
            "editor of JSON Canvas. What is in the file already stays."
        ),
        epilog=_("Delete the file, and every frame lies as its layout says again."),
    )
    _add_deck(place)

    talks = commands.add_parser(
        TALKS,
        help=_("list the talks given"),
        description=_("Lists the talks given, newest first, each with the name it is called by here."),
        epilog=_("Talks are kept on this machine alone, until you delete them."),
    )
    _add_json(talks)
    one = talks.add_mutually_exclusive_group()
    one.add_argument(
        "--rename", nargs=2, default=(), metavar=(_("NAME"), _("TITLE")), help=_("give a talk another title")
    )
    one.add_argument(
        "--export", nargs=2, default=(), metavar=(_("NAME"), _("FILE")), help=_("write all of a talk as JSON")
    )
    one.add_argument("--delete", default="", metavar=_("NAME"), help=_("delete a talk for good"))
    one.add_argument(
        "--show", default="", metavar=_("NAME"), help=_("look back on a talk in a window: time planned and given")
    )
    one.add_argument("--replay", default="", metavar=_("NAME"), help=_("play a talk again, as the room saw it"))
    talks.add_argument(
        "--speed",
        type=int,
        choices=REPLAY_SPEEDS,
        default=REPLAY_SPEEDS[0],
        metavar=_("N"),
        help=_("how many times as fast it is played again: 1, 2, 4 or 16"),
    )

    doctor = commands.add_parser(
        DOCTOR,
        help=_("say what this machine can do, and whether a deck is ready"),
        description=_(
            "Says what this machine can do: screens, how smoothly it flies, fonts, sound. With a deck also whether all "
            "is there that it shows, what is wrong with it, and how long it takes."
        ),
        epilog=_("The exit code is 1 where something keeps a talk from being given."),
    )
    _add_deck(doctor, optional=True)
    _add_json(doctor)
    return whole


def _add_article(parser: argparse.ArgumentParser) -> None:
    """What can be wanted of an article, wherever it goes."""
    _add_path(parser)
    _add_language(parser, _("the language of the draft; several with commas, or all: one draft a language"))
    parser.add_argument(
        "--screen-text",
        choices=("more", "all", "none"),
        default="more",
        help=_("text from the screen beside the notes: where it says more (the usual), all, or none"),
    )
    parser.add_argument(
        "--depth", type=int, default=6, metavar=_("N"), help=_("the deepest level of heading, from 2 to 6")
    )
    parser.add_argument("--frames", action="store_true", help=_("with a picture of each frame"))
    parser.add_argument(
        "--order",
        choices=("shown", "planned"),
        default="shown",
        help=_("of a talk: as it was shown, detours included (the usual), or as its path has it"),
    )
    parser.add_argument("--no-ink", action="store_true", help=_("without what was drawn during the talk"))
    parser.add_argument(
        "--mark-left-out", action="store_true", help=_("with the frames that the talk left out, marked as such")
    )
    parser.add_argument("--more", action="store_true", help=_("with a mark after the beginning, where lists cut it"))
    parser.add_argument("--tag", action="store_true", help=_("with the language in front of the title: [fr]"))
    parser.add_argument("--no-similar", action="store_true", help=_("without similar cases and decks"))
    parser.add_argument("--canvas", default="", metavar=_("ADDRESS"), help=_("the address of the canvas, to link to"))
    parser.add_argument(
        "--template", type=Path, metavar=_("FILE"), help=_("a template of your own (Jinja2) for the text")
    )


def _add_publish(publish: argparse.ArgumentParser) -> None:
    publish.add_argument(
        "deck", type=Path, nargs="?", metavar=_("DECK-OR-TALK"), help=_("a deck, or the name of a talk given")
    )
    publish.add_argument(
        "--to", required=True, metavar=_("SITE"), help=_("the address of the site: https://example.org")
    )
    publish.add_argument("--user", default="", metavar=_("NAME"), help=_("your name on the site; remembered for it"))
    _add_article(publish)
    publish.add_argument(
        "--replace", action="store_true", help=_("overwrite what was changed on the site without asking")
    )
    publish.add_argument(
        "--ask-password", action="store_true", help=_("ask for the password, though one is in the keyring")
    )
    publish.add_argument("--forget", action="store_true", help=_("take the password for the site out of the keyring"))
    publish.add_argument(
        "--kept", action="store_true", help=_("say whether the keyring has the password for the site, and send nothing")
    )
    _add_json(publish)


def _add_draft(draft: argparse.ArgumentParser) -> None:
    from atelier.writers.formats import FORMATS as DRAFTS

    draft.add_argument(
        "deck", type=Path, nargs="?", metavar=_("DECK-OR-TALK"), help=_("a deck, or the name of a talk given")
    )
    draft.add_argument("--to", default="markdown", metavar=_("FORMATS"), help=", ".join(DRAFTS))
    draft.add_argument("-o", "--output", type=Path, default=Path(), metavar=_("DIR"), help=_("the folder to write to"))
    _add_article(draft)
    draft.add_argument(
        "--preview", action="store_true", help=_("say how long it is and how it begins, and write nothing")
    )
    draft.add_argument(
        "--print-template", action="store_true", help=_("write the program's own template to stdout, to start from")
    )
    _add_conflicts(
        draft, _("where you and the new draft changed the same: keep yours, take the new one, put it beside")
    )
    _add_report(draft)
    _add_json(draft)


def _add_deck(command: argparse.ArgumentParser, *, optional: bool = False) -> None:
    command.add_argument(
        "deck",
        type=Path,
        nargs="?" if optional else None,
        metavar=_("DECK"),
        help=_("a .md or .canvas file, or a folder with deck.md"),
    )


def _add_path(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--path", default="", metavar=_("NAME"), help=_("the path to follow; all frames when not given")
    )


def _add_language(command: argparse.ArgumentParser, words: str) -> None:
    command.add_argument("--lang", default="", metavar=_("LANGUAGE"), help=words)


def _add_conflicts(command: argparse.ArgumentParser, words: str) -> None:
    command.add_argument("--conflicts", choices=("mine", "new", "beside"), default="", help=words)


def _add_report(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--report", action="store_true", help=_("say what was left out or replaced, and where it stands")
    )


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help=_("as JSON, for a program to read"))
