"""Renderers of a class: pure functions from its report to text. A new one is one file and one row here.

The second argument are the reports of those rows that name one, in the rows' order. It may be a generator, and is read
once at most: a class need not fit into memory.
"""

from collections.abc import Callable, Iterable
from typing import Protocol

from grader.messages import ENGLISH, Words
from grader.render import class_page, class_text, github, github_summary, gradebook, json_report, junit
from grader.report.class_report import ClassReport
from grader.report.report import Report


class ClassRenderer(Protocol):
    """From the report of a class to text, for readers of `words`."""

    def __call__(self, report: ClassReport, reports: Iterable[Report], /, *, words: Words = ENGLISH) -> str:
        """The text."""


class RowRenderer(Protocol):
    """The same, for formats that hold nothing but what the rows say."""

    def __call__(self, report: ClassReport, /, *, words: Words = ENGLISH) -> str:
        """The text."""


def _from_rows(render: RowRenderer) -> ClassRenderer:
    def without_reports(report: ClassReport, _: Iterable[Report], /, *, words: Words = ENGLISH) -> str:
        return render(report, words=words)

    return without_reports


def _for_programs(render: Callable[[ClassReport], str]) -> ClassRenderer:
    """For formats that no person reads: always English."""

    def in_english(report: ClassReport, _: Iterable[Report], /, *, words: Words = ENGLISH) -> str:
        del words
        return render(report)

    return in_english


#: by the name `--format` takes
CLASS_RENDERERS: dict[str, ClassRenderer] = {
    "text": _from_rows(class_text.render),
    "json": _for_programs(json_report.render_class),
    "html": class_page.render,
    "csv": _from_rows(gradebook.render),
    "junit": junit.render_class,
    "github": github.render_class,
    "github_summary": _from_rows(github_summary.render_class),
    "canvas": _for_programs(gradebook.render_canvas),
    "moodle": _from_rows(gradebook.render_moodle),
}
