"""`atelier export`: a deck, or a part of it, into files."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from atelier import __version__
from atelier.app.reporting import Reporter
from atelier.deck.audience import for_audience
from atelier.deck.languages import named_language
from atelier.deck.loading import load
from atelier.deck.paths import named_frame, named_path
from atelier.deck.redaction import RedactedDeck
from atelier.deck.redaction_checks import refuse_unread_terms
from atelier.exports.drafts import draft_folder, hand_over
from atelier.exports.formats import DOCX, HANDOUT, HTML, PDF, PNG, PPTX, READING, VIDEO
from atelier.exports.names import file_name
from atelier.exports.stops import canvas_picture, frame_route, page_size, path_route, stop_pictures
from atelier.foundation.errors import InputError, Location, UsageError
from atelier.foundation.geometry import Size
from atelier.foundation.progress import unseen
from atelier.foundation.texts import deck_name, reason
from atelier.foundation.translation import _
from atelier.markup.redaction import Redaction
from atelier.render.scene import build_scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from atelier.canvas.route import RouteStop
    from atelier.deck.types import Deck
    from atelier.exports.pdf_reading import Metadata
    from atelier.exports.stops import StopPicture
    from atelier.exports.video import Film
    from atelier.foundation.progress import Progress
    from atelier.markup.blocks import Content
    from atelier.render.scene import Scene
    from atelier.writers.placing import Choice, Placed

_WITH_NOTES = frozenset({PPTX, HANDOUT})
SMALLEST, LARGEST = 16, 30_000
"""Pixels of a side; Qt paints up to 32,767."""
LARGEST_FILM = 4096
"""Pixels of a side that what plays films is made for."""
USUAL_HEIGHT = 1080
POSTER = 4320.0
"""Pixels that a page with the whole canvas is taken to have, where no size is given: one can go nearer to it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a deck: its default path, or one named; one frame, by its id; or the canvas as a whole.

    `language` chooses among what is shown in one language alone. `size` is in pixels, (0, height) takes the deck's
    ratio, None the usual size. A handout has `per_page` stops on a sheet of `paper`, that of its language where none is
    named. `notes` puts the speaker's notes into an HTML file. A film moves by the profile `motion`, has `rate` pictures
    a second, the `codec` named or else the best there is, and shows a stop that says nothing for `hold`
    (`exports.timeline`).
    """

    path: str = ""
    language: str = ""
    frame: str = ""
    canvas: bool = False
    steps: bool = False
    size: tuple[int, int] | None = None
    per_page: int = 2
    paper: str = ""
    notes: bool = False
    motion: str = "full"
    rate: int = 30
    hold: float | str = READING
    codec: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one format: its files, and how many pages, slides, pictures, stops or sections they have; of a
    document that goes on being written in, what became of it; of a film, what it is.
    """

    format: str
    files: tuple[Path, ...]
    pages: int
    placed: Placed | None = None
    film: Film | None = None


