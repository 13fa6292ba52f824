"""`python -m tests.benchmarks.service_gradebook`: the gradebook of a large course, on both databases."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from grader.policy.decision import Decision
from grader.policy.state import State
from grader.policy.terms import Terms
from grader.service.attempts.gradebook import gradebook
from grader.service.attempts.standing import resettle
from grader.service.store.database import Database
from grader.service.store.migrating import upgrade
from grader.service.store.outline import AssignmentOutline, ExerciseOutline, GradedExercise, ResultOutline
from grader.service.store.tables import (
    Attempt,
    Blob,
    Course,
    Membership,
    Opening,
    Person,
    Revision,
    Role,
    Source,
    Standing,
    StoredReport,
    Table,
)
from tests.benchmarks.table import Row, row, shown
from tests.service.conftest import made_database
from tests.service.postgres import server
from tests.service.questions import questions

NOW: Final = datetime(2027, 3, 1, tzinfo=UTC)
STUDENTS: Final = 1_000
OPENINGS: Final = 20
RUNS: Final = 15
#: of one assignment
EXERCISES: Final = 8


def main() -> int:
    """Print the rows."""
    return shown(measures(STUDENTS, OPENINGS))


def measures(students: int, openings: int) -> Iterator[Row]:
    """Time and questions of the gradebook, and what a change of terms takes, on each database there is."""
    for kind in ("sqlite", "postgresql"):
        with _database(kind) as database:
            if database is None:
                continue
            with database.begin() as session:
                course_id, opening_ids = filled(session, students, openings)
            yield from _read(database, course_id, f"{students:,} x {openings}, {kind}")
            began = time.perf_counter()
            with database.begin() as session:
                resettle(session, opening_ids[0], NOW)
            what = f"all {students:,} standings of an opening made anew, {kind}"
            yield row(what, time.perf_counter() - began, reach=3.0, unit=" s")


def _read(database: Database, course_id: int, what: str) -> Iterator[Row]:
    seconds = []
    for _ in range(RUNS):
        with questions(database) as asked, database.read() as session:
            began = time.perf_counter()
            gradebook(session, course_id)
            seconds.append(time.perf_counter() - began)
    yield row(f"gradebook of {what}, median", statistics.median(seconds), reach=0.3, unit=" ms", scale=1e3)
    yield row(f"gradebook of {what}, queries", len(asked), reach=10, unit="")


@contextmanager
def _database(kind: str) -> Iterator[Database | None]:
    """A new one with all tables; None where there is no such server."""
    with tempfile.TemporaryDirectory() as folder, server() as address:
        if kind == "sqlite":
            yield from _upgraded(f"sqlite:///{Path(folder) / 'site.db'}")
        elif address is None:
            yield None
        else:
            with made_database(address, f"grader_gradebook_{uuid.uuid4().hex[:8]}") as url:
                yield from _upgraded(url)


def _upgraded(url: str) -> Iterator[Database]:
    database = Database(url)
    upgrade(database)
    try:
        yield database
    finally:
        database.close()


def filled(session: Session, students: int, openings: int) -> tuple[int, list[int]]:
    """A course in which everybody handed in everything once, and an eighth of it late."""
    course = Course(slug="large", title="Large", created_at=NOW)
    blob = Blob(sha256="0" * 64, size=2, content=b"{}", stored_at=NOW)
    session.add_all([course, blob])
    session.flush()
    exercises = tuple(ExerciseOutline(id=f"e{n}", title={"en": f"E {n}"}, points=10) for n in range(EXERCISES))
    outlines = tuple(
        AssignmentOutline(id=f"lab{n}", title={"en": f"Lab {n}"}, exercises=exercises) for n in range(openings)
    )
    revision = Revision(course_id=course.id, digest="0" * 64, archive=blob.sha256, assignments=outlines, added_at=NOW)
    opened = [Opening(course_id=course.id, assignment=each.id, terms=Terms(), created_at=NOW) for each in outlines]
    people = [Person(name=f"Student {n:04}", email=f"s{n}@example.org", created_at=NOW) for n in range(students)]
    session.add_all([revision, *opened, *people])
    session.flush()
    course.revision_id = revision.id
    members = [
        {"course_id": course.id, "person_id": each.id, "role": Role.STUDENT, "joined_at": NOW} for each in people
    ]
    _put(session, Membership, members)
    pairs = [(opening.id, person.id, uuid.uuid4()) for opening in opened for person in people]
    _put(session, Attempt, [_attempt(course.id, revision.id, *pair) for pair in pairs])
    _put(session, StoredReport, [_report(revision.id, attempt_id) for _, _, attempt_id in pairs])
    _put(session, Standing, [_standing(n, *pair) for n, pair in enumerate(pairs)])
    return course.id, [each.id for each in opened]


def _put(session: Session, kind: type[Table], rows: list[dict[str, Any]]) -> None:
    session.execute(insert(kind), rows)


def _attempt(
    course_id: int, revision_id: int, opening_id: int, person_id: int, attempt_id: uuid.UUID
) -> dict[str, Any]:
    return {
        "id": attempt_id,
        "course_id": course_id,
        "opening_id": opening_id,
        "person_id": person_id,
        "number": 1,
        "received_at": NOW,
        "source": Source.PAGE,
        "sha256": "0" * 64,
        "size": 2,
        "filename": "lab.ipynb",
        "decision": Decision(),
        "receipt": {},
        "revision_id": revision_id,
        "state": State.GRADED,
        "priority": 0,
        "start": 0.0,
        "seconds": 1.0,
    }


_OUTLINE: Final = ResultOutline(
    exercises=tuple(GradedExercise(id=f"e{n}", verdict="passed", earned=10, possible=10) for n in range(EXERCISES)),
    earned=10 * EXERCISES,
    possible=10 * EXERCISES,
)


def _report(revision_id: int, attempt_id: uuid.UUID) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "revision_id": revision_id,
        "made_at": NOW,
        "status": "graded",
        "outline": _OUTLINE,
        "document": b"",
    }


def _standing(n: int, opening_id: int, person_id: int, attempt_id: uuid.UUID) -> dict[str, Any]:
    return {
        "opening_id": opening_id,
        "person_id": person_id,
        "attempt_id": attempt_id,
        "attempts": 1,
        "waiting": 0,
        "earned": Fraction(n % 160, 2),
        "possible": 10 * EXERCISES,
        "late": n % 8 == 0,
    }


if __name__ == "__main__":
    sys.exit(main())
