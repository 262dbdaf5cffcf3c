"""As much of JSON Schema as our own schema uses: an unknown word in it is an error."""

import re
from typing import Any

KNOWN = {
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "required", "additionalProperties", "properties",
    "items", "minItems", "anyOf", "const", "enum", "pattern", "format",
}  # fmt: skip
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None)}


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> list[str]:
    """What does not fit, and where."""
    assert schema.keys() <= KNOWN, schema.keys() - KNOWN
    if "$ref" in schema:
        return faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    if "anyOf" in schema:
        tried = [faults(value, one, root, at) for one in schema["anyOf"]]
        return [] if [] in tried else [f"{at}: {tried}"]
    kinds = schema.get("type", [])
    allowed = tuple(TYPES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))
    if allowed and (not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed)):
        return [f"{at}: {value!r} is no {kinds}"]
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        return [f"{at}: {value!r}"]
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        return [f"{at}: {value!r} is not {schema['pattern']}"]
    if isinstance(value, dict):
        return _of_object(value, schema, root, at)
    if isinstance(value, list):
        assert len(value) >= schema.get("minItems", 0), at
        inner = schema["items"]
        return [fault for n, one in enumerate(value) for fault in faults(one, inner, root, f"{at}[{n}]")]
    return []


def _of_object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    known = schema["properties"]
    found = [f"{at}.{name} is missing" for name in schema.get("required", []) if name not in value]
    found += [f"{at}.{name} is unknown" for name in value if name not in known]
    return found + [
        fault
        for name, one in value.items()
        if name in known
        for fault in faults(one, known[name], root, f"{at}.{name}")
    ]
