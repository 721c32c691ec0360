"""Secrets planted everywhere a deck can hold one are in no byte of a draft, however it is packed or spelled."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gui.exports.test_leaks import CANVAS, DRAWING, EMBEDDED, HIDDEN, TERM, decks, letters

from atelier.app.drafting import Draft, article, files_of, material
from atelier.draft.types import Options, ScreenText
from atelier.writers.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("qapp")

_DATA = re.compile(r"data:([a-z+/-]+);base64,([A-Za-z0-9+/=]+)")
_TAG = re.compile(r"<[^>]*>")
_PICTURES = (b"\x89PNG", b"\xff\xd8", b"GIF8")


def unpacked(data: bytes) -> Iterator[str]:
    """Whatever a file says: names in it, texts, data in texts, the words of pictures."""
    if data.startswith(_PICTURES):
        yield from (found.decode() for found in re.findall(rb"[\x20-\x7e]{5,}", data))
        return
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from unpacked(archive.read(name))
        return
    text = data.decode("utf-8", "replace")
    for kind, packed in _DATA.findall(text):
        yield kind
        yield from unpacked(base64.b64decode(packed))
    text = _DATA.sub("", text)
    yield from (text, html.unescape(text), unquote(text), unquote(html.unescape(text)), _TAG.sub("", text))
    if text.startswith("{"):
        for words in _strings(json.loads(text)):
            yield from unpacked(words.encode())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in cast("dict[str, Any]", value).items():
            yield name
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from _strings(inner)
    elif isinstance(value, str) and not value.startswith("{"):
        yield value


@settings(max_examples=25, deadline=None)
@given(decks(), st.sampled_from(["", "quuxel-mirp"]), st.sampled_from(ScreenText), st.booleans())
def test_secrets_are_nowhere_in_a_draft(text: str, path: str, screen_text: ScreenText, by_hand: bool) -> None:  # noqa: FBT001 - drawn
    with TemporaryDirectory() as name:
        folder = Path(name) / "quuxel-mirp"
        folder.mkdir()
        (folder / "deck.md").write_text(text, encoding="utf-8")
        (folder / "part.md").write_text(EMBEDDED, encoding="utf-8")
        (folder / "drawing.svg").write_text(DRAWING, encoding="utf-8")
        if by_hand:
            (folder / "deck.canvas").write_text(CANVAS, encoding="utf-8")
        wish = Draft(path=path, options=Options(screen_text=screen_text, more=True, canvas="canvas.html"))
        made = article(material(folder), wish)
        for kind in FORMATS:
            for file in files_of(made, kind, wish):
                for found in (str(file.path), *unpacked(file.data)):
                    plain = letters(found)
                    for word in (HIDDEN, *TERM, "Vunch"):
                        assert word.casefold() not in plain, (word, kind, file.path, found)
