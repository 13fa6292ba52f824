"""How a class did with an assignment: its points as a picture, each check, what went wrong most."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from grader.messages import Words
from grader.render.drawing import histogram
from grader.report.check_figures import CheckFigures
from grader.service.attempts.all_tries import figures_of
from grader.service.attempts.check_statistics import AssignmentNumbers, numbers
from grader.service.courses.current import current_assignments
from grader.service.courses.titles import Titles
from grader.service.store.tables import Role
from grader.service.web.access import InCourse, Member, site_of
from grader.service.web.blind import blind_in
from grader.service.web.named import the_opening
from grader.service.web.staff.frame import course_page, words_for

router = APIRouter()
#: columns and rows of the page; the table and the JSON that are taken away have all
MOST_ATTEMPTS: Final = 8
MOST_STEPS: Final = 50


@router.get("/courses/{slug}/{assignment}/statistics")
def statistics(request: Request, assignment: str, course: InCourse = Depends(Member(Role.GRADER))) -> HTMLResponse:
    """The statistics of an opening."""
    words = words_for(request, course.caller)
    with site_of(request).database.read() as session:
        opening = the_opening(session, course, assignment)
        outline = current_assignments(session, course.course_id).get(assignment)
        found = numbers(session, opening.id, blind_in(session, request, course))
    titles = Titles(assignment=assignment, outline=outline)
    return course_page(
        request,
        "staff/statistics.html.j2",
        course,
        tab="openings",
        assignment=assignment,
        outline=outline,
        found=found,
        picture=_picture(found, words),
        exercise_title=lambda exercise: titles.by_id(exercise, words),
    )


@router.get("/courses/{slug}/{assignment}/statistics/checks")
def checks(request: Request, assignment: str, course: InCourse = Depends(Member(Role.GRADER))) -> HTMLResponse:
    """Each check by attempt, from everybody's reports: a page of its own, since many are opened for it."""
    words = words_for(request, course.caller)
    with site_of(request).database.read() as session:
        opening = the_opening(session, course, assignment)
        outline = current_assignments(session, course.course_id).get(assignment)
        found = figures_of(session, opening)
    titles = Titles(assignment=assignment, outline=outline)
    numbered = sorted({each.number for check in found.checks for each in check.by_attempt})
    exercises: dict[str, list[CheckFigures]] = {}
    for check in found.checks:
        exercises.setdefault(check.exercise, []).append(check)
    return course_page(
        request,
        "staff/check_figures.html.j2",
        course,
        tab="openings",
        assignment=assignment,
        outline=outline,
        found=found,
        exercises=exercises,
        numbers=numbered[:MOST_ATTEMPTS],
        by_number=lambda check: {each.number: each.passing for each in check.by_attempt},
        judged_again=any(check.before is not None for check in found.checks),
        most=MOST_STEPS,
        exercise_title=lambda exercise: titles.by_id(exercise, words),
    )


def _picture(found: AssignmentNumbers, words: Words) -> Markup:
    names = [*(f"{tens}-{tens + 9}" for tens in range(0, 100, 10)), "100"]
    pairs = zip(names, found.histogram, strict=True)
    counts = [words.say("class_tens", percent=name, students=f"{count:,}") for name, count in pairs if count]
    return histogram(found.histogram, names, label=words.say("class_histogram", counts=words.listed(counts) or "0"))
