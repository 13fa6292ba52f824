"""Renderers: pure functions from a report to text. A new one is one file and one row here."""

from collections.abc import Callable

from grader.render import coursera, github, github_summary, gradescope, html, json_report, junit, text
from grader.report import Report

#: by the name `--format` takes
RENDERERS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json_report.render,
    "html": html.render,
    "junit": junit.render,
    "github": github.render,
    "github_summary": github_summary.render,
    "gradescope": gradescope.render,
    "coursera": coursera.render,
}
