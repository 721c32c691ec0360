"""`atelier talks`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from atelier.cli.streams import say
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _, ngettext
from atelier.talk.kept import delete, find_talk, kept_talks, rename, write_json
from atelier.talk.wording import clock_words

if TYPE_CHECKING:
    from argparse import Namespace

    from atelier.talk.kept import KeptTalk


def talks(options: Namespace) -> int:
    """Lists the talks given, newest first, or does one thing with one of them."""
    if options.rename:
        name, title = options.rename
        rename(find_talk(name), title)
    elif options.export:
        name, file = options.export
        write_json(find_talk(name), Path(file))
    elif options.delete:
        delete(find_talk(options.delete))
    elif options.show:
        from atelier.app.reviewing import show_talk

        return show_talk(options.show)
    elif options.replay:
        from atelier.app.reviewing import replay_talk

        return replay_talk(options.replay, options.speed)
    else:
        _list(as_json=options.json)
    return 0


def _list(*, as_json: bool) -> None:
    kept = kept_talks()
    if as_json:
        say(json.dumps([talk.as_json() for talk in kept], ensure_ascii=True, indent=2) + "\n")
        return
    if not kept:
        say(_("No talk was given yet.") + "\n")
        return
    lines = [f"{talk.name}\n    {_words(talk)}" for talk in kept]
    say(harmless("\n".join(lines)) + "\n")


def _words(talk: KeptTalk) -> str:
    started = datetime.fromtimestamp(talk.started, tz=UTC).astimezone()
    parts = [f"{started:%Y-%m-%d %H:%M}", talk.title, _minutes(talk)]
    parts.append(ngettext("{n} frame shown", "{n} frames shown", talk.shown).format(n=talk.shown))
    if talk.rehearsal:
        parts.append(_("rehearsal"))
    if not talk.ended:
        parts.append(_("cut off"))
    return ", ".join(parts)


def _minutes(talk: KeptTalk) -> str:
    given = clock_words(talk.elapsed)
    if talk.planned <= 0:
        return given
    return _("{given} of {planned} planned").format(given=given, planned=clock_words(talk.planned))
