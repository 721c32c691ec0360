"""Frames that were put in from other files, as they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.canvas.faces import Face
from atelier.deck.loading import load
from atelier.render.scene import Scene, build_scene
from atelier.render.tiles import Signatures
from atelier.typeset.display import TextItem

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")

CASE = """# Case

![A square](square.svg)

Seen.

/// private
Hush.
///

## Apart {.private}

Hush.
"""


def square(colour: str) -> str:
    body = f'<rect width="10" height="10" fill="{colour}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{body}</svg>'


def scene_of(folder: Path, text: str, **cases: str) -> Scene:
    for name, case in cases.items():
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "case.md").write_text(case, encoding="utf-8")
        (folder / name / "square.svg").write_text(square(name), encoding="utf-8")
    (folder / "deck.md").write_text(text, encoding="utf-8")
    return build_scene(load(folder))


def words(scene: Scene) -> str:
    """What all faces of all places say."""
    places = range(len(scene.canvas.places))
    faces = [scene.typesetter.face(place, face) for place in places for face in Face]
    return "\n".join(item.layout.text() for face in faces for item in face.items if isinstance(item, TextItem))


def test_each_file_has_its_own_pictures(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, "# Talk\n\n## A\n\n![[red/case]]\n\n## B\n\n![[blue/case]]\n", red=CASE, blue=CASE)
    words(scene)
    assert {tmp_path / "red/square.svg", tmp_path / "blue/square.svg"} <= set(scene.files())
    assert {tmp_path / "red/case.md", tmp_path / "blue/case.md"} <= set(scene.files())


def test_nothing_private_of_them_is_drawn(tmp_path: Path) -> None:
    hidden = CASE.replace("Seen", "Hush")
    mine = "## Mine {.private}\n\n![[blue/case]]\n\n"
    last = "## Last\n\n/// private\n![[green/case]]\n///\n\n![[green/case]]{.private}\n"
    scene = scene_of(tmp_path, f"# Talk\n\n![[red/case]]\n\n{mine}{last}", red=CASE, blue=hidden, green=hidden)
    assert [frame.id for frame in scene.deck.frames] == ["talk", "case", "last"]
    shown = words(scene)
    assert "Seen" in shown
    assert "Hush" not in shown
    assert "Hush" not in repr(scene.diagnostics)


def test_the_tile_of_another_file_is_another(tmp_path: Path) -> None:
    text = "# Talk\n\n![[red/case]]\n"
    before = scene_of(tmp_path, text, red=CASE, blue=CASE)
    after = scene_of(tmp_path, text.replace("red", "blue"), red=CASE, blue=CASE)
    after = build_scene(after.deck, before)
    place = after.canvas.place_of[1]
    assert after.deck.frames[1].id == before.deck.frames[1].id
    assert Signatures(after).own(place) != Signatures(before).own(place)
