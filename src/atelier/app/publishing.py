"""`atelier publish`: an article as a draft on the site that somebody names."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from atelier.app.drafting import means_for
from atelier.foundation.errors import InputError, Location
from atelier.foundation.progress import unseen
from atelier.foundation.settings import data_folder
from atelier.foundation.texts import reason
from atelier.foundation.translation import _
from atelier.publishing.connection import Connection
from atelier.publishing.memory import FILE, Memory
from atelier.publishing.wordpress import Publisher

if TYPE_CHECKING:
    from atelier.app.drafting import Draft
    from atelier.draft.types import Article
    from atelier.foundation.progress import Progress
    from atelier.publishing.address import SiteAddress
    from atelier.publishing.connection import Credentials
    from atelier.publishing.memory import KnownSite
    from atelier.publishing.wordpress import MayReplace, Published


def known_sites() -> tuple[KnownSite, ...]:
    """Where somebody has published to, the last one first."""
    return Memory(data_folder() / FILE).sites()


def known_user(site: SiteAddress) -> str:
    """Who published to a site last; empty where nobody did."""
    return Memory(data_folder() / FILE).of(site.root).user


def publish(
    made: Article,
    wish: Draft,
    site: SiteAddress,
    credentials: Credentials,
    may_replace: MayReplace,
    progress: Progress = unseen,
) -> Published:
    """Puts an article on a site as a draft, and remembers that. Raises InputError."""
    memory = Memory(data_folder() / FILE)
    publisher = Publisher(Connection(site, credentials), memory)
    try:
        done = publisher.publish(made, means_for(wish), may_replace, progress)
        memory.remember_use(site.root, credentials.user, time.time())
    except OSError as error:
        message = _("What was published cannot be remembered.") + f" {reason(error)}"
        hint = _("Without that, pictures are uploaded a second time.")
        raise InputError(message, hint, Location(data_folder() / FILE)) from error
    return done
