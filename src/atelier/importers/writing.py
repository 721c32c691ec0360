"""Slides as the text of a deck: front matter, a heading a frame, its content, its notes."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from atelier.deck.ids import slug
from atelier.foundation.translation import _
from atelier.importers.aside import fenced
from atelier.importers.losses import shown
from atelier.importers.markdown import notes_block, tidy
from atelier.importers.structure import depths, has_root
from atelier.markup.scanner import scan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atelier.importers.losses import Losses
    from atelier.importers.types import Slide, Talk

_LINK: Final = re.compile(
    r"(?<!!)\[((?:[^\[\]\\]|\\.){1,500})\]\(\s*<?(?:\?slide=|#slide[=-]|#/|/|#)([\w./:=%~-]{0,200})>?\s*\)"
)
_CODE = re.compile(r"(`{3,})[^\n]*\n.*?\n[ \t>]*\1|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\2(?!`)", re.DOTALL)
_PICTURE_ALT = re.compile(r"!\[([^\[\]]{1,80})\]")
_LONGEST_TITLE: Final = 200
_ID = re.compile(r"[^\w.:-]+")


@dataclass(frozen=True, slots=True)
class Written:
    text: str
    title: str
    frames: int


def write_deck(talk: Talk, losses: Losses, name: str) -> Written:
    """The text of the deck; `name` is its title where the source has none."""
    slides = _with_notes_below(talk.slides)
    rooted = talk.rooted and has_root(slides)
    slides = _with_links(_with_titles(slides, talk.title or name), losses)
    title = slides[0].title if rooted else talk.title or name
    root, rest = (slides[0], slides[1:]) if rooted else (None, slides)
    levels = depths(rest, first=2)
    settings = dict(talk.settings)
    if _plain(title) != (talk.title or "") and talk.title and rooted:
        settings["title"] = talk.title
    parts = [_Part(root, title, 1)]
    parts += [_Part(slide, slide.title, level) for slide, level in zip(rest, levels, strict=True)]
    pieces = [part.written() for part in parts]
    text, lines = _whole(settings, pieces, talk.definitions)
    for index in sorted(_broken(text, lines, parts)):
        part = parts[index]
        if part.slide is not None:
            losses.at(part.slide.number, part.slide.line)
            losses.add("markup", _("The markup of this slide cannot be told apart; it is kept as a text to copy from."))
            pieces[index] = part.plain().written()
    text, lines = _whole(settings, pieces, talk.definitions)
    return Written(text, _plain(title), len(parts))


@dataclass(frozen=True, slots=True)
class _Part:
    """A frame to be written; the root may have no slide."""

    slide: Slide | None
    title: str
    level: int

    def written(self) -> str:
        slide = self.slide
        parts = [f"{'#' * self.level} {_title(self.title)}{_attributes(slide) if slide else ''}"]
        if slide and slide.body.strip():
            parts.append(tidy(slide.body))
        if slide and slide.notes.strip():
            parts.append(notes_block(slide.notes))
        return "\n\n".join(parts)

    def plain(self) -> _Part:
        """The same with all its text as code, which nothing in it ends."""
        assert self.slide is not None
        notes = self.slide.notes
        body = fenced("", self.slide.body.split("\n")) if self.slide.body.strip() else ""
        return replace(self, slide=replace(self.slide, body=body, notes=fenced("", notes.split("\n")) if notes else ""))


def _whole(settings: dict[str, str], pieces: Sequence[str], definitions: str) -> tuple[str, list[int]]:
    """The text, and the line each piece begins at."""
    front = [f"{key}: {_scalar(key, value)}" for key, value in settings.items() if value]
    out = ["---", *front, "---", ""] if front else []
    starts: list[int] = []
    for piece in pieces:
        starts.append(len(out) + 1)
        out += [*piece.split("\n"), ""]
    if definitions:
        out += [definitions, ""]
    return "\n".join(out), starts


def _broken(text: str, starts: Sequence[int], parts: Sequence[_Part]) -> set[int]:
    """The pieces that do not come out as one frame with its notes hidden: something in them swallows what follows."""
    found: dict[int, tuple[str, ...]] = {
        frame.heading.line: frame.blocks for frame in scan(text).frames if frame.heading is not None
    }
    out: set[int] = set()
    for index, (start, part) in enumerate(zip(starts, parts, strict=True)):
        if start not in found:
            out.add(max(0, index - 1))
        elif part.slide and part.slide.notes.strip() and "notes" not in found[start]:
            out.add(index)
    known = set(starts)
    out |= {bisect_right(starts, line) - 1 for line in found if line not in known}
    return out


def _scalar(key: str, value: str) -> str:
    if key == "tags":
        return json.dumps([part.strip() for part in value.split(",") if part.strip()], ensure_ascii=False)
    return (
        value
        if re.fullmatch(r"[A-Za-z][\w .-]*|\d+", value) and key != "title"
        else json.dumps(value, ensure_ascii=False)
    )


def _title(text: str) -> str:
    """Words of a heading, in which nothing is taken for attributes or closing marks."""
    text = " ".join(text.split())[:_LONGEST_TITLE]
    if text.endswith("}"):
        start = text.rfind("{")
        before = text[: max(start, 0)].removesuffix("\\")
        if start >= 0 and before[-1:] not in tuple("*_`)]=~^"):
            text = f"{before}&#123;{text[start + 1 :]}"
    return re.sub(r"(?:^|(?<=\s))(#+)$", lambda m: "\\#" * len(m[1]), text) or "…"


def _attributes(slide: Slide) -> str:
    out: list[str] = []
    for key, value in slide.attributes:
        if key == "id":
            out.append(f"#{value}")
        elif key == "class":
            out.append(f".{value}")
        elif re.fullmatch(r"[\w./#:-]+", value):
            out.append(f"{key}={value}")
        else:
            out.append('{}="{}"'.format(key, value.replace('"', "'").replace("\n", " ")))
    return f" {{{' '.join(out)}}}" if out else ""


def _plain(title: str) -> str:
    """A title without its marks."""
    title = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", title)
    return " ".join(re.sub(r"[*`]|<[^<>]{1,200}>|\\(?=\W)", "", title).split())


def _with_notes_below(slides: Sequence[Slide]) -> list[Slide]:
    """Slides on which nothing is shown give what is said on them to the slide before."""
    out: list[Slide] = []
    for slide in slides:
        if slide.title or slide.body.strip() or not out or any(key == "background" for key, _v in slide.attributes):
            out.append(slide)
        else:
            out[-1] = replace(out[-1], notes="\n\n".join(filter(None, (out[-1].notes, slide.notes))))
    return out


def _with_titles(slides: list[Slide], title: str) -> list[Slide]:
    """Slides that have none get a title: that of the picture they are, else that of the slide before."""
    last, count = title, 0
    out: list[Slide] = []
    for slide in slides:
        if slide.title:
            last, count = slide.title, 1
            out.append(slide)
            continue
        pictures = _PICTURE_ALT.findall(slide.body)
        lines = [line for line in slide.body.split("\n") if line.strip()]
        if len(pictures) == 1 and len(lines) == 1:
            words = pictures[0]
        else:
            count += 1
            words = f"{last} ({count})"
        out.append(replace(slide, title=words))
    return out


def _with_links(slides: list[Slide], losses: Losses) -> list[Slide]:
    """Ids given once each, and links to other slides as links to frames."""
    ids: dict[str, int] = {}
    clean: list[Slide] = []
    for index, slide in enumerate(slides):
        pairs: list[tuple[str, str]] = []
        for key, value in slide.attributes:
            if key != "id":
                pairs.append((key, value))
                continue
            name = _ID.sub("-", value).strip("-")
            if name and name not in ids:
                ids[name] = index
                pairs.insert(0, ("id", name))
        clean.append(replace(slide, attributes=tuple(pairs)))
    if not any("](" in slide.body for slide in clean):
        return clean
    slugs: dict[str, int] = {}
    for index, slide in enumerate(clean):
        slugs.setdefault(slug(_plain(slide.title)), index)
        slugs.setdefault(re.sub(r"[^\w-]+", "-", _plain(slide.title).lower()).strip("-"), index)
    numbers = {slide.number: index for index, slide in reversed(list(enumerate(clean)))}
    wanted: dict[int, str] = {}

    def target(address: str) -> str:
        name = address.strip("/")
        first = name.split("/", 1)[0]
        if name in ids:
            return name
        index = slugs.get(name.lower(), ids.get(first))
        if index is None and first.isdecimal():
            index = numbers.get(int(first))
        if index is None:
            return ""
        own = next((value for key, value in clean[index].attributes if key == "id"), "")
        return own or wanted.setdefault(index, _free(f"slide-{clean[index].number}", ids))

    out: list[Slide] = []
    for slide in clean:

        def rewritten(m: re.Match[str], slide: Slide = slide) -> str:
            if found := target(m[2]):
                return f"[{m[1]}](#{found})"
            losses.at(slide.number, slide.line)
            losses.add("link", _("The link “{words}” leads to no slide.").format(words=shown(m[1])), text=m[2])
            return m[1]

        out.append(replace(slide, body=_outside_code(slide.body, rewritten)) if "](" in slide.body else slide)
    for index, name in wanted.items():
        out[index] = replace(out[index], attributes=(("id", name), *out[index].attributes))
    return out


def _free(name: str, ids: dict[str, int]) -> str:
    while name in ids:
        name += "-x"
    return name


def _outside_code(text: str, rewrite: Callable[[re.Match[str]], str]) -> str:
    out: list[str] = []
    at = 0
    for code in _CODE.finditer(text):
        out += (_LINK.sub(rewrite, text[at : code.start()]), code[0])
        at = code.end()
    return "".join([*out, _LINK.sub(rewrite, text[at:])])
