"""Builds the Debian package and starts it once: `make package`.

    python packaging/debian/build.py

PyInstaller's bundle goes to /usr/lib/atelier; beside it lie what a desktop wants to know of a program and what Debian
wants to know of a package. Nothing here needs root: dpkg-deb says itself that everything belongs to it.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from atelier import __version__

HERE = Path(__file__).resolve().parent
HOUSE = HERE.parent.parent
BUILD = HOUSE / "build" / "package"
ICONS = HOUSE / "build" / "icons"
LINUX = HERE.parent / "linux"
KEYNOTE = "gateau-au-chocolat"
MAINTAINER = "The Atelier authors <atelier@localhost>"
LARGEST = 90_000_000
"""Bytes that a package must stay below."""
LOADED_LATE = ("libdbus-1.so.3",)
"""Libraries that Qt opens when it runs, so that no header names them."""
OPTIONAL = "libqgtk3.so"
"""A plugin that is used where its libraries are, on a desktop of GTK; no dependency is made of them."""


def main() -> int:
    sys.path.insert(0, str(HERE.parent))
    from trial import try_out

    from draw_icons import draw

    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    say("drawing the icons")
    draw(ICONS)
    say("collecting the program")
    bundle = collect()
    say("packing")
    package = pack(bundle)
    size = package.stat().st_size
    say(f"{package.relative_to(HOUSE)}: {size / 1e6:.1f} MB")
    if size >= LARGEST:
        say(f"that is too large: {LARGEST / 1e6:.0f} MB is the limit")
        return 1
    return try_out(package, BUILD / "trial", KEYNOTE)


def say(text: str) -> None:
    sys.stderr.write(f"package: {text}\n")


def collect() -> Path:
    """Has PyInstaller make the bundle; returns its folder."""
    log = BUILD / "pyinstaller.log"
    command = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        *("--distpath", BUILD / "bundle", "--workpath", BUILD / "work", HOUSE / "packaging" / "atelier.spec"),
    ]
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            command,
            cwd=HOUSE,
            env=os.environ | {"PYINSTALLER_CONFIG_DIR": str(BUILD / "work")},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        sys.stderr.write(log.read_text(encoding="utf-8")[-4000:])
        raise SystemExit(f"package: PyInstaller failed; its whole output is in {log}")
    return BUILD / "bundle" / "atelier"


def pack(bundle: Path) -> Path:
    """Lays the tree out and has dpkg-deb pack it; returns the package."""
    root = BUILD / "tree"
    share = root / "usr" / "share"
    shutil.copytree(bundle, root / "usr" / "lib" / "atelier", symlinks=True)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "atelier").symlink_to("../lib/atelier/atelier")

    install(LINUX / "atelier.desktop", share / "applications")
    install(LINUX / "atelier.xml", share / "mime" / "packages")
    for metainfo in LINUX.glob("*.metainfo.xml"):
        install(metainfo, share / "metainfo")
    install(HERE / "lintian-overrides", share / "lintian" / "overrides", "atelier")
    install(LINUX / "completion.bash", share / "bash-completion" / "completions", "atelier")
    shutil.copytree(ICONS / "hicolor", share / "icons" / "hicolor")
    scalable = share / "icons" / "hicolor" / "scalable"
    install(HOUSE / "src/atelier/resources/icons/atelier.svg", scalable / "apps")
    install(HERE.parent / "icons/deck.svg", scalable / "mimetypes", "text-vnd.atelier.deck.svg")
    for folder, page in (("man1", "atelier.1"), ("fr/man1", "atelier.fr.1")):
        compressed(share / "man" / folder / "atelier.1.gz", (LINUX / page).read_bytes())

    documents = share / "doc" / "atelier"
    compressed(documents / "changelog.gz", (HERE / "changelog").read_bytes())
    write_copyright(documents)
    (share / "atelier").mkdir()
    (share / "atelier" / "decks").symlink_to("../../lib/atelier/_internal/atelier/resources/decks")

    set_modes(root)
    architecture = run("dpkg", "--print-architecture").strip()
    write_control(root, architecture)
    package = BUILD / f"atelier_{__version__}_{architecture}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package))
    return package


def install(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


def compressed(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # no name and no time inside, as policy wants and so that the same text gives the same file
    target.write_bytes(gzip.compress(data, 9, mtime=0))


def set_modes(root: Path) -> None:
    """Readable by all, writable by the owner; only the program itself can be run."""
    for path in root.rglob("*"):
        if path.is_symlink():
            continue
        path.chmod(0o755 if path.is_dir() or path == root / "usr/lib/atelier/atelier" else 0o644)
    root.chmod(0o755)


# --- What Debian wants to know ---------------------------------------------------------------------------------------


def write_control(root: Path, architecture: str) -> None:
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    installed = sum(-(-path.stat().st_size // 1024) for path in files)
    fields = {
        "Package": "atelier",
        "Version": __version__,
        "Section": "text",
        "Priority": "optional",
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(installed),
        "Depends": ", ".join(dependencies(root / "usr" / "lib" / "atelier")),
        "Recommends": "shared-mime-info, xdg-utils",
        "Description": (HERE / "description").read_text(encoding="utf-8").rstrip(),
    }
    control = root / "DEBIAN"
    control.mkdir()
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    (control / "control").write_text(text, encoding="utf-8")
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    control.chmod(0o755)
    for path in control.iterdir():
        path.chmod(0o644)


def dependencies(bundle: Path) -> list[str]:
    """The packages that hold what the bundle is linked with but does not hold itself."""
    packages = {
        row.split()[0]: " ".join(row.split()[1:]).removesuffix(" *")
        for row in (HERE / "libraries").read_text(encoding="utf-8").splitlines()
        if not row.startswith("#")
    }
    names = {path.name for path in bundle.rglob("*")}
    wanted: dict[str, str] = dict.fromkeys(LOADED_LATE, "")
    libc = (0,)
    for path in sorted(bundle.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.read_bytes()[:4] != b"\x7fELF":
            continue
        headers = run("objdump", "-p", str(path))
        if path.name != OPTIONAL:
            wanted |= dict.fromkeys(re.findall(r"^  NEEDED +(\S+)", headers, re.MULTILINE), path.name)
        versions = re.findall(r" GLIBC_([0-9.]+)$", headers, re.MULTILINE)
        libc = max([libc, *(tuple(int(n) for n in text.split(".")) for text in versions)])
    found: set[str] = set()
    for name, user in wanted.items():
        if name in names or name.startswith("ld-linux"):
            continue
        if name not in packages:
            raise SystemExit(f"package: {user} needs {name}, and packaging/debian/libraries names no package for it")
        found.add(packages[name])
    found -= {"libc6"}
    return [f"libc6 (>= {'.'.join(str(n) for n in libc)})", *sorted(found)]


def write_copyright(documents: Path) -> None:
    from licences import copyright_text

    (documents / "copyright").write_text(copyright_text(BUILD / "work"), encoding="utf-8")


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
