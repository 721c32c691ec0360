"""The HTML among other tools' Markdown, rewritten as this format's: what a reader sees of it, and nothing of the rest.

The whole of a slide is read as a tree first, so that what comes out is balanced whatever went in.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final, Protocol

from atelier.foundation.translation import _
from atelier.importers.aside import fenced
from atelier.importers.html_tree import Node, tree
from atelier.importers.losses import words_of
from atelier.importers.markdown import columns, one_line, quoted, table, tidy
from atelier.importers.steps import one_step
from atelier.markup.lines import dedent, indentation
from atelier.markup.media import kind_of
from atelier.markup.safety import BLOCK_TAGS, KNOWN_TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atelier.importers.aside import Aside
    from atelier.importers.html_tree import Child
    from atelier.importers.losses import Losses

MOST_TAGS: Final = 5_000
"""Of one slide; a text with more is taken as words."""
_STYLED: Mapping[str, tuple[str, str]] = {
    "b": ("**", "**"), "strong": ("**", "**"), "i": ("*", "*"), "em": ("*", "*"), "cite": ("*", "*"),
    "dfn": ("*", "*"), "var": ("*", "*"), "s": ("~~", "~~"), "del": ("~~", "~~"), "strike": ("~~", "~~"),
    "mark": ("==", "=="), "u": ("<u>", "</u>"), "ins": ("<u>", "</u>"), "kbd": ("<kbd>", "</kbd>"),
    "samp": ("<kbd>", "</kbd>"), "tt": ("<kbd>", "</kbd>"), "sub": ("<sub>", "</sub>"), "sup": ("<sup>", "</sup>"),
    "q": ("“", "”"),
}  # fmt: skip
_GROUP = re.compile(
    r"(?:^|[\s_-])(?:columns?|cols?|row|grid|flex|flexbox|split|two-?cols?\w*|three-?cols?\w*|multi-?cols?\w*|twocolumns?"
    r"|container|columns?-\d|grid-cols-\d+|cols-\d+|col-\d|r-hstack)(?:$|[\s_-])",
    re.IGNORECASE,
)
_GROUP_STYLE = re.compile(r"display:\s*(?:inline-)?(?:flex|grid)|column(?:s|-count):\s*[2-9]", re.IGNORECASE)
_DOWNWARDS = re.compile(r"flex-direction:\s*column|(?:^|\s)flex-col(?:\s|$)", re.IGNORECASE)
_SIDE = re.compile(
    r"(?:^|\s)(?:left|right|column|col|pull-left|pull-right|(?:left|right)-(?:col|column)|(?:col|column)-?(?:left|right)"
    r"|col-(?:\w+-)?\d+|column-?\d|fl|fr)(?:\s|$)",
    re.IGNORECASE,
)
_SIDE_STYLE = re.compile(r"float:\s*(?:left|right)", re.IGNORECASE)
_WIDE = re.compile(r"grid-cols-(\d)")
_NOTES = re.compile(r"(?:^|\s)(?:speaker-)?notes(?:\s|$)")
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_FRAGMENT = re.compile(r"(?:^|\s)fragment(?:\s|$)")
_SECTION = re.compile(r"(?:^|\n)[ \t]*\n")


class Host(Protocol):
    """What a tool makes of what is its own."""

    aside: Aside
    losses: Losses

    def note(self, text: str) -> None: ...
    def picture(self, source: str, alt: str, *, title: str = "", width: str = "", credit: str = "") -> str: ...
    def media(
        self, source: str, alt: str, *, title: str = "", width: str = "", credit: str = "", poster: str = ""
    ) -> str: ...
    def drawing(self, svg: str) -> str: ...
    def component(self, node: Node, inner: str) -> str | None:
        """The Markdown of an element HTML does not have; None where nobody knows it."""
        ...

    def fragment(self, node: Node, inner: str) -> str | None:
        """An element's Markdown with the steps its attributes ask for, None where they ask for none."""
        ...


def rewritten(text: str, host: Host) -> str:
    """`text` with its HTML as Markdown."""
    if "<" not in text:
        return text
    if text.count("<") > MOST_TAGS:
        message = _("This slide has more HTML than is read; it is taken as words.")
        host.losses.add("html", message)
        return text.replace("<", "&lt;")
    return _Writer(host).all(tree(text))


