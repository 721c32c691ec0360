"""From the lines of one slide to its title, text and notes: what the Markdown tools have in common.

What a tool has of its own is in a class of its own, which overrides a step of this one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atelier.foundation.translation import _
from atelier.importers.aside import CLOSE, MARK, OPEN, Aside, fenced
from atelier.importers.code import CodeInfo, read_info
from atelier.importers.html import link, rewritten
from atelier.importers.html_tree import Node, attributes_of
from atelier.importers.losses import shown
from atelier.importers.markdown import HEADING, atx, columns, inert, one_line, tidy
from atelier.importers.types import Slide
from atelier.markup.definitions import collect
from atelier.markup.lines import attributes, dedent, indentation, split_attributes
from atelier.markup.media import bare, span
from atelier.markup.media import kind_of as media_kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atelier.importers.losses import Losses
    from atelier.importers.pictures import Pictures

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_MUTED_COMMENT = re.compile(
    r"\s*(?:prettier-ignore|markdownlint-|eslint-|textlint-|vale |cspell:|toc\b|/toc\b|fit\s*$|more\s*$)"
)
_LABELLED = re.compile(
    r"^ {0,3}\[(?://|comment|_metadata_[\w:]*)\]:\s*(?:#|<>)\s*(?:\((.*)\)|\"(.*)\"|'(.*)')\s*$", re.MULTILINE
)
_PICTURE = re.compile(
    r"!\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,200}\]){0,1000})\]"
    r"(?:\(\s*(?:<([^<>\n]{1,2000})>|((?:[^\s()<>]|\([^\s()]{0,200}\)){1,2000}|[^()\n\"'<>]{1,500}?))"
    r"(?:\s+(?:=(\d*%?x?\d*)|\"([^\"\n]{0,1000})\"|'([^'\n]{0,1000})'))?\s*\)"
    r"|\[([^\[\]]{0,200})\])(\{[^{}\n]{0,500}\})?"
)
_DATA_PICTURE = re.compile(r"!\[([^\[\]]{0,500})\]\(\s*(data:image/[^\s()]+)\s*\)")
_WIKI_PICTURE = re.compile(r"!\[\[([^\[\]|#\n]{1,300})(?:#[^\[\]|\n]{0,200})?(?:\|([^\[\]\n]{0,200}))?\]\]")
_PICTURE_NAMES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".webp",
    ".svg",
    ".svgz",
    ".bmp",
    ".tif",
    ".tiff",
    ".emf",
    ".wmf",
    ".avif",
)
_PLAYED = (".mp4", ".webm", ".ogv", ".mov", ".mp3", ".ogg", ".wav", ".m4a", ".m4v", ".avi", ".mkv")
_PART_OF_FILM = re.compile(r"#t=[\d:.,]{1,40}")
_WIDTH = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*(%|px|vw|em|rem|cm|in)?$")
_SOLE = re.compile(r"^[ \t]*(?:<br>[ \t]*)+$", re.MULTILINE)
_AFTER_PICTURE = re.compile(rf"^([ \t]*{OPEN}\d+{CLOSE})[ \t]*(?:<br>[ \t]*)+$", re.MULTILINE)
_LONGEST_PROMOTED: Final = 70
_FULL_WIDTH: Final = 960.0
"""Pixels other tools' slides are wide, for widths given in pixels; CSS has 96 to an inch."""
_UNITS = {"px": 1.0, "": 1.0, "em": 16.0, "rem": 16.0, "cm": 37.8, "in": 96.0}


@dataclass(frozen=True, slots=True)
class Raw:
    """A slide as it stands in the source: `lines` begin at line `line` of the file."""

    number: int
    line: int
    lines: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    depth: int | None = None
    above: tuple[str, ...] = ()
    """The lines directly above that hold its settings."""


