"""Renderers: pure functions from a report to text. A new one is one file and one row here."""

from collections.abc import Callable

from grader.render import json_report, text
from grader.report import Report

#: by the name `--format` takes
RENDERERS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json_report.render,
}
