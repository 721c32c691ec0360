"""pandoc's and Quarto's Markdown: headings begin slides, `:::` blocks hold notes, columns and what comes step by step.

Format: pandoc.org/MANUAL (Structuring the slide show), quarto.org (revealjs).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from atelier.foundation.translation import _
from atelier.importers.aside import fenced
from atelier.importers.code import CodeInfo, read_info
from atelier.importers.html import link
from atelier.importers.markdown import HEADING, callout, columns, one_line, tidy
from atelier.importers.settings import Value, common_settings, is_true, report_rest, text_of, theme_of
from atelier.importers.slides import Raw, SlideReader, Store, div_attributes
from atelier.importers.source import Source, bounded, is_rule
from atelier.importers.steps import MARK, one_step, stepped_lists, stepped_parts
from atelier.importers.types import Slide, Talk
from atelier.markup.lines import split_attributes
from atelier.markup.media import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atelier.importers.losses import Losses
    from atelier.importers.pictures import Pictures

_DIV = re.compile(r"^[ \t]{0,3}(:{3,})[ \t]*(.*?)[ \t]*:*[ \t]*$")
_ALONE = re.compile(
    r"(?<![^\n]\n)^!\[([^\[\]\n]{1,500})\]\(([^\s()]{1,1000})\)(\{[^{}\n]{0,500}\})?[ \t]*$(?!\n[^\n])",
    re.MULTILINE,
)
_PAUSE = re.compile(r"^\.[ \t]+\.[ \t]+\.[ \t]*$|^\\pause[ \t]*$", re.MULTILINE)
_CELL_OPTION = re.compile(r"^\s*(?:#|//|--|%)\|\s*([\w.-]+)\s*:\s*(.*)$")
_SPAN = re.compile(r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\](?:\([^()]{0,300}\))?){1,500})\](\{[^{}\n]{1,300}\})")
_SHORTCODE = re.compile(r"\{\{<\s*/?\s*([\w.-]{1,40})\s*([^{}]{0,500}?)\s*/?>\}\}")
_TITLE_LINES = re.compile(r"^%[ \t]?(.*)$")
_CITATION = re.compile(r"(?<![\w\[])\[?-?@[\w:.#$%&+?<>~/-]*\w[^\]\n]{0,200}\]|(?<=\s)@[A-Za-z][\w:-]+\d{4}\w?")
_CALLOUTS: Final = {
    "note": "note", "tip": "ok", "warning": "warn", "caution": "warn", "important": "warn", "block": "note",
    "alertblock": "warn", "exampleblock": "ok", "theorem": "note", "definition": "note", "example": "note",
    "proof": "note", "lemma": "note", "corollary": "note",
}  # fmt: skip
_STEPS = "\U000f0003"
_READ: Final = frozenset({
    "format", "output", "slide-level", "incremental", "subtitle", "institute", "aspectratio", "background-image",
    "slideNumber", "editor", "execute", "theme", "css", "date-format", "fontsize", "monofont", "mainfont", "engine",
    "header-includes", "revealjs-url", "transition", "aliases", "bibliography", "csl", "link-citations", "jupyter",
    "knitr", "pdf", "title-slide-attributes", "notes", "linkcolor", "colorlinks", "colortheme", "fonttheme",
    "institution", "affiliation",
})  # fmt: skip


def read(source: Source, pictures: Pictures, losses: Losses) -> Talk:
    source, given = _title_block(source)
    formats = _formats(given)
    store = Store()
    reader = _Reader(pictures, losses, store)
    reader.incremental = is_true(given.get("incremental")) or any(is_true(f.get("incremental")) for f in formats)
    level = _slide_level(source, given, formats)
    slides: list[Slide] = []
    for number, (start, lines) in enumerate(bounded(_slides(source, level), losses), 2 if given.get("title") else 1):
        slide = reader.slide(Raw(number, source.number(start), lines))
        if slide is not None:
            slides.append(_placed(slide, level))
    losses.at(0)
    report_rest(given, _READ, losses)
    for each in formats:
        for key in ("footer", "logo"):
            if text := text_of(each.get(key)):
                losses.add(
                    "running",
                    _("The line at the edge of every slide (“{key}”) is not carried over.").format(key=key),
                    text=text,
                )
    themes = [name for each in [given, *formats] for name in text_of(each.get("theme")).split(", ")]
    ratio = next((_ratio(text) for each in [given, *formats] if (text := text_of(each.get("aspectratio")))), "")
    settings = common_settings(given, source.text, theme=theme_of(themes), ratio=ratio)
    if given.get("title"):
        slides.insert(0, _title_slide(given))
    slides = _settled(slides)
    return Talk(
        title=settings.get("title", ""),
        settings=tuple(settings.items()),
        slides=tuple(slides),
        definitions=store.written(),
    )


def _title_block(source: Source) -> tuple[Source, dict[str, Value]]:
    """The source with pandoc's title lines (`% title`) read as front matter."""
    given = dict(source.front)
    names = ("title", "author", "date")
    lines = list(source.lines)
    index = 0
    while index < min(3, len(lines)) and (found := _TITLE_LINES.match(lines[index])):
        given.setdefault(names[index], found[1].replace(";", ",").strip())
        lines[index] = ""
        index += 1
    return (replace(source, lines=tuple(lines)) if index else source), given


