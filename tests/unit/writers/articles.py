"""Articles for the writers' tests: one in which every kind of block stands, and any text as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atelier.deck.audience import for_audience
from atelier.deck.loading import load, read
from atelier.draft.article import Wish, article_of
from atelier.draft.order import along
from atelier.draft.types import Article, Options, Similar
from atelier.writers.types import Means

if TYPE_CHECKING:
    from pathlib import Path

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30" width="40" height="30">'
    '<rect width="40" height="30" fill="#9E1238"/></svg>'
)
EVERYTHING = r"""---
title: "Bread & <salt>"
lang: en
author: Ann O’Neill
date: 2026-11-22
event: Baker's Day
licence: CC BY 4.0
abstract: {fr: "Du pain & du sel.", en: "On bread."}
tags: [food, "salt & co"]
categories: [Talks]
---

# Bread & <salt>

/// notes
Good *evening* & welcome[^one].
///

## Flour {#flour}

One **bold *and* bold** `co<de>` ~~old~~ H~2~O x^2^ ==mark== [how & why](https://example.org/how?a=1&b=2),
a line<br>
break, $a < b$ and [the rise](#rise). <!-- private -->

- rye
- wheat
    1. red
    2. white

    and more

3. third
4. fourth

- [x] kneaded
- [ ] baked

> It doubles *while* you sleep.
>
> — A baker

> No source -- here.

## The rise {#rise}

![An oven & a <door>](oven.svg){width=40% data-credit="Ann, CC BY 2.0"}

/// caption
The *oven*
///

| grain | share |
|:------|------:|
| rye   | 2 |
| **wheat** | 3 \| 4 |

```python title="bake.py"
if a < b && c:
    print("&amp; [gallery] <!-- wp:more -->")
```

$$
\frac{a}{b} < \sqrt{2}
$$

Water
:   two parts

Salt
:   little

    very little

/// callout | Look: *out*
The oven is hot.

- very
///

---

### An hour {#hour}

##### A plain heading {.plain}

Keep it warm[^two].

[^one]: A note with `code`.
[^two]: Another

    of two paragraphs.

## عربي {#arabic lang=ar}

مرحبا
"""
MEANS = Means(raster=lambda picture: picture)


def article_in(folder: Path, text: str = EVERYTHING, **options: Any) -> Article:
    """The article of a deck that is written into `folder`, with its picture."""
    (folder / "oven.svg").write_text(DRAWING, encoding="utf-8")
    (folder / "deck.md").write_text(text, encoding="utf-8")
    deck = load(folder)
    others = (Similar("Cakes & <pies>", "How *not* to."), Similar("Salt"))
    wish = Wish(visits=along(for_audience(deck).paths[0]), name="bread")
    return article_of(deck, wish, Options(**options), similar=others)


def article_from(text: str, **options: Any) -> Article:
    """The article of a text, without pictures."""
    deck = read(text.encode())
    return article_of(deck, Wish(visits=along(for_audience(deck).paths[0])), Options(**options))
