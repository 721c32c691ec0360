"""Guesses at a PIN and messages are counted, whoever sends them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.server.limits import MINUTE, MOST_ADDRESSES, MOST_WRONG, MOST_WRONG_IN_ALL, Bucket, PinGate

PIN = "123456"


def test_five_wrong_pins_within_a_minute_make_an_address_wait() -> None:
    gate = PinGate(PIN)
    verdicts = [gate.judge("a", "000000", float(second)) for second in range(MOST_WRONG)]
    assert [verdict.wait for verdict in verdicts] == [0, 0, 0, 0, MINUTE]
    assert not gate.judge("a", PIN, 30.0).right, "the right one does not count while it waits"
    assert gate.judge("a", PIN, 30.0).wait == MINUTE - 26
    assert gate.judge("b", PIN, 30.0).right, "another address does not wait"
    assert gate.judge("a", PIN, 65.0).right


def test_wrong_pins_far_apart_make_nobody_wait() -> None:
    gate = PinGate(PIN)
    assert all(not gate.judge("a", "000000", second * 20.0).wait for second in range(20))


def test_a_pin_that_was_guessed_at_too_often_lets_nobody_in_before_there_is_another() -> None:
    gate = PinGate(PIN)
    for n in range(MOST_WRONG_IN_ALL):
        gate.judge(f"address {n}", "000000", 0.0)
    assert gate.shut
    assert not gate.judge("new", PIN, 1.0).right
    assert gate.judge("new", PIN, 1.0).shut
    gate.change("654321")
    assert not gate.judge("new", PIN, 1.0).right
    assert gate.judge("new", "654321", 1.0).right


def test_the_addresses_of_the_world_take_no_memory() -> None:
    gate = PinGate(PIN)
    for n in range(5 * MOST_ADDRESSES):
        gate.change(PIN)
        gate.judge(f"address {n}", "000000", 0.0)
    assert gate.addresses <= MOST_ADDRESSES


@given(st.lists(st.floats(min_value=0, max_value=100), max_size=200))
def test_a_bucket_lets_through_no_more_than_its_rate(moments: list[float]) -> None:
    bucket = Bucket(rate=2.0, burst=3.0)
    passed = [moment for moment in sorted(moments) if bucket.take(moment)]
    for start in passed:
        within = sum(1 for moment in passed if start <= moment < start + 10)
        assert within <= 3 + 2 * 10 + 1


def test_a_clock_that_runs_back_gives_nothing() -> None:
    bucket = Bucket(rate=1.0, burst=1.0)
    assert bucket.take(10.0)
    assert not bucket.take(5.0)
