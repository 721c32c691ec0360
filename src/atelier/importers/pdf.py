"""PDF: a frame a page, the page as its picture, its words as notes. Read by PDFium."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, Final, cast

from atelier.foundation.errors import InputError, Location
from atelier.foundation.progress import unseen
from atelier.foundation.texts import read_bytes
from atelier.foundation.translation import _
from atelier.importers.markdown import escaped, escaped_line
from atelier.importers.pdf_pages import Page, drawn
from atelier.importers.pdf_workers import pages
from atelier.importers.settings import common_settings
from atelier.importers.types import Slide, Talk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atelier.foundation.progress import Progress
    from atelier.importers.losses import Losses
    from atelier.importers.pictures import Pictures

LARGEST: Final = 512 * 1024 * 1024  # bytes
MOST_PAGES: Final = 1_000
_TITLE: Final = 80
_LONGEST_NOTES: Final = 20_000
_NO_TITLE = re.compile(r"\.\w{2,5}$|^untitled|^Microsoft|^PowerPoint", re.IGNORECASE)
_WORD = re.compile(r"\w")


def read(file: Path, pictures: Pictures, losses: Losses, progress: Progress = unseen) -> Talk:
    """The pages of a PDF. Raises InputError where it cannot be opened."""
    import pypdfium2

    data = read_bytes(file, LARGEST)
    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        message = _("The PDF is locked with a password.") if locked else _("This PDF cannot be read.")
        hint = _("Save it without the password.") if locked else _("Open it elsewhere and save it again.")
        raise InputError(message, hint, Location(file)) from error
    with contextlib.closing(document):
        return _Reader(file, document, pictures, losses).talk(progress)


class _Reader:
    def __init__(self, file: Path, document: Any, pictures: Pictures, losses: Losses) -> None:
        self._file = file
        self._document = document
        self._pictures = pictures
        self._losses = losses

    def talk(self, progress: Progress) -> Talk:
        count = len(self._document)
        total = min(count, MOST_PAGES)
        if count > total:
            message = _("The PDF has {n} pages; those after the first {most} are left out.")
            self._losses.add("page", message.format(n=count, most=total))
        marks = self._bookmarks()
        slides: list[Slide] = []
        texts: list[str] = []
        ratio = ""
        for index, page in enumerate(self._drawn(total, progress)):
            ratio = ratio or _ratio(page.width, page.height)
            texts.append(page.text)
            slides.append(self._slide(index + 1, page, marks.get(index, "")))
        given = cast("dict[str, str]", self._document.get_metadata_dict(skip_empty=True))
        title = given.get("Title", "").strip()
        named = title if title and not _NO_TITLE.search(title) else ""
        settings = common_settings(
            {"title": named, "author": given.get("Author", ""), "keywords": given.get("Keywords", "")},
            "\n".join(texts),
            ratio=ratio,
        )
        return Talk(title=named, settings=tuple(settings.items()), slides=tuple(slides), rooted=False)

    def _drawn(self, total: int, progress: Progress) -> list[Page]:
        out = [Page()] * total
        progress(0, total)
        with contextlib.closing(pages(self._file, total, lambda index: drawn(self._document, index))) as coming:
            for count, (index, page) in enumerate(coming, 1):
                out[index] = page
                progress(count, total)
        return out

    @property
    def _errors(self) -> tuple[type[Exception], ...]:
        import pypdfium2

        return (pypdfium2.PdfiumError, ValueError, MemoryError)

    def _slide(self, number: int, page: Page, mark: str) -> Slide:
        self._losses.at(number)
        text = self._words(page)
        lines = [" ".join(line.split()) for line in text.split("\n") if _WORD.search(line)]
        title = mark or next((line for line in lines if 2 < len(line) <= _TITLE and not line.isdecimal()), "")
        title = escaped(" ".join((title or _("Page {n}").format(n=number)).split()))
        name = self._pictures.added(page.picture, f"page-{number:03}", ".jpg") if page.picture else ""
        if not name:
            self._losses.add("page", _("This page cannot be drawn."), text=text)
        return Slide(
            number=number,
            title=title,
            level=2,
            depth=0,
            body=f"![{title}]({name})" if name else "",
            notes="\n".join(f"{escaped_line(line)}  " if line else "" for line in _tidied(text)),
        )

    def _words(self, page: Page) -> str:
        text = page.text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe\n", "").replace("\ufffe", "")
        if len(text) > _LONGEST_NOTES:
            self._losses.add(
                "page",
                _("The page has more words than notes can hold; the rest is left out."),
                text=text[_LONGEST_NOTES:],
            )
        return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text[:_LONGEST_NOTES])

    def _bookmarks(self) -> dict[int, str]:
        """The title of each page that one of the outline's entries leads to, the deepest of them."""
        out: dict[int, str] = {}
        try:
            for number, mark in enumerate(self._document.get_toc(max_depth=5)):
                if number > 5_000:
                    break
                place: Any = mark.get_dest()
                index = place.get_index() if place else None
                title = str(mark.get_title()).strip()
                if index is not None and title:
                    out[int(index)] = title
        except (*self._errors, AttributeError):
            return out
        return out


def _tidied(text: str) -> Sequence[str]:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]


def _ratio(width: float, height: float) -> str:
    """The shape of a page, as one says it where it has a name."""
    if width <= 0 or height <= 0:
        return ""
    ratio = width / height
    for name, value in (("16:9", 16 / 9), ("4:3", 4 / 3), ("16:10", 1.6), ("3:2", 1.5), ("5:4", 1.25)):
        if abs(ratio - value) < 0.012:
            return name
    return f"{min(4.0, max(0.25, ratio)):.3f}"
