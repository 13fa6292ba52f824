"""Reports as tests need them: complete, small, and different only where a test says so. No test lives here."""

from __future__ import annotations

from typing import Any

from grader.course.assignment import Visibility
from grader.messages import Message, prose
from grader.report.report import (
    AssignmentReference,
    CellReference,
    CheckResult,
    Counterexample,
    ExerciseResult,
    Provenance,
    Report,
    Run,
    Shown,
    SubmissionReference,
    Verdict,
)
from grader.report.sums import earned, overall, score, status

PROVENANCE = Provenance(
    grader="0.1.0", python="3.11.0", numpy="2.4.0", tensorflow=None, keras=None, sandbox="none", seed=0
)
RUN = Run(started="2025-01-01T00:00:00+00:00", seconds=1.5, host="here")
COUNTEREXAMPLE = Counterexample(
    call="double(np.array([-1.]))",
    inputs=(Shown(text="[-1.]", type="ndarray", shape=(1,), dtype="float64", data=(-1.0,)),),
    got=Shown(text="[nan]", type="ndarray", shape=(1,), dtype="float64", data=("nan",)),
    expected=Shown(text="[-2.]", type="ndarray", shape=(1,), dtype="float64", data=(-2.0,)),
)


def check(id: str, verdict: Verdict = Verdict.PASSED, *, points: int = 10, **more: Any) -> CheckResult:
    """A judged check: all points if passed, else none, with a counterexample if it failed."""
    passed = verdict is Verdict.PASSED
    fields: dict[str, Any] = {
        "title": f"Title of {id}",
        "earned": points if passed else 0,
        "visibility": Visibility.VISIBLE,
        "message": f"Message of {id}.",
        "hint": None if passed else f"Hint of {id}.",
        "counterexample": COUNTEREXAMPLE if verdict is Verdict.FAILED else None,
    }
    return CheckResult(id=id, verdict=verdict, possible=points, **_told(fields | more))


def exercise(*checks: CheckResult, **more: Any) -> ExerciseResult:
    """An exercise with the verdict and the points of its checks."""
    fields: dict[str, Any] = {
        "id": "double",
        "title": "Double it",
        "verdict": overall(checks),
        "earned": earned(checks),
        "possible": sum(c.possible for c in checks),
        "message": "Message of the exercise.",
        "cell": CellReference(index=5, found_by="marker"),
    }
    return ExerciseResult(checks=checks, **_told(fields | more))


def not_graded() -> ExerciseResult:
    """An exercise that we could not grade."""
    return ExerciseResult(
        id="model",
        title="A model",
        verdict=Verdict.NOT_GRADED,
        earned=None,
        possible=50,
        message=prose("The sandbox broke. Grade this submission again."),
        cell=None,
        checks=(),
    )


def report(*exercises: ExerciseResult, **more: Any) -> Report:
    """The report of the given exercises."""
    fields: dict[str, Any] = {
        "status": status(exercises),
        "assignment": AssignmentReference(id="lab", title="A lab", version="1"),
        "submission": SubmissionReference(name="submission.ipynb", sha256="0" * 64),
        "score": score(exercises),
        "provenance": PROVENANCE,
        "run": RUN,
    }
    return Report(exercises=exercises, **_told(fields | more))


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    """Plain texts among what is said, as what a course says."""
    said = {name: _one(fields[name]) for name in ("message", "hint") if fields.get(name) is not None}
    lists = {name: tuple(map(_one, fields[name])) for name in ("notices", "withheld_notices") if name in fields}
    return fields | said | lists


def _one(text: Message | str) -> Message:
    return text if isinstance(text, Message) else prose(text)
