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
COUNTING = "counting"
"""On the stage, while hands are counted for an activity; comes before `STAGE`."""
LIBRARY = "library"
GIVEN = "given"
"""The list of talks given, or one of them under review."""
REPLAY = "replay"
"""A talk given is played again."""
EVERYWHERE = "everywhere"


TALK = N_("The talk")
CANVAS = N_("On the canvas")
LINKS = N_("Links out of a frame")
HISTORY = N_("Detours and history")
ROOM = N_("What the room sees")
POINTING = N_("Pointing and ink")
NOTES = N_("Notes and map")
DECKS = N_("Presentations")
TALKS = N_("Talks given")
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
    Command("talk.accept", N_("Accept what is proposed"), TALK, "check", ("D",), STAGE),
    Command("talk.refuse", N_("Refuse what is proposed, or undo it"), TALK, "x", ("Shift+D",), STAGE),
    Command("talk.unattended", N_("Play by itself, or stop"), TALK, "repeat", ("Y",), STAGE),
    Command("talk.clock", N_("Pause the clock, or let it go on"), TALK, "clock", ("T",), STAGE),
    Command("talk.path", N_("Another path"), TALK, "path", ("V",), STAGE),
    Command("stage.export", N_("Export…"), TALK, "export", ("Ctrl+E",), STAGE),
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
    Command("history.path", N_("Close every detour"), HISTORY, "arrow-u-up-left", ("Shift+Backspace",), STAGE),
    Command("history.back", N_("Back in history"), HISTORY, "arrow-left", ("Alt+Left",), STAGE),
    Command("history.forward", N_("Forward in history"), HISTORY, "arrow-right", ("Alt+Right",), STAGE),
    Command("room.black", N_("Black screen"), ROOM, "square-fill", ("B", "."), STAGE),
    Command("room.white", N_("White screen"), ROOM, "square", ("W", ","), STAGE),
    Command("room.swap", N_("Swap the screens; choose among three"), ROOM, "swap", ("X",), STAGE),
    Command("room.freeze", N_("Freeze: the room keeps its picture"), ROOM, "snowflake", ("F",), STAGE),
    Command("room.link", N_("A link's address and QR code for the room"), ROOM, "qr-code", ("Q",), STAGE),
    Command("room.message", N_("A message for the room"), ROOM, "chat-text", ("Shift+M",), STAGE),
    Command("room.laser", N_("Laser"), POINTING, "crosshair", ("L",), STAGE),
    Command("room.spot", N_("Spot"), POINTING, "flashlight", ("S",), STAGE),
    Command("room.magnifier", N_("Magnifier"), POINTING, "magnifying-glass-plus", ("Z",), STAGE),
    Command("room.ink", N_("Ink"), POINTING, "pen-nib", ("E",), STAGE),
    Command("ink.colour", N_("The next colour"), POINTING, "palette", ("P",), STAGE),
    Command("ink.eraser", N_("Eraser"), POINTING, "eraser", ("Shift+P",), STAGE),
    Command("ink.undo", N_("Undo ink"), POINTING, "arrow-counter-clockwise", ("Ctrl+Z",), STAGE),
    Command("ink.redo", N_("Redo ink"), POINTING, "arrow-clockwise", ("Ctrl+Shift+Z",), STAGE),
    Command("ink.clear", N_("Erase all ink of the frame"), POINTING, "trash", ("Shift+E",), STAGE),
    Command("countdown.toggle", N_("Count down: start, pause, go on"), ROOM, "timer", ("C",), STAGE),
    Command("countdown.stop", N_("End the countdown"), ROOM, "clock-counter-clockwise", ("Shift+C",), STAGE),
    Command("countdown.more", N_("A minute more"), ROOM, "plus-circle", ("Alt+Up",), STAGE),
    Command("countdown.less", N_("A minute less"), ROOM, "minus-circle", ("Alt+Down",), STAGE),
    Command("answers.count", N_("Count hands: begin, end"), ROOM, "hand-palm", ("A",), STAGE),
    Command("answers.show", N_("Results: hide, show"), ROOM, "eye", ("H",), STAGE),
    *(
        Command(f"answer-more.{n}", N_("A hand more for an answer"), ROOM, "plus", (str(n),), COUNTING)
        for n in range(1, 10)
    ),
    Command("answers.more", N_("A hand more for an answer"), ROOM, "plus", ("+", "="), COUNTING),
    *(
        Command(f"answer-less.{n}", N_("A hand less for an answer"), ROOM, "minus-circle", (f"Shift+{n}",), COUNTING)
        for n in range(1, 10)
    ),
    Command("answers.less", N_("A hand less for an answer"), ROOM, "minus-circle", ("-",), COUNTING),
    Command("media.play", N_("Film or sound: play, pause"), ROOM, "play-circle", ("K",), STAGE),
    Command("media.on", N_("Film or sound: 10 s on"), ROOM, "fast-forward", ("J",), STAGE),
    Command("media.test", N_("Test the sound"), ROOM, "speaker-high", ("Shift+K",), STAGE),
    Command("media.back", N_("Film or sound: 10 s back"), ROOM, "rewind", ("Shift+J",), STAGE),
    Command("room.full-screen", N_("The room's picture full screen"), ROOM, "corners-out", ("F5", "Shift+F5"), STAGE),
    Command("room.window", N_("In a window, or full screen"), ROOM, "frame-corners", ("F11",), STAGE),
    Command("notes.down", N_("Scroll the notes down"), NOTES, "arrow-down", ("Shift+Down",), STAGE),
    Command("notes.up", N_("Scroll the notes up"), NOTES, "arrow-up", ("Shift+Up",), STAGE),
    Command("notes.larger", N_("Larger notes"), NOTES, "plus", ("Ctrl++", "Ctrl+="), STAGE),
    Command("notes.smaller", N_("Smaller notes"), NOTES, "minus-circle", ("Ctrl+-",), STAGE),
    Command("notes.usual", N_("Notes at their usual size"), NOTES, "text-aa", ("Ctrl+0",), STAGE),
    Command("notes.edit", N_("Edit the notes of this frame"), NOTES, "pencil-simple", ("R",), STAGE),
    Command("canvas.map", N_("Large map of the canvas"), NOTES, "map-trifold", ("M",), STAGE),
    Command("talk.leave-out", N_("Leave out the frame chosen, or the next one"), NOTES, "prohibit", ("Delete",), STAGE),
    Command("talk.take-in", N_("Take in again what was left out last"), NOTES, "plus-circle", ("Shift+Delete",), STAGE),
    Command("library.present", N_("Present"), DECKS, "play", ("Enter", "F5"), LIBRARY),
    Command("library.export", N_("Export…"), DECKS, "export", ("Ctrl+E",), LIBRARY),
    Command("library.open", N_("Open a file…"), DECKS, "folder-open", ("Ctrl+O",), LIBRARY),
    Command("library.search", N_("Search"), DECKS, "magnifying-glass", ("Ctrl+K", "Ctrl+F"), LIBRARY),
    Command("library.forget", N_("Remove from the recent ones"), DECKS, "x", ("Delete",), LIBRARY),
    Command("library.reveal", N_("Show the folder"), DECKS, "folder-simple", ("Ctrl+Shift+O",), LIBRARY),
    Command("library.close", N_("Clear the search"), DECKS, "x", ("Escape",), LIBRARY),
    Command("library.decks", N_("The presentations"), DECKS, "squares-four", ("Alt+1",), LIBRARY),
    Command("library.talks", N_("The talks given"), TALKS, "clock-clockwise", ("Alt+2",), LIBRARY),
    Command("given.open", N_("Look back on it"), TALKS, "chart-line", ("Enter",), GIVEN),
    Command("given.replay", N_("Replay"), TALKS, "play", ("R",), GIVEN),
    Command("given.adopt", N_("Adopt these times as the plan"), TALKS, "clock-clockwise", ("A",), GIVEN),
    Command("given.order", N_("Largest differences, or the order of the talk"), TALKS, "list-bullets", ("O",), GIVEN),
    Command("given.write-up", N_("Write it up"), TALKS, "article", ("W",), GIVEN),
    Command("given.publish", N_("Publish as a draft…"), TALKS, "globe", ("P",), GIVEN),
    Command("given.rename", N_("Rename"), TALKS, "pencil-simple", ("F2",), GIVEN),
    Command("given.export", N_("Export the journal…"), TALKS, "export", ("Ctrl+E",), GIVEN),
    Command("given.delete", N_("Delete for good; twice within 4 s"), TALKS, "trash", ("Delete",), GIVEN),
    Command("given.close", N_("Close"), TALKS, "x", ("Escape",), GIVEN),
    Command("replay.pause", N_("Pause, or go on"), TALKS, "pause", ("Space",), REPLAY),
    Command("replay.next", N_("To the next move"), TALKS, "caret-right", ("Right", "PageDown"), REPLAY),
    Command("replay.previous", N_("To the move before"), TALKS, "caret-left", ("Left", "PageUp"), REPLAY),
    Command("replay.first", N_("To the beginning"), TALKS, "arrow-line-left", ("Home",), REPLAY),
    Command("replay.faster", N_("Faster"), TALKS, "fast-forward", ("Up", "+"), REPLAY),
    Command("replay.slower", N_("Slower"), TALKS, "rewind", ("Down", "-"), REPLAY),
    Command("replay.full-screen", N_("Full screen"), TALKS, "corners-out", ("F5",), REPLAY),
    Command("replay.close", N_("End the replay"), TALKS, "x", ("Escape",), REPLAY),
    Command("window.motion", N_("Motion: full, calm, cuts"), WINDOW, "wind", ("G",), EVERYWHERE),
    Command("window.scheme", N_("Windows light or dark"), WINDOW, "circle-half", ("N",), EVERYWHERE),
    Command("window.panel", N_("Next panel; Esc goes back to the talk"), WINDOW, "columns", ("F6",), STAGE),
    Command("window.panel-back", N_("Previous panel"), WINDOW, "columns", ("Shift+F6",), STAGE),
    Command("window.arrange", N_("Arrange the panels"), WINDOW, "layout", ("Shift+F10",), STAGE),
    Command("window.remote", N_("Remote on a telephone"), WINDOW, "device-mobile", ("Shift+R",), STAGE),
    Command("window.keys", N_("All keys"), WINDOW, "keyboard", ("F1", "?"), EVERYWHERE),
    Command("window.settings", N_("Change keys"), WINDOW, "sliders-horizontal", ("Ctrl+,",), EVERYWHERE),
    Command("library.quit", N_("Quit"), WINDOW, "sign-out", ("Ctrl+Q",), LIBRARY),
)

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}
