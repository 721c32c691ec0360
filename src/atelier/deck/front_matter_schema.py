"""The JSON Schema of the front matter, for editors: made of the declarations that the front matter is read by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from atelier.deck import front_matter_keys as keys
from atelier.deck.front_matter_keys import FRONT_MATTER, Kind, Named, OneOf, Record, Several
from atelier.deck.theme import bundled_themes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from atelier.deck.front_matter_keys import Key, Shape

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_NOTHING: Final[dict[str, Any]] = {"type": "null"}
OLD: Final = "as YAML 1.1 reads it"
"""What a `$comment` says of a value that no deck holds as a text, but an editor may have made of one."""


def front_matter_schema(layouts: Sequence[str]) -> dict[str, Any]:
    """The schema, in the words of draft 2020-12 that draft 7 has as well."""
    schema = _Schema(layouts)
    whole = schema.record(FRONT_MATTER)
    return {
        "$schema": DIALECT,
        "title": "Front matter of a deck",
        "description": "What stands between the two lines of hyphens at the top of a deck.",
        **whole,
        "$defs": {name: schema.kinds[name] for name in sorted(schema.kinds)},
    }


class _Schema:
    def __init__(self, layouts: Sequence[str]) -> None:
        self._names = {keys.LAYOUT.name: tuple(layouts), keys.THEME.name: bundled_themes()}
        """The names that values of a kind may have."""
        self.kinds: dict[str, dict[str, Any]] = {}
        """The definitions of the kinds met so far."""

    def of(self, shape: Shape) -> dict[str, Any]:
        """What a value of that shape is, there being one."""
        match shape:
            case Kind():
                self.kinds[shape.name] = _any(self._kind(shape))
                return {"$ref": f"#/$defs/{shape.name}"}
            case Several():
                empty = (_NOTHING,) if isinstance(shape.item, Kind) else ()
                whole = {"type": "array", "items": _any((self.of(shape.item), *empty))}
                return _any((whole, self.of(shape.item))) if shape.alone else whole
            case Named():
                one = _any((self.of(shape.value), _NOTHING))
                if not shape.languages:
                    return {"type": "object", "additionalProperties": one}
                pattern = keys.LANGUAGE.schema[0]["pattern"]
                patterns = {pattern: one, "^false$": one}
                return {"type": "object", "patternProperties": patterns, "additionalProperties": False}
            case Record():
                return self.record(shape)
            case OneOf():
                return _any(self.of(each) for each in shape.shapes)

    def record(self, shape: Record) -> dict[str, Any]:
        out: dict[str, Any] = {"type": "object", "properties": {key.name: self._key(key, shape) for key in shape.keys}}
        if shape.needs:
            out["required"] = [*shape.needs]
        if shape.one_of:
            out["oneOf"] = [{"required": [name]} for name in shape.one_of]
        if not shape.open:
            out["additionalProperties"] = False
        return out

    def _key(self, key: Key[Any], within: Record) -> dict[str, Any]:
        needed = key.name in (*within.needs, *within.one_of)
        value = self.of(key.shape)
        value = value if needed else _any((value, _NOTHING))
        # Draft 7 reads nothing beside a reference.
        return {"description": key.about, **({"anyOf": [value]} if "$ref" in value else value)}

    def _kind(self, kind: Kind[Any]) -> Iterable[dict[str, Any]]:
        if kind.name in self._names:
            yield {"enum": [*self._names[kind.name]]}
        yield from kind.schema
        yield from ({"$comment": OLD, **each} for each in kind.old)


def _any(schemas: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Any of these, those that are so themselves opened."""
    out: list[dict[str, Any]] = []
    for schema in schemas:
        out += schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]
    out = [each for i, each in enumerate(out) if each not in out[:i]]
    return out[0] if len(out) == 1 else {"anyOf": out}
