"""The bar of a frame with films or sounds: play, how much is left, how loud, and whether one hears anything at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSlider, QWidget

from atelier.foundation.translation import _
from atelier.talk.events import Moved, PathChosen
from atelier.talk.wording import clock_words
from atelier.windows.controls import Button, CommandCaps, frame, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.playback import Playback
    from atelier.talk.session import Talk
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.icons import Icons

LOUDEST = 100


class MediaBar(QWidget):
    """There while the frame shown has films or sounds. `run` runs a command."""

    def __init__(self, talk: Talk, audience: AudienceWindow, icons: Icons, run: Callable[[str], object]) -> None:
        super().__init__()
        self._audience = audience
        self._icons = icons
        self._listens = False
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        panel = frame("panel")
        outer.addWidget(panel)
        row = QHBoxLayout(panel)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(10)
        self.play = Button("", "tool").for_command("media.play").when_clicked(lambda: self._run(run, "media.play"))
        self.title = label("", "strong")
        self.left = label("", "small")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(_("How much has been played"))
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, LOUDEST)
        self.volume.setValue(LOUDEST)
        self.volume.setFixedWidth(120)
        self.volume.setAccessibleName(_("Volume"))
        self.volume.setToolTip(_("Volume"))
        self.volume.valueChanged.connect(self._on_volume)
        self.test = Button(_("Test the sound"), "ghost", dense=True)
        self.test.for_command("media.test").when_clicked(lambda: self._run(run, "media.test"))
        row.addWidget(self.play)
        row.addWidget(CommandCaps("media.play"))
        row.addWidget(self.title)
        row.addWidget(self.progress, 1)
        row.addWidget(self.left)
        row.addWidget(label(_("Volume"), "dim"))
        row.addWidget(self.volume)
        row.addWidget(self.test)
        talk.listen(self._on_event)
        self.refresh()

    def refresh(self) -> None:
        """Shows the bar where it is needed, with what is played."""
        needed = self._audience.has_media
        if needed:
            media = self._audience.media
            if not self._listens:
                self._listens = True
                media.changed.connect(self._show)
            self.title.setText(media.titles[0] if media.titles else "")
            self._show(media.playback)
        self.setVisible(needed)

    def _on_event(self, event: Event, before: Position) -> None:  # noqa: ARG002 - a listener's
        if isinstance(event, Moved | PathChosen):
            self.refresh()

    def _show(self, playback: Playback | None) -> None:
        playing = playback is not None and playback.playing
        self._icons.dress(self.play, "pause" if playing else "play", "text", 20)
        self.progress.setValue(round(playback.share * 1000) if playback is not None else 0)
        if playback is None or not playback.duration:
            self.left.setText("")
            return
        self.title.setText(playback.title)
        words = _("{left} left of {whole}")
        self.left.setText(words.format(left=clock_words(playback.left), whole=clock_words(playback.duration)))

    def _run(self, run: Callable[[str], object], id_: str) -> None:
        run(id_)
        self.refresh()

    def _on_volume(self, value: int) -> None:
        self._audience.media.set_volume(value / LOUDEST)