def _formats(given: dict[str, Value]) -> list[dict[str, Value]]:
    out: list[dict[str, Value]] = []
    for key in ("format", "output"):
        value = given.get(key)
        if isinstance(value, dict):
            out += [each for each in value.values() if isinstance(each, dict)]
    return out


def _ratio(text: str) -> str:
    return {"169": "16:9", "43": "4:3", "1610": "16:10", "149": "14:9", "141": "1.41", "54": "5:4", "32": "3:2"}.get(
        text, text
    )


def _slide_level(source: Source, given: dict[str, Value], formats: Sequence[dict[str, Value]]) -> int:
    """The level of heading that begins a slide: the one said, else the highest with text directly below it."""
    for each in [given, *formats]:
        said = text_of(each.get("slide-level"))
        if said in {"1", "2", "3", "4", "5", "6"}:
            return int(said)
    if given.get("format"):
        return 2
    found: list[int] = []
    last = 0
    for index, line in enumerate(source.lines):
        if source.covered[index] or not line.strip():
            if source.covered[index] and last:
                found.append(last)
                last = 0
            continue
        heading = HEADING.match(line)
        if heading:
            last = len(heading[1])
        elif last and not line.startswith("<!--"):
            found.append(last)
            last = 0
    return min(found, default=2)


def _slides(source: Source, level: int) -> list[tuple[int, tuple[str, ...]]]:
    lines = source.lines
    out: list[tuple[int, tuple[str, ...]]] = []
    start = depth = 0
    for index, line in enumerate(lines):
        if source.covered[index]:
            continue
        if found := _DIV.match(line):
            depth = depth + 1 if found[2] else max(0, depth - 1)
            continue
        heading = HEADING.match(line)
        if heading and not line.startswith(" ") and len(heading[1]) <= level and not depth:
            out.append((start, lines[start:index]))
            start = index
        elif not depth and is_rule(lines, index) and not line.startswith(" "):
            out.append((start, lines[start:index]))
            start = index + 1
    out.append((start, lines[start:]))
    return [(begin, part) for begin, part in out if any(line.strip() for line in part)]


def _placed(slide: Slide, level: int) -> Slide:
    """A slide with its depth: a heading above the level of slides begins a section."""
    return replace(slide, depth=slide.level - 1 if slide.level else level - 1, divider=0 < slide.level < level)


def _settled(slides: list[Slide]) -> list[Slide]:
    """Depths counted from the highest that is there; a slide without a heading lies where the one before it does."""
    known = [slide.depth or 0 for slide in slides[1:] if slide.level]
    top = min(known, default=0)
    out: list[Slide] = []
    for slide in slides:
        depth = max(0, (slide.depth or 0) - top)
        if not slide.level and out:
            last = out[-1]
            depth = (last.depth or 0) + (1 if last.divider else 0)
        out.append(replace(slide, depth=depth))
    return out


