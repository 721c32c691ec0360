"""What lies beside the program in a package: that it says the same as the program, and that the tools can read it.

`make package` builds the package itself and starts it.
"""

from __future__ import annotations

import configparser
import re
import runpy
import struct
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QImage

from atelier import __version__
from atelier.cli.arguments import COMMANDS, parser
from atelier.foundation.errors import UsageError

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
LINUX = PACKAGING / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def tools() -> dict[str, Any]:
    """What packaging/debian/build.py defines."""
    return runpy.run_path(str(PACKAGING / "debian" / "build.py"))


def options_of(command: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The long options a command takes, as its help lists them."""
    with pytest.raises((SystemExit, UsageError)):
        parser().parse_args([command, "--help"])
    return set(re.findall(r"--[a-z]+(?:-[a-z]+)*", capsys.readouterr().out)) - {"--help"}


@pytest.mark.parametrize("file", ["atelier.1", "atelier.fr.1", "completion.bash"])
def test_every_command_and_option_is_described(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (LINUX / file).read_text(encoding="utf-8").replace("\\-", "-")
    for command in COMMANDS:
        assert re.search(rf"\b{command}\b", text)
        options = options_of(command, capsys)
        assert options or command == "place"
        assert options <= set(re.findall(r"--[a-z]+(?:-[a-z]+)*", text)), command


@pytest.mark.parametrize("file", ["atelier.1", "atelier.fr.1", "completion.bash"])
def test_no_option_is_described_that_is_not_there(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (LINUX / file).read_text(encoding="utf-8").replace("\\-", "-")
    known = {"--help", "--version"}.union(*(options_of(command, capsys) for command in COMMANDS))
    assert set(re.findall(r"--[a-z]+(?:-[a-z]+)*", text)) <= known


def test_all_name_the_version_of_the_program() -> None:
    metainfo = ET.parse(next(LINUX.glob("*.metainfo.xml"))).getroot()
    releases = [release.get("version") for release in metainfo.iter("release")]
    assert releases[0] == __version__
    assert (PACKAGING / "debian/changelog").read_text(encoding="utf-8").startswith(f"atelier ({__version__}) ")
    for page in ("atelier.1", "atelier.fr.1"):
        assert f'"atelier {__version__}"' in (LINUX / page).read_text(encoding="utf-8").splitlines()[0]


def test_the_menu_entry_opens_decks_and_speaks_french() -> None:
    entry = configparser.RawConfigParser(strict=True)
    entry.optionxform = lambda optionstr: optionstr
    entry.read(LINUX / "atelier.desktop", encoding="utf-8")
    main = entry["Desktop Entry"]
    deck = ET.parse(LINUX / "atelier.xml").getroot().find(f"{MIME}mime-type")
    assert deck is not None
    assert deck.get("type") in main["MimeType"].split(";")
    for name in ("GenericName", "Comment", "Keywords"):
        assert main[name] != main[f"{name}[fr]"]
    for action in main["Actions"].strip(";").split(";"):
        section = entry[f"Desktop Action {action}"]
        assert section["Name"] != section["Name[fr]"]
        assert section["Exec"].split()[1] in COMMANDS
    # the name by which a window says whose it is: QGuiApplication.setDesktopFileName
    assert main["StartupWMClass"] == main["Icon"] == "atelier"


def test_a_deck_by_name_is_a_kind_of_markdown() -> None:
    deck = ET.parse(LINUX / "atelier.xml").getroot().find(f"{MIME}mime-type")
    assert deck is not None
    (parent,) = deck.iter(f"{MIME}sub-class-of")
    assert parent.get("type") == "text/markdown"
    # 50 is the weight of *.md, which would win otherwise
    globs = {glob.get("pattern"): int(glob.get("weight", "50")) for glob in deck.iter(f"{MIME}glob")}
    assert set(globs) == {"deck.md", "*.deck.md"}
    assert min(globs.values()) > 50
    assert [comment.get(LANGUAGE) for comment in deck.iter(f"{MIME}comment")] == [None, "fr"]


def test_the_software_centre_is_told_everything_in_both_languages() -> None:
    metainfo = ET.parse(next(LINUX.glob("*.metainfo.xml"))).getroot()
    for tag in ("p", "li", "summary"):
        languages = [element.get(LANGUAGE) for element in metainfo.iter(tag)]
        assert languages.count(None) == languages.count("fr") > 0
    provided = [element.text for element in metainfo.iter("mediatype")]
    assert "text/vnd.atelier.deck" in provided
    assert metainfo.findtext("launchable") == "atelier.desktop"


def test_icons_are_drawn_in_every_size_and_form(tmp_path: Path) -> None:
    icons = runpy.run_path(str(PACKAGING / "draw_icons.py"))
    icons["draw"](tmp_path)
    for kind, name in (("apps", "atelier"), ("mimetypes", "text-vnd.atelier.deck")):
        for size in (16, 24, 32, 48, 64, 128, 256, 512):
            picture = QImage(str(tmp_path / f"hicolor/{size}x{size}/{kind}/{name}.png"))
            assert (picture.width(), picture.height()) == (size, size)
            colours = [picture.pixelColor(size // 2, y) for y in range(size // 4, size - size // 8)]
            assert min(colour.alpha() for colour in colours) == 255
            assert min(colour.lightness() for colour in colours) < 80, "there is chocolate"
            assert max(colour.lightness() for colour in colours) > 180, "and cream, or paper"
            assert picture.pixelColor(0, 0).alpha() < 128, "the corners are round"
    for name in ("atelier", "deck"):
        ico = (tmp_path / f"{name}.ico").read_bytes()
        assert struct.unpack_from("<HHH", ico) == (0, 1, 6)
        for entry in range(6):
            width, *_, length, offset = struct.unpack_from("<BBBBHHII", ico, 6 + 16 * entry)
            assert QImage.fromData(ico[offset : offset + length]).width() == (width or 256)
        icns = (tmp_path / f"{name}.icns").read_bytes()
        assert struct.unpack_from(">4sI", icns) == (b"icns", len(icns))


def test_what_the_bundle_is_linked_with_becomes_dependencies(
    tools: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    objdump = tmp_path / "programs" / "objdump"
    objdump.parent.mkdir()
    objdump.write_text('#!/bin/sh\ncat "$2.headers"\n', encoding="utf-8")
    objdump.chmod(0o755)
    monkeypatch.setenv("PATH", str(objdump.parent), prepend=":")
    bundle = tmp_path / "bundle"
    bundle.mkdir()

    def link(name: str, *needed: str) -> None:
        (bundle / name).write_bytes(b"\x7fELF")
        lines = "".join(f"  NEEDED               {library}\n" for library in needed)
        versions = "    0x0000 0x00 07 GLIBC_2.9\n    0x0000 0x00 08 GLIBC_2.34\n"
        (bundle / f"{name}.headers").write_text(lines + versions, encoding="utf-8")

    link("atelier", "libQt6Core.so.6", "libc.so.6")
    link("libQt6Core.so.6", "libglib-2.0.so.0", "libz.so.1", "ld-linux-x86-64.so.2")
    link("libqgtk3.so", "libgtk-3.so.0")
    assert tools["dependencies"](bundle) == [
        "libc6 (>= 2.34)",
        "libdbus-1-3",
        "libglib2.0-0 | libglib2.0-0t64",
        "zlib1g",
    ]
    link("libqxcb.so", "libunheard.so.3")
    with pytest.raises(SystemExit, match=r"libqxcb\.so needs libunheard\.so\.3"):
        tools["dependencies"](bundle)


def test_only_what_the_program_needs_is_taken_along() -> None:
    distributions = runpy.run_path(str(PACKAGING / "distributions.py"))
    foreign = set(distributions["foreign_modules"]("atelier"))
    assert {"pytest", "hypothesis", "PyInstaller"} <= foreign
    assert foreign.isdisjoint({"atelier", "PySide6", "markdown", "pygments", "yaml", "qtawesome", "qtpy"})


def test_the_package_shows_the_licence_of_everything_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of those files are older than UTF-8, and some are about builds for other systems."""
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    licences = runpy.run_path(str(PACKAGING / "debian" / "licences.py"))
    needed = runpy.run_path(str(PACKAGING / "distributions.py"))["needed"]("atelier")
    assert {"pypdfium2", "python-pptx", "markdown"} <= needed
    for name in needed - {"atelier"}:
        text = licences["licence_of"](name)
        assert len(text) > 20, name
        assert "\ufffd" not in text
        assert "GNU GENERAL PUBLIC LICENSE\n" not in text, name
