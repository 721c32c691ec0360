"""What was chosen the last time a deck was exported or written up, kept for each deck."""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from atelier.foundation.atomic import write_atomic
from atelier.foundation.settings import data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST: Final = 64 * 1024
"""Bytes of a file of choices."""
Values = dict[str, str | bool]


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """`ticked` are the ids of what is to be made; `values` by the id of each, and of its options; `folder` is empty
    where nobody chose one. What they mean is known to who asks: ids that are no more are passed over.
    """

    ticked: tuple[str, ...] = ()
    values: Mapping[str, Values] = field(default_factory=dict[str, Values])
    folder: str = ""


def load_choices(deck: Path) -> ExportChoices:
    """What was chosen for the deck in that file; what cannot be read is as if nothing had been."""
    file = _file(deck)
    try:
        raw: object = json.loads(file.read_bytes()) if file.stat().st_size <= LARGEST else None
    except (OSError, ValueError, RecursionError):
        return ExportChoices()
    said: dict[str, Any] = cast("dict[str, Any]", raw) if isinstance(raw, dict) else {}
    ticked: Any = said.get("ticked")
    values: Any = said.get("values")
    folder: Any = said.get("folder")
    return ExportChoices(
        tuple(each for each in cast("list[object]", ticked) if isinstance(each, str))
        if isinstance(ticked, list)
        else (),
        {
            name: {
                id_: value for id_, value in cast("dict[str, object]", each).items() if isinstance(value, str | bool)
            }
            for name, each in cast("dict[str, object]", values).items()
            if isinstance(each, dict)
        }
        if isinstance(values, dict)
        else {},
        folder if isinstance(folder, str) and "\0" not in folder and Path(folder).is_absolute() else "",
    )


def save_choices(deck: Path, choices: ExportChoices) -> None:
    """Keeps them for the next time; where that cannot be, everything begins as usual then."""
    said = {"deck": str(deck), "ticked": choices.ticked, "values": choices.values, "folder": choices.folder}
    with contextlib.suppress(OSError):
        write_atomic(_file(deck), json.dumps(said, ensure_ascii=True, indent=1).encode())


def _file(deck: Path) -> Path:
    name = hashlib.sha256(str(deck.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return data_folder() / "exports" / f"{name}.json"
