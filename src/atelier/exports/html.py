"""A deck as one HTML file that flies in any browser, from disk, with no network."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from atelier.exports.glyph_fonts import GlyphFonts
from atelier.exports.html_deck import PageDeck
from atelier.exports.html_drawing import Drawing
from atelier.exports.html_page import TextFonts, page
from atelier.exports.html_pictures import PagePictures
from atelier.exports.html_text import PageText, with_pictures
from atelier.exports.html_words import words
from atelier.typeset import fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from atelier.canvas.route import RouteStop
    from atelier.deck.looks import Theme
    from atelier.exports.pdf_reading import Metadata
    from atelier.foundation.progress import Progress
    from atelier.markup.blocks import Content
    from atelier.render.scene import Scene

_TAG = re.compile(r"<[^>]*>")
_SIZE = 64.0


def write_html(
    scene: Scene,
    route: Sequence[RouteStop],
    contents: Callable[[int], Content],
    draft: Path,
    metadata: Metadata,
    progress: Progress,
    *,
    path: str = "",
    notes: bool = False,
) -> None:
    """Writes all of `scene` to `draft`, flown along `route`. `contents` gives the parsed text of its frames.

    Raises OSError where the file cannot be written, and leaves what there is of it.
    """
    pictures = PagePictures()
    drawing = Drawing(pictures, GlyphFonts())
    text = PageText(scene, contents, pictures, path, notes=notes)
    deck = PageDeck(scene, route, drawing, text.ids)
    count = len(scene.canvas.places)
    for place in deck.add_faces():
        progress(place, count)
    said = words(scene.language)
    html = text.whole(str(said["outline"]), str(said["notes"]))
    values = deck.values(notes=notes)
    text_fonts = _text_fonts(drawing.fonts, scene.theme, html)
    pictures.write(lambda _done, _total: progress(count - 1, count))
    html, shown = with_pictures(html, pictures, text.ids)
    files = dict(drawing.fonts.files())
    tables = drawing.tables()
    tables["pictures"] = [n if n in shown else address for n, address in enumerate(pictures.table())]
    values |= tables | {"fonts": sorted(files)}
    written = page(metadata, html, values, files, text_fonts, scene.theme)
    with draft.open("x", encoding="utf-8", errors="replace", newline="\n") as out:
        out.write(written)
    progress(count, count)


def _text_fonts(made: GlyphFonts, theme: Theme, html: str) -> TextFonts:
    """The fonts of the text, as the theme has them, with the characters that stand in it."""
    text = "".join(sorted(set(unescape(_TAG.sub("", html)))))
    kinds = theme.fonts
    titles, body, code = kinds.titles, kinds.body, kinds.code
    families = (body.family, *body.fallback)
    heading = fonts.font(
        (titles.family, *titles.fallback), _SIZE, titles.weight, optical=titles.optical.title, tracking=titles.tracking
    )
    return TextFonts(
        made.number(fonts.font(families, _SIZE, body.weight), text),
        made.number(fonts.font(families, _SIZE, body.strong_weight), text),
        made.number(fonts.font(families, _SIZE, body.weight, italic=True), text),
        made.number(heading, text),
        made.number(
            fonts.font((code.family, *code.fallback), _SIZE, code.weight, features_off=code.features_off), text
        ),
    )
