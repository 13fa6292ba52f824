"""Every text of a report changed at once, and what people read of each format. No test lives here."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from enum import Enum
from io import StringIO
from typing import Any, TypeVar
from urllib.parse import unquote
from xml.etree.ElementTree import fromstring

from pydantic import BaseModel

from tests.unit.markup import parsed

ModelT = TypeVar("ModelT", bound=BaseModel)
Change = Callable[[str], str]

#: closed choices that are no enumerations, and numbers that JSON cannot hold
_KEPT = frozenset({"found_by", "data"})
#: dictionaries whose keys are names somebody reads
_NAMED = {"misconceptions", "slowest"}


def rewritten(model: ModelT, change: Change, *, keep: frozenset[str] = frozenset()) -> ModelT:
    """The same report with `change` made to every text in it; verdicts and other closed choices stay.

    Also the fields named in `keep`.
    """
    return type(model).model_validate(_walked(model.model_dump(), change, keep | _KEPT))


def _walked(value: Any, change: Change, keep: frozenset[str]) -> Any:
    match value:
        case Enum():
            return value
        case {"key": str(key), "fields": fields}:  # a message
            return {"key": key, "fields": _walked(fields, change, keep)}
        case str():
            return change(value)
        case dict():
            return {
                key: inner
                if key in keep
                else {change(name): each for name, each in inner.items()}
                if key in _NAMED
                else _walked(inner, change, keep)
                for key, inner in value.items()
            }
        case tuple() | list():
            return tuple(_walked(inner, change, keep) for inner in value)
        case _:
            return value


def read_by_people(format: str, made: str) -> str:
    """What people read of a text in this format: no element, key, identifier or name of a column."""
    return _READ.get(format, str)(made)


def _of_page(page: str) -> str:
    found = parsed(page)
    labels = [value for e in found.elements for name, value in e.attributes if name in ("aria-label", "title", "alt")]
    return "\n".join([found.text, *labels])


def _of_junit(xml: str) -> str:
    root = fromstring(xml)
    named = [each.get("name", "") for each in root.iter("testcase")]
    said = [
        f"{each.get('message')}\n{each.text}" for kind in ("failure", "error", "skipped") for each in root.iter(kind)
    ]
    hints = [each.get("value", "") for each in root.iter("property") if each.get("name") == "hint"]
    return "\n".join([*named, *said, *hints])


def _of_commands(commands: str) -> str:
    return "\n".join(unquote(re.sub(r"::\w+ title=", "", line)) for line in commands.splitlines())


def _of_gradescope(text: str) -> str:
    document = json.loads(text)
    return "\n".join([document["output"], *(f"{test['name']}\n{test['output']}" for test in document.get("tests", []))])


def _of_table(column: int) -> Callable[[str], str]:
    return lambda table: "\n".join(row[column] for row in list(csv.reader(StringIO(table)))[1:])


_READ: dict[str, Callable[[str], str]] = {
    "html": _of_page,
    "json": lambda _: "",
    "junit": _of_junit,
    "github": _of_commands,
    "github_summary": lambda summary: summary.replace("```text", "```"),
    "gradescope": _of_gradescope,
    "coursera": lambda text: str(json.loads(text)["feedback"]),
    "csv": _of_table(-1),
    "canvas": lambda _: "",
    "moodle": _of_table(-1),
}
