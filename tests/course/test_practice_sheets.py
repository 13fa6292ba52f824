"""Practice of the course's own assignments: nothing that is right is called wrong at home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.authoring.notebooks import imports_in
from grader.authoring.practice.sheet import FILE_NAME, FunctionTask, read_sheet
from grader.authoring.practice.trying import tried
from grader.authoring.student_package import practised
from grader.course.assignment import Exercise
from grader.course.edits import Script
from grader.course.mistakes import read_variants, solution_of
from grader.grading.reference_rooms import ReferenceRooms
from grader.report.report import Verdict
from tests.english import spoken
from tests.labs import COURSE, TENSORS, labs, practice
from tests.no_rooms import NoRooms

OPEN = (Verdict.PASSED, Verdict.SKIPPED)


def run_at_home(rooms: ReferenceRooms, exercise: Exercise, script: Script) -> Any:
    """The function of that exercise as a notebook would have it, with the reference's where it depends on others."""
    exercises = {each.id: each for each in rooms.assignment.exercises}
    plan = rooms.plan(exercise, script)
    borrowed = {} if script == rooms.solution else {each.name: exercises[each.exercise] for each in plan.borrowed}
    names = {name: run_at_home(rooms, other, rooms.solution) for name, other in borrowed.items()}
    for statement in plan.statements if borrowed else plan.own or plan.statements:
        if statement.needed:
            exec(statement.source, names)
    return names[plan.target]


#: its cells import TensorFlow, which would stay in this process, half a gigabyte of it, for all tests that follow
HEAVY = "digits_training"
PRACTISED = [name for name in COURSE.ids if name not in {HEAVY, *TENSORS} and practised(COURSE.assignment(name))]


@pytest.mark.parametrize("name", [*labs(PRACTISED), pytest.param(HEAVY, marks=pytest.mark.thorough)])
def test_whatever_is_right_is_right_in_practice(name: str) -> None:
    """The reference passes every check it is tried on; of the other right ones, some checks may stay open."""
    assignment = COURSE.assignment(name)
    exercises = {exercise.id: exercise for exercise in assignment.exercises}
    rooms = ReferenceRooms(assignment, solution_of(COURSE, name), NoRooms(), seed=assignment.seed)
    sheet = read_sheet(practice(name)[FILE_NAME])
    given = {Path(file).stem for file in COURSE.files(name)}
    right = [
        (each.exercise, each.script)
        for each in read_variants(COURSE, assignment)
        if not given & set(imports_in(each.script.source))  # those run in a folder with the files
    ]
    wrong: list[tuple[str, str, str]] = []
    for task in sheet.tasks:
        for script in (rooms.solution, *(script for exercise, script in right if exercise == task.id)):
            if isinstance(task, FunctionTask):
                seen = tried(task, run_at_home(rooms, exercises[task.id], script), sheet)
                fine = (Verdict.PASSED,) if script == rooms.solution else OPEN
                told = ((check.id, spoken(check.message)) for check in seen.checks if check.verdict not in fine)
                wrong += [(script.name, *each) for each in told]

    assert wrong == []
