"""Marp: rules part slides, comments are directives or notes, the words of a picture say how it lies.

Format: marpit.marp.app (directives, image syntax, fragmented list, presenter notes).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atelier.foundation.translation import _
from atelier.importers.losses import shown
from atelier.importers.markdown import HEADING, blocks_of, is_list, with_attributes
from atelier.importers.settings import common_settings, is_dark, report_rest, text_of, theme_of, values
from atelier.importers.slides import Raw, SlideReader, Store, is_colour
from atelier.importers.source import Source, bounded, cut, is_rule
from atelier.importers.types import Slide, Talk
from atelier.markup.lines import list_marker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atelier.importers.losses import Losses
    from atelier.importers.pictures import Pictures

_LOCAL: Final = frozenset({
    "paginate", "header", "footer", "class", "backgroundColor", "backgroundImage", "backgroundPosition",
    "backgroundRepeat", "backgroundSize", "color", "transition", "auto-scaling",
})  # fmt: skip
_GLOBAL: Final = frozenset({
    "theme", "style", "headingDivider", "lang", "size", "math", "marp", "title", "author", "description", "keywords",
    "image", "url", "html",
})  # fmt: skip
_SIZED = re.compile(r"(?:w|width):([\d.]+(?:px|%|cm|in|em)?)")
_SIDE = re.compile(r"(left|right)(?::[\d.]+%)?")
_WORD = re.compile(
    r"bg|fit|cover|contain|auto|vertical|inline|left|right|center|[\d.]+%|(?:left|right):[\d.]+%"
    r"|(?:w|h|width|height|x|y):[\w.%-]+|(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity"
    r"|saturate|sepia)(?::[^\s]+)?"
)
_DIVIDING: Final = frozenset({"lead", "section", "chapter", "divider", "part", "transition", "title", "segue"})


def read(source: Source, pictures: Pictures, losses: Losses) -> Talk:
    given = dict(source.front)
    store = Store()
    reader = _Reader(pictures, losses, store)
    for key in ("header", "footer"):
        if text := text_of(given.get(key)):
            message = _("The line at the edge of every slide (“{key}”) is not carried over.").format(key=key)
            losses.add("running", message, text=text)
    if text_of(given.get("style")):
        losses.add("style", _("Styles written into the text (CSS) are not carried over."), near="style")
    colour = text_of(given.get("backgroundColor"))
    dark = is_dark(colour) if colour else None
    classes = text_of(given.get("class")).replace(",", " ").split()
    theme = theme_of([*(name for name in classes if name == "invert"), text_of(given.get("theme"))])
    theme = theme or ("nuit" if dark else "clair" if dark is False else "")
    reader.inherited = {
        key: text_of(value) for key, value in given.items() if key in _LOCAL and key not in ("backgroundColor", "class")
    }
    reader.once = {key[1:]: text_of(value) for key, value in given.items() if key[:1] == "_" and key[1:] in _LOCAL}
    slides: list[Slide] = []
    for number, (start, lines) in enumerate(bounded(_slides(source), losses), 1):
        slide = reader.slide(Raw(number, source.number(start), lines))
        if slide is not None:
            slides.append(slide)
        reader.once = {}
    given.update(reader.globals)
    losses.at(0)
    report_rest(given, {*_LOCAL, *_GLOBAL, *(f"_{key}" for key in _LOCAL)}, losses)
    size = text_of(given.get("size"))
    settings = common_settings(given, source.text, theme=theme, ratio=size if ":" in size else "")
    return Talk(
        title=settings.get("title", ""),
        settings=tuple(settings.items()),
        slides=tuple(slides),
        definitions=store.written(),
    )


def _slides(source: Source) -> list[tuple[int, tuple[str, ...]]]:
    lines = source.lines
    rules = [i for i in range(len(lines)) if not source.covered[i] and is_rule(lines, i)]
    divider = source.front.get("headingDivider")
    if not divider:
        found = [text for i, text in enumerate(lines[:50]) if not source.covered[i] and "headingDivider" in text]
        named = re.search(r"headingDivider:\s*(\[[\d,\s]+\]|\d)", found[0]) if found else None
        divider = named[1] if named else None
    levels = {int(sign) for sign in re.findall(r"[1-6]", text_of(divider))}
    if levels and not isinstance(divider, list) and "[" not in text_of(divider):
        levels = set(range(1, max(levels) + 1))
    out: list[tuple[int, tuple[str, ...]]] = []
    for start, part in cut(lines, rules):
        at = 0
        for index, line in enumerate(part):
            found = HEADING.match(line)
            if not (found and len(found[1]) in levels and not source.covered[start + index]):
                continue
            if any(_is_content(each) for each in part[at:index]):
                out.append((start + at, part[at:index]))
                at = index
        out.append((start + at, part[at:]))
    return out


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("<!--")


class _Reader(SlideReader):
    def __init__(self, pictures: Pictures, losses: Losses, store: Store) -> None:
        super().__init__(pictures, losses, store)
        self.inherited: dict[str, str] = {}
        self.once: dict[str, str] = {}
        """Directives for the slide at hand alone."""
        self.globals: dict[str, str] = {}

    def comment(self, text: str) -> None:
        given = values(text.strip(), 1) if ":" in text and len(text) < 5_000 else {}
        known = {key for key in given if key.lstrip("_$") in _LOCAL | _GLOBAL}
        if not known:
            self.note(text)
            return
        for key, value in given.items():
            name, said = key.lstrip("_$"), text_of(value)
            if name in _GLOBAL:
                self.globals[name] = said
            elif key.startswith("_"):
                self.once[name] = said
            elif name in _LOCAL:
                self.inherited[name] = said
                self._tell_running(name, said)

    def _tell_running(self, name: str, said: str) -> None:
        if name in ("header", "footer") and said:
            message = _("The line at the edge of every slide (“{key}”) is not carried over.").format(key=name)
            self.losses.add("running", message, near=name, text=said)

    def written_picture(self, source: str, alt: str, title: str, width: str, pairs: Mapping[str, str]) -> str:
        words = alt.split()
        said = [word for word in words if not _WORD.fullmatch(word)]
        sized = next((found[1] for word in words if (found := _SIZED.fullmatch(word))), width)
        if "bg" not in words:
            if not source.strip() or (is_colour(source.strip()) and "." not in source):
                self.losses.add("colour", _("Colours of letters are not carried over."), near=source)
                return ""
            return super().written_picture(source, " ".join(said), title, sized, pairs)
        if is_colour(source) and "." not in source and "/" not in source:
            self.set_background(source)
            return ""
        side = next((found[1] for word in words if (found := _SIDE.fullmatch(word))), "")
        alt = " ".join(said)
        if side:
            (self.before if side == "left" else self.after).append(self.picture(source, alt, title=title))
        elif self.background and not is_colour(self.background):
            self.before.append(self.picture(source, alt, title=title))
        else:
            name = self.pictures.named(source)
            if name:
                self.background = name
            else:
                return self.picture(source, alt, title=title)
            if said:
                message = _("The words for a background picture are not carried over.")
                self.losses.add("alt", message, near=source, text=" ".join(said))
        return ""

    def assemble(self, text: str) -> str:
        directives = {**self.inherited, **self.once}
        for name in directives.get("class", "").replace(",", " ").split():
            if re.fullmatch(r"[\w-]+", name):
                self.classes.append(name)
        if not self.background:
            self.set_background(directives.get("backgroundColor", ""))
            self.set_background(directives.get("backgroundImage", ""))
        if colour := directives.get("color"):
            self.losses.add("colour", _("Colours of letters are not carried over."), near="olor:", text=shown(colour))
        for key in ("transition",):
            if directives.get(key):
                self.losses.add("transition", _("Transitions are not carried over; the camera flies."), near=key)
        if self.once.get("header") or self.once.get("footer"):
            self._tell_running("footer", " ".join(filter(None, (self.once.get("header"), self.once.get("footer")))))
        self.divider = (
            bool(_DIVIDING & set(self.classes)) and len([line for line in text.split("\n") if line.strip()]) <= 3
        )
        return fragments(text, "*)")


def fragments(text: str, signs: str) -> str:
    """`text` whose lists with these markers are shown item by item."""
    if not any(f"{sign} " in text for sign in signs):
        return text
    return "\n\n".join(_with_steps(part, signs) for part in blocks_of(text))


def _with_steps(part: str, signs: Sequence[str]) -> str:
    if not is_list(part):
        return part
    lines = part.split("\n")
    outer = list_marker(lines[0])
    assert outer is not None
    if outer.sign not in signs:
        return part
    for index, line in enumerate(lines):
        if (marker := list_marker(line)) and marker.sign in "*+":
            lines[index] = f"{line[: len(line) - len(line.lstrip())]}-{line.lstrip()[1:]}"
    return with_attributes("\n".join(lines), ".steps")
