"""The formats a draft can be written in, by the names they have on the command line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from atelier.draft.types import Article
    from atelier.writers.types import Means, Written

_WRITERS: Final = {
    "markdown": ("text", "write_markdown"),
    "hugo": ("text", "write_hugo"),
    "jekyll": ("text", "write_jekyll"),
    "docx": ("docx", "write"),
}
"""Module and function of each."""
FORMATS: Final = tuple(_WRITERS)
TEMPLATED: Final = ("markdown", "hugo", "jekyll")
"""Those that have a template."""


def write(name: str, article: Article, means: Means) -> tuple[Written, ...]:
    """The files of a draft in the format `name`, the text first."""
    module, function = _WRITERS[name]
    writer: Any = getattr(import_module(f"atelier.writers.{module}"), function)
    return writer(article, means)
