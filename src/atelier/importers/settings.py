"""The front matter of other tools, as plain values, and what of it this format has a key for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from atelier.deck.values import language_value, ratio_value
from atelier.deck.yaml_nodes import Mapping as MappingNode
from atelier.deck.yaml_nodes import Sequence as SequenceNode
from atelier.deck.yaml_nodes import compose
from atelier.foundation.translation import _
from atelier.importers.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atelier.deck.yaml_nodes import Node
    from atelier.importers.losses import Losses

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

_BARE_COLOUR = re.compile(r"^(\s*[\w-]+:[ \t]+)(#[0-9A-Fa-f]{3,8})[ \t]*$", re.MULTILINE)
"""A colour as Marp lets one write it, which YAML takes for a comment."""
_R_CODE = re.compile(r"[ \t]*\(\w*:?[ \t]*`r [^`]{0,200}`\)|`r [^`]{0,200}`")
"""What R puts in when it makes a document."""
DARK: Final = frozenset({
    "black", "night", "blood", "moon", "league", "dracula", "dark", "invert", "inverse", "dark-mode", "black-contrast",
    "monokai", "midnight", "solarized-dark", "nord", "matrix", "cyborg", "darkly", "slate", "superhero", "vapor",
    "nuit",
})  # fmt: skip
LIGHT: Final = frozenset({
    "white", "simple", "sky", "beige", "serif", "solarized", "seriph", "apple-basic", "white-contrast", "academic",
    "metropolis", "light", "lumen", "cosmo", "flatly", "journal", "yeti", "sandstone", "clair", "bricks", "uncover",
})  # fmt: skip
CHALK: Final = frozenset({"chalkboard", "blackboard", "craie", "moon-chalk"})
_OURS: Final = frozenset({"chocolat", "clair", "nuit", "craie"})
_AUTHOR_PARTS: Final = ("name", "literal", "given")


def values(text: str, first_line: int) -> dict[str, Value]:
    """The mapping that YAML is, every scalar a text; what cannot be read is left out."""
    text = _BARE_COLOUR.sub(r'\1"\2"', text) if "#" in text else text
    node, _faults = compose(text, first_line, None)
    plain = _value(node) if node else {}
    return plain if isinstance(plain, dict) else {}


def _value(node: Node) -> Value:
    if isinstance(node, MappingNode):
        return {key.text: _value(value) for key, value in node.items}
    if isinstance(node, SequenceNode):
        return [_value(item) for item in node.items]
    return "" if node.absent else node.text


def text_of(value: Value | None) -> str:
    """A value as one line: a list with commas, a mapping by its name."""
    match value:
        case None:
            return ""
        case str():
            return " ".join(_R_CODE.sub("", value).split())
        case list():
            return ", ".join(filter(None, map(text_of, value)))
        case dict():
            for key in (*_AUTHOR_PARTS, "text", "en"):
                if key in value:
                    return text_of(value[key])
            return ""


def is_true(value: Value | None) -> bool:
    return isinstance(value, str) and value.strip().lower() in ("true", "yes", "on", "1")


def theme_of(names: Iterable[str]) -> str:
    """The theme of ours that is nearest to one of the tool's; nothing where none of them says which."""
    for name in names:
        name = name.strip().lower().rpartition("/")[2].removesuffix(".css").removesuffix(".scss")  # noqa: PLW2901
        name = re.sub(r"^(?:@[\w-]+/)?(?:slidev-theme-|marp-theme-)", "", name)  # noqa: PLW2901
        if name in _OURS:
            return name
        for known, ours in ((CHALK, "craie"), (DARK, "nuit"), (LIGHT, "clair")):
            if name in known:
                return ours
    return ""


def is_dark(colour: str) -> bool | None:
    """Whether a colour is dark; None where that cannot be told."""
    colour = colour.strip().strip("'\"").lower()
    if colour in ("black", "navy", "darkblue", "midnightblue", "maroon", "indigo", "darkslategray", "purple"):
        return True
    if colour in ("white", "ivory", "snow", "beige", "whitesmoke", "aliceblue", "linen", "seashell"):
        return False
    found = re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{1,2})?", colour)
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(sign * 2 for sign in found[1])
    red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 110


def common_settings(given: dict[str, Value], text: str, *, theme: str = "", ratio: str = "") -> dict[str, str]:
    """The keys of this format's front matter, from what most tools call the same."""
    out: dict[str, str] = {}
    if title := text_of(given.get("title")):
        out["title"] = title
    given_language = text_of(given.get("lang")) or text_of(given.get("language"))
    language = language_value(given_language) if given_language else None
    out["lang"] = language or language_of(text)
    out["author"] = text_of(given.get("author") or given.get("authors"))
    out["date"] = text_of(given.get("date"))
    out["tags"] = text_of(given.get("tags") or given.get("keywords"))
    out["abstract"] = text_of(given.get("description") or given.get("abstract"))
    out["licence"] = text_of(given.get("license") or given.get("licence") or given.get("copyright"))
    out["theme"] = theme
    spelt = ratio.replace("/", ":").strip()
    out["ratio"] = spelt if spelt and spelt != "16:9" and ratio_value(spelt) else ""
    return {key: value for key, value in out.items() if value}


def report_rest(given: dict[str, Value], read: Iterable[str], losses: Losses) -> None:
    """Names the settings of the whole deck that nothing here corresponds to."""
    known = {*read, "title", "lang", "language", "author", "authors", "date", "tags", "keywords", "description"}
    known |= {"abstract", "license", "licence", "copyright", "subtitle", "theme"}
    for key, value in given.items():
        if key in known or value in ("", [], {}):
            continue
        shown = text_of(value) or str(value)
        message = _("The setting “{key}” of the whole deck has no counterpart here.").format(key=key[:60])
        losses.add("setting", message, near=key, text=f"{key}: {shown[:500]}")
