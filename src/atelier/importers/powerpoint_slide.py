"""One slide of PowerPoint: its shapes as Markdown, its notes, its background, what appears with advances."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Protocol

from atelier.foundation.translation import _, ngettext
from atelier.importers.arrangement import Box, arranged
from atelier.importers.aside import fenced
from atelier.importers.markdown import escaped, one_line, table, tidy
from atelier.importers.packages import XML_ERRORS, parse_xml
from atelier.importers.pictures import kind_of
from atelier.importers.powerpoint_text import A, P, R, TextReader, is_monospaced, notes_text, plain_text
from atelier.importers.slides import promoted, written_picture
from atelier.importers.steps import steps_each
from atelier.importers.types import Slide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.importers.losses import Losses
    from atelier.importers.pictures import Pictures

MOST_SHAPES: Final = 2_000
"""Of one slide."""
_DEEPEST: Final = 12
_FULL: Final = 0.85
"""Of the slide's area, from which on a picture is its background."""
_DGM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_FILE_NAME = re.compile(
    r"(?:fig: ?)?[^\s/\\]{1,80}\.(?:png|jpe?g|gif|bmp|svg|tiff?|emf|wmf)|https?://\S+", re.IGNORECASE
)
_NOT_SHOWN: Final = frozenset({"dt", "sldNum"})


class Host(Protocol):
    """What a slide asks of its deck."""

    def number_of(self, name: str) -> int: ...
    def slide_background(self, slide: Any) -> str: ...


