"""Words on streams that cannot take all of them."""

from __future__ import annotations

import io
import sys

import pytest
from rich.text import Text

from atelier.cli.streams import console, prepare_streams, say, wrapped


def written(monkeypatch: pytest.MonkeyPatch, encoding: str, words: str) -> bytes:
    """What reaches a stdout of that encoding."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding, newline="\n"))
    prepare_streams()
    say(words)
    sys.stdout.flush()
    return raw.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp850", "cp1252", "latin-1", "utf-8"])
def test_no_encoding_makes_words_fail(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    out = written(monkeypatch, encoding, "“cake”… 1 → 2 ━█ ✓ 漢 \U0001f600 œuf Ș\n")
    assert out.endswith(b"\n")


def test_ascii_spells_what_it_has_no_sign_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(monkeypatch, "ascii", "“gâteau”… l’œuf → 漢") == b'"gateau"... l\'oeuf -> ?'


def test_a_file_name_that_is_not_utf8_is_given_back_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(monkeypatch, "utf-8", "caf\udce9.md") == b"caf\xe9.md"


def test_a_stdout_that_was_closed_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    prepare_streams()
    say("words")


@pytest.mark.parametrize("width", range(10, 40))
def test_no_line_ends_before_a_sign_that_french_sets_apart(width: int) -> None:
    words = "Les polices du programme sont là\u202f; 76\u00a0Go sont libres, dit «\u202foui\u202f»."
    lines = [line.plain for line in wrapped(Text(words, "bold"), console(), width)]
    assert " ".join(line.rstrip(" ") for line in lines) == words
    assert not any(line.startswith((";", "Go", "»", "oui")) for line in lines)