class _Writer:
    def __init__(self, host: Host) -> None:
        self._host = host

    def all(self, node: Node) -> str:
        """The Markdown of what stands in an element."""
        out: list[str] = []
        children = node.children
        margin = _margin(node)
        index = 0
        while index < len(children):
            child = children[index]
            if isinstance(child, str):
                out.append(self._words(child, margin))
                index += 1
                continue
            beside, after = self._beside(children, index)
            if len(beside) > 1:
                out.append(_block(columns([self._inside(each) for each in beside])))
                index = after
                continue
            out.append(self._node(child))
            index += 1
        return "".join(out)

    @staticmethod
    def _words(text: str, margin: int) -> str:
        """Text without the indentation it has for standing in an element."""
        if not margin or "\n" not in text:
            return text
        first, *lines = text.split("\n")
        return "\n".join([first, *(dedent(line, margin) for line in lines)])

    def _beside(self, children: Sequence[Child], start: int) -> tuple[list[Node], int]:
        """The elements from `start` on that float beside one another, and where the first after them stands."""
        found: list[Node] = []
        index = after = start
        while index < len(children) and len(found) < 4:
            child = children[index]
            if isinstance(child, str):
                if child.strip():
                    break
            elif child.name in ("div", "section", "aside", "article", "p") and (
                _SIDE.search(child.classes) or _SIDE_STYLE.search(child.attributes.get("style", ""))
            ):
                found.append(child)
                after = index + 1
            else:
                break
            index += 1
        return found, after

    def _node(self, node: Node) -> str:
        text = self._element(node)
        stepped = self._host.fragment(node, text) if text.strip() else None
        if stepped is None and _FRAGMENT.search(node.classes) and text.strip():
            stepped = self.stepped(node, text)
        return text if stepped is None else _block(stepped)

    def stepped(self, node: Node, text: str) -> str:
        """An element shown with an advance: its block, or, of words within a line, nothing that can be kept."""
        if node.name in ("li", "tr", "td", "th") or (node.name not in BLOCK_TAGS and node.name in KNOWN_TAGS):
            message = _("Words within a paragraph appear with it, not by themselves.")
            if node.name != "li":
                self._host.losses.add("step", message, near=node.source)
            return text
        return one_step(tidy(text))

    def _element(self, node: Node) -> str:
        name = node.name
        match name:
            case "br":
                return "<br>"
            case "img":
                return self._picture(node)
            case "hr":
                return _block("***")
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                inner = one_line(self.all(node).replace("<br>", " "))
                return _block(f"{'#' * int(name[1])} {inner}") if inner else ""
            case "ul" | "ol" | "menu":
                return self._list(node)
            case "table":
                return self._table(node)
            case "blockquote":
                return _block(quoted(self._inside(node)))
            case "pre":
                return self._code(node)
            case "dl":
                return self._definitions(node)
            case "a":
                return self._link(node)
            case "code":
                text = html.unescape(words_of(self._host.aside.restore(self.all(node))))
                return self._host.aside.keep(f"`` {text} ``" if "`" in text else f"`{text}`") if text.strip() else ""
            case "summary" | "legend":
                return _block(_around(one_line(self.all(node)), "**", "**"))
            case "svg":
                return self._host.drawing(
                    node.source + "".join(c for c in node.children if isinstance(c, str)) + "</svg>"
                )
            case "style" | "script" | "template" | "noscript" | "title" | "textarea" | "math" | "object":
                return self._unseen(node)
            case "video" | "audio" | "iframe" | "embed":
                return self._media(node)
            case "input" | "meta" | "link" | "col" | "source" | "track" | "wbr" | "area" | "base" | "param":
                return ""
            case "figure":
                return self._figure(node)
            case _:
                return self._other(node)

    def _other(self, node: Node) -> str:
        if node.name in _STYLED:
            return _around(self.all(node), *_STYLED[node.name])
        if node.name in ("aside", "div") and _NOTES.search(node.classes):
            self._host.note(self._inside(node))
            return ""
        if "hidden" in node.attributes or _HIDDEN.search(node.attributes.get("style", "")):
            self._host.losses.add("hidden", _("Hidden text is kept among the notes."), near=node.source)
            self._host.note(self._inside(node))
            return ""
        if node.name in BLOCK_TAGS:
            return self._group(node)
        if node.name in KNOWN_TAGS:
            return self.all(node)
        inner = self.all(node)
        made = self._host.component(node, inner)
        if made is not None:
            return made
        message = _("The component “<{name}>” is not known here; the words in it are kept.").format(name=node.name)
        self._host.losses.add("component", message, near=node.source, text=self._host.aside.restore(node.source))
        return _block(_dedented(inner)) if "\n" in inner.strip() else inner

    def _inside(self, node: Node) -> str:
        return tidy(_dedented(self.all(node)))

    def _group(self, node: Node) -> str:
        style = node.attributes.get("style", "")
        elements = [c for c in node.children if isinstance(c, Node) and c.name != "br"]
        loose = any(isinstance(c, str) and c.strip() for c in node.children)
        beside = _GROUP.search(node.classes) or _GROUP_STYLE.search(style)
        if beside and not loose and 2 <= len(elements) <= 12 and not _DOWNWARDS.search(f"{style} {node.classes}"):
            parts = [self._node(each) for each in elements]
            if all(part.strip() for part in parts):
                wide = _WIDE.search(node.classes)
                most = int(wide[1]) if wide and wide[1] in "234" else len(parts) if len(parts) <= 4 else 2
                rows = [parts[index : index + most] for index in range(0, len(parts), most)]
                return _block("\n\n".join(columns([_dedented(part) for part in row]) for row in rows))
        return _block(self._inside(node))

    def _picture(self, node: Node) -> str:
        source = node.attributes.get("src", "") or node.attributes.get("data-src", "")
        style = re.search(r"(?:^|;)\s*width:\s*([\d.]+(?:%|px)?)", node.attributes.get("style", ""))
        width = node.attributes.get("width", "") or (style[1] if style else "")
        title = node.attributes.get("title", "")
        return self._host.picture(source, node.attributes.get("alt", ""), title=title, width=width) if source else ""

    def _figure(self, node: Node) -> str:
        caption = ""
        rest = Node("div")
        for child in node.children:
            if isinstance(child, Node) and child.name == "figcaption":
                caption = one_line(self.all(child))
            else:
                rest.children.append(child)
        inner = self._inside(rest)
        return _block(f"{inner}\n\n/// caption\n{caption}\n///") if caption and inner else _block(inner or caption)

    def _list(self, node: Node) -> str:
        items: list[str] = []
        stepped = False
        number = int(start) if (start := node.attributes.get("start", "")).isdecimal() and len(start) < 9 else 1
        for child in node.children:
            if isinstance(child, str):
                if child.strip():
                    items.append(_item("-", child.strip()))
                continue
            if child.name in ("ul", "ol") and items:
                items[-1] += "\n" + _indented(tidy(self._list(child)), 4 if node.name == "ol" else 2)
                continue
            inner = self._inside(child) if child.name == "li" else self._node(child)
            marker = f"{number}." if node.name == "ol" else "-"
            number += 1
            stepped |= bool(_FRAGMENT.search(child.classes)) or any(k.startswith("v-click") for k in child.attributes)
            if inner.strip():
                items.append(_item(marker, tidy(inner)))
        text = "\n".join(items)
        return _block(f"{text}\n{{: .steps }}" if stepped and items else text)

    def _table(self, node: Node) -> str:
        rows: list[tuple[bool, list[str]]] = []
        for row in _below(node, "tr", "table"):
            cells = [each for each in row.children if isinstance(each, Node) and each.name in ("td", "th")]
            if cells:
                rows.append((all(c.name == "th" for c in cells), [one_line_cell(self._inside(c)) for c in cells]))
        captions = [one_line(self.all(each)) for each in _below(node, "caption", "table")]
        if not rows:
            return _block(self._inside(Node("div", {}, node.children))) if not captions else _block(captions[0])
        header = rows[0][1] if rows[0][0] else []
        body = [cells for _headed, cells in (rows[1:] if header else rows)]
        text = table(header, body)
        return _block(f"{text}\n\n/// caption\n{captions[0]}\n///" if captions else text)

    def _definitions(self, node: Node) -> str:
        out: list[str] = []
        for child in node.children:
            if isinstance(child, Node) and child.name == "dt":
                out.append(("\n" if out else "") + one_line(self.all(child)))
            elif isinstance(child, Node):
                inner = self._inside(child)
                out.append(":   " + _indented(inner, 4).lstrip())
        return _block("\n".join(out))

    def _code(self, node: Node) -> str:
        source = "".join(child for child in node.children if isinstance(child, str))
        source = self._host.aside.restore(source)
        named = re.search(r"(?:language-|lang-|class=[\"'])([\w+#-]{1,30})", source[:300])
        code = html.unescape(re.sub(r"</?[A-Za-z][^<>]{0,500}>", "", source)).strip("\n").split("\n")
        lines = re.search(r"data-line-numbers=[\"']([\d,|\s-]{1,200})[\"']", source[:300])
        info = named[1] if named and named[1] not in ("hljs", "code") else ""
        if lines:
            info += f' hl_steps="{lines[1]}"'
        return _block(self._host.aside.keep(fenced(info, code), block=True)) if any(map(str.strip, code)) else ""

    def _link(self, node: Node) -> str:
        address = node.attributes.get("href", "").strip()
        inner = self.all(node)
        if not address or address.lower().startswith("javascript:") or not inner.strip():
            return inner
        if "\n" in inner.strip():
            return inner
        return f"[{inner.strip()}](<{address}>)" if re.search(r"[\s()]", address) else f"[{inner.strip()}]({address})"

    def _unseen(self, node: Node) -> str:
        inner = "".join(child for child in node.children if isinstance(child, str))
        if node.name == "style":
            self._host.losses.add(
                "style", _("Styles written into the text (CSS) are not carried over."), near=node.source
            )
        elif node.name == "script":
            self._host.losses.add("script", _("Scripts are not carried over."), near=node.source)
        elif inner.strip():
            message = _("The element “<{name}>” is not carried over.").format(name=node.name)
            self._host.losses.add("html", message, near=node.source, text=words_of(self._host.aside.restore(inner)))
        return ""

    def _media(self, node: Node) -> str:
        sources = [c.attributes.get("src", "") for c in node.children if isinstance(c, Node) and c.name == "source"]
        says = node.attributes
        sources.insert(0, says.get("src", "") or says.get("data-src", ""))
        address = next(filter(None, sources), "")
        title = says.get("title", "")
        local = next((each for each in sources if node.name in ("video", "audio") and kind_of(each)), "")
        if local:
            alt = says.get("aria-label", "") or title or says.get("alt", "")
            return _block(self._host.media(local, alt, width=says.get("width", ""), poster=says.get("poster", "")))
        message = _("What plays or shows another page (“<{name}>”) becomes a link.").format(name=node.name)
        self._host.losses.add("media", message, near=node.source, text=address)
        inner = self.all(Node("", {}, [c for c in node.children if not isinstance(c, Node) or c.name != "source"]))
        return _block("\n\n".join(filter(None, (link(address, title), tidy(inner)))))


