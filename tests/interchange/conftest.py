"""Other programs, each started anew with a profile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.interchange.site import running_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.interchange.site import Site

    Convert = Callable[[Path, str], Path]

SECONDS = 90
"""That a conversion may take on a busy machine."""


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir></fontconfig>
"""
"""The families of the bundled themes as if they were installed."""


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A WordPress; its folder has a short name, for that of a socket may have a hundred signs."""
    folder = Path(tempfile.mkdtemp(prefix="wp"))
    try:
        with running_site(folder) as running:
            yield running
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from atelier.foundation.resources import FONTS as FOLDER

    profile = tmp_path_factory.mktemp("libreoffice")
    (profile / "fonts.conf").write_text(FONTS.format(folder=FOLDER), encoding="utf-8")
    return profile


@pytest.fixture
def by_libreoffice(office_profile: Path, tmp_path: Path) -> Convert:
    """`by_libreoffice(file, "pdf")` opens a file in LibreOffice, writes it as another kind and says where."""

    def convert(file: Path, kind: str) -> Path:
        out = tmp_path / "by-libreoffice"
        profile = f"-env:UserInstallation={office_profile.as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(file)]
        environment = os.environ | {"HOME": str(office_profile), "FONTCONFIG_FILE": str(office_profile / "fonts.conf")}
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False, env=environment)
        made = out / f"{file.stem}.{kind.partition(':')[0]}"
        assert made.is_file(), done.stdout + done.stderr
        return made

    return convert
