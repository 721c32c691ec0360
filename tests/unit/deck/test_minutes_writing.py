"""Times given, written behind headings: what they say changes, and not one other byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.deck.loading import load, read
from atelier.deck.minutes_writing import adoption, rounded, save, with_minutes
from atelier.deck.values import MOST_MINUTES
from atelier.foundation.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """---
title: Three ways
---

# The cake

Words.

## Muffin {#muffin minutes=2 optional=true}

## Icing {#icing}

## Chocolate ##

```
## no heading
```

The end
-------

More.
"""


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("## Muffin", "## Muffin {minutes=1.5}"),
        ("## Muffin  ", "## Muffin {minutes=1.5}  "),
        ("## Muffin ##", "## Muffin ## {minutes=1.5}"),
        ("## Muffin {#m}", "## Muffin {#m minutes=1.5}"),
        ("## Muffin {: #m .big }", "## Muffin {: #m .big minutes=1.5 }"),
        ("## Muffin {#m minutes=3 optional=true}", "## Muffin {#m minutes=1.5 optional=true}"),
        ('## Muffin {minutes="3" label="minutes=4"}', '## Muffin {minutes=1.5 label="minutes=4"}'),
        ("## Muffin {optional}", "## Muffin {optional} {minutes=1.5}"),
        ("## The `{x}`", "## The `{x}` {minutes=1.5}"),
        ("## *Word*{.private} more", "## *Word*{.private} more {minutes=1.5}"),
        ("## Muffin <!-- note -->", "## Muffin <!-- note --> {minutes=1.5}"),
    ],
)
def test_minutes_stand_behind_a_heading(line: str, wanted: str) -> None:
    written, alone = with_minutes(f"# Cake\r\n\r\n{line}\r\n\r\nText.".encode(), {3: 1.5})
    assert (written.decode(), alone) == (f"# Cake\r\n\r\n{wanted}\r\n\r\nText.", ())


@pytest.mark.parametrize(
    "line",
    ["## Muffin {-}", "<h2>Muffin</h2>", "## Muffin {#m} <!-- note -->", "No heading.", "## Gâteau".encode("cp1252")],
)
def test_what_cannot_be_changed_alone_is_left_alone(line: str | bytes) -> None:
    middle = line if isinstance(line, bytes) else line.encode()
    data = b"# Cake\n\n" + middle + b"\n\n## Other\n"
    written, alone = with_minutes(data, {3: 1.5, 5: 2.0})
    assert written == data.replace(b"## Other", b"## Other {minutes=2}")
    assert alone == (3,)


def test_every_other_byte_stays() -> None:
    data = b"\xef\xbb\xbf# Cake\r\n\n## Muffin\r\rText \xff \xc2\xa0\r\n## End"
    written, alone = with_minutes(data, {1: 1.0, 3: 2.25, 7: 0.25})
    assert alone == (7,)
    assert written == data.replace(b"# Cake", b"# Cake {minutes=1}").replace(b"# Muffin", b"# Muffin {minutes=2.25}")


def test_times_are_rounded_to_quarters() -> None:
    assert [rounded(seconds) for seconds in (0.0, 7.0, 20.0, 60.0, 68.0, 100.0, 1e9)] == [
        0.25,
        0.25,
        0.25,
        1.0,
        1.25,
        1.75,
        MOST_MINUTES,
    ]


def test_a_deck_takes_times_over_and_gives_them_back(tmp_path: Path) -> None:
    file = tmp_path / "deck.md"
    file.write_text(TEXT, encoding="utf-8")
    before = load(file)
    found = adoption(tmp_path, {"muffin": 100.0, "icing": 44.0, "chocolate": 60.0, "the-end": 20.0, "gone": 5.0})
    assert (found.written, found.left) == (("muffin", "icing", "chocolate", "the-end"), ())
    save(found)
    after = load(file)
    assert [frame.minutes for frame in after.frames] == [None, 1.75, 0.75, 1.0, 0.25]
    assert [(frame.id, frame.title, frame.optional, frame.source) for frame in after.frames] == [
        (frame.id, frame.title, frame.optional, frame.source) for frame in before.frames
    ]
    save(found.undone)
    assert file.read_text(encoding="utf-8") == TEXT


def test_a_text_that_was_changed_meanwhile_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "talk.md"
    file.write_text(TEXT, encoding="utf-8")
    found = adoption(file, {"muffin": 100.0})
    file.write_text(TEXT + "\nA word more.\n", encoding="utf-8")
    with pytest.raises(InputError, match="changed meanwhile"):
        save(found)
    assert file.read_text(encoding="utf-8").endswith("A word more.\n")


def test_frames_of_embedded_files_are_left_alone_and_said(tmp_path: Path) -> None:
    (tmp_path / "lego.md").write_text("# Lego\n\nBricks.\n", encoding="utf-8")
    file = tmp_path / "talk.md"
    file.write_text("# Talk\n\n## Cases\n\n![[lego]]\n", encoding="utf-8")
    ids = [frame.id for frame in load(file).frames]
    found = adoption(file, dict.fromkeys(ids, 60.0))
    assert (found.written, found.left) == (tuple(ids[:2]), tuple(ids[2:]))
    assert len(found.left) == 1
    save(found)
    assert (tmp_path / "lego.md").read_text(encoding="utf-8") == "# Lego\n\nBricks.\n"


def test_a_root_without_a_heading_is_left_alone_and_said(tmp_path: Path) -> None:
    file = tmp_path / "talk.md"
    file.write_text("# One\n\n# Two\n", encoding="utf-8")
    root, one, two = (frame.id for frame in load(file).frames)
    found = adoption(file, dict.fromkeys((root, one, two), 60.0))
    assert (found.written, found.left) == ((one, two), (root,))


def test_a_canvas_and_a_text_of_another_encoding_are_refused(tmp_path: Path) -> None:
    canvas = tmp_path / "free.canvas"
    canvas.write_text('{"nodes": [], "edges": []}', encoding="utf-8")
    with pytest.raises(InputError, match="no headings"):
        adoption(canvas, {})
    wide = tmp_path / "wide.md"
    wide.write_bytes("# Cake\n".encode("utf-16"))
    with pytest.raises(InputError, match="not UTF-8"):
        adoption(wide, {})


_LINES = st.sampled_from(
    [
        "# One", "## Two {#two}", "## Two {minutes=3}", "### Three ###", "Under", "---", "===", "", "```", "text {x}",
        "<!-- ", "-->", "/// notes", "///", "> ## quoted", "- ## item", "## Tail {", "#", "    ## code",
    ]
)  # fmt: skip


@given(st.lists(_LINES, max_size=14), st.sampled_from(["\n", "\r\n", "\r"]))
def test_only_minutes_ever_change(lines: list[str], ending: str) -> None:
    data = ending.join(lines).encode()
    before = read(data)
    wanted = {frame.line: 1.25 for frame in before.frames}
    written, alone = with_minutes(data, wanted)
    after = read(written)
    assert [(f.id, f.title, f.source, f.line) for f in after.frames] == [
        (f.id, f.title, f.source, f.line) for f in before.frames
    ]
    rows, news = data.splitlines(), written.splitlines()
    assert [row for row, new in zip(rows, news, strict=True) if row != new] == [
        rows[line - 1] for line in sorted(set(wanted) - set(alone)) if rows[line - 1] != news[line - 1]
    ]
    for frame in after.frames:
        if frame.line not in alone:
            assert frame.minutes == 1.25 or after.frames[0] is frame
