"""The HTML file that flies: valid, closed to everything outside, whatever a deck says."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from atelier.app.exporting import Wish, export
from atelier.exports.html_page import embedding
from atelier.exports.html_player import modules, player_script
from atelier.foundation.errors import UsageError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tests.gui.exports.conftest import Export

pytestmark = pytest.mark.usefixtures("qapp")

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    '" onload="alert(1)',
    "' autofocus onfocus='alert(1)",
    "]]>",
    "&lt;b&gt;&#60;script&#62;",
    "\\u003c/script\\u003e",
    "<img src=x onerror=alert(1)>",
    "[there](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "<svg onload=alert(1)>",
    "\u2028\u2029\u0085\u202e",
    "{{7*7}} ${alert(1)} `${1}`",
    "</style></title></textarea>",
    "\u200b\ufeff\U0001f382",
)
PLACES = (
    "## % {#two}\n\nText",
    "Words % here",
    "- %\n- two\n{: .steps }",
    "> %",
    "| % | b |\n|---|---|\n| 1 | % |",
    "```js title='%'\n%\n```",
    "![%](none.png){data-credit='%'}",
    "/// callout | %\n%\n///",
    "[%](https://example.org/?q=%)",
    "$%$",
    "*[HTML]: %\n\nHTML",
    "term %\n:   meaning %",
    "Note.[^n]\n\n[^n]: %",
)


def parsed(html: str) -> Element:
    """The page as a strict parser of HTML reads it, which ends at the first error."""
    parser: Any = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


def values(root: Element) -> dict[str, Any]:
    (script,) = [each for each in root.iter("script") if each.get("type") == "application/json"]
    return json.loads(script.text or "")


def page_of(text: str, folder: Path, **wishes: Any) -> str:
    deck = folder / "talk.md"
    deck.write_text(text, encoding="utf-8", errors="replace")
    (written,) = export(deck, ["html"], folder / "out", Wish(**wishes))
    return written.files[0].read_text(encoding="utf-8")


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(HOSTILE) | st.text(max_size=30)), max_size=4))
def test_whatever_a_deck_says_stays_words(pieces: list[tuple[str, str]]) -> None:
    front = "---\ntitle: A & 'talk' < 3 > 2\nauthor: </title>'\n---\n\n"
    text = front + "\n\n".join(place.replace("%", words.replace("\n", " ")) for place, words in pieces)
    with TemporaryDirectory() as name:
        root = parsed(page_of(text, Path(name), notes=True))
    scripts = [each for each in root.iter("script") if each.get("type") is None]
    assert [each.text for each in scripts] == [player_script()]
    (title,) = root.iter("title")
    assert values(root)["title"] == title.text == "A & ‘talk’ < 3 > 2"
    for element in root.iter():
        assert not any(name.lower().startswith("on") for name in element.attrib)
        if str(element.tag).endswith(("img", "image")):
            assert str(element.get("src") or element.get("href")).startswith("data:image/")
        if element.tag == "a":
            assert re.match(r"#|https?:|mailto:|tel:", element.get("href") or ""), element.attrib
        assert element.tag not in {"iframe", "object", "embed", "form", "base", "link", "foreignObject"}


def test_the_policy_lets_nothing_in_and_the_page_run(deck: Path, write: Export) -> None:
    (written,) = write(deck, "html")
    html = written.files[0].read_text(encoding="utf-8")
    root = parsed(html)
    (policy,) = [each.get("content") or "" for each in root.iter("meta") if each.get("http-equiv")]
    assert policy.startswith("default-src 'none'; ")
    for tag in ("script", "style"):
        (inner,) = [each.text or "" for each in root.iter(tag) if each.get("type") is None]
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    outside = re.sub(r"data:[a-z+/]+;base64,[A-Za-z0-9+/=]*", "", html)
    assert set(re.findall(r"\w+://[\w./]+", outside)) <= {
        "http://www.w3.org/2000/svg",  # a name, which is never asked for
        "https://example.org/a",
        "https://example.org/title",
    }


def test_the_file_says_the_whole_deck_in_order(deck: Path, write: Export) -> None:
    (written,) = write(deck, "html")
    assert [file.name for file in written.files] == ["talk.html", "talk.embed.html"]
    root = parsed(written.files[0].read_text(encoding="utf-8"))
    assert root.get("lang") == "fr"
    headings = [(each.tag, "".join(each.itertext())) for each in root.iter() if re.fullmatch("h[1-6]", each.tag)]
    assert headings == [("h1", "A talk"), ("h2", "Seen"), ("h3", "Inner linked"), ("h3", "Long")]
    assert [each.get("id") for each in root.iter("section")] == ["a-talk", "seen", "inner", "long"]
    linked = [each.get("href") for each in root.iter("a")]
    assert "#inner" in linked
    assert not any("hidden" in str(href) or "script" in str(href) for href in linked)
    told = values(root)
    assert told["words"]["next"] == "Suivant"
    assert [told["frames"][told["places"][place][0]]["id"] for place, _overview in told["route"]] == [
        "a-talk",
        "seen",
        "inner",
        "long",
    ]
    assert len(told["faces"][3]["pages"]) > 1
    assert told["faces"][2]["pages"][0]["steps"] == 2


def test_headings_inside_a_frame_are_below_its_own(tmp_path: Path) -> None:
    inner = "##### Plain {.plain}\n\n###### Below {.plain}\n\n##### Beside {.plain}\n"
    html = page_of(f"# A talk\n\n## One\n\nText.\n\n{inner}\n### Two\n", tmp_path)
    assert re.findall(r"<(h[1-6])>([^<]*)<", html[: html.index("<script")]) == [
        ("h1", "A talk"),
        ("h2", "One"),
        ("h3", "Plain"),
        ("h4", "Below"),
        ("h3", "Beside"),
        ("h3", "Two"),
    ]


def test_notes_are_in_it_only_where_they_are_wished_for(tmp_path: Path) -> None:
    text = "# A talk\n\n## One\n\nShown.\n\n/// notes\nSpoken *words*.\n///\n"
    assert "Spoken" not in page_of(text, tmp_path)
    assert "Spoken <em>words</em>." in page_of(text, tmp_path, notes=True)


def test_a_path_and_a_language_choose_what_is_told(tmp_path: Path) -> None:
    only = "/// only | lang=de\nDeutsch\n///\n\n/// only | path=short\nAbridged\n///\n"
    text = f"---\nlang: fr\npaths:\n  short: {{stops: [one]}}\n---\n\n# A talk\n\n## One {{#one}}\n\n{only}\n## Two\n"
    whole = page_of(text, tmp_path)
    assert "Deutsch" not in whole
    assert "Abridged" not in whole
    assert "Abridged" in page_of(text, tmp_path, path="short")
    german = page_of(text, tmp_path, language="de")
    assert "Deutsch" in german
    assert '<html lang="de">' in german


def test_pictures_are_no_larger_than_can_be_seen_and_stand_in_it_once(tmp_path: Path) -> None:
    image = QImage(3000, 2000, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    for x in range(3000):
        image.setPixel(x, x // 2, 0xFF000000 + x * 4001)
    image.setText("Comment", "Somebody was here")
    assert image.save(str(tmp_path / "large.jpg"))
    shown = "![A hill](large.jpg)"
    html = page_of(f"# A talk\n\n## One\n\n{shown}\n\n## Two\n\n{shown}\n\n## Three\n\nWords {shown}.\n", tmp_path)
    found = re.findall(r"data:image/(jpeg|png);base64,([A-Za-z0-9+/=]*)", html)
    assert len(found) == 1
    data = base64.b64decode(found[0][1])
    assert b"Somebody" not in data
    kept = QImage.fromData(data)
    assert 1000 < max(kept.width(), kept.height()) <= 2048
    root = parsed(html)
    assert (
        len([each for each in root.iter() if str(each.tag).endswith("svg") and each.get("aria-label") == "A hill"]) == 3
    )


def test_its_fonts_have_what_is_set_in_them(deck: Path, write: Export) -> None:
    (written,) = write(deck, "html")
    html = written.files[0].read_text(encoding="utf-8")
    fonts = {
        int(number): TTFont(io.BytesIO(base64.b64decode(data)))
        for number, data in re.findall(r"font-family:f(\d+);src:url\(data:font/woff;base64,([^)]*)\)", html)
    }
    told = values(parsed(html))
    assert sorted(fonts) == told["fonts"]

    def texts(items: list[Any]) -> list[list[Any]]:
        inner = [found for item in items if item[0] == "g" for found in texts(item[3])]
        return inner + [run for item in items if item[0] == "t" for run in item[4]]

    runs = [
        run
        for face in told["faces"]
        for items in [*(page["items"] for page in face["pages"]), face.get("cover", []), face.get("chip", [])]
        for run in texts(items)
    ]
    assert len(runs) > 20
    for number, _size, _colour, _y, chunks in runs:
        assert {ord(character) for text in chunks[1::2] for character in text} <= set(fonts[number].getBestCmap() or ())


def test_a_character_that_no_font_has_is_a_box(tmp_path: Path) -> None:
    told = values(parsed(page_of("# A talk\n\n## One\n\nSyriac: \u0710\u0712 here.\n", tmp_path)))
    page = told["faces"][1]["pages"][0]
    assert any("\u0710\u0712" in line[-1] for line in page["lines"])
    boxes = [item for item in page["items"] if item[0] == "b" and item[7]]
    fonts = "".join("".join(run[4][1::2]) for item in page["items"] if item[0] == "t" for run in item[4])
    assert len(boxes) >= 2 or "\ue000" in fonts  # a machine may have a font for it


def test_a_run_of_glyphs_lies_where_the_advances_lead(tmp_path: Path) -> None:
    html = page_of("# A talk\n\n## One\n\nAVAVAV Te To office\n", tmp_path)
    told = values(parsed(html))
    ((number, size, _colour, _y, chunks),) = [
        run
        for item in told["faces"][1]["pages"][0]["items"]
        if item[0] == "t"
        for run in item[4]
        if "office" in "".join(run[4][1::2]).replace("\ue000", "ffi")
    ]
    data = re.findall(rf"font-family:f{number};src:url\(data:font/woff;base64,([^)]*)\)", html)[0]
    font: Any = TTFont(io.BytesIO(base64.b64decode(data)))
    cmap, advances = font.getBestCmap(), font["hmtx"]
    for (x, text), (next_x, _next) in pairwise(zip(chunks[::2], chunks[1::2], strict=True)):
        end = x + sum(advances[cmap[ord(character)]][0] for character in text) * size / 2048
        assert abs(next_x - end) < size * 0.6  # a kern, or a space that needs no ink


def test_no_two_modules_of_the_player_give_one_name() -> None:
    given_by: dict[str, str] = {}
    for name, source in modules().items():
        assert "import " not in source
        for word in re.findall(r"^(?:const|let|function\*?|class) (?:\{ )?(\w+)", source, re.MULTILINE):
            assert given_by.setdefault(word, name) == name, (word, name, given_by[word])
    assert len(modules()) > 15


def test_what_embeds_it_may_only_fly() -> None:
    parser: Any = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    snippet = embedding('a"b.html', "<A talk>", 16 / 9)
    frame = parser.parseFragment(snippet).find("iframe")
    assert frame is not None
    assert frame.get("src") == 'a"b.html'
    assert frame.get("title") == "<A talk>"
    assert (frame.get("sandbox") or "").split() == ["allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox"]


def test_one_who_ends_it_finds_nothing_and_hears_how_far_it_is(deck: Path, out: Path) -> None:
    seen: list[tuple[int, int]] = []

    class Bar:
        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_error: object) -> None:
            pass

        def __call__(self, done: int, total: int) -> None:
            seen.append((done, total))
            if stop and done == 2:
                raise KeyboardInterrupt

    stop = False
    list(export(deck, ["html"], out, bars=lambda _: Bar()))
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert seen[-1] == (4, 4)
    for file in out.iterdir():
        file.unlink()
    stop = True
    with pytest.raises(KeyboardInterrupt):
        list(export(deck, ["html"], out, bars=lambda _: Bar()))
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("wish", [Wish(frame="seen"), Wish(canvas=True)])
def test_it_has_the_whole_canvas_or_is_not_written(deck: Path, out: Path, wish: Wish) -> None:
    with pytest.raises(UsageError, match="whole canvas"):
        list(export(deck, ["html"], out, wish))
    assert not out.exists()
