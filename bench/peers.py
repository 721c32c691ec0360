"""What people use instead, for a comparison in the same run: Marp for slides, pandoc for documents and slides.

Marp is taken from npm into `build/peers`, and prints with the system's Chromium. pandoc, and what makes its drawings
pixels, are Debian's packages `pandoc` and `librsvg2-bin`. Where one of these is not there, that is said, and nothing is
measured in its place.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MARP = "@marp-team/marp-cli@4.5.1"
PLACE = Path(__file__).resolve().parents[1] / "build" / "peers"
_PICTURES = (".svg", ".png", ".jpg")


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that converts Markdown. `formats` are the options for each kind of file, by its suffix."""

    name: str
    program: str
    formats: Mapping[str, tuple[str, ...]]
    variables: Mapping[str, str] = field(default_factory=dict[str, str])

    def command(self, text: Path, kind: str, target: Path) -> list[str]:
        """Converts `text` into a file of that kind in the folder `target`; its pictures lie beside it."""
        options = [option.replace("%", str(text.parent)) for option in self.formats[kind]]
        return [self.program, *options, str(text), "-o", str(target / f"{text.stem}.{kind}")]


def marp() -> Peer | None:
    """Marp, brought here from npm if need be; None where it cannot be, which is said."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if shutil.which("node") is None or shutil.which("npm") is None or chromium is None:
        return _missing("Marp", "Node.js with npm, and Chromium", "apt install nodejs npm chromium")
    program = PLACE / "node_modules" / ".bin" / "marp"
    if not program.exists():
        PLACE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-save", "--no-audit", "--prefix", str(PLACE), MARP]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not program.exists():
            return _missing("Marp", f"what npm says: {done.stderr.strip() or done.returncode}", f"npm install {MARP}")
    formats = {"html": (), "pdf": ("--pdf", "--allow-local-files"), "pptx": ("--pptx", "--allow-local-files")}
    return Peer("marp", str(program), formats, {"CHROME_PATH": chromium, "CHROME_NO_SANDBOX": "1"})


def pandoc() -> Peer | None:
    """pandoc; None where it is not installed, which is said."""
    program = shutil.which("pandoc")
    if program is None or shutil.which("rsvg-convert") is None:
        return _missing("pandoc", "it, and rsvg-convert for drawings", "apt install pandoc librsvg2-bin")
    found = ("--resource-path=%", "-f", "markdown")
    formats = dict.fromkeys(("docx", "pptx"), found) | {
        "html": (*found, "-s"),
        "reveal.html": (*found, "-s", "-t", "revealjs"),
    }
    return Peer("pandoc", program, formats)


def as_slides(deck: Path, folder: Path) -> Path:
    """Writes the text of a deck as plain slides, one a heading, into `folder` with its pictures: without its
    notes, and without what it takes from other files.
    """
    text = _without_marks(re.sub(r"^/// (?:notes|private).*?^///$", "", _text(deck), flags=re.DOTALL | re.MULTILINE))
    slides = [slide.strip() + "\n" for slide in re.split(r"^(?=#+ )", text, flags=re.MULTILINE) if slide.strip()]
    return _written(deck, folder, "slides.md", "---\nmarp: true\n---\n\n" + "\n---\n\n".join(slides))


def as_article(deck: Path, folder: Path) -> Path:
    """Writes what a deck says, notes included, as one plain text into `folder` with its pictures."""
    text = re.sub(r"^/// private.*?^///$", "", _text(deck), flags=re.DOTALL | re.MULTILINE)
    return _written(deck, folder, "article.md", _without_marks(text))


def _text(deck: Path) -> str:
    text = _source(deck).read_text(encoding="utf-8")
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


def _without_marks(text: str) -> str:
    """Without what another program would take for words: attributes, and the lines around blocks."""
    return re.sub(r"^////?.*$|\{[:#.][^{}\n]*\}|(?<=\))\{[^{}\n]*\}", "", text, flags=re.MULTILINE)


def _written(deck: Path, folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    for picture in _source(deck).parent.iterdir():
        if picture.suffix in _PICTURES:
            shutil.copy(picture, folder)
    return file


def _source(deck: Path) -> Path:
    return deck / "deck.md" if deck.is_dir() else deck


def _missing(name: str, what: str, remedy: str) -> None:
    sys.stderr.write(f"{name} is not compared with. Missing: {what} ({remedy})\n")
