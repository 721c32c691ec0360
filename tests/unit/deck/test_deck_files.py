"""Files a deck names: those beside it, and those it must not reach."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.files import resolve
from atelier.foundation.diagnostics import Diagnostic

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "deck"
    (inside / "images").mkdir(parents=True)
    for name in ("a b.png", "100%.png", "images/été.png", "q?.png", "one.png"):
        (inside / name).write_bytes(b"x" * 10)
    (tmp_path / "secret.png").write_bytes(b"x")
    (inside / "out.png").symlink_to(tmp_path / "secret.png")
    (inside / "in.png").symlink_to(inside / "one.png")
    (inside / "up").symlink_to(tmp_path)
    (inside / "loop.png").symlink_to(inside / "loop.png")
    return inside


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("one.png", "one.png"),
        ("./images/../one.png", "one.png"),
        ("a%20b.png", "a b.png"),
        ("a b.png", "a b.png"),
        ("100%.png", "100%.png"),
        ("images/%C3%A9t%C3%A9.png", "images/été.png"),
        (unicodedata.normalize("NFD", "images/été.png"), "images/été.png"),
        ("images\\été.png", "images/été.png"),
        ("one.png?v=2#part", "one.png"),
        ("q?.png", "q?.png"),
        ("in.png", "one.png"),
    ],
)
def test_what_lies_in_the_folder_is_found(folder: Path, reference: str, name: str) -> None:
    assert resolve(folder, reference) == (folder / name).resolve()


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("../secret.png", "picture-outside"),
        ("images/../../secret.png", "picture-outside"),
        ("..%2Fsecret.png", "picture-outside"),
        ("%2e%2e/secret.png", "picture-outside"),
        ("..\\secret.png", "picture-outside"),
        ("out.png", "picture-outside"),
        ("up/secret.png", "picture-outside"),
        ("/etc/passwd", "picture-outside"),
        ("\\\\host\\share\\x.png", "picture-outside"),
        ("C:\\x.png", "picture-outside"),
        ("~/x.png", "picture-outside"),
        ("file:///etc/passwd", "picture-outside"),
        ("https://example.org/x.png", "picture-remote"),
        ("HTTP://example.org/x.png", "picture-remote"),
        ("//example.org/x.png", "picture-remote"),
        ("data:image/png;base64,AAAA", "picture-unreadable"),
        ("images", "picture-unreadable"),
        ("two.png", "picture-missing"),
        ("", "picture-missing"),
        (".", "picture-missing"),
        ("a\0b.png", "picture-missing"),
        ("loop.png", "picture-missing"),
        ("x" * 5000, "picture-missing"),
    ],
)
def test_everything_else_is_refused_with_the_reason(folder: Path, reference: str, code: str) -> None:
    found = resolve(folder, reference)
    assert isinstance(found, Diagnostic)
    assert found.code == code
    assert len(found.message) < 300


def test_a_name_nearly_right_is_suggested(folder: Path) -> None:
    found = resolve(folder, "images/ete.png")
    assert isinstance(found, Diagnostic)
    assert found.hint == "Did you mean “été.png”?"


def test_size_is_limited(folder: Path) -> None:
    found = resolve(folder, "one.png", limit=9)
    assert isinstance(found, Diagnostic)
    assert found.code == "picture-too-large"


def test_a_text_without_a_folder_has_no_files() -> None:
    assert isinstance(resolve(None, "one.png"), Diagnostic)


def test_a_folder_reached_through_a_link_is_a_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert resolve(tmp_path / "link", "one.png") == (folder / "one.png").resolve()


@given(reference=st.text(alphabet="./\\%2eEfF:~#? a\0é", max_size=20))
def test_nothing_leads_out(folder: Path, reference: str) -> None:
    found = resolve(folder, reference)
    assert isinstance(found, Diagnostic) or found.is_relative_to(folder.resolve())
