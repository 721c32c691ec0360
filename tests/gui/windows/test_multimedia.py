"""Loading QtMultimedia, where it is there and where it is not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from atelier.foundation.errors import InputError
from atelier.windows.multimedia import back_end, player_class

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.usefixtures("qapp")


class _Refusal:
    """Finds QtMultimedia and cannot load it, as where a library of the system is missing."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> None:
        if name == "PySide6.QtMultimedia":
            message = "libpulse.so.0: cannot open shared object file"
            raise ImportError(message)


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("atelier.windows.media_player", "PySide6.QtMultimedia"):
        monkeypatch.delitem(sys.modules, name, raising=False)


def test_it_says_with_what_it_plays() -> None:
    assert player_class().__name__ == "MediaPlayer"
    assert back_end()[0] in {"FFmpeg", "GStreamer", "AVFoundation", "Media Foundation"}


@pytest.mark.usefixtures("unloaded")
def test_where_it_is_not_installed_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    with pytest.raises(InputError, match="QtMultimedia is not installed") as raised:
        player_class()
    assert 'pip install "atelier[multimedia]"' in raised.value.hint
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(InputError) as raised:
        player_class()
    assert "pip" not in raised.value.hint


@pytest.mark.usefixtures("unloaded")
def test_where_a_library_is_missing_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [_Refusal(), *sys.meta_path])
    with pytest.raises(InputError, match=r"libpulse\.so\.0") as raised:
        player_class()
    assert "atelier doctor" in raised.value.hint
