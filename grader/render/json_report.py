"""Reports as JSON, and the JSON Schemas they keep. Keys stand in the schema's order: equal reports, equal bytes.

A message is written with its English beside it, for people who read the file. It is never read back.
"""

from __future__ import annotations

import json
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter
from pydantic_core import to_json

from grader.message import Message
from grader.messages import english
from grader.report.class_report import ClassReport
from grader.report.report import Report

_MESSAGE: Final = TypeAdapter(Message)
_TEXT: Final = {
    "title": "Text",
    "description": "The message in English. Not read back.",
    "readOnly": True,
    "type": "string",
}


def render(report: Report) -> str:
    """The report as indented UTF-8 JSON text; NaN and infinities inside it are strings already."""
    return written(report)


def schema() -> str:
    """The published JSON Schema of report version 2."""
    return _schema(Report)


def render_class(report: ClassReport) -> str:
    """The class report as `class.json`. Each row names the file of its own report."""
    return written(report)


def class_schema() -> str:
    """The published JSON Schema of class report version 2."""
    return _schema(ClassReport)


def written(report: BaseModel) -> str:
    """Any record of ours as indented JSON, each message with its English beside it."""
    told = _with_english(report.model_dump(mode="json"))
    return to_json(told, indent=2).decode() + "\n"  # the standard library indents in Python: ten times as slow


def _with_english(node: Any) -> Any:
    match node:
        case {"key": str(key), "fields": dict()} if len(node) == 2:
            return {"text": english(_MESSAGE.validate_python(node)), "key": key, "fields": node["fields"]}
        case dict():
            return {name: _with_english(each) for name, each in node.items()}
        case list():
            return [_with_english(each) for each in node]
        case _:
            return node


def _schema(kind: type[BaseModel]) -> str:
    made = kind.model_json_schema(mode="serialization")
    made["$defs"]["Message"]["properties"]["text"] = _TEXT
    return json.dumps(made, indent=2) + "\n"