def _title_slide(given: dict[str, Value]) -> Slide:
    subtitle = text_of(given.get("subtitle"))
    parts = [f"## {subtitle} {{.plain}}" if subtitle else ""]
    parts += [text_of(given.get(key)) for key in ("author", "institute", "date")]
    if not given.get("author"):
        parts.append(text_of(given.get("authors")))
    shown_parts = [
        part for part in parts if part and part not in ("today", "now", "last-modified") and "`r " not in part
    ]
    attributes = ()
    return Slide(
        number=1,
        title=text_of(given.get("title")),
        level=1,
        depth=0,
        body="\n\n".join(shown_parts),
        attributes=attributes,
    )


class _Reader(SlideReader):
    incremental = False

    def own_lines(self, lines: list[str]) -> list[str]:
        """Line blocks keep their breaks; the attributes of a heading stand in one line."""
        lines = _joined_headings(lines)
        for index, line in enumerate(lines):
            if re.match(r"\| \S", line) and not line.rstrip().endswith("|") and "|" not in line[2:]:
                follows = index + 1 < len(lines) and lines[index + 1].startswith("|")
                lines[index] = line[2:] + ("<br>" if follows else "")
        return lines

    def comment(self, text: str) -> None:
        if text.strip():
            self.losses.add("comment", _("A comment is kept among the notes."), near=text)
            self.note(text)

    def code(self, info: str, code: list[str]) -> str:
        if info.startswith(("{=", "=html")):
            message = _("Raw code for another format is not carried over.")
            self.losses.add("html", message, near=info, text="\n".join(code))
            return ""
        if info.startswith("{") and not info.startswith(("{.", "{#", "{ .")):
            return code_cell(self, info, code)
        return self.code_block(read_info(info), code)

    def heading_attribute(self, key: str, value: str) -> None:
        name = key.removeprefix("data-")
        if key == "id":
            self.attributes["id"] = value
        elif key == "class":
            for word in value.split():
                if word not in ("unnumbered", "unlisted", "smaller", "scrollable", "nostretch", "incremental"):
                    self.classes.append(word)
        elif name in ("background", "background-image", "background-color"):
            self.set_background(value)
        elif name == "visibility":
            if value == "hidden":
                self.hide()
        elif name in ("background-video", "background-iframe", "background-gradient"):
            self.losses.add(
                "background", _("A video or page behind a slide is not carried over."), near=key, text=value
            )
        elif name == "transition":
            self.losses.add("transition", _("Transitions are not carried over; the camera flies."), near=key)
        elif not name.startswith(("background-", "auto-animate", "menu-title", "state")):
            self.lost_setting(key, value)

    def syntax(self, text: str) -> str:
        text = _PAUSE.sub(f"\n{MARK}\n", text)
        if "{{" in text:
            text = _SHORTCODE.sub(self._shortcode, text)
        text = _ALONE.sub(_captioned, text) if "![" in text else text
        text = _SPAN.sub(self._span, text) if "]{" in text else text
        if "@" in text and _CITATION.search(text):
            self.losses.add("citation", _("Citations stay as they are written; no list of references is made."))
        if "\n+" in text and _PLUS_ITEM.search(text):
            text = _PLUS_ITEM.sub(r"\1-\2", text)
        return self._divs(text.split("\n"))

    def _span(self, m: re.Match[str]) -> str:
        classes, _pairs = div_attributes(m[2])
        if "fragment" in classes:
            self.losses.add("step", _("Words within a paragraph appear with it, not by themselves."), near=m[0])
        if "mark" in classes or "highlight" in classes:
            return f"=={m[1]}=="
        if "kbd" in classes:
            return f"<kbd>{m[1]}</kbd>"
        return m[1]

    def _shortcode(self, m: re.Match[str]) -> str:
        name, rest = m[1], m[2]
        if name == "video":
            address = rest.split()[0].strip("\"'") if rest.split() else ""
            if kind_of(address) is not None:
                titled = re.search(r"title=[\"']([^\"']{1,300})", rest)
                return f"\n\n{self.media(address, titled[1] if titled else '')}\n\n"
            message = _("What plays or shows another page (“<{name}>”) becomes a link.").format(name="video")
            self.losses.add("media", message, near=m[0], text=address)
            return link(address)
        if name == "pagebreak":
            return ""
        if name == "kbd":
            return f"<kbd>{rest}</kbd>"
        message = _("What “{name}” puts in when the deck is made is not carried over.").format(name=name)
        self.losses.add("shortcode", message, near=m[0], text=m[0])
        return ""

    # ------------------------------------------------------------------------------------------------------------- divs

    def _divs(self, lines: list[str]) -> str:
        """The text with its `:::` blocks as this format's."""
        text, end = self._until_close(lines, 0, 0)
        while end < len(lines):
            more, end = self._until_close(lines, end + 1, 0)
            text = f"{text}\n{more}"
        return text

    def _until_close(self, lines: list[str], start: int, depth: int) -> tuple[str, int]:
        out: list[str] = []
        index = start
        while index < len(lines):
            found = _DIV.match(lines[index])
            if found is None or depth > 20:
                out.append(lines[index])
            elif not found[2]:
                break
            else:
                near = lines[index]
                inner, index = self._until_close(lines, index + 1, depth + 1)
                out.append(f"\n\n{self._div(found[2], inner, near)}\n\n")
            index += 1
        return "\n".join(out), index

    def _div(self, head: str, inner: str, near: str) -> str:
        classes, pairs = div_attributes(head)
        inner = tidy(inner)
        name = next((each for each in classes if each in _DIVS or each.startswith("callout-") or each in _CALLOUTS), "")
        match name:
            case "notes":
                self.note(_plain_notes(inner))
                return ""
            case "columns":
                return self._columns(inner)
            case "column":
                return f"{_COLUMN}\n{inner}\n{_COLUMN_END}"
            case "incremental":
                return f"{_STEPS}i\n{inner}\n{_STEPS}/"
            case "nonincremental":
                return f"{_STEPS}n\n{inner}\n{_STEPS}/"
            case "fragment":
                return self._later(inner)
            case "hidden":
                self.losses.add("hidden", _("Hidden text is kept among the notes."), near=near)
                self.note(inner)
                return ""
            case "panel-tabset":
                self.losses.add("tabs", _("Tabs are shown one below the other."), near=near)
                return inner
            case "content-visible" | "content-hidden":
                return self._conditional(name, pairs, inner, near)
            case "footer":
                message = _("The line at the edge of every slide (“{key}”) is not carried over.").format(key="footer")
                self.losses.add("running", message, near=near, text=inner)
                return ""
            case _:
                pass
        kind = _CALLOUTS.get(name.removeprefix("callout-"))
        if kind and not head.startswith("{=") and name:
            title, body = _own_title(inner, pairs)
            return callout(title or name.removeprefix("callout-").capitalize(), body, kind)
        if "absolute" in classes or {"left", "top", "right", "bottom"} & set(pairs):
            self.losses.add("place", _("Places given in pixels are not carried over."), near=near)
        return self._later(inner) if "fragment" in classes else inner

    def _later(self, inner: str) -> str:
        return one_step(inner)

    def _columns(self, inner: str) -> str:
        parts = re.split(rf"{_COLUMN}\n|\n{_COLUMN_END}", inner)
        above = tidy(parts[0])
        return "\n\n".join(filter(None, (above, columns(parts[1::2]), *(tidy(p) for p in parts[2::2]))))

    def _conditional(self, name: str, pairs: dict[str, str], inner: str, near: str) -> str:
        formats = pairs.get("when-format", "") + pairs.get("unless-format", "")
        shown_here = ("reveal" in formats or "html" in formats) == ("when-format" in pairs)
        if (name == "content-visible") == shown_here:
            return inner
        self.losses.add("hidden", _("Hidden text is kept among the notes."), near=near)
        self.note(inner)
        return ""

    def assemble(self, text: str) -> str:
        text = text.replace(f"{_COLUMN}\n", "").replace(f"\n{_COLUMN_END}", "")
        text = _incremental(text, everywhere=self.incremental)
        return stepped_parts(tidy(text))


