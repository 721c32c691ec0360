"""Draws the pictures of the README with the program itself: `make pictures`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEYNOTE = HERE.parent.parent / "decks" / "gateau-au-chocolat"
STOPS = {"keynote-overview": "gateau", "keynote-slice": "complications", "keynote-frame": "savon"}
WIDTH, HEIGHT = 1280, 720
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
    from atelier.deck.loading import load
    from atelier.exports.stops import StopPicture, paint_stop
    from atelier.foundation.geometry import Size
    from atelier.foundation.settings import Settings, save_settings
    from atelier.foundation.translation import set_language
    from atelier.render.scene import Look, build_scene

    set_language("fr")
    app = application()
    scene = build_scene(load(KEYNOTE))
    size = Size(float(WIDTH), float(HEIGHT))
    for name, id_ in STOPS.items():
        frame = scene.deck.frame(id_)
        if frame is None:
            raise LookupError(id_)
        place = scene.canvas.place_of[frame.index]
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        camera = home(scene.canvas, place, size.ratio)
        paint_stop(scene, painter, StopPicture(frame.title, place, 0, camera, Look(focus=place)), size)
        painter.end()
        image.save(str(HERE / f"{name}.png"))

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


if __name__ == "__main__":
    main()
