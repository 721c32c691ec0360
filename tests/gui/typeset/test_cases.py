"""Case cards: everything on them reads, and leads where it says."""

from __future__ import annotations

import pytest

from atelier.canvas.faces import Face
from atelier.deck.loading import read
from atelier.render.scene import Scene, build_scene
from atelier.render.tiles import Signatures

from .test_fitting import check
from .typeset_reading import item_with, line_boxes, smallest_size, words

FULL = """/// case
    company: Lego
    sector: jouets
    country: Danemark
    use: marketing, veille
    start: Des adultes se réunissent en ligne pour parler de briques, échanger des plans, et se passent fort bien de la
      marque.
    approach: Venir en invitée, aider ce qui existe, sans rien demander en échange et sans jamais parler à la place des
      autres.
    channels: leurs forums et leurs blogs, leurs rencontres deux fois par an, un site où proposer des modèles
    outcome: La communauté prend part à la conception des produits, et les idées remontent par une voie ouverte.
    lesson: On s’assied à la table des autres avant d’en dresser une, et l’on y revient souvent, même quand on n’a rien
      à vendre.
    sources: [Une revue](https://www.example.org/une/revue), https://example.com/etude, une visite
///
"""
OTHER = "/// case\n    company: {name}\n    use: veille\n    lesson: Rien.\n///\n"


def scene_of(case: str, *, theme: str = "clair", lang: str = "fr", ratio: str = "16:9", more: str = "") -> Scene:
    front = f'---\ntheme: {theme}\nlang: {lang}\nratio: "{ratio}"\n{more}---\n'
    others = "".join(f"## Le cas {name} {{#{name.lower()}}}\n\n{OTHER.format(name=name)}\n" for name in ("Dell", "IBM"))
    return build_scene(read(f"{front}# Exposé\n\n## Un cas {{#cas}}\n\n{case}\n{others}".encode()))


def card(scene: Scene, id_: str = "cas") -> int:
    frame = scene.deck.frame(id_)
    assert frame is not None
    return scene.canvas.place_of[frame.index]


@pytest.mark.parametrize("theme", ["chocolat", "clair", "nuit", "craie"])
@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
def test_a_full_case_reads_on_one_card(qapp: object, theme: str, ratio: str) -> None:
    assert qapp
    scene = scene_of(FULL, theme=theme, ratio=ratio)
    place = card(scene)
    assert scene.typesetter.pages(place) == 1
    display = scene.typesetter.face(place, Face.CONTENT)
    check(display, display.bounds)
    assert smallest_size(display) >= 26
    shown = words(display)
    for text in ("Lego", "jouets", "Danemark", "veille", "Départ", "Démarche", "Canaux", "Résultat", "À retenir"):
        assert text in shown
    for text in (
        "forums",
        "une voie",
        "même quand",
        "Une revue (example.org/une/revue)",
        "example.com/etude",
        "visite",
    ):
        assert text in shown, text


@pytest.mark.parametrize("ratio", ["3:4", "9:16"])
def test_a_case_that_an_upright_card_cannot_hold_goes_on_whole(qapp: object, ratio: str) -> None:
    assert qapp
    uses = "use: marketing, service client, communication interne, relations publiques, crise, veille"
    scene = scene_of(FULL.replace("use: marketing, veille", uses), ratio=ratio)
    place = card(scene)
    displays = [scene.typesetter.face(place, Face.CONTENT, page) for page in range(scene.typesetter.pages(place))]
    for display in displays:
        check(display, display.bounds)
    shown = " ".join(words(display) for display in displays)
    for text in ("Lego", "crise", "Départ", "Résultat", "une voie", "À retenir", "même quand", "visite"):
        assert text in shown, text
    assert ratio == "3:4" or len(displays) > 1


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ("Start", "To remember", "See also:", "Sources:")),
        ("ar", ("البداية", "للتذكّر", "انظر أيضًا:", "المصادر:")),
    ],
)
def test_its_own_words_are_in_the_language_of_the_frame(qapp: object, lang: str, expected: tuple[str, ...]) -> None:
    assert qapp
    scene = scene_of(FULL, lang=lang)
    display = scene.typesetter.face(card(scene), Face.CONTENT)
    check(display, display.bounds)
    assert all(word in words(display) for word in expected)


