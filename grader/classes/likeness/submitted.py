"""What is compared of one submission, taken out of its report: a small thing that can be handed to another process.

Nothing is read or compared here, so that no library has to be loaded for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.report.marking import unmarked
from grader.report.report import AssignmentReference, Record, Report, Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was written; `is_text`: a person marks it, so that it may be prose."""

    source: str
    is_text: bool = False


class Submitted(Record):
    """Whose, the name that the roster gave, the answers and the titles of their exercises; `sha256` of what was handed
    in, if it is known."""

    student: str
    name: str = ""
    assignment: AssignmentReference | None = None
    sha256: str | None = None
    answers: dict[str, Answer]
    titles: dict[str, str]


def submitted(student: str, name: str, report: Report) -> Submitted:
    """Of that report."""
    return Submitted(
        student=student,
        name=name,
        assignment=report.assignment,
        sha256=report.submission.sha256,
        answers=dict(_answers(report)),
        titles={each.id: each.title for each in report.exercises},
    )


def _answers(report: Report) -> Iterator[tuple[str, Answer]]:
    """What was written for each exercise; nothing where nothing was found."""
    for each in report.exercises:
        if each.cell is not None and each.cell.source.strip():
            yield each.id, Answer(each.cell.source, is_text=unmarked(each).verdict is Verdict.TO_MARK)
