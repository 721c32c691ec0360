"""Decks made for measuring: every frame carries a title, a paragraph, a list, code and a picture."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QLinearGradient, QPainter

if TYPE_CHECKING:
    from pathlib import Path

DEEPEST = 5


def write_deck(folder: Path, frames: int) -> Path:
    """Writes a deck of `frames` frames below its root into `folder` and returns its text file."""
    fan = max(2, round(frames ** (1 / 4)))
    children: dict[int, list[int]] = {0: []}
    depth = {0: 0}
    queue = [0]
    made = 0
    for parent in queue:
        if depth[parent] >= DEEPEST:
            break
        for _ in range(fan):
            if made >= frames:
                break
            made += 1
            children[parent].append(made)
            children[made] = []
            depth[made] = depth[parent] + 1
            queue.append(made)
    lines = ["---", "title: A deck to measure", "---", "", "# A deck to measure", ""]

    def write(node: int) -> None:
        if node:
            lines.extend(_frame(node, depth[node]))
        for child in children[node]:
            write(child)

    write(0)
    file = folder / "deck.md"
    file.write_text("\n".join(lines), encoding="utf-8")
    _picture().save(str(folder / "picture.png"))
    return file


def _frame(n: int, depth: int) -> list[str]:
    return [
        f"{'#' * (depth + 1)} Frame {n}: a nested idea",
        "",
        f"The canvas shows many frames at once; number {n} keeps its text live, so that zooming never blurs it.",
        "",
        "- first point with **bold** and *italic*",
        f"- second point, number {n * 7}",
        "- third point: π ≈ 3.14159",
        "",
        "```python",
        "def camera_at(t, path):",
        f"    u = path.ease(t) * {n}",
        "    return path.interpolate(u)  # van Wijk",
        "```",
        "",
        "![A gradient with dots](picture.png)",
        "",
    ]


def _picture() -> QImage:
    if QGuiApplication.instance() is None:
        raise RuntimeError("an application is needed to paint")
    image = QImage(680, 400, QImage.Format.Format_RGB32)
    dice = random.Random(3)
    painter = QPainter(image)
    ground = QLinearGradient(0, 0, 0, 400)
    ground.setColorAt(0, QColor("#fde2a7"))
    ground.setColorAt(1, QColor("#2b6777"))
    painter.fillRect(image.rect(), ground)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for _ in range(300):
        painter.setBrush(QColor(dice.randrange(256), dice.randrange(256), dice.randrange(256), 90))
        radius = dice.random() * 40
        painter.drawEllipse(QPointF(dice.random() * 680, dice.random() * 400), radius, radius)
    painter.end()
    return image
