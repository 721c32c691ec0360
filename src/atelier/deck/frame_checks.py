"""What is odd about single frames: their headings, what stands behind them, and marks in their text that do nothing."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from atelier.deck.paths import FrameTable
from atelier.deck.source_checks import TYPOGRAPHIC
from atelier.deck.values import better_language, language_value
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import _
from atelier.markup.blocks import Heading, Private, Style, Text
from atelier.markup.blockspec import HIDDEN_FROM_AUDIENCE, SPECS, STANDS_EMPTY, BlockFault, read_head
from atelier.markup.lines import attribute_line, atx_heading, block_line, indentation, list_marker, without_quotes
from atelier.markup.outline import outline
from atelier.markup.scanner import block_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from atelier.deck.source_checks import Source
    from atelier.deck.types import Deck, Frame
    from atelier.markup.blocks import Content
    from atelier.markup.outline import BlockSpan

LONGEST_LABEL = 14
"""Signs of a label that a cover shows beside its title."""
_LONGEST_SETEXT = 80
_SENTENCE_ENDS = (".", "!", "…", ";", ":", ",")
_UNREAD_LIST = re.compile(r"\{\s*(?:[:#.][^{}]*|[\w-]+\s*=[^{}]*|(?:private|optional|skip|plain)\s*)\}{0,2}\s*$")
_LIST_IN_TEXT = re.compile(r"\{(?::\s*[#.\w][^{}]*|[#.][A-Za-z][\w-]*(?:\s[^{}]*)?|[\w-]+=[“\"'][^{}]*)\}")
_PRIVATE_WORD = re.compile(r"\bprivate\b", re.IGNORECASE)
_HIDES_NOTHING = re.compile(
    r"\{[^{}\n]{0,200}\.\s*private\b[^{}\n]{0,200}\}*|[\[(]\s*\.private\s*[\])]|^\{:?\s*private\s*\}|\{:?\s*private\s*\}*\s*$",
    re.IGNORECASE,
)
"""What was to hide the words before it, and is not a list of attributes: for want of a brace or a point."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_EMBED = re.compile(r"!\[\[([^\[\]]{1,200})\]\]")
_PICTURE_NAME = re.compile(r"\.(?!md\b|markdown\b)\w{2,5}(?:\||$)")
_WIKI = re.compile(r"(?<!!)\[\[([^\[\]|#]{0,200})(#[^\[\]|]{1,200})?(?:\|([^\[\]]{1,200}))?\]\]")
_UNDEFINED = re.compile(r"(?<![\w\])])\[([^\[\]]{2,200})\]\[([^\[\]]{1,100})\]")
_NEARLY_OPTION = re.compile(r" {0,3}(\w+)\s*:(?:\s|$)")


def check_frames(
    deck: Deck, source: Source, content: Callable[[int], Content], *, titled: bool
) -> Iterator[Diagnostic]:
    """What is wrong with each frame by itself; `titled` where the front matter gives the deck a title."""
    if not deck.root.source.strip() and len(deck.frames) == 1 and not "".join(source.bare).strip():
        message = _("There is nothing to show: the file has no text.")
        yield Diagnostic("deck-empty", message, _("Write a heading, # Title, and what it is about."), deck.file, 0)
        return
    own = [frame for frame in deck.frames if frame.origin is None]
    setext = _SetextTally(deck, own, source)
    yield from _each(deck, own, source, content, setext)
    highest = [frame for frame in own if frame.parent == 0 and not frame.made]
    tops = [frame.line for frame in highest if _heading_line(source, frame).startswith("# ")]
    if not titled and len(tops) > 1:
        message = _("Several headings have one mark, so the deck is called after its file: “{name}”.")
        hint = _("Keep one # Title at the top and give the others a mark more, or write “title” into the front matter.")
        yield Diagnostic("title-none", message.format(name=deck.title[:60]), hint, deck.file, tops[1])
    if setext.none and (not titled or len(own) > 1):
        message = (
            _("The text has no heading; its frames are made of lines that look like titles, or of paragraphs.")
            if len(own) > 1
            else _("The text has no heading: it is one frame, called after its file.")
        )
        yield Diagnostic("heading-none", message, _("Write # before each title."), deck.file, source.body + 1)
    if deck.root.private:
        message = _("The whole deck is private: nobody but the speaker sees anything.")
        yield Diagnostic("all-private", message, _("Take {.private} off the first heading."), deck.file, deck.root.line)