def export(
    deck_path: Path,
    formats: Sequence[str],
    folder: Path,
    wish: Wish | None = None,
    bars: Callable[[str], AbstractContextManager[Progress]] = lambda _: nullcontext(unseen),
    choose: Callable[[Path, str], Choice] | None = None,
) -> Iterator[Written]:
    """Writes `deck_path` in each of `formats` into `folder`, one after another as they are asked for.

    What is wrong with the deck is said on stderr.

    `bars` gives the progress of a piece of work by its name. `choose` says what becomes of a document that its author
    has changed (`writers.placing`); it is refused where there is none. Raises UsageError and InputError. Whatever ends
    it, each format is there as a whole or as it was before.
    """
    wish = wish or Wish()
    _check_size(wish.size)
    if HTML in formats and (wish.frame or wish.canvas):
        message = _("An HTML file has the whole canvas in it: --frame and --canvas are for PDF and PNG.")
        raise UsageError(message, _("Leave it out, or choose the stops with --path."))
    if DOCX in formats and (wish.frame or wish.canvas):
        message = _("A Word document is the article of a path: --frame and --canvas are for what is drawn.")
        raise UsageError(message, _("Leave it out, or choose the stops with --path."))
    if VIDEO in formats:
        _check_film(wish)
    deck = load(deck_path)
    named_path(deck, wish.path)
    wish = replace(wish, language=named_language(deck, wish.language))
    refuse_unread_terms(deck)
    if wish.frame:
        _check_frame(deck, wish.frame)
    _make(folder)
    app = QGuiApplication.instance() or QGuiApplication([])
    source, deck = deck, for_audience(deck)
    noted = not _WITH_NOTES.isdisjoint(formats)
    scene = build_scene(deck, path=wish.path, language=wish.language, exported=True, with_notes=noted)
    reporter = Reporter()
    reporter.tell(scene.diagnostics)
    work = _Work(scene, wish, folder, deck)
    for each in formats:
        write = {
            PDF: work.pdf,
            PNG: work.png,
            HTML: work.html,
            PPTX: work.pptx,
            DOCX: partial(work.docx, source, choose),
            HANDOUT: work.handout,
            VIDEO: work.video,
        }[each]
        with bars(each.upper()) as progress:
            written = write(progress)
        yield written
    if set(formats) != {DOCX}:  # of which no frame is set
        for place in work.places():
            reporter.tell_of_place(scene, place)
    del app


