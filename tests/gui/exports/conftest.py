"""A deck with a bit of everything, and exports of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atelier.app.exporting import Wish, export

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from atelier.app.exporting import Written

    Export = Callable[..., list[Written]]

TEXT = """---
title: A talk
author: Somebody
lang: fr
abstract: {en: "In English", fr: "En français"}
tags: [cake, chocolat]
paths:
  short: {stops: [seen]}
---
# A talk

## Hidden {#hidden .private}

SECRET

![SECRET](secret.png)

## Seen {#seen}

Words to *select*: « fini » – [inside](#inner), [there](#hidden),
[out](https://example.org/a?b=é), [bad](javascript:SECRET).

/// notes
SECRET
///

### Inner [linked](https://example.org/title) {#inner}

- one
- two
{: .steps }

*SECRET*{.private}

/// only | lang=en
English only
///

### Long {#long}

LONG
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">
<linearGradient id="g"><stop offset="0" stop-color="#ff0000"/><stop offset="1" stop-color="#ff0000" stop-opacity="0"/>
</linearGradient>
<rect width="300" height="100" fill="url(#g)"/>
<rect y="100" width="300" height="100" fill="#0000ff"/>
</svg>
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "talk.md"
    paragraphs = [f"Paragraph {n} says a good deal more than would fit into a frame of its size." for n in range(24)]
    file.write_text(TEXT.replace("LONG", "\n\n".join(paragraphs)), encoding="utf-8")
    return file


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def write(out: Path) -> Export:
    """`write(deck, "pdf", frame="seen")` exports into `out`."""

    def run(deck: Path, *formats: str, **wishes: object) -> list[Written]:
        return list(export(deck, formats, out, Wish(**wishes)))  # pyright: ignore[reportArgumentType]

    return run
