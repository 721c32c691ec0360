"""`atelier draft`: what is wanted in words, questions on the terminal, what was written on stdout."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from atelier.app.drafting import files_of, material, refuse_own_files
from atelier.cli.articles import article_of, check_depth, drafts_of, say_what_is_missing
from atelier.cli.conflicts import chooser, in_words
from atelier.cli.formats import named_formats
from atelier.cli.streams import say
from atelier.cli.terminal import cancellable
from atelier.draft.beginning import beginning, length_in_words
from atelier.foundation.errors import UsageError
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _
from atelier.writers.formats import FORMATS, TEMPLATED, template_of
from atelier.writers.placing import place

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from atelier.deck.types import Deck
    from atelier.draft.types import Article
    from atelier.writers.placing import Placed


def draft(options: Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # where pictures are drawn
    formats = named_formats(options.to, FORMATS, _("There is no draft of the kind “{name}”."))
    if options.print_template:
        for name in formats:
            if name not in TEMPLATED:
                message = _("Drafts of the kind “{name}” have no template.").format(name=name)
                raise UsageError(message, _("Choose from: {formats}.").format(formats=", ".join(TEMPLATED)))
            say(template_of(name))
        return 0
    if options.deck is None:
        raise UsageError(_("A deck or a talk is missing."), _("“atelier talks” lists the talks given."))
    if options.template is not None and len(formats) > 1:
        raise UsageError(_("A template is for one format."), _("Name one with --to, or leave the template out."))
    check_depth(options.depth)
    of = material(options.deck)
    choose = chooser(options.conflicts)
    done: list[dict[str, Any]] = []
    with cancellable():
        for each in drafts_of(options, of.deck):
            made = article_of(of, each)
            if options.preview:
                say(_preview(of.deck, made, as_json=options.json))
                return 0
            say_what_is_missing(made)
            for name in formats:
                files = files_of(made, name, each)
                refuse_own_files(files, options.output, of.deck)
                placed = place(files, options.output, choose)
                if options.json:
                    done.append(_as_json(name, made.lang, placed))
                else:
                    say("".join(f"{harmless(in_words(file))}\n" for file in placed))
    if options.json:
        say(json.dumps(done, ensure_ascii=True, indent=2) + "\n")
    if options.report:
        from atelier.cli.removals import report

        report(of.deck, beside_json=options.json)
    return 0


def _as_json(name: str, language: str, placed: Sequence[Placed]) -> dict[str, Any]:
    files = [{"file": str(each.path), "outcome": each.outcome.name.lower()} for each in placed]
    return {"format": name, "lang": language, "files": files}


def _preview(deck: Deck, made: Article, *, as_json: bool) -> str:
    parts = beginning(made)
    if as_json:
        facts = {"title": made.title, "lang": made.lang, "words": made.words, "minutes": made.minutes}
        facts |= {"pictures": len(made.pictures), "sections": len(made.sections)}
        abstracts = [text for _language, text in made.abstracts]
        from atelier.cli.removals import what_stays

        beginning_of = {"abstract": next(iter(abstracts), ""), "parts": [asdict(part) for part in parts]}
        kept = what_stays(deck)
        shown = {**facts, **beginning_of, "stays": kept.lines, "stays_briefly": kept.briefly}
        return json.dumps(shown, ensure_ascii=True, indent=2) + "\n"
    lines = [made.title, length_in_words(made.words, made.minutes), *(part.words for part in parts)]
    return harmless("\n\n".join(line for line in lines if line)) + "\n"