class _Work:
    """The files of one deck. `deck` is the scene's as its author wrote it: what is wished for is found there."""

    def __init__(self, scene: Scene, wish: Wish, folder: Path, deck: Deck) -> None:
        redaction = Redaction(deck.redact)
        frame = named_frame(deck, wish.frame).index if wish.frame else None
        self._scene = scene
        self._wish = wish
        self._folder = folder
        self._deck = deck
        self._name = redaction.name(deck_name(deck.file)) or "deck"
        self._path = redaction.name(wish.path)
        self._frame = scene.deck.frames[frame].id if frame is not None else ""
        self._route = _route(scene, wish, frame)

    def places(self) -> Iterator[int]:
        """Every place that is shown by itself, once."""
        return iter(dict.fromkeys(stop.place for stop in self._route))

    def pdf(self, progress: Progress) -> Written:
        from atelier.exports.pdf import write_pdf

        wish = self._wish
        file = self._folder / (file_name(self._name, self._path, wish.language, self._shown()) + ".pdf")
        size = page_size(self._size().ratio)
        pixels = self._size().height if wish.size else POSTER
        with draft_folder(self._folder) as drafts:
            draft = drafts / "draft.pdf"
            pages = write_pdf(self._scene, self._pictures(size, progress, pixels), size, draft, self._metadata())
            hand_over({draft: file})
        return Written(PDF, (file,), pages)

    def pptx(self, progress: Progress) -> Written:
        from atelier.exports.pptx import write_pptx

        wish = self._wish
        file = self._folder / (file_name(self._name, self._path, wish.language, self._shown()) + ".pptx")
        size = page_size(self._size().ratio)
        with draft_folder(self._folder) as drafts:
            draft = drafts / "draft.pptx"
            pictures = self._pictures(size, progress, size.height)
            slides = write_pptx(self._scene, pictures, size, draft, self._metadata(), wish.path)
            hand_over({draft: file})
        return Written(PPTX, (file,), slides)

    def docx(self, source: Deck, choose: Callable[[Path, str], Choice] | None, progress: Progress) -> Written:
        """The article of a path, as `atelier draft` writes it; `source` is the deck with what is private."""
        from atelier.app.drafting import Draft, write_document
        from atelier.writers.placing import refuse

        wish = self._wish
        name = file_name(self._name, self._path, wish.language)
        draft = Draft(path=wish.path, language=wish.language)
        sections, placed = write_document(source, draft, name, self._folder, choose or refuse, progress)
        return Written(DOCX, (placed.path,), sections, placed)

    def handout(self, progress: Progress) -> Written:
        from atelier.exports.handout import PAPERS, paper_for, write_handout

        wish = self._wish
        name = file_name(self._name, self._path, wish.language, self._shown(), "handout")
        file = self._folder / f"{name}.pdf"
        metadata = self._metadata()
        view = page_size(self._size().ratio)
        paper = PAPERS[wish.paper or paper_for(metadata.lang)]
        pictures = self._pictures(view, progress, view.height, steps=False)
        with draft_folder(self._folder) as drafts:
            draft = drafts / "draft.pdf"
            pages = write_handout(
                self._scene, pictures, view, draft, metadata, path=wish.path, paper=paper, per_page=wish.per_page
            )
            hand_over({draft: file})
        return Written(HANDOUT, (file,), pages)

    def png(self, progress: Progress) -> Written:
        from atelier.exports.png import write_png

        size = self._size()
        alone = len(self._route) < 2
        drafts: dict[Path, tuple[str, ...]] = {}
        with draft_folder(self._folder) as draft_to:
            for picture in self._pictures(size, unseen if alone else progress, size.height):
                draft = draft_to / f"{len(drafts)}.png"
                write_png(self._scene, picture, size, draft, self._texts(picture), progress if alone else unseen)
                drafts[draft] = self._picture_name(picture)
            digits = max(2, len(str(len(drafts))))
            numbers = ["" if self._wish.canvas else f"{n:0{digits}d}" for n in range(1, len(drafts) + 1)]
            names = [file_name(number, *parts) for number, parts in zip(numbers, drafts.values(), strict=True)]
            files = tuple(self._folder / f"{name}.png" for name in names)
            hand_over(dict(zip(drafts, files, strict=True)))
        return Written(PNG, files, len(files))

    def html(self, progress: Progress) -> Written:
        """One file that flies, and beside it what puts that into another page."""
        from atelier.exports.html import write_html
        from atelier.exports.html_page import embedding

        scene, wish, metadata = self._scene, self._wish, self._metadata()
        name = file_name(self._name, self._path, wish.language)
        files = (self._folder / f"{name}.html", self._folder / f"{name}.embed.html")
        with draft_folder(self._folder) as drafts:
            page, snippet = drafts / "page", drafts / "snippet"
            contents = self._contents()
            write_html(scene, self._route, contents, page, metadata, progress, path=wish.path, notes=wish.notes)
            snippet.write_text(embedding(files[0].name, metadata.title, scene.deck.ratio), encoding="utf-8")
            hand_over(dict(zip((page, snippet), files, strict=True)))
        return Written(HTML, files, len(self._route))

    def video(self, progress: Progress) -> Written:
        from atelier.canvas.flight import Profile
        from atelier.exports.encoder import chosen_codec
        from atelier.exports.video import write_video

        wish = self._wish
        codec = chosen_codec(wish.codec)
        name = file_name(self._name, self._path, wish.language, self._shown())
        file = self._folder / f"{name}{codec.suffix}"
        with draft_folder(self._folder) as drafts:
            draft = drafts / f"draft{codec.suffix}"
            film = write_video(
                self._scene,
                self._route,
                self._size(),
                draft,
                self._metadata(),
                codec,
                profile=Profile(wish.motion),
                rate=wish.rate,
                hold=wish.hold,
                progress=progress,
            )
            hand_over({draft: file})
        return Written(VIDEO, (file,), len(self._route), film=film)

    def _contents(self) -> Callable[[int], Content]:
        """The text of the frames as it is handed out, its notes with it where they are wished for."""
        parsed = self._scene.contents.content if self._wish.notes else self._scene.contents.shown
        return RedactedDeck(self._deck, parsed).content if self._deck.redact else parsed

    def _pictures(
        self, size: Size, progress: Progress, pixels: float, *, steps: bool | None = None
    ) -> Iterator[StopPicture]:
        """The pictures in order; a stop is done when the next one is asked for. They are seen `pixels` high."""
        if self._wish.canvas:
            yield canvas_picture(self._scene, size, pixels)
            return
        steps = self._wish.steps if steps is None else steps
        for number, stop in enumerate(self._route):
            yield from stop_pictures(self._scene, stop, number, size, steps=steps)
            progress(number + 1, len(self._route))

    def _shown(self) -> str:
        """What is exported in place of a path."""
        return "canvas" if self._wish.canvas else self._frame

    def _size(self) -> Size:
        """Of a picture, in pixels."""
        width, height = self._wish.size or (0, USUAL_HEIGHT)
        if not width:
            width = min(max(round(height * self._scene.deck.ratio), SMALLEST), LARGEST)
        return Size(float(width), float(height))

    def _picture_name(self, picture: StopPicture) -> tuple[str, ...]:
        """What tells a picture from the others, in parts."""
        if self._wish.canvas:
            return self._name, self._wish.language, "canvas"
        page = str(picture.page + 1) if picture.page else ""
        step = f"step{picture.step}" if picture.step else ""
        return self._scene.deck.frames[picture.frame].id, page, step

    def _texts(self, picture: StopPicture) -> dict[str, str]:
        """What a picture says of itself, under the names that PNG has for it."""
        deck = self._scene.deck
        return {
            "Title": deck.frames[picture.frame].title,
            "Author": deck.author,
            "Software": f"Atelier {__version__}",
        }

    def _metadata(self) -> Metadata:
        from atelier.exports.pdf_reading import Metadata

        deck = self._scene.deck
        lang = self._wish.language or deck.lang
        abstracts = dict(deck.abstract)
        subject = abstracts.get(lang) or abstracts.get(lang.partition("-")[0]) or next(iter(abstracts.values()), "")
        keywords = tuple(dict.fromkeys((*deck.keywords, *deck.tags)))
        return Metadata(deck.title, deck.author, subject, keywords, lang)


