"""JSON Canvas as it stands in files: whole, torn, and nonsense."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.deck.json_canvas import MOST_NODES, read_canvas, write_canvas

if TYPE_CHECKING:
    from atelier.deck.json_canvas import CanvasFile

OBSIDIAN = b"""{
\t"nodes":[
\t\t{"id":"a","type":"text","text":"Bonjour","x":-10,"y":20,"width":250,"height":60,"color":"4"},
\t\t{"id":"b","type":"group","x":0,"y":0,"width":900,"height":600,"label":"\xc3\x89t\xc3\xa9","plugin":{"deep":[1,2.5]}}
\t],
\t"edges":[
\t\t{"id":"e","fromNode":"a","fromSide":"right","toNode":"b","toSide":"left"}
\t],
\t"metadata":{"version":"1.0-1.0","startNode":"a"}
}"""


def codes(canvas: CanvasFile) -> list[str]:
    return [found.code for found in canvas.diagnostics]


def node(**changed: object) -> dict[str, Any]:
    return {"id": "a", "type": "text", "text": "x", "x": 0, "y": 0, "width": 10, "height": 10} | changed


def canvas_of(*nodes: object, edges: list[object] | None = None) -> CanvasFile:
    return read_canvas(json.dumps({"nodes": nodes, "edges": edges or []}).encode())


def test_a_file_of_obsidian_is_written_as_it_was() -> None:
    canvas = read_canvas(OBSIDIAN)
    assert canvas.whole
    assert not canvas.diagnostics
    assert [(n.id, n.line) for n in canvas.nodes] == [("a", 3), ("b", 4)]
    assert write_canvas(canvas.data) == OBSIDIAN


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["nodes", "edges", "metadata", "x"]), _VALUES | st.lists(_VALUES, max_size=4)))
def test_whatever_is_in_a_file_survives(data: dict[str, Any]) -> None:
    once = write_canvas(read_canvas(json.dumps(data).encode()).data)
    assert json.loads(once) == data
    assert write_canvas(read_canvas(once).data) == once


@settings(max_examples=60)
@given(st.binary(max_size=200) | st.integers(0, len(OBSIDIAN)).map(lambda n: OBSIDIAN[:n]))
def test_reading_never_fails(data: bytes) -> None:
    canvas = read_canvas(data)
    assert canvas.whole or canvas.diagnostics


def test_a_torn_file_gives_what_comes_before_and_says_where() -> None:
    canvas = read_canvas(OBSIDIAN[: OBSIDIAN.index(b'"plugin"')])
    assert [n.id for n in canvas.nodes] == ["a"]
    assert not canvas.whole
    assert codes(canvas) == ["canvas-broken"]
    assert canvas.diagnostics[0].line == 4


@pytest.mark.parametrize(
    "data",
    [b"[1, 2]", b'"x"', b"{", b"<html>", b'{"nodes":' + b"[" * 100_000, b'{"x":' + b"9" * 9000 + b"}", b"\xff\xfe{}"],
)
def test_what_is_no_canvas_is_said_to_be_none(data: bytes) -> None:
    canvas = read_canvas(data)
    assert not canvas.whole
    assert "canvas-broken" in codes(canvas)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"nodes": [{"id": }]}', "a value is missing"),
        (b'{"nodes": [{"id" "a"}]}', "a colon is missing"),
        (b'{"nodes": [{"id": "a" "x": 1}]}', "a comma is missing"),
        (b'{"nodes": [{id: "a"}]}', "a key is missing"),
        (b'{"nodes": [{"id": "a', "a text is never closed"),
        (b'{"nodes": [{"id": "a\nb"}]}', "a line break or a control character"),
        (b'{"nodes": [{"id": "\\q"}]}', "a backslash stands before"),
        (b'{"nodes": [{"x": ' + b"9" * 9000 + b"}]}", "a number is too long"),
    ],
)
def test_where_a_file_breaks_is_said_in_words_of_ours(data: bytes, words: str) -> None:
    broken = [each.message for each in read_canvas(data).diagnostics if each.code == "canvas-broken"]
    assert len(broken) == 1
    assert words in broken[0]


def test_an_empty_file_is_an_empty_canvas() -> None:
    assert read_canvas(b"").whole


@pytest.mark.parametrize(
    "wrong",
    [{"width": 0}, {"width": -5}, {"x": None}, {"y": "12"}, {"height": 1e300}, {"x": float("nan")}, {"x": True}],
)
def test_a_node_of_no_size_stays_without_a_place(wrong: dict[str, object]) -> None:
    canvas = canvas_of(node(**wrong))
    assert canvas.nodes[0].box is None
    assert codes(canvas) == ["canvas-size"]
    assert canvas.whole


def test_what_cannot_be_used_is_named_and_the_rest_is_there() -> None:
    edges: list[object] = [{"id": "e", "fromNode": "a", "toNode": "nobody"}, 3]
    canvas = canvas_of(node(), 5, node(), node(id="b", type="hologram"), {"type": "text"}, edges=edges)
    assert [n.id for n in canvas.nodes[:3]] == ["a", "a", "b"]
    assert set(codes(canvas)) == {"canvas-value", "canvas-id-twice", "canvas-size", "canvas-edge"}
    assert canvas.edges == ()


def test_lists_that_are_none_are_said() -> None:
    canvas = read_canvas(b'{"nodes": {"a": 1}, "edges": 4}')
    assert codes(canvas) == ["canvas-value", "canvas-value"]
    assert not canvas.whole


def test_more_nodes_than_a_canvas_holds_are_left_out() -> None:
    canvas = canvas_of(*[node(id=str(i)) for i in range(MOST_NODES + 1)])
    assert len(canvas.nodes) == MOST_NODES
    assert codes(canvas) == ["canvas-too-large"]
