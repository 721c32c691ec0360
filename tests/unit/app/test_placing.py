"""`atelier place` and back: a layout as nodes, nodes moved as Obsidian moves them, the frames where they were put."""

from __future__ import annotations

import json
import math
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atelier.app import placing
from atelier.app.placing import place
from atelier.canvas.arrange import arrange
from atelier.canvas.by_hand import boxes_of
from atelier.deck.json_canvas import read_canvas, write_canvas
from atelier.deck.loading import load
from atelier.foundation.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atelier.canvas.model import Canvas
    from atelier.canvas.types import Place
    from atelier.deck.types import Deck

TEXT = """# Le monde {#monde}

## Nord {#nord layout=ring}

### Oslo
### Tallinn
### Riga {minutes=2}

## Sud: le reste | et plus

### Rome
### Athènes

## Est
"""
LONG = "\n\n".join(["Une phrase assez longue pour remplir plusieurs lignes d'un panneau étroit. " * 4] * 5)


def written(folder: Path, text: str = TEXT) -> Path:
    file = folder / "deck.md"
    file.write_text(text, encoding="utf-8")
    return file


def data_of(file: Path) -> dict[str, Any]:
    return json.loads(file.with_suffix(".canvas").read_text(encoding="utf-8"))


def save(file: Path, data: dict[str, Any]) -> None:
    """As Obsidian saves: integers, a line a node."""
    file.with_suffix(".canvas").write_bytes(write_canvas(data))


def node(data: dict[str, Any], id_: str, part: str = "") -> dict[str, Any]:
    return next(
        n for n in data["nodes"] if n.get("atelier", {}).get("id") == id_ and n["atelier"].get("part", "") == part
    )


def inside(data: dict[str, Any], group: dict[str, Any]) -> list[dict[str, Any]]:
    """What Obsidian moves along with a group: itself and the nodes wholly in it."""

    def lies(n: dict[str, Any]) -> bool:
        return (
            n["x"] >= group["x"]
            and n["y"] >= group["y"]
            and n["x"] + n["width"] <= group["x"] + group["width"]
            and n["y"] + n["height"] <= group["y"] + group["height"]
        )

    return [n for n in data["nodes"] if lies(n)]


def placed(file: Path) -> tuple[Deck, Canvas]:
    deck = load(file)
    return deck, arrange(deck)


def of(deck: Deck, canvas: Canvas, id_: str) -> Place:
    frame = deck.frame(id_)
    assert frame is not None, [f.id for f in deck.frames]
    return canvas.places[canvas.place_of[frame.index]]


def codes(file: Path) -> list[str]:
    return [found.code for found in placed(file)[1].diagnostics]


def assert_alike(a: Canvas, b: Canvas, accuracy: float = 1e-5) -> None:
    """Places equal up to what nine decimals leave, in frame units."""
    assert len(a.places) == len(b.places)
    for one, two in zip(a.places, b.places, strict=True):
        s, t = one.transform, two.transform
        assert (one.spot, one.layout, one.page) == (two.spot, two.layout, two.page)
        assert max(abs(s.x - t.x), abs(s.y - t.y)) <= accuracy
        assert abs(s.scale - t.scale) <= 1e-8
        assert abs(math.remainder(s.rotation - t.rotation, math.tau)) <= 1e-8


def test_what_was_written_lies_as_before_and_is_written_alike_again(tmp_path: Path) -> None:
    file = written(tmp_path)
    before = placed(file)[1]
    first = place(file)
    assert first.changed
    assert first.placed == 9
    bytes_ = file.with_suffix(".canvas").read_bytes()
    assert_alike(before, placed(file)[1])
    assert not place(file).changed
    assert write_canvas(read_canvas(bytes_).data) == bytes_