_COLUMN, _COLUMN_END = "\U000f0004", "\U000f0005"
_DIVS: Final = frozenset({
    "notes", "columns", "column", "incremental", "nonincremental", "fragment", "hidden", "panel-tabset",
    "content-visible", "content-hidden", "footer",
})  # fmt: skip
_PLUS_ITEM = re.compile(r"(?m)^(\s*)\+(\s+\S)")


def _joined_headings(lines: list[str]) -> list[str]:
    """The lines, those put together over which the attributes of a heading run."""
    out: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if line.startswith("#") and "{" in line and "}" not in line[line.rindex("{") :]:
            end = next((i for i in range(index, min(len(lines), index + 12)) if lines[i].rstrip().endswith("}")), -1)
            if end >= 0 and all(each.strip() for each in lines[index:end]):
                line = " ".join([line.rstrip(), *(each.strip() for each in lines[index : end + 1])])
                index = end + 1
        out.append(line)
    return out


def _captioned(m: re.Match[str]) -> str:
    """A picture that stands alone: its words are read below it."""
    alt, address, rest = m[1].strip(), m[2], m[3] or ""
    found = re.search(r"fig-alt=\"([^\"]*)\"", rest)
    quoted = alt.replace('"', "”")
    return f'![{found[1] if found else alt}]({address} "{quoted}"){rest}'


