"""Renderers of a class: pure functions from its report to text. A new one is one file and one row here.

The second argument are the reports of those rows that name one, in the rows' order. It may be a generator, and is read
once at most: a class need not fit into memory.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from grader.class_report import ClassReport
from grader.render import class_page, class_text, github, github_summary, gradebook, json_report, junit
from grader.report import Report

ClassRenderer: TypeAlias = Callable[[ClassReport, Iterable[Report]], str]


def _from_rows(render: Callable[[ClassReport], str]) -> ClassRenderer:
    """For formats that hold nothing but what the rows say."""
    return lambda report, _reports: render(report)


#: by the name `--format` takes
CLASS_RENDERERS: dict[str, ClassRenderer] = {
    "text": _from_rows(class_text.render),
    "json": _from_rows(json_report.render_class),
    "html": class_page.render,
    "csv": _from_rows(gradebook.render),
    "junit": junit.render_class,
    "github": github.render_class,
    "github_summary": _from_rows(github_summary.render_class),
    "canvas": _from_rows(gradebook.render_canvas),
    "moodle": _from_rows(gradebook.render_moodle),
}
