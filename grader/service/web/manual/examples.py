"""An example of each request: values made from the schemas of the document, and the command that sends them with curl.
The token stands in a file, since others on a machine read command lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

#: a part of an OpenAPI document, as JSON has it
Schema: TypeAlias = Mapping[str, Any]
CURL: Final = "curl --config ~/.grader-curl"
#: whatever is named in a path and has no example of its own
NAMED: Final = {"string": "name", "integer": "1"}
MOMENT: Final = "2027-01-31T18:00:00Z"
_ID: Final = "0b0e6a1c-4b5a-4f5e-9d0c-2f1f6a9a7c11"


def curl(document: Schema, address: str, method: str, path: str, operation: Schema) -> str:
    """The command, in as many lines as it has parts."""
    words = [CURL if operation.get("security") != [] else "curl"]
    by_itself = "post" if "requestBody" in operation else "get"
    words += [] if method == by_itself else [f"--request {method.upper()}"]
    words += _sent(document, operation)
    words.append(f"{address}{_filled(path, operation)}")
    return " \\\n  ".join(words)


def example(document: Schema, schema: Schema) -> Any:
    """A value that fits: what has to be there, and whatever has an example of its own."""
    schema = resolved(document, schema)
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("default") is not None:
        return schema["default"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example(document, next(each for each in schema["anyOf"] if each.get("type") != "null"))
    match schema.get("type"):
        case "object":
            return _object(document, schema)
        case "array":
            return [example(document, schema["items"])]
        case "integer" | "number":
            return max(1, int(schema.get("minimum", 1)))
        case "boolean":
            return True
        case _:
            return {"date-time": MOMENT, "uuid": _ID}.get(schema.get("format", ""), "text")


def resolved(document: Schema, schema: Schema) -> Schema:
    """The schema itself, where it is only named; what is said beside the name stays."""
    if "$ref" not in schema:
        return schema
    found: Schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return {**found, **{key: value for key, value in schema.items() if key != "$ref"}}


def _object(document: Schema, schema: Schema) -> dict[str, Any]:
    known: Schema = schema.get("properties", {})
    wanted = [name for name, each in known.items() if name in schema.get("required", ()) or each.get("examples")]
    return {name: example(document, known[name]) for name in wanted or list(known)[:1]}


def _sent(document: Schema, operation: Schema) -> Iterator[str]:
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        match media_type:
            case "application/json":
                yield f"--json '{json.dumps(example(document, content['schema']))}'"
            case "multipart/form-data":
                yield from (f"--form {name}=@digits.ipynb" for name in content["schema"]["required"])
            case _:
                yield f"--header 'Content-Type: {media_type}' --data-binary @{content['schema'].get('title', 'table')}"


def _filled(path: str, operation: Schema) -> str:
    """The path with something in each place, and what has to be asked beside it."""
    places = {each["name"]: each["schema"] for each in operation.get("parameters", ()) if each["in"] == "path"}

    def fill(found: re.Match[str]) -> str:
        schema = places[found[1]]
        if schema.get("format") == "uuid" or found[1].endswith("_id"):
            return f"${found[1].removesuffix('_id')}"
        return str(schema.get("examples", [NAMED.get(schema.get("type", ""), "name")])[0])

    asked = [each for each in operation.get("parameters", ()) if each["in"] == "query" and each.get("required")]
    more = "&".join(f"{each['name']}={NAMED.get(each['schema'].get('type', ''), 'name')}" for each in asked)
    return re.sub(r"{(\w+)}", fill, path) + (f"?{more}" if more else "")