def test_frames_are_file_nodes_and_those_with_frames_in_them_groups_around_one(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    data = data_of(file)
    root, north, text, oslo = (
        node(data, "monde"),
        node(data, "nord"),
        node(data, "nord", "text"),
        node(data, "oslo"),
    )
    assert (root["x"], root["y"], root["width"], root["height"]) == (0, 0, 16000, 9000)
    assert (north["type"], north["label"]) == ("group", "Nord")
    assert (text["type"], text["file"], text["subpath"]) == ("file", "deck.md", "#Nord { nord layout=ring}")
    assert text in inside(data, north)
    assert oslo in inside(data, north)
    assert oslo["subpath"] == "#Oslo"
    assert node(data, "sud-le-reste-et-plus", "text")["subpath"] == "#Sud le reste et plus"
    assert len({n["id"] for n in data["nodes"]}) == len(data["nodes"])
    assert all(isinstance(n[key], int) for n in data["nodes"] for key in ("x", "y", "width", "height"))


def test_a_node_that_obsidian_moved_moves_its_frame(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    deck, before = placed(file)
    data = data_of(file)
    node(data, "est")["x"] -= 500
    node(data, "est")["y"] += 90
    save(file, data)
    after = placed(file)[1]
    unit = 1000 / 9000
    a, b = of(deck, before, "est").transform, of(deck, after, "est").transform
    assert (b.x - a.x, b.y - a.y) == pytest.approx((-500 * unit, 90 * unit), abs=unit)
    assert b.scale == pytest.approx(a.scale, abs=1e-3)
    assert of(deck, after, "nord").transform == of(deck, before, "nord").transform


def test_a_group_moves_with_what_is_in_it_to_the_last_digit(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    deck, before = placed(file)
    data = data_of(file)
    for moved in inside(data, node(data, "nord")):
        moved["x"] += 700
    save(file, data)
    after = placed(file)[1]
    assert of(deck, after, "nord").transform.x > of(deck, before, "nord").transform.x + 70
    for id_ in ("oslo", "tallinn", "riga"):
        assert of(deck, after, id_).transform == of(deck, before, id_).transform
    assert place(file).changed
    assert_alike(after, placed(file)[1])
    assert not place(file).changed


def test_a_resized_node_resizes_its_frame_and_keeps_its_ratio(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    data = data_of(file)
    est = node(data, "est")
    est["width"], est["height"] = est["width"] // 2, est["height"] * 2
    save(file, data)
    deck, canvas = placed(file)
    t, ratio = of(deck, canvas, "est").transform, of(deck, canvas, "est").ratio
    assert t.scale * 9000 * ratio == pytest.approx(est["width"])
    middle = (t.y + t.scale * 500) * 9
    assert middle == pytest.approx(est["y"] + est["height"] / 2)


def test_a_group_made_larger_leaves_what_is_in_it_where_it_is(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    deck, before = placed(file)
    data = data_of(file)
    group = node(data, "nord")
    group["width"], group["height"] = group["width"] * 2, group["height"] * 2
    save(file, data)
    after = placed(file)[1]
    oslo = deck.frame("oslo")
    assert oslo is not None
    one, two = (boxes_of(deck, c)[c.place_of[oslo.index]] for c in (before, after))
    assert (two.x, two.y, two.width) == pytest.approx((one.x, one.y, one.width), abs=1.5)


def test_a_frame_may_be_turned(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    data = data_of(file)
    before = node(data, "nord")["x"]
    node(data, "nord")["atelier"]["rotation"] = 30
    save(file, data)
    deck, canvas = placed(file)
    t = of(deck, canvas, "nord").transform
    assert t.rotation == pytest.approx(math.radians(30))
    assert of(deck, canvas, "oslo").transform.rotation == 0.0
    assert not place(file).changed
    assert node(data_of(file), "nord")["x"] == before


def test_a_renamed_heading_keeps_its_place(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    deck, before = placed(file)
    data = data_of(file)
    node(data, "rome")["x"] += 333
    save(file, data)
    moved = of(deck, placed(file)[1], "rome").transform
    file.write_text(TEXT.replace("### Rome", "### La ville éternelle"), encoding="utf-8")
    renamed, after = placed(file)
    assert of(renamed, after, "la-ville-eternelle").transform == moved
    assert not after.diagnostics
    place(file)
    assert node(data_of(file), "la-ville-eternelle")["subpath"] == "#La ville éternelle"
    assert len(before.places) == len(after.places)


def test_a_renamed_group_keeps_its_place_and_its_frames(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    data = data_of(file)
    for moved in inside(data, node(data, "sud-le-reste-et-plus")):
        moved["y"] += 120
    save(file, data)
    deck, before = placed(file)
    file.write_text(TEXT.replace("## Sud: le reste | et plus", "## Midi"), encoding="utf-8")
    renamed, after = placed(file)
    assert not after.diagnostics
    assert of(renamed, after, "midi").transform == of(deck, before, "sud-le-reste-et-plus").transform
    assert of(renamed, after, "rome").transform == of(deck, before, "rome").transform
    place(file)
    assert node(data_of(file), "midi")["label"] == "Midi"
    assert len(data_of(file)["nodes"]) == len(data["nodes"])


def test_two_renamed_headings_in_one_group_are_said(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    file.write_text(TEXT.replace("### Rome", "### A").replace("### Athènes", "### B"), encoding="utf-8")
    assert codes(file) == ["canvas-frame-lost", "canvas-frame-lost"]


def test_a_new_frame_goes_where_there_is_room(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    file.write_text(TEXT + "\n## Ouest\n", encoding="utf-8")
    deck, canvas = placed(file)
    boxes = [canvas.places[i].transform.map_rect(canvas.places[i].size) for i in canvas.root.children]
    assert len(boxes) == 4
    assert not any(boxes[3].intersects(box) for box in boxes[:3])
    assert canvas.root.size.contains(boxes[3])
    assert of(deck, canvas, "nord").transform == of(deck, canvas, "nord").transform


def test_a_frame_that_gets_frames_becomes_a_group_in_its_place_and_back(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    data = data_of(file)
    card = node(data, "est")
    data["edges"] = [{"id": "e", "fromNode": node(data, "nord")["id"], "toNode": card["id"]}]
    save(file, data)
    file.write_text(TEXT + "\n### Sofia\n\n### Minsk\n", encoding="utf-8")
    place(file)
    grown = data_of(file)
    group, text = node(grown, "est"), node(grown, "est", "text")
    assert (group["type"], group["x"], group["width"]) == ("group", card["x"], card["width"])
    assert text["id"] == card["id"]
    assert node(grown, "sofia") in inside(grown, group)
    edge = {"id": "f", "fromNode": group["id"], "toNode": node(grown, "nord")["id"]}
    grown["edges"].append(edge)
    save(file, grown)
    file.write_text(TEXT, encoding="utf-8")
    place(file)
    shrunk = data_of(file)
    assert (node(shrunk, "est")["type"], node(shrunk, "est")["x"]) == ("file", card["x"])
    ids = {n["id"] for n in shrunk["nodes"]}
    assert all(e["fromNode"] in ids and e["toNode"] in ids for e in shrunk["edges"])


def test_what_others_put_into_the_file_stays(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    data = data_of(file)
    data["plugin"] = {"a": [1, {"b": None}]}
    data["nodes"].insert(2, {"id": "mine", "type": "text", "text": "Note", "x": 5, "y": 5, "width": 50, "height": 50})
    data["nodes"].append({"id": "odd", "type": "hologram", "more": 1.5})
    node(data, "oslo")["styleAttributes"] = {"shape": "pill"}
    node(data, "oslo")["atelier"]["later"] = True
    data["edges"] = [{"id": "e", "fromNode": "mine", "toNode": node(data, "oslo")["id"], "x": 1}]
    node(data, "riga")["x"] += 40
    save(file, data)
    place(file)
    after = data_of(file)
    assert [n["id"] for n in after["nodes"]] == [n["id"] for n in data["nodes"]]
    assert (after["plugin"], after["edges"]) == (data["plugin"], data["edges"])
    assert after["nodes"][2] == data["nodes"][2]
    assert after["nodes"][-1] == data["nodes"][-1]
    assert node(after, "oslo")["styleAttributes"] == {"shape": "pill"}
    assert node(after, "oslo")["atelier"]["later"] is True


def test_nodes_of_obsidian_alone_are_understood(tmp_path: Path) -> None:
    """No id of ours: subpaths with and without attributes, nested ones, a group named after its frame."""
    text = TEXT.replace("### Rome", "### Oslo")
    (tmp_path / "vault" / "talks").mkdir(parents=True)
    file = written(tmp_path / "vault" / "talks", text)
    (tmp_path / "vault" / ".obsidian").mkdir()
    (tmp_path / "vault" / "talks" / "other.md").write_text("# Tallinn\n\nHanse\n", encoding="utf-8")
    nodes = [
        ("group", {"label": "Nord"}, (0, 0, 4000, 2250)),
        ("file", {"file": "talks/deck.md", "subpath": "#Nord"}, (100, 100, 900, 200)),
        ("file", {"file": "talks/deck.md", "subpath": "#Nord { nord layout=ring}#Oslo"}, (200, 800, 480, 270)),
        ("file", {"file": "deck.md", "subpath": "#Riga { minutes=2}"}, (900, 800, 480, 270)),
        ("file", {"file": "talks/deck.md", "subpath": "#sud le reste et plus#oslo"}, (8000, 4000, 480, 270)),
        ("file", {"file": "talks/other.md", "subpath": "#Tallinn"}, (1600, 800, 480, 270)),
    ]
    rows = [
        {"id": str(i), "type": kind} | more | dict(zip(("x", "y", "width", "height"), box, strict=True))
        for i, (kind, more, box) in enumerate(nodes)
    ]
    save(file, {"nodes": rows, "edges": []})
    deck, canvas = placed(file)
    assert not canvas.diagnostics
    assert deck.geometry is not None
    known = {id_: (hand.node, hand.text_node) for id_, hand in deck.geometry.hands.items()}
    assert known["nord"] == (0, 1)
    assert known["nord-oslo"] == (2, -1)
    assert known["riga"] == (3, -1)
    assert known["sud-le-reste-et-plus-oslo"] == (4, -1)
    assert "tallinn" not in known
    assert [(f.title, deck.frames[f.parent].id) for f in deck.frames if f.node] == [("Tallinn", "nord")]
    place(file)
    assert node(data_of(file), "tallinn")["file"] == "talks/deck.md"
    assert codes(file) == []


def test_a_text_of_a_section_stays_or_goes_where_its_node_is_put(tmp_path: Path) -> None:
    file = written(tmp_path, f"# A\n\n## B\n\n{LONG}\n\n### C\n\n### D\n\n## E\n\n### F\n")
    before = placed(file)[1]
    assert before.page_of
    place(file)
    assert_alike(before, placed(file)[1])
    data = data_of(file)
    node(data, "b", "text")["x"] += 60
    node(data, "e", "text")["width"] //= 2
    save(file, data)
    deck, after = placed(file)
    page = after.page_of[1]
    assert after.places[page].transform.x > before.places[page].transform.x
    section = of(deck, after, "e")
    assert section.spot_rect.width == pytest.approx(section.size.width / 2, abs=2)


def test_frames_too_small_are_left_to_their_layout(tmp_path: Path) -> None:
    deep = "# A\n\n" + "".join(f"{'#' * level} L{level} {n}\n\n" for level in range(2, 7) for n in range(9))
    file = written(tmp_path, deep)
    before = placed(file)[1]
    found = place(file)
    assert found.left > 0
    assert found.placed + found.left == 46
    assert_alike(before, placed(file)[1])


def test_a_frame_put_in_twice_is_named_as_its_own_file_names_it(tmp_path: Path) -> None:
    (tmp_path / "case.md").write_text("# Case\n\n## In\n\n### Same\n\n## Out\n\n### Same\n", encoding="utf-8")
    file = written(tmp_path, "# A\n\n## B\n\n![[case]]\n\n## C\n\n![[case]]\n")
    place(file)
    nodes = data_of(file)["nodes"]
    found = [node["subpath"] for node in nodes if node.get("file") == "case.md"]
    assert found
    assert {*found} <= {"#Case", "#In", "#Case#In#Same", "#Out", "#Case#Out#Same"}


def test_a_frame_put_in_from_another_file_points_there(tmp_path: Path) -> None:
    (tmp_path / "cases.md").write_text("# Cases\n\n## Lego {#lego}\n\nBricks\n", encoding="utf-8")
    file = written(tmp_path, "# A\n\n## B\n\n![[cases#Lego]]\n\n## C\n")
    before = placed(file)[1]
    place(file)
    found = next(n for n in data_of(file)["nodes"] if n.get("file") == "cases.md")
    assert found["subpath"] == "#Lego { lego}"
    assert_alike(before, placed(file)[1])
    assert not place(file).changed
    assert codes(file) == []


def test_a_private_frame_has_a_place_too(tmp_path: Path) -> None:
    file = written(tmp_path, TEXT.replace("## Est", "## Est {.private}"))
    place(file)
    assert node(data_of(file), "est")


def test_nothing_is_written_over_a_file_that_is_torn(tmp_path: Path) -> None:
    file = written(tmp_path)
    place(file)
    torn = file.with_suffix(".canvas").read_bytes()[:900]
    file.with_suffix(".canvas").write_bytes(torn)
    with pytest.raises(InputError) as error:
        place(file)
    assert error.value.location is not None
    assert error.value.location.line > 1
    assert file.with_suffix(".canvas").read_bytes() == torn
    assert "canvas-broken" in codes(file)


def test_nothing_is_written_over_a_file_that_changed_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path)
    place(file)
    data = data_of(file)
    node(data, "est")["x"] += 5
    save(file, data)
    real: Callable[..., Any] = placing.nodes_of

    def slow(*arguments: Any) -> Any:
        found = real(*arguments)
        file.with_suffix(".canvas").write_text("{}", encoding="utf-8")
        return found

    monkeypatch.setattr(placing, "nodes_of", slow)
    with pytest.raises(InputError):
        place(file)
    assert file.with_suffix(".canvas").read_text(encoding="utf-8") == "{}"


def test_a_canvas_that_cannot_be_read_leaves_the_deck_as_it_is(tmp_path: Path) -> None:
    file = written(tmp_path)
    before = placed(file)[1]
    os.mkfifo(file.with_suffix(".canvas"))
    assert_alike(before, placed(file)[1])
    file.with_suffix(".canvas").unlink()
    file.with_suffix(".canvas").write_bytes(b" " * (17 << 20))
    assert codes(file) == ["canvas-unreadable"]


_MOVES = st.lists(
    st.tuples(
        st.sampled_from(["nord", "oslo", "riga", "sud-le-reste-et-plus", "rome", "est"]),
        st.sampled_from(["x", "y", "width", "height", "rotation"]),
        st.integers(-20_000, 20_000) | st.integers(-40, 40),
    ),
    max_size=5,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_MOVES)
def test_any_move_reads_and_writes_the_same(tmp_path: Path, moves: list[tuple[str, str, int]]) -> None:
    file = written(tmp_path)
    file.with_suffix(".canvas").unlink(missing_ok=True)
    place(file)
    data = data_of(file)
    for id_, key, by in moves:
        target = node(data, id_)
        if key == "rotation":
            target["atelier"]["rotation"] = by / 7
        else:
            target[key] = max(1, target[key] + by) if key in {"width", "height"} else target[key] + by
    save(file, data)
    before = placed(file)[1]
    assert not before.diagnostics
    place(file)
    once = file.with_suffix(".canvas").read_bytes()
    after = placed(file)[1]
    assert len(before.places) == len(after.places)
    for one, two in zip(boxes_of(load(file), before), boxes_of(load(file), after), strict=True):
        assert (two.x, two.y) == pytest.approx((one.x, one.y), abs=1e-3, rel=1e-6)
        assert two.width == pytest.approx(one.width, rel=1e-5)
    place(file)
    assert file.with_suffix(".canvas").read_bytes() == once
