"""Documents nobody here wrote: what stood badly once stands well."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from atelier.canvas.arrange import arrange
from atelier.canvas.faces import Face
from atelier.deck.contents import Contents
from atelier.deck.loading import read
from atelier.deck.theme import house_theme
from atelier.typeset import painting
from atelier.typeset.typesetter import Typesetter

from .typeset_reading import boxes, item_with, line_boxes, pictures, smallest_size, texts, words

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.foundation.geometry import Rect
    from atelier.typeset.display import BoxItem, DisplayList

SENTENCE = "The garden was laid out by someone whose name nobody wrote down, and it has been quarrelled over since."
AIR = 24.0
"""Frame units between the words of a band and its edges."""


def typesetter_of(text: str, folder: Path | None = None) -> Typesetter:
    deck = read(text.encode(), folder=folder)
    return Typesetter(deck, arrange(deck), house_theme(), Contents(deck).content)


def content(text: str, frame: str, folder: Path | None = None) -> DisplayList:
    return pages(text, frame, folder)[0]


def pages(text: str, frame: str, folder: Path | None = None) -> list[DisplayList]:
    typesetter = typesetter_of(text, folder)
    found = typesetter.deck.frame(frame)
    assert found is not None
    place = typesetter.canvas.page_of.get(found.index, typesetter.canvas.place_of[found.index])
    return [typesetter.face(place, Face.CONTENT, page) for page in range(typesetter.pages(place))]


def picture(folder: Path, name: str, width: int, height: int) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#3a6ea5"))
    assert image.save(str(folder / name))


def overlap(rects: list[Rect]) -> bool:
    return any(a.inset(1.0).intersects(b.inset(1.0)) for a, b in itertools.combinations(rects, 2))


@pytest.mark.parametrize("ratio", ["16:9", "4:3", "3:4"])
@pytest.mark.parametrize("face", [Face.CONTENT, Face.COVER])
@pytest.mark.parametrize(
    "title",
    [
        "Short",
        "A title of more than twenty-four signs",
        "What does sustainability really mean in the everyday life of a small town by the sea?",
        "Kraftfahrzeughaftpflichtversicherungsgesellschaften",
    ],
)
def test_number_title_and_lead_sit_inside_their_band(qapp: object, title: str, face: Face, ratio: str) -> None:
    assert qapp
    typesetter = typesetter_of(
        f'---\nratio: "{ratio}"\n---\n# Root\n\n## {title} {{#s}}\n\nA lead to sit beside the title.\n\n'
        "### One\n\n### Two\n"
    )
    found = typesetter.deck.frame("s")
    assert found is not None
    place = typesetter.canvas.places[typesetter.canvas.place_of[found.index]]
    display = typesetter.face(place.index, face)
    groups = [line_boxes(item) for item in texts(display)]
    lines = [box for group in groups for box in group]
    assert len(groups) >= 2
    assert all(box.y >= AIR and box.bottom <= place.spot_rect.bottom - AIR for box in lines)
    assert all(box.x >= 60 and box.right <= place.size.width - 60 for box in lines)
    assert not overlap(lines)


def test_a_title_gets_smaller_before_it_takes_two_lines(qapp: object) -> None:
    assert qapp
    display = content("# R\n\n## Cinq degrés de maturité déjà {#s}\n\nUne accroche courte.\n\n### A\n", "s")
    assert len(line_boxes(item_with(display, "maturité"))) == 1


def test_a_section_in_a_section_has_an_edge(qapp: object) -> None:
    assert qapp
    typesetter = typesetter_of("# R\n\n## Outer {#a}\n\n### Inner {#b}\n\n#### C\n\n### D\n")

    def rims(id_: str, face: Face) -> list[BoxItem]:
        frame = typesetter.deck.frame(id_)
        assert frame is not None
        display = typesetter.face(typesetter.canvas.place_of[frame.index], face)
        return [box for box in boxes(display) if box.stroke is not None]

    for face in Face:
        assert not rims("a", face)
        (rim,) = rims("b", face)
        assert rim.stroke is not None
        assert rim.stroke.lightness() > 150


def test_a_picture_stands_beside_text_and_code(qapp: object, tmp_path: Path) -> None:
    assert qapp
    picture(tmp_path, "p.png", 600, 400)
    body = "It counts.\n\n```python\ndef count(xs):\n    return len(xs)\n```\n\n![p](p.png)\n"
    display = content(f"# R\n\n## F {{#f}}\n\n{body}\n## G\n", "f", tmp_path)
    (shown,) = pictures(display)
    panel = next(box for box in boxes(display) if box.fill == QColor("#2A140D"))
    assert shown.bounds.x > panel.bounds.right
    assert shown.bounds.width <= 0.44 * display.size.width
    assert smallest_size(display) >= 26


def test_code_that_would_have_to_be_broken_keeps_the_width(qapp: object, tmp_path: Path) -> None:
    assert qapp
    picture(tmp_path, "p.png", 600, 400)
    code = "client.post('/users', {'name': 'Ada', 'mail': 'ada@example.org', 'role': 'x'})"
    display = content(f"# R\n\n## F {{#f}}\n\nText.\n\n```\n{code}\n```\n\n![p](p.png)\n\n## G\n", "f", tmp_path)
    (shown,) = pictures(display)
    assert len(line_boxes(item_with(display, "client"))) == 1
    assert shown.bounds.y > line_boxes(item_with(display, "client"))[0].bottom


def test_the_picture_of_a_case_leaves_its_fields_their_size(qapp: object, tmp_path: Path) -> None:
    assert qapp
    picture(tmp_path, "p.png", 600, 400)
    case = (
        "/// case\n    kinds: crise\n    Départ: Des crises.\n    Canal: Un blog.\n    À retenir: Ouvrir avant.\n///\n"
    )
    alone = content(f"# R\n\n## F {{#f}}\n\n{case}\n## G\n", "f", tmp_path)
    beside = content(f"# R\n\n## F {{#f}}\n\n{case}\n![p](p.png)\n\n## G\n", "f", tmp_path)
    sizes = [item_with(d, "Des crises").layout.font().pixelSize() for d in (alone, beside)]
    assert sizes[0] == sizes[1]
    (shown,) = pictures(beside)
    assert shown.bounds.x >= 0.6 * beside.size.width
    assert shown.bounds.width >= 0.2 * beside.size.width


def test_five_pictures_stand_in_rows(qapp: object, tmp_path: Path) -> None:
    assert qapp
    for i, (width, height) in enumerate([(800, 450), (450, 800), (500, 500), (1600, 400), (400, 1600)]):
        picture(tmp_path, f"p{i}.png", width, height)
    shown = "\n\n".join(f"![p](p{i}.png)" for i in range(5))
    display = content(f"# R\n\n## F {{#f}}\n\n{shown}\n\n## G\n", "f", tmp_path)
    found = [item.bounds for item in pictures(display)]
    assert len(found) == 5
    assert not overlap(found)
    assert min(box.height for box in found) > 200
    assert all(box.right <= display.size.width - 80 and box.bottom <= 950 for box in found)


def test_an_icon_stays_one(qapp: object, tmp_path: Path) -> None:
    assert qapp
    picture(tmp_path, "p.png", 48, 48)
    (shown,) = pictures(content("# R\n\n## F {#f}\n\n![p](p.png)\n\n## G\n", "f", tmp_path))
    assert shown.bounds.width <= 150


def test_a_text_without_frames_is_a_page_that_can_be_read(qapp: object) -> None:
    assert qapp
    typesetter = typesetter_of("# Essay {#e}\n\n" + "\n\n".join([SENTENCE] * 40))
    canvas = typesetter.canvas
    page = canvas.page_of[0]
    root = typesetter.face(0, Face.CONTENT)
    assert all(box.x >= 80 and box.right <= root.size.width - 80 for item in texts(root) for box in line_boxes(item))
    shown = [typesetter.face(page, Face.CONTENT, n) for n in range(typesetter.pages(page))]
    assert 2 <= len(shown) <= 6
    assert all(smallest_size(display) >= 26 for display in shown)
    assert sum(words(display).count("quarrelled") for display in shown) >= 40
    assert "1/" in words(shown[0])


def test_a_title_alone_is_in_the_middle(qapp: object) -> None:
    assert qapp
    display = typesetter_of("# All there is\n\nA lead.\n").face(0, Face.CONTENT)
    box = line_boxes(item_with(display, "All"))[0]
    assert box.centre.x == pytest.approx(display.size.width / 2, abs=20)
    assert 250 < box.centre.y < 650


def test_pages_are_about_equally_full(qapp: object) -> None:
    assert qapp
    rows = "\n".join(
        f"| the key of number {i} | what number {i} is worth to whoever has asked for it |" for i in range(18)
    )
    first, second = pages(f"# R\n\n## F {{#f}}\n\n| a | b |\n|---|---|\n{rows}\n\n## G\n", "f")
    counts = [words(display).count("worth") for display in (first, second)]
    assert sum(counts) == 18
    assert min(counts) >= 7


def test_running_text_after_a_listing_gets_two_columns(qapp: object) -> None:
    assert qapp
    code = "```\n" + "\n".join(f"line {i}" for i in range(12)) + "\n```\n"
    found = pages(f"# R\n\n## F {{#f}}\n\n{SENTENCE}\n\n{code}\n" + "\n\n".join([SENTENCE] * 24) + "\n\n## G\n", "f")
    lefts = {round(box.x) for item in texts(found[-1]) if "garden" in item.layout.text() for box in line_boxes(item)}
    assert len(lefts) == 2
    assert len(found) <= 4


def test_lines_an_author_broke_are_counted(qapp: object) -> None:
    assert qapp
    poem = "  \n".join(["In a beautiful pea-green boat,"] * 11)
    display = content(f"# R\n\n## F {{#f}}\n\n{poem}\n\n## G\n", "f")
    assert item_with(display, "pea-green").layout.font().pixelSize() >= 40


def test_code_in_a_title_has_no_ground_and_is_not_broken_in_a_word(qapp: object) -> None:
    assert qapp
    typesetter = typesetter_of("# R\n\n## `await Client.post(path, body)` {#f}\n\nText.\n\n## G\n\n## H\n")
    frame = typesetter.deck.frame("f")
    assert frame is not None
    cover = typesetter.face(typesetter.canvas.place_of[frame.index], Face.COVER)
    layout = item_with(cover, "Client").layout
    ends = [layout.lineAt(i).textStart() + layout.lineAt(i).textLength() for i in range(layout.lineCount() - 1)]
    assert all(layout.text()[end - 1] in " \u2028" for end in ends)
    assert all(box.bounds.height > 900 for box in boxes(cover))


def test_the_words_of_a_table_stay_whole_where_that_costs_only_size(qapp: object) -> None:
    assert qapp
    table = "| Poste | Par kilomètre | Qui paie |\n|---|--:|---|\n| Entretien | 450 € | Exploitant |\n"
    display = content(f'---\nratio: "3:4"\n---\n# R\n\n## F {{#f}}\n\n{table}\n## G\n', "f")
    for word in ("Entretien", "Exploitant"):
        assert len(line_boxes(item_with(display, word))) == 1
    cost, payer = (line_boxes(item_with(display, word))[0] for word in ("450", "Exploitant"))
    assert payer.x - cost.right >= 30


@pytest.mark.parametrize("text", ["# « Été » & 12 {#f}\n\nMot *pris* **fort**.\n", "# كلمة {#f}\n", "# 🎂 Cake {#f}\n"])
def test_kept_outlines_give_the_pixels_of_the_text(qapp: object, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qapp
    display = typesetter_of(text).face(0, Face.CONTENT)

    def painted() -> QImage:
        image = QImage(1778, 1000, QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        painting.paint(painter, display)
        painter.end()
        return image

    kept = painted()
    monkeypatch.setattr(painting, "LARGE", 1e9)
    drawn = painted()
    first, second = (bytes(image.constBits()) for image in (kept, drawn))
    assert sum(abs(a - b) for a, b in zip(first[::97], second[::97], strict=True)) / (len(first) / 97) < 0.5


def test_the_ground_of_a_listing_is_under_it_also_in_a_list(qapp: object) -> None:
    assert qapp
    items = "- a\n    - b\n        - c\n\n          ```\n          twenty signs of code\n          ```\n"
    text = f"# R\n\n## F {{#f}}\n\n{items}\n## G\n"
    display = content(text, "f")
    line = line_boxes(item_with(display, "twenty"))[0]
    grounds = [box.bounds for box in boxes(display) if box.bounds.contains(line) and box.bounds.width < 1500]
    assert grounds
    assert min(line.x - ground.x for ground in grounds) < 60


def test_a_picture_stands_with_the_line_that_says_what_it_shows(qapp: object, tmp_path: Path) -> None:
    assert qapp
    picture(tmp_path, "a.png", 600, 400)
    parts = "\n\n".join(f"- Picture number {i}\n\n![x](a.png)\n\n{SENTENCE} {SENTENCE}" for i in range(7))
    found = pages(f"# R\n\n## F {{#f}}\n\n{parts}\n\n## G\n", "f", tmp_path)
    assert len(found) > 1
    for display in found:
        lines = [box for item in texts(display) if "Picture" in item.layout.text() for box in line_boxes(item)]
        shown = [each.bounds for each in pictures(display)]
        assert len(lines) == len(shown)
        for line in lines:
            assert any(line.bottom < each.y and abs(each.centre.x - line.x) < 700 for each in shown)


def test_tall_panels_in_panels_are_not_made_small(qapp: object) -> None:
    assert qapp
    inner = "\n>>\n".join(f">> {SENTENCE}" for _ in range(9))
    text = f"# R\n\n## F {{#f}}\n\n> [!note] Outer\n> Before\n>\n>> [!tip] Inner\n{inner}\n>\n> After\n\n## G\n"
    found = pages(text, "f")
    assert all(smallest_size(display) >= 26 for display in found)
    said = "\n".join(words(display) for display in found)
    assert [said.count(word) for word in ("Before", "After")] == [1, 1]
    assert said.count("garden") == 9


def test_a_rule_ends_no_page_and_begins_none(qapp: object) -> None:
    assert qapp
    parts = "\n\n---\n\n".join(["\n\n".join([SENTENCE] * 3) + "\n\n$$\nx\n$$"] * 6)
    found = pages(f"# R\n\n## F {{#f}}\n\n{parts}\n\n## G\n", "f")
    assert len(found) > 1
    for display in found:
        rules = [box.bounds.y for box in boxes(display) if box.bounds.height == 3.0 and box.bounds.width > 600]
        lines = [box.y for item in texts(display) if "garden" in item.layout.text() for box in line_boxes(item)]
        assert all(min(lines) < y < max(lines) for y in rules)


def test_a_narrow_table_that_goes_on_takes_two_columns(qapp: object) -> None:
    assert qapp
    rows = "\n".join(f"| k{i} | v{i} |" for i in range(18))
    (display,) = pages(f"# R\n\n## F {{#f}}\n\n| a | b |\n|---|---|\n{rows}\n\n## G\n", "f")
    first, last = (line_boxes(item_with(display, word))[0] for word in ("k0", "k17"))
    assert last.x - first.x > 600


def test_a_short_listing_is_not_parted(qapp: object) -> None:
    assert qapp
    code = "```\n" + "\n".join(f"line {i}" for i in range(8)) + "\n```\n"
    found = pages(f"# R\n\n## F {{#f}}\n\n{SENTENCE}\n\n{code}\n{SENTENCE} {SENTENCE}\n\n{code}\n{code}\n## G\n", "f")
    for display in found:
        lines = [line_boxes(item)[0] for item in texts(display) if item.layout.text().startswith("line ")]
        assert len(lines) % 8 == 0
        assert all(len({round(box.x) for box in lines[i : i + 8]}) == 1 for i in range(0, len(lines), 8))


def colours(display: DisplayList) -> set[str]:
    return {span.format.foreground().color().name() for item in texts(display) for span in item.layout.formats()}


def test_a_link_in_a_title_has_the_colour_of_the_title_on_a_band(qapp: object) -> None:
    assert qapp
    text = "# R\n\n## [1.0.0](https://example.org) - today {#s}\n\n### A\n\n### B\n"
    plain = "# R\n\n## 1.0.0 - today {#s}\n\n### A\n\n### B\n"
    for face in (Face.CONTENT, Face.COVER):
        linked, same = (typesetter_of(each).face(1, face) for each in (text, plain))
        assert colours(linked) == colours(same)


def test_a_line_of_code_of_many_lines_is_parted(qapp: object) -> None:
    assert qapp
    found = pages("# R\n\n## F {#f}\n\n```\n" + "0x" + "0123456789abcdef" * 250 + "\n```\n\n## G\n", "f")
    assert len(found) > 1
    assert all(smallest_size(display) >= 26 for display in found)
    shown = [item for display in found for item in texts(display) if "0x0123" in item.layout.text()]
    lines = [line for item in shown for line in range(item.first, item.last)]
    assert lines == list(range(shown[0].layout.lineCount()))


def test_a_table_too_wide_for_its_words_is_set_in_parts(qapp: object) -> None:
    assert qapp
    months = [
        f"{name} of the year"
        for name in ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
    ]
    rows = "\n".join(
        f"| row-number-{i} | " + " | ".join(f"{n}{i}000000" for n in range(1, 10)) + " |" for i in range(3)
    )
    table = "| Name | " + " | ".join(months) + " |\n" + "|---" * 10 + "|\n" + rows
    found = pages(f"# R\n\n## F {{#f}}\n\n{table.replace('of the year', 'inconveniently')}\n\n## G\n", "f")
    said = "\n".join(words(display) for display in found)
    assert said.count("row-number-1") > 1
    assert said.count("72000000") == 1
    for display in found:
        for item in texts(display):
            if "inconveniently" in item.layout.text():
                assert item.layout.lineCount() <= 2


def test_the_lead_in_a_ring_stands_under_the_middle_of_its_title(qapp: object) -> None:
    assert qapp
    text = "# Journées d’étude « Glaces et mémoires »\n\nTrois jours à Grenoble, du 3 au 5 juin.\n\n"
    display = typesetter_of(f"---\nlayout: ring\n---\n{text}## A\n\n## B\n\n## C\n").face(0, Face.CONTENT)
    for part in ("Glaces", "Grenoble"):
        boxes_of_lines = line_boxes(item_with(display, part))
        assert all(abs(box.centre.x - 889) < 12 for box in boxes_of_lines)


def test_a_lead_stands_under_the_title_where_a_section_is_narrow(qapp: object) -> None:
    assert qapp
    for ratio, below in (("9:16", True), ("16:9", False)):
        text = f'---\nratio: "{ratio}"\n---\n# R\n\n## Partie {{#s}}\n\nUn chapeau.\n\n### A\n\n### B\n'
        display = content(text, "s")
        title, lead = (line_boxes(item_with(display, part)) for part in ("Partie", "chapeau"))
        assert len(title) == len(lead) == 1
        assert (lead[0].y >= title[0].bottom - 1) is below


def test_a_title_takes_a_line_less_where_it_gets_little_smaller_by_it(qapp: object) -> None:
    assert qapp
    typesetter = typesetter_of('---\nlayout: tree\nratio: "4:3"\n---\n# Cours de sixième\n\n## A\n\n## B\n\n## C\n')
    title = item_with(typesetter.face(0, Face.CONTENT), "sixième")
    assert title.layout.text() == "Cours de\u2028sixième"
