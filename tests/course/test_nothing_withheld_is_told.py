"""Nothing of a withheld check, and no line of a reference, is in anything that a student gets of any assignment.

The course's own checks are all visible. Here three of four are withheld, each in one of the three ways, every answer is
wrong, and everything drawn for students is searched for what an instructor reads of them. Rooms have their own test of
it, `tests/rooms/test_hidden_values.py`, where code prints, raises and remembers what it was asked.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from grader.authoring.practice.sheet import FILE_NAME, FunctionTask, read_sheet, written
from grader.authoring.release import package
from grader.course.assignment import Check, Visibility
from grader.message import literal
from grader.messages.catalogue import stock
from grader.report.audience import seen_by
from grader.report.report import Audience, Report
from tests.course.test_reference_stays_hidden import lines_of
from tests.course.withheld import bare, drawn, is_telling, key_of, secrets, withholding, wrongly_answered
from tests.labs import COURSE, TENSORS, labs

CALLED = [name for name in COURSE.ids if name not in TENSORS]
FUNCTIONS = [name for name in CALLED if not name.startswith("quiz_")]


def told(report: Report, words: set[str]) -> set[str]:
    """Which of these stand in something drawn of the report, and in what."""
    files = {name: bare(text) for name, text in drawn(report)}
    return {f"{name}: {word}" for name, text in files.items() for word in words if word in text}


@pytest.mark.parametrize("name", labs(CALLED))
def test_nothing_drawn_for_a_student_tells_what_is_withheld(name: str) -> None:
    """Neither an input nor an expected value, a hint or a title of a withheld check, nor a line of the reference; an
    instructor's files, which are searched in the same way, tell every one of them."""
    found = wrongly_answered(name)
    withheld = secrets(found)
    lines = {line for line in map(bare, lines_of(COURSE.solution(name))) if is_telling(line)}

    assert told(seen_by(found, Audience.STUDENT), withheld | lines) == set()
    assert {word.partition(": ")[2] for word in told(found, withheld)} == withheld


def test_there_is_much_to_be_told() -> None:
    """Inputs and values are among what is searched for, not only words."""
    withheld = [word for name in ("numpy_basics", "multiclass_lab") for word in secrets(wrongly_answered(name))]

    assert len(withheld) > 40
    assert sum("nparray" in word for word in withheld) > 5


@pytest.mark.parametrize("part", ["message", "printed", "notices"])
def test_a_leak_would_be_found(part: str) -> None:
    """One withheld call, planted where a report has room for words, is found in what a student gets."""
    found = wrongly_answered("numpy_basics")
    withheld = secrets(found)
    first = found.exercises[0]
    call = next(
        c.counterexample.call for c in first.checks if c.counterexample and bare(c.counterexample.call) in withheld
    )
    leaks = {"message": literal(call), "printed": call, "notices": (literal(call),)}
    planted = first.model_copy(update={part: leaks[part]})
    seen = seen_by(found, Audience.STUDENT)
    leaking = seen.model_copy(update={"exercises": (planted.model_copy(update={"checks": ()}), *seen.exercises[1:])})

    assert told(leaking, withheld) != set()


@pytest.mark.parametrize("name", labs(FUNCTIONS))
def test_no_package_tells_what_is_withheld(name: str) -> None:
    """Of withheld checks neither a call nor a word; of drawn calls, none with which the class is graded, unless it is
    as simple as those that every seed draws. What its author left to the lab to say stands in every package."""
    assignment = withholding(name)
    files = package(COURSE, assignment, sandbox="none")
    everything = b"\n".join(files.values()).decode("utf-8", "replace")
    hidden = [
        check for each in assignment.exercises for check in each.checks if check.visibility is not Visibility.VISIBLE
    ]
    shown = {*stock("zh")} | {
        text for each in assignment.exercises for check in each.checks if check not in hidden for text in said(check)
    }
    calls = graded_calls(
        name, {(each.id, check.id) for each in assignment.exercises for check in each.checks if check in hidden}
    )

    assert [text for check in hidden for text in said(check) if text not in shown and text in everything] == []
    assert [call for call in calls - practised_calls(files) if call in everything] == []


def said(check: Check) -> list[str]:
    """What a report says of a check, by its outcome."""
    return [getattr(check, part) for part in ("failed", "passed", "hint") if getattr(check, part, None)]


def graded_calls(name: str, checks: set[tuple[str, str]]) -> set[str]:
    """The calls of these checks with their expected values, as a sheet would hold them."""
    keys = key_of(name).prepared
    return {written((*case.args, case.expected)) for exercise, check in checks for case in keys[exercise].cases[check]}


def practised_calls(files: Mapping[str, bytes]) -> set[str]:
    """The calls of visible checks in a package, which a hidden check may make as well."""
    tasks = read_sheet(files[FILE_NAME]).tasks if FILE_NAME in files else ()
    return {case for task in tasks if isinstance(task, FunctionTask) for check in task.checks for case in check.cases}