def check_embedded(deck: Deck, source: Source, content: Callable[[int], Content], file: Path) -> Iterator[Diagnostic]:
    """What is wrong with each frame that was put in from `file`, whose text is `source`."""
    frames = {frame.line: frame for frame in deck.frames if frame.origin is not None and frame.origin.file == file}
    deck = replace(deck, file=file)
    yield from _each(deck, list(frames.values()), source, content, _SetextTally(deck, list(frames.values()), source))


def check_card(deck: Deck, frame: Frame, content: Content, ids: frozenset[str]) -> Iterator[Diagnostic]:
    """What is wrong with the text of a card on a canvas; `ids` are those of all frames."""
    yield from _texts(deck, frame, content, ids)
    if "{" in frame.source or "///" in frame.source:
        yield from _Marks(deck, frame).check()


def _each(
    deck: Deck, frames: Sequence[Frame], source: Source, content: Callable[[int], Content], setext: _SetextTally
) -> Iterator[Diagnostic]:
    yield from _wiki_links(deck, source)
    ids = frozenset(frame.id for frame in deck.frames)
    for frame in frames:
        yield from _title(deck, frame, source)
        yield from _attributes(deck, frame, source)
        yield from setext.check(frame)
        yield from _texts(deck, frame, content(frame.index), ids)
        yield from _headings_inside(deck, content(frame.index), source)
        if "{" in frame.source or "///" in frame.source:
            yield from _Marks(deck, frame).check()


def _heading_line(source: Source, frame: Frame) -> str:
    """The line of the file a frame's heading is on; empty where it has none."""
    if frame.line == frame.source_line == 1:
        return ""
    return source.lines[frame.line - 1] if 1 <= frame.line <= len(source.lines) else ""


def _title(deck: Deck, frame: Frame, source: Source) -> Iterator[Diagnostic]:
    written = _heading_line(source, frame)
    if not frame.title and not frame.private and written.startswith("#"):
        message = _("This heading has no words, so its frame has no title.")
        hint = _("Write one behind the marks, or delete the line.")
        yield Diagnostic("heading-empty", message, hint, deck.file, frame.line)
    if not written.startswith("#"):
        return
    heading = _folded(frame.heading)
    found = _UNREAD_LIST.search(heading) or _HIDES_NOTHING.search(heading)
    if found and "`" not in found[0] and not TYPOGRAPHIC.search(found[0]):
        message = _("The braces behind this heading cannot be read, so they are part of its title.")
        hint = _("Write them as {#id .class key=value}; a value with spaces takes straight quotation marks.")
        if _PRIVATE_WORD.search(found[0]):
            message = _("“{list}” behind this heading hides nothing: it is part of the title.").format(
                list=found[0][:60]
            )
            hint = _("Write {.private}, in plain braces, with a point and nothing behind it.")
        column = max(written.rfind("{"), written.rfind("｛"))
        yield Diagnostic("attributes-unread", message, hint, deck.file, frame.line, column + 1)


