"""What the cases of a deck share: sections by a field, and which ones are alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import atelier.deck.case_sections
from atelier.app.checking import check
from atelier.app.placing import place
from atelier.canvas.arrange import arrange
from atelier.deck.audience import for_audience
from atelier.deck.cases import SimilarCases, case_facts
from atelier.deck.contents import Contents
from atelier.deck.loading import load, read
from atelier.deck.paths import FrameTable
from atelier.markup.audience import visible
from atelier.markup.blocks import Case, plain_text
from atelier.markup.cases import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.deck.types import Deck, Frame


def case(name: str, marks: str = "", level: int = 3, **fields: str) -> str:
    lines = "".join(f"    {key}: {value}\n" for key, value in {"company": name, **fields, "lesson": "Listen."}.items())
    return f"{'#' * level} {name} {{#{name.lower()} {marks}}}\n\n/// case\n{lines}///\n\n"


LIBRARY = (
    case("Lego", use="marketing, monitoring", sector="toys", country="Denmark")
    + case("Leclerc", use="Crisis", sector="retail", country="France")
    + case("Dell", use="customer service", sector="computers", country="USA")
    + case("Quick", use="crise", sector="retail", country="France")
)


def deck_of(text: str, front: str = "") -> Deck:
    return read((f"---\n{front}\n---\n" if front else "").encode() + text.encode())


def grouped(marks: str = "layout=cases", more: str = "", front: str = "", library: str = LIBRARY) -> Deck:
    return deck_of(f"# Talk {{#talk}}\n\n## Cases {{#cases {marks}}}\n\n{library}{more}", front)


def tree(deck: Deck, top: str = "cases") -> dict[str, list[str]]:
    """The children of a frame by id, and those of each."""
    frame = deck.frame(top)
    assert frame is not None
    children = [deck.frames[i] for i in frame.children]
    return {child.id: [deck.frames[i].id for i in child.children] for child in children}


def check_order(deck: Deck) -> None:
    """Frames stand in reading order, every one knows its parent, and ids are its own."""
    order: list[int] = []

    def walk(frame: Frame) -> None:
        order.append(frame.index)
        for index in frame.children:
            child = deck.frames[index]
            assert (child.parent, child.depth) == (frame.index, frame.depth + 1)
            walk(child)

    walk(deck.root)
    assert order == list(range(len(deck.frames)))
    assert len({frame.id for frame in deck.frames}) == len(deck.frames)


def codes(deck: Deck) -> list[str]:
    return [each.code for each in deck.diagnostics]


class TestSections:
    def test_a_section_a_value_in_the_order_of_the_text(self) -> None:
        deck = grouped()
        assert tree(deck) == {
            "cases-marketing": ["lego"],
            "cases-crisis": ["leclerc", "quick"],
            "cases-customer-service": ["dell"],
        }
        assert [f.title for f in deck.frames if f.made] == ["Marketing", "Crisis", "Customer service"]
        check_order(deck)
        assert deck.diagnostics == ()

    @pytest.mark.parametrize(
        ("by", "sections"),
        [
            ("company", ["cases-lego", "cases-leclerc", "cases-dell", "cases-quick"]),
            ("sector", ["cases-toys", "cases-retail", "cases-computers"]),
            ("pays", ["cases-denmark", "cases-france", "cases-usa"]),
        ],
    )
    def test_by_names_the_field(self, by: str, sections: list[str]) -> None:
        assert list(tree(grouped(f"layout=cases by={by}"))) == sections

    def test_the_front_matter_says_it_for_the_root(self) -> None:
        deck = deck_of(f"# Cases {{#cases}}\n\n{LIBRARY}".replace("### ", "## "), "layout: cases\nby: country")
        assert list(tree(deck)) == ["cases-denmark", "cases-france", "cases-usa"]

    def test_sections_speak_the_language_of_the_deck(self) -> None:
        deck = grouped(more=case("Nobody"), front="lang: fr")
        assert [f.title for f in deck.frames if f.made] == ["Marketing", "Crise", "Service client", "Autres"]

    def test_cases_without_the_field_come_last_and_other_frames_keep_their_place(self) -> None:
        first, last = "### Before {#before}\n\n", "### After {#after}\n\n"
        deck = grouped(library=first + case("Nobody") + LIBRARY + last)
        sections = ["cases-marketing", "cases-crisis", "cases-customer-service", "cases-others"]
        assert list(tree(deck)) == ["before", *sections, "after"]
        assert tree(deck)["cases-others"] == ["nobody"]
        check_order(deck)

    def test_what_lies_in_a_case_goes_with_it(self) -> None:
        deck = grouped(library=LIBRARY.replace("### Dell", "#### Task {#task}\n\nDo.\n\n### Dell"))
        assert tree(deck)["cases-crisis"] == ["leclerc", "quick"]
        assert tree(deck, "cases-crisis")["leclerc"] == ["task"]
        check_order(deck)

    def test_ids_are_never_taken_twice(self) -> None:
        deck = grouped(more="## Crisis {#cases-crisis}\n\n## Crisis\n")
        assert "cases-crisis-2" in tree(deck)
        check_order(deck)
        found = FrameTable(deck.frames).find("Crisis")
        assert found is not None
        assert not deck.frames[found].made, "a link by title means a heading"

    def test_paths_know_sections_and_their_cases(self) -> None:
        deck = grouped(front="paths:\n  short: [cases-crisis, quick]")
        assert [deck.frames[stop.frame].id for stop in deck.paths[1].stops] == ["cases-crisis", "quick"]
        ids = [deck.frames[stop.frame].id for stop in deck.paths[0].stops]
        assert ids[:4] == ["talk", "cases", "cases-marketing", "lego"]

    def test_a_section_is_optional_skipped_or_private_where_all_in_it_is(self) -> None:
        library = case("A", "skip=true", use="crisis") + case("B", "optional=true", use="crisis")
        deck = grouped(library=library + case("C", ".private", use="secret plan") + case("D", "skip=true"))
        made = {f.id: (f.skip, f.optional, f.private) for f in deck.frames if f.made}
        assert made["cases-crisis"] == (False, False, False)
        assert made["cases-secret-plan"] == (False, False, True)
        assert made["cases-others"] == (True, False, False)
        shown = for_audience(deck)
        assert "secret" not in repr(shown.frames)
        check_order(shown)

    def test_the_words_of_a_section_are_those_of_a_case_that_is_public(self) -> None:
        library = case("A", ".private", sector="Arms, and worse") + case("B", sector="ARMS")
        deck = for_audience(grouped("layout=cases by=sector", library=library))
        assert [f.title for f in deck.frames if f.made] == ["ARMS"]

    def test_private_words_of_a_field_make_no_section(self) -> None:
        deck = grouped("layout=cases by=country", library=case("A", country="*Ruritania*{.private}, France") + LIBRARY)
        assert "cases-france" in tree(deck)
        assert "uritania" not in " ".join(f.title + f.id for f in deck.frames)

    @pytest.mark.parametrize("block", ["/// private\n{}\n///", "/// notes\n{}\n///", "<!--\n{}\n-->"])
    def test_a_case_that_nobody_sees_is_none(self, block: str) -> None:
        hidden = block.format("//// case\n    use: crisis\n////")
        deck = grouped(more=f"### Hidden {{#hidden}}\n\n{hidden}\n")
        assert tree(deck)["hidden"] == []

    def test_the_case_of_the_language_counts(self) -> None:
        both = "".join(f"/// only | lang={lang}\n//// case\n    use: {use}\n////\n///\n" for lang, use in
                       (("en", "crisis"), ("fr", "veille")))  # fmt: skip
        deck = grouped(library=f"### A {{#a}}\n\n{both}", front="lang: fr")
        assert tree(deck) == {"cases-veille": ["a"]}

    def test_layouts_inside_one_another(self) -> None:
        inner = "### Inner {#inner layout=cases}\n\n" + case("X", level=4, use="monitoring")
        deck = grouped(more=inner)
        assert tree(deck)["inner"] == ["inner-monitoring"]
        check_order(deck)

    def test_a_drawing_and_a_case_lay_out_their_frames_themselves(self) -> None:
        assert not any(f.made for f in grouped("layout=cases map=x.svg").frames)
        inside = case("Lego", "layout=cases", level=2) + case("Dell", use="crisis")
        assert not any(f.made for f in deck_of(f"# Talk\n\n{inside}").frames)


class TestWhatIsSaid:
    def test_no_case_inside(self) -> None:
        deck = deck_of("# Talk\n\n## Cases {layout=cases}\n\n### One\n\n### Two\n")
        assert codes(deck) == ["layout-fallback"]
        assert deck.diagnostics[0].line == 3
        assert arrange(deck).diagnostics == ()

    def test_no_case_with_the_field(self) -> None:
        deck = grouped("layout=cases by=channels")
        assert codes(deck) == ["layout-fallback"]
        assert "channels" in deck.diagnostics[0].message
        assert list(tree(deck)) == ["lego", "leclerc", "dell", "quick"]

    @pytest.mark.parametrize(("by", "hint"), [("sectr", "sector"), ("lesson", ""), ("", "")])
    def test_a_field_nobody_can_group_by(self, by: str, hint: str) -> None:
        deck = grouped(f'layout=cases by="{by}"')
        assert codes(deck) == ["attribute-value"]
        assert hint in deck.diagnostics[0].hint
        assert next(iter(tree(deck))) == "cases-marketing"
        if by:
            assert codes(grouped(front=f"by: {by}\nlayout: grid"))[0] == "front-matter-type"

    def test_by_without_the_layout(self) -> None:
        assert codes(grouped("by=sector")) == ["attribute-unused"]


class TestEmbedded:
    def library(self, folder: Path, marks: str = "layout=cases") -> Path:
        cases = folder / "cases"
        cases.mkdir()
        for name, use in (("lego", "marketing"), ("dell", "crisis"), ("quick", "crisis")):
            text = case(name.capitalize(), level=1, use=use) + "See [the other](#dell).\n\n## Task\n\nDo.\n"
            (cases / f"{name}.md").write_text(text, encoding="utf-8")
        deck = folder / "deck.md"
        embeds = "".join(f"![[{name}]]\n" for name in ("lego", "dell", "quick"))
        deck.write_text(
            f"---\nlibrary: cases\n---\n# Talk\n\n## Cases {{#cases {marks}}}\n\n{embeds}", encoding="utf-8"
        )
        return deck

    def test_cases_of_other_files_are_grouped(self, tmp_path: Path) -> None:
        deck = load(self.library(tmp_path))
        assert tree(deck) == {"cases-marketing": ["lego"], "cases-crisis": ["dell", "quick"]}
        check_order(deck)
        assert deck.diagnostics == ()
        assert check(tmp_path).diagnostics == ()

    def test_an_edit_moves_a_case(self, tmp_path: Path) -> None:
        before = load(self.library(tmp_path))
        file = tmp_path / "cases/quick.md"
        file.write_text(file.read_text(encoding="utf-8").replace("crisis", "monitoring"), encoding="utf-8")
        after = load(tmp_path, before)
        assert tree(after) == {"cases-marketing": ["lego"], "cases-crisis": ["dell"], "cases-monitoring": ["quick"]}
        assert [f.title for f in after.frames] == [f.title for f in load(tmp_path).frames]

    def test_places_by_hand_come_back(self, tmp_path: Path) -> None:
        deck = self.library(tmp_path)
        laid = arrange(load(deck))
        place(deck)
        canvas = tmp_path / "deck.canvas"
        written = canvas.read_bytes()
        nodes = json.loads(written)["nodes"]
        groups = [node for node in nodes if node["atelier"].get("section")]
        assert [(node["type"], node["label"]) for node in groups] == [("group", "Marketing"), ("group", "Crisis")]
        assert sum(node["atelier"]["id"].startswith("cases-") for node in nodes) == 2, "no file node stands for one"
        again = load(deck)
        assert again.diagnostics == ()
        for one, other in zip(laid.places, arrange(again).places, strict=True):
            assert one.transform.x == pytest.approx(other.transform.x, abs=1e-6)
            assert one.transform.scale == pytest.approx(other.transform.scale)
        place(deck)
        assert canvas.read_bytes() == written

    def test_sections_that_are_gone_leave_the_canvas(self, tmp_path: Path) -> None:
        deck = self.library(tmp_path)
        place(deck)
        deck.write_text(deck.read_text(encoding="utf-8").replace("layout=cases", "layout=cases by=company"), "utf-8")
        changed = load(deck)
        assert changed.diagnostics == ()
        canvas = arrange(changed)
        assert canvas.diagnostics == ()
        for frame in changed.frames:
            if frame.made:
                inside = [canvas.places[canvas.place_of[i]] for i in frame.children]
                assert all(each.transform.scale == pytest.approx(0.46) for each in inside), "as its layout has it"
        place(deck)
        labels = [node.get("label") for node in json.loads((tmp_path / "deck.canvas").read_bytes())["nodes"]]
        assert "Crisis" not in labels
        assert {"Lego", "Dell", "Quick"} <= {*labels}


class TestSimilar:
    def similar(self, deck: Deck, id_: str) -> list[str]:
        frame = deck.frame(id_)
        assert frame is not None
        return [deck.frames[index].id for index in SimilarCases(deck).of(frame)]

    def test_the_most_alike_come_first(self) -> None:
        library = (
            case("A", use="crisis", sector="toys", channels="blog", country="France")
            + case("B", country="France")
            + case("C", channels="Blog", country="France")
            + case("D", sector="Toys")
            + case("E", use="crise")
            + case("F", use="marketing", sector="retail")
        )
        deck = grouped(library=library)
        assert self.similar(deck, "a") == ["e", "d", "c"]
        assert self.similar(deck, "b") == ["a", "c"]
        assert self.similar(deck, "f") == []
        assert self.similar(deck, "talk") == []

    def test_private_cases_are_never_offered(self) -> None:
        deck = grouped(library=case("A", use="crisis") + case("B", ".private", use="crisis"))
        assert self.similar(deck, "a") == []
        assert self.similar(for_audience(deck), "a") == []
        assert self.similar(deck, "b") == []

    def test_a_case_is_not_like_itself(self, tmp_path: Path) -> None:
        (tmp_path / "lego.md").write_text(case("Lego", level=1, use="crisis"), encoding="utf-8")
        deck = tmp_path / "deck.md"
        deck.write_text("# Talk\n\n## One\n\n![[lego]]\n\n## Two\n\n![[lego]]\n", encoding="utf-8")
        loaded = load(deck)
        assert [self.similar(loaded, f.id) for f in loaded.frames if "case" in f.blocks] == [[], []]

    def test_the_key_changes_with_what_is_offered(self) -> None:
        deck = grouped()
        assert SimilarCases(deck).key() == SimilarCases(grouped()).key()
        assert SimilarCases(deck).key() == SimilarCases(grouped(library=LIBRARY.replace("Listen", "Read"))).key()
        assert SimilarCases(deck).key() != SimilarCases(grouped(library=LIBRARY.replace("toys", "games"))).key()


words = st.text(st.sampled_from("abé ,;*[]()`:-.’"), max_size=14)


@settings(max_examples=60, deadline=None)
@given(fields=st.lists(st.tuples(st.sampled_from(SHARED), words), max_size=6), below=st.booleans())
def test_the_quick_reading_says_what_the_parser_says(fields: list[tuple[str, str]], *, below: bool) -> None:
    """Of plain words; what has markup in it may be told apart by its marks."""
    plain = [(name, "x" + "".join(sign for sign in text if sign not in "*[]()`:")) for name, text in fields]
    margin = "" if below else "    "
    lines = "".join(f"{margin}{name}: {text}\n" + ("\n" if below else "") for name, text in plain)
    deck = deck_of(f"# T\n\n## F\n\n/// case\n{lines}\n///\n")
    frame = deck.frames[1]
    facts = case_facts(frame.source, "en")
    assert facts is not None
    (parsed,) = visible(Contents(deck).content(1).blocks, "", "en")
    assert isinstance(parsed, Case)
    said = {(each.name, plain_text(value).strip(" .")) for each in parsed.fields for value in each.values}
    for name, _key, value in facts.values:
        assert any(name == field and value.strip(" .") in text for field, text in said), (name, value, said)
    assert {name for name, _text in said} == {name for name, _key, _value in facts.values}


def test_more_sections_than_a_canvas_holds_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atelier.deck.case_sections, "MOST_FRAMES", 8)
    deck = grouped("layout=cases by=company")
    assert codes(deck) == ["layout-fallback"]
    assert list(tree(deck)) == ["lego", "leclerc", "dell", "quick"]
    assert len(tree(grouped("layout=cases by=country", library=LIBRARY.replace("USA", "France")))) == 2
