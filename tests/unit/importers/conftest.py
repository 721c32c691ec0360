"""Importing small decks, and reading what came of them as the program does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest

from atelier.deck.contents import Contents
from atelier.deck.loading import load
from atelier.foundation.diagnostics import Severity
from atelier.importers.importing import import_deck

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from atelier.deck.types import Deck
    from atelier.importers.types import Imported
    from atelier.markup.blocks import Content

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


@dataclass(frozen=True)
class Result:
    """What an import gave: `text` is the deck's, `said` what was reported."""

    imported: Imported
    text: str
    deck: Deck
    contents: list[Content]

    @property
    def titles(self) -> list[tuple[int, str]]:
        """Depth and title of every frame but the root."""
        return [(frame.depth, frame.title) for frame in self.deck.frames[1:]]

    @property
    def said(self) -> list[tuple[str, int]]:
        return [(loss.code, loss.line) for loss in self.imported.losses]

    @property
    def codes(self) -> set[str]:
        return {loss.code for loss in self.imported.losses}

    def content(self, title: str) -> Content:
        return next(c for frame, c in zip(self.deck.frames, self.contents, strict=True) if frame.title == title)

    def source(self, title: str) -> str:
        """The text of a frame below its heading."""
        return next(frame.source for frame in self.deck.frames if frame.title == title).strip()


class Bring(Protocol):
    """`bring(text, kind)` imports a text; `files` lie beside it."""

    def __call__(
        self, text: str | bytes, kind: str = "", *, name: str = "talk.md", files: Mapping[str, bytes] | None = None
    ) -> Result: ...


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    count = 0

    def run(
        text: str | bytes, kind: str = "", *, name: str = "talk.md", files: Mapping[str, bytes] | None = None
    ) -> Result:
        nonlocal count
        count += 1
        folder = tmp_path / f"source-{count}"
        folder.mkdir()
        for path, data in (files or {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(import_deck(folder / name, tmp_path / f"deck-{count}", kind))

    return run


def read(imported: Imported) -> Result:
    """The deck that was written, as the program reads it."""
    deck = load(imported.file)
    contents = Contents(deck)
    found = [contents.content(frame.index) for frame in deck.frames]
    faults = [*deck.diagnostics, *(each for content in found for each in content.diagnostics)]
    assert not [fault for fault in faults if fault.severity is Severity.ERROR]
    assert len(deck.frames) == imported.frames
    return Result(imported, imported.file.read_text(encoding="utf-8"), deck, found)
