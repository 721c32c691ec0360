"""Slidev: dashes part slides and hold their settings, the last comment of a slide is its notes, layouts have slots.

Format: sli.dev (syntax guide, built-in layouts and components, @slidev/parser).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atelier.deck.files import resolve
from atelier.foundation.errors import AtelierError
from atelier.foundation.texts import read_bytes, read_text_file
from atelier.foundation.translation import _
from atelier.importers.aside import fenced, regions
from atelier.importers.code import CodeInfo, read_info
from atelier.importers.html import link
from atelier.importers.losses import shown
from atelier.importers.markdown import HEADING, columns, one_line, tidy
from atelier.importers.settings import common_settings, is_true, report_rest, text_of, theme_of, values
from atelier.importers.slides import Raw, SlideReader, Store, unindented
from atelier.importers.source import Source, bounded, decoded
from atelier.importers.steps import one_step, steps_each
from atelier.importers.types import Slide, Talk
from atelier.markup.frontmatter import normalise

if TYPE_CHECKING:
    from atelier.foundation.diagnostics import Diagnostic
    from atelier.importers.html_tree import Node
    from atelier.importers.losses import Losses
    from atelier.importers.pictures import Pictures
    from atelier.importers.settings import Value

ROOTS: Final = ("", "public/", "assets/")
_MOST_FILES: Final = 50
_DEEPEST: Final = 4
_LARGEST_SNIPPET: Final = 1024 * 1024  # bytes
_SLOT = re.compile(r"^[ \t]*::(\w[\w-]*)::[ \t]*$", re.MULTILINE)
_SNIPPET = re.compile(r"^(\s*)<<<\s+([^\s{#]+)(#[\w-]+)?\s*(.*)$")
_FORMULA_STEPS = re.compile(r"^\$\$[ \t]*(?:\{[^{}]{0,100}\})+")
_CLICK = re.compile(r"v-(?:click|after|clicks)(?:[.:-].*)?$|v-switch$")
_YAML_HEAD = re.compile(r"\s*```ya?ml\s*\n(.*?)\n```[ \t]*\n", re.DOTALL)
_SPAN_STYLE = re.compile(r"(?<=\])\{(?:style|class|\.|#)[^{}\n]{0,300}\}|\{(?:style|class)=[^{}\n]{0,300}\}")
_MARKED = re.compile(r"\[((?:[^\[\]]){1,300})\](?=\{[.:#\w][^{}\n]{0,300}\})")
_READ: Final = frozenset({
    "layout", "background", "image", "class", "title", "level", "hide", "disabled", "routeAlias", "src", "clicks",
    "transition", "clicksStart", "preload", "hideInToc", "url", "zoom", "mdc", "backgroundSize", "dragPos", "author",
})  # fmt: skip
_DECK: Final = frozenset({
    "theme", "titleTemplate", "info", "drawings", "highlighter", "lineNumbers", "aspectRatio", "canvasWidth", "fonts",
    "download", "exportFilename", "export", "colorSchema", "routerMode", "favicon", "monaco", "remoteAssets", "record",
    "selectable", "themeConfig", "plantUmlServer", "presenter", "browserExporter", "htmlAttrs", "addons", "defaults",
    "css", "wakeLock", "duration", "timer", "twoslash", "overviewSnapshots", "contextMenu", "editor", "seoMeta",
    "comark", "notesAutoRuby", "seo", "magicMoveDuration",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    line: int
    lines: tuple[str, ...]
    settings: dict[str, Value]
    above: tuple[str, ...] = ()


def read(source: Source, pictures: Pictures, losses: Losses) -> Talk:
    store = Store()
    given = dict(source.front)
    reader = _Reader(pictures, losses, store, source.file.parent)
    pieces = _pieces(list(source.lines), source.first_line, given)
    slides: list[Slide] = []
    for number, piece in enumerate(bounded(_with_others(pieces, source.file, losses), losses), 1):
        settings = {key: text_of(value) for key, value in piece.settings.items()}
        slide = reader.slide(Raw(number, piece.line, piece.lines, settings, above=piece.above))
        if slide is not None:
            slides.append(slide)
    losses.at(0)
    report_rest(given, {*_READ, *_DECK}, losses)
    dark = "nuit" if text_of(given.get("colorSchema")) == "dark" else ""
    settings = common_settings(
        {"description": given.get("info", ""), **given},
        source.text,
        theme=dark or theme_of([text_of(given.get("theme"))]),
        ratio=text_of(given.get("aspectRatio")),
    )
    if minutes := _minutes(text_of(given.get("duration"))):
        settings["minutes"] = minutes
    settings.pop("abstract", None)
    if info := text_of(given.get("info")):
        losses.add(
            "setting", _("The setting “{key}” of the whole deck has no counterpart here.").format(key="info"), text=info
        )
    return Talk(
        title=settings.get("title", ""),
        settings=tuple(settings.items()),
        slides=tuple(slides),
        definitions=store.written(),
    )


def _minutes(duration: str) -> str:
    found = re.fullmatch(r"(?:(\d+)\s*h(?:ours?)?)?\s*(?:(\d+)\s*m(?:in(?:utes?)?)?)?", duration.strip())
    if not found or not duration.strip():
        return ""
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0)
    return str(minutes) if 0 < minutes <= 1440 else ""


def _pieces(lines: list[str], first_line: int, head: dict[str, Value]) -> list[_Piece]:
    """The slides of a text, the settings above each taken off."""
    covered = regions(lines).covered
    out: list[_Piece] = []
    start, settings, index = 0, head, 0
    above: tuple[str, ...] = ()
    while index < len(lines):
        line = lines[index].rstrip()
        if covered[index] or not line.startswith("---") or line.strip("-"):
            index += 1
            continue
        out.append(_Piece(first_line + start, tuple(lines[start:index]), settings, above))
        settings, above = {}, ()
        following = lines[index + 1].strip() if index + 1 < len(lines) else ""
        end = index
        if line == "---" and following and not following.startswith("#"):
            end = next((i for i in range(index + 1, len(lines)) if lines[i].rstrip() == "---"), index)
            read_settings = values("\n".join(lines[index + 1 : end]), first_line + index + 1) if end > index else {}
            if read_settings:
                settings, above = read_settings, tuple(lines[index + 1 : end + 1])
            else:
                end = index
        start = index = end + 1
    out.append(_Piece(first_line + start, tuple(lines[start:]), settings, above))
    return [_yaml_above(piece) for piece in out]


def _yaml_above(piece: _Piece) -> _Piece:
    """A slide whose settings stand in a block of code at its top."""
    found = _YAML_HEAD.match("\n".join(piece.lines))
    if found is None:
        return piece
    count = found[0].count("\n")
    return _Piece(piece.line + count, piece.lines[count:], {**piece.settings, **values(found[1], piece.line)})


def _with_others(pieces: list[_Piece], file: Path, losses: Losses, depth: int = 0) -> list[_Piece]:
    """The slides with those of other files in the place of the slides that name them."""
    out: list[_Piece] = []
    for piece in pieces:
        name = text_of(piece.settings.get("src"))
        if not name:
            if not (is_true(piece.settings.get("hide")) or is_true(piece.settings.get("disabled"))):
                out.append(piece)
            else:
                out.append(_Piece(piece.line, piece.lines, {**piece.settings, "hide": "true"}))
            continue
        losses.at(len(out) + 1, piece.line, piece.lines)
        found = resolve(file.parent, name.partition("#")[0].lstrip("/"), limit=8 * 1024 * 1024)
        if not isinstance(found, Path) or depth >= _DEEPEST or len(out) > 5_000:
            losses.add("file", _("The slides of “{name}” cannot be read.").format(name=shown(name)), text=name)
            out.append(_Piece(piece.line, piece.lines, {k: v for k, v in piece.settings.items() if k != "src"}))
            continue
        try:
            lines = normalise(decoded(read_text_file(found), found, losses)).split("\n")
        except AtelierError as error:
            losses.add("file", error.message, text=name)
            continue
        head: dict[str, Value] = {}
        if lines[0].rstrip() == "---" and "---" in (rest := [line.rstrip() for line in lines[1:]]):
            stop = rest.index("---") + 1
            head = values("\n".join(lines[1:stop]), 2)
            lines = lines[stop + 1 :]
        inner = _pieces(lines, 1, {**head, **{k: v for k, v in piece.settings.items() if k != "src"}})
        out += _with_others(inner[:1_000], found, losses, depth + 1)
    return out


class _Reader(SlideReader):
    def __init__(self, pictures: Pictures, losses: Losses, store: Store, folder: Path) -> None:
        super().__init__(pictures, losses, store)
        self._folder = folder
        self._comments_seen: list[str] = []

    def begin(self, raw: Raw) -> None:
        self._comments_seen = []
        given = raw.settings
        if alias := given.get("routeAlias"):
            self.attributes["id"] = alias
        if given.get("hide") == "true":
            self.hide()
        layout = given.get("layout", "")
        if background := given.get("background", ""):
            self.set_background(background)
        if image := given.get("image", ""):
            if layout == "image-left":
                self.before.append(self.picture(image, ""))
            elif layout == "image-right":
                self.after.append(self.picture(image, ""))
            else:
                self.set_background(image)
        self.divider = layout == "section"
        for name in given.get("class", "").split():
            if re.fullmatch(r"[A-Za-z][\w-]*", name) and "-" not in name:
                self.classes.append(name)
        if raw.number > 1 and given.get("transition"):
            self.losses.add("transition", _("Transitions are not carried over; the camera flies."), near="transition")
        for key, value in given.items():
            if raw.number > 1 and key not in _READ:
                self.lost_setting(key, value)

    def own_lines(self, lines: list[str]) -> list[str]:
        covered = regions(lines).covered
        out: list[str] = []
        for line, hidden in zip(lines, covered, strict=True):
            if hidden:
                out.append(line)
            elif "<<<" in line:
                out += self._snippet(line)
            else:
                out.append(_FORMULA_STEPS.sub("$$", line) if line.startswith("$$") else line)
        return out

    def _snippet(self, line: str) -> tuple[str, ...]:
        """The lines of code that `<<< @/snippets/cake.py {2|3}` puts in."""
        found = _SNIPPET.match(line)
        if found is None:
            return (line,)
        name = found[2].removeprefix("@/").lstrip("/")
        file = resolve(self._folder, name, limit=_LARGEST_SNIPPET)
        try:
            code = normalise(_bytes(file).decode("utf-8", "replace")).rstrip().split("\n")
        except AtelierError:
            self.losses.add(
                "file", _("The code in “{name}” cannot be read.").format(name=shown(name)), near=line, text=name
            )
            return (f"`{name}`",)
        info = found[4] if re.match(r"[A-Za-z]", found[4]) else f"{name.rpartition('.')[2]} {found[4]}"
        return tuple(fenced(info, _region(code, (found[3] or "").lstrip("#"))).split("\n"))

    def comment(self, text: str) -> None:
        self._comments_seen.append(text)

    def code(self, info: str, code: list[str]) -> str:
        if "magic-move" in info:
            return self._magic(code)
        return self.code_block(read_info(info), code)

    def code_block(self, info: CodeInfo, code: list[str]) -> str:
        if info.language in ("mermaid", "plantuml"):
            message = _("Diagrams are kept as their text (“{name}”).").format(name=info.language)
            self.losses.add("diagram", message, near=f"```{info.language}")
        return super().code_block(info, code)

    def _magic(self, code: list[str]) -> str:
        """Code that changes step by step: its states, each in a block of its own that appears with an advance."""
        self.losses.add(
            "code", _("Code that changes on its place is shown state by state, one below the other."), near="magic-move"
        )
        inner = _states(code)
        out: list[str] = []
        for number, (info, lines) in enumerate(inner):
            block = fenced(read_info(info).written(), lines)
            out.append(block if not number else f"{block}\n{{: .step }}")
        return "\n\n".join(out) or fenced("", code)

    def syntax(self, text: str) -> str:
        text = _MARKED.sub(r"\1", text) if "]{" in text else text
        return _SPAN_STYLE.sub("", text)

    def component(self, node: Node, inner: str) -> str | None:
        name = node.name.replace("-", "")
        if name in ("vclick", "vafter"):
            return f"\n\n{one_step(tidy(inner))}\n\n"
        if name in ("vclicks", "vswitch"):
            return f"\n\n{steps_each(tidy(inner))}\n\n"
        if name == "template" or name.startswith(
            ("transform", "autofitText".lower(), "lightordark", "vdrag", "vmark", "rendewhen")
        ):
            return inner
        if name == "link":
            return link(
                f"#{node.attributes.get('to', '').lstrip('/')}", one_line(inner) or node.attributes.get("title", "")
            )
        if name in ("youtube", "tweet", "slidevvideo"):
            return self._page(node, name)
        if name in ("toc", "titlesonly"):
            self.losses.add("component", _("The list of contents is left out: the canvas shows it."), near=node.source)
            return ""
        if re.match(r"[a-z\d]+(?:-[a-z\d]+)+$", node.name) and not inner.strip():  # an icon: <mdi-home />
            self.losses.add("component", _("Icons of other programs are left out."), near=node.source, text=node.name)
            return ""
        if node.name.partition(":")[0] in ("carbon", "mdi", "logos", "uim", "ph", "tabler", "fa") and not inner.strip():
            self.losses.add("component", _("Icons of other programs are left out."), near=node.source, text=node.name)
            return ""
        return None

    def _page(self, node: Node, name: str) -> str:
        id_ = node.attributes.get("id", "")
        address = {"youtube": "https://www.youtube.com/watch?v=", "tweet": "https://twitter.com/i/status/"}.get(
            name, ""
        ) + id_
        message = _("What plays or shows another page (“<{name}>”) becomes a link.").format(name=node.name)
        self.losses.add("media", message, near=node.source, text=address)
        return f"\n\n{link(address)}\n\n"

    def fragment(self, node: Node, inner: str) -> str | None:
        keys = [key for key in node.attributes if _CLICK.match(key)]
        if not keys or node.name in ("li", "tr", "td", "th"):
            return None
        if node.name in ("span", "b", "i", "em", "strong", "a", "code", "img", "mark", "arrow") and node.name != "img":
            message = _("Words within a paragraph appear with it, not by themselves.")
            self.losses.add("step", message, near=node.source)
            return None
        if any(key.startswith("v-clicks") for key in keys):
            return steps_each(tidy(inner))
        return one_step(tidy(inner))

    def assemble(self, text: str) -> str:
        *others, last = self._comments_seen or [""]
        if last.strip():
            self.note(last)
        for each in others:
            if each.strip():
                self.losses.add("comment", _("A comment is kept among the notes."), near=each)
                self.notes.insert(0, unindented(each))
        given = self.raw.settings
        text = self._slots(text, given.get("layout", ""))
        if url := given.get("url", ""):
            text += f"\n\n{link(url)}"
            self.losses.add(
                "media",
                _("What plays or shows another page (“<{name}>”) becomes a link.").format(name="iframe"),
                text=url,
            )
        title = given.get("title", "")
        first = next((line for line in text.split("\n") if line.strip()), "")
        if title and self.raw.number > 1 and not any(HEADING.match(line) for line in text.split("\n")):
            text = f"# {title}\n\n{text}" if not HEADING.match(first) else text
        return text

    def _slots(self, text: str, layout: str) -> str:
        """`::right::` and its like: the parts of a layout, beside one another."""
        parts = _SLOT.split(text)
        if len(parts) < 3:
            return text
        slots: dict[str, str] = {"default": parts[0]}
        for name, words in zip(parts[1::2], parts[2::2], strict=True):
            slots[name] = slots.get(name, "") + words
        head = slots.pop("default")
        bottom = slots.pop("bottom", slots.pop("footer", ""))
        if "left" in slots or layout.startswith("two-cols-header"):
            return "\n\n".join([head, columns([slots.pop("left", ""), *slots.values()]), bottom])
        title, rest = _heading_off(head)
        return "\n\n".join([title, columns([rest, *slots.values()]), bottom])


def _heading_off(text: str) -> tuple[str, str]:
    """The heading a text begins with, and the rest."""
    lines = tidy(text).split("\n")
    if lines and HEADING.match(lines[0]):
        return lines[0], "\n".join(lines[1:])
    return "", text


def _region(code: list[str], name: str) -> list[str]:
    """The lines between `#region name` and its end; all of them where there is none."""
    if not name:
        return code
    begin = next((i for i, line in enumerate(code) if re.search(rf"#\s?region\s+{re.escape(name)}\b", line)), None)
    if begin is None:
        return code
    end = next((i for i in range(begin + 1, len(code)) if re.search(r"#\s?endregion", code[i])), len(code))
    return code[begin + 1 : end]


def _states(code: list[str]) -> list[tuple[str, list[str]]]:
    return [(f.info, code[f.start + 1 : f.stop - f.closed]) for f in regions(code).fences]


def _bytes(file: Path | Diagnostic) -> bytes:
    """What is in a file that was found. Raises AtelierError where it was not, or cannot be read."""
    if isinstance(file, Path):
        return read_bytes(file, _LARGEST_SNIPPET)
    raise AtelierError(file.message)
