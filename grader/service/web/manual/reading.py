"""The OpenAPI document as a page needs it: chapters of operations, with their fields, answers and an example; and the
shapes of what is sent and answered. How it looks is a template's business."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.service.web.api.document import PROBLEMS
from grader.service.web.manual.examples import Schema, curl


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a type; `shape`: the shape that it names, to be followed."""

    text: str
    shape: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something that is sent or answered. `place`: path, query, header; empty within a body or a shape."""

    name: str
    kind: tuple[Word, ...]
    is_required: bool
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleAnswer:
    """What may come back, beside the problems that any request may meet."""

    status: str
    text: str
    kind: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that a program can ask."""

    id: str
    method: str
    path: str
    text: str
    fields: tuple[Field, ...]
    body: tuple[Word, ...]
    answers: tuple[PossibleAnswer, ...]
    curl: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Operations on one thing."""

    name: str
    text: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A shape of data by its name: an object with fields, or one of several words."""

    name: str
    text: str
    fields: tuple[Field, ...]
    kind: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """All of it. `problems`: what any request may meet, by status."""

    text: str
    chapters: tuple[Chapter, ...]
    forms: tuple[Form, ...]
    problems: tuple[PossibleAnswer, ...]


def manual(document: Schema, address: str) -> Manual:
    """The document for people; `address`: where the examples ask."""
    operations = list(_operations(document, address))
    chapters = (
        Chapter(
            name=tag["name"],
            text=tag["description"],
            operations=tuple(made for named, made in operations if named == tag["name"]),
        )
        for tag in document["tags"]
    )
    return Manual(
        text=document["info"]["description"],
        chapters=tuple(chapters),
        forms=tuple(_form(name, each) for name, each in sorted(document["components"]["schemas"].items())),
        problems=tuple(
            PossibleAnswer(status=str(status), text=each["description"], kind=()) for status, each in PROBLEMS.items()
        ),
    )


def kind(schema: Schema) -> tuple[Word, ...]:
    """A type in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return (Word(name, name),)
    if "anyOf" in schema:
        return _joined([kind(each) for each in schema["anyOf"]], " or ")
    if "enum" in schema:
        return (Word(" or ".join(json.dumps(each) for each in schema["enum"])),)
    match schema.get("type"):
        case "array":
            items = schema.get("items") or {"anyOf": schema.get("prefixItems", [])}
            return (Word("list of "), *kind(items))
        case "object" if isinstance(schema.get("additionalProperties"), dict):
            return (Word("names to "), *kind(schema["additionalProperties"]))
        case str() as name:
            return (Word(schema.get("format", name)),)
        case _:
            return (Word("anything"),)


def _joined(kinds: list[tuple[Word, ...]], between: str) -> tuple[Word, ...]:
    words: list[Word] = []
    for each in kinds:
        words += [Word(between)] if words else []
        words += each
    return tuple(words)


def _operations(document: Schema, address: str) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield (
                operation["tags"][0],
                Operation(
                    id=operation["operationId"],
                    method=method.upper(),
                    path=path,
                    text=operation.get("description", ""),
                    fields=tuple(map(_parameter, operation.get("parameters", ()))),
                    body=_content(operation.get("requestBody", {})),
                    answers=tuple(_answers(operation["responses"])),
                    curl=curl(document, address, method, path, operation),
                ),
            )


def _parameter(said: Schema) -> Field:
    return Field(
        name=said["name"],
        kind=kind(said["schema"]),
        is_required=said.get("required", False),
        text=said.get("description", ""),
        place=said["in"],
    )


def _answers(responses: Schema) -> Iterator[PossibleAnswer]:
    """Those that are this operation's own."""
    common = {str(status): each["description"] for status, each in PROBLEMS.items()}
    for status, said in sorted(responses.items()):
        text = said["description"]
        if common.get(status) != text:
            yield PossibleAnswer(status=status, text="" if text == "Successful Response" else text, kind=_content(said))


def _content(said: Schema) -> tuple[Word, ...]:
    """What is in a body, of each of its types."""
    kinds: list[tuple[Word, ...]] = []
    for media_type, content in said.get("content", {}).items():
        plain = media_type == "application/json"
        named = kind(content.get("schema", {}))
        kinds.append(named if plain and named[0].text != "object" else (Word(media_type),))
    return _joined(kinds, " or ")


def _form(name: str, schema: Schema) -> Form:
    known: dict[str, Any] = schema.get("properties", {})
    fields = tuple(
        Field(
            name=field,
            kind=kind(each),
            is_required=field in schema.get("required", ()),
            text=each.get("description", ""),
        )
        for field, each in known.items()
    )
    return Form(name=name, text=schema.get("description", ""), fields=fields, kind=() if known else kind(schema))
