"""remark and xaringan: `---` parts slides, `--` shows the rest later, `???` begins notes, `.class[…]` marks text.

Format: github.com/gnab/remark/wiki (Markdown, Formatting), xaringan's R Markdown.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from atelier.foundation.translation import _
from atelier.importers.aside import fenced, regions
from atelier.importers.code import CodeInfo, read_info, without_marks
from atelier.importers.markdown import columns, tidy
from atelier.importers.pandoc import code_cell
from atelier.importers.settings import Value, common_settings, report_rest, text_of, theme_of
from atelier.importers.slides import Raw, SlideReader, Store
from atelier.importers.source import bounded
from atelier.importers.steps import MARK, stepped_parts
from atelier.importers.types import Slide, Talk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atelier.importers.losses import Losses
    from atelier.importers.pictures import Pictures
    from atelier.importers.source import Source

_PROPERTY = re.compile(r"([A-Za-z][\w-]*):[ \t]*(.*)$")
_KNOWN: Final = frozenset({
    "name", "class", "continued", "layout", "template", "count", "background-image", "background-size",
    "background-position", "background-color", "exclude", "style", "title",
})  # fmt: skip
_CLASSED = re.compile(r"(?<![\w\\])((?:\.[A-Za-z][\w-]*)+)\[")
_SCALE = re.compile(r":?(?:scale|width)\s+([\d.]+(?:%|px)?)")
_MACRO = re.compile(r"!\[:((?!scale|width)[\w-]+[^\[\]\n]{0,300})\](?:\(([^()\n]{0,500})\))?")
_PICTURE_ADDRESS = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp)$", re.IGNORECASE)
_BRACKETS = re.compile(r"\\.|[\[\]]")
_BESIDE = re.compile(
    r"(?:column|col)(?:-?\d+)?$|(?:one|two)-?(?:half|thirds?)$|(?:left|right)(?:-?col(?:umn)?)?$|[lr]c$"
    r"|pull-(?:left|right)(?:-\w+)?$|(?:col|column|split)-(?:left|right)$"
)
_DIVIDING: Final = frozenset({"inverse", "title-slide", "section", "divider", "segue", "center-middle", "impact"})
_TEXTAREA = re.compile(r"<textarea[^<>]*\bid=[\"']?source[\"']?[^<>]*>(.*?)</textarea>", re.DOTALL | re.IGNORECASE)
_READ: Final = frozenset(
    {"output", "institute", "subtitle", "params", "runtime", "bibliography", "link-citations", "csl"}
)


def read(source: Source, pictures: Pictures, losses: Losses) -> Talk:
    store = Store()
    given = source.front
    reader = _Reader(pictures, losses, store)
    reader.math = bool(given) or "mathjax" in source.text[:2_000].lower() or "$$" in source.text
    templates: dict[str, tuple[str, ...]] = {}
    common: tuple[str, ...] = ()
    common_class = ""
    slides: list[Slide] = []
    for number, (start, lines, goes_on) in enumerate(bounded(_slides(source), losses), 1):
        properties, text = _properties(lines)
        name = properties.get("name", "")
        if name:
            templates[name] = text
        losses.at(number, source.number(start), lines)
        if properties.get("layout") == "true":
            common, common_class = _visible(text), properties.get("class", "")
            if any(line.strip() for line in common):
                losses.add(
                    "layout",
                    _("What stands on every slide by a layout is not repeated on each."),
                    near="layout:",
                    text=" ".join(" ".join(common).split()),
                )
            continue
        if properties.get("layout") == "false":
            common, common_class = (), ""
        if properties.get("exclude") == "true":
            properties["skip"] = "true"
        base = templates.get(properties.get("template", ""), ())
        if base:
            text = _filled(_visible(base), text)
        if common_class and properties.get("layout") != "false":
            properties["class"] = f"{common_class}, {properties.get('class', '')}"
        slide = reader.slide(Raw(number, source.number(start), text, properties))
        if slide is None:
            continue
        if goes_on and slides and not slide.title:
            slides[-1] = _joined(slides[-1], slide)
        else:
            slides.append(slide)
    losses.at(0)
    settings = common_settings(given, source.text, theme=theme_of(_themes(given)))
    report_rest(given, _READ, losses)
    if given.get("title"):
        slides.insert(0, _title_slide(given))
    return Talk(
        title=settings.get("title", ""),
        settings=tuple(settings.items()),
        slides=tuple(slides),
        definitions=store.written(),
    )


def from_page(text: str) -> str:
    """The Markdown in a page that shows it with remark."""
    found = _TEXTAREA.search(text)
    return html.unescape(found[1]) if found else ""


def _themes(given: dict[str, Value]) -> list[str]:
    output = given.get("output")
    options = list(output.values()) if isinstance(output, dict) else []
    return [
        name for each in options if isinstance(each, dict) for name in re.split(r"[,\s]+", text_of(each.get("css")))
    ]


def _title_slide(given: dict[str, Value]) -> Slide:
    parts = [f"## {subtitle} {{.plain}}" if (subtitle := text_of(given.get("subtitle"))) else ""]
    parts += [text_of(given.get(key)) for key in ("author", "institute", "date")]
    parts = [part for part in parts if part and not part.startswith("`r ")]
    return Slide(number=0, title=text_of(given.get("title")), level=1, body="\n\n".join(parts))


def _slides(source: Source) -> list[tuple[int, tuple[str, ...], bool]]:
    """Where each slide begins, its lines, and whether it goes on with the one before."""
    out: list[tuple[int, tuple[str, ...], bool]] = []
    start, goes_on = 0, False
    lines = source.lines
    for index, line in enumerate(lines):
        sign = line.rstrip()
        if source.covered[index] or not (sign == "---" or (sign.startswith("---") and not sign.strip("-"))):
            continue
        out.append((start, lines[start:index], goes_on))
        start = index + 1
    out.append((start, lines[start:], goes_on))
    if not any(line.strip() for line in out[0][1]):
        out.pop(0)
    return out


def _properties(lines: Sequence[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What the lines at the top of a slide say of it; the rest, its place kept."""
    out: dict[str, str] = {}
    rest = list(lines)
    fresh = True
    for index, line in enumerate(lines):
        if not line.strip():
            fresh = True
            continue
        found = _PROPERTY.match(line)
        if found is None or (found[1] not in _KNOWN and fresh):
            break
        out[found[1]] = found[2].strip()
        rest[index], fresh = "", False
    return out, tuple(rest)