def _route(scene: Scene, wish: Wish, frame: int | None) -> tuple[RouteStop, ...]:
    if wish.canvas:
        return frame_route(scene, 0)[:1]
    if frame is not None:
        return frame_route(scene, frame)
    return path_route(scene, named_path(scene.deck, wish.path))


def _check_size(size: tuple[int, int] | None) -> None:
    """Raises UsageError for what is no size of a picture."""
    width, height = size or (0, USUAL_HEIGHT)
    if not (SMALLEST <= height <= LARGEST and (not width or SMALLEST <= width <= LARGEST)):
        message = _("A picture has from {least} to {most} pixels on each side.")
        raise UsageError(message.format(least=SMALLEST, most=LARGEST), _("Give another size with --size."))


def _check_film(wish: Wish) -> None:
    """Raises UsageError for what cannot be filmed, InputError where nothing can be."""
    from atelier.exports.encoder import chosen_codec

    if wish.canvas:
        message = _("A film shows the stops of a path: --canvas is for PDF and PNG.")
        raise UsageError(message, _("Leave it out, or choose the stops with --path."))
    if max(wish.size or (0, USUAL_HEIGHT)) > LARGEST_FILM:
        message = _("A film has up to {most} pixels on each side.").format(most=LARGEST_FILM)
        raise UsageError(message, _("Give another size with --size."))
    chosen_codec(wish.codec)


def _check_frame(deck: Deck, id_: str) -> None:
    """Raises UsageError for a frame that is not there, or that nobody is to see."""
    if named_frame(deck, id_).private:
        message = _("The frame “{id}” is private, and what is private is never exported.").format(id=id_)
        raise UsageError(message, _("Take {.private} off its heading, or off one it lies in."))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("The folder cannot be made.") + f" {reason(error)}"
        raise InputError(message, _("Choose another one with -o."), Location(folder)) from error
