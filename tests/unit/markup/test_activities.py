"""The activities of a text: what their blocks become, and what is said of those that cannot be used."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.deck.loading import read
from atelier.markup import activities as kinds
from atelier.markup.audience import visible
from atelier.markup.blocks import Activity, plain_text
from atelier.markup.blockspec import ACTIVITIES
from atelier.markup.words import words

from .markup_reading import content, only

OPTIONS = sorted({option for options in ACTIVITIES.values() for option in options})


def activity(text: str, lang: str = "en") -> Activity:
    return only(text, Activity, lang)


def codes(text: str) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in content(text).diagnostics]


def test_a_poll_and_what_all_activities_share() -> None:
    poll = activity(
        "/// poll | Quels *outils* ?\n    id: outils\n    minutes: 4\n    multiple: oui\n    anonymous: true\n\n"
        "Un mot d’abord.\n\n- un blog\n- un wiki\n///\n",
        "fr",
    )
    assert (plain_text(poll.title), poll.id, poll.minutes, poll.anonymous) == (
        "Quels outils\u202f?",
        "outils",
        4.0,
        True,
    )
    assert isinstance(poll.task, kinds.Poll)
    assert poll.task.multiple
    assert [plain_text(answer) for answer in poll.task.answers] == ["un blog", "un wiki"]
    assert words(poll.blocks) == "Un mot d’abord."


def test_places_have_two_axes_and_levels_have_subjects() -> None:
    place = activity("/// place | Where?\n    x: rarely -> often\n    y: [low, high]\n\n- a\n///\n").task
    assert isinstance(place, kinds.Place)
    assert [plain_text(end) for end in (place.x.low, place.x.high, place.y.low, place.y.high)] == [
        "rarely",
        "often",
        "low",
        "high",
    ]
    levels = activity("/// levels | Where?\n    subjects: us, them\n\n- a\n- b\n///\n").task
    assert isinstance(levels, kinds.Levels)
    assert [plain_text(one) for one in levels.subjects] == ["us", "them"]


def test_rounds_have_times_of_their_own_or_share_what_is_left() -> None:
    text = "/// rounds | Write\n    minutes: 30\n\n- Write, 15 min\n- Read (5 min)\n- Write again\n///\n"
    rounds = activity(text).task
    assert isinstance(rounds, kinds.Rounds)
    assert [(plain_text(each.words), each.minutes) for each in rounds.rounds] == [
        ("Write", 15.0),
        ("Read", 5.0),
        ("Write again", 10.0),
    ]
    french = activity("/// rounds | É\n\n- Écrire, 1,5 min\n- La semaine 12\n///\n", "fr").task
    assert isinstance(french, kinds.Rounds)
    assert [each.minutes for each in french.rounds] == [1.5, None]


def test_a_form_has_themes() -> None:
    form = activity("/// form | Q\n    points: 0\n\n- Goals\n    - a?\n    - b?\n- c?\n///\n").task
    assert isinstance(form, kinds.Form)
    assert form.points == 0
    assert [(plain_text(t.title), [plain_text(q) for q in t.questions]) for t in form.themes] == [
        ("Goals", ["a?", "b?"]),
        ("", ["c?"]),
    ]


def test_the_audience_does_not_learn_which_answer_is_right() -> None:
    text = "/// quiz | Who?\n\n- [ ] Tim\n- [x] Ward\n///\n"
    quiz = activity(text)
    assert isinstance(quiz.task, kinds.Quiz)
    assert [answer.right for answer in quiz.task.answers] == [False, True]
    (seen,) = visible((quiz,), "", "en")
    assert isinstance(seen, Activity)
    assert isinstance(seen.task, kinds.Quiz)
    assert not any(answer.right for answer in seen.task.answers)
    assert words((quiz,)) == "Who?\nTim\nWard"


def test_private_words_of_an_activity_are_the_speakers() -> None:
    poll = activity("/// poll | Which *client*{.private}?\n\n- *Acme*{.private} one\n- two\n///\n")
    assert "client" in words((poll,))
    assert "client" not in words(visible((poll,), "", "en"))
    assert "Acme" not in words(visible((poll,), "", "en"))


def test_nothing_in_an_activity_takes_an_advance() -> None:
    found = content("/// poll | Which?\n\n- a\n- b\n{: .steps }\n///\n\n- c\n- d\n{: .steps }\n")
    assert found.steps == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/// poll | Q\n///\n", "activity-answers"),
        ("/// poll | Q\n\n" + "- a\n" * 13 + "///\n", "activity-answers"),
        ("/// scale | Q\n\n- one\n///\n", "activity-answers"),
        ("/// words | Q\n    minutes: soon\n///\n", "activity-value"),
        ("/// words | Q\n    minutes: -3\n///\n", "activity-value"),
        ("/// words | Q\n    id: a b\n///\n", "activity-value"),
        ("/// vote | Q\n    dots: 900\n\n- a\n- b\n///\n", "activity-value"),
        ("/// scale | Q\n    from: 5\n    to: 5\n///\n", "activity-value"),
        ("/// groups | Q\n    size: 3\n    count: 3\n///\n", "activity-value"),
        ("/// place | Q\n    x: a -> b\n\n- c\n///\n", "activity-axis"),
        ("/// quiz | Q\n\n- a\n- b\n///\n", "quiz-unmarked"),
        ("/// rounds | Q\n    minutes: 5\n\n- a, 10 min\n///\n", "activity-minutes"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_shown(text: str, code: str) -> None:
    assert codes(text) == [(code, 2)]
    assert plain_text(activity(text).title) == "Q"


def test_an_option_that_there_is_not_hides_the_block_and_names_the_nearest() -> None:
    text = "/// poll | Q\n    minuts: 3\n\n- a\n- b\n///\n"
    assert content(text).blocks == ()
    (each,) = read(f"# T\n{text}".encode()).diagnostics
    assert (each.code, each.line) == ("block-option", 2)
    assert "minutes" in each.hint


def test_an_unreadable_anonymous_keeps_names_out() -> None:
    assert activity("/// words | Q\n    anonymous: maybe\n///\n").anonymous


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(ACTIVITIES)),
    st.lists(st.tuples(st.sampled_from(OPTIONS), st.text(max_size=12)), max_size=4),
    st.lists(st.text(max_size=20), max_size=6),
)
def test_any_activity_is_read(kind: str, options: list[tuple[str, str]], items: list[str]) -> None:
    head = "".join(f"    {key}: {value}\n" for key, value in options)
    text = f"/// {kind} | Q\n{head}\n" + "".join(f"- {item}\n" for item in items) + "///\n"
    found = content(text)
    words(visible(found.blocks, "", "en"))
