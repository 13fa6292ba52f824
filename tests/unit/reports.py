"""Reports as tests need them: complete, small, and different only where a test says so. No test lives here."""

from __future__ import annotations

from typing import Any

from grader.assignment import Visibility
from grader.report import (
    AssignmentReference,
    CellReference,
    CheckResult,
    Counterexample,
    ExerciseResult,
    Provenance,
    Report,
    Run,
    Shown,
    Status,
    SubmissionReference,
    Verdict,
    overall,
    score,
)

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
    return CheckResult(id=id, verdict=verdict, possible=points, **(fields | more))


def exercise(*checks: CheckResult, **more: Any) -> ExerciseResult:
    """An exercise with the verdict and the points of its checks."""
    fields: dict[str, Any] = {
        "id": "double",
        "title": "Double it",
        "verdict": overall(checks),
        "earned": sum(c.earned for c in checks),
        "possible": sum(c.possible for c in checks),
        "message": "Message of the exercise.",
        "cell": CellReference(index=5, found_by="marker"),
    }
    return ExerciseResult(checks=checks, **(fields | more))


def not_graded() -> ExerciseResult:
    """An exercise that we could not grade."""
    return ExerciseResult(
        id="model",
        title="A model",
        verdict=Verdict.NOT_GRADED,
        earned=None,
        possible=50,
        message="The sandbox broke. Grade this submission again.",
        cell=None,
        checks=(),
    )


def report(*exercises: ExerciseResult, **more: Any) -> Report:
    """The report of the given exercises."""
    fields: dict[str, Any] = {
        "status": Status.GRADED,
        "assignment": AssignmentReference(id="lab", title="A lab", version="1"),
        "submission": SubmissionReference(name="submission.ipynb", sha256="0" * 64),
        "score": score(exercises),
        "provenance": PROVENANCE,
        "run": RUN,
    }
    return Report(exercises=exercises, **(fields | more))
