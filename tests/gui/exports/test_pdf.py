"""What a reader makes of a PDF: text, fonts, outline, links, what it says of itself; and how much of it there is."""

from __future__ import annotations

import subprocess
import unicodedata
from typing import TYPE_CHECKING, cast

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from tests.gui.exports.conftest import DRAWING

if TYPE_CHECKING:
    from pathlib import Path

    from pypdf.generic import Destination, IndirectObject
    from tests.gui.exports.conftest import Export

pytestmark = pytest.mark.usefixtures("qapp")

SMOOTH = Qt.TransformationMode.SmoothTransformation


def text_of(file: Path, page: int = 0) -> str:
    pages = ("-f", str(page), "-l", str(page)) if page else ()
    return subprocess.run(["pdftotext", *pages, file, "-"], capture_output=True, text=True, check=True).stdout


def picture_of(file: Path, page: int = 1) -> QImage:
    """What poppler makes of a page, a pixel for each of the page's own."""
    target = file.with_suffix("")
    command = ["pdftoppm", "-r", "96", "-f", str(page), "-l", str(page), "-singlefile", "-png", file, target]
    subprocess.run(command, check=True)
    return QImage(str(file.with_suffix(".png")))


def test_the_text_is_what_was_written(deck: Path, out: Path, write: Export) -> None:
    write(deck, "pdf")
    page = PdfReader(out / "talk.pdf").pages[1].extract_text()
    space = "\N{NARROW NO-BREAK SPACE}"  # inside the quotes of the language
    assert f"«{space}fini{space}»" in page
    assert "\t" not in page
    words = text_of(out / "talk.pdf", 2).split()
    assert " ".join(words).startswith("01 Seen Words to select : « fini » – inside, there, out, bad.")


def test_ligatures_figures_and_arabic_are_letters(tmp_path: Path, out: Path, write: Export) -> None:
    file = tmp_path / "signs.md"
    file.write_text("# Office\n\n## 1\n\n| n | flow |\n|---|---|\n| 10,25 | fi ffi |\n\nالسلام\n", encoding="utf-8")
    write(file, "pdf")
    # poppler shows a ligature of letters that are written from the right in the order of the page
    text = unicodedata.normalize("NFKC", text_of(out / "signs.pdf"))
    for words in ("Office", "10,25", "fi ffi", "سلام"):
        assert words in text
    assert not [sign for sign in text if "\ue000" <= sign <= "\uf8ff"]


def test_fonts_are_embedded_and_have_names_of_their_own(deck: Path, out: Path, write: Export) -> None:
    write(deck, "pdf")
    shown = subprocess.run(["pdffonts", out / "talk.pdf"], capture_output=True, text=True, check=True).stdout
    rows = shown.splitlines()[2:]
    assert rows
    assert all(row[71:].split()[:3] == ["yes", "yes", "yes"] for row in rows), shown
    found = [row.split()[0] for row in rows]
    assert len(set(found)) == len(found)


def test_it_says_what_it_is(deck: Path, out: Path, write: Export) -> None:
    write(deck, "pdf")
    reader = PdfReader(out / "talk.pdf")
    about = reader.metadata
    assert about is not None
    assert (about.title, about.author, about.subject) == ("A talk", "Somebody", "En français")
    assert about["/Keywords"] == "cake, chocolat"
    assert about.creator is not None
    assert about.creator.startswith("Atelier ")
    assert about.creation_date is not None
    assert reader.root_object["/Lang"] == "fr"
    xmp = reader.xmp_metadata
    assert xmp is not None
    assert xmp.dc_title == {"x-default": "A talk"}
    assert xmp.dc_subject == ["cake", "chocolat"]


def test_the_outline_is_nested_as_the_frames_are(deck: Path, out: Path, write: Export) -> None:
    write(deck, "pdf")
    reader = PdfReader(out / "talk.pdf")

    def told(entries: list[Destination | list[Destination]], depth: int = 0) -> list[tuple[int, str, int]]:
        rows: list[tuple[int, str, int]] = []
        for entry in entries:
            if isinstance(entry, list):
                rows += told(entry, depth + 1)  # pyright: ignore[reportArgumentType]
            else:
                rows.append((depth, str(entry.title), 1 + (reader.get_destination_page_number(entry) or 0)))
        return rows

    assert told(reader.outline) == [  # pyright: ignore[reportArgumentType]
        (0, "A talk", 1),
        (1, "Seen", 2),
        (2, "Inner linked", 3),
        (2, "Long", 4),
    ]
    assert reader.page_labels[:5] == ["1", "2", "3", "4.1", "4.2"]


def links_of(file: Path, page: int) -> list[object]:
    """Addresses, and numbers of pages."""
    reader = PdfReader(file)
    numbers = {each.indirect_reference: number for number, each in enumerate(reader.pages, 1)}
    found: list[object] = []
    for reference in reader.pages[page - 1].get("/Annots", []):
        link = reference.get_object()
        found.append(link["/A"]["/URI"] if "/A" in link else numbers[cast("list[IndirectObject]", link["/Dest"])[0]])
    return found


def test_links_lead_on(deck: Path, out: Path, write: Export) -> None:
    write(deck, "pdf")
    file = out / "talk.pdf"
    # on the frame itself the text's own, and the frames one sees inside it
    assert links_of(file, 2) == [3, "https://example.org/a?b=%C3%A9", 3, 4]
    assert "https://example.org/title" in links_of(file, 3)
    assert 2 in links_of(file, 1)