class Store:
    """What holds for the whole text: footnotes, link references, abbreviations."""

    def __init__(self) -> None:
        self.footnotes: dict[str, str] = {}
        self.links: dict[str, tuple[str, str]] = {}
        self.abbreviations: dict[str, str] = {}

    def written(self) -> str:
        out = [f"*[{short}]: {long}" for short, long in self.abbreviations.items()]
        for label, (address, title) in self.links.items():
            name = ' "{}"'.format(title.replace('"', "'")) if title else ""
            out.append(f"[{label}]: <{address}>{name}" if re.search(r"\s", address) else f"[{label}]: {address}{name}")
        for label, text in self.footnotes.items():
            first, *others = inert(text).split("\n")
            out.append("\n".join([f"[^{label}]: {first}", *(f"    {line}".rstrip() for line in others)]))
        return "\n".join(out)


class SlideReader:
    """Reads one slide after the other. A tool's own reader overrides what it does otherwise."""

    math = True
    inert_text = True
    """Whether what only this format reads as markup is to be disarmed."""

    def __init__(self, pictures: Pictures, losses: Losses, store: Store) -> None:
        self.pictures = pictures
        self.losses = losses
        self.store = store
        self.aside = Aside()
        self.notes: list[str] = []
        self.attributes: dict[str, str] = {}
        self.classes: list[str] = []
        self.before: list[str] = []
        """Pictures for a column of their own, on the left."""
        self.after: list[str] = []
        self.background = ""
        self.unfound = ""
        """A background that could not be found."""
        self.divider = False
        self.raw = Raw(0, 0, ())

    # ------------------------------------------------------------------------------------------------------- one slide

    def slide(self, raw: Raw) -> Slide | None:
        """The slide, None where nothing is on it and nothing is said."""
        self.raw = raw
        self.losses.at(raw.number, raw.line - len(raw.above), raw.above + raw.lines)
        self.aside = Aside()
        self.notes, self.attributes, self.classes = [], {}, []
        self.before, self.after, self.background, self.unfound, self.divider = [], [], "", "", False
        self.begin(raw)
        text = self.aside.fences(self.own_lines(list(raw.lines)), self.code)
        text = self.aside.spans(text, math=self.math)
        text = self.comments(text)
        text = self._definitions(text)
        text = atx(text)
        text = inert(text) if self.inert_text else text
        text = self.syntax(text)
        text = self._pictures(text)
        text = _AFTER_PICTURE.sub(r"\1", _SOLE.sub("", rewritten(text, self)))
        text = self.assemble(tidy(text))
        return self._slide(text)

    def begin(self, raw: Raw) -> None:
        """What the settings of a slide say."""

    def own_lines(self, lines: list[str]) -> list[str]:
        """The lines without what is neither text nor code."""
        return lines

    def comment(self, text: str) -> None:
        """What a comment says: for most tools it is a note to the speaker."""
        self.note(text)

    def syntax(self, text: str) -> str:
        """The tool's own marks as Markdown or HTML."""
        return text

    def assemble(self, text: str) -> str:
        """The whole of the slide's text, now this format's Markdown."""
        return text

    def hide(self) -> None:
        """A slide the audience never sees stays one."""
        self.classes.append("private")
        self.losses.add("hidden", _("A hidden slide is private here: only the speaker sees it."))

    def note(self, text: str) -> None:
        if text.strip():
            self.notes.append(unindented(text))

    # ------------------------------------------------------------------------------------------------------------ code

    def code(self, info: str, code: list[str]) -> str:
        return self.code_block(read_info(info), code)

    def code_block(self, info: CodeInfo, code: list[str]) -> str:
        return fenced(info.written(), code)

    # -------------------------------------------------------------------------------------------- comments, definitions

    def comments(self, text: str) -> str:
        text = _LABELLED.sub(self._labelled, text)
        return _COMMENT.sub(self.in_comment, text) if "<!--" in text else text

    def _labelled(self, m: re.Match[str]) -> str:
        self.comment(m[1] or m[2] or m[3] or "")
        return ""

    def in_comment(self, m: re.Match[str]) -> str:
        if not _MUTED_COMMENT.match(m[1]):
            self.comment(m[1])
        return ""

    def _definitions(self, text: str) -> str:
        if "]:" not in text:
            return text
        lines, found = collect(text.split("\n"), set())
        text = "\n".join(lines)
        for label, words in found.footnotes:
            name = label
            if self.store.footnotes.setdefault(label, words) != words:
                name = f"{label}-{self.raw.number}"
                self.store.footnotes[name] = words
                text = text.replace(f"[^{label}]", f"[^{name}]")
        for label, address, title in found.links:
            if self.store.links.setdefault(label, (address, title)) != (address, title):
                name = f"{label}-{self.raw.number}"
                self.store.links[name] = (address, title)
                spelt = re.compile(
                    rf"(?<=\])\[{re.escape(label)}\]|(?<!\])\[{re.escape(label)}\](?:\[\])?(?![\[(:])", re.IGNORECASE
                )
                text = spelt.sub(
                    lambda m, n=name: f"[{n}]" if m.start() and m.string[m.start() - 1] == "]" else f"{m[0]}[{n}]", text
                )
        self.store.abbreviations.update(dict(found.abbreviations))
        return text

    # -------------------------------------------------------------------------------------------------------- pictures

    def _pictures(self, text: str) -> str:
        if "![" not in text:
            return text
        text = _DATA_PICTURE.sub(lambda m: self.picture(m[2], m[1]), text)
        text = _WIKI_PICTURE.sub(self._wiki, text)
        return _PICTURE.sub(self._written_picture, text)

    def _written_picture(self, m: re.Match[str]) -> str:
        alt, source = m[1], m[2] or m[3] or ""
        title = m[5] or m[6] or ""
        if not source:
            label = " ".join((m[7] or alt).lower().split())
            source, title = self.store.links.get(label, ("", ""))
            if not source:
                return m[0]
        pairs = dict(attributes(m[8][1:-1]) or ()) if m[8] else {}
        width = pairs.get("width", "") or (m[4] or "").partition("x")[0]
        self._lost_in_line(source, m)
        return self.written_picture(source.strip(), alt, title, width, pairs)

    def written_picture(self, source: str, alt: str, title: str, width: str, pairs: Mapping[str, str]) -> str:
        """A picture in Markdown, with the attributes behind it."""
        credit = pairs.get("data-credit", "") or pairs.get("credit", "")
        return self.picture(source, alt, title=title, width=width, credit=credit)

    def _wiki(self, m: re.Match[str]) -> str:
        name, words = m[1].strip(), (m[2] or "").strip()
        if not name.lower().endswith((*_PICTURE_NAMES, *_PLAYED)):
            return m[0]
        self._lost_in_line(name, m)
        if media_kind(name) is not None and (part := _PART_OF_FILM.search(m[0])):
            name += part[0]
        size = words.rpartition("|")[2].partition("x")[0]
        alt = words.rpartition("|")[0] if size.isdecimal() else words
        return self.picture(
            name, alt or bare(name).rpartition("/")[2].rpartition(".")[0], width=size if size.isdecimal() else ""
        )

    def _lost_in_line(self, source: str, m: re.Match[str]) -> None:
        """Says that a film which shares its line with words is its words there."""
        if media_kind(source) is None:
            return
        text = m.string
        before = text[text.rfind("\n", 0, m.start()) + 1 : m.start()]
        after = text[m.end() :].partition("\n")[0]
        if before.strip(" \t>*+-") or after.strip():
            message = _("A film or sound in a line with words is only named: give it a line of its own.")
            self.losses.add("media", message, near=m[0], text=source)

    def picture(self, source: str, alt: str, *, title: str = "", width: str = "", credit: str = "") -> str:
        """A picture as this format writes it, put aside."""
        source = source.strip()
        if media_kind(source) is not None:
            return self.media(source, alt, title=title, width=width, credit=credit)
        if source.lower().split("?")[0].endswith(_PLAYED):
            message = _("What plays or shows another page (“<{name}>”) becomes a link.").format(name="video")
            self.losses.add("media", message, near=source, text=source)
            return link(source, alt)
        name = self.pictures.named(source)
        alt = one_line(re.sub(r"[\[\]]", " ", alt))
        if not name and source[:5].lower() == "data:":
            return alt
        return self.aside.keep(written_picture(name or source, alt, title=title, width=width, credit=credit))

    def media(
        self,
        source: str,
        alt: str,
        *,
        title: str = "",
        width: str = "",
        credit: str = "",
        poster: str = "",
        times: tuple[str, str] = ("", ""),
    ) -> str:
        """A film or sound that lies beside the slides as this format writes it, put aside."""
        start, end = times if any(times) else [f"{time:g}" if time else "" for time in span(source, {})]
        source = bare(source)
        name = self.pictures.played(source) or source
        poster = self.pictures.named(poster) if poster else ""
        alt = one_line(re.sub(r"[\[\]]", " ", alt))
        pairs = (("poster", poster), ("start", start), ("end", end))
        return self.aside.keep(written_picture(name, alt, title=title, width=width, credit=credit, pairs=pairs))

    def drawing(self, svg: str) -> str:
        """A drawing written into the text, as a file."""
        if "viewbox" not in svg.lower() or len(svg) < 200:
            return ""
        if "xmlns=" not in svg:
            svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        titled = re.search(r"<title[^<>]*>([^<>]{1,200})</title>", svg)
        name = self.pictures.added(self.aside.restore(svg).encode(), f"drawing-{self.raw.number}", ".svg")
        return self.aside.keep(written_picture(name, titled[1] if titled else "")) if name else ""

    # ------------------------------------------------------------------------------------------------------------ HTML

    def component(self, node: Node, inner: str) -> str | None:  # noqa: ARG002 - a tool's own reader looks at both
        return None

    def fragment(self, node: Node, inner: str) -> str | None:  # noqa: ARG002
        return None

    # ---------------------------------------------------------------------------------------------------------- result

    def _slide(self, text: str) -> Slide | None:
        title, level, pairs, body = titled(text)
        for key, value in pairs:
            self.heading_attribute(key, value)
        if self.background:
            self.attributes.setdefault("background", self.background)
        if self.before or self.after:
            body = columns(["\n\n".join(part) for part in (self.before, [body] if body else [], self.after) if part])
        title, body = self.aside.restore(title), self.aside.restore(body)
        if self.unfound and not (title or body.strip()):
            body = written_picture(self.unfound, "")
        notes = self._pictures("\n\n".join(self.notes))
        notes = self.aside.restore(notes)
        if not title:
            title, body = promoted(body)
        if not (title or body.strip() or notes.strip() or "background" in self.attributes):
            return None
        for name in dict.fromkeys(self.classes):
            if name != "private":
                message = _("The class “{name}” is kept behind the heading, and does nothing here by itself.")
                self.losses.add("class", message.format(name=name), near=name)
        return Slide(
            number=self.raw.number,
            line=self.raw.line,
            title=one_line(title),
            level=level,
            body=tidy(body),
            notes=tidy(notes),
            attributes=(*self.attributes.items(), *(("class", name) for name in dict.fromkeys(self.classes))),
            depth=self.raw.depth,
            divider=self.divider,
        )

    def heading_attribute(self, key: str, value: str) -> None:
        """What stands in braces behind the title."""
        if key == "id":
            self.attributes["id"] = value

    def set_background(self, value: str) -> None:
        """A colour, or the address of a picture, behind everything on the slide."""
        value = value.strip().strip("'\"")
        if found := re.match(r"url\(\s*['\"]?(.*?)['\"]?\s*\)", value):
            value = found[1].strip()
        if not value or value.lower() in ("none", "transparent", "initial", "inherit", "white", "#fff", "#ffffff"):
            return
        if is_colour(value):
            message = _("A colour behind a slide is not carried over: the theme decides.")
            self.losses.add("background", message, near=value, text=value)
        elif "gradient(" in value or "var(" in value:
            self.losses.add(
                "background",
                _("This background cannot be carried over: {value}.").format(value=shown(value)),
                near=value,
            )
        elif name := self.pictures.named(value):
            self.background = name
        else:
            self.unfound = value

    def lost_setting(self, key: str, value: str) -> None:
        """A setting of a slide that nothing here corresponds to."""
        message = _("The setting “{key}” has no counterpart here.").format(key=key)
        self.losses.add("setting", message, near=key, text=f"{key}: {shown(value)}")


