"""A course in the middle of its term, as pages of staff show it: sections, two openings, attempts in every state."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grader.messages import say
from grader.policy.state import State
from grader.policy.terms import Counts, Deduction, Relief, Terms
from grader.report.report import Report
from grader.service.attempts.documents import packed
from grader.service.attempts.openings import Whom, grant
from grader.service.attempts.outlining import outlined
from grader.service.people.audit import Actor
from grader.service.site import Site
from grader.service.store.outline import AssignmentOutline, ExerciseOutline, Stage
from grader.service.store.tables import (
    Attempt,
    Membership,
    Opening,
    Person,
    Revision,
    Role,
    Section,
    Standing,
    StoredReport,
    WorkerSeen,
)
from tests.service.classroom import DIGITS, Classroom, enrol, furnish, handed_in
from tests.unit.gallery import ARRAYS, EVERY_VERDICT, PERFECT, RAISED

MARKUP = "<script>alert(1)</script>"
NOTEBOOK = (
    b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ['
    b'{"cell_type": "markdown", "metadata": {}, "source": ["# My lab <script>alert(1)</script>"]},'
    b'{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null,'
    b' "source": ["def my_softmax(z):\\n", "    return z / sum(z)  # <b>"]}]}'
)
FACES = AssignmentOutline(
    id="faces",
    title={"en": "Faces", "zh": "人脸"},
    exercises=(ExerciseOutline(id="find", title={"en": "Find them"}, points=20),),
)
BROKEN = AssignmentOutline(id="broken", title={"en": "Broken"}, fault="assignment.py, line 3: no such check")


def lively(site: Site) -> Classroom:
    """Ada, Bob, Cem and one whose name is markup hand in; one attempt runs, one waits, one is parked."""
    people = dict.fromkeys(("ada", "bob", "cem", "dora"), Role.STUDENT)
    roles = people | {"ines": Role.INSTRUCTOR, "greta": Role.GRADER}
    terms = Terms(due=site.now() + timedelta(days=3), deduction=Deduction(percent=10, floor=50), counts=Counts.BEST)
    room = furnish(site, people=roles, terms=terms)
    with site.database.begin() as session:
        _settle_in(session, room)
        session.add(Section(course_id=room.course_id, name="Tuesday"))
        room = replace(room, people=room.people | {"olga": _owner(session, room)})
        session.execute(update(Person).where(Person.id == room.people["dora"]).values(name=f"Dora {MARKUP}"))
    for name, report in (("ada", ARRAYS), ("bob", EVERY_VERDICT), ("cem", PERFECT), ("dora", RAISED)):
        graded(room, name, report)
    site_now = site.now()
    running, waiting = handed_in(room, "ada", number=2), handed_in(room, "bob", number=2)
    parked = handed_in(room, "cem", number=2, state=State.PARKED)
    with site.database.begin() as session:
        stage = Stage(exercise=2, exercises=3, title="Softmax")
        _set(session, running, state=State.RUNNING, worker="w1", claimed_at=site_now, stage=stage, fence=1)
        _set(session, waiting, seconds=4.0)
        _set(session, parked, trouble=say("attempt_worker_lost"), tries=3, fence=3)
        actor = Actor(person_id=room.people["ines"])
        relief = Relief(due=site_now + timedelta(days=7), extra_attempts=2)
        whom = Whom(person_id=room.people["ada"])
        grant(session, room.opening_id, whom, relief, reason="ill", actor=actor, now=site_now)
    return room


def graded(room: Classroom, name: str, report: Report, *, number: int = 1) -> uuid.UUID:
    """A graded attempt with that report, and the standing that follows."""
    attempt_id = handed_in(room, name, number=number, state=State.GRADED)
    now = room.site.now()
    with room.site.database.begin() as session:
        sha256 = room.site.blobs.put(session, NOTEBOOK, now=now)
        session.flush()
        _set(session, attempt_id, sha256=sha256, size=len(NOTEBOOK), finished_at=now, claimed_at=now, worker="w1")
        session.add(
            StoredReport(
                attempt_id=attempt_id,
                revision_id=room.revision_id,
                made_at=now,
                status=report.status.value,
                outline=outlined(report),
                document=packed(report),
            )
        )
        score = report.score
        session.merge(
            Standing(
                opening_id=room.opening_id,
                person_id=room.people[name],
                attempt_id=attempt_id,
                attempts=number,
                waiting=0,
                earned=None if score is None or score.earned is None else Fraction(score.earned),
                possible=None if score is None else score.possible,
            )
        )
    return attempt_id


def _settle_in(session: Session, room: Classroom) -> None:
    """Another assignment that is open, one that cannot be read; a section; a worker."""
    now = room.site.now()
    session.execute(update(Revision).where(Revision.id == room.revision_id).values(assignments=(DIGITS, FACES, BROKEN)))
    session.add(Opening(course_id=room.course_id, assignment="faces", terms=Terms(), created_at=now))
    monday = Section(course_id=room.course_id, name="Monday")
    session.add(monday)
    session.flush()
    mine = select(Membership).where(Membership.person_id == room.people["ada"])
    session.scalars(mine).one().section_id = monday.id
    session.add(
        WorkerSeen(id="w1", host="rack-1", version="2.0", sandbox="tier 1", slots=2, started_at=now, seen_at=now)
    )
    gone = now - timedelta(minutes=9)
    session.add(WorkerSeen(id="w0", host="rack-0", version="2.0", sandbox=None, slots=2, started_at=gone, seen_at=gone))


def _owner(session: Session, room: Classroom) -> int:
    return enrol(session, room.site, room.course_id, "olga", Role.OWNER, owns_site=True)


def _set(session: Session, attempt_id: uuid.UUID, **values: object) -> None:
    session.execute(update(Attempt).where(Attempt.id == attempt_id).values(**values))


def large(site: Site, *, students: int, assignments: int) -> Classroom:
    """A course of that size in which everybody handed everything in."""
    room = furnish(site, people={"ines": Role.INSTRUCTOR})
    with site.database.begin() as session:
        names = [f"Student {number:04}" for number in range(students)]
        session.add_all([Person(id=1000 + n, name=name, created_at=site.now()) for n, name in enumerate(names)])
        session.flush()
        session.add_all(
            [
                Membership(
                    course_id=room.course_id, person_id=1000 + n, role=Role.STUDENT, number=str(n), joined_at=site.now()
                )
                for n in range(students)
            ]
        )
        openings = [
            Opening(course_id=room.course_id, assignment=f"lab_{n}", terms=Terms(), created_at=site.now())
            for n in range(assignments - 1)
        ]
        session.add_all(openings)
        session.flush()
        ids = [room.opening_id, *(each.id for each in openings)]
        _everything(session, ids, students)
    return room


def _everything(session: Session, openings: list[int], students: int) -> None:
    for place, opening_id in enumerate(openings):
        session.add_all(
            [
                Standing(
                    opening_id=opening_id,
                    person_id=1000 + n,
                    attempts=1,
                    waiting=0,
                    earned=Fraction((7 * n + place) % 201, 2),
                    possible=100,
                    late=n % 9 == 0,
                )
                for n in range(students)
            ]
        )
