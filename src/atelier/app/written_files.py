"""What can be done with files once they are written: open them, show their folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from atelier.foundation.texts import deck_name
from atelier.foundation.translation import _
from atelier.windows.notice import Action, Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.app.program_run import WrittenFile
    from atelier.foundation.run_messages import Failure


def usual_folder(deck: Path) -> Path:
    """Where what is made of a deck goes as long as nobody chose a folder: one of its own among the documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "Atelier" / deck_name(deck)


def ask_for_folder(parent: QWidget, folder: Path) -> str:
    """The folder to write to; empty where nobody chose one."""
    there = next((each for each in (folder, *folder.parents) if each.is_dir()), folder)
    return QFileDialog.getExistingDirectory(parent, _("Into which folder"), str(there))


def actions_for(files: Sequence[WrittenFile]) -> tuple[Action, ...]:
    """To open the first of them, and to show where they are."""
    if not files:
        return ()
    first = files[0].path
    return (Action(_("Open"), partial(open_path, first)), Action(_("Folder"), partial(open_path, first.parent)))


def open_path(path: Path) -> None:
    """Opens a file or folder in the program it is for."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def notice_of(failure: Failure) -> Notice:
    return Notice(failure.message, failure.hint, failure.where, "error")