def _visible(lines: Sequence[str]) -> tuple[str, ...]:
    end = next((i for i, line in enumerate(lines) if line.rstrip() == "???"), len(lines))
    return tuple(lines[:end])


def _filled(template: Sequence[str], text: Sequence[str]) -> tuple[str, ...]:
    """A template with the text of a slide in the place for it, or below."""
    whole = "\n".join(template)
    if "{{content}}" in whole:
        return tuple(whole.replace("{{content}}", "\n".join(text)).split("\n"))
    return (*template, *text)


def _joined(slide: Slide, more: Slide) -> Slide:
    notes = "\n\n".join(filter(None, (slide.notes, more.notes)))
    return replace(slide, body=f"{slide.body}\n\n{more.body}".strip("\n"), notes=notes)


class _Reader(SlideReader):
    inert_text = True

    def begin(self, raw: Raw) -> None:
        self._said: list[str] = []
        given = raw.settings
        if name := given.get("name"):
            self.attributes["id"] = name
        if given.get("skip") == "true":
            self.hide()
        self.set_background(given.get("background-image", ""))
        if not self.background:
            self.set_background(given.get("background-color", ""))
        for name in re.split(r"[,\s]+", given.get("class", "")):
            if re.fullmatch(r"[A-Za-z][\w-]*", name) and name not in self.classes:
                self.classes.append(name)
        if style := given.get("style"):
            self.losses.add(
                "style", _("Styles written into the text (CSS) are not carried over."), near="style:", text=style
            )
        for key in given:
            if key not in _KNOWN and key != "skip":
                self.lost_setting(key, given[key])

    def own_lines(self, lines: list[str]) -> list[str]:
        covered = regions(lines).covered
        out: list[str] = []
        said = False
        for line, hidden in zip(lines, covered, strict=True):
            sign = "" if hidden else line.rstrip()
            if sign == "???":
                said = True
                self._said.append("")
            elif sign == "--":
                said = False
                out += ["", MARK, ""]
            else:
                (self._said if said else out).append(line)
        return out

    def code(self, info: str, code: list[str]) -> str:
        if info.startswith("{"):
            return code_cell(self, info, code)
        return self.code_block(read_info(info), code)

    def code_block(self, info: CodeInfo, code: list[str]) -> str:
        code, marked = without_marks(code, "#<<")
        if (
            not marked
            and any(line.startswith("*") for line in code)
            and info.language not in ("", "markdown", "md", "css")
        ):
            marked = " ".join(str(number) for number, line in enumerate(code, 1) if line.startswith("*"))
            code = [line.removeprefix("*") for line in code]
        if marked and not info.steps:
            info = CodeInfo(info.language, marked, info.title, info.numbered, info.options)
        return fenced(info.written(), code)

    def syntax(self, text: str) -> str:
        if self._said:
            self.note(re.sub(r"<!--(.*?)(?:-->|\Z)", r"\1", self.aside.fences(self._said, self.code), flags=re.DOTALL))
        text = _MACRO.sub(self._macro, text.replace("{{content}}", ""))
        return self._classed(text, 0)

    def _macro(self, m: re.Match[str]) -> str:
        words = m[1].partition(" ")[2].strip()
        if m[2] and _PICTURE_ADDRESS.search(m[2]):
            return f"![{words}]({m[2].strip()})"
        message = _("What “{name}” puts in when the deck is made is not carried over.").format(name=m[1].split()[0])
        self.losses.add("shortcode", message, near=m[0], text=m[0])
        return ""

    def _classed(self, text: str, depth: int) -> str:
        """`.left-column[…]` and its like: columns stand side by side, of anything else the words stay."""
        out: list[str] = []
        beside: list[str] = []
        at = 0
        closings = _closings(text)
        while found := _CLASSED.search(text, at):
            end = closings.get(found.end(), -1)
            if end < 0 or depth > 10:
                out.append(text[at : found.end()])
                at = found.end()
                continue
            names = found[1].strip(".").split(".")
            inner = text[found.end() : end]
            between = text[at : found.start()]
            side = next((name for name in names if _BESIDE.match(name)), "")
            block = "\n" in inner or side
            inner = self._classed(inner, depth + 1)
            if side and (not beside or not between.strip()):
                if not beside:
                    out.append(between)
                beside.append(inner)
            elif side or beside:
                out += [self._beside(beside), between]
                beside = [inner] if side else []
                if not side:
                    out.append(self._marked(names, inner, block=bool(block)))
            else:
                out += [between, self._marked(names, inner, block=bool(block))]
            at = end + 1
        out += [self._beside(beside), text[at:]]
        return "".join(out)

    def _beside(self, parts: list[str]) -> str:
        return f"\n\n{columns(parts)}\n\n" if parts else ""

    def _marked(self, names: Sequence[str], inner: str, *, block: bool) -> str:
        if "hidden" in names:
            self.losses.add("hidden", _("Hidden text is kept among the notes."))
            self.note(inner)
            return ""
        if "footnote" in names:
            return f"\n\n<small>{tidy(inner)}</small>\n\n" if "\n" not in inner else f"\n\n{tidy(inner)}\n\n"
        return f"\n\n{tidy(inner)}\n\n" if block else inner

    def written_picture(self, source: str, alt: str, title: str, width: str, pairs: Mapping[str, str]) -> str:
        if found := _SCALE.match(alt.strip()):
            return super().written_picture(source, alt.strip()[found.end() :].strip(), title, found[1], pairs)
        return super().written_picture(source, alt, title, width, pairs)

    def assemble(self, text: str) -> str:
        self.divider = (
            bool(_DIVIDING & set(self.classes)) and len([line for line in text.split("\n") if line.strip()]) <= 2
        )
        return stepped_parts(text)


def _closings(text: str) -> dict[int, int]:
    """For the place after each opening bracket, where it is closed."""
    out: dict[int, int] = {}
    open_: list[int] = []
    for found in _BRACKETS.finditer(text):
        if found[0] == "[":
            open_.append(found.end())
        elif found[0] == "]" and open_:
            out[open_.pop()] = found.start()
    return out
