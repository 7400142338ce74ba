"""JSON schemas of dataclasses, as :func:`reportsearch.output.json_csv.to_plain` writes them."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from reportsearch.output.json_csv import list_json_fields

Schema = dict[str, Any]

_PLAIN: Mapping[object, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    type(None): "null",
}


def build_schema(annotation: Any, known: dict[str, Schema]) -> Schema:
    """Build the schema of a type; those of dataclasses are added to ``known`` by name.

    Raises TypeError for an unsupported type.
    """
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation in _PLAIN:
        return {"type": _PLAIN[annotation]}
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        if annotation.__name__ not in known:
            # Add the name first: a dataclass can contain others of its own kind.
            known[annotation.__name__] = {}
            known[annotation.__name__] = _build_dataclass_schema(annotation, known)
        return {"$ref": f"#/components/schemas/{annotation.__name__}"}
    if origin in (Union, types.UnionType):
        return {"anyOf": [build_schema(one, known) for one in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple and inner[-1:] != (...,):
        return _build_tuple_schema([build_schema(one, known) for one in inner])
    if origin in (tuple, list, Sequence):
        return {"type": "array", "items": build_schema(inner[0], known)}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": build_schema(inner[1], known)}
    raise TypeError(f"there is no JSON schema for {annotation}")


def build_object_schema(properties: Mapping[str, Schema], about: str = "") -> Schema:
    """Build the schema of an object with exactly these properties, all required."""
    made: Schema = {"type": "object"}
    if about:
        made["description"] = about
    made["properties"] = dict(properties)
    made["required"] = list(properties)
    made["additionalProperties"] = False
    return made


def _build_dataclass_schema(kind: type, known: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind)
    properties = {name: build_schema(hints[name], known) for name in list_json_fields(kind)}
    return build_object_schema(properties, _join_lines(kind.__doc__ or ""))


def _build_tuple_schema(items: list[Schema]) -> Schema:
    size = len(items)
    return {"type": "array", "prefixItems": items, "minItems": size, "maxItems": size}


def _join_lines(text: str) -> str:
    """Join the lines of each paragraph of a docstring."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