def test_a_link_to_a_frame_without_a_page_leads_to_one_that_shows_it(deck: Path, out: Path, write: Export) -> None:
    write(deck, "pdf", path="short")
    assert links_of(out / "talk-short.pdf", 1) == ["https://example.org/a?b=%C3%A9"]


def test_a_large_canvas_shows_what_frames_say(tmp_path: Path, out: Path, write: Export) -> None:
    file = tmp_path / "map.md"
    frames = "".join(f"## One {n}\n\nWords.\n\n" for n in range(9))
    file.write_text(f"# Map\n\n{frames}", encoding="utf-8")
    found: list[tuple[bool, bool]] = []
    for height in (540, 1080, 4320):
        write(file, "pdf", canvas=True, size=(0, height))
        text = text_of(out / "map-canvas.pdf")
        found.append(("One" in text, "Words." in text))
    assert found == [(True, False), (True, False), (True, True)]


def test_it_has_the_ratio_that_was_asked_for(deck: Path, out: Path, write: Export) -> None:
    write(deck, "pdf", size=(800, 600), frame="seen")
    box = PdfReader(out / "talk-seen.pdf").pages[0].mediabox
    assert (box.width, box.height) == (1080, 810)


def test_a_drawing_is_drawn_as_it_is_on_screen(tmp_path: Path, out: Path, write: Export) -> None:
    (tmp_path / "flag.svg").write_text(DRAWING, encoding="utf-8")
    file = tmp_path / "drawn.md"
    file.write_text("# Top\n\n## One {#one}\n\n![a flag](flag.svg)\n", encoding="utf-8")
    write(file, "pdf", "png", frame="one", size=(0, 1080))
    paper, screen = picture_of(out / "drawn-one.pdf"), QImage(str(out / "01-one.png"))
    assert paper.size() == screen.size()
    blue = [x for x in range(screen.width()) if _near(screen.pixelColor(x, 700), QColor(0, 0, 255))]
    left, right = blue[0], blue[-1]
    row = next(y for y in range(300, 700) if _near(screen.pixelColor(left + 9, y), QColor(255, 0, 0)))
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):  # red that fades into the card
        x = left + round(share * (right - left))
        assert _near(paper.pixelColor(x, row + 50), screen.pixelColor(x, row + 50), 8)
    images = subprocess.run(["pdfimages", "-list", out / "drawn-one.pdf"], capture_output=True, text=True, check=True)
    # the shadow of the card is the only one
    assert len({row.split()[10] for row in images.stdout.splitlines()[2:]}) == 1, (
        images.stdout
    )  # the shadow of the card


def test_a_page_looks_as_the_screen_does(tmp_path: Path, out: Path, write: Export) -> None:
    (tmp_path / "flag.svg").write_text(DRAWING, encoding="utf-8")
    file = tmp_path / "looks.md"
    words = "A [link](https://example.org) before an emoji \N{GRINNING FACE}, `code`, and ==marks==."
    steps = "- first ![flag](flag.svg){width=20%}\n- second \N{GRINNING FACE}\n{: .steps }\n"
    file.write_text(
        f"# Top\n\n## One {{#one}}\n\n{words}\n\n{steps}\n### In\n\nside\n\n### Out\n\nside\n", encoding="utf-8"
    )
    pdf, png = write(file, "pdf", "png", size=(0, 1080), steps=True)
    assert pdf.pages == png.pages == 6
    for page in (1, 4, 6):
        paper = picture_of(pdf.files[0], page).scaled(160, 90, mode=SMOOTH)
        screen = QImage(str(png.files[page - 1])).scaled(160, 90, mode=SMOOTH)
        far = [
            (x, y)
            for y in range(90)
            for x in range(160)
            if not _near(paper.pixelColor(x, y), screen.pixelColor(x, y), 32)
        ]
        assert len(far) < 6, (page, far[:10])


def _near(one: QColor, other: QColor, most: int = 3) -> bool:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) <= most for a, b in pairs)


def test_a_picture_is_in_the_file_but_once(tmp_path: Path, out: Path, write: Export) -> None:
    photo = QImage(600, 400, QImage.Format.Format_RGB32)
    photo.fill(QColor("#a0522d"))
    for x in range(600):
        photo.setPixelColor(x, x * 7919 % 400, QColor(x % 256, 7, 9))
    photo.save(str(tmp_path / "photo.jpg"))
    frames = "\n".join(f"## Frame {n}\n\n![noise](photo.jpg)\n" for n in range(6))
    (tmp_path / "album.md").write_text(f"# Album\n\n{frames}", encoding="utf-8")
    write(tmp_path / "album.md", "pdf")
    shown = subprocess.run(
        ["pdfimages", "-list", out / "album.pdf"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    large = [row.split() for row in shown if int(row.split()[3]) == 600]
    assert len(large) >= 6
    assert len({row[10] for row in large}) == 1  # the number of its object
    paper = picture_of(out / "album.pdf", 2)
    assert paper.pixelColor(960, 540) != QColor(255, 255, 255)


def test_a_shadow_is_in_the_file_but_once(tmp_path: Path, out: Path, write: Export) -> None:
    sizes: list[int] = []
    for count in (2, 12):
        frames = "\n".join(f"## Frame {n}\n\nText.\n" for n in range(count))
        (tmp_path / "cards.md").write_text(f"# Cards\n\n{frames}", encoding="utf-8")
        write(tmp_path / "cards.md", "pdf")
        reader = PdfReader(out / "cards.pdf")
        sizes.append(sum("/XObject" in str(reader.get_object(n)) for n in reader.xref[0]))
    assert sizes[1] - sizes[0] < 30  # a page refers to its images and forms, and brings none
