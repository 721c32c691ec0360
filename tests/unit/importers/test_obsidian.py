"""Obsidian's notes, slides and folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.importers.conftest import PNG, read

from atelier.importers.importing import import_deck
from atelier.markup.blocks import Callout, Figure, ListBlock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.importers.conftest import Bring


def test_a_note_with_headings(bring: Bring) -> None:
    text = (
        "---\ntags: [a, b]\ncssclass: x\n---\n# Note\n\nSee [[Other|that]]. %%said%%\n\n## One\n\n"
        "![[cat.png|300]]\n\n> [!tip] Well\n> done\n\n### Deep\n\ntext ^abc123\n\n## Two\n\n"
        "![[Other note#Part]]\n"
    )
    deck = bring(text, "obsidian", files={"attachments/cat.png": PNG})
    assert deck.titles == [(1, "One"), (2, "Deep"), (1, "Two")]
    assert deck.deck.tags == ("a", "b")
    figure, callout = deck.content("One").blocks
    assert isinstance(figure, Figure)
    assert isinstance(callout, Callout)
    assert figure.source == "pictures/cat.png"
    assert "/// notes\nsaid\n///" in deck.text
    assert "abc123" not in deck.text
    assert any(loss.code == "embed" and loss.text == "Other note#Part" for loss in deck.imported.losses)


def test_slides(bring: Bring) -> None:
    text = (
        "# Talk\n\n---\n\n## A\n\n+ one\n+ two\n\nnote: what I say\n\n--\n\n### Below\n\n"
        '<split even>\n\nleft\n\nright\n\n</split>\n\n---\n\n<!-- slide bg="[[cat.png]]" -->\n\n'
        "## B\n\ntext\n"
    )
    deck = bring(text, "obsidian", files={"cat.png": PNG})
    assert deck.titles == [(1, "A"), (2, "Below"), (1, "B")]
    found = deck.content("A").blocks[0]
    assert isinstance(found, ListBlock)
    assert [item.step for item in found.items] == [1, 2]
    assert deck.content("A").notes
    assert "/// columns" in deck.text


def test_a_vault_and_its_pictures(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    notes = vault / "talks" / "my talk"
    notes.mkdir(parents=True)
    (vault / ".obsidian").mkdir()
    (vault / "cat.png").write_bytes(PNG)
    (tmp_path / "outside.png").write_bytes(PNG)
    (notes / "2 Second.md").write_text("# Second\n\ntext\n\n## In it\n\nx\n")
    (notes / "10 Last.md").write_text("no heading here, but a longer text that is no title of anything at all\n")
    (notes / "1 First.md").write_text(
        "## Part\n\n![a](../../cat.png)\n\n![b](../../../outside.png)\n\n## Part two\n\ny\n"
    )
    (notes / ".hidden.md").write_text("# not this\n")
    (notes / "draft").mkdir()
    imported = import_deck(notes, tmp_path / "deck")
    deck = read(imported)
    assert deck.deck.title == "my talk"
    assert (
        deck.titles
        == [(1, "1 First"), (2, "Part"), (2, "Part two"), (1, "Second"), (2, "In it"), (1, "10 Last"), (1, ".hidden")][
            :6
        ]
    )
    assert imported.pictures == 1
    assert "picture-outside" in {loss.code for loss in imported.losses}
