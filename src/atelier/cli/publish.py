"""`atelier publish`: who asks, questions on the terminal, what became of it on stdout."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from getpass import getpass
from typing import TYPE_CHECKING, Any

from atelier.app.drafting import material
from atelier.app.publishing import known_user
from atelier.app.publishing import publish as send
from atelier.cli.articles import article_of, check_depth, drafts_of, say_what_is_missing
from atelier.cli.streams import complain, is_terminal, say
from atelier.cli.terminal import cancellable, progress_bar
from atelier.foundation.errors import InputError, UsageError
from atelier.foundation.run_messages import KEEP, REPLACE, PostQuestion, is_for_a_program, line_of
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _, ngettext
from atelier.publishing.address import SiteAddress, site_address
from atelier.publishing.connection import Credentials, PasswordError
from atelier.publishing.passwords import forget_password, is_kept_anywhere, keep_password, kept_password
from atelier.publishing.wordpress import Difference, Outcome

if TYPE_CHECKING:
    from argparse import Namespace

    from atelier.app.drafting import Draft
    from atelier.draft.types import Article
    from atelier.publishing.wordpress import Found, MayReplace, Published


def publish(options: Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # where pictures are drawn
    site = site_address(options.to)
    if options.forget:
        return _forget(site, options.user or known_user(site))
    if options.kept:
        return _say_whether_kept(site, options.user or known_user(site), as_json=options.json)
    if options.deck is None:
        raise UsageError(_("A deck or a talk is missing."), _("“atelier talks” lists the talks given."))
    check_depth(options.depth)
    of = material(options.deck)
    drafts = drafts_of(options, of.deck)
    may_replace = _refuses
    if options.replace:
        may_replace = _always
    elif is_for_a_program():
        may_replace = _asks_a_program
    elif _can_ask():
        may_replace = _asks
    posts: list[dict[str, Any]] = []
    with cancellable(lambda: _("Cancelled; what was uploaded by then is not uploaded again.")):
        login = _login(site, options)
        for each in drafts:
            made = article_of(of, each)
            say_what_is_missing(made)
            done, login = _sent(made, each, site, login, may_replace)
            if options.json:
                posts.append(_as_json(made, done))
                continue
            say(f"{harmless(_in_words(done))}\n")
            for name in done.left_out:
                message = _("“{name}” is not on the site, and {user} may not add it there: it is left out.")
                complain(f"atelier: {harmless(message.format(name=name, user=login.credentials.user))}\n")
    if options.json:
        said = {"site": site.root, "user": login.credentials.user, "kept": login.kept, "posts": posts}
        say(json.dumps(said, ensure_ascii=True, indent=2) + "\n")
    return 0


def _sent(
    made: Article, wish: Draft, site: SiteAddress, login: _Login, may_replace: MayReplace
) -> tuple[Published, _Login]:
    """Sends an article; where the password in the keyring is none any more, asks for another one once."""
    try:
        with progress_bar(site.host, _("{done} of {total} parts sent")) as progress:
            done = send(made, wish, site, login.credentials, may_replace, progress)
    except PasswordError as error:
        if not login.kept or not _can_ask():
            raise
        complain(f"atelier: {harmless(str(error))}\n")
        login = _Login(Credentials(login.credentials.user, _asked_password(site)), kept=False)
        return _sent(made, wish, site, login, may_replace)
    if not login.kept and keep_password(site, login.credentials.user, login.credentials.password):
        complain(_("The password is now in the keyring of this system; --forget takes it out.") + "\n")
        login = _Login(login.credentials, kept=True)
    return done, login


def _as_json(made: Article, done: Published) -> dict[str, Any]:
    return {
        "title": made.title,
        "lang": made.lang,
        "outcome": done.outcome.name.lower(),
        "edit": done.edit,
        "view": done.view,
        "uploaded": done.uploaded,
        "left_out": list(done.left_out),
    }


def _in_words(done: Published) -> str:
    match done.outcome:
        case Outcome.CREATED:
            words = _("A new draft: {link}")
        case Outcome.UPDATED:
            words = _("Brought up to date: {link}")
        case Outcome.SAME:
            words = _("There already, as it is: {link}")
        case Outcome.KEPT:
            words = _("Left as it is on the site: {link}")
    said = words.format(link=done.edit)
    if done.uploaded:
        said += "\n" + ngettext("{n} picture uploaded", "{n} pictures uploaded", done.uploaded).format(n=done.uploaded)
    return said


# -------------------------------------------------------------------------------------------------- name and password


@dataclass(frozen=True, slots=True)
class _Login:
    credentials: Credentials
    kept: bool
    """Whether the password is the keyring's."""