class ShapeReader:
    def __init__(
        self, deck: Host, slide: Any, number: int, pictures: Pictures, losses: Losses, size: tuple[float, float]
    ) -> None:
        self._deck = deck
        self._slide = slide
        self._number = number
        self._pictures = pictures
        self._losses = losses
        self._size = size
        self._text = TextReader(self._address)
        self._drawn = 0
        self._count = 0
        self._background = ""
        self.running: list[str] = []
        self._built = self._builds()

    def slide(self) -> Slide:
        slide = self._slide
        title = ""
        shapes: Any = slide.shapes
        title_shape: Any = shapes.title
        if title_shape is not None and title_shape.has_text_frame:
            paragraphs = [self._text.words(each).strip() for each in title_shape.text_frame._txBody.iter(f"{A}p")]  # noqa: SLF001
            title = one_line(" ".join(filter(None, paragraphs)).replace("<br>", " "))
        body = tidy("\n\n".join(arranged(list(self._boxes(shapes, (0.0, 0.0, 1.0, 1.0), 0, title_shape)))))
        level = 2 if title else 0
        if not title:
            title, body = promoted(body)
        attributes: list[tuple[str, str]] = []
        if slide.element.get("show") in ("0", "false"):
            attributes.append(("class", "private"))
            self._losses.add("hidden", _("A hidden slide is private here: only the speaker sees it."))
        if background := self._background or self._own_background():
            attributes.append(("background", background))
        if self._drawn:
            n = self._drawn
            message = ngettext(
                "{n} drawn shape without words is left out.", "{n} drawn shapes without words are left out.", n
            )
            self._losses.add("shape", message.format(n=n))
        if self._text.formulas:
            self._losses.add("formula", _("Formulas are kept as plain signs."))
        layout: Any = slide.slide_layout
        kind = layout.element.get("type", "")
        return Slide(
            number=self._number,
            title=title,
            level=1 if level and kind in ("title", "secHead") else level,
            body=body,
            notes=self._notes(),
            attributes=tuple(attributes),
            divider=kind == "secHead" and len(body) < 300,
        )

    def _notes(self) -> str:
        slide = self._slide
        parts: list[str] = []
        if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
            parts.append(notes_text(frame._txBody, TextReader(self._address)))  # noqa: SLF001 - its text loses lists
        for relation in slide.part.rels.values():
            if relation.is_external or not relation.reltype.endswith("/comments"):
                continue
            words = re.findall(rb"<p:text>(.*?)</p:text>|<a:t>(.*?)</a:t>", relation.target_part.blob, re.DOTALL)
            text = " ".join((one or other).decode("utf-8", "replace") for one, other in words)
            if text.strip():
                self._losses.add("comment", _("Comments of reviewers are not carried over."), text=text)
        return "\n\n".join(filter(None, parts))

    def _address(self, relation: str, action: str) -> str:
        """Where a link leads: a web address, or a slide."""
        try:
            found: Any = self._slide.part.rels[relation] if relation else None
        except KeyError:
            return ""
        if found is None:
            return ""
        if found.is_external:
            address = str(found.target_ref)
            return address if re.match(r"(?:https?|mailto|tel):", address, re.IGNORECASE) else ""
        number = self._deck.number_of(str(found.target_part.partname)) if "hlinksldjump" in action else 0
        return f"#/{number}" if number else ""

    # ----------------------------------------------------------------------------------------------------------- shapes

    def _boxes(self, shapes: Any, into: tuple[float, float, float, float], depth: int, title: Any) -> Iterator[Box]:
        for shape in shapes:
            self._count += 1
            if self._count > MOST_SHAPES or depth > _DEEPEST:
                self._losses.add("shape", _("The slide has more shapes than are read."))
                return
            if title is not None and shape.shape_id == title.shape_id and depth == 0:
                continue
            element: Any = shape._element  # noqa: SLF001 - python-pptx has no public name for it
            if element.tag == f"{P}grpSp":
                yield from self._boxes(shape.shapes, _group(element, into, self._size), depth + 1, None)
                continue
            text = self._shape(shape, element)
            if not text.strip():
                continue
            if shape.shape_id in self._built:
                text = self._stepped(text)
            left, top, width, height = (float(each or 0) for each in (shape.left, shape.top, shape.width, shape.height))
            x, y, wide, high = left / self._size[0], top / self._size[1], width / self._size[0], height / self._size[1]
            yield Box(into[0] + x * into[2], into[1] + y * into[3], wide * into[2], high * into[3], text)

    def _stepped(self, text: str) -> str:
        return steps_each(text) if "{: ." not in text else text

    def _shape(self, shape: Any, element: Any) -> str:
        kind = ""
        holder = element.find(f".//{P}nvPr/{P}ph")
        if holder is not None:
            kind = holder.get("type", "obj")
        if kind in _NOT_SHOWN:
            return ""
        if kind in ("ftr", "hdr"):
            if shape.has_text_frame and shape.text_frame.text.strip():
                self.running.append(shape.text_frame.text.strip())
            return ""
        if element.tag == f"{P}pic":
            return self._picture(shape, element)
        if element.tag == f"{P}graphicFrame":
            return self._graphic(shape, element)
        if element.tag == f"{P}cxnSp":
            self._drawn += 1
            return ""
        body = element.find(f"{P}txBody")
        if body is None or not plain_text(body):
            if element.find(f"{P}spPr/{A}blipFill") is not None:
                return self._filled(element)
            if holder is None:
                self._drawn += 1
            return ""
        if is_monospaced(body):
            return fenced("", plain_text(body).split("\n"))
        listed = kind in ("body", "obj", "") and holder is not None
        return self._text.markdown(body, self._styles(shape, element, holder), listed=listed and kind != "subTitle")

    def _styles(self, shape: Any, element: Any, holder: Any) -> tuple[Any, ...]:
        """What says whether paragraphs have bullets: the shape, its placeholders on the layout and the master."""
        own = element.find(f"{P}txBody/{A}lstStyle")
        if holder is None:
            return (own,)
        out: list[Any] = [own]
        layout: Any = self._slide.slide_layout
        for place in (layout, layout.slide_master):
            for each in place.placeholders:
                other: Any = each._element.find(f".//{P}nvPr/{P}ph")  # noqa: SLF001
                same = other.get("idx", "0") == holder.get("idx", "0")
                if same if place is layout else other.get("type", "obj") == (holder.get("type") or "body"):
                    out.append(each._element.find(f"{P}txBody/{A}lstStyle"))  # noqa: SLF001
                    break
        styles = layout.slide_master.element.find(f"{P}txStyles")
        if styles is not None:
            kind = holder.get("type", "obj")
            out.append(styles.find(f"{P}bodyStyle" if kind in ("body", "obj", "subTitle") else f"{P}otherStyle"))
        del shape
        return tuple(out)

    def _picture(self, shape: Any, element: Any) -> str:
        words = element.find(f".//{P}cNvPr")
        alt = _said((words.get("descr") or "") if words is not None else "")
        name = words.get("name", "") if words is not None else ""
        played = self._played(shape, element, name)
        said = re.sub(r"[\[\]]", " ", alt or name)
        try:
            image: Any = shape.poster_frame if hasattr(shape, "poster_frame") else shape.image
            data, suffix = bytes(image.blob), str(image.ext)
        except (ValueError, KeyError, AttributeError):
            if played:
                return written_picture(played, said)
            self._losses.add(
                "picture-missing", _("A picture is linked, not in the file, and is left out."), text=alt or name
            )
            return ""
        full = self._share(shape) >= _FULL
        file = self._stored(data, suffix, name, alt)
        if played:
            return written_picture(played, said, pairs=(("poster", file),) if file else ())
        if not file:
            return escaped(alt)
        source = element.find(f"{P}blipFill/{A}srcRect")
        if source is not None and any(int(v) > 1_000 for v in source.attrib.values() if v.isdecimal()):
            self._losses.add("crop", _("Pictures are shown whole, not cropped."), text=name)
        if full and not self._background and len(self._slide.shapes) > 1:
            self._background = file
            if alt:
                self._losses.add("alt", _("The words for a background picture are not carried over."), text=alt)
            return ""
        if alt.startswith(("A picture containing", "Ein Bild, das", "Une image contenant")):
            alt = alt.split("\n", 1)[0]
        width = (
            f"{round(100 * float(shape.width or 0) / self._size[0])}%"
            if 0 < float(shape.width or 0) < 0.95 * self._size[0]
            else ""
        )
        return written_picture(
            file, re.sub(r"[\[\]]", " ", alt), width=width if float(shape.width or 0) < 0.3 * self._size[0] else ""
        )

    def _played(self, shape: Any, element: Any, name: str) -> str:
        """The name of the film or sound in a picture; nothing where there is none, or none that can be played."""
        properties = element.find(f".//{P}nvPr")
        kinds = [f"{A}videoFile", f"{A}audioFile"]
        linked = next((found for kind in kinds if (found := properties.find(kind)) is not None), None)
        if linked is None:
            return ""
        embedded = next((each for each in properties.iter() if str(each.tag).endswith("}media")), None)
        ids = [each.get(key, "") for each, key in ((embedded, f"{R}embed"), (linked, f"{R}link")) if each is not None]
        for id_ in filter(None, ids):
            relation: Any = shape.part.rels.get(id_)
            if relation is None or relation.is_external:
                continue
            part: Any = relation.target_part
            suffix = "." + str(part.partname).rpartition(".")[2].lower()
            if file := self._pictures.added_media(bytes(part.blob), f"slide-{self._number}", suffix):
                return file
        self._losses.add("media", _("A video or a sound is not carried over; its picture is kept."), text=name)
        return ""

    def _share(self, shape: Any) -> float:
        return float(shape.width or 0) * float(shape.height or 0) / (self._size[0] * self._size[1])

    def _stored(self, data: bytes, suffix: str, name: str, alt: str) -> str:
        kind = kind_of(data)
        if not kind:
            message = _("A picture in the format {kind} is left out: it cannot be shown here.").format(
                kind=suffix.upper() or "?"
            )
            self._losses.add("picture-unreadable", message, text=alt or name)
            return ""
        return self._pictures.added(data, f"slide-{self._number}", kind)

    def _filled(self, element: Any) -> str:
        blip = element.find(f"{P}spPr/{A}blipFill/{A}blip")
        words = element.find(f".//{P}cNvPr")
        alt = _said(words.get("descr") or "") if words is not None else ""
        file = self._blip(blip, alt)
        return written_picture(file, alt) if file else ""

    def _blip(self, blip: Any, alt: str) -> str:
        relation = blip.get(f"{R}embed", "") if blip is not None else ""
        try:
            part: Any = self._slide.part.related_part(relation)
            return self._stored(bytes(part.blob), str(part.partname).rpartition(".")[2], "picture", alt)
        except (KeyError, AttributeError, ValueError):
            return ""

    def _own_background(self) -> str:
        background = self._slide.element.find(f"{P}cSld/{P}bg")
        if background is None:
            return ""
        blip = background.find(f"{P}bgPr/{A}blipFill/{A}blip")
        if blip is not None:
            return self._blip(blip, "")
        if background.find(f"{P}bgPr/{A}gradFill") is not None:
            self._losses.add(
                "background", _("This background cannot be carried over: {value}.").format(value="gradient")
            )
            return ""
        colour = self._deck.slide_background(self._slide)
        if re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) and colour.lower() != "#ffffff":
            message = _("A colour behind a slide is not carried over: the theme decides.")
            self._losses.add("background", message, text=colour)
        return ""

    def _graphic(self, shape: Any, element: Any) -> str:
        if shape.has_table:
            return self._text.table(element)
        if shape.has_chart:
            return self._chart(shape)
        data = element.find(f".//{_DGM}relIds")
        if data is not None:
            return self._diagram(data)
        words = element.find(f".//{P}cNvPr")
        name = words.get("name", "") if words is not None else ""
        self._losses.add("object", _("An object of another program is left out."), text=name)
        return ""

    def _chart(self, shape: Any) -> str:
        """A chart as the table of its numbers."""
        try:
            chart: Any = shape.chart
            plot: Any = chart.plots[0]
            series = [(str(each.name or ""), [_number(value) for value in each.values]) for each in plot.series]
            categories = [escaped(str(each)) for each in plot.categories]
            title = (
                chart.chart_title.text_frame.text.strip()
                if chart.has_title and chart.chart_title.has_text_frame
                else ""
            )
        except (KeyError, ValueError, AttributeError, IndexError, TypeError, NotImplementedError):
            self._losses.add("chart", _("A chart of this kind is left out: its numbers cannot be read."))
            return ""
        self._losses.add("chart", _("A chart becomes a table of its numbers."))
        rows = max([len(categories), *(len(values) for _name, values in series)], default=0)
        body = [
            [
                categories[row] if row < len(categories) else "",
                *(values[row] if row < len(values) else "" for _n, values in series),
            ]
            for row in range(min(rows, 100))
        ]
        made = table(["", *(escaped(name) for name, _values in series)], body)
        return f"{made}\n\n/// caption\n{escaped(title)}\n///" if title and made else made

    def _diagram(self, data: Any) -> str:
        """SmartArt as the list of its words."""
        self._losses.add("diagram", _("A diagram (SmartArt) becomes a list of its words."))
        try:
            part: Any = self._slide.part.related_part(data.get(f"{R}dm", ""))
            root: Any = parse_xml(part.blob)
        except (KeyError, *XML_ERRORS):
            return ""
        texts = [one_line(plain_text(body)) for body in root.iter(f"{_DGM}t")]
        return "\n".join(f"- {escaped(text)}" for text in texts if text)

    def _builds(self) -> set[int]:
        """The ids of the shapes that appear with advances."""
        out: set[int] = set()
        timing: Any = self._slide.element.find(f"{P}timing")
        if timing is None:
            return out
        for effect in timing.iter(f"{P}cTn"):
            kind = effect.get("presetClass", "")
            if kind == "entr":
                out |= {int(each.get("spid")) for each in effect.iter(f"{P}spTgt") if each.get("spid", "").isdecimal()}
            elif kind:
                self._losses.add("animation", _("Animations other than appearing are not carried over."))
        return out


