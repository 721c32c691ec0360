"""Which lines put other frames in, and which only look like it."""

from __future__ import annotations

import pytest

from atelier.markup.scanner import scan
from atelier.markup.source import SourceEmbed


def embeds(text: str) -> list[SourceEmbed]:
    return [each for frame in scan(text).frames for each in frame.embeds]


@pytest.mark.parametrize(
    ("line", "target", "part"),
    [
        ("![[lego]]", "lego", ""),
        ("![[cases/lego.md]]  ", "cases/lego.md", ""),
        ("![[cases/lego#Result]]", "cases/lego", "Result"),
        ("![[lego#A#B|words]]", "lego", "A#B"),
        ("![[#Result]]", "", "Result"),
        ("![[version 1.2]]", "version 1.2", ""),
    ],
)
def test_a_line_of_its_own(line: str, target: str, part: str) -> None:
    assert embeds(f"# T\n\n{line}\n\nText.\n") == [SourceEmbed(target, part, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "As in ![[lego]] here.",
        "![[brick.png]]",
        "![[film.mp4]]",
        "![[]]",
        "[[lego]]",
        "- ![[lego]]",
        "> ![[lego]]",
        "    ![[lego]]",
        "```\n![[lego]]\n```",
        "<!--\n![[lego]]\n-->",
        "%%\n![[lego]]\n%%",
        "/// notes\n![[lego]]\n///",
        "/// private\n\n![[lego]]\n\n///",
        "/// columns\n//// column\n![[lego]]\n////\n///",
        "/// nonsense\n![[lego]]\n///",
        "The client said no.\n![[lego]]\nAnd that was all.\n{: .private }",
    ],
)
def test_no_line_of_its_own(text: str) -> None:
    assert embeds(f"# T\n\n{text}\n") == []


def test_each_belongs_to_the_frame_it_stands_in() -> None:
    frames = scan("![[a]]\n\n# T\n\nText\n![[b]]\n\n## U\n![[c]]\n![[d]]\n").frames
    assert [[(each.target, each.line) for each in frame.embeds] for frame in frames] == [
        [("a", 1)],
        [("b", 6)],
        [("c", 9), ("d", 10)],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "![[lego]]{.private}",
        "![[lego]] {: .private }",
        "![[lego]]\n{: .private }",
        "![[lego]]\n\n{: .private }",
        "![[lego]]\n{.Private foo",
    ],
)
def test_a_private_mark_is_for_what_is_put_in(text: str) -> None:
    found = scan(f"# T\n\nSeen.\n\n{text}\n")
    assert all(each.private for frame in found.frames for each in frame.embeds)
    assert "{:" not in found.frames[0].text.replace("![[lego]] {: .private }", "")


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("![[a]]\n![[b]]{.private}", [False, True]),
        ("![[a]]{.private}\n![[b]]", [True, False]),
        ("![[a]]\n![[b]]\n{: .private }", [True, True]),
        ("![[a]]{.private}\n![[b]]\n\n{: .private }", [True, True]),
    ],
)
def test_a_private_mark_behind_a_line_is_for_that_line(text: str, private: list[bool]) -> None:
    found = scan(f"# T\n\n{text}\n")
    assert [each.private for each in found.frames[0].embeds] == private
