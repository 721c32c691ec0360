"""reveal.js Markdown, and what goes by its conventions: reveal-md, HackMD, GitPitch.

Format: revealjs.com/markdown, revealjs.com/fragments, revealjs.com/code. Slides lie in a row; below some of them lie
others, which become frames inside.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from atelier.foundation.translation import _
from atelier.importers.aside import regions
from atelier.importers.html_tree import attributes_of
from atelier.importers.losses import shown
from atelier.importers.settings import common_settings, report_rest, text_of, theme_of
from atelier.importers.slides import Raw, SlideReader, Store
from atelier.importers.source import bounded
from atelier.importers.steps import MARK, stepped_elements
from atelier.importers.types import Slide, Talk

if TYPE_CHECKING:
    from atelier.importers.losses import Losses
    from atelier.importers.pictures import Pictures
    from atelier.importers.settings import Value
    from atelier.importers.source import Source

_NOTES = re.compile(r"^[ \t]*(?:notes?|speaker notes?)[ \t]*:[ \t]*(.*)$", re.IGNORECASE)
_ELEMENT = re.compile(r"^\s*\.?(slide|element|\.slide|\.element|element|slide):?\s+(.*)$", re.DOTALL)
_PITCH = re.compile(
    r"@(?:title|snap|snapend|ulend|olend|ul|ol|css|box|div|divend|transition|size|emoji|fa|color|note)\b(?:\[[^\]\n]{0,300}\])?(?:\(([^()\n]{0,500})\))?"
)
_PITCH_LINES = re.compile(r"^@\[([\d,\s-]+)\](?:\((.*)\))?[ \t]*$", re.MULTILINE)
_SECTION = re.compile(r"<section\b([^<>]*)>|</section\s*>|<textarea\b[^<>]*>|</textarea\s*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\s+type=[\"']text/template[\"']\s*>|</script\s*>", re.IGNORECASE)
_LINES_READ = frozenset({"data-line-numbers", "data-ln-start-from"})
_GAP: Final = 2
"""Empty lines that part slides in a text that has no other separators."""
_READ: Final = frozenset({
    "separator", "verticalSeparator", "notesSeparator", "revealOptions", "slideOptions", "css", "scripts",
    "highlightTheme",
    "preprocessor", "template", "type", "tags", "robots", "GA", "disqus", "slideNumber", "transition",
})  # fmt: skip


def read(source: Source, pictures: Pictures, losses: Losses) -> Talk:
    store = Store()
    reader = Reader(pictures, losses, store)
    given = source.front
    slides: list[Slide] = []
    for number, (start, lines, depth) in enumerate(bounded(_slides(source), losses), 1):
        slide = reader.slide(Raw(number, source.number(start), lines, depth=depth))
        if slide is not None:
            slides.append(slide)
    losses.at(0)
    options = given.get("revealOptions") or given.get("slideOptions")
    options = options if isinstance(options, dict) else {}
    report_rest(given, _READ, losses)
    theme = theme_of([text_of(given.get("theme")), text_of(options.get("theme"))])
    settings = common_settings(given, source.text, theme=theme, ratio=_ratio(options))
    if all(slide.depth == 0 for slide in slides):
        slides = [_flat(slide) for slide in slides]
    return Talk(
        title=settings.get("title", ""),
        settings=tuple(settings.items()),
        slides=tuple(slides),
        definitions=store.written(),
    )


def _ratio(options: dict[str, Value]) -> str:
    width, height = text_of(options.get("width")), text_of(options.get("height"))
    return f"{width}:{height}" if width.isdecimal() and height.isdecimal() else ""


def _flat(slide: Slide) -> Slide:
    return replace(slide, depth=None)


def _slides(source: Source) -> list[tuple[int, tuple[str, ...], int]]:
    """Where each slide begins, its lines, and whether it lies below another."""
    lines = source.lines
    across, down = _separators(source)
    if not any(line.rstrip() in across | down for line in lines):
        return _by_gaps(source)
    marks: list[tuple[int, int, int]] = []  # line, lines of the separator, 0 across or 1 down
    for index, line in enumerate(lines):
        if source.covered[index]:
            continue
        sign = line.rstrip()
        if sign and sign in down:
            marks.append((index, 1, 1))
        elif sign and sign in across:
            marks.append((index, 1, 0))
    out: list[tuple[int, tuple[str, ...], int]] = []
    start, depth = 0, 0
    for index, size, deep in [*marks, (len(lines), 0, 0)]:
        out.append((start, lines[start:index], depth))
        start, depth = index + size, deep
    return [(begin, part, deep if place else 0) for place, (begin, part, deep) in enumerate(out)]


def _by_gaps(source: Source) -> list[tuple[int, tuple[str, ...], int]]:
    """The slides of a text in which three empty lines part slides across, and two of them slides down."""
    out: list[tuple[int, tuple[str, ...], int]] = []
    start = depth = gap = 0
    for index, line in enumerate(source.lines):
        if not line.strip() and not source.covered[index]:
            gap += 1
            continue
        if gap >= _GAP and any(each.strip() for each in source.lines[start:index]):
            out.append((start, source.lines[start:index], depth))
            start, depth = index, int(gap == _GAP)
        gap = 0
    return [*out, (start, source.lines[start:], depth)]


def _separators(source: Source) -> tuple[set[str], set[str]]:
    """The lines that part slides across and down: those that are said, else those that are used."""
    given = [_literal(text_of(source.front.get(key))) for key in ("separator", "verticalSeparator")]
    used = {line.rstrip() for i, line in enumerate(source.lines) if not source.covered[i]}
    options = source.front.get("revealOptions")
    if isinstance(options, dict) and not any(given):
        given = [_literal(text_of(options.get(key))) for key in ("separator", "verticalSeparator")]
    across = {given[0]} if given[0] else {"---"} if "---" in used else {"***"} if "***" in used else {"---"}
    if given[1]:
        return across, {given[1]} - across
    down = next(({sign} for sign in ("----", "+++", "--", ">>>", "-----", "___") if sign in used), {"----"})
    return across, down - across


def _literal(pattern: str) -> str:
    r"""The line that a regular expression such as `^\\r?\\n---\\r?\\n$` stands for."""
    text = re.sub(r"\\r\??|\\n|\?|\^|\$|\(|\)|\\s[*+]?", "", pattern)
    return text.replace("\\", "").strip() if text and not re.search(r"[\[\]{}|]", text) else ""


class Reader(SlideReader):
    def own_lines(self, lines: list[str]) -> list[str]:
        """The lines above `Note:`; those below are what the speaker says."""
        covered = regions(lines).covered
        for index, line in enumerate(lines):
            if covered[index]:
                continue
            if found := _NOTES.match(line):
                self._said = [found[1], *lines[index + 1 :]]
                return lines[:index]
        self._said = []
        return lines

    def syntax(self, text: str) -> str:
        if self._said:
            said = self.aside.fences(self._said, self.code)
            self.note(re.sub(r"<!--.*?(?:-->|\Z)", "", said, flags=re.DOTALL))
        if "@" in text:
            text = _PITCH_LINES.sub(self._lines_shown, text)
            text = _PITCH.sub(lambda m: m[1] or "" if m[0].startswith(("@size", "@color", "@title")) else "", text)
        return text

    def _lines_shown(self, m: re.Match[str]) -> str:
        message = _("Lines of code shown one after another by GitPitch (“@[…]”) are not carried over.")
        self.losses.add("code", message, near=m[0], text=m[2] or m[1])
        return ""

    def in_comment(self, m: re.Match[str]) -> str:
        words = m[1].strip()
        found = re.match(r"\.?(slide|element)\b:?\s*(.*)", words, re.DOTALL)
        if found is None:
            return super().in_comment(m)
        pairs = attributes_of(found[2])
        if found[1] == "slide":
            self._slide_settings(pairs)
            return ""
        if "fragment" in pairs.get("class", "").split():
            return MARK
        if "data-line-numbers" not in pairs and "style" not in pairs and pairs:
            self.losses.add(
                "setting", _("Attributes of an element are not carried over."), near=words[:30], text=shown(words)
            )
        return ""

    def _slide_settings(self, pairs: dict[str, str]) -> None:
        for key, value in pairs.items():
            name = key.removeprefix("data-")
            if name in ("background", "background-image", "background-color", "bg"):
                self.set_background(value)
            elif key == "id":
                self.attributes["id"] = value
            elif key == "class":
                self.classes += [word for word in value.split() if re.fullmatch(r"[A-Za-z][\w-]*", word)]
            elif name == "timing" and value.isdecimal():
                self.attributes["minutes"] = f"{int(value) / 60:.2g}"
            elif name == "visibility":
                if value == "hidden":
                    self.hide()
            elif name == "notes":
                self.note(value)
            elif name == "transition":
                self.losses.add("transition", _("Transitions are not carried over; the camera flies."), near=key)
            elif name in ("background-video", "background-iframe"):
                self.losses.add(
                    "background", _("A video or page behind a slide is not carried over."), near=key, text=value
                )
            elif not name.startswith("background-") and name not in ("auto-animate", "state", "template"):
                self.lost_setting(key, value)

    def assemble(self, text: str) -> str:
        return stepped_elements(text)


def from_page(text: str) -> tuple[str, list[str]]:
    """The Markdown in a page that shows it with reveal.js, and the files that the page names instead."""
    out: list[str] = []
    files: list[str] = []
    text = _SCRIPT.sub(lambda m: "</textarea>" if m[0].startswith("</") else "<textarea>", text)
    depth, inside, at = 0, False, 0
    fresh = "---"
    outer: dict[int, int] = {}
    for found in _SECTION.finditer(text):
        tag = found[0].lower()
        if tag.startswith("<textarea"):
            inside, at = True, found.end()
        elif tag.startswith("</textarea"):
            if inside:
                out.append(html.unescape(text[at : found.start()]))
            inside = False
        elif inside:
            continue
        elif tag.startswith("<section"):
            depth += 1
            outer[depth] = found.end()
            pairs = attributes_of(found[1] or "")
            if pairs.get("data-markdown", "").strip():
                files.append(pairs["data-markdown"].strip())
            out.append(f"\n{fresh if depth == 1 else '----'}\n")
        elif depth:
            depth -= 1
    return "\n".join(out), files
