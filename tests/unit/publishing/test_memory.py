from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.publishing.memory import KnownSite, Memory, SentPicture, SentPost, SiteMemory

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://example.org"


def test_what_was_sent_is_remembered_by_site(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "data" / "published.json")
    assert memory.of(SITE) == SiteMemory()
    memory.remember_use(SITE, "ann", 1000.0)
    memory.remember_picture(SITE, "abc", SentPicture(3, "https://example.org/a.png"))
    memory.remember_post(SITE, "bread en", SentPost(7, "d", "s"))
    memory.remember_post("https://other.example", "bread en", SentPost(9, "d", "s"))
    known = Memory(tmp_path / "data" / "published.json").of(SITE)
    assert (known.user, known.used) == ("ann", 1000.0)
    assert known.pictures == {"abc": SentPicture(3, "https://example.org/a.png")}
    assert known.posts == {"bread en": SentPost(7, "d", "s")}


def test_the_site_used_last_is_the_first(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "published.json")
    assert memory.sites() == ()
    memory.remember_use("https://b.example", "bob", 2000.0)
    memory.remember_use(SITE, "ann", 1000.0)
    memory.remember_post("https://c.example", "bread en", SentPost(9, "d", "s"))  # sent, but not to its end
    assert memory.sites() == (KnownSite("https://b.example", "bob"), KnownSite(SITE, "ann"))
    memory.remember_use(SITE, "ann", 3000.0)
    assert memory.sites()[0] == KnownSite(SITE, "ann")


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from([SITE, "posts", "pictures", "id", "user", "used"]), inner)
    ),
)


@given(_JSON)
def test_a_file_of_any_content_is_read_and_written_over(tmp_path: Path, values: Any) -> None:
    file = tmp_path / "published.json"
    file.write_text(json.dumps(values))
    memory = Memory(file)
    memory.of(SITE)
    memory.sites()
    memory.remember_post(SITE, "a", SentPost(1, "d", "s"))
    assert memory.of(SITE).posts["a"] == SentPost(1, "d", "s")


@pytest.mark.parametrize("content", [b"", b"\xff", b"{", b"[" * 100_000])
def test_what_is_no_json_is_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "published.json"
    file.write_bytes(content)
    assert Memory(file).of(SITE) == SiteMemory()
