"""The `///` blocks there are, with the arguments and options each takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atelier.foundation.suggestions import did_you_mean
from atelier.foundation.translation import _
from atelier.markup.lines import indentation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEADER = re.compile(r"([\w-]+)[ \t]*(?:\|[ \t]*(.*))?$")
_OPTION = re.compile(r"([\w][\w' ’-]*?)[ \t\u00a0\u202f]*:(?:[ \t]+(.*))?$")
_PAIR = re.compile(r"""([\w-]+)\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([^,\s}]+))""")
_CONDITION = re.compile(r"""(path|lang)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))\s*""")
_DAY = re.compile(r"""(?:day\s*=\s*)?["']?0*([1-9]\d{0,2})["']?""")

CALLOUT_TYPES: Mapping[str, str] = {
    "note": "note", "info": "note", "abstract": "note", "example": "note", "question": "note", "quote": "note",
    "todo": "note", "summary": "note", "tldr": "note", "cite": "note", "faq": "note", "help": "note", "seealso": "note",
    "ok": "ok", "success": "ok", "tip": "ok", "hint": "ok", "done": "ok", "check": "ok",
    "warn": "warn", "warning": "warn", "caution": "warn", "danger": "warn", "attention": "warn", "error": "warn",
    "important": "warn", "bug": "warn", "failure": "warn", "fail": "warn", "missing": "warn",
}  # fmt: skip
"""Names people use for a callout, and which of the three kinds each is."""
_ADMONITIONS = frozenset(
    {"tip", "hint", "info", "warning", "caution", "danger", "attention", "important", "error", "success", "example"}
)
"""What `/// tip` and its like, as pymdown has them, are: callouts. Not `note`, which may be a misspelt `notes`."""


@dataclass(frozen=True, slots=True)
class _Spec:
    argument: bool = False
    options: frozenset[str] = frozenset()
    any_option: bool = False


_COLLECTED = frozenset({"id", "minutes", "anonymous"})
_LED = frozenset({"id", "minutes"})
ACTIVITIES: Mapping[str, frozenset[str]] = {
    "poll": _COLLECTED | {"multiple"},
    "scale": _COLLECTED | {"from", "to"},
    "words": _COLLECTED | {"most"},
    "stickies": _COLLECTED,
    "vote": _COLLECTED | {"dots"},
    "place": _COLLECTED | {"x", "y"},
    "levels": _COLLECTED | {"subjects"},
    "rank": _COLLECTED,
    "form": _COLLECTED | {"points"},
    "quiz": _COLLECTED | {"multiple"},
    "questions": _COLLECTED,
    "groups": _LED | {"size", "count"},
    "rounds": _LED | {"repeat"},
    "round": _LED | {"each"},
    "clinic": _LED | {"each"},
}
"""The activities, with the options that each takes."""
STANDS_EMPTY = frozenset({"agenda", "scale", "words", "stickies", "questions", "groups", "round", "clinic"})
"""Blocks that say enough by their opening line."""

SPECS: Mapping[str, _Spec] = {
    "notes": _Spec(),
    "columns": _Spec(options=frozenset({"steps"})),
    "column": _Spec(),
    "callout": _Spec(argument=True, options=frozenset({"type"})),
    "caption": _Spec(),
    "case": _Spec(argument=True, any_option=True),
    "private": _Spec(),
    "only": _Spec(argument=True, options=frozenset({"path", "lang"})),
    "agenda": _Spec(argument=True, options=frozenset({"day"})),
    **{name: _Spec(argument=True, options=options) for name, options in ACTIVITIES.items()},
}

HIDDEN_FROM_AUDIENCE = frozenset({"notes", "private"})


@dataclass(frozen=True, slots=True)
class BlockHead:
    """A valid opening: `options` without the attributes, which stand in `attributes` as pairs; `lines` as written."""

    name: str
    argument: str
    options: tuple[tuple[str, str], ...]
    attributes: tuple[tuple[str, str], ...]
    lines: tuple[str, ...] = ()

    def option(self, name: str) -> str:
        return next((value for key, value in self.options if key == name), "")

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(word for key, value in self.attributes if key == "class" for word in value.split())


@dataclass(frozen=True, slots=True)
class BlockFault:
    """Why an opening line does not parse."""

    code: str
    message: str
    hint: str


def option_lines(lines: Sequence[str]) -> int:
    """How many of the lines below an opening are its options: those indented by four."""
    count = 0
    for line in lines:
        if not line.strip() or indentation(line) < 4:
            break
        count += 1
    return count


def read_head(rest: str, options: Sequence[str]) -> BlockHead | BlockFault:
    """Reads what follows the slashes of an opening line, and its option lines."""
    found = _HEADER.match(rest)
    name = found[1].lower() if found else rest.split(maxsplit=1)[0]
    kind = (("type", name),) if found and name in _ADMONITIONS else ()
    name = "callout" if kind else name
    spec = SPECS.get(name)
    if spec is None:
        return BlockFault(
            "block-unknown",
            _("There is no block named “{name}”; what stands in it is hidden.").format(name=name[:60]),
            did_you_mean(name, SPECS) or _("The blocks are: {names}.").format(names=", ".join(SPECS)),
        )
    if found is None:
        return BlockFault(
            "block-option",
            _("The line that opens “{name}” cannot be read; what stands in the block is hidden.").format(name=name),
            _("An argument follows a bar: /// callout | Title."),
        )
    argument = (found[2] or "").strip()
    if argument and not spec.argument:
        return BlockFault(
            "block-option",
            _("The block “{name}” takes no argument; what stands in it is hidden.").format(name=name),
            _("Remove “| {argument}”.").format(argument=argument[:60]),
        )
    pairs = _read_options(options, carried=spec.any_option)
    wrong = pairs if isinstance(pairs, str) else _wrong_option(name, spec, pairs)
    if isinstance(pairs, str) or wrong:
        return BlockFault(
            "block-option",
            _("The block “{name}” has an option that cannot be used; what stands in it is hidden.").format(name=name),
            did_you_mean(wrong, spec.options) or _("Correct or remove “{option}”.").format(option=wrong[:60]),
        )
    attributes = tuple(pair for key, value in pairs if key == "attrs" for pair in _pairs(value))
    given = (*kind, *(pair for pair in pairs if pair[0] != "attrs"))
    head = BlockHead(name, argument, given, attributes, tuple(options))
    if name == "only" and conditions(head) is None:
        return BlockFault(
            "block-option",
            _("The block “only” does not say when it is shown; what stands in it is hidden."),
            _("Write /// only | path=short, or lang=en."),
        )
    if name == "agenda" and agenda_day(head) is None:
        return BlockFault(
            "block-option",
            _("The block “agenda” does not say which day it shows; what stands in it is hidden."),
            _("Write /// agenda | day=1, or /// agenda for all days."),
        )
    return head


def conditions(head: BlockHead) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Paths and languages of an `only` block, None when they cannot be read."""
    paths: list[str] = []
    languages: list[str] = []
    at = 0
    given = [(key, value) for key, value in head.options if key in ("path", "lang")]
    while at < len(head.argument):
        found = _CONDITION.match(head.argument, at)
        if found is None:
            return None
        given.append((found[1], found[2] or found[3] or found[4] or ""))
        at = found.end()
    for key, value in given:
        (paths if key == "path" else languages).extend(part.strip() for part in value.split(",") if part.strip())
    return (tuple(paths), tuple(languages)) if paths or languages else None


def agenda_day(head: BlockHead) -> int | None:
    """The day an `agenda` block shows, 0 for all; None when it cannot be read."""
    given = " ".join(part for part in (head.argument, head.option("day")) if part)
    if not given:
        return 0
    found = _DAY.fullmatch(given)
    return int(found[1]) if found else None


def is_true(value: str) -> bool:
    return value.strip().lower() in ("true", "yes", "on", "1", "oui")


def _wrong_option(name: str, spec: _Spec, pairs: Sequence[tuple[str, str]]) -> str:
    for key, value in pairs:
        if key == "attrs" or spec.any_option:
            continue
        if key not in spec.options:
            return key
        if (name, key) == ("columns", "steps") and value.strip().lower() not in (
            "true", "yes", "on", "1", "oui", "false", "no", "off", "0", "non",
        ):  # fmt: skip
            return f"{key}: {value}"
        if (name, key) == ("callout", "type") and value.strip().lower() not in CALLOUT_TYPES:
            return f"{key}: {value}"
    return ""


def _read_options(lines: Sequence[str], *, carried: bool) -> tuple[tuple[str, str], ...] | str:
    """The options as pairs, or the line that is none. A list below a key is joined by commas; where values are running
    text (`carried`), a line that is no option goes on with the one above.
    """
    out: list[tuple[str, str]] = []
    for line in lines:
        text = line.strip()
        if text.startswith("- ") and out:
            key, value = out[-1]
            item = _unquoted(text[2:])
            out[-1] = (key, f"{value}, {item}" if value else item)
            continue
        if (found := _OPTION.match(text)) is None:
            if carried and out and out[-1][0] != "attrs":
                out[-1] = (out[-1][0], f"{out[-1][1]} {text}".strip())
                continue
            return text
        value = (found[2] or "").strip()
        key = found[1].strip()
        if out and out[-1][0] == "attrs" and indentation(line) > 4 and not out[-1][1].startswith("{"):
            out[-1] = ("attrs", f"{out[-1][1]} {key}: {value}".strip())
            continue
        if value.startswith("[") and value.endswith("]"):
            value = ", ".join(_unquoted(part) for part in value[1:-1].split(","))
        out.append((key, _unquoted(value)))
    return tuple(out)


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _pairs(value: str) -> tuple[tuple[str, str], ...]:
    return tuple((m[1], m[2] or m[3] or m[4] or "") for m in _PAIR.finditer(value))