def unindented(text: str) -> str:
    """A comment's text: its first line follows the mark, the others may all be indented."""
    first, *lines = text.strip("\n").rstrip().split("\n")
    margin = min((indentation(line) for line in lines if line.strip()), default=0)
    return tidy("\n".join([first.strip(), *(dedent(line, margin) for line in lines)]))


_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}|(?:rgb|hsl)a?\([\d\s.,%/deg]+\)|[A-Za-z]{3,30}")


def is_colour(value: str) -> bool:
    return _COLOUR.fullmatch(value) is not None


def written_picture(
    name: str,
    alt: str,
    *,
    title: str = "",
    width: str = "",
    credit: str = "",
    pairs: Sequence[tuple[str, str]] = (),
) -> str:
    """The Markdown of a picture, a film or a sound; `pairs` are attributes of its own."""
    name = f"<{name}>" if re.search(r"[\s()]", name) else name
    title = ' "{}"'.format(one_line(title).replace('"', "'")) if title.strip() else ""
    said = [f'{key}="{value}"' if re.search(r"[\s()]", value) else f"{key}={value}" for key, value in pairs if value]
    said.append(f"width={share}" if (share := share_of(width)) else "")
    said.append('data-credit="{}"'.format(one_line(credit).replace('"', "'")) if credit.strip() else "")
    inside = " ".join(filter(None, said))
    return f"![{alt}]({name}{title})" + (f"{{{inside}}}" if inside else "")


