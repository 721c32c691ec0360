"""What a deck is like before it is given: what it lacks, what is wrong with it, how long it takes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from atelier.app.machine import Point, State
from atelier.deck.loading import load
from atelier.foundation.diagnostics import Severity
from atelier.foundation.errors import AtelierError
from atelier.foundation.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from atelier.deck.types import Deck
    from atelier.foundation.diagnostics import Diagnostic
    from atelier.render.scene import Scene

POINTS: Final = 7
OVER: Final = 30.0
"""Seconds that what is planned for the stops may take more than their path: nobody plans to the second."""
MOST_NAMED: Final = 3
"""Findings that are quoted in the words of one point; all of them are in its facts."""
MOST_PATHS: Final = 4
"""Paths that are named where all of them are within their time."""
_PICTURES: Final = frozenset({"missing", "outside", "remote", "unreadable", "too-large"})
PICTURE_CODES: Final = frozenset(f"picture-{fault}" for fault in _PICTURES)
MEDIA_CODES: Final = frozenset({"media-missing", "media-outside", "media-unreadable"})
EMBED_CODES: Final = frozenset(
    f"embed-{fault}" for fault in ("missing", "heading", "cycle", "outside", "unreadable", "too-many")
)
LINK_CODES: Final = frozenset({"link-dead", "link-refused"})


def examine_deck(path: Path, poll: Callable[[], None] = lambda: None) -> tuple[Point, ...]:
    """Looks at a deck as it will be shown; needs a QGuiApplication. Only one point where it cannot be read.

    `poll` is called often; what it raises ends the examination.
    """
    from atelier.app.checking import check
    from atelier.render.scene import build_scene

    try:
        deck = load(path)
        found = check(path, layout=True, progress=lambda _done, _total: poll()).diagnostics
        scene = build_scene(deck)
    except AtelierError as error:
        title = _("Deck")
        facts: dict[str, object] = {"file": str(path), "readable": False}
        return (Point("deck", title, State.PROBLEM, f"{path}: {error.message}", error.hint, facts),)
    poll()
    return (
        _deck(path, scene),
        _findings(path, found),
        _pictures(scene, found),
        _media(scene, found),
        _embedded(deck, found),
        _links(scene, found),
        _times(scene),
    )


def _deck(path: Path, scene: Scene) -> Point:
    deck = scene.deck
    facts: dict[str, object] = {
        "file": str(deck.file or path),
        "readable": True,
        "title": deck.title,
        "frames": len(deck.frames),
        "paths": len(deck.paths),
    }
    frames = ngettext("{n} frame", "{n} frames", len(deck.frames)).format(n=len(deck.frames))
    paths = ngettext("{n} path", "{n} paths", len(deck.paths)).format(n=len(deck.paths))
    words = _("“{title}”: {frames}, {paths}.").format(title=deck.title, frames=frames, paths=paths)
    return Point("deck", _("Deck"), State.OK, words, "", facts)


def _findings(path: Path, found: Sequence[Diagnostic]) -> Point:
    """What `atelier check --layout` says, counted: an error hides something that the room was to see."""
    count: Counter[Severity] = Counter()
    codes: Counter[str] = Counter()
    for each in found:
        count[each.severity] += each.more or 1
        codes[each.code] += each.more or 1
    errors, warnings, hints = (count[each] for each in (Severity.ERROR, Severity.WARNING, Severity.HINT))
    facts: dict[str, object] = {"error": errors, "warning": warnings, "hint": hints, "codes": dict(codes)}
    said = [
        words.format(n=n)
        for n, words in (
            (errors, ngettext("{n} error", "{n} errors", errors)),
            (warnings, ngettext("{n} warning", "{n} warnings", warnings)),
            (hints, ngettext("{n} hint", "{n} hints", hints)),
        )
        if n
    ]
    title = _("Text")
    if not said:
        return Point("findings", title, State.OK, _("Nothing is wrong with the text."), "", facts)
    words = _("The text has {findings}.").format(findings=", ".join(said))
    if errors:
        words += " " + _("An error hides something that was to be shown.")
    state = State.PROBLEM if errors else State.WARNING if warnings else State.OK
    advice = _("“atelier check --layout {deck}” says what and where.").format(deck=path) if errors or warnings else ""
    return Point("findings", title, state, words, advice, facts)


def _pictures(scene: Scene, found: Sequence[Diagnostic]) -> Point:
    from atelier.deck.references import pictures

    deck = scene.deck
    named = {
        (deck.folder_of(frame), source)
        for frame in deck.frames
        for source, _alt, _line in pictures(scene.contents.shown(frame.index))
    } | {(deck.folder_of(frame), frame.background) for frame in deck.frames if frame.background}
    n = len(named)
    fine = ngettext("The one picture is there.", "All {n} pictures are there.", n) if n else _("It shows no pictures.")
    lost = _of(found, PICTURE_CODES)
    bad = ngettext("{n} picture cannot be shown.", "{n} pictures cannot be shown.", len(lost))
    return _there("pictures", _("Pictures"), n, lost, fine, bad)


def _media(scene: Scene, found: Sequence[Diagnostic]) -> Point:
    from atelier.deck.references import things
    from atelier.markup.blocks import Media

    deck = scene.deck
    named = {
        (deck.folder_of(frame), thing.source)
        for frame in deck.frames
        for thing, _line in things(scene.contents.shown(frame.index))
        if isinstance(thing, Media)
    }
    n = len(named)
    fine = ngettext("The one film or sound is there.", "All {n} films and sounds are there.", n)
    lost = _of(found, MEDIA_CODES)
    bad = ngettext("{n} film or sound cannot be played.", "{n} films and sounds cannot be played.", len(lost))
    return _there("deck-media", _("Its media"), n, lost, fine if n else _("It plays no film and no sound."), bad)


def _embedded(deck: Deck, found: Sequence[Diagnostic]) -> Point:
    n = len(deck.embedded)
    fine = ngettext("The one file that is put in is there.", "All {n} files that are put in are there.", n)
    lost = _of(found, EMBED_CODES)
    bad = ngettext("{n} file cannot be put in.", "{n} files cannot be put in.", len(lost))
    return _there("embedded", _("Other files"), n, lost, fine if n else _("No other file is put in."), bad)


def _links(scene: Scene, found: Sequence[Diagnostic]) -> Point:
    from atelier.deck.references import links

    deck = scene.deck
    hrefs = {href for frame in deck.frames for href, _line in links(scene.contents.shown(frame.index))}
    inside = sum(href.startswith("#") for href in hrefs)
    outside = len(hrefs) - inside
    if not hrefs:
        fine = _("It has no links.")
    else:
        said = _("Links: {inside} to its frames, {outside} to addresses, which a talk shows and never opens.")
        fine = said.format(inside=inside, outside=outside)
    lost = _of(found, LINK_CODES)
    bad = ngettext("{n} link leads nowhere.", "{n} links lead nowhere.", len(lost))
    return _there("links", _("Links"), len(hrefs), lost, fine, bad)


def _there(name: str, title: str, n: int, lost: Sequence[Diagnostic], fine: str, bad: str) -> Point:
    """A point about `n` things of which `lost` are not as they should be."""
    listed = [
        {"file": str(each.file or ""), "line": each.line, "code": each.code, "message": each.message} for each in lost
    ]
    facts: dict[str, object] = {"count": n, "lost": listed}
    if not lost:
        return Point(name, title, State.OK, fine.format(n=n), "", facts)
    words = " ".join((bad.format(n=len(lost)), *dict.fromkeys(each.message for each in lost[:MOST_NAMED])))
    advice = next((each.hint for each in lost if each.hint), "")
    return Point(name, title, State.WARNING, words, advice, facts)


def _of(found: Sequence[Diagnostic], codes: frozenset[str]) -> list[Diagnostic]:
    return [each for each in found if each.code in codes]


def _times(scene: Scene) -> Point:
    """The minutes planned along each path against those it may take."""
    from atelier.talk.wording import minutes_words
    from atelier.windows.ground import talk_over

    talk = talk_over(scene)
    over, fitting, facts = list[str](), list[str](), list[dict[str, object]]()
    for path in scene.deck.paths:
        talk.begin(path.name)
        plan = talk.plan
        planned = sum(plan.seconds)
        facts.append(
            {
                "name": path.name,
                "stops": len(talk.route),
                "planned_minutes": round(planned / 60, 1),
                "minutes": path.minutes,
                "given": plan.given,
            }
        )
        values = {
            "path": path.title or path.name or _("all frames"),
            "time": minutes_words(planned),
            "total": minutes_words(plan.total),
        }
        if not plan.given:
            fitting.append(_("“{path}” about {time}, by the length of its notes").format_map(values))
        elif planned > plan.total + OVER:
            over.append(_("“{path}” is planned for {time} and may take {total}").format_map(values))
        else:
            fitting.append(_("“{path}” {total}").format_map(values))
    title = _("Times")
    if over:
        advice = _("Take minutes off some of its frames, or leave frames out of the path.")
        words = "; ".join(over[:MOST_NAMED]) + "."
        return Point("times", title, State.WARNING, words, advice, {"paths": facts})
    words = _("Planned: {paths}.").format(paths=", ".join(fitting[:MOST_PATHS]))
    if (left := len(fitting) - MOST_PATHS) > 0:
        more = ngettext("{n} more path is within its time.", "{n} more paths are within their time.", left)
        words += " " + more.format(n=left)
    return Point("times", title, State.OK, words, "", {"paths": facts})