def _folded(text: str) -> str:
    """`text` with plain signs for those that look like them, and without those nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def _attributes(deck: Deck, frame: Frame, source: Source) -> Iterator[Diagnostic]:
    line = frame.line
    behind = _heading_line(source, frame).partition("{")[2]
    for key, value in (("layout", frame.layout), ("map", frame.map)):
        if value and not frame.children and key in behind:
            message = _("“{key}” does nothing here: no frame lies inside “{title}”.").format(
                key=key, title=frame.title[:60]
            )
            hint = _("Take it off, or write deeper headings below.")
            yield Diagnostic("attribute-unused", message, hint, deck.file, line)
    if len(frame.label) > LONGEST_LABEL:
        message = _("The label “{label}” is long for the place of a number.").format(label=frame.label[:60])
        hint = _("Shorten it to {n} signs.").format(n=LONGEST_LABEL)
        yield Diagnostic("label-long", message, hint, deck.file, line)
    inherited = deck.frames[frame.parent].lang if frame.parent >= 0 else ""
    if frame.lang != inherited and "lang" in behind:
        yield from check_language(frame.lang, line, deck)


def check_language(lang: str, line: int, deck: Deck) -> Iterator[Diagnostic]:
    """Says so where no language has the code `lang`."""
    better = better_language(lang)
    if better is None:
        return
    message = _("No language has the code “{code}”.").format(code=lang[:20])
    hint = _("Did you mean “{name}”?").format(name=better) if better else _("Write “fr”, “en” or another ISO 639 code.")
    yield Diagnostic("language-unknown", message, hint, deck.file, line)


class _SetextTally:
    """Lines above --- or === that became headings although they are hardly meant to be."""

    def __init__(self, deck: Deck, frames: Sequence[Frame], source: Source) -> None:
        self._deck = deck
        self._source = source
        here = [each for each in deck.diagnostics if each.file == source.file]
        self._said = {each.line for each in here if each.code == "setext-heading"}
        kinds = Counter(self.kind(frame) for frame in frames)
        self._atx, self._dashed = kinds["#"], kinds["-"]
        self.none = not any(kinds[kind] for kind in "#-=")
        """Whether the frames were made without any heading."""

    def kind(self, frame: Frame) -> str:
        """The sign that makes a frame's heading; empty where it has none."""
        if _heading_line(self._source, frame).startswith("#"):
            return "#"
        below = self._source.lines[frame.line] if frame.line < len(self._source.lines) else ""
        return below[:1] if below[:2] in {"--", "=="} and not below.strip("=- \t") else ""

    def check(self, frame: Frame) -> Iterator[Diagnostic]:
        kind = self.kind(frame)
        if kind not in ("-", "=") or frame.line in self._said:
            return
        text = frame.heading
        stray = kind == "-" and self._dashed * 3 <= self._atx
        if stray or len(text) > _LONGEST_SETEXT or text.endswith(_SENTENCE_ENDS):
            message = _("The line above {mark} is read as a heading and starts a frame.").format(mark=kind * 3)
            hint = _("Put an empty line between them for a rule, or write # before the text.")
            yield Diagnostic("setext-heading", message, hint, self._deck.file, frame.line)


def _wiki_links(deck: Deck, source: Source) -> Iterator[Diagnostic]:
    """Double brackets, of which only the words are shown: around the name of a frame, or of a file to be put in."""
    table = FrameTable(deck.frames)
    put_in = {each.line for frame in deck.frames if deck.file_of(frame) == source.file for each in frame.embeds}
    for index, line in enumerate(source.bare):
        if "[[" not in line:
            continue
        found = _EMBED.search(line)
        if found and not _PICTURE_NAME.search(found[1]) and source.body + index + 1 not in put_in:
            message = _("“{name}” is not put in here: there is no place for frames.").format(name=found[1][:60])
            hint = _("Write it on a line of its own at the left edge, outside lists, quotations and blocks.")
            yield source.found("embed-unread", message, hint, index, found.start() + 1)
        for found in _WIKI.finditer(line):
            target = table.find(found[1]) if found[1].strip() and not found[2] else None
            if target is None:
                continue
            message = _("“{link}” leads nowhere: frames are linked in another way.").format(link=found[0][:60])
            words = (found[3] or found[1]).strip()[:40]
            hint = _("Write [{text}](#{id}).").format(text=words, id=deck.frames[target].id[:60])
            yield source.found("link-wiki", message, hint, index, found.start() + 1)


def _meant(address: str, ids: frozenset[str]) -> str:
    """The id of the frame that an address without its # was meant for."""
    return address if address in ids else ""


