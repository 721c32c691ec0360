"""Application passwords in the system's keyring, and nowhere else."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atelier.publishing.address import SiteAddress


def is_kept_anywhere() -> bool:
    """Whether this system has a keyring."""
    from keyring import get_keyring

    return getattr(get_keyring(), "priority", 0) > 0


def kept_password(site: SiteAddress, user: str) -> str:
    """The password kept for a user of a site; empty where there is none, or no keyring, or it stays locked."""
    from keyring import get_password
    from keyring.errors import KeyringError

    with suppress(KeyringError, RuntimeError):
        return get_password(_service(site), user) or ""
    return ""


def keep_password(site: SiteAddress, user: str, password: str) -> bool:
    """Puts it into the keyring; False where that is not possible."""
    from keyring import set_password
    from keyring.errors import KeyringError

    if not is_kept_anywhere():
        return False
    with suppress(KeyringError, RuntimeError):
        set_password(_service(site), user, password)
        return True
    return False


def forget_password(site: SiteAddress, user: str) -> bool:
    """Takes it out of the keyring; False where it was in none."""
    from keyring import delete_password
    from keyring.errors import KeyringError

    with suppress(KeyringError, RuntimeError):
        delete_password(_service(site), user)
        return True
    return False


def _service(site: SiteAddress) -> str:
    return f"Atelier {site.root}"
