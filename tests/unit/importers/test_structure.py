"""Which slides lie in which."""

from __future__ import annotations

from atelier.importers.structure import depths, has_root
from atelier.importers.types import Slide

PRIVATE = (("class", "private"),)


def _slides(*given: tuple[int, str] | Slide) -> list[Slide]:
    return [
        each if isinstance(each, Slide) else Slide(number=n, title=f"{n}", level=each[0], body=each[1])
        for n, each in enumerate(given, 1)
    ]


def test_levels_nest_where_the_upper_ones_say_little() -> None:
    slides = _slides((1, ""), (2, "x"), (3, "y"), (2, "z"), (1, "short"), (3, "w"))
    assert depths(slides, first=2) == [2, 3, 4, 3, 2, 3]


def test_levels_of_slides_with_much_on_them_are_only_sizes() -> None:
    long = "\n".join("text" for _line in range(8))
    slides = _slides((1, long), (2, "x"), (1, long), (1, long), (2, "y"))
    assert depths(slides, first=2) == [2, 2, 2, 2, 2]


def test_bare_titles_part_the_slides_where_they_are_few() -> None:
    assert depths(_slides((1, ""), (1, "x"), (1, "y"), (1, ""), (1, "z"), (1, "u")), first=2) == [2, 3, 3, 2, 3, 3]
    assert depths(_slides((1, ""), (1, "x"), (1, ""), (1, ""), (1, "y")), first=2) == [2] * 5
    assert depths(_slides((1, "x"), (1, ""), (1, "y"), (1, "z")), first=2) == [2] * 4


def test_nothing_lies_in_a_private_slide() -> None:
    hidden = Slide(number=1, title="hidden", level=1, depth=0, attributes=PRIVATE)
    inner = Slide(number=2, title="inner", level=2, depth=1, body="x")
    assert depths([hidden, inner, inner, hidden], first=2) == [2, 2, 2, 2]
    assert not has_root([hidden, inner])


def test_the_first_slide_is_the_whole_where_it_is_a_title() -> None:
    assert has_root(_slides((1, "by me"), (2, "x")))
    assert not has_root(_slides((2, "by me"), (1, "x")))
    assert not has_root([Slide(number=1, body="no title")])
    assert not has_root(_slides((1, "| a |\n|---|\n| 1 |"), (1, "x")))
