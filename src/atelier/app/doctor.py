"""`atelier doctor`: what this machine can do for a talk, point by point."""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atelier import __version__
from atelier.app.awake import POWER, asked
from atelier.app.machine import Point, State, display_named, display_refusal, folders, memory
from atelier.app.preflight import POINTS as DECK_POINTS
from atelier.app.preflight import examine_deck
from atelier.app.screens import arranged, by_name, remembered
from atelier.foundation.errors import InputError
from atelier.foundation.progress import Progress, unseen
from atelier.foundation.resources import FONTS, TEMPLATES
from atelier.foundation.settings import load_settings
from atelier.foundation.translation import _, current_language, decimal, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QApplication

    from atelier.app.smoothness import Flown

FLIGHT: Final = 1.0
"""Seconds one of the two measured flights takes."""
SMOOTH: Final = 50.0
"""Pictures a second from which on a flight is seen as one movement."""
WATCHABLE: Final = 25.0
"""Pictures a second below which it falls apart."""
HITCH: Final = 0.1
"""Seconds without a new picture that everyone sees."""
ELSEWHERE: Final = (1920, 1080)
"""Pixels of the picture that is flown where there is no screen: a projector's."""
SCREENLESS: Final = ("offscreen", "minimal")
SYSTEMS: Final = {"xcb": "X11", "wayland": "Wayland", "windows": "Windows", "cocoa": "macOS"}
_NO_PLATFORM: Final = re.compile(r'not find the Qt platform plugin "([^"]*)"')
_POINTS: Final = 12
"""One less where there are no screens to say anything about."""


@dataclass(frozen=True, slots=True)
class _Display:
    """`app` draws to no screen where `shown` is False; `refusal` is then what the display said, if there is one."""

    app: QApplication
    shown: bool
    refusal: str = ""


def examine(
    progress: Progress = unseen, poll: Callable[[], None] = lambda: None, deck: Path | None = None
) -> tuple[Point, ...]:
    """Looks at everything, in some three seconds; a flight is seen on the largest screen meanwhile. Then at `deck`.

    `poll` is called often; what it raises ends the examination.
    """
    points: list[Point] = []
    display = _open()
    total = (_POINTS if display.shown else _POINTS - 1) + (DECK_POINTS if deck is not None else 0)

    def note(point: Point) -> None:
        points.append(point)
        go_on()

    def go_on() -> None:
        progress(len(points), total)
        poll()

    note(_program())
    note(_session(display))
    if display.shown:
        note(screens_found(display.app.screens(), display.app.primaryScreen()))
    note(_awake(display))
    note(_smoothness(display, go_on))
    note(_motion())
    note(_fonts())
    note(_media())
    note(films())
    note(_bell())
    note(folders())
    note(memory())
    if deck is not None:
        points += examine_deck(deck, go_on)
        total = len(points)
        go_on()
    return tuple(points)


def _open() -> _Display:
    from PySide6.QtCore import QCoreApplication

    existing = QCoreApplication.instance()
    refusal = ""
    if existing is None and (not display_named() or (refusal := display_refusal())):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from atelier.app.qt import application

    app = application()
    return _Display(app, app.platformName() not in SCREENLESS, refusal)


def _program() -> Point:
    from PySide6.QtCore import qVersion

    facts = {
        "atelier": __version__,
        "python": platform.python_version(),
        "qt": qVersion(),
        "system": _system(),
        "packaged": bool(getattr(sys, "frozen", False)),
    }
    words = _("Atelier {atelier}, Python {python}, Qt {qt}, {system}.").format_map(facts)
    return Point("program", _("Program"), State.OK, words, "", facts)


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform(terse=True)


def _session(display: _Display) -> Point:
    title = _("Display")
    name = display.app.platformName()
    facts: dict[str, object] = {"platform": name, "session": os.environ.get("XDG_SESSION_TYPE", "")}
    if display.refusal:
        words = _("The display cannot be used: {reason}").format(reason=display.refusal)
        return Point("display", title, State.PROBLEM, words, _mending(display.refusal), facts)
    if not display.shown:
        words = _("There is no display: decks can be checked and exported, not presented.")
        advice = _("Start it from a graphical session to see what that one can do.")
        return Point("display", title, State.WARNING, words, advice, facts)
    words = _("Windows are shown by {system}.").format(system=SYSTEMS.get(name, name))
    return Point("display", title, State.OK, words, "", facts)


def _mending(refusal: str) -> str:
    if (unknown := _NO_PLATFORM.search(refusal)) and unknown[1] not in SYSTEMS:
        return _("Take QT_QPA_PLATFORM out of the environment: it asks for “{name}”.").format(name=unknown[1])
    if "xcb-cursor" in refusal or "plugin" in refusal:
        return _("Install what it names; on Debian and Ubuntu: sudo apt install libxcb-cursor0")
    return _("Start it from a graphical session; over ssh, DISPLAY names a screen that is out of reach.")


