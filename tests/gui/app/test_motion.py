"""Who asked their system for less motion gets cuts, unless they chose otherwise here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.app.motion import chosen_profile, system_profile
from atelier.canvas.flight import Profile
from atelier.foundation.settings import Settings, save_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A GNOME whose `gsettings` answers what the file returned says."""
    answer = tmp_path / "answer"
    program = tmp_path / "gsettings"
    program.write_text(f'#!/bin/sh\n[ "$3" = enable-animations ] && cat {answer}\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    return answer


@pytest.mark.parametrize(
    ("answer", "profile"), [("false\n", Profile.CUTS), ("true\n", Profile.FULL), ("", Profile.FULL)]
)
def test_the_desktop_is_asked(desktop: Path, answer: str, profile: Profile) -> None:
    desktop.write_text(answer, encoding="utf-8")
    assert system_profile() is profile


def test_without_a_desktop_the_camera_flies(desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desktop.write_text("false\n", encoding="utf-8")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert system_profile() is Profile.FULL


def test_a_choice_of_ones_own_comes_first() -> None:
    assert chosen_profile() is None
    save_settings(Settings(motion="calm"))
    assert chosen_profile() is Profile.CALM
    assert chosen_profile("full") is Profile.FULL
