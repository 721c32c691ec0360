"""What `atelier draft` and `atelier publish` have in common: what is wanted of an article, and making it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.app.drafting import Draft, article, wanted_languages
from atelier.cli.streams import complain
from atelier.cli.terminal import progress_bar
from atelier.draft.types import DEEPEST_LEVEL, TOP_LEVEL, LeftOut, Options, ScreenText
from atelier.foundation.errors import UsageError
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from argparse import Namespace

    from atelier.app.drafting import Material
    from atelier.deck.types import Deck
    from atelier.draft.types import Article


def check_depth(depth: int) -> None:
    """Raises UsageError for what is no level of a heading."""
    if not TOP_LEVEL <= depth <= DEEPEST_LEVEL:
        message = _("Headings go from level {least} to {most}.").format(least=TOP_LEVEL, most=DEEPEST_LEVEL)
        raise UsageError(message, _("Give another depth with --depth."))


def drafts_of(options: Namespace, deck: Deck) -> tuple[Draft, ...]:
    """What is wanted, once for each language. Raises UsageError for one that the deck does not have."""
    wish = Options(
        screen_text=ScreenText[options.screen_text.upper()],
        left_out=LeftOut.MARK if options.mark_left_out else LeftOut.OMIT,
        depth=options.depth,
        language_tag=options.tag,
        more=options.more,
        similar=not options.no_similar,
        canvas=options.canvas,
    )
    languages = wanted_languages(deck, options.lang)
    return tuple(
        Draft(
            path=options.path,
            language=language,
            several_languages=len(languages) > 1,
            options=wish,
            frames=options.frames,
            ink=not options.no_ink,
            as_given=options.order == "shown",
            template=options.template,
        )
        for language in languages
    )


def article_of(of: Material, wish: Draft) -> Article:
    """The article, with a bar while its pictures are drawn. Raises UsageError and InputError."""
    with progress_bar(_("Draft"), _("{done} of {total} pictures")) as progress:
        return article(of, wish, progress)


def say_what_is_missing(made: Article) -> None:
    for title in made.missing:
        message = _("“{title}” was shown in the talk, and is not in the deck any more.").format(title=title)
        complain(f"atelier: {harmless(message)}\n")
