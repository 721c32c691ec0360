"""PowerPoint: a frame a slide, with its words, pictures, tables, notes and sections. Read by python-pptx.

Where things lie matters in so far as they stand beside one another: then they become columns.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from atelier.foundation.errors import InputError, Location
from atelier.foundation.progress import unseen
from atelier.foundation.translation import _
from atelier.importers.losses import shown
from atelier.importers.markdown import escaped
from atelier.importers.packages import XML_ERRORS, check_package, parse_xml
from atelier.importers.powerpoint_slide import ShapeReader
from atelier.importers.powerpoint_text import A, P
from atelier.importers.settings import common_settings, is_dark
from atelier.importers.types import Slide, Talk

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.foundation.progress import Progress
    from atelier.importers.losses import Losses
    from atelier.importers.pictures import Pictures

MOST_SLIDES: Final = 2_000
_P14: Final = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"


def read(file: Path, pictures: Pictures, losses: Losses, progress: Progress = unseen) -> Talk:
    """The slides of a .pptx file. Raises InputError where it cannot be opened."""
    check_package(file, "ppt/presentation.xml")
    import pptx
    from pptx.exc import PythonPptxError

    try:
        deck: Any = pptx.Presentation(str(file))
        slides: list[Any] = list(deck.slides)
    except (PythonPptxError, *XML_ERRORS, KeyError, ValueError, AttributeError, OSError, TypeError) as error:
        message = _("This is not a PowerPoint file, or it is damaged.")
        hint = _("Open it in PowerPoint or LibreOffice and save it again as .pptx.")
        raise InputError(message, hint, Location(file)) from error
    return _Deck(deck, slides, pictures, losses).talk(progress)


class _Deck:
    def __init__(self, deck: Any, slides: list[Any], pictures: Pictures, losses: Losses) -> None:
        self._deck = deck
        self._slides = slides
        self._pictures = pictures
        self._losses = losses
        self._size = (float(deck.slide_width or 12_192_000), float(deck.slide_height or 6_858_000))
        self._numbers = {str(slide.part.partname): number for number, slide in enumerate(slides, 1)}
        self._languages: dict[str, int] = {}
        self._running: set[str] = set()

    def talk(self, progress: Progress) -> Talk:
        out: list[Slide] = []
        sections = self._sections()
        inside = False
        total = min(len(self._slides), MOST_SLIDES)
        if len(self._slides) > total:
            message = _("The deck has {n} slides; those after the first {most} are left out.")
            self._losses.add("slide", message.format(n=len(self._slides), most=total))
        for number, slide in enumerate(self._slides[:total], 1):
            progress(number - 1, total)
            self._losses.at(number)
            read_slide = self._slide(slide, number)
            name = sections.get(slide.slide_id, "")
            if name and (number > 1 or len(sections) == 1 or len(read_slide.body) > 400):
                bare = not read_slide.body.strip() or read_slide.divider
                same = bare and read_slide.title
                if not same:
                    out.append(Slide(number=number, title=escaped(name), level=1, depth=0))
                elif _differs(name, read_slide.title):
                    self._losses.add(
                        "section",
                        _("The section “{name}” goes by the title of its first slide.").format(name=shown(name)),
                        text=name,
                    )
                inside = True
                out.append(replace(read_slide, depth=0 if same else 1))
            else:
                out.append(replace(read_slide, depth=1 if inside else 0) if sections else read_slide)
        progress(total, total)
        self._losses.at(0)
        transitions = sum(1 for slide in self._slides if slide.element.find(f".//{P}transition") is not None)
        if transitions:
            self._losses.add("transition", _("Transitions are not carried over; the camera flies."))
        properties: Any = self._deck.core_properties
        given = {
            "title": properties.title or "",
            "author": properties.author or "",
            "keywords": (properties.keywords or "").replace(";", ","),
            "lang": (max(self._languages, key=lambda code: self._languages[code]) if self._languages else "").split(
                "-"
            )[0],
        }
        if given["title"].strip().lower() in (
            "powerpoint presentation",
            "présentation powerpoint",
            "powerpoint-präsentation",
            "presentation",
        ):
            given["title"] = ""
        settings = common_settings(dict(given), "", theme=self._theme(), ratio=self._ratio())
        if settings.get("lang") == "en":
            del settings["lang"]
        if not any(slide.title for slide in out[:1]):
            settings.setdefault("title", given["title"])
        return Talk(title=given["title"], settings=tuple(settings.items()), slides=tuple(out))

    def _ratio(self) -> str:
        width, height = self._size
        ratio = width / height
        for name, value in (("16:9", 16 / 9), ("4:3", 4 / 3), ("16:10", 1.6)):
            if abs(ratio - value) < 0.01:
                return name
        return f"{min(4.0, max(0.25, ratio)):.3f}"

    def _theme(self) -> str:
        """Light or dark, by the colour the master's background has."""
        try:
            master: Any = self._deck.slide_masters[0]
        except (IndexError, KeyError):
            return ""
        colour = self._background_colour(master.element, master)
        dark = is_dark(colour) if colour else None
        return "" if dark is None else "nuit" if dark else "clair"

    def _background_colour(self, element: Any, master: Any) -> str:
        background = element.find(f"{P}cSld/{P}bg")
        if background is None:
            return "#ffffff" if element.tag == f"{P}sldMaster" else ""
        plain = background.find(f".//{A}srgbClr")
        if plain is not None and background.find(f"{P}bgPr/{A}blipFill") is None:
            return f"#{plain.get('val', '')}"
        named = background.find(f".//{A}schemeClr")
        if named is None:
            return ""
        mapping = master.element.find(f"{P}clrMap")
        name = named.get("val", "")
        name = mapping.get(name, name) if mapping is not None else name
        return self._theme_colour(master, name)

    def _theme_colour(self, master: Any, name: str) -> str:
        for relation in master.part.rels.values():
            if relation.reltype.endswith("/theme") and not relation.is_external:
                try:
                    theme: Any = parse_xml(relation.target_part.blob)
                except XML_ERRORS:
                    return ""
                found = theme.find(f".//{A}clrScheme/{A}{name}")
                if found is not None and len(found):
                    return f"#{found[0].get('lastClr') or found[0].get('val', '')}"
        return ""

    def _sections(self) -> dict[int, str]:
        """The name of the section that begins at each slide, by its id."""
        out: dict[int, str] = {}
        for section in self._deck.part._element.iter(f"{_P14}section"):  # noqa: SLF001 - python-pptx has no sections
            first = section.find(f".//{_P14}sldId")
            if first is not None and first.get("id", "").isdecimal():
                out[int(first.get("id"))] = section.get("name", "")
        names = {name.strip().lower() for name in out.values()}
        return {} if len(out) < 2 and names <= {"default section", "section par défaut", ""} else out

    # ---------------------------------------------------------------------------------------------------------- a slide

    def _slide(self, slide: Any, number: int) -> Slide:
        reader = ShapeReader(self, slide, number, self._pictures, self._losses, self._size)
        made = reader.slide()
        for properties in slide.element.iter(f"{A}rPr"):
            if code := properties.get("lang", ""):
                self._languages[code] = self._languages.get(code, 0) + 1
        for text in reader.running:
            if text not in self._running:
                self._running.add(text)
                message = _("The line at the edge of every slide (“{key}”) is not carried over.").format(key="footer")
                self._losses.add("running", message, text=text)
        return made

    def number_of(self, name: str) -> int:
        return self._numbers.get(name, 0)

    def slide_background(self, slide: Any) -> str:
        master: Any = slide.slide_layout.slide_master
        return self._background_colour(slide.element, master)


def _differs(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one).casefold() != re.sub(r"\W", "", other).casefold()
