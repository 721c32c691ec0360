"""Templates of drafts (Jinja2): those that come with the program, or one of the author's own.

A template is text that somebody may have got from elsewhere: it reaches the values it is given and nothing else, and
includes only what comes with the program.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from atelier.foundation.errors import InputError
from atelier.foundation.resources import DRAFTS
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def bundled_template(name: str) -> str:
    """The template of that name that comes with the program, such as `hugo.md`."""
    return (DRAFTS / name).read_text(encoding="utf-8")


def filled(template: str, values: Mapping[str, Any], filters: Mapping[str, Callable[..., str]]) -> str:
    """`template` with its values. Raises InputError where it cannot be used, with the line where that is known.

    Lines that hold statements alone leave none behind.
    """
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(DRAFTS),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        autoescape=False,
    )
    environment.filters |= {"yaml": yaml_value, **filters}
    try:
        written: str = environment.from_string(template).render(**values)
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        line = getattr(error, "lineno", None)
        message = _("The template cannot be used: {reason}").format(reason=str(error)[:200])
        if line:
            message = _("Line {n} of the template cannot be used: {reason}").format(n=line, reason=str(error)[:200])
        raise InputError(message, _("Correct it, or leave it out: then the program's own is used.")) from error
    return written.strip("\n") + "\n"


def yaml_value(value: Any) -> str:
    """A value as YAML has it in one line: JSON is YAML 1.2, and every text in it stands in quotation marks."""
    return json.dumps(value, ensure_ascii=False, default=str)
