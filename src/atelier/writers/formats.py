"""The formats a draft can be written in, by the names they have on the command line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from atelier.writers.templates import bundled_template

if TYPE_CHECKING:
    from atelier.draft.types import Article
    from atelier.writers.types import Means, Written

_WRITERS: Final = {
    "markdown": ("text", "write_markdown", "markdown.md"),
    "hugo": ("text", "write_hugo", "hugo.md"),
    "jekyll": ("text", "write_jekyll", "jekyll.md"),
    "html": ("html", "write", "html.html"),
    "wordpress": ("wxr", "write", "wordpress.html"),
    "ghost": ("ghost", "write", "ghost.html"),
    "docx": ("docx", "write", ""),
}
"""Module and function of each, and its template, where it has one."""
FORMATS: Final = tuple(_WRITERS)
TEMPLATED: Final = tuple(name for name, (_module, _function, template) in _WRITERS.items() if template)
"""Those that have a template."""


def write(name: str, article: Article, means: Means) -> tuple[Written, ...]:
    """The files of a draft in the format `name`, the text first."""
    module, function, _template = _WRITERS[name]
    writer: Any = getattr(import_module(f"atelier.writers.{module}"), function)
    return writer(article, means)


def template_of(name: str) -> str:
    """The program's own template of one of `TEMPLATED`."""
    return bundled_template(_WRITERS[name][2])
