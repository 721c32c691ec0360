"""Keyrings for the program as a process of its own: one that needs no desktop, so that what is asked of it is seen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_MODULE: Final = """import json, pathlib
from keyring.backend import KeyringBackend

class OnDisk(KeyringBackend):
    priority = 5
    file = pathlib.Path(__file__).with_name("kept.json")
    def _kept(self): return json.loads(self.file.read_text()) if self.file.exists() else {}
    def get_password(self, service, username): return self._kept().get(f"{service} {username}")
    def set_password(self, service, username, password):
        self.file.write_text(json.dumps(self._kept() | {f"{service} {username}": password}))
    def delete_password(self, service, username):
        self.file.write_text(json.dumps({k: v for k, v in self._kept().items() if k != f"{service} {username}"}))
"""


class KeyringOnDisk:
    """A keyring in `folder`; `environment` has a process use it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        (folder / "on_disk.py").write_text(_MODULE)
        self._file = folder / "kept.json"
        self.environment = {"PYTHONPATH": str(folder), "PYTHON_KEYRING_BACKEND": "on_disk.OnDisk"}

    @property
    def kept(self) -> dict[str, str]:
        """Passwords by service and name."""
        return json.loads(self._file.read_text()) if self._file.exists() else {}

    def keep(self, site: str, user: str, password: str) -> None:
        """As if it had been kept before."""
        self._file.write_text(json.dumps(self.kept | {f"Atelier {site} {user}": password}))