def test_the_label_of_one_channel_is_in_the_singular(qapp: object) -> None:
    assert qapp
    scene = scene_of("/// case\n    canaux: blog\n    Nombre: douze\n///\n")
    shown = words(scene.typesetter.face(card(scene), Face.CONTENT))
    assert "Canal" in shown
    assert "Canaux" not in shown
    assert "Nombre" in shown


def test_cases_like_it_are_links(qapp: object) -> None:
    assert qapp
    scene = scene_of(FULL)
    display = scene.typesetter.face(card(scene), Face.CONTENT)
    assert "Voir aussi\u00a0: Dell · IBM" in words(display)
    links = {link.href: link.rect for link in display.links}
    assert {"#dell", "#ibm", "https://example.com/etude"} <= {*links}
    assert links["#dell"].y > line_boxes(item_with(display, "On s’assied"))[-1].bottom
    assert "Voir aussi" not in words(scene.typesetter.face(card(scene), Face.COVER))


def test_two_of_one_company_are_told_apart_by_their_titles(qapp: object) -> None:
    assert qapp
    scene = scene_of(FULL.replace("Lego", "Dell") + "\n## Encore Dell {#encore}\n\n" + OTHER.format(name="Dell"))
    shown = words(scene.typesetter.face(card(scene, "ibm"), Face.CONTENT))
    assert "Un cas · Encore Dell · Le cas Dell" in shown


def test_a_company_that_the_title_names_is_not_said_twice(qapp: object) -> None:
    assert qapp
    scene = scene_of(FULL)
    assert "Dell" not in words(scene.typesetter.face(card(scene, "dell"), Face.CONTENT)).replace("Le cas Dell", "")


def test_a_long_value_is_a_field_and_not_a_pill(qapp: object) -> None:
    assert qapp
    long = "les jeux de construction pour les enfants, leurs parents et les grands-parents"
    scene = scene_of(FULL.replace("jouets", long))
    display = scene.typesetter.face(card(scene), Face.CONTENT)
    assert "Secteur" in words(display)
    assert "grands-parents" in words(display)
    check(display, display.bounds)


def test_with_children_it_keeps_to_its_left(qapp: object) -> None:
    assert qapp
    scene = scene_of(FULL + "\n### Exercice\n\nÀ deux.\n")
    place = scene.canvas.places[card(scene)]
    child = scene.canvas.places[place.children[0]]
    for page in range(scene.typesetter.pages(place.index)):
        display = scene.typesetter.face(place.index, Face.CONTENT, page)
        check(display, display.bounds)
        for text in ("On s’assied", "Sources"):
            boxes = line_boxes(item_with(display, text))
            beside = [box for box in boxes if box.y < child.transform.y + 1000 * child.transform.scale]
            assert all(box.right <= child.transform.x for box in beside)


def test_a_lesson_alone_takes_the_place_of_the_fields(qapp: object) -> None:
    assert qapp
    scene = scene_of("/// case\n    company: Lego\n    leçon: Écouter.\n///\n")
    display = scene.typesetter.face(card(scene), Face.CONTENT)
    assert line_boxes(item_with(display, "Écouter"))[0].y < 600


def test_a_card_is_drawn_anew_when_a_case_it_names_changes(qapp: object) -> None:
    assert qapp
    text = f"# Exposé\n\n## Un cas\n\n{FULL}\n## Autre\n\n{OTHER.format(name='Dell')}"
    first, renamed, reworded = (
        build_scene(read(each.encode()))
        for each in (text, text.replace("company: Dell", "company: Big Blue"), text.replace("Rien", "Tout"))
    )
    place = 1
    assert Signatures(first).own(place) != Signatures(renamed).own(place)
    assert "Big Blue" in words(renamed.typesetter.face(place, Face.CONTENT))
    shown = [words(scene.typesetter.face(place, Face.CONTENT)) for scene in (first, reworded)]
    assert shown[0] == shown[1]


def test_a_term_that_is_taken_out_of_an_export_is_out_of_the_list(qapp: object) -> None:
    assert qapp
    front = "---\nlang: fr\nredact: {Dell: un client}\n---\n"
    text = f"{front}# Exposé\n\n## Un cas {{#cas}}\n\n{FULL}\n## Autre\n\n{OTHER.format(name='Dell')}"
    shown = (build_scene(read(text.encode()), exported=exported) for exported in (False, True))
    told, handed = (words(scene.typesetter.face(card(scene), Face.CONTENT)) for scene in shown)
    assert "Voir aussi\u00a0: Dell" in told
    assert "Dell" not in handed
    assert "un client" in handed.lower()
