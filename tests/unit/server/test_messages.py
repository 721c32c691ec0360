"""What is not exactly a message is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.server.messages import (
    ACTS,
    LONGEST_LINE,
    LONGEST_MESSAGE,
    Act,
    Ask,
    ChangePin,
    Done,
    Failed,
    LetAdvance,
    Lifted,
    Message,
    Open,
    Order,
    Point,
    Ready,
    Remove,
    Report,
    Roll,
    Show,
    message_json,
    order_line,
    read_message,
    read_order,
    read_pin,
    read_report,
    read_token,
    report_line,
)
from atelier.server.remotes import Known

SHARE = st.floats(min_value=0, max_value=1)
MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.sampled_from([Act(name) for name in ACTS]), st.builds(Point, SHARE, SHARE), st.just(Lifted()), st.just(Ask())
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(["act", "laser", "ask", "pin", "token", "ready", "failed", "remotes", "shut", "from", "did"])


@given(MESSAGES)
def test_a_message_is_read_as_it_was_meant(message: Message) -> None:
    assert read_message(json.dumps(message_json(message))) == message


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_any_bytes_are_a_message_or_nothing(raw: str | bytes) -> None:
    assert read_message(raw) is None or len(raw) <= LONGEST_MESSAGE
    read_pin(raw)
    read_token(raw)
    read_report(raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace"))


@given(st.dictionaries(NAMES, JSON, max_size=3))
def test_any_json_is_a_message_or_nothing(value: dict[str, object]) -> None:
    text = json.dumps(value)
    found = read_message(text)
    assert found is None or message_json(found) == value
    pin, token = read_pin(text), read_token(text)
    assert pin is None or value == {"pin": pin}
    assert token is None or value == {"token": token}
    report = read_report(text.encode())
    assert report is None or isinstance(report, Ready | Failed | Roll | Done)


@pytest.mark.parametrize(
    "text",
    [
        '{"act": "quit"}',
        '{"act": "next", "act2": 1}',
        '{"act": ["next"]}',
        '{"laser": [0.5]}',
        '{"laser": [0.5, 1.5]}',
        '{"laser": [NaN, 0]}',
        '{"laser": [Infinity, 0]}',
        '{"laser": [true, false]}',
        '{"laser": ["0", "0"]}',
        '{"ask": 1}',
        "[" * 200,
        '{"act": "next"}' + " " * 300,
        "9" * 250,
        "\ud800",
    ],
)
def test_what_nobody_meant_is_nothing(text: str) -> None:
    assert read_message(text) is None


@pytest.mark.parametrize("pin", ["12345", "1234567", "12345a", "１２３４５６", "123456\n", " 12345", 123456, None])
def test_a_pin_is_six_digits(pin: object) -> None:
    assert read_pin(json.dumps({"pin": pin})) is None
    assert read_pin('{"pin": "012345"}') == "012345"


REPORTS: list[Report] = [
    Ready(40000),
    Failed("no such address"),
    Roll(
        (Known(1, "iPhone", "192.168.1.2", advances=True), Known(2, "", "10.0.0.7", asks=True, here=False)), shut=True
    ),
    Done(3, Act("next")),
    Done(3, Point(0.25, 1.0)),
    Done(3, Lifted()),
    Done(3, Ask()),
]
ORDERS: list[Order] = [
    Open("127.0.0.1", "123456", "fr"),
    Show({"title": "Été \u2028 <b>"}),
    LetAdvance(2),
    Remove(1),
    ChangePin("000000"),
]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: type(report).__name__)
def test_a_report_arrives_as_one_line(report: Report) -> None:
    line = report_line(report)
    assert line.count(b"\n") == 1
    assert read_report(line) == report


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: type(order).__name__)
def test_an_order_arrives_as_one_line(order: Order) -> None:
    line = order_line(order)
    assert line.count(b"\n") == 1
    assert read_order(line) == order


def test_a_line_without_end_is_not_read() -> None:
    assert read_report(b'{"failed": "' + b"x" * LONGEST_LINE + b'"}') is None
