"""Slides that LibreOffice wrote, read as a deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.importers.importing import import_deck

if TYPE_CHECKING:
    from pathlib import Path

    from tests.interchange.conftest import Convert

SLIDES = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:mimetype="application/vnd.oasis.opendocument.presentation" office:version="1.2">
<office:body><office:presentation>
<draw:page draw:name="one">
<draw:frame presentation:class="title" svg:width="20cm" svg:height="3cm" svg:x="2cm" svg:y="1cm">
<draw:text-box><text:p>Le gâteau</text:p></draw:text-box></draw:frame>
<draw:frame presentation:class="outline" svg:width="20cm" svg:height="9cm" svg:x="2cm" svg:y="5cm">
<draw:text-box><text:list><text:list-item><text:p>un ingrédient</text:p></text:list-item>
<text:list-item><text:p>un savoir</text:p></text:list-item></text:list></draw:text-box></draw:frame>
</draw:page>
<draw:page draw:name="two">
<draw:frame presentation:class="title" svg:width="20cm" svg:height="3cm" svg:x="2cm" svg:y="1cm">
<draw:text-box><text:p>À emporter</text:p></draw:text-box></draw:frame>
</draw:page>
</office:presentation></office:body></office:document>
"""


def test_slides_come_over(tmp_path: Path, by_libreoffice: Convert) -> None:
    file = tmp_path / "gateau.fodp"
    file.write_text(SLIDES, encoding="utf-8")
    imported = import_deck(by_libreoffice(file, "pptx"), tmp_path / "deck")
    text = imported.file.read_text(encoding="utf-8")
    for words in ("# Le gâteau", "- un ingrédient", "- un savoir", "# À emp"):
        assert words in text
