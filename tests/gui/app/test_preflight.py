"""What is said of a deck before it is given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import pytest

from atelier.app.machine import Point, State
from atelier.app.preflight import POINTS, examine_deck

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>'


def examined(folder: Path, text: str) -> dict[str, Point]:
    file = folder / "talk.md"
    file.write_text(text, encoding="utf-8")
    points = examine_deck(file)
    assert json.dumps([point.facts for point in points])
    return {point.name: point for point in points}


def test_a_deck_that_is_ready_says_so_point_by_point(tmp_path: Path) -> None:
    (tmp_path / "cake.svg").write_text(PICTURE, encoding="utf-8")
    (tmp_path / "more.md").write_text("# More\n\nWords.\n", encoding="utf-8")
    points = examined(
        tmp_path,
        "---\nlang: en\nminutes: 10\n---\n# Cake\n\n## One {minutes=4}\n\n![A cake](cake.svg)\n\n"
        "Credit: [two](#two)\n\n![[more.md]]\n\n## Two {#two minutes=4}\n\n[Elsewhere](https://example.org/)\n",
    )
    assert len(points) == POINTS
    assert {point.state for point in points.values()} == {State.OK}
    assert points["deck"].words == "“Cake”: 4 frames, 1 path."
    assert points["pictures"].words == "The one picture is there."
    assert points["embedded"].words == "The one file that is put in is there."
    assert points["deck-media"].words == "It plays no film and no sound."
    assert points["links"].words.startswith("Links: 1 to its frames, 1 to addresses")
    assert points["times"].words == "Planned: “all frames” 10 min."


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    points = examined(
        tmp_path,
        "# A\n\n![Gone](gone.png)\n\n![Gone too](lost.png)\n\n![A film](film.webm)\n\n"
        "![[other.md]]\n\n[there](#nowhere)\n",
    )
    for name, words in (
        ("pictures", "2 pictures cannot be shown. There is no file “gone.png”. There is no file “lost.png”."),
        ("deck-media", "1 film or sound cannot be played."),
        ("embedded", "1 file cannot be put in."),
        ("links", "1 link leads nowhere."),
    ):
        assert points[name].state is State.WARNING
        assert points[name].words.startswith(words)
        assert points[name].advice
    lost = cast("list[dict[str, Any]]", points["pictures"].facts["lost"])
    assert [(each["line"], each["code"]) for each in lost] == [(3, "picture-missing"), (5, "picture-missing")]
    assert points["findings"].state is State.WARNING


def test_an_error_keeps_it_from_being_given(tmp_path: Path) -> None:
    points = examined(tmp_path, "# A\n\n/// nonsense\nThis is hidden.\n///\n")
    assert points["findings"].state is State.PROBLEM
    assert points["findings"].facts["error"] == 1
    assert "atelier check --layout" in points["findings"].advice


def test_a_path_planned_for_more_than_it_may_take_is_named_with_both_times(tmp_path: Path) -> None:
    points = examined(
        tmp_path,
        "---\npaths:\n  short: {minutes: 5, stops: [one]}\n---\n# A\n\n## One {#one minutes=9}\n\n## Two {minutes=2}\n",
    )
    assert points["times"].state is State.WARNING
    assert points["times"].words == "“short” is planned for 9 min and may take 5 min."
    paths = cast("list[dict[str, Any]]", points["times"].facts["paths"])
    assert [(path["name"], path["planned_minutes"], path["minutes"]) for path in paths] == [
        ("", 11.2, None),
        ("short", 9.0, 5.0),
    ]


def test_what_is_private_is_in_none_of_it(tmp_path: Path) -> None:
    points = examined(tmp_path, "# A\n\n## Seen\n\n## Hidden {.private}\n\n[x](https://secret.example/)\n")
    assert points["deck"].facts["frames"] == 2
    assert points["links"].words == "It has no links."
    assert "secret" not in " ".join(point.words for point in points.values())


def test_a_deck_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    (only,) = examine_deck(tmp_path / "nowhere.md")
    assert only.state is State.PROBLEM
    assert "nowhere.md: There is no such file." in only.words


def test_whoever_stops_it_waits_no_longer(tmp_path: Path) -> None:
    file = tmp_path / "talk.md"
    file.write_text("# A\n\n## B\n", encoding="utf-8")

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        examine_deck(file, stop)