def _incremental(text: str, *, everywhere: bool) -> str:
    """Lists shown item by item: in a block that says so, or everywhere but in a block that says the contrary."""
    if _STEPS not in text:
        return stepped_lists(text) if everywhere else text
    out: list[str] = []
    state = [everywhere]
    for piece in re.split(rf"(?m)^[ \t]*({re.escape(_STEPS)}[in/])[ \t]*$", text):
        if piece.startswith(_STEPS):
            if piece[-1] == "/":
                state = state[:-1] or [everywhere]
            else:
                state.append(piece[-1] == "i")
        elif piece.strip():
            out.append(stepped_lists(tidy(piece)) if state[-1] and "///" not in piece else tidy(piece))
    return "\n\n".join(out)


def _own_title(inner: str, pairs: dict[str, str]) -> tuple[str, str]:
    lines = inner.split("\n")
    if lines and (found := HEADING.match(lines[0])):
        return split_attributes(found[2] or "")[0], "\n".join(lines[1:])
    return one_line(pairs.get("title", "") or pairs.get("name", "")), inner


def _plain_notes(text: str) -> str:
    return text.replace(MARK, "")


def code_cell(reader: SlideReader, info: str, code: list[str]) -> str:
    """A cell that another program runs: its code where it is shown, and that its results are missing."""
    inside = info.strip("{} ")
    language = re.split(r"[\s,]", inside, maxsplit=1)[0].strip("{}. ")
    options = {m[1].lower(): m[2].strip() for m in re.finditer(r"([\w.-]+)\s*=\s*([^,]+)", inside)}
    body: list[str] = []
    for line in code:
        found = _CELL_OPTION.match(line)
        if found and not any(each.strip() for each in body):
            options[found[1].lower()] = found[2].strip().strip("\"'")
        else:
            body.append(line)
    if language.lower() in ("mermaid", "dot", "graphviz"):
        message = _("Diagrams are kept as their text (“{name}”).").format(name=language)
        reader.losses.add("diagram", message, near=info)
        return fenced(language, body)
    said = {key: value.lower() for key, value in options.items()}
    if said.get("include") == "false" or said.get("echo") in ("false", "f"):
        message = _("Code that another program runs is not shown, and its result is not carried over.")
        reader.losses.add("cell", message, near=f"```{info}", text="\n".join(body))
        return ""
    if said.get("eval") not in ("false", "f"):
        message = _("The code is shown; what it gives when another program runs it is not carried over.")
        reader.losses.add("result", message, near=f"```{info}")
    lines = options.get("code-line-numbers", "")
    read_as = read_info(f"{language} [{lines}]") if lines else CodeInfo(language)
    title = options.get("filename", "")
    return fenced(CodeInfo(read_as.language, read_as.steps, title).written(), body)
