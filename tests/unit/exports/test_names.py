"""Names of files that every system takes, whatever a frame is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.exports.names import file_name

RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("01", "lego"), "01-lego"),
        (("talk", "", "", "lego"), "talk-lego"),
        (("01", "été-à-œuvre"), "01-été-à-œuvre"),
        (("CON",), "_CON"),
        (("nul.md",), "_nul.md"),
        (("com¹",), "_com¹"),
        (("01", "con"), "01-con"),
        (("../../etc/passwd",), "-..-etc-passwd"),
        (("C:\\secret",), "C-secret"),
        (("a. ",), "a"),
        (("", ""), "_"),
    ],
)
def test_names(parts: tuple[str, ...], name: str) -> None:
    assert file_name(*parts) == name


@given(st.lists(st.text(max_size=300), max_size=4))
def test_every_system_takes_them(parts: list[str]) -> None:
    name = file_name(*parts)
    assert name
    assert len(name.encode("utf-8", "surrogatepass")) <= 240
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(ord(sign) < 0x20 for sign in name)
    assert name.split(".")[0].lower() not in RESERVED
    assert not name.endswith((" ", "."))
    assert name not in {".", ".."}
