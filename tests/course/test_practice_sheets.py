"""Practice of the course's own assignments: nothing that is right is called wrong at home."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import Course
from grader.practice.sheet import FILE_NAME, FunctionTask, read_sheet
from grader.practice.trying import tried
from grader.publishing.notebooks import imports_in
from grader.publishing.practice import practice_files, practised
from grader.reference import Scripts, right_variants
from grader.report import Verdict

COURSE = Course(Path(__file__).parents[2])
OPEN = (Verdict.PASSED, Verdict.SKIPPED)


@pytest.mark.parametrize("name", [name for name in COURSE.ids if practised(COURSE.assignment(name))])
def test_whatever_is_right_is_right_in_practice(name: str) -> None:
    """The reference passes every check it is tried on; of the other right ones, some checks may stay open."""
    assignment = COURSE.assignment(name)
    exercises = {exercise.id: exercise for exercise in assignment.exercises}
    scripts = Scripts(assignment, COURSE.solution(name))
    sheet = read_sheet(practice_files(COURSE, assignment)[FILE_NAME])
    given = {Path(file).stem for file in COURSE.files(name)}
    right = [
        (each.exercise, each.path)
        for each in right_variants(COURSE, assignment)
        if not given & set(imports_in(each.path.read_text(encoding="utf-8")))  # those run in a folder with the files
    ]
    wrong: list[tuple[str, str, str]] = []
    for task in sheet.tasks:
        for path in (scripts.solution, *(path for exercise, path in right if exercise == task.id)):
            if isinstance(task, FunctionTask):
                seen = tried(task, scripts.function(exercises[task.id], path), sheet)
                fine = (Verdict.PASSED,) if path == scripts.solution else OPEN
                wrong += [(path.stem, check.id, check.message) for check in seen.checks if check.verdict not in fine]

    assert wrong == []
