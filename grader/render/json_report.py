"""Reports as JSON, and the JSON Schemas they keep. Keys stand in the schema's order: equal reports, equal bytes."""

from __future__ import annotations

import json

from grader.class_report import ClassReport
from grader.report import Report


def render(report: Report) -> str:
    """The report as indented UTF-8 JSON text; NaN and infinities inside it are strings already."""
    return report.model_dump_json(indent=2) + "\n"


def schema() -> str:
    """The published JSON Schema of report version 1."""
    return json.dumps(Report.model_json_schema(mode="serialization"), indent=2) + "\n"


def render_class(report: ClassReport) -> str:
    """The class report as `class.json`. Each row names the file of its own report."""
    return report.model_dump_json(indent=2) + "\n"


def class_schema() -> str:
    """The published JSON Schema of class report version 1."""
    return json.dumps(ClassReport.model_json_schema(mode="serialization"), indent=2) + "\n"
