"""Opacities where a PDF takes them from: in the gradients."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from atelier.exports.drawings import for_paper

GRADIENT = (
    '<linearGradient id="g"><stop offset="0" stop-color="#000"/>'
    '<stop offset="1" stop-color="#fff" stop-opacity="0.5"/></linearGradient>'
    '<linearGradient id="turned" xlink:href="#g" gradientTransform="rotate(90)"/>'
)


def opacities(shape: str) -> list[float] | None:
    """Of the stops of the gradient that the one shape of a drawing is painted with; None: the gradient as it was."""
    root = ET.fromstring(f'<svg xmlns:xlink="x">{GRADIENT}{shape}</svg>')
    for element in root.iter():
        if element.get("{x}href"):
            element.set("xlink:href", element.attrib.pop("{x}href"))
    written = ET.fromstring(for_paper(root).replace(b"xlink:href", b"href"))
    (painted,) = (e for e in written.iter() if e.tag in {"rect", "path"})
    paint = painted.get("fill", "").removeprefix("none") + painted.get("stroke", "")
    name = paint.removeprefix("url(#").removesuffix(")")
    if name in {"g", "turned"}:
        return None
    (gradient,) = (e for e in written.iter() if e.get("id") == name)
    return [float(stop.get("stop-opacity", "1")) for stop in gradient]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ('<rect fill="url(#g)"/>', None),
        ('<rect fill="url(#g)" fill-opacity="0.5"/>', [0.5, 0.25]),
        ('<rect fill="url(#g)" opacity="50%"/>', [0.5, 0.25]),
        ('<rect fill="url(#g)" opacity="0.5" fill-opacity="0.5"/>', [0.25, 0.125]),
        ('<rect fill="url(#turned)" fill-opacity="0.5"/>', [0.5, 0.25]),
        ('<rect style="fill:url(#g);fill-opacity:.2"/>', [0.2, 0.1]),
        ('<g fill-opacity="0.5"><rect fill="url(#g)"/></g>', [0.5, 0.25]),
        ('<g opacity="0.5"><rect fill="url(#g)"/></g>', [0.5, 0.25]),
        ('<path fill="none" stroke="url(#g)" stroke-opacity="0.5"/>', [0.5, 0.25]),
        ('<rect fill="url(#g)" fill-opacity="nonsense"/>', None),
    ],
)
def test_an_opacity_goes_into_the_gradient(shape: str, expected: list[float] | None) -> None:
    found = opacities(shape)
    assert found == (pytest.approx(expected) if expected is not None else None)


def test_references_that_go_round_end() -> None:
    loop = '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>'
    root = ET.fromstring(f'<svg>{loop}<rect fill="url(#a)" opacity="0.5"/></svg>')
    assert b'fill="url(#a)"' in for_paper(root)
