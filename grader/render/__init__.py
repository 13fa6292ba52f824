"""Renderers: pure functions from a report to text. A new one is one file and one row here."""

from collections.abc import Callable
from typing import Protocol

from grader.messages import ENGLISH, Words
from grader.render import coursera, github, github_summary, gradescope, html, json_report, junit, text
from grader.report.report import Report


class Renderer(Protocol):
    """From a report to text, for readers of `words`."""

    def __call__(self, report: Report, /, *, words: Words = ENGLISH) -> str:
        """The text."""


def _for_programs(render: Callable[[Report], str]) -> Renderer:
    """For formats that no person reads: always English."""

    def in_english(report: Report, /, *, words: Words = ENGLISH) -> str:
        del words
        return render(report)

    return in_english


#: formats that a platform reads: it is told the whole score, and keeps from students itself what they may not see
WHOLE = frozenset({"gradescope", "coursera"})
#: by the name `--format` takes
RENDERERS: dict[str, Renderer] = {
    "text": text.render,
    "json": _for_programs(json_report.render),
    "html": html.render,
    "junit": junit.render,
    "github": github.render,
    "github_summary": github_summary.render,
    "gradescope": gradescope.render,
    "coursera": coursera.render,
}
