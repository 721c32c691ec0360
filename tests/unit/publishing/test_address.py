from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.foundation.errors import UsageError
from atelier.publishing.address import site_address


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("example.org", "https://example.org"),
        (" https://Example.org/ ", "https://example.org"),
        ("https://example.org/blog/", "https://example.org/blog"),
        ("https://example.org/blog/wp-admin/post.php?post=3", "https://example.org/blog"),
        ("https://example.org/wp-json/", "https://example.org"),
        ("https://example.org:8443/?a=b#c", "https://example.org:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost/wp", "http://localhost/wp"),
        ("http://[::1]:80", "http://[::1]:80"),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed: str, root: str) -> None:
    assert site_address(typed).root == root


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("http://example.org", "anybody on the way"),
        ("http://127.0.0.1.example.org", "anybody on the way"),
        ("http://localhost.example", "anybody on the way"),
        ("https://ann:Zorblax@example.org", "a password stands in the address"),
        ("ftp://example.org", "no address"),
        ("file:///etc/passwd", "no address"),
        ("", "no address"),
        ("https://", "no address"),
        ("https://exa mple.org", "no address"),
        ("https://[::1", "no address"),
        ("https://example.org:99999", "no address"),
        ("https://" + "a" * 70 + ".org", "no address"),
    ],
)
def test_what_is_no_address_or_not_safe_is_refused(typed: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as caught:
        site_address(typed)
    assert "Zorblax" not in str(caught.value)


def test_a_site_says_where_it_makes_passwords() -> None:
    page = site_address("example.org/blog/wp-admin/").passwords_page
    assert page == "https://example.org/blog/wp-admin/profile.php#application-passwords-section"


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = site_address(text)
    except UsageError:
        return
    assert address.root.startswith("https://") or address.is_loopback
    assert address.root.isascii()
    assert site_address(address.root) == address
