"""A stored report judged by another revision: what needs no room, and the rest of it by a grader. Nothing is kept here.

What differs between two revisions is `revisions.py`'s business, one result without a room `rejudging.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.course.assignment import Assignment
from grader.errors import TooCostly, UnreadableSubmission
from grader.grading.follow import has_visible_fault
from grader.grading.grader import Grader
from grader.grading.rejudging import rejudged, rewaiting
from grader.grading.revisions import Change, Revision, compared, everything
from grader.limits import NotebookLimits
from grader.notebook.reading import find_answers, read_notebook
from grader.notebook.submission import Submission
from grader.report.marking import marked
from grader.report.report import AssignmentReference, ExerciseResult, Report, Status
from grader.report.sums import score, status

#: the key of what a report says of having been judged again
NOTICE = "regraded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrade:
    """From which revision to which: `before` is None where nobody knows by what a report was judged."""

    before: Revision | None
    now: Revision
    changes: Mapping[str, Change]

    @classmethod
    def between(cls, before: Revision | None, now: Revision) -> Regrade:
        """All that differs. Raises CourseError if a reference cannot be read."""
        return cls(before=before, now=now, changes=everything(now) if before is None else compared(before, now))


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A report as far as it is known without a room: the results by exercise, and the ids of those that are not."""

    known: Mapping[str, ExerciseResult]
    asked_again: frozenset[str]


def started(report: Report, regrade: Regrade) -> Started:
    """What of a complete report is known without a room; `report` may bear marks, which do not count."""
    results = {each.id: each for each in marked(report, {}).exercises}
    known: dict[str, ExerciseResult] = {}
    for key, change in regrade.changes.items():
        if (result := results.get(key)) is not None and (made := rejudged(result, change)) is not None:
            known[key] = made
    before = {} if regrade.before is None else {each.id: each for each in regrade.before.assignment.to_mark}
    for asked in regrade.now.assignment.to_mark:
        waits = results.get(asked.id)
        if waits is not None and (made := rewaiting(waits, before.get(asked.id), asked)) is not None:
            known[asked.id] = made
    wanted = _ids(regrade.now.assignment)
    return Started(known=known, asked_again=frozenset(key for key in wanted if key not in known))


def on_paper(report: Report, begun: Started, assignment: Assignment) -> Report:
    """The report without a room; `begun` knows every exercise, or the report is of what could not be read."""
    reference = {"assignment": AssignmentReference.to(assignment)}
    if report.status is Status.UNREADABLE:
        return report.model_copy(update=reference)
    results = tuple(begun.known[key] for key in _ids(assignment))
    found = {"exercises": results, "score": score(results), "status": status(results)}
    return report.model_copy(update=reference | found)


def in_rooms(grader: Grader, data: bytes, before: Report, begun: Started) -> Report:
    """The report with those exercises judged anew that are not known; `data` is what was handed in.

    Raises as `Grader.examine`.
    """
    limits = NotebookLimits()
    try:
        submission = find_answers(read_notebook(data, limits), grader.assignment)
    except UnreadableSubmission as error:
        return grader.unreadable(before.submission, error.message)
    except TooCostly as error:
        return grader.not_graded(before.submission, error.message)
    report = _examined(grader, submission, before, begun)
    said = tuple(each for each in before.notices if each.key == NOTICE)
    return report.model_copy(update={"notices": (*report.notices, *said)})


def _examined(grader: Grader, submission: Submission, before: Report, begun: Started) -> Report:
    """What is said of an exercise speaks of those it builds on: where one of these fails by now, or no longer does, it
    is asked again as well."""
    known = dict(begun.known)
    were = {each.id: each for each in marked(before, {}).exercises}
    while True:
        report = grader.examine(submission, before.submission, known=known)
        results = {each.id: each for each in report.exercises}
        both = [(key, were[key], each) for key, each in results.items() if key in were]
        turned = {key for key, one, other in both if has_visible_fault(one) != has_visible_fault(other)}
        exercises = grader.assignment.exercises
        touched = [each.id for each in exercises if each.id in known and turned & set(each.depends_on)]
        if not touched:
            return report
        known = {key: each for key, each in results.items() if key not in touched}


def _ids(assignment: Assignment) -> tuple[str, ...]:
    return (*(each.id for each in assignment.exercises), *(each.id for each in assignment.to_mark))
