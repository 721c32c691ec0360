"""Pictures in the text: once in the file however often they are shown, as large as the page allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atelier.writers.word.elements import NAMESPACES, clean, node

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from atelier.draft.types import Picture
    from atelier.writers.types import Raster
    from atelier.writers.word.package import Relations

EMU: Final = 12_700
"""English metric units of a point."""
_PIXEL: Final = 9_525
"""EMU of a pixel, at 96 to the inch."""
TEXT_WIDTH: Final = 160 * 36_000
"""EMU: A4 less margins of 25 mm."""
_TALLEST: Final = 120 * 36_000
"""Of a picture whose author gives no width: what is higher leaves no room for words on its page."""
_PAGE_HEIGHT: Final = 220 * 36_000
_SUFFIXES: Final = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
"""What Word shows; everything else comes as PNG."""
_DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_EXTENSION: Final = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


class Album:
    """The pictures of a document: `files` are their bytes by their names in it, as far as they have been asked for."""

    def __init__(self, pictures: Mapping[str, Picture], raster: Raster) -> None:
        self._pictures = pictures
        self._raster = raster
        self._known: dict[str, tuple[str, Picture] | None] = {}
        self._shown = 0
        self.files: dict[str, bytes] = {}

    def drawing(
        self, name: str, alt: str, relations: Relations, *, share: float = 0.0, href: str = "", indent: int = 0
    ) -> Element | None:
        """A picture of the article as it stands in a run; None for one that cannot be shown.

        `share` is that of the text's width it takes, 0 for its own; `indent` is what the text gives away, in EMU.
        """
        found = self._found(name)
        if found is None:
            return None
        file, picture = found
        width, height = _size(picture, share, TEXT_WIDTH - indent)
        self._shown += 1
        link = relations.to_address(href) if href else ""
        said = node("wp:docPr", id=self._shown, name=f"Picture {self._shown}", descr=clean(alt))
        if link:
            said.append(node("a:hlinkClick", r_id=link))
        if not alt.strip():
            mark = node("adec:decorative", xmlns_adec=_DECORATIVE, val=1)
            said.append(node("a:extLst", node("a:ext", mark, uri=_EXTENSION)))
        extent = {"cx": width, "cy": height}
        shown = node(
            "pic:pic",
            node("pic:nvPicPr", node("pic:cNvPr", id=self._shown, name=f"Picture {self._shown}"), node("pic:cNvPicPr")),
            node(
                "pic:blipFill",
                node("a:blip", r_embed=relations.to_part("image", file)),
                node("a:stretch", node("a:fillRect")),
            ),
            node(
                "pic:spPr",
                node("a:xfrm", node("a:off", x=0, y=0), node("a:ext", **extent)),
                node("a:prstGeom", node("a:avLst"), prst="rect"),
            ),
        )
        return node(
            "w:drawing",
            node(
                "wp:inline",
                node("wp:extent", **extent),
                said,
                node("wp:cNvGraphicFramePr", node("a:graphicFrameLocks", noChangeAspect=1)),
                node("a:graphic", node("a:graphicData", shown, uri=NAMESPACES["pic"])),
                distT=0, distB=0, distL=0, distR=0,
            ),
        )  # fmt: skip

    def _found(self, name: str) -> tuple[str, Picture] | None:
        if name not in self._known:
            picture = self._pictures.get(name)
            if picture is not None and picture.media_type not in _SUFFIXES:
                picture = self._raster(picture)
            suffix = _SUFFIXES.get(picture.media_type) if picture is not None else None
            if picture is None or suffix is None or not picture.width or not picture.height:
                self._known[name] = None
            else:
                file = f"media/picture{len(self.files) + 1}.{suffix}"
                self.files[file] = picture.data
                self._known[name] = (file, picture)
        return self._known[name]


def _size(picture: Picture, share: float, room: int) -> tuple[int, int]:
    """Width and height in EMU."""
    width = room * share if 0 < share <= 1 else min(picture.width * _PIXEL, room)
    height = width * picture.height / picture.width
    tallest = _PAGE_HEIGHT if share else _TALLEST
    if height > tallest:
        width, height = width * tallest / height, tallest
    return max(round(width), 1), max(round(height), 1)
