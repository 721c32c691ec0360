"""Who is connected, and which one of them may advance."""

from __future__ import annotations

from atelier.server.remotes import ACTS_A_SECOND, AWAY, MOST, Remotes, kind_of


def joined(remotes: Remotes, now: float = 0.0) -> tuple[str, int]:
    found = remotes.join("Android", "192.168.1.2", now)
    assert found is not None
    return found


def test_the_first_one_may_advance_and_the_others_read() -> None:
    remotes = Remotes()
    _token, first = joined(remotes)
    _token, second = joined(remotes)
    assert remotes.may_act(first, 0.0)
    assert not remotes.may_act(second, 0.0)
    assert not remotes.may_point(second, 0.0)


def test_one_at_most_advances() -> None:
    remotes = Remotes()
    ids = [joined(remotes)[1] for _n in range(3)]
    for chosen in (ids[2], ids[1], 0):
        remotes.let_advance(chosen)
        assert [known.id for known in remotes.all(0.0) if known.advances] == [id_ for id_ in ids if id_ == chosen]


def test_nobody_takes_over_from_one_that_was_removed() -> None:
    remotes = Remotes()
    token, first = joined(remotes)
    remotes.remove(first)
    assert remotes.find(token, 0.0) is None
    _token, second = joined(remotes)
    assert not remotes.may_act(second, 0.0)


def test_asking_says_something_new_once_until_it_is_answered() -> None:
    remotes = Remotes()
    joined(remotes)
    _token, second = joined(remotes)
    assert remotes.ask(second, 0.0)
    assert not remotes.ask(second, 100.0)
    remotes.let_advance(0)
    assert remotes.ask(second, 200.0)
    remotes.let_advance(0)
    assert not remotes.ask(second, 201.0), "it insists"


def test_tokens_are_no_two_alike_and_not_kept() -> None:
    remotes = Remotes()
    tokens = {joined(remotes)[0] for _n in range(MOST)}
    assert len(tokens) == MOST
    assert all(len(token) >= 40 for token in tokens)
    assert not any(token in repr(vars(remotes)) for token in tokens)


def test_one_that_went_makes_room_but_never_the_one_that_advances() -> None:
    remotes = Remotes()
    tokens = [joined(remotes, float(n))[0] for n in range(MOST)]
    assert remotes.join("", "192.168.1.9", 5.0) is None
    later = MOST + 2 * AWAY
    assert remotes.join("", "192.168.1.9", later) is not None
    assert remotes.find(tokens[0], later) == 1, "it may advance"
    assert remotes.find(tokens[1], later) is None


def test_one_with_a_socket_is_here_however_long_it_says_nothing() -> None:
    remotes = Remotes()
    _token, id_ = joined(remotes)
    remotes.count_socket(id_, 1, 0.0)
    assert remotes.all(1000.0)[0].here
    remotes.count_socket(id_, -1, 1000.0)
    assert remotes.all(1000.0 + AWAY / 2)[0].here
    assert not remotes.all(1000.0 + 2 * AWAY)[0].here


def test_acts_are_no_faster_than_a_person() -> None:
    remotes = Remotes()
    _token, id_ = joined(remotes)
    assert sum(remotes.may_act(id_, 0.0) for _n in range(100)) == ACTS_A_SECOND


def test_what_a_browser_says_of_itself_never_reaches_the_speaker() -> None:
    assert kind_of("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)") == "iPhone"
    assert kind_of("Mozilla/5.0 (Linux; Android 14; Pixel 8)") == "Android"
    assert kind_of("<b>the boss's telephone</b>") == ""
