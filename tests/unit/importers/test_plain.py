"""Plain Markdown: kept as it stands, its pictures beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.importers.conftest import PNG

if TYPE_CHECKING:
    from tests.unit.importers.conftest import Bring

TEXT = """\
# A *walk*

![A tree](pictures/tree.png) and ![another]( <pictures/a tree.png> "Late")

<img src="tree.png" alt="x"> and `![none](gone.png)`

## On foot {background=tree.png}

```md
![A tree](pictures/tree.png)
```

Prose  with  two   spaces, <!-- a comment --> and a [link](tree.png)[^1].

[tree]: tree.png
[^1]: tree.png
"""


def test_a_plain_text_stays_as_it_stands(bring: Bring) -> None:
    files = {"pictures/tree.png": PNG, "pictures/a tree.png": PNG, "tree.png": PNG}
    found = bring(TEXT, name="README.md", files=files)
    assert (found.imported.kind, found.imported.title, found.imported.frames) == ("markdown", "A walk", 2)
    expected = (
        TEXT.replace("]( <pictures/a tree.png>", "]( <pictures/a-tree.png>")
        .replace('src="tree.png"', 'src="pictures/tree-2.png"')
        .replace("background=tree.png", "background=pictures/tree-2.png")
        .replace("[tree]: tree.png", "[tree]: pictures/tree-2.png")
    )
    assert [a for a in zip(found.text.split("\n"), expected.split("\n"), strict=True) if a[0] != a[1]] == []
    assert not found.imported.losses
    assert found.imported.pictures == 3


def test_a_plain_text_without_a_title_is_called_after_its_file(bring: Bring) -> None:
    found = bring("Words.\n\n# One\n\n# Two\n", name="read_me-first.md")
    assert (found.imported.title, found.deck.title) == ("read me first", "read me first")
    assert found.titles == [(1, "One"), (1, "Two")]
    found = bring("---\nauthor: Somebody\n---\n# One\n\n# Two\n", name="README.md")
    assert (found.imported.title, found.deck.title, found.deck.author) == ("README", "README", "Somebody")


def test_a_missing_picture_keeps_its_address_and_is_said_with_its_line(bring: Bring) -> None:
    found = bring("# A\n\nWords\n\n![B](gone.png)\n")
    assert "![B](gone.png)" in found.text
    assert [loss.line for loss in found.imported.losses] == [5]
