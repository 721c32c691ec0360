"""A talk that is under way is not one to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.app.keeping import TalkKeeper
from atelier.deck.loading import load
from atelier.render.scene import build_scene

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def test_a_talk_never_offers_to_go_on_with_itself(tmp_path: Path, qapp: QApplication) -> None:
    file = tmp_path / "talk.md"
    file.write_text("# Talk\n\n## One\n\n## Two\n")
    scene = build_scene(load(file))
    keeper = TalkKeeper(scene, file, path="", language="", resume=None)
    keeper.talk.next()
    keeper.talk.first()
    assert keeper.flush()
    assert keeper.to_go_on_with() is None
    keeper.talk.record_in(lambda _moment, _event: None)  # the program is killed
    again = TalkKeeper(scene, file, path="", language="", resume=None)
    found = again.to_go_on_with()
    assert found is not None
    assert found.file == keeper.file
    again.end()
