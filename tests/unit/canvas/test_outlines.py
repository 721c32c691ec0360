from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.canvas.outlines import Box, outlines, path_points, times, transform
from atelier.deck.svg import sanitise


def drawn(body: str) -> dict[str, Box]:
    """The upright boxes of the elements with an id, in the view box."""
    svg = sanitise(
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 1600 900">{body}</svg>'.encode()
    )
    out: dict[str, Box] = {}
    for name, outline in outlines(svg).items():
        left, top, right, bottom = outline.box
        a, b, c, d, e, f = outline.matrix
        xs = [a * x + c * y + e for x in (left, right) for y in (top, bottom)]
        ys = [b * x + d * y + f for x in (left, right) for y in (top, bottom)]
        out[name] = (min(xs), min(ys), max(xs), max(ys))
    return out


@pytest.mark.parametrize(
    ("body", "box"),
    [
        ('<rect id="a" x="10" y="20" width="30" height="40"/>', (10, 20, 40, 60)),
        ('<rect id="a" x="10px" y="1in" width="30" height="40"/>', (10, 96, 40, 136)),
        ('<circle id="a" cx="50" cy="60" r="10"/>', (40, 50, 60, 70)),
        ('<ellipse id="a" cx="50" cy="60" rx="10" ry="20"/>', (40, 40, 60, 80)),
        ('<line id="a" x1="5" y1="60" x2="10" y2="20"/>', (5, 20, 10, 60)),
        ('<polygon id="a" points="5,6 10,-20 7 8"/>', (5, -20, 10, 8)),
        ('<g id="a"><rect width="5" height="5"/><rect x="20" y="30" width="5" height="5"/></g>', (0, 0, 25, 35)),
        ('<g transform="translate(100 50)"><rect id="a" width="5" height="6"/></g>', (100, 50, 105, 56)),
        (
            '<g transform="scale(2)"><rect id="a" x="1" transform="translate(3)" width="5" height="6"/></g>',
            (8, 0, 18, 12),
        ),
        ('<rect id="a" transform="rotate(90 10 10)" x="10" y="10" width="4" height="2"/>', (8, 10, 10, 14)),
        ('<rect id="a" transform="matrix(0 1 -1 0 10 0)" width="4" height="2"/>', (8, 0, 10, 4)),
        ('<g id="a"><g transform="rotate(90)"><rect width="4" height="2"/></g></g>', (-2, 0, 0, 4)),
        ('<defs><rect id="d" width="4" height="2"/></defs><use id="a" xlink:href="#d" x="7" y="8"/>', (7, 8, 11, 10)),
        ('<symbol id="d" viewBox="0 0 9 9"/><use id="a" xlink:href="#d" x="1" width="8" height="9"/>', (1, 0, 9, 9)),
        (
            '<svg x="100" width="200" height="100" viewBox="0 0 10 10"><rect id="a" width="10" height="10"/></svg>',
            (150, 0, 250, 100),
        ),
        ('<path id="a" d="M10 20h30v40H10z"/>', (10, 20, 40, 60)),
        ('<path id="a" d="m10,20 5-5 5,5c0 10 10 20 20 0"/>', (10, 15, 40, 40)),
        ('<path id="a" d="M0 50a50 50 0 1 0 100 0a50 50 0 1 0 -100 0z"/>', (0, 0, 100, 100)),
        ('<path id="a" d="M0 50A50,50,0,01100,50"/>', (0, 0, 100, 50)),
        ('<path id="a" d="M0 0q10 20 20 0t20 0s1 2 3 4"/>', (0, 0, 43, 20)),
    ],
)
def test_boxes(body: str, box: Box) -> None:
    assert drawn(body)["a"] == pytest.approx(box, abs=1e-9)


def test_only_what_is_drawn_and_has_an_area_counts() -> None:
    found = drawn(
        '<defs><rect id="cherry" width="5" height="5"/></defs><radialGradient id="b"/><text id="c">x</text>'
        '<rect id="d" width="0" height="5"/><g id="e"/><path id="f" d="nonsense"/><use id="g" xlink:href="#none"/>'
        '<rect id="h" width="1" height="1"/><rect id="h" width="9" height="9"/><line id="i" x2="5"/>'
    )
    assert found == {"h": (0.0, 0.0, 1.0, 1.0)}


def test_copies_of_copies_are_measured_once() -> None:
    body = '<g id="g0"><rect width="1" height="1"/></g>'
    for i in range(1, 13):
        body += f'<g id="g{i}"><use xlink:href="#g{i - 1}"/><use xlink:href="#g{i - 1}" x="{2**i}"/></g>'
    assert drawn(body)["g12"] == (0.0, 0.0, 2.0**13 - 1, 1.0)


def test_transforms_in_a_row() -> None:
    both = transform("translate(10,20) scale(2) nonsense(3)")
    assert both == times(transform("translate(10 20)"), transform("scale(2 2)"))
    assert transform("skewX(30)") == transform("") == transform("rotate()")
    assert transform("rotate(90)")[:2] == pytest.approx((0.0, 1.0))


@given(st.text(alphabet="MmLlHhVvCcSsQqTtAaZz0123456789.,- e", max_size=60))
def test_any_path_has_finite_points(d: str) -> None:
    for x, y in path_points(d):
        assert not math.isnan(x)
        assert not math.isnan(y)


@given(st.floats(1, 100), st.floats(1, 100), st.floats(0, 360), st.sampled_from(["0 0", "0 1", "1 0", "1 1"]))
def test_an_arc_is_part_of_its_ellipse(rx: float, ry: float, turn: float, flags: str) -> None:
    """Both halves of an ellipse together reach as far as the ellipse; each reaches no further."""
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    x, y = 2 * rx * c, 2 * rx * s
    half_width, half_height = math.hypot(rx * c, ry * s), math.hypot(rx * s, ry * c)
    there = path_points(f"M0 0A{rx!r} {ry!r} {turn!r} {flags} {x!r} {y!r}")
    back = path_points(f"M{x!r} {y!r}A{rx!r} {ry!r} {turn!r} {flags} 0 0")
    assert (x, y) in there
    for points in (there, back):
        assert all(abs(px - x / 2) <= half_width * (1 + 1e-6) for px, _ in points)
        assert all(abs(py - y / 2) <= half_height * (1 + 1e-6) for _, py in points)
    xs, ys = ([p[i] for p in there + back] for i in (0, 1))
    assert max(xs) - min(xs) == pytest.approx(2 * half_width, rel=1e-6)
    assert max(ys) - min(ys) == pytest.approx(2 * half_height, rel=1e-6)
