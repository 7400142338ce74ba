"""JSON schemas of dataclasses, as :func:`reportsearch.output.json_csv.plain` writes them."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]

_PLAIN: Mapping[object, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    type(None): "null",
}


def schema_of(annotation: Any, known: dict[str, Schema]) -> Schema:
    """The schema of a type; those of dataclasses are put into ``known`` by name, and named here.

    Raises TypeError for what no schema is written for.
    """
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation in _PLAIN:
        return {"type": _PLAIN[annotation]}
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        if annotation.__name__ not in known:
            # First the name: a dataclass can have others of its own kind in it.
            known[annotation.__name__] = {}
            known[annotation.__name__] = _object(annotation, known)
        return {"$ref": f"#/components/schemas/{annotation.__name__}"}
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(one, known) for one in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple and inner[-1:] != (...,):
        return _fixed([schema_of(one, known) for one in inner])
    if origin in (tuple, list, Sequence):
        return {"type": "array", "items": schema_of(inner[0], known)}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": schema_of(inner[1], known)}
    raise TypeError(f"there is no JSON schema for {annotation}")


def object_of(properties: Mapping[str, Schema], about: str = "") -> Schema:
    """The schema of an object that has these properties, all of them and no other."""
    made: Schema = {"type": "object"}
    if about:
        made["description"] = about
    made["properties"] = dict(properties)
    made["required"] = list(properties)
    made["additionalProperties"] = False
    return made


def _object(kind: type, known: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind)
    properties = {
        field.name: schema_of(hints[field.name], known) for field in dataclasses.fields(kind)
    }
    return object_of(properties, _paragraphs(kind.__doc__ or ""))


def _fixed(items: list[Schema]) -> Schema:
    size = len(items)
    return {"type": "array", "prefixItems": items, "minItems": size, "maxItems": size}


def _paragraphs(text: str) -> str:
    """A docstring with each paragraph on a line."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