def share_of(width: str) -> str:
    """A width as a share of the text's, nothing where it says none."""
    found = _WIDTH.match(width.strip())
    if found is None:
        return ""
    number = float(found[1])
    share = number if found[2] in ("%", "vw") else 100 * number * _UNITS.get(found[2] or "", 1.0) / _FULL_WIDTH
    return f"{min(100, max(1, round(share)))}%" if number else ""


def titled(text: str) -> tuple[str, int, tuple[tuple[str, str], ...], str]:
    """Title, its level and attributes, and the rest, in which every other heading is plain text.

    The title is the first heading that stands outside blocks, where hardly more than pictures is above it.
    """
    lines = text.split("\n")
    depth, at, level = 0, -1, 0
    title, pairs = "", ()
    for index, line in enumerate(lines):
        if re.match(r"\s*/{3,}", line):
            depth += 1 if line.strip(" /") else -1
        if depth or not (found := HEADING.match(line)) or not (found[2] or "").strip():
            continue
        words, own = split_attributes(found[2].strip())
        if at < 0:
            at, level, title, pairs = index, len(found[1]) if words else 0, words, own
            continue
        lines[index] = f"{found[1]} {words} {{.plain}}"
    if at < 0:
        return "", 0, (), text
    return title, level, pairs, tidy("\n".join(lines[:at] + lines[at + 1 :]))


def promoted(body: str) -> tuple[str, str]:
    """A title made of a short first line that stands alone, and the rest."""
    first, _gap, rest = tidy(body).partition("\n")
    bare = re.sub(r"^\*\*(.*)\*\*$|^__(.*)__$", lambda m: m[1] or m[2] or "", first.strip())
    plain = bare and len(bare) <= _LONGEST_PROMOTED and bare[0] not in "-*+>|/!#<{[:$`~&\\" and not bare[0].isdigit()
    if plain and (not rest or rest.startswith("\n")) and not bare.endswith((".", ":", ",", ";")) and "](" not in bare:
        if MARK.search(bare) or "$$" in bare:
            return "", body
        return bare, tidy(rest)
    return "", body


def div_attributes(head: str) -> tuple[list[str], dict[str, str]]:
    """Classes and other attributes in braces, `{.column width="40%"}`, or of a bare word."""
    head = head.strip().rstrip(":").strip()
    if not head.startswith("{"):
        word = head.split(None, 1)[0] if head else ""
        return ([word] if word else []), attributes_of(head)
    pairs = attributes(head.strip("{}")) or ()
    classes = [word for key, value in pairs if key == "class" for word in value.split()]
    return classes, {key: value for key, value in pairs if key != "class"}
