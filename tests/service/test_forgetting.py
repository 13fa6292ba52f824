"""Who is forgotten is nowhere any more, and nobody's points have changed."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from grader.errors import StoreDamaged, UsageError
from grader.messages import say
from grader.policy.state import State
from grader.policy.terms import Relief
from grader.report.marking import Given
from grader.report.report import Report
from grader.service.attempts.documents import complete_report, packed
from grader.service.attempts.finishing import rerun
from grader.service.attempts.outlining import outlined
from grader.service.attempts.standing import settle
from grader.service.operations.forgetting import forget, retire, sweep, without_words
from grader.service.operations.rows import lines_of
from grader.service.people.accounts import invite, what_link
from grader.service.people.audit import record
from grader.service.people.sessions import begin_session
from grader.service.people.tokens import new_token
from grader.service.site import Site
from grader.service.store.blobs import EMPTY
from grader.service.store.mark_tables import SecondMark
from grader.service.store.tables import (
    Attempt,
    Audit,
    Extension,
    Identity,
    Membership,
    Person,
    Role,
    Standing,
    StoredReport,
    Table,
)
from tests.service.classroom import Classroom, furnish, handed_in
from tests.unit.gallery import EVERY_VERDICT, RAISED

#: whatever may not be found of Ada anywhere afterwards; none of it is what a digest or a time may spell
HERS = (
    '"Ada"',
    "ada@example.org",
    "s-4711",
    "ada's laptop",
    "oidc-ada",
    "ada_homework",
    "was ill",
    "guessed, first",
    "guessed, too",
)


@pytest.fixture
def room(site: Site) -> Classroom:
    """Ada has a report, an attempt that waits, and has left traces everywhere; Bob has handed in as well."""
    room = furnish(site)
    ada = room.people["ada"]
    marked = graded(room, "ada")
    graded(room, "bob")
    handed_in(room, "ada", number=2)
    with site.database.begin() as session:
        session.execute(update(Membership).where(Membership.person_id == ada).values(number="s-4711"))
        session.execute(update(Attempt).where(Attempt.person_id == ada).values(filename="ada_homework.ipynb"))
        session.add(Identity(person_id=ada, issuer="https://school", subject="oidc-ada"))
        relief = Relief(extra_attempts=1)
        session.add(
            Extension(opening_id=room.opening_id, person_id=ada, relief=relief, reason="was ill", at=site.now())
        )
        session.add(
            SecondMark(
                attempt_id=marked,
                exercise="why",
                opening_id=room.opening_id,
                drawn_at=site.now(),
                first=Given(points=1, comment="guessed, first"),
                given=Given(points=2, comment="guessed, too"),
            )
        )
        begin_session(session, ada, agent="ada's laptop", now=site.now())
        record(
            session, actor_id=1, action="x", subject="course:1", details={"who": ["ada@example.org"]}, now=site.now()
        )
        record(session, actor_id=1, action="y", subject=f"person:{ada}", details={"name": "Ada"}, now=site.now())
        record(
            session, actor_id=1, action="z", subject="course:1", details={"added": 3, "at": "Adagio"}, now=site.now()
        )
    return room


def graded(room: Classroom, name: str) -> uuid.UUID:
    attempt_id = handed_in(room, name, state=State.GRADED)
    report: Report = RAISED
    with room.site.database.begin() as session:
        session.add(
            StoredReport(
                attempt_id=attempt_id,
                revision_id=room.revision_id,
                made_at=room.site.now(),
                status=report.status,
                outline=outlined(report),
                document=packed(report),
            )
        )
        session.flush()
        settle(session, room.opening_id, room.people[name], room.site.now())
    return attempt_id


def forgotten(room: Classroom, name: str) -> None:
    site = room.site
    with site.database.begin() as session:
        forget(session, room.people[name], site.now(), by_id=room.people["ines"])
    with site.database.begin() as session:
        sweep(session, site)


def everything_said(site: Site) -> str:
    with site.database.read() as session:
        return "\n".join(line for table in Table.metadata.sorted_tables for line in lines_of(session, table))


def test_nothing_is_left_of_who_is_forgotten(room: Classroom) -> None:
    """In no row of any table; and they are signed in nowhere."""
    before = everything_said(room.site)
    assert [word for word in HERS if word not in before] == []
    forgotten(room, "ada")

    after = everything_said(room.site).replace("Adagio", "")
    assert [word for word in HERS if word in after] == []


def test_no_way_in_that_they_made_for_others_is_left(room: Classroom) -> None:
    """An invitation of somebody forgotten would let in whoever kept it."""
    now = room.site.now()
    with room.site.database.begin() as session:
        hers, others = (
            invite(session, course_id=room.course_id, role=Role.GRADER, by_id=room.people[by], now=now)
            for by in ("ada", "ines")
        )
        forget(session, room.people["ada"], now)
        assert what_link(session, hers, now=now) is None
        assert what_link(session, others, now=now) is not None


def test_points_stay_as_they_were(room: Classroom) -> None:
    """A course's statistics are made of them: standing, outline and the time of each attempt."""
    site, ada = room.site, room.people["ada"]
    with site.database.read() as session:
        before = session.execute(select(Standing.earned, Standing.possible).where(Standing.person_id == ada)).one()
        outlines = session.scalars(select(StoredReport.outline)).all()
    forgotten(room, "ada")
    with site.database.read() as session:
        now = session.execute(select(Standing.earned, Standing.possible).where(Standing.person_id == ada)).one()
        assert now == before
        assert session.scalars(select(StoredReport.outline)).all() == outlines
        assert session.scalar(select(Standing.waiting).where(Standing.person_id == ada)) == 0