def screens_found(screens: Sequence[QScreen], primary: QScreen | None = None) -> Point:
    """What is there to present on, in pixels of the screens themselves; `primary` is the speaker's own."""
    facts: list[dict[str, object]] = []
    said: list[str] = []
    for screen in screens:
        width, height = _pixels(screen)
        scale = screen.devicePixelRatio()
        facts.append(
            {
                "name": screen.name(),
                "model": screen.model(),
                "width": width,
                "height": height,
                "scale": scale,
                "hertz": round(screen.refreshRate(), 1),
            }
        )
        size = _("“{name}”, {width} × {height} pixels").format(
            name=screen.model() or screen.name(), width=width, height=height
        )
        enlarged = _("{size}, enlarged {scale} times").format(size=size, scale=decimal(scale, 2))
        said.append(size if scale == 1 else enlarged)
    known = by_name(screens)
    first = next((name for name, screen in known.items() if screen is primary), next(iter(known), ""))
    arrangement, _chosen = arranged([*known], first, remembered(load_settings()))
    n = len(screens)
    words = ngettext("One screen: {screens}.", "{n} screens: {screens}.", n).format(n=n, screens="; ".join(said))
    if n == 1:
        words += " " + _("A projector shows up here once it is plugged in.")
    else:
        words += " " + _("The room gets “{name}”; X changes over.").format(name=arrangement.audience)
    return Point("screens", _("Screens"), State.OK, words, "", {"screens": facts, "room": arrangement.audience})


def _awake(display: _Display) -> Point:
    """Whether the screen stays on and the machine awake during a talk; a talk itself never speaks of it."""
    answering = asked()
    facts: dict[str, object] = {"by": list(answering)}
    title = _("Staying awake")
    if not display.shown and not answering:
        words = _("Without a display there is nothing to keep on.")
        return Point("awake", title, State.OK, words, "", facts)
    if not {*answering} - {POWER, "X11"}:
        advice = _("Switch the screen saver and sleep off in the settings of the system before you speak.")
        words = _("Nothing here keeps the screen on and the machine awake when asked.")
        if "X11" in answering:
            words = _("The X server is told that somebody is there; whatever else darkens the screen is not.")
        return Point("awake", title, State.WARNING, words, advice, facts)
    words = _("The screen stays on and the machine awake during a talk ({by}).").format(by=", ".join(answering))
    return Point("awake", title, State.OK, words, "", facts)


def _pixels(screen: QScreen) -> tuple[int, int]:
    size, ratio = screen.size(), screen.devicePixelRatio()
    return round(size.width() * ratio), round(size.height() * ratio)


def _smoothness(display: _Display, poll: Callable[[], None]) -> Point:
    from PySide6.QtCore import QRect

    from atelier.app.smoothness import measure
    from atelier.deck.loading import load
    from atelier.render.scene import build_scene

    screen = max(display.app.screens(), key=lambda each: _pixels(each)[0] * _pixels(each)[1])
    area = screen.geometry() if display.shown else QRect(0, 0, *ELSEWHERE)
    size = _pixels(screen) if display.shown else ELSEWHERE
    scene = build_scene(load(TEMPLATES / "talk" / current_language()))
    title = _("Flights")
    try:
        flown = measure(scene, screen, area, FLIGHT, poll)
    except TimeoutError:
        words = _("The window that was to be measured never came to the screen.")
        advice = _("Run it again with nothing in front; present with --motion cuts if it stays so.")
        return Point("smoothness", title, State.PROBLEM, words, advice, {"width": size[0], "height": size[1]})
    return judged(flown, size, shown=display.shown)


def judged(flown: Sequence[Flown], size: tuple[int, int], *, shown: bool) -> Point:
    """What the measured flights mean for a talk."""
    pictures = min(each.pictures_a_second for each in flown)
    worst = max(each.worst for each in flown)
    facts: dict[str, object] = {
        "width": size[0],
        "height": size[1],
        "on_screen": shown,
        "pictures_a_second": round(pictures, 1),
        "worst_ms": round(worst * 1000, 1),
    }
    state, advice = State.OK, ""
    if pictures >= SMOOTH and worst <= HITCH:
        verdict = _("Flights are smooth")
    elif pictures >= WATCHABLE:
        verdict = _("Flights are fluent, with a hitch now and then")
    else:
        state, verdict = State.WARNING, _("Flights are jerky")
        advice = _("Give the projector fewer pixels, close other programs, or present with --motion cuts.")
    words = _("{verdict}: {pictures} pictures a second at {width} × {height}, the longest wait {worst} ms.").format(
        verdict=verdict, pictures=round(pictures), width=size[0], height=size[1], worst=round(worst * 1000)
    )
    if not shown:
        words += " " + _("Measured without a screen, which may take more time or less.")
    return Point("smoothness", _("Flights"), state, words, advice, facts)


def _motion() -> Point:
    from atelier.app.motion import system_profile
    from atelier.canvas.flight import Profile

    chosen, suggested = load_settings().motion, system_profile()
    facts = {"chosen": chosen, "system": suggested.value}
    if chosen:
        names = {"full": _("Full"), "calm": _("Calm"), "cuts": _("Cuts")}
        words = _("You chose “{motion}”, which is remembered; the key G changes it.").format(motion=names[chosen])
    elif suggested is Profile.CUTS:
        words = _("The system asks for less motion: frames are faded in instead of flown to.")
    else:
        words = _("The camera flies; the key G makes it calmer, or has it cut.")
    return Point("motion", _("Motion"), State.OK, words, "", facts)


