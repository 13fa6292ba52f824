"""Writes that share a transaction: each is kept or fails by itself, and nobody hears of one before it is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Final

import pytest
from sqlalchemy import event, func, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.errors import StoreUnavailable
from grader.policy.decision import Refused
from grader.service.attempts.handed_in import HandIn, Received
from grader.service.attempts.receiving import Receiving, receive
from grader.service.site import Site
from grader.service.store.blobs import InDatabase
from grader.service.store.database import WRITERS, Database
from grader.service.store.tables import Attempt, Role, SiteFact, Source
from tests.service.classroom import Classroom, furnish
from tests.service.grading import asked_for, taken
from tests.service.invariant import assert_nothing_is_lost

#: what `Refusing` refuses
BAD: Final = b"bad"


def test_what_comes_meanwhile_is_one_transaction_and_nobody_hears_before_it_is_kept(on_sqlite: Site) -> None:
    """A disk that takes 5 ms lets a hundred in just as fast as one."""
    database, heard = on_sqlite.database, list[bool]()
    with held(database):
        answers = [database.write(kept(f"{n}")) for n in range(5)]
        event.listen(database.engine, "commit", lambda _: heard.append(any(each.done() for each in answers)))
    found = [each.result() for each in answers]

    assert found == ["0", "1", "2", "3", "4"]
    assert heard == [False, False]  # of whoever was first, and of all others
    assert facts(database) == {"0", "1", "2", "3", "4"}


def test_one_that_fails_takes_nothing_of_others_with_it(site: Site) -> None:
    """Nothing of it is kept, whatever it wrote before; those before and after it are, and know nothing of it."""
    database = site.database

    def failing(session: Session) -> None:
        for _ in range(2):
            session.execute(insert(SiteFact).values(key="fact c", value={}))

    with held(database):
        answers: list[Future[object]] = [database.write(each) for each in (kept("a"), failing, slipping, kept("b"))]
    failures = [each.exception() for each in answers]

    assert [type(each) for each in failures] == [type(None), IntegrityError, KeyError, type(None)]
    assert facts(database) == {"a", "b"}


def test_where_the_transaction_fails_all_have_failed(on_sqlite: Site) -> None:
    """A disk that is full when they are to be kept: nobody believes anything else."""
    database = on_sqlite.database
    with held(database):
        answers = [database.write(kept(f"{n}")) for n in range(3)]
        event.listen(database.engine, "commit", no_room)
    failures = [each.exception() for each in answers]
    event.remove(database.engine, "commit", no_room)

    assert all(isinstance(each, StoreUnavailable) for each in failures), failures
    assert facts(database) == set()
    assert database.write(kept("later")).result() == "later"


def test_what_lets_the_whole_transaction_go_fails_alone(on_sqlite: Site) -> None:
    """SQLite may undo more than the statement that met a fault: what was written before it is written again."""
    database = on_sqlite.database

    def undone(session: Session) -> None:
        session.execute(text("ROLLBACK"))
        raise KeyError

    with held(database):
        answers: list[Future[object]] = [database.write(each) for each in (kept("a"), undone, kept("b"))]

    assert [each.exception() is None for each in answers] == [True, False, True]
    assert facts(database) == {"a", "b"}


def test_what_was_given_up_before_it_began_is_not_written(on_sqlite: Site) -> None:
    """Nobody waits for it any more; those beside it are."""
    database = on_sqlite.database
    with held(database):
        given_up, other = database.write(kept("a")), database.write(kept("b"))
        assert given_up.cancel()

    assert other.result() == "b"
    with pytest.raises(CancelledError):
        given_up.result()
    assert facts(database) == {"b"}


def test_so_much_is_written_at_a_time_and_no_more(on_sqlite: Site) -> None:
    """Others want the place to write, too."""
    database, commits = on_sqlite.database, list[None]()
    with held(database):
        answers = [database.write(kept(f"{n}")) for n in range(130)]
        event.listen(database.engine, "commit", lambda _: commits.append(None))
    for each in answers:
        each.result()

    assert len(commits) == 1 + 3  # of 64 each


def test_a_site_that_closes_keeps_what_was_given(on_sqlite: Site) -> None:
    """Before its connections go."""
    database = Database(on_sqlite.database.url)
    answers = [database.write(kept(f"{n}")) for n in range(5)]
    database.close()

    assert [each.done() for each in answers] == [True] * 5
    assert facts(on_sqlite.database) == {"0", "1", "2", "3", "4"}


def test_receipts_of_one_transaction_are_those_of_many(on_sqlite: Site) -> None:
    """Each has one attempt, numbered and queued as if it had come alone; who is refused among them costs nobody."""
    room = furnish(on_sqlite, people=dict.fromkeys(("ada", "bob", "cleo"), Role.STUDENT))
    uploads, commits = [("ada", b"1"), ("bob", b"2"), ("ada", b"3"), ("cleo", b""), ("cleo", b"4")], list[None]()
    with held(on_sqlite.database):
        answers = [on_sqlite.database.write(receiving(room, *each)) for each in uploads]
        event.listen(on_sqlite.database.engine, "commit", lambda _: commits.append(None))
    found = [each.result() for each in answers]
    receipts = [taken(each) for each in found if isinstance(each, Received)]

    assert len(commits) == 2
    assert [each.number for each in receipts] == [1, 1, 2, 1]
    assert isinstance(found[3], Refused)
    assert_nothing_is_lost(on_sqlite, {each.attempt_id for each in receipts}, over=False)
    with on_sqlite.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 4


def test_a_fault_among_receipts_hits_only_its_own(site: Site) -> None:
    """The database refuses one of a set when others are written already: they have their receipts, and it has none."""
    room = furnish(replace(site, blobs=Refusing()), people=dict.fromkeys(("ada", "bob", "cleo"), Role.STUDENT))
    receiving = Receiving(room.site)
    with held(site.database):
        answers = [
            site.database.write_one_of(receiving, asked_for(room, name, data))
            for name, data in (("ada", b"1"), ("bob", BAD), ("cleo", b"3"), ("bob", b"4"))
        ]
    failures = [each.exception() for each in answers]

    assert [type(each) for each in failures] == [type(None), IntegrityError, type(None), type(None)]
    kept = [received for each in answers if isinstance(received := each.exception() or each.result(), Received)]
    assert [(each.name, each.number) for each in kept] == [("Ada", 1), ("Cleo", 1), ("Bob", 1)]
    assert_nothing_is_lost(site, {each.attempt_id for each in kept}, over=False)
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == len(kept)


class Refusing(InDatabase):
    """Bytes that the database does not take."""

    def put(self, session: Session, data: bytes, *, now: datetime, sha256: str | None = None) -> str:
        """See `Blobs.put`."""
        for _ in range(2 if data == BAD else 0):
            session.execute(insert(SiteFact).values(key="fact of a fault", value={}))
        return super().put(session, data, now=now, sha256=sha256)


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Whoever writes is kept from it meanwhile, by writes like others."""
    go, holding = threading.Event(), list[Future[None]]()
    for _ in range(WRITERS[database.kind]):
        begun = threading.Event()

        def hold(session: Session, begun: threading.Event = begun) -> None:
            session.execute(select(1))
            begun.set()
            go.wait()

        holding.append(database.write(hold))
        begun.wait()
    try:
        yield
    finally:
        go.set()
        for each in holding:
            each.exception()


def kept(key: str) -> Callable[[Session], str]:
    """Keeps a fact of that name, and says so."""

    def keep(session: Session) -> str:
        session.add(SiteFact(key=f"fact {key}", value={}))
        return key

    return keep


def receiving(room: Classroom, name: str, data: bytes) -> Callable[[Session], Received | Refused | None]:
    """What somebody hands in, to be received."""
    hand_in = HandIn(
        course_id=room.course_id,
        assignment=room.assignment,
        person_id=room.people[name],
        filename="digits.ipynb",
        data=data,
        source=Source.PAGE,
    )
    return lambda session: receive(session, room.site, hand_in)


def slipping(session: Session) -> None:
    """Fails after it has written, without the database's doing."""
    session.add(SiteFact(key="fact d", value={}))
    raise KeyError


def facts(database: Database) -> set[str]:
    """Those that were kept so."""
    with database.read() as session:
        found = session.scalars(select(SiteFact.key).where(SiteFact.key.like("fact %")))
        return {each.removeprefix("fact ") for each in found}


def no_room(_: object) -> None:
    raise StoreUnavailable("its disk is full")