def _said(description: str) -> str:
    """What a picture shows; a file's name says nothing of it."""
    text = one_line(description)
    return "" if _FILE_NAME.fullmatch(text) else text


def _number(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _group(
    element: Any, into: tuple[float, float, float, float], size: tuple[float, float]
) -> tuple[float, float, float, float]:
    """Where the children of a group lie: the mapping from their coordinates to shares of the slide."""
    form = element.find(f"{P}grpSpPr/{A}xfrm")
    if form is None:
        return into
    values: dict[str, float] = {}
    for name, keys in (("off", "xy"), ("chOff", "xy"), ("ext", ("cx", "cy")), ("chExt", ("cx", "cy"))):
        found = form.find(f"{A}{name}")
        for key, axis in zip(keys, "xy", strict=True):
            values[f"{name}{axis}"] = float(found.get(key, 0)) if found is not None else 0.0
    scale_x = values["extx"] / values["chExtx"] if values["chExtx"] else 1.0
    scale_y = values["exty"] / values["chExty"] if values["chExty"] else 1.0
    left = (values["offx"] - values["chOffx"] * scale_x) / size[0]
    top = (values["offy"] - values["chOffy"] * scale_y) / size[1]
    return (into[0] + left * into[2], into[1] + top * into[3], scale_x * into[2], scale_y * into[3])
