"""Draws the pictures of the README with the program itself: `make pictures`."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from atelier.render.scene import Scene

HERE = Path(__file__).resolve().parent
KEYNOTE = HERE.parent.parent / "decks" / "gateau-au-chocolat"
STOPS = {"keynote-overview": "gateau", "keynote-slice": "complications", "keynote-frame": "savon"}
WIDTH, HEIGHT = 1280, 720
LOOKS = (("chocolat", "cake"), ("clair", "ring"), ("nuit", "tree"), ("craie", "timeline"))
"""Theme and layout of each quarter of one picture."""
DAY = {
    "9:00": "Who is here",
    "9:30": "What makes a post",
    "10:30": "Choose a subject",
    "11:15": "Write",
    "12:15": "Lunch",
    "13:30": "Be read",
    "14:30": "Correct",
    "15:30": "Rewrite",
    "16:30": "Tell others",
}
CALM = 4000
"""Milliseconds in which the library has read its decks and painted their thumbnails."""


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["LANG"] = "fr_FR.UTF-8"
    with tempfile.TemporaryDirectory() as home:
        os.environ["ATELIER_HOME"] = home
        _draw()


def _draw() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QImage, QPainter

    from atelier.app.library import Library
    from atelier.app.qt import application
    from atelier.canvas.camera import home
    from atelier.deck.loading import load, read
    from atelier.exports.stops import StopPicture, paint_stop
    from atelier.foundation.geometry import Size
    from atelier.foundation.settings import Settings, save_settings
    from atelier.foundation.translation import set_language
    from atelier.render.scene import Look, build_scene

    set_language("fr")
    app = application()

    def draw(scene: Scene, place: int, width: int, height: int) -> QImage:
        image = QImage(width, height, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        size = Size(float(width), float(height))
        camera = home(scene.canvas, place, size.ratio)
        frame = scene.canvas.places[place].frame
        paint_stop(scene, painter, StopPicture(0, frame, place, camera, Look(focus=place)), size)
        painter.end()
        return image

    scene = build_scene(load(KEYNOTE))
    for name, id_ in STOPS.items():
        frame = scene.deck.frame(id_)
        if frame is None:
            raise LookupError(id_)
        draw(scene, scene.canvas.place_of[frame.index], WIDTH, HEIGHT).save(str(HERE / f"{name}.png"))

    looks = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(looks)
    for i, (theme, layout) in enumerate(LOOKS):
        quarter = draw(build_scene(read(_day(theme, layout).encode())), 0, WIDTH // 2, HEIGHT // 2)
        painter.drawImage(i % 2 * WIDTH // 2, i // 2 * HEIGHT // 2, quarter)
    painter.end()
    looks.save(str(HERE / "looks.png"))

    _draw_console(app, scene)

    settings = Settings(colours="light", language="fr")
    save_settings(settings.with_opened(KEYNOTE, scene.deck.title, len(scene.deck.frames)))
    library = Library(app)
    library.window.resize(WIDTH, HEIGHT)
    library.window.show()
    QTimer.singleShot(CALM, app.quit)
    app.exec()
    library.window.show()
    library.window.grab().save(str(HERE / "library.png"))
    library.window.close()


def _draw_console(app: QApplication, scene: Scene) -> None:
    """The console in the middle of the keynote, some minutes late."""
    from PySide6.QtCore import QTimer

    from atelier.render.tiles import TileCache
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.console.window import Console
    from atelier.windows.ground import talk_over
    from atelier.windows.icons import Icons
    from atelier.windows.style import Appearance
    from atelier.windows.tokens import Scheme

    moment = datetime(2026, 3, 14, 14, 0, tzinfo=UTC).timestamp()
    appearance = Appearance(app, Scheme.DARK)
    talk = talk_over(scene, now=lambda: moment)
    talk.begin("complet")
    audience = AudienceWindow(scene, TileCache(), talk, lambda: appearance)
    audience.resize(WIDTH, HEIGHT)
    audience.start()
    audience.show()
    console = Console(
        talk, audience, lambda: appearance, Icons(appearance), lambda: datetime.fromtimestamp(moment, tz=UTC)
    )
    console.time_bar.show_room("EPSON EB-L210")
    console.resize(1440, 900)
    console.show()
    for _ in range(38):
        talk.next()
        moment += 42.0
    console.board.look()
    QTimer.singleShot(CALM, app.quit)
    app.exec()
    console.grab().toImage().scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation).save(
        str(HERE / "console.png")
    )
    audience.close()
    console.close()


def _day(theme: str, layout: str) -> str:
    """A workshop in that theme and layout."""
    frames = "".join(f'## {title} {{label="{time}"}}\n\nText.\n\n' for time, title in DAY.items())
    return f"---\ntheme: {theme}\n---\n\n# Writing for a blog {{layout={layout}}}\n\nOne day, by hand.\n\n{frames}"


if __name__ == "__main__":
    main()
