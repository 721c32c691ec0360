"""What an attribute list says of the block above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from atelier.markup.lines import Attributes


@dataclass(frozen=True, slots=True)
class Traits:
    """`one_step` is `.step`, `steps` is `.steps`; `classes` are the others, for the theme."""

    classes: tuple[str, ...] = ()
    lang: str = ""
    one_step: bool = False
    steps: bool = False
    private: bool = False


class Common(TypedDict):
    """The fields every block takes from its traits and its place."""

    step: int
    classes: tuple[str, ...]
    lang: str


NO_TRAITS = Traits()
_MEANT = frozenset({"step", "steps", "private", "plain"})


def read_traits(pairs: Attributes) -> Traits:
    words = [word for key, value in pairs if key == "class" for word in value.split()]
    return Traits(
        classes=tuple(word for word in words if word not in _MEANT),
        lang=next((value for key, value in pairs if key == "lang"), ""),
        one_step="step" in words,
        steps="steps" in words,
        private="private" in words,
    )


def joined_traits(one: Traits, other: Traits) -> Traits:
    return Traits(
        one.classes + other.classes,
        one.lang or other.lang,
        one.one_step or other.one_step,
        one.steps or other.steps,
        one.private or other.private,
    )
