"""Requests to the REST interface of one WordPress (developer.wordpress.org/rest-api), and what may go wrong with them.

Nothing is contacted but the site: redirections are not followed but reported, for the password goes along with every
request. No error says what was sent.
"""

from __future__ import annotations

import base64
import json
import socket
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlencode, urljoin, urlsplit

from atelier import __version__
from atelier.foundation.errors import InputError
from atelier.foundation.run_messages import LOGIN
from atelier.foundation.terminals import harmless
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.publishing.address import SiteAddress

PATIENCE: Final = 30.0
"""Seconds without a sign from the site."""
LARGEST_ANSWER: Final = 32 * 1024 * 1024
"""Bytes."""
LONGEST_REASON: Final = 200
_TOO_LARGE: Final = frozenset({"rest_upload_no_data", "rest_upload_file_too_big", "rest_upload_limited_space"})
"""What WordPress says where PHP has thrown a large request away, or the site's space is full."""


class PasswordError(InputError):
    """The site does not know the user, or not with this password."""

    about = LOGIN


class NotThereError(InputError):
    """What was asked for is not on the site."""


class ForbiddenError(InputError):
    """The user may not do that on the site."""


class TooLargeError(InputError):
    """The site takes nothing of that size."""


class RefusedError(InputError):
    """The site takes it for wrong. `code` is WordPress's word for why, `data` what it says with it."""

    def __init__(self, message: str, hint: str, code: str, data: Mapping[str, Any]) -> None:
        super().__init__(message, hint)
        self.code = code
        self.data = data


@dataclass(frozen=True, slots=True)
class Credentials:
    user: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.user!r})"

    def header(self) -> str:
        pair = f"{self.user}:{self.password}".encode()
        return f"Basic {base64.b64encode(pair).decode()}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_request: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Leads nowhere: an answer that sends elsewhere is an error then."""


