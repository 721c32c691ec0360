"""Drawings, honest and hostile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from atelier.deck.svg import MOST_ELEMENTS, SafeSvg, read_svg, sanitise
from atelier.foundation.errors import InputError
from atelier.foundation.geometry import Rect

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 16 9">'
PNG = "data:image/png;base64,iVBORw0KGgo="


def _clean(inside: str) -> SafeSvg:
    return sanitise(f"{HEAD}{inside}</svg>".encode())


def _text(inside: str) -> str:
    return _clean(inside).data.decode()


def test_an_honest_drawing_stays_as_it_is() -> None:
    svg = _clean(
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient>'
        '<g id="b"><circle r="2"/></g></defs>'
        '<g id="slot1" style="fill:url(#g)"><rect width="3" fill="url(#g)"/><use href="#b" x="1"/></g>'
        f'<image width="1" height="1" href="{PNG}"/><style>.a{{fill:url(#g)}}</style>'
        '<text xml:space="preserve">é &amp;</text>'
    )
    assert svg.box == Rect(0, 0, 16, 9)
    assert not svg.removed
    slot = svg.element("slot1")
    assert slot is not None
    assert [child.tag for child in slot] == ["rect", "use"]
    assert slot[1].get("xlink:href") == "#b"
    again = sanitise(svg.data)
    assert again.data == svg.data
    assert ET.fromstring(svg.data).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        ("<script>alert(1)</script>", "alert"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>hello</p></foreignObject>", "hello"),
        ('<rect onclick="evil()"/>', "evil"),
        ('<image href="file:///etc/passwd"/>', "passwd"),
        ('<image xlink:href="picture.png"/>', "picture"),
        ('<image href="https://evil.example/x.png"/>', "evil"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "PHN2"),
        ('<image href="data:image/png;base64,PHN2Zy8+"/>', "PHN2"),
        ('<image href="data:image/png;base64,=====A"/>', "base64"),
        ('<use href="other.svg#evil"/>', "evil"),
        ('<a href="javascript:evil()"><rect/></a>', "evil"),
        ('<rect fill="url(https://evil.example/#g)"/>', "evil"),
        ("<rect fill=\"url( 'evil.svg#g' )\"/>", "evil"),
        ('<rect style="fill:url(//evil/x)"/>', "evil"),
        ('<rect style="fill:u\\72l(evil)"/>', "evil"),
        ('<rect style="fill:url(evil"/>', "evil"),
        ("<style>@import 'evil.css'; rect{fill:red}</style>", "evil"),
        ("<style>rect{fill:url(evil)}</style>", "evil"),
        ("<style>rect{fill:url(evil</style>", "evil"),
        ("<style>@im/**/port 'x'; rect{fill:u\\72l(evil)}</style>", "evil"),
        ("<style>a<g/>@import 'evil.css'</style>", "evil"),
        ("<style><![CDATA[@import 'evil.css';]]></style>", "evil"),
        ('<rect><animate attributeName="x" values="evil"/></rect>', "animate"),
        ('<set attributeName="href" to="evil"/>', "evil"),
        ('<rect xml:base="http://evil/"/>', "evil"),
        ('<x:script xmlns:x="http://www.w3.org/2000/svg">evil</x:script>', "evil"),
        ('<i:evil xmlns:i="http://inkscape"><rect/></i:evil>', "rect"),
        ("<?xml-stylesheet href='evil.css'?>", "evil"),
    ],
)
def test_what_could_do_more_than_be_drawn_is_gone(inside: str, gone: str) -> None:
    assert gone not in _text(inside)


def test_what_was_taken_out_is_told() -> None:
    assert _clean("<script/><rect onload='x'/><metadata/>").removed == ("script", "onload")


def _doubling(steps: int) -> str:
    groups = "".join(f'<g id="a{i}">' + f'<use href="#a{i - 1}"/>' * 10 + "</g>" for i in range(1, steps))
    return f'<g id="a0"><rect/></g>{groups}<use href="#a{steps - 1}"/>'


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>' + HEAD + "&b;</svg>",
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + HEAD + "&x;</svg>",
        HEAD + _doubling(9) + "</svg>",
        HEAD + '<g id="a"><use href="#a"/></g></svg>',
        HEAD + '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>',
        HEAD + '<pattern id="p"><rect fill="url(#p)"/></pattern></svg>',
        HEAD + "".join(f'<use id="c{i}" href="#c{i + 1}"/>' for i in range(20_000)) + "</svg>",
        HEAD + "<g>" * 3000 + "</g>" * 3000 + "</svg>",
        HEAD + "<g/>" * (MOST_ELEMENTS + 1) + "</svg>",
        HEAD + '<path d="M0 0L1e300 5"/></svg>',
        HEAD + '<rect width="99999999999"/></svg>',
        HEAD.replace("0 0 16 9", "0 0 1e30 1e30") + "</svg>",
        HEAD.replace("0 0 16 9", "0 0 -1 9") + "</svg>",
        HEAD.replace("0 0 16 9", "0 0 nan 9") + "</svg>",
        HEAD.replace("0 0 16 9", "0 0 100000 1") + "</svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<html/>",
        "",
        "\x00\x01",
        HEAD,
        '<?xml version="1.0" encoding="klingon"?>' + HEAD + "</svg>",
    ],
)
def test_what_is_no_drawing_or_too_much_of_one_is_refused_at_once(text: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(InputError) as caught:
        sanitise(text.encode())
    assert time.perf_counter() - begun < 3
    assert caught.value.message


@pytest.mark.parametrize("text", ["/*" * 300_000, "url(" * 300_000, "@import " * 200_000])
def test_a_long_style_takes_no_time(text: str) -> None:
    begun = time.perf_counter()
    _clean(f"<style>{text}</style>")
    assert time.perf_counter() - begun < 3


def test_a_style_brings_in_gradients_alone() -> None:
    text = _text('<style>.a{fill:url(#p)} .b{fill:url(#g)}</style><pattern id="p"/><linearGradient id="g"/>')
    assert "url(#p)" not in text
    assert "url(#g)" in text


def test_the_first_of_two_equal_ids_counts() -> None:
    assert _text('<rect id="a"/><g id="a"/>').count('id="a"') == 1


def test_a_plain_doctype_and_sides_in_millimetres_are_fine() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    svg = sanitise(f'{doctype}<svg xmlns="http://www.w3.org/2000/svg" width="25.4mm" height="1in"/>'.encode())
    assert svg.box == Rect(0, 0, 96, 96)


def test_a_fault_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    path.write_text(HEAD + "\n<g>\n</svg>", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_svg(path)
    assert caught.value.location
    assert (caught.value.location.file, caught.value.location.line) == (path, 3)
    with pytest.raises(InputError):
        read_svg(tmp_path / "none.svg")
