"""The smallest deck for each diagnostic: those shown in docs/diagnostics.md, and those that take bytes or files."""

from __future__ import annotations

import struct
import tomllib
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from atelier.app.checking import check
from atelier.deck.json_canvas import LARGEST_CANVAS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.app.checking import Checked

HOUSE = Path(__file__).resolve().parents[3]
EXPLANATIONS = HOUSE / "docs/diagnostics/explanations.toml"
TYPESET = frozenset({"overfull", "text-too-small", "glyph-missing", "flight-too-fast", "math-error", "theme-font"})
"""Found by setting the text: with `layout` alone."""
SHRUNK = frozenset({"too-many-frames", "file-too-large", "canvas-too-large"})
"""Found in texts so long that the tests make the limits smaller."""


@dataclass(frozen=True)
class Damaged:
    """A deck's bytes and the files beside it, by name."""

    text: bytes
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])

    def write(self, folder: Path) -> Path:
        for name, data in self.files.items():
            (folder / name).write_bytes(data)
        deck = folder / "deck.md"
        deck.write_bytes(self.text)
        return deck

    def checked(self, folder: Path) -> Checked:
        return check(self.write(folder))


def png(width: int, height: int) -> bytes:
    """The beginning and the end of a picture: nothing else of it is read."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    head = struct.pack(">I", len(header)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + head + struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))


DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 900"><rect id="slot1" width="400" height="225"/></svg>'
)
PALE = b'[colours]\nbody = "#fdfdfd"\ncard = "#ffffff"\n'
PICTURE = b"# Cake\n\n![Three slices of cake](slices.png)\n"


def node(more: str = '"type":"text","text":""', size: int = 100) -> str:
    return f'{{"id":"a","x":0,"y":0,"width":{size},"height":50,{more}}}'


def canvas_of(*nodes: str, edges: str = "") -> bytes:
    return f'{{"nodes":[{",".join(nodes)}],"edges":[{edges}]}}'.encode()


MUFFINS = b"# Cake\n\n## Muffin\n"
MUFFIN = node('"type":"file","file":"deck.md","subpath":"#Muffin"')
CANVASES: Mapping[str, bytes] = {
    "canvas-unreadable": b" " * (LARGEST_CANVAS + 1),
    "canvas-broken": canvas_of(MUFFIN)[:-20],
    "canvas-value": canvas_of("3"),
    "canvas-size": canvas_of(node(size=-4)),
    "canvas-id-twice": canvas_of(node(), node()),
    "canvas-edge": canvas_of(node(), edges='{"id":"e","fromNode":"a","toNode":"b"}'),
    "canvas-file": canvas_of(node('"type":"file","file":"icing.md"')),
    "canvas-heading": canvas_of(node('"type":"file","file":"other.md","subpath":"#Icing"')),
    "canvas-frame-lost": canvas_of(node('"type":"file","file":"deck.md","subpath":"#Icing"'), MUFFIN),
    "canvas-frame-twice": canvas_of(MUFFIN, MUFFIN),
}
"""By code, the canvas beside the text."""

DAMAGED: Mapping[str, Damaged] = {
    "not-utf8": Damaged(b"# Caf\xe9\n"),
    "sign-unreadable": Damaged(b"# Cake\n\nFlour\x01and cocoa.\n"),
    "encoding-bom": Damaged(b"\xef\xbb\xbf# Cake\n"),
    "text-too-deep": Damaged(b"# Cake\n\n" + b">" * 30 + b" Flour\n"),
    "text-too-dense": Damaged(b"# Cake\n\n" + b"*a* " * 1200 + b"\n"),
    "text-too-long": Damaged(b"# Cake\n\n" + b"flour and cocoa, " * 5000 + b"\n"),
    "table-too-large": Damaged(b"# Cake\n\n| a |\n|---|\n" + b"| 1 |\n" * 1200),
    "picture-case": Damaged(b"# Cake\n\n![Three slices](Slices.SVG)\n", {"slices.svg": DRAWING}),
    "picture-unreadable": Damaged(PICTURE, {"slices.png": b"no picture"}),
    "picture-incomplete": Damaged(PICTURE, {"slices.png": png(640, 360)[:40]}),
    "picture-too-large": Damaged(PICTURE, {"slices.png": png(20_000, 20_000)}),
    "picture-no-credit": Damaged(PICTURE, {"slices.png": png(640, 360)}),
    "media-unreadable": Damaged(b"# Cake\n\n![How it rises](rising.mp4)\n", {"rising.mp4": b"no film"}),
    "layout-fallback": Damaged(b"# Cake {layout=ring}\n\n## Muffin\n\n## Icing\n"),
    "map-no-slot": Damaged(b"# Cake {map=cake.svg}\n\n## Muffin\n\n## Icing\n", {"cake.svg": DRAWING}),
    "embed-heading": Damaged(b"# Cake\n\n![[muffin#Icing]]\n", {"muffin.md": b"# Muffin\n"}),
    "embed-unreadable": Damaged(b"# Cake\n\n![[muffin]]\n", {"muffin.md": b"\0\0\0"}),
    "embed-too-many": Damaged(
        b"# Cake\n\n![[layer0]]\n",
        {f"layer{n}.md": f"# Layer\n\n![[layer{n + 1}]]\n".encode() for n in range(12)},
    ),
    **{
        code: Damaged(b"# Cake\n\n## Muffin\n", {"deck.canvas": canvas, "other.md": b"# Other\n"})
        for code, canvas in CANVASES.items()
    },
    "theme-contrast": Damaged(b"---\ntheme: pale.toml\n---\n\n# Cake\n", {"pale.toml": PALE}),
}
"""By code, those that the document does not show."""


def documented() -> dict[str, Damaged]:
    """By code, the decks shown in the document."""
    groups = cast("dict[str, dict[str, dict[str, str]]]", tomllib.loads(EXPLANATIONS.read_text(encoding="utf-8")))
    return {
        code: Damaged(said["deck"].encode())
        for codes in groups.values()
        for code, said in codes.items()
        if "deck" in said
    }


def corpus() -> dict[str, Damaged]:
    return {code: deck for code, deck in (documented() | dict(DAMAGED)).items() if code not in TYPESET}
