"""What pages have to know of a course, read from its folder by executing it: once, when it is added. An assignment that
is broken says why, and keeps none of the others from being there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from grader.course.assignment import Assignment, Exercise, ToMark
from grader.course.folder import Course
from grader.course.mistakes import read_mistakes
from grader.errors import CourseError
from grader.messages import LANGUAGES
from grader.policy.opening_file import read_terms
from grader.service.courses.archive import CourseFiles
from grader.service.store.outline import AssignmentOutline, ExerciseOutline

#: how much is said of a fault
_MOST: Final = 2_000
#: what the pages of a course are called by; an assignment of that name would have no page of its own
TAKEN: Final = frozenset({"audit", "gradebook", "marking", "openings", "people", "queue", "regrades", "teach"})


def outlined(folder: Path, files: CourseFiles) -> tuple[AssignmentOutline, ...]:
    """Every assignment of the course in that folder, by id. Raises CourseError if not one of them can be read."""
    course = Course(folder)
    outlines = tuple(_outline(course, name, files.digest_of(name)) for name in course.ids)
    faults = [outline.fault for outline in outlines if outline.fault is not None]
    if len(faults) == len(outlines):
        raise CourseError(
            "The course has no assignment that can be read. `grader check --all` says what is to be mended.", *faults
        )
    return outlines


def _outline(course: Course, name: str, digest: str) -> AssignmentOutline:
    try:
        _refuse_taken(name)
        assignment = course.assignment(name)
        read_mistakes(course, assignment)  # nothing is graded by an assignment of which one cannot be read
        return AssignmentOutline(
            id=name,
            title=_translated(course, name, assignment.title),
            exercises=_exercises(course, assignment),
            terms=read_terms(course.folder / "assignments" / name),
            digest=digest,
        )
    except CourseError as error:
        fault = str(error).replace(f"{course.folder}/", "")
        return AssignmentOutline(id=name, title={"en": name}, fault=fault[:_MOST], digest=digest)


def _refuse_taken(name: str) -> None:
    if name in TAKEN:
        raise CourseError(
            f"assignments/{name}: a page of the site is called {name!r}. Give the assignment another id, such as "
            f"{name}_lab; its folders and its id are to be called alike."
        )


def _exercises(course: Course, assignment: Assignment) -> tuple[ExerciseOutline, ...]:
    """In the order of a report: what people mark comes last."""
    asked: tuple[Exercise | ToMark, ...] = (*assignment.exercises, *assignment.to_mark)
    return tuple(
        ExerciseOutline(
            id=each.id,
            title=_translated(course, assignment.id, each.title),
            points=each.points,
            by_person=isinstance(each, ToMark),
        )
        for each in asked
    )


def _translated(course: Course, name: str, text: str) -> dict[str, str]:
    """A text of the course in each language that has it."""
    said = {language: course.words(name, language).prose(text) for language in LANGUAGES}
    return {language: words for language, words in said.items() if language == "en" or words != text}