def _fonts() -> Point:
    from PySide6.QtGui import QRawFont

    files = sorted(file for file in FONTS.glob("*") if file.suffix in {".ttf", ".otf"})
    broken = [file.name for file in files if not QRawFont(str(file), 16).isValid()]
    emoji = _emoji_are_coloured()
    facts: dict[str, object] = {"loaded": len(files) - len(broken), "broken": broken, "emoji": emoji}
    title = _("Fonts")
    if broken or not files:
        words = _("Fonts of the program cannot be read: {names}.").format(names=", ".join(broken) or FONTS)
        return Point("fonts", title, State.PROBLEM, words, _("Install the program again."), facts)
    if not emoji:
        words = _("All fonts of the program are there; emoji are drawn without their colours.")
        return Point("fonts", title, State.WARNING, words, _("Use pictures in place of emoji."), facts)
    words = _("All fonts of the program are there, emoji in colour; none of the system is needed.")
    return Point("fonts", title, State.OK, words, "", facts)


def _emoji_are_coloured() -> bool:
    """Whether a drawn emoji has colours: a system may have its own idea of the font it is taken from."""
    from PySide6.QtGui import QColor, QImage, QPainter

    from atelier.typeset.fonts import font

    side = 40
    picture = QImage(side, side, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setFont(font(("Inter", "Noto Color Emoji"), 28))
    painter.drawText(4, 32, "\N{SMILING FACE WITH OPEN MOUTH}")
    painter.end()
    colours = (picture.pixelColor(x, y) for x in range(0, side, 2) for y in range(0, side, 2))
    return any(colour.saturation() > 100 for colour in colours)


def _media() -> Point:
    """Whether films and sounds can be played, and what plays them."""
    from atelier.windows.multimedia import INSTALL, back_end, player_class

    title = _("Sound and film")
    try:
        player_class()
    except InputError as error:
        there = _installed("PySide6.QtMultimedia")
        facts: dict[str, object] = {"multimedia": there, "plays": False, "back_end": "", "sound": False}
        if there:
            advice = _("Install what it names; on Debian and Ubuntu: sudo apt install libpulse0 libxrandr2")
            return Point("media", title, State.WARNING, error.message, advice, facts)
        words = _("No film and no sound is played, their posters are shown: the extra QtMultimedia is not installed.")
        return Point("media", title, State.OK, words, error.hint, facts)
    by, sound = back_end()
    facts = {"multimedia": True, "plays": bool(by), "back_end": by, "sound": sound}
    if not by:
        words = _("QtMultimedia is installed, and nothing with which it could play.")
        advice = _("Install the extra again: {command}").format(command=INSTALL)
        return Point("media", title, State.WARNING, words, advice, facts)
    words = _("Films and sounds are played by QtMultimedia with {back_end}.").format(back_end=by)
    if not sound:
        words += " " + _("There is no device to hear them on at the moment.")
    return Point("media", title, State.OK, words, "", facts)


def films() -> Point:
    """Whether decks can be exported as films, and how these are encoded."""
    from atelier.exports.encoder import INSTALL, codecs, installed, version

    title = _("Films of decks")
    try:
        found = codecs()
    except InputError as error:
        facts: dict[str, object] = {"av": installed(), "ffmpeg": "", "codecs": []}
        if installed():
            return Point("films", title, State.WARNING, error.message, error.hint, facts)
        words = _("Decks cannot be exported as films: the extra PyAV is not installed.")
        return Point("films", title, State.OK, words, error.hint, facts)
    facts = {"av": True, "ffmpeg": version(), "codecs": [codec.id for codec in found]}
    if not found:
        words = _("PyAV is installed, and has no encoder for films.")
        return Point(
            "films", title, State.WARNING, words, _("Install it again: {command}").format(command=INSTALL), facts
        )
    names = ", ".join(codec.name for codec in found)
    words = _("Decks can be exported as films by PyAV with FFmpeg {version}: {codecs}.").format(
        version=version(), codecs=names
    )
    return Point("films", title, State.OK, words, "", facts)


def _installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _bell() -> Point:
    """By which way the end of a countdown is heard."""
    from atelier.windows.sounds import Way, players, way

    by = way()
    program = Path(players()[0][0]).name if by is Way.PLAYER else ""
    if by is Way.MULTIMEDIA:
        words = _("The bell of a countdown is played by QtMultimedia.")
    elif by is Way.PLAYER:
        words = _("The bell of a countdown is played by “{program}”.").format(program=program)
    elif by is Way.WINDOWS:
        words = _("The bell of a countdown is played by Windows.")
    else:
        words = _("Nothing here plays a sound: in place of its bell, a countdown ends with the beep of the system.")
    return Point("bell", _("Bell"), State.OK, words, "", {"way": by.value, "program": program})
