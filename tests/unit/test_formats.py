"""The formats of a report and of a class: golden files, and what no format may let through."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.render import RENDERERS
from grader.render.classes import CLASS_RENDERERS
from tests.unit.classes import BROKEN, CLASS, HOSTILE, HOSTILE_CLASS, REPORTS, UNREADABLE

Golden = Callable[[str, str], None]

ENDINGS = {
    "text": "txt",
    "json": "json",
    "junit": "xml",
    "github": "txt",
    "github_summary": "md",
    "gradescope": "json",
    "coursera": "json",
    "html": "html",
    "csv": "csv",
    "canvas": "csv",
    "moodle": "csv",
}
SINGLE = ["junit", "github", "github_summary", "gradescope", "coursera"]
SHOWN = {"partial": REPORTS["ben"], "hostile": HOSTILE, "not_graded": BROKEN, "unreadable": UNREADABLE}


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("format", SINGLE)
def test_a_report_in_each_format_is_its_golden_file(golden: Golden, format: str, name: str) -> None:
    """What the owner of the format gets, whole; the diff of an update is reviewed."""
    golden(f"formats/{name}.{format}.{ENDINGS[format]}", RENDERERS[format](SHOWN[name]))


@pytest.mark.parametrize("format", CLASS_RENDERERS)
def test_a_class_in_each_format_is_its_golden_file(golden: Golden, format: str) -> None:
    """One student of each kind: full marks, partly right, unreadable, not graded, zero, never submitted."""
    golden(f"formats/class.{format}.{ENDINGS[format]}", CLASS_RENDERERS[format](CLASS, iter(REPORTS.values())))


@pytest.mark.parametrize("format", CLASS_RENDERERS)
def test_a_hostile_class_in_each_format_is_its_golden_file(golden: Golden, format: str) -> None:
    """Names, prints and messages that try to be markup, commands, formulas or somebody else."""
    golden(f"formats/hostile_class.{format}.{ENDINGS[format]}", CLASS_RENDERERS[format](HOSTILE_CLASS, [HOSTILE]))