def _login(site: SiteAddress, options: Namespace) -> _Login:
    user = (options.user or known_user(site)).strip()
    if not user and _can_ask():
        complain(_("Your name on {site}:").format(site=site) + " ")
        user = _line()
    if not user:
        raise UsageError(_nobody(site), _("Give a name with --user."))
    password = "" if options.ask_password else kept_password(site, user)
    kept = bool(password)
    if is_for_a_program():
        if not kept and not options.ask_password:
            raise PasswordError(_no_password(site), _("Type the application password for it."))
    elif not kept and not is_kept_anywhere():
        complain(_("This system has no keyring, so the password is asked for each time.") + "\n")
    return _Login(Credentials(user, password or _asked_password(site)), kept)


def _asked_password(site: SiteAddress) -> str:
    """The password, typed without being shown; from a pipe its first line. Raises UsageError where there is none."""
    if _can_ask():
        try:
            password = getpass(harmless(_("Application password for {site}:").format(site=site)) + " ", sys.stderr)
        except EOFError:
            raise KeyboardInterrupt from None
    else:
        password = "" if sys.stdin is None else sys.stdin.readline()  # pyright: ignore[reportUnnecessaryComparison]
    if not password.strip():
        hint = _("Type it when asked, or send it to stdin from a program that keeps passwords.")
        raise UsageError(_no_password(site), hint)
    return password.strip()


def _no_password(site: SiteAddress) -> str:
    return _("There is no password for {site}.").format(site=site)


def _say_whether_kept(site: SiteAddress, user: str, *, as_json: bool) -> int:
    """Says whether the keyring has a password. Raises InputError where it has none, which as JSON is an answer."""
    kept = bool(user and kept_password(site, user))
    if as_json:
        said = {"site": site.root, "user": user, "keyring": is_kept_anywhere(), "kept": kept}
        say(json.dumps(said, ensure_ascii=True, indent=2) + "\n")
        return 0
    if not user:
        raise UsageError(_nobody(site), _("Give a name with --user."))
    if not kept:
        raise InputError(_not_kept(site, user))
    say(harmless(_("The password of {user} for {site} is in the keyring.").format(user=user, site=site)) + "\n")
    return 0


def _not_kept(site: SiteAddress, user: str) -> str:
    return _("No password of {user} for {site} is in the keyring.").format(user=user, site=site)


def _nobody(site: SiteAddress) -> str:
    return _("Nobody is named who publishes to {site}.").format(site=site)


def _forget(site: SiteAddress, user: str) -> int:
    if not user:
        raise UsageError(_nobody(site), _("Give a name with --user."))
    if not forget_password(site, user):
        raise InputError(_not_kept(site, user))
    say(harmless(_("The password of {user} for {site} is taken out.").format(user=user, site=site)) + "\n")
    return 0


# ------------------------------------------------------------------------------------------- what is there on the site


def _can_ask() -> bool:
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def _always(_found: Found) -> bool:
    return True


def _refuses(found: Found) -> bool:
    """Where nobody can be asked: says what is there, and what can be done."""
    hint = _("Nothing was sent. Look at it first, or run this again with --replace.")
    raise InputError(f"{_what_is_there(found)} {found.link}", hint)


def _asks_a_program(found: Found) -> bool:
    """Asks the window that started this; it answers by a line. Raises KeyboardInterrupt where it does not."""
    complain(line_of(PostQuestion(_what_is_there(found), found.link)))
    sys.stderr.flush()
    choice = sys.stdin.readline().strip()
    if choice not in {REPLACE, KEEP}:
        raise KeyboardInterrupt
    return choice == REPLACE


def _asks(found: Found) -> bool:
    question = _("Overwrite it with this draft? [y/N]")
    complain(f"{harmless(_what_is_there(found))} {harmless(found.link)}\n{question} ")
    return _line().lower()[:1] == _("y")


def _what_is_there(found: Found) -> str:
    match found.difference:
        case Difference.CHANGED:
            words = _("“{title}” was changed on the site since it was sent, last on {when}.")
        case Difference.UNKNOWN:
            words = _("The site has a post at the same address that was not sent from here: “{title}”, {when}.")
        case Difference.PUBLIC:
            words = _("“{title}” is no draft any more: what is sent now, everybody reads.")
    return words.format(title=found.title, when=found.modified.replace("T", " "))


def _line() -> str:
    """A line from the terminal. Raises KeyboardInterrupt where that is closed."""
    answer = sys.stdin.readline()
    if not answer:
        raise KeyboardInterrupt
    return answer.strip()