def test_others_keep_what_is_theirs(room: Classroom) -> None:
    """Even bytes that both have handed in."""
    site = room.site
    with site.database.begin() as session:
        shared = session.scalars(select(Attempt.sha256).where(Attempt.person_id == room.people["bob"])).one()
        session.execute(update(Attempt).where(Attempt.person_id == room.people["ada"]).values(sha256=shared))
    forgotten(room, "ada")
    with site.database.read() as session:
        bob = session.scalars(select(Attempt).where(Attempt.person_id == room.people["bob"])).one()
        assert site.blobs.get(session, bob.sha256)
        assert complete_report(
            session.scalars(select(StoredReport).where(StoredReport.attempt_id == bob.id)).one()
        ) == (RAISED)


def test_the_bytes_are_gone(room: Classroom) -> None:
    """Not only out of sight."""
    site = room.site
    with site.database.read() as session:
        hers = session.scalars(select(Attempt.sha256).where(Attempt.person_id == room.people["ada"])).all()
    forgotten(room, "ada")
    for sha256 in hers:
        with site.database.read() as session, pytest.raises(StoreDamaged):
            site.blobs.get(session, sha256)


def test_what_waited_is_withdrawn_and_nothing_is_graded_again(room: Classroom) -> None:
    """There is nothing left to grade; whoever has it in hand is too late."""
    site = room.site
    forgotten(room, "ada")
    with site.database.begin() as session:
        attempts = session.scalars(
            select(Attempt).where(Attempt.person_id == room.people["ada"]).order_by(Attempt.number)
        ).all()
        assert [(each.state, each.fence) for each in attempts] == [(State.GRADED, 0), (State.SUPERSEDED, 1)]
        assert not any(rerun(session, site, each.id) for each in attempts)


def test_the_trail_says_who_was_forgotten_by_number_alone(room: Classroom) -> None:
    """And goes on saying what has nothing to do with them."""
    forgotten(room, "ada")
    with room.site.database.read() as session:
        last = session.scalars(select(Audit).order_by(Audit.id.desc())).first()
        kept = session.scalars(select(Audit.details).where(Audit.action == "z")).one()
    assert last is not None
    assert (last.action, last.subject, last.details) == ("person.forgotten", f"person:{room.people['ada']}", {})
    assert kept == {"added": 3, "at": "Adagio"}


def test_a_site_keeps_an_owner(room: Classroom) -> None:
    """The last one cannot be forgotten, nor somebody who is not there."""
    site = room.site
    with site.database.begin() as session:
        session.get_one(Person, room.people["ines"]).owns_site = True
    for person_id, said in ((room.people["ines"], "Nobody else owns"), (999, "nobody with the number 999")):
        with pytest.raises(UsageError, match=said), site.database.begin() as session:
            forget(session, person_id, site.now())


def test_to_forget_twice_is_harmless(room: Classroom) -> None:
    """As after a connection that broke."""
    forgotten(room, "ada")
    forgotten(room, "ada")


def test_what_is_old_is_no_longer_kept(room: Classroom) -> None:
    """Notebooks and words of before that day go, points stay; what is younger is not touched."""
    site, now = room.site, room.site.now()
    with site.database.begin() as session:
        session.execute(
            update(Attempt).where(Attempt.person_id == room.people["bob"]).values(received_at=now - timedelta(days=400))
        )
        year_before = now - timedelta(days=800)
        new_token(session, person_id=room.people["bob"], name="t", scopes=[], now=year_before)
    with site.database.begin() as session:
        gone = retire(session, now - timedelta(days=365), now)
        standing = session.get_one(Standing, (room.opening_id, room.people["bob"]))
        ada, bob = (
            session.scalars(select(Attempt).where(Attempt.person_id == room.people[name], Attempt.number == 1)).one()
            for name in ("ada", "bob")
        )
    assert (gone.attempts, gone.sign_ins) == (1, 1)
    assert standing.earned is not None
    assert bob.sha256 == EMPTY
    assert ada.sha256 != EMPTY


def test_a_report_without_words_says_the_same_numbers() -> None:
    """Exercises, checks, verdicts and points; no text that came from a student, no sentence about them."""
    report = EVERY_VERDICT
    numbers = without_words(report)
    assert outlined(numbers) == outlined(report)
    assert {check.message for each in numbers.exercises for check in each.checks} == {say("no_longer_kept")}
    assert all(each.cell is None and not each.printed for each in numbers.exercises)