def _texts(deck: Deck, frame: Frame, content: Content, ids: frozenset[str]) -> Iterator[Diagnostic]:
    """Attribute lists and links that ended up as words."""
    from atelier.deck.references import spot, things

    for thing, line in things(content):
        if not isinstance(thing, Text):
            continue
        if thing.href and (id_ := _meant(thing.href, ids)):
            message = _("The link to “{address}” leads to a file, and a frame has that id.").format(
                address=thing.href[:60]
            )
            yield Diagnostic(
                "link-dead", message, _("Write #{id}.").format(id=id_), deck.file, *spot(frame, line, thing.href)
            )
        if Style.CODE in thing.styles:
            continue
        text = thing.text
        found = _LIST_IN_TEXT.search(text) if "{" in text else None
        found = found or (_HIDES_NOTHING.search(_folded(text)) if "rivate" in text else None)
        if found and not TYPOGRAPHIC.search(found[0]):
            message = _("“{list}” is shown as it stands.").format(list=found[0][:60])
            if _PRIVATE_WORD.search(found[0]):
                hint = _(
                    "Write it directly behind the words, *name*{.private}, or on a line of its own below the text."
                )
                yield Diagnostic("attributes-unread", message, hint, deck.file, *spot(frame, line, found[0]))
            else:
                hint = _("Write it directly behind a picture, or on a line of its own below the text it is for.")
                yield Diagnostic("attributes-in-text", message, hint, deck.file, *spot(frame, line, found[0]))
        if "[" not in text:
            continue
        if found := _UNDEFINED.search(text):
            message = _("The link “{label}” is defined nowhere, so its brackets are shown.").format(label=found[2][:60])
            hint = _("Add a line: [{label}]: its address.").format(label=found[2][:60])
            yield Diagnostic("link-undefined", message, hint, deck.file, *spot(frame, line, found[0]))


def _headings_inside(deck: Deck, content: Content, source: Source) -> Iterator[Diagnostic]:
    """Headings that start no frame although they may have been meant to."""
    for block in content.blocks:
        if isinstance(block, Heading):
            written = source.lines[block.line - 1] if block.line else ""
            if written.startswith(" ") and written.lstrip(" ").startswith("#") and "plain" not in written:
                message = _("This heading starts no frame: it is indented.")
                hint = _("Begin it at the left edge, or write {.plain} behind it.")
                yield Diagnostic("heading-indented", message, hint, deck.file, block.line)
    hidden = [each for each in content.blocks if isinstance(each, Private)]
    for block in (*content.notes, *(inner for each in hidden for inner in each.blocks)):
        if isinstance(block, Heading) and block.line:
            written = source.lines[block.line - 1]
            if written.startswith("#") and "plain" not in written:
                message = _("This heading starts no frame: it stands in a block that only the speaker sees.")
                hint = _("Close the block above it, or write {.plain} behind the heading.")
                yield Diagnostic("heading-hidden", message, hint, deck.file, block.line)


