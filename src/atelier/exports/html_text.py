"""The whole deck as one text: what a page shows without scripts, on paper, and to who does not see the canvas."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from atelier.deck.linear import linear
from atelier.deck.paths import FrameTable
from atelier.markup.audience import visible
from atelier.markup.local_words import date_text
from atelier.markup.semantics import HtmlText, text_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atelier.deck.types import Deck, Frame
    from atelier.exports.html_pictures import PagePictures
    from atelier.markup.blocks import Block, Content
    from atelier.render.scene import Scene

_OUTWARD = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_PICTURE = "picture:"
_SHOWN = re.compile(r'<img src="picture:(\d+)" alt="([^"]*)"((?: style="[^"]*")?)>')
_HEADING = re.compile(r"<(/?)h([1-6])(?=[ >])")
_IN_TEXT = 700.0
"""Units of a frame that a picture is taken to be wide in the text."""


class PageText:
    """Writes the frames of a scene, which everyone may see, as sections inside sections.

    `contents` gives the parsed text of a frame, for `notes` with its notes; `path` and the scene's language choose
    among what is for one alone.
    """

    def __init__(
        self, scene: Scene, contents: Callable[[int], Content], pictures: PagePictures, path: str, *, notes: bool
    ) -> None:
        self._scene = scene
        self._contents = contents
        self._pictures = pictures
        self._path = path
        self._notes = notes
        self._table = FrameTable(scene.deck.frames)
        self.ids = _html_ids(scene.deck)
        self._mark = _unused(self.ids)

    def whole(self, outline: str, notes: str) -> str:
        """The deck as an article; `outline` and `notes` are the words for those."""
        deck = self._scene.deck
        lang = self._scene.language
        title = text_html(deck.title)
        byline = " · ".join(text_html(each) for each in (deck.author, deck.event, date_text(deck.date, lang)) if each)
        out = ["<article>", "<header>", f"<h1>{title}</h1>"]
        if byline:
            out.append(f'<p class="byline">{byline}</p>')
        out += [f'<p class="abstract"{_lang(own, lang)}>{text_html(words)}</p>' for own, words in deck.abstract]
        out += ["</header>", f'<nav aria-label="{text_html(outline)}">', *self._list(deck.root.index), "</nav>"]
        out += self._section(deck.root, notes)
        if deck.licence:
            out.append(f"<footer><p>{text_html(deck.licence)}</p></footer>")
        out.append("</article>")
        return "\n".join(out)

    def _list(self, index: int) -> Iterator[str]:
        frames = self._scene.deck.frames
        frame = frames[index]
        link = f'<a href="#{text_html(self.ids[index])}">{text_html(frame.title) or "–"}</a>'
        if frame.parent < 0:
            yield f"<ol>\n<li>{link}</li>"
            for child in frame.children:
                yield from self._list(child)
            yield "</ol>"
            return
        yield f"<li>{link}"
        if frame.children:
            yield "<ol>"
            for child in frame.children:
                yield from self._list(child)
            yield "</ol>"
        yield "</li>"

    def _section(self, frame: Frame, notes: str) -> Iterator[str]:
        scene = self._scene
        around = scene.language if frame.parent < 0 else scene.deck.frames[frame.parent].lang or scene.language
        lang = frame.lang or around
        html = self._html(frame, lang)
        content = self._contents(frame.index)
        id_ = text_html(self.ids[frame.index])
        yield f'<section id="{id_}"{_lang(lang, around)}>'
        title = html.inlines(frame.title_inlines).strip()
        level = min(frame.depth + 1, 6)
        if title and frame.parent >= 0:
            yield f"<h{level}>{title}</h{level}>"
        blocks = linear(self._visible(content.blocks), lang, frame.title, scene.deck.agenda)
        if shown := html.blocks(blocks):
            yield _below(level, shown)
        if self._notes and content.notes:
            spoken = self._html(frame, lang, "s")
            said = spoken.blocks(linear(self._visible(content.notes), lang, frame.title, scene.deck.agenda))
            if said:
                said = _below(level, said)
                yield f'<div class="speaker" role="note" aria-label="{text_html(notes)}">\n{said}\n</div>'
        for child in frame.children:
            yield from self._section(scene.deck.frames[child], notes)
        yield "</section>"

    def _visible(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return visible(blocks, self._path, self._scene.language)

    def _html(self, frame: Frame, lang: str, kind: str = "") -> HtmlText:
        pictures = self._scene.pictures.beside(frame.origin)

        def picture(source: str) -> str:
            found = pictures.get(source, "")
            if found.missing:
                return ""
            return f"{_PICTURE}{self._pictures.picture(found, _IN_TEXT, _IN_TEXT / found.ratio)}"

        return HtmlText(picture, self._link, lang, f"{self._mark}{frame.index}{kind}-")

    def _link(self, href: str) -> str:
        if href.startswith("#"):
            found = self._table.find(href)
            return f"#{self.ids[found]}" if found is not None else ""
        return href if _OUTWARD.match(href) else ""


def _below(level: int, html: str) -> str:
    """`html` with its headings below one of that level, none skipped: so readers of headings find their way."""
    around: list[tuple[int, int]] = []

    def nested(found: re.Match[str]) -> str:
        given = int(found[2])
        if not found[1]:
            while around and around[-1][0] >= given:
                around.pop()
            around.append((given, min((around[-1][1] if around else level) + 1, 6)))
        return f"<{found[1]}h{around[-1][1]}"

    return _HEADING.sub(nested, html)


def with_pictures(html: str, pictures: PagePictures, ids: list[str]) -> tuple[str, set[int]]:
    """`html` with the pictures that it shows, each once in the file; and which those are.

    One that it shows again and again is drawn from a place before the text.
    """
    addresses = pictures.table()
    counts: dict[int, int] = {}
    for found in _SHOWN.finditer(html):
        counts[int(found[1])] = counts.get(int(found[1]), 0) + 1
    mark = "picture-"
    while any(id_.startswith(mark) for id_ in ids):
        mark = f"a-{mark}"

    def shown(found: re.Match[str]) -> str:
        number = int(found[1])
        if counts[number] == 1:
            return f'<img data-picture="{number}" src="{addresses[number]}" alt="{found[2]}"{found[3]}>'
        label = f' role="img" aria-label="{found[2]}"' if found[2].strip() else ' aria-hidden="true"'
        width, height = pictures.size(number)
        box = f' viewBox="0 0 {width} {height}"'
        return f'<svg class="picture"{label}{found[3]}{box}><use href="#{mark}{number}"/></svg>'

    written = _SHOWN.sub(shown, html)
    held = "".join(_held(mark, number, pictures) for number, count in counts.items() if count > 1)
    if held:
        written = f'<svg class="held" aria-hidden="true" width="0" height="0">\n{held}</svg>\n{written}'
    return written, set(counts)


def _held(mark: str, number: int, pictures: PagePictures) -> str:
    width, height = pictures.size(number)
    return (
        f'<image id="{mark}{number}" data-picture="{number}" width="{width}" height="{height}"'
        f' href="{pictures.table()[number]}"/>\n'
    )


def _html_ids(deck: Deck) -> list[str]:
    """The ids of the frames as HTML has them, which allows no spaces; each of its own."""
    taken: set[str] = set()
    out: list[str] = []
    for frame in deck.frames:
        id_ = text_id = re.sub(r"\s+", "-", unescape(text_html(frame.id))) or "frame"
        number = 1
        while id_ in taken:
            number += 1
            id_ = f"{text_id}-{number}"
        taken.add(id_)
        out.append(id_)
    return out


def _unused(ids: list[str]) -> str:
    """What no id of a footnote can share with one of a frame."""
    mark = "n"
    while any(id_.startswith((f"note-{mark}", f"ref-{mark}")) for id_ in ids):
        mark += "n"
    return mark


def _lang(lang: str, around: str) -> str:
    return f' lang="{text_html(lang)}"' if lang and lang != around else ""
