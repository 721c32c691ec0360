"""What a run of the program tells the window that started it: a line of JSON each on stderr, among words for people.

A window starts the program again for work that would hold it up, with `VARIABLE` set. It is told how far the work is,
asked what only a person can decide, which it answers by a line on stdin, and told why nothing came of it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias

VARIABLE: Final = "ATELIER_PROGRESS"
"""The environment variable: `json` where a program reads stderr."""
LONGEST_LINE: Final = 1024 * 1024
"""Bytes of a line; a longer one is words."""
MOST_DIFFERENCE: Final = 100_000
"""Characters of a difference that are handed over."""
REPLACE, KEEP = "replace", "keep"
"""What a `PostQuestion` is answered."""
LOGIN: Final = "login"
"""What a `Failure` may be about: the name and password given."""
_COUNT: Final = 2**53


@dataclass(frozen=True, slots=True)
class Progress:
    """`words` say `done` of `total` with their noun."""

    what: str
    words: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Question:
    """A file where its author and a new draft changed the same; `difference` is empty for what is no text."""

    file: str
    difference: str


@dataclass(frozen=True, slots=True)
class PostQuestion:
    """A post on a site that is not as it was sent; `words` say what is so, `link` is where to look at it."""

    words: str
    link: str


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong, what to do about it, and where it is; `about` names what was given and is wrong: `LOGIN`."""

    message: str
    hint: str = ""
    where: str = ""
    about: str = ""


RunMessage: TypeAlias = Progress | Question | PostQuestion | Failure
_KINDS: Final[dict[str, type[RunMessage]]] = {
    "progress": Progress,
    "question": Question,
    "post": PostQuestion,
    "failure": Failure,
}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


def is_for_a_program() -> bool:
    """Whether this process was started to be read by a program."""
    return os.environ.get(VARIABLE) == "json"


def line_of(message: RunMessage) -> str:
    """A message as its line."""
    if isinstance(message, Question) and len(message.difference) > MOST_DIFFERENCE:
        message = Question(message.file, message.difference[:MOST_DIFFERENCE])
    # a name that is not UTF-8 on disk comes as lone surrogates, which only the ASCII form of JSON can hold
    return json.dumps({_NAMES[type(message)]: asdict(message)}, ensure_ascii=True) + "\n"


def message_of(line: bytes) -> RunMessage | None:
    """The message in a line; None for words."""
    if not line.startswith(b"{") or len(line) > LONGEST_LINE:
        return None
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match value:
        case {"progress": {"what": str(what), "words": str(words), "done": int(done), "total": int(total)}}:
            return Progress(what, words, done, total) if 0 <= done <= total < _COUNT else None
        case {"question": {"file": str(file), "difference": str(difference)}}:
            return Question(file, difference)
        case {"post": {"words": str(words), "link": str(link)}}:
            return PostQuestion(words, link)
        case {"failure": {"message": str(message), "hint": str(hint), "where": str(where), "about": str(about)}}:
            return Failure(message, hint, where, about)
        case _:
            return None
