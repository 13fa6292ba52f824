"""Why an instructor's cell did not run through, and whose fault that is: the work's, or ours, which is no zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from grader.grading.cell_work import Work
from grader.judging.cells import CourseCell
from grader.judging.cells.asserts import UNFULFILLED, asserting, line_of, read
from grader.judging.cells.names import names_of_others
from grader.judging.examination import Fault, in_one_line, no_value
from grader.messages import Message, joined, literal, say
from grader.report.report import Verdict
from grader.wall.message_frames import MAX_FAILURES
from grader.wall.protocol import Ended, Opened, Statement, StudentError

#: characters of a statement that are told
MOST_TEXT: Final = 300
#: exceptions that tell of the cell and its room, unless the student's code raised them
_OF_OURS: Final = frozenset(
    {
        "FileNotFoundError",
        "ImportError",
        "MemoryError",
        "ModuleNotFoundError",
        "NotSendableError",
        "OSError",
        "PermissionError",
        "SyntaxError",
        "SystemExit",
    }
)
#: what is said of a cell room that ended, by why it did
_ENDED: Final = {
    "timed_out": "cell_endless",
    "over_limit": "cell_over_limit",
    "crashed": "cell_crashed",
    "forged": "cell_crashed",
}
_OPEN: Final = Verdict.NOT_GRADED
#: the cause of a fault that a value of the work's may bring about as well as the cell by itself. What the machine may
#: bring about, as a process that ended or a disk that is full, is none of them
UNDECIDED: Final = "undecided"
_MAY_BE_THE_WORKS: Final = frozenset({"timed_out", "over_limit", "FileNotFoundError", "MemoryError", "SystemExit"})


def fault_of(cell: CourseCell, script: Sequence[Statement], work: Work, opened: Opened | Ended) -> Fault | None:
    """Why the cell did not run through, and whose fault that is; None if it did."""
    if work.stopped is not None:
        return work.stopped
    if isinstance(opened, Ended):
        return _not_graded(work.refused or say(_ENDED[opened.reason]), opened.reason)
    before = sum(each.cell == 0 for each in script)
    failed = {each.statement - before: each.error for each in opened.failures}
    if not failed:
        return None
    first = min(failed)
    of_ours = script[before + first].source == cell.setup and not names_of_others(cell.setup)
    fault = _what_failed(cell, failed[first], work, of_ours=of_ours)
    weights = asserting(cell.source)
    may_be_told = fault.verdict is not _OPEN or fault.cause == UNDECIDED
    if cell.apart and first >= 0 and len(weights) == len(script) - before and may_be_told:
        known = len(weights) if len(failed) < MAX_FAILURES else max(failed)  # no evidence is no pass
        held = sum(counts and at not in failed for at, counts in enumerate(weights[:known]))
        return replace(fault, share=Fraction(held, max(sum(weights), 1)))
    return fault


def of_the_work(fault: Fault) -> Fault:
    """The fault of a cell that could not go on, where with the reference it does."""
    reason = fault.detail.fields["reason"]
    return replace(fault, verdict=Verdict.FAILED, detail=say("cell_stopped_with_yours", reason=reason), judged=True)


def _what_failed(cell: CourseCell, error: StudentError, work: Work, *, of_ours: bool) -> Fault:
    for name, answer in work.raised:
        if _is_passed_on(error, answer.error) and (fault := no_value(answer, name)) is not None:
            return fault
    if error.type == UNFULFILLED:
        return Fault(detail=_unfulfilled(error.text), judged=True)
    if error.type in _OF_OURS or of_ours:
        told = say("cell_raised", error=in_one_line(replace(error, cell=None)))
        return _not_graded(told, "" if of_ours else error.type)
    asked = line_of(cell.source, error.line) if cell.form == "cell" else ""
    told = in_one_line(replace(error, cell=None))
    if not asked:
        return Fault(detail=say("cell_raised", error=told))
    return Fault(detail=say("cell_raised_at", text=asked[:MOST_TEXT], error=told))


def _is_passed_on(error: StudentError, raised: StudentError) -> bool:
    """Whether what ended the cell is what the student's code raised, as the cell room raised it again.

    Its text decides only between what both could have raised: a student's may be one that no journey leaves as it is.
    """
    if error.type in _OF_OURS:
        return error.type == raised.type
    return raised.text in error.text and error.type in (raised.type, "RuntimeError")


def _unfulfilled(text: str) -> Message:
    what = read(text)
    values = [say("cell_values", values=", ".join(what.values))] if what.values else []
    said = [literal(what.said)] if what.said else []
    return joined(say("cell_asked", text=what.text), *values, *said)


def _not_graded(reason: Message, how: str) -> Fault:
    cause = UNDECIDED if how in _MAY_BE_THE_WORKS else None
    return Fault(verdict=_OPEN, detail=say("check_not_graded_because", reason=reason), cause=cause, judged=False)