def link(address: str, words: str = "") -> str:
    """A link that says where it leads."""
    address = address.strip()
    if not address:
        return words
    shown_words = words or address.replace("_", "\\_").replace("*", "\\*")
    return f"[{shown_words}](<{address}>)" if re.search(r"[\s()<>]", address) else f"[{shown_words}]({address})"


def one_line_cell(text: str) -> str:
    """Markdown as a cell of a table can hold it: its paragraphs in one line, parted by `<br>`."""
    return " <br> ".join(one_line(part) for part in _SECTION.split(text) if part.strip())


def _below(node: Node, name: str, within: str) -> list[Node]:
    """The elements called `name` in `node`, those in another `within` excepted."""
    out: list[Node] = []
    for child in node.children:
        if isinstance(child, Node):
            if child.name == name:
                out.append(child)
            elif child.name != within:
                out += _below(child, name, within)
    return out


def _around(text: str, opening: str, closing: str) -> str:
    """`text` between two marks that touch its words."""
    inner = text.strip()
    if not inner or "\n\n" in inner:
        return text
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    return f"{before}{opening}{inner}{closing}{after}"


def _block(text: str) -> str:
    return f"\n\n{text.strip(chr(10))}\n\n" if text.strip() else "\n\n"


def _item(marker: str, text: str) -> str:
    indent = max(2, len(marker) + 1)
    first, _newline, rest = text.partition("\n")
    return f"{marker} {first}" + (f"\n{_indented(rest, indent)}" if rest else "")


def _indented(text: str, columns_: int) -> str:
    return "\n".join(" " * columns_ + line if line.strip() else "" for line in text.split("\n"))


def _margin(node: Node) -> int:
    """Columns that the lines in an element are indented by, because they stand in it."""
    if not node.name:
        return 0
    depths: list[int] = []
    for place, child in enumerate(node.children):
        if not isinstance(child, str):
            continue
        lines = child.split("\n")[1:]
        follows = node.children[place + 1] if place + 1 < len(node.children) else None
        inline = isinstance(follows, Node) and follows.name not in BLOCK_TAGS and follows.name in KNOWN_TAGS
        depths += [indentation(line) for line in lines if line.strip()]
        if lines and not lines[-1].strip() and inline:
            depths.append(indentation(lines[-1] + "x"))
    return min(depths, default=0)


def _dedented(text: str) -> str:
    """`text` without the indentation its lines share; a first line directly after a tag has none of it."""
    lines = text.split("\n")
    depths = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    if lines[0][:1] in (" ", "\t") and lines[0].strip():
        depths.append(len(lines[0]) - len(lines[0].lstrip()))
    margin = min(depths, default=0)
    return "\n".join([lines[0].lstrip(), *(line[margin:] for line in lines[1:])])