class _Marks:
    """Attribute lines and blocks of one frame that have nothing to act on."""

    def __init__(self, deck: Deck, frame: Frame) -> None:
        self._deck = deck
        self._frame = frame
        self._lines = frame.source.split("\n")
        self._outline = outline(self._lines)
        self._starts = sorted(self._outline.blocks)
        self._names = {start: self._name(self._outline.blocks[start]) for start in self._starts}
        self._closed = {span.stop: start for start, span in self._outline.blocks.items() if span.closed}
        self._open: list[int] = []
        """The blocks the line at hand stands in, the outermost first."""

    def _name(self, span: BlockSpan) -> str:
        head = read_head(span.rest, block_options(self._lines, span))
        return "" if isinstance(head, BlockFault) else head.name

    def check(self) -> Iterator[Diagnostic]:
        fenced = {line for span in self._outline.fences.values() for line in range(span.start, span.stop)}
        for index, line in enumerate(self._lines):
            while self._open and self._outline.blocks[self._open[-1]].stop <= index:
                self._open.pop()
            if index in fenced or not line.strip():
                continue
            if index in self._names:
                yield from self._block(index, self._names[index])
                self._open.append(index)
            elif "{" in line and (pairs := attribute_line(line)) is not None:
                yield from self._list(index, [word for key, value in pairs if key == "class" for word in value.split()])

    def _found(self, code: str, message: str, hint: str, index: int) -> Diagnostic:
        return Diagnostic(code, message, hint, self._deck.file, self._frame.source_line + index)

    def _around(self) -> list[str]:
        """The names of the blocks the line at hand stands in, the outermost first."""
        return [self._names[start] for start in self._open]

    def _block(self, index: int, name: str) -> Iterator[Diagnostic]:
        span = self._outline.blocks[index]
        around = self._around()
        if name == "column" and (not around or around[-1] != "columns"):
            message = _("This column stands in no “columns”, so it is as wide as the text.")
            hint = _("Open /// columns above it, and write the column with four slashes.")
            yield self._found("block-misplaced", message, hint, index)
        elif name == "caption" and not self._has_something_to_name(index):
            message = _("This caption has no picture and no table above it, so it stands as a text.")
            yield self._found("block-misplaced", message, _("Move it below the picture or table it is for."), index)
        elif name == "columns":
            inside = self._starts[bisect_right(self._starts, index) : bisect_left(self._starts, span.stop)]
            if (columns := [self._names[start] for start in inside].count("column")) < 2:
                message = _("These columns are only one.") if columns else _("There is no column in these “columns”.")
                hint = _("Open another with //// column, or take the block away.")
                yield self._found("columns-single", message, hint, index)
        elif name == "only":
            yield from self._only(index, span)
        if name and (said := _NEARLY_OPTION.match(self._lines[index + 1] if index + 1 < span.stop else "")):
            yield from self._option(index + 1, name, said[1])
        if name and name not in STANDS_EMPTY and not any(line.strip() for line in self._lines[index + 1 : span.stop]):
            message = _("The block “{name}” is empty.").format(name=name)
            yield self._found("block-empty", message, _("Write something into it, or delete it."), index)

    def _option(self, index: int, name: str, key: str) -> Iterator[Diagnostic]:
        """An option that is a text, for it is not set in far enough."""
        if key.lower() in SPECS[name].options:
            message = _("“{line}” is shown as a text of the block.").format(line=self._lines[index].strip()[:60])
            hint = _("Put four spaces before it if it is an option.")
            yield self._found("attributes-in-text", message, hint, index)

    def _has_something_to_name(self, index: int) -> bool:
        above = index - 1
        while above >= 0 and not self._lines[above].strip():
            above -= 1
        line = without_quotes(self._lines[above]).strip() if above >= 0 else ""
        return "![" in line or "|" in line or attribute_line(line) is not None or "](" in line or line.startswith("[")

    def _only(self, index: int, span: BlockSpan) -> Iterator[Diagnostic]:
        from atelier.markup.blockspec import conditions

        head = read_head(span.rest, block_options(self._lines, span))
        if isinstance(head, BlockFault) or (said := conditions(head)) is None:
            return
        known = [path.name for path in self._deck.paths if path.name]
        for name in said[0]:
            if name not in known:
                message = _("There is no path “{name}”, so this is shown nowhere.").format(name=name[:60])
                paths = _("Its paths: {names}.").format(names=", ".join(known)[:200] or "–")
                yield self._found("only-unknown", message, did_you_mean(name, known) or paths, index)
        for language in said[1]:
            if language_value(language) is None or better_language(language) is not None:
                message = _("“{name}” is no language, so this is shown nowhere.").format(name=language[:60])
                yield self._found("only-unknown", message, _("Write “fr”, “en” or another ISO 639 code."), index)

    def _list(self, index: int, classes: Sequence[str]) -> Iterator[Diagnostic]:
        above = index - 1
        while above >= 0 and not self._lines[above].strip():
            above -= 1
        line = self._lines[above].strip() if above >= 0 else ""
        opens = above in self._outline.blocks
        if not line or opens or attribute_line(line) is not None:
            message = _("This list of attributes stands below nothing it could be for.")
            hint = _("Put it below the text or list it is for; a heading takes it on its own line, behind the words.")
            yield self._found("mark-unused", message, hint, index)
        elif {"step", "steps"} & set(classes) and HIDDEN_FROM_AUDIENCE & set(self._around()):
            message = _("Nothing is revealed step by step in what only the speaker sees.")
            yield self._found("mark-unused", message, _("Take the line away."), index)
        elif "steps" in classes and not self._is_stepped(above):
            message = _("“.steps” is for a list or for columns, and there is none above it.")
            yield self._found("mark-unused", message, _("Write {: .step } for a single paragraph."), index)

    def _is_stepped(self, last: int) -> bool:
        """Whether the block that ends at a line is one whose parts can come one by one, or hard to tell."""
        if (closed := self._closed.get(last)) is not None:
            return self._names[closed] in {"columns", ""}
        while last >= 0 and self._lines[last].strip():
            if list_marker(without_quotes(self._lines[last])) or indentation(self._lines[last]) >= 2:
                return True
            if block_line(self._lines[last]) or atx_heading(self._lines[last]):
                return False
            last -= 1
        return False