class Connection:
    """Speaks to one site, as one user once `credentials` are given."""

    def __init__(self, site: SiteAddress, credentials: Credentials | None = None, patience: float = PATIENCE) -> None:
        self.site = site
        self._credentials = credentials
        self._patience = patience
        # what is on this machine is asked directly, whatever the way out of it is
        proxies = [urllib.request.ProxyHandler({})] if site.is_loopback else []
        self._opener = urllib.request.build_opener(_NoRedirect, *proxies)

    def get(self, route: str, **query: str | int) -> Any:
        return self._send("GET", route, query)

    def post(self, route: str, values: Mapping[str, Any], **query: str | int) -> Any:
        data = json.dumps(values).encode()
        return self._send("POST", route, query, data, {"Content-Type": "application/json"})

    def upload(self, route: str, data: bytes, media_type: str, name: str) -> Any:
        """Sends a file as it is; `name` is in ASCII."""
        headers = {"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
        return self._send("POST", route, {}, data, headers)

    def check(self) -> None:
        """Raises InputError unless there is a WordPress whose interface answers and takes application passwords. No
        password is sent for that.
        """
        found = Connection(self.site, patience=self._patience).get("/")
        said = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
        namespaces: Any = said.get("namespaces")
        if not isinstance(namespaces, list) or "wp/v2" not in namespaces:
            raise self._no_wordpress()
        if "application-passwords" not in (said.get("authentication") or {}):
            message = _("{site} takes no application passwords.").format(site=self.site)
            raise InputError(message, _("Something on the site switches them off: whoever runs it can allow them."))

    def _send(
        self,
        method: str,
        route: str,
        query: Mapping[str, str | int],
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        # as a value it is found on every WordPress, whatever its addresses look like
        address = f"{self.site.root}/?{urlencode({'rest_route': route, **query})}"
        request = urllib.request.Request(address, data, method=method)  # noqa: S310 - http and https alone
        for name, value in {
            **(headers or {}),
            "User-Agent": f"Atelier/{__version__}",
            "Accept": "application/json",
        }.items():
            request.add_header(name, value)
        if self._credentials is not None:
            request.add_unredirected_header("Authorization", self._credentials.header())
        try:
            with self._opener.open(request, timeout=self._patience) as answer:
                return self._read(answer.read(LARGEST_ANSWER + 1))
        except urllib.error.HTTPError as error:
            with error:
                raise self._refusal(error) from None
        except (OSError, HTTPException) as error:
            raise self._unreachable(error) from None

    def _read(self, body: bytes) -> Any:
        if len(body) <= LARGEST_ANSWER:
            try:
                return json.loads(body)
            except (ValueError, RecursionError):  # no JSON, or none of this site
                pass
        raise self._no_wordpress()

    # ----------------------------------------------------------------------------------------------------- in words

    def _no_wordpress(self) -> InputError:
        message = _("No WordPress answers at {site}.").format(site=self.site)
        hint = _(
            "Check the address, the folder of the blog included. Where it is right, the site's REST interface may be "
            "switched off: whoever runs it knows."
        )
        return InputError(message, hint)

    def _refusal(self, error: urllib.error.HTTPError) -> InputError:
        """What an answer other than success means."""
        status = error.code
        if status in {301, 302, 303, 307, 308}:
            return self._redirected(str(error.headers.get("Location") or ""))
        code, reason, data = _reason(error)
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or code in _TOO_LARGE:
            message = _("What was sent is too large for {site}.").format(site=self.site)
            return TooLargeError(message, _("Make it smaller, or ask whoever runs the site for a higher limit."))
        if status == HTTPStatus.UNAUTHORIZED:
            return self._unauthorised()
        if status == HTTPStatus.FORBIDDEN:
            message = _("{site} does not allow that: {reason}").format(site=self.site, reason=reason or status)
            return ForbiddenError(message, _("Use the name of somebody who may write posts and upload pictures there."))
        if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            if not code or code == "rest_no_route":
                return self._no_wordpress()
            return NotThereError(_("{site} does not have it: {reason}").format(site=self.site, reason=reason))
        if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
            message = _("{site} is too busy to answer, or under maintenance.").format(site=self.site)
            return InputError(message, _("Try again in a few minutes; what was uploaded is not uploaded again."))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR and not code.startswith("rest_upload"):
            message = _("{site} reports a fault of its own ({status}).").format(site=self.site, status=status)
            return InputError(message, _("Whoever runs the site finds more in its log."))
        message = _("{site} refuses it: {reason}").format(site=self.site, reason=reason or status)
        return RefusedError(message, "", code, data)

    def _redirected(self, target: str) -> InputError:
        """Says where a site has gone to: the password goes to nobody but who was named."""
        address = urljoin(f"{self.site.root}/", target)
        parts = urlsplit(address)
        root = harmless(f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/"))[:LONGEST_REASON]
        message = _("{site} leads on to {other}.").format(site=self.site, other=root)
        return InputError(message, _("If that is the site you mean, give that address: passwords are not sent on."))

    def _unauthorised(self) -> InputError:
        message = _("{site} does not accept the name “{user}” with this password.")
        hint = _(
            "It takes an application password, not the one you log in with: in WordPress, open Users, Profile, "
            "Application passwords. Where the password is right, the site's server keeps it from WordPress."
        )
        user = self._credentials.user if self._credentials is not None else ""
        return PasswordError(message.format(site=self.site, user=user), hint)

    def _unreachable(self, error: Exception) -> InputError:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        host = self.site.host
        if isinstance(cause, socket.gaierror):
            message = _("There is no way to {host}: it is not known, or this machine has no network.").format(host=host)
            return InputError(message, _("Check the address and the network."))
        if isinstance(cause, TimeoutError):
            message = _("{host} has not answered for {n} seconds.").format(host=host, n=round(self._patience))
            return InputError(message, _("Try again later; what was uploaded is not uploaded again."))
        if isinstance(cause, ssl.SSLCertVerificationError):
            message = _("{host} does not prove that it is what it says: {reason}.")
            return InputError(
                message.format(host=host, reason=cause.verify_message.rstrip(".")),
                _("Nothing was sent. Its certificate may have run out: whoever runs the site can renew it."),
            )
        if isinstance(cause, ssl.SSLError):
            message = _("{host} does not speak HTTPS at this address.").format(host=host)
            return InputError(message, _("Check the address and its port."))
        message = _("The connection to {host} fails.").format(host=host)
        return InputError(message, _("Check the address and the network, then try again."))


def _reason(error: urllib.error.HTTPError) -> tuple[str, str, Mapping[str, Any]]:
    """WordPress's code, sentence and data for an error; empty where it said none."""
    try:
        said: Any = json.loads(error.read(LARGEST_ANSWER))
    except (OSError, ValueError, RecursionError, HTTPException):
        return "", "", {}
    if not isinstance(said, dict):
        return "", "", {}
    values = cast("dict[str, Any]", said)
    data = values.get("data")
    message = harmless(" ".join(str(values.get("message", "")).split()))[:LONGEST_REASON]
    return str(values.get("code", "")), message, cast("dict[str, Any]", data) if isinstance(data, dict) else {}
