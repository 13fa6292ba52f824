"""Attempts judged again by a worker's own process: on paper what can be, in rooms what has to be, by two revisions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import select

from grader.classes.graded import Graded
from grader.policy.terms import Terms
from grader.report.report import Report
from grader.service.attempts.finishing import finish
from grader.service.attempts.handed_in import HandIn
from grader.service.attempts.openings import open_assignment
from grader.service.attempts.receiving import receive
from grader.service.courses.adding import Added, add_course
from grader.service.operations.forgetting import retire
from grader.service.people.audit import Actor
from grader.service.queue.claims import claim_in
from grader.service.regrading.claims import claim_work_in
from grader.service.regrading.sets import Wanted, begin
from grader.service.site import Site
from grader.service.store.tables import Attempt, Opening, Role, Source
from grader.service.worker.fetching import Fetching
from grader.service.worker.job import Job, JobAnswer, Ungraded
from grader.service.worker.work import GradingWork
from tests.hostile.small_course import DOUBLE, handed_in, write_course
from tests.service.classroom import enrol

ASSIGNMENT = "assignments/small/assignment.py"
ACTOR = Actor(person_id=None)


def answered(jobs: Sequence[Job]) -> list[JobAnswer]:
    """What the process of a slot makes of each, one after the other."""
    told, _ = get_context("spawn").Pipe()
    with GradingWork(sandbox="auto", private=(), keys=None, told=told, most=3, memory=2**40).open() as grade:
        return [grade(job) for job in jobs]


def by_a_worker(*jobs: Job) -> list[JobAnswer]:
    """In a process of its own, as a worker has it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(answered, jobs).result()


@pytest.fixture
def attempt(on_sqlite: Site, tmp_path: Path) -> uuid.UUID:
    """An attempt that returns what it was given, graded by the first revision of a course."""
    site = on_sqlite
    added = revised(site, tmp_path)
    with site.database.begin() as session:
        person = enrol(session, site, added.course_id, "ada", Role.STUDENT)
        open_assignment(session, added.course_id, "small", Terms(), actor=ACTOR, now=site.now())
    wrong = HandIn(
        course_id=added.course_id,
        assignment="small",
        person_id=person,
        filename="small.ipynb",
        data=handed_in(DOUBLE.replace("2.0 * x", "x")),
        source=Source.PAGE,
    )
    with site.database.begin() as session:
        receive(session, site, wrong)
    claimed = claim_in(site.database, worker="w", now=site.now())
    assert claimed is not None
    (graded,) = by_a_worker(Fetching(site)(claimed))
    assert isinstance(graded, Graded)
    with site.database.begin() as session:
        finish(session, site, claimed, Report.model_validate_json(graded.report))
    return claimed.attempt_id


def revised(site: Site, folder: Path, *edit: str) -> Added:
    """The course as it is with that edit, added to the site."""
    course = folder / f"course-{len(list(folder.glob('course-*')))}"
    write_course(course)
    if edit:
        was, becomes = edit
        text = (course / ASSIGNMENT).read_text(encoding="utf-8")
        assert was in text
        (course / ASSIGNMENT).write_text(text.replace(was, becomes), encoding="utf-8")
    with site.database.begin() as session:
        return add_course(session, site, course, slug="ml")


def job_of(site: Site, added: Added) -> Job:
    """What a slot's process is told of the attempt once it is to be judged again by that revision."""
    with site.database.begin() as session:
        opening = session.scalars(select(Opening)).one()
        wanted = Wanted(revision_id=added.revision_id)
        assert isinstance(begin(session, site, opening, wanted, actor=ACTOR, now=site.now()), uuid.UUID)
    work = claim_work_in(site.database, worker="w", now=site.now())
    assert work is not None
    return Fetching(site)(work)


def earned(answer: JobAnswer) -> tuple[list[int | None], bool]:
    """The points of each exercise, and whether it took no room."""
    assert isinstance(answer, Graded), answer
    return [each.earned for each in Report.model_validate_json(answer.report).exercises], answer.was_kept


def test_points_take_no_room(on_sqlite: Site, attempt: uuid.UUID, tmp_path: Path) -> None:
    """Also where what was handed in is no longer kept."""
    job = job_of(on_sqlite, revised(on_sqlite, tmp_path, 'check("drawn", 10', 'check("drawn", 30'))
    assert earned(by_a_worker(job)[0]) == ([0, 30], True)


def test_a_changed_check_is_asked_again(on_sqlite: Site, attempt: uuid.UUID, tmp_path: Path) -> None:
    """By the new revision, for what was handed in then."""
    milder = ('check("secret", 4, question=DRAWN', 'check("secret", 4, question=DRAWN, rule=LeavesArguments()')
    job = job_of(on_sqlite, revised(on_sqlite, tmp_path, *milder))
    assert earned(by_a_worker(job)[0]) == ([8, 10], False)


def test_what_was_forgotten_cannot_be_asked_again(on_sqlite: Site, attempt: uuid.UUID, tmp_path: Path) -> None:
    """That is said, and nobody gets a zero for it."""
    with on_sqlite.database.begin() as session:
        retire(session, session.get_one(Attempt, attempt).received_at.replace(year=2100), on_sqlite.now())
    job = job_of(on_sqlite, revised(on_sqlite, tmp_path, "[1.0, 2.5]", "[1.0, 2.25]"))
    (answer,) = by_a_worker(job)
    assert isinstance(answer, Ungraded)
    assert answer.trouble.key == "regrade_forgotten"
