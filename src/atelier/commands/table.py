"""Every action a person can ask for, as one row each.

Menus, tooltips, the key sheet and the help derive from `COMMANDS`. Titles and sections are English source texts: they
go through `_` when they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from atelier.foundation.translation import N_

STAGE = "stage"
"""A window of a talk has the focus, no text field in it."""
LINK = "link"
"""On the stage, with a link out chosen; comes before `STAGE`."""
LIBRARY = "library"
EVERYWHERE = "everywhere"


TALK = N_("The talk")
CANVAS = N_("On the canvas")
LINKS = N_("Links out of a frame")
HISTORY = N_("Detours and history")
ROOM = N_("What the room sees")
DECKS = N_("Presentations")
WINDOW = N_("The window")


@dataclass(frozen=True, slots=True)
class Command:
    """One action.

    `keys` are chords as `atelier.commands.keys` writes them, the one to show first in front. `icon` is a Phosphor name.
    `when` is the context the keys work in.
    """

    id: str
    title: str
    section: str
    icon: str
    keys: tuple[str, ...]
    when: str


COMMANDS: tuple[Command, ...] = (
    Command(
        "stage.next",
        N_("Next step or stop"),
        TALK,
        "caret-right",
        ("Space", "Right", "Down", "PageDown", "Enter"),
        STAGE,
    ),
    Command(
        "stage.previous",
        N_("Previous step or stop"),
        TALK,
        "caret-left",
        ("Left", "Up", "PageUp", "Shift+Space"),
        STAGE,
    ),
    Command("stage.first", N_("First stop"), TALK, "arrow-line-left", ("Home",), STAGE),
    Command("stage.last", N_("Last stop"), TALK, "arrow-line-right", ("End",), STAGE),
    Command("stage.jump", N_("Search and jump"), TALK, "magnifying-glass", ("/", "Ctrl+F"), STAGE),
    Command(
        "stage.close",
        N_("Close what is on top; twice within 2 s, end"),
        TALK,
        "x",
        ("Escape",),
        STAGE,
    ),
    Command("stage.parent", N_("Up to the parent"), CANVAS, "arrow-elbow-left-up", ("U",), STAGE),
    Command("stage.child", N_("Into the first child"), CANVAS, "arrow-elbow-right-down", ("I",), STAGE),
    Command("stage.overview", N_("Overview"), CANVAS, "squares-four", ("O",), STAGE),
    Command("stage.zoom-in", N_("Zoom in"), CANVAS, "magnifying-glass-plus", ("+", "="), STAGE),
    Command("stage.zoom-out", N_("Zoom out"), CANVAS, "magnifying-glass-minus", ("-",), STAGE),
    Command("link.next", N_("Choose the next link"), LINKS, "link-simple", ("Tab",), STAGE),
    Command("link.previous", N_("Choose the previous link"), LINKS, "link-simple", ("Shift+Tab",), STAGE),
    Command("link.follow", N_("Follow the link chosen"), LINKS, "arrow-bend-up-right", ("Enter",), LINK),
    *(
        Command(f"link.{n}", N_("Follow a link by its number"), LINKS, "arrow-bend-up-right", (str(n),), STAGE)
        for n in range(1, 10)
    ),
    Command("history.return", N_("Back to the path"), HISTORY, "arrow-u-up-left", ("Backspace",), STAGE),
    Command("history.back", N_("Back in history"), HISTORY, "arrow-left", ("Alt+Left",), STAGE),
    Command("history.forward", N_("Forward in history"), HISTORY, "arrow-right", ("Alt+Right",), STAGE),
    Command("room.black", N_("Black screen"), ROOM, "square-fill", ("B", "."), STAGE),
    Command("room.white", N_("White screen"), ROOM, "square", ("W", ","), STAGE),
    Command("countdown.toggle", N_("Count down: start, pause, go on"), ROOM, "timer", ("C",), STAGE),
    Command("countdown.stop", N_("End the countdown"), ROOM, "clock-counter-clockwise", ("Shift+C",), STAGE),
    Command("countdown.more", N_("A minute more"), ROOM, "plus-circle", ("Alt+Up",), STAGE),
    Command("countdown.less", N_("A minute less"), ROOM, "minus-circle", ("Alt+Down",), STAGE),
    Command("media.play", N_("Film or sound: play, pause"), ROOM, "play-circle", ("K",), STAGE),
    Command("media.on", N_("Film or sound: 10 s on"), ROOM, "fast-forward", ("J",), STAGE),
    Command("media.back", N_("Film or sound: 10 s back"), ROOM, "rewind", ("Shift+J",), STAGE),
    Command("room.full-screen", N_("Full screen"), ROOM, "corners-out", ("F5",), STAGE),
    Command("library.present", N_("Present"), DECKS, "play", ("Enter", "F5"), LIBRARY),
    Command("library.open", N_("Open a file…"), DECKS, "folder-open", ("Ctrl+O",), LIBRARY),
    Command("library.search", N_("Search"), DECKS, "magnifying-glass", ("Ctrl+K", "Ctrl+F"), LIBRARY),
    Command("library.forget", N_("Remove from the recent ones"), DECKS, "x", ("Delete",), LIBRARY),
    Command("library.reveal", N_("Show the folder"), DECKS, "folder-simple", ("Ctrl+Shift+O",), LIBRARY),
    Command("library.close", N_("Clear the search"), DECKS, "x", ("Escape",), LIBRARY),
    Command("window.motion", N_("Motion: full, calm, cuts"), WINDOW, "wind", ("G",), EVERYWHERE),
    Command("window.scheme", N_("Windows light or dark"), WINDOW, "circle-half", ("N",), EVERYWHERE),
    Command("window.keys", N_("All keys"), WINDOW, "keyboard", ("F1", "?"), EVERYWHERE),
    Command("library.quit", N_("Quit"), WINDOW, "sign-out", ("Ctrl+Q",), LIBRARY),
)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}
