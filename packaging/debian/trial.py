"""Starts a Debian package without installing it: unpacked, in an environment with nothing of this checkout."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 60.0
"""Seconds until something that ought to happen is given up."""
COLOURS = 500
"""A window that shows the keynote has more different colours than this; an empty one or a notice has fewer."""
SIZE = (1280, 720)


class TrialError(Exception):
    """What did not happen."""


def try_out(package: Path, folder: Path, keynote: str) -> int:
    """Unpacks `package` into `folder` and tries what a person would do first; an exit code."""
    shutil.rmtree(folder, ignore_errors=True)
    root = folder / "root"
    root.mkdir(parents=True)
    subprocess.run(["dpkg-deb", "--extract", package, root], check=True)
    trial = Trial(root, folder)
    deck = root / "usr/share/atelier/decks" / keynote
    try:
        trial.says_its_version(package.name.split("_")[1])
        trial.writes(deck)
        trial.run("check", "--layout", str(deck))
        if shutil.which("Xvfb"):
            trial.shows(deck)
        else:
            say("there is no Xvfb here, so no window was opened")
        check_with_tools(package, root)
    except TrialError as failure:
        say(f"the package does not work: {failure}")
        return 1
    shutil.rmtree(root)
    return 0


def say(text: str) -> None:
    sys.stderr.write(f"trial: {text}\n")


class Trial:
    """The unpacked program, run as it would be by someone who has nothing else of it."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.program = root / "usr/bin/atelier"
        self.folder = folder
        home = folder / "home"
        home.mkdir()
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}

    def says_its_version(self, version: str) -> None:
        started = time.monotonic()
        said = self.run("--version").strip()
        if said != f"atelier {version}":
            raise TrialError(f"“atelier --version” said “{said}”")
        say(f"{said}, after {time.monotonic() - started:.2f} s")

    def writes(self, deck: Path) -> None:
        self.run("export", str(deck), "--to", "pdf", "-o", str(self.folder))
        (file,) = self.folder.glob("*.pdf")
        self.run("import", str(file), "-o", "read")
        frames = (self.folder / "read" / "deck.md").read_text(encoding="utf-8")
        count = len(list((self.folder / "read" / "pictures").iterdir()))
        if count < 2 or "chocolat" not in frames:
            raise TrialError(f"the keynote, as PDF and read again, has {count} pages and begins “{frames[:80]}”")
        say(f"the keynote as PDF, and read again: {count} pages")

    def shows(self, deck: Path) -> None:
        """Opens a window on a virtual screen and waits for the first picture."""
        read, write = os.pipe()
        with (self.folder / "xvfb.log").open("w", encoding="utf-8") as log:
            server = subprocess.Popen(
                [
                    *("Xvfb", f":{100 + os.getpid() % 50_000}", "-displayfd", str(write), "-noreset"),
                    *("-nolisten", "tcp", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-fbdir", self.folder),
                ],
                pass_fds=[write],
                stdout=log,
                stderr=log,
            )
        os.close(write)
        try:
            with os.fdopen(read) as pipe:
                number = pipe.readline().strip()
            if not number:
                raise TrialError("Xvfb did not start")
            self._wait_for_picture(deck, f":{number}")
        finally:
            server.terminate()
            server.wait()

    def _wait_for_picture(self, deck: Path, display: str) -> None:
        started = time.monotonic()
        with (self.folder / "window.log").open("w+", encoding="utf-8") as log:
            process = subprocess.Popen(
                [self.program, "present", deck],
                env=self.environment | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
                stdout=log,
                stderr=log,
            )
            try:
                while (colours := len(set(self._screen()[2][:: SIZE[0] // 20 - 1]))) < COLOURS:
                    if process.poll() is not None or time.monotonic() - started > PATIENCE:
                        log.seek(0)
                        raise TrialError(f"the window showed {colours} colours after {PATIENCE:.0f} s. {log.read()}")
                    time.sleep(0.01)
                say(f"a window with the keynote, after {time.monotonic() - started:.2f} s")
                self._keep_picture()
            finally:
                process.terminate()
                process.wait(PATIENCE)

    def _screen(self) -> tuple[int, int, memoryview]:
        """Width, height and pixels of the screen, read from the server's memory: an XWD file (X11/XWDFile.h)."""
        data = (self.folder / "Xvfb_screen0").read_bytes()
        (header,) = struct.unpack_from(">I", data)
        width, height = struct.unpack_from(">II", data, 16)
        (colours,) = struct.unpack_from(">I", data, 76)
        start = header + 12 * colours
        return width, height, memoryview(data)[start : start + 4 * width * height].cast("I")

    def _keep_picture(self) -> None:
        from PySide6.QtGui import QImage

        width, height, pixels = self._screen()
        QImage(pixels.tobytes(), width, height, QImage.Format.Format_RGB32).save(str(self.folder / "window.png"))

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [self.program, *arguments],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        if done.returncode:
            raise TrialError(f"“atelier {' '.join(arguments)}” ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout


def check_with_tools(package: Path, root: Path) -> None:
    """Has the tools look at the package that are installed here; none of them is needed to build it."""
    share = root / "usr/share"
    metainfo = [str(file) for file in (share / "metainfo").iterdir()]
    tools = (
        ("desktop-file-validate", str(share / "applications/atelier.desktop")),
        ("appstreamcli", "validate", "--no-net", *metainfo),
        ("lintian", "--fail-on", "error", str(package)),
    )
    for tool, *arguments in tools:
        if shutil.which(tool) is None:
            continue
        done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            raise TrialError(f"{tool} says:\n{done.stdout}{done.stderr}")
        say(f"{tool}: nothing to complain about")
