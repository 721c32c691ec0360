"""What is remembered from one start to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.foundation import settings as module
from atelier.foundation.errors import AtelierError
from atelier.foundation.settings import (
    MOST_RECENT,
    PanelPlaces,
    RecentDeck,
    Settings,
    cache_folder,
    config_folder,
    load_settings,
    save_settings,
    settings_file,
)


def _write(text: str | bytes) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_bytes(text if isinstance(text, bytes) else text.encode())


def test_one_variable_holds_every_folder(own_home: Path) -> None:
    assert {f.parent for f in (config_folder(), cache_folder())} == {own_home}
    assert config_folder() != cache_folder()


def test_without_it_the_system_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ATELIER_HOME")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert "atelier" in str(config_folder())
    assert not config_folder().exists()


def test_nothing_saved_is_the_default() -> None:
    assert load_settings() == Settings()


def test_what_is_saved_is_read() -> None:
    saved = Settings(
        (RecentDeck(Path("/a/été.md"), "Été", 12, 5.0),),
        "calm",
        "dark",
        "fr",
        keys=(("room.black", ("B", "F8")), ("talk.clock", ())),
        screens=(("HDMI-1 + eDP-1", "HDMI-1", ""), ("A + B + C", "B", "C")),
        panels=(("HDMI-1 + eDP-1", "large", PanelPlaces((("view",), ()), ("next",), (0.25, 0.0))),),
    )
    save_settings(saved)
    assert load_settings() == saved


def test_a_name_that_is_not_utf8_is_kept() -> None:
    saved = Settings((RecentDeck(Path("/a/b\udce9.md")),))
    save_settings(saved)
    assert load_settings() == saved


def test_an_opened_deck_comes_first_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    known = Settings().with_opened(Path("a.md"), "A", 1, 1.0).with_opened(Path("b.md"), "B", 2, 2.0)
    known = known.with_opened(tmp_path / "a.md", "A2", 3, 3.0)
    assert [deck.title for deck in known.recent] == ["A2", "B"]
    assert known.recent[0] == RecentDeck(tmp_path / "a.md", "A2", 3, 3.0)
    assert [deck.title for deck in known.without(Path("a.md")).recent] == ["B"]
    assert known.with_opened(Path("c.md"), "C", 1).recent[0].opened > 1e9


def test_the_list_does_not_grow_for_ever() -> None:
    known = Settings()
    for number in range(MOST_RECENT + 5):
        known = known.with_opened(Path(f"/{number}.md"), "", 0, float(number))
    assert len(known.recent) == MOST_RECENT
    assert known.recent[0].path == Path(f"/{MOST_RECENT + 4}.md")


def test_what_cannot_be_used_is_left_out() -> None:
    _write(
        '{"recent": [3, {"path": "relative.md"}, {"path": "/a.md", "title": 5, "frames": -1, "opened": "x"},'
        ' {"path": "/b.md", "opened": 1e999, "frames": true}, {"path": "/c\\u0000"}, {"path": "/d", "opened": 3}],'
        ' "motion": "wild", "colours": 1, "language": "xx", "later": {},'
        ' "screens": [["a + b", "a"], ["a"], ["a", 1, "b"], {}, "abc"],'
        ' "panels": [3, ["a", "large"], ["a", 1, {}], [["a"], "large", {}], ["a", "large", []], ["a", "large",'
        ' {"slots": [["view", 4], 5], "hidden": "view", "shares": [1e999, "x", 0.5, true]}]],'
        ' "keys": {"room.black": "B", "talk.clock": [3, "T", null], "stage.next": {}}}'
    )
    assert load_settings() == Settings(
        (RecentDeck(Path("/d"), opened=3.0), RecentDeck(Path("/a.md")), RecentDeck(Path("/b.md"))),
        keys=(("talk.clock", ("T",)),),
        screens=(("a + b", "a", ""),),
        panels=(("a", "large", PanelPlaces((("view",), ()), (), (0.0, 0.0, 0.5, 0.0))),),
    )


@pytest.mark.parametrize("text", ["", "{", "[]", "null", b"\xff\xfe", "[" * 100_000, '{"a": ' * 50_000])
def test_a_broken_file_is_set_aside(text: str | bytes) -> None:
    for _time in range(2):
        _write(text)
        assert load_settings() == Settings()
        assert not settings_file().exists()
    kept = sorted(path.name for path in config_folder().iterdir())
    assert kept == ["settings.broken-1.json", "settings.broken-2.json"]


def test_an_enormous_file_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_FILE", 10)
    _write('{"motion": "calm"}')
    assert load_settings() == Settings()


def test_a_folder_that_cannot_be_written_says_so(own_home: Path) -> None:
    (own_home / "config").write_text("in the way", encoding="utf-8")
    with pytest.raises(AtelierError, match="cannot be saved") as caught:
        save_settings(Settings())
    assert caught.value.location
    assert load_settings() == Settings()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["recent", "path", "opened", "frames", "motion", "panels", "slots"]), inner
            )
        ),
        max_leaves=8,
    )
)
def test_any_json_loads(value: object) -> None:
    import json

    _write(json.dumps(value))
    assert isinstance(load_settings(), Settings)
