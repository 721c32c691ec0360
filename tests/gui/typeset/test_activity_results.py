"""What was counted, as it is set: a bar and a number for each answer, the most given in the accent colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from atelier.canvas.faces import Face
from atelier.deck.loading import read
from atelier.deck.theme import bundled_themes
from atelier.render.scene import build_scene
from atelier.typeset.display import BoxItem

from .typeset_reading import line_boxes, texts, words

if TYPE_CHECKING:
    from atelier.render.scene import Scene
    from atelier.typeset.display import DisplayList

KINDS = {
    "poll": "\n- Un blog\n- Un wiki\n- Rien\n",
    "quiz": "\n- [ ] Un blog\n- [x] Un wiki\n- [ ] Rien\n",
    "vote": "\n- Un blog\n- Un wiki\n- Rien\n",
    "levels": "\n- Un blog\n- Un wiki\n- Rien\n",
    "scale": "    to: 3\n\n- jamais\n- toujours\n",
}
LONG = "une réponse qui dit beaucoup de choses, bien plus que ce qui tient à côté d'une barre, et même davantage"


def scene_of(text: str, front: str = "lang: fr") -> Scene:
    return build_scene(
        read(f"---\n{front}\n---\n\n# All\n\n## Frame {{#frame}}\n\n{text}\n## Other\n\nText.\n".encode())
    )


def page(scene: Scene, number: int = 0) -> DisplayList:
    frame = scene.deck.frame("frame")
    assert frame is not None
    return scene.typesetter.face(scene.canvas.place_of[frame.index], Face.CONTENT, number)


def answered(text: str, name: str, *counts: int, front: str = "lang: fr") -> DisplayList:
    scene = scene_of(text, front)
    return page(scene.with_results({"frame": {name: counts}}))


def bars(scene: Scene, shown: DisplayList) -> list[BoxItem]:
    """The bars in the accent colour."""
    accent = QColor(scene.theme.colours.accent)
    return [item for item in shown.items if isinstance(item, BoxItem) and item.fill == accent]


@pytest.mark.parametrize("theme", bundled_themes())
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_stands_whole_on_its_card(qapp: object, kind: str, theme: str) -> None:
    assert qapp
    text = f"/// {kind} | Quoi ?\n    minutes: 7\n{KINDS[kind]}///\n"
    shown = answered(text, f"{kind} 0", 14, 3, 1, front=f"lang: fr\ntheme: {theme}")
    said = words(shown)
    assert "18\u00a0points" in said or "18 points" in said if kind == "vote" else "18 réponses" in said
    assert {"14", "3", "1"} <= {*said.split()}
    assert not shown.diagnostics
    for item in texts(shown):
        for box in line_boxes(item):
            assert box.bottom <= shown.size.height
            assert box.right <= shown.size.width


def test_bars_are_shares_of_all_or_of_the_most_given(qapp: object) -> None:
    assert qapp
    lengths: list[float] = []
    for head in ("poll | ?", "poll | ?\n    multiple: true"):
        scene = scene_of(f"/// {head}\n{KINDS['poll']}///\n")
        (leader,) = bars(scene, page(scene.with_results({"frame": {"poll 0": (3, 1, 0)}})))
        lengths.append(leader.bounds.width)
    assert lengths[0] == pytest.approx(0.75 * lengths[1])


def test_those_given_most_share_the_accent_and_nobody_has_it_before_a_hand(qapp: object) -> None:
    assert qapp
    scene = scene_of(f"/// poll | ?\n{KINDS['poll']}///\n")
    assert len(bars(scene, page(scene.with_results({"frame": {"poll 0": (2, 2, 1)}})))) == 2
    empty = page(scene.with_results({"frame": {"poll 0": (0, 0, 0)}}))
    assert words(empty) == words(page(scene))


def test_a_quiz_does_not_say_which_answer_is_right(qapp: object) -> None:
    assert qapp
    texts_ = [f"/// quiz | ?\n\n- [{a}] Un blog\n- [{b}] Un wiki\n///\n" for a, b in (("x", " "), (" ", "x"))]
    one, other = (answered(text, "quiz 0", 3, 4).items for text in texts_)
    assert [(type(item), item.bounds) for item in one] == [(type(item), item.bounds) for item in other]


def test_a_private_answer_is_not_shown_and_the_others_keep_their_numbers(qapp: object) -> None:
    assert qapp
    shown = words(
        answered("/// poll | ?\n\n- Un blog\n- [Secret]{.private}\n- Rien\n///\n", "poll 0", 14, 5, 3)
    ).split()
    assert "Secret" not in shown
    assert {"14", "3"} <= {*shown}
    assert "5" not in shown
    assert {"17", "réponses"} <= {*shown}


@pytest.mark.parametrize("count", [2, 6, 7, 12])
@pytest.mark.parametrize("words_", ["court", LONG])
def test_answers_of_any_length_stand_whole(qapp: object, count: int, words_: str) -> None:
    assert qapp
    listed = "".join(f"- {n} {words_}\n" for n in range(count))
    scene = scene_of(f"/// poll | Quoi ?\n\n{listed}///\n")
    after = scene.with_results({"frame": {"poll 0": tuple(range(1, count + 1))}})
    frame = scene.deck.frame("frame")
    assert frame is not None
    place = scene.canvas.place_of[frame.index]
    shown = [page(after, number) for number in range(after.typesetter.pages(place))]
    said = " ".join(map(words, shown)).split()
    assert all(str(n) in said for n in range(count))
    for each in shown:
        assert all(box.bottom <= each.size.height for item in texts(each) for box in line_boxes(item))


def test_only_what_was_counted_anew_is_set_anew(qapp: object) -> None:
    assert qapp
    scene = scene_of(f"/// poll | Quoi ?\n{KINDS['poll']}///\n")
    other = scene.canvas.place_of[next(each.index for each in scene.deck.frames if each.title == "Other")]
    kept = scene.typesetter.face(other, Face.CONTENT)
    before = page(scene)
    after = scene.with_results({"frame": {"poll 0": (1, 0, 0)}})
    assert after.typesetter.face(other, Face.CONTENT) is kept
    assert page(after) != before
    assert page(scene) is before, "the scene that is shown until then stays as it was"
    assert after.canvas is scene.canvas


def test_an_edit_keeps_what_was_counted(qapp: object) -> None:
    assert qapp
    scene = scene_of("/// poll | Quoi ?\n    id: tools\n\n- Un blog\n- Un wiki\n///\n")
    counted = scene.with_results({"frame": {"tools": (4, 2)}})
    edited = read(
        b"# All\n\n## Moved {#frame}\n\nSome words.\n\n/// poll | What?\n    id: tools\n\n- A\n- B\n- C\n///\n"
    )
    shown = words(page(build_scene(edited, counted))).split()
    assert [word for word in shown if word.isdigit()][:3] == ["4", "2", "0"]


def test_in_a_text_read_from_the_right_bars_begin_there(qapp: object) -> None:
    assert qapp
    shares: list[tuple[float, float]] = []
    for front in ("lang: fr", "lang: ar"):
        scene = scene_of(f"/// poll | ?\n{KINDS['poll']}///\n", front)
        (leader,) = bars(scene, page(scene.with_results({"frame": {"poll 0": (3, 1, 0)}})))
        across = page(scene).size.width
        shares.append((leader.bounds.x, across - leader.bounds.right))
    assert shares[1] == pytest.approx(shares[0][::-1], abs=12.0)
