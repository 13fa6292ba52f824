"""What is particular to each platform: where its container keeps what, and which files it wants of a report.

A new platform is one row here, its scripts in `files/`, and its name in `staff.py`. How a report looks there is
`render/`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.render import coursera, gradescope
from grader.report.report import Report

FAILED: Final = (
    "The grader itself failed, so your work was not judged, and this is not your score.\n"
    "Submit again in a few minutes. If it happens twice, tell the course staff.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that the platform reads, below its folder."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform. `scripts` are files of ours at the top of the archive, `programs` those that are started.

    `results` gives what the platform wants to read of a report; `failed` is what it reads if there is no report.
    """

    folder: Path
    submission: str
    scripts: tuple[str, ...]
    programs: tuple[str, ...]
    results: Callable[[Report], tuple[Written, ...]]
    failed: Written


def _results_json(report: Report) -> tuple[Written, ...]:
    return (Written(path="results/results.json", text=gradescope.render(report)),)


def _feedback_json(report: Report) -> tuple[Written, ...]:
    """The platform shows the second file, since the first says that the feedback is of type TXT."""
    text = coursera.render(report)
    shown = str(json.loads(text)["feedback"])
    return Written(path="txtFeedback.txt", text=shown), Written(path="feedback.json", text=text)


PLATFORMS: dict[str, Platform] = {
    "gradescope": Platform(
        folder=Path("/autograder"),
        submission="submission",
        scripts=("setup.sh", "run_autograder"),
        programs=("setup.sh", "run_autograder"),
        results=_results_json,
        # no score: Gradescope then says that the autograder failed, and nobody gets a zero
        failed=Written(
            path="results/results.json",
            text=json.dumps({"output": FAILED, "output_format": "text", "visibility": "visible"}, indent=2) + "\n",
        ),
    ),
    "coursera": Platform(
        folder=Path("/shared"),
        submission="submission",
        scripts=("setup.sh", "run_grader", "Dockerfile"),
        programs=("setup.sh", "run_grader"),
        results=_feedback_json,
        # the platform knows no file without a share; the text says what the 0 is, and the container ends with 3
        failed=Written(
            path="feedback.json", text=json.dumps({"fractionalScore": 0.0, "feedback": FAILED}, indent=2) + "\n"
        ),
    ),
}
