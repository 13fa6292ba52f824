"""Gradescope's results.json and Coursera's feedback.json, against the tables their owners publish."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from grader.course.assignment import Visibility
from grader.render import coursera, gradescope
from grader.report.audience import seen_by
from grader.report.report import Audience, Report, Verdict
from tests.unit.classes import BROKEN, HOSTILE, REPORTS, UNREADABLE, work
from tests.unit.reports import check, exercise, report

_VISIBILITY = {"enum": ["visible", "hidden", "after_due_date", "after_published"]}
_FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
_TEST = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "max_score": {"type": "number"},
        "status": {"enum": ["passed", "failed"]},
        "name": {"type": "string"},
        "name_format": _FORMAT,
        "number": {"type": "string"},
        "output": {"type": "string"},
        "output_format": _FORMAT,
        "tags": {"type": "array", "items": {"type": "string"}},
        "visibility": _VISIBILITY,
        "extra_data": {"type": "object"},
    },
}
RESULTS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": _FORMAT,
        "test_output_format": _FORMAT,
        "test_name_format": _FORMAT,
        "visibility": _VISIBILITY,
        "stdout_visibility": _VISIBILITY,
        "extra_data": {"type": "object"},
        "tests": {"type": "array", "items": _TEST},
        "leaderboard": {"type": "array"},
    },
}
FEEDBACK = {
    "type": "object",
    "additionalProperties": False,
    "required": ["fractionalScore", "feedback"],
    "properties": {
        "fractionalScore": {"type": "number", "minimum": 0, "maximum": 1},
        "feedback": {"type": "string"},
        "feedbackType": {"enum": ["HTML", "TXT"]},
    },
}
ALL = {**REPORTS, "hostile": HOSTILE, "hostile, as a student": seen_by(HOSTILE, Audience.STUDENT)}
everything = pytest.mark.parametrize("shown", ALL.values(), ids=ALL)


def results(shown: Report) -> dict[str, Any]:
    """The parsed results.json."""
    document: dict[str, Any] = json.loads(gradescope.render(shown))
    return document


def recorded(document: dict[str, Any]) -> float | None:
    """The score Gradescope records: the one at the top, else the sum of the tests; None: it has nothing to record."""
    if "score" in document:
        return float(document["score"])
    tests = document.get("tests", [])
    return sum(test["score"] for test in tests) if tests and all("score" in test for test in tests) else None


@everything
def test_results_hold_the_fields_that_gradescope_knows(shown: Report) -> None:
    """No other, and none of another type."""
    jsonschema.validate(results(shown), RESULTS)


SCORES = [
    pytest.param(work(30, 20), 50, id="full marks"),
    pytest.param(work(20, 0), 20, id="partly right"),
    pytest.param(work(0, 0), 0, id="nothing right"),
    pytest.param(UNREADABLE, 0, id="unreadable: a zero that says why"),
    pytest.param(BROKEN, None, id="not graded: our failure is no zero"),
    pytest.param(report(exercise(check("a"), earned=7)), 7, id="points that are not those of its checks"),
]


@pytest.mark.parametrize(("shown", "score"), SCORES)
def test_gradescope_records_the_score_of_the_report(shown: Report, score: float | None) -> None:
    """By the owner's rule: the top value, else the sum of the tests."""
    assert recorded(results(shown)) == score


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Visibility.VISIBLE, "visible"),
        (Visibility.HIDDEN, "hidden"),
        (Visibility.AFTER_DUE, "after_due_date"),
        (Visibility.AFTER_PUBLISHED, "after_published"),
    ],
)
def test_a_check_keeps_its_visibility(ours: Visibility, theirs: str) -> None:
    """Gradescope hides what we would hide."""
    assert results(report(exercise(check("a", visibility=ours))))["tests"][0]["visibility"] == theirs


def test_what_everybody_sees_tells_nothing_of_hidden_checks() -> None:
    """The text at the top is the same however the hidden check went."""
    outputs = {
        results(
            report(
                exercise(
                    check("a"),
                    check("b", verdict, visibility=Visibility.HIDDEN),
                    withheld_notices=notices,
                )
            )
        )["output"]
        for verdict, notices in [(Verdict.PASSED, ("All right, but slow.",)), (Verdict.FAILED, ())]
    }
    assert len(outputs) == 1


def test_only_a_passed_check_looks_passed() -> None:
    """Also where it is worth nothing, and its score reaches the maximum of 0."""
    judged = (check(verdict.value, verdict, points=0) for verdict in Verdict)
    tests = results(report(exercise(*judged)))["tests"]
    assert [test["status"] for test in tests] == ["passed"] + ["failed"] * (len(Verdict) - 1)


def test_nothing_of_a_students_is_interpreted() -> None:
    """Everything is declared to be plain text."""
    document = results(HOSTILE)
    formats = {document[field] for field in ("output_format", "test_output_format", "test_name_format")}
    assert formats == {"text"}


@everything
def test_feedback_is_what_coursera_takes(shown: Report) -> None:
    """Whatever happened: a share within 0 and 1, a text of at most 64 KB."""
    document = json.loads(coursera.render(shown))
    jsonschema.validate(document, FEEDBACK)
    assert len(document["feedback"].encode()) <= coursera.MOST_BYTES


SHARES = [
    pytest.param(work(30, 20), 1.0, id="full marks"),
    pytest.param(work(20, 0), 0.4, id="partly right"),
    pytest.param(UNREADABLE, 0.0, id="unreadable"),
    pytest.param(BROKEN, 0.375, id="not graded: what it earned for certain"),
    pytest.param(report(), 0.0, id="no evidence is no pass"),
]


@pytest.mark.parametrize(("shown", "share"), SHARES)
def test_the_share_is_that_of_the_points(shown: Report, share: float) -> None:
    """Hidden checks count, though the text does not speak of them."""
    assert json.loads(coursera.render(shown))["fractionalScore"] == share


def test_our_failure_is_said_first() -> None:
    """The platform has no word for "not graded", so the text says it."""
    assert json.loads(coursera.render(BROKEN))["feedback"].startswith("Something failed on our side")


def test_feedback_keeps_hidden_checks_from_the_student() -> None:
    """It is always the student who reads it."""
    assert "SECRET" not in coursera.render(HOSTILE)


def test_long_feedback_is_cut_within_the_limit() -> None:
    """Whole characters are kept, and the cut is said."""
    long = report(*(exercise(check("a"), printed="\u00e9" * 2_000, id=f"e{number}") for number in range(40)))
    feedback = json.loads(coursera.render(long))["feedback"]
    assert coursera.MOST_BYTES - 4 <= len(feedback.encode()) <= coursera.MOST_BYTES
    assert feedback.endswith("too long.\n")
