"""What a site keeps: both databases keep the same rows alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import delete, event, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from grader.policy.state import State
from grader.policy.terms import Counts, Deduction, Terms
from grader.service.site import FILE, Site, Whereabouts, opened
from grader.service.store.database import Database
from grader.service.store.tables import Membership, Opening, Person, Role, SiteFact
from tests.service.classroom import furnish, handed_in

ON_POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def test_a_moment_comes_back_as_the_same_moment(site: Site) -> None:
    """In whatever zone it was said; one without a zone is refused, since nobody knows when it is."""
    said = datetime(2026, 3, 1, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with site.database.begin() as session:
        session.add(Person(name="Ada", created_at=said))
    with site.database.read() as session:
        assert session.scalar(select(Person.created_at)) == said
    with pytest.raises(StatementError), site.database.begin() as session:
        session.add(Person(name="Bob", created_at=said.replace(tzinfo=None)))


def test_a_choice_comes_back_as_one_and_no_other_word_goes_in(site: Site) -> None:
    """What a row says can be compared with `is`; a word that is not on the list is refused."""
    course = furnish(site)
    with site.database.read() as session:
        held = select(Membership.role).where(Membership.person_id == course.people["greta"])
        assert session.scalar(held) is Role.GRADER
    with pytest.raises(StatementError), site.database.begin() as session:
        session.execute(update(Membership).where(Membership.course_id == course.course_id).values(role="king"))


def test_terms_come_back_as_they_were_stated(site: Site) -> None:
    """A column of ours holds the frozen type itself."""
    terms = Terms(due=site.now(), deduction=Deduction(percent=10, floor=50), attempts=3, counts=Counts.LATEST)
    room = furnish(site, terms=terms)
    with site.database.read() as session:
        opening = session.get(Opening, room.opening_id)
        assert opening is not None
        assert opening.terms == terms


def test_two_attempts_of_one_student_never_run_at_once(site: Site) -> None:
    """The database itself refuses, whatever two workers believe."""
    room = furnish(site)
    handed_in(room, "ada", number=1, state=State.RUNNING)

    with pytest.raises(IntegrityError):
        handed_in(room, "ada", number=2, state=State.RUNNING)


def test_threads_hand_on_the_place_to_write(on_sqlite: Site) -> None:
    """Whoever waits has it the moment it is free; SQLite would refuse them, and have them look again later."""
    impatient = Database(on_sqlite.database.url)
    event.listen(impatient.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=0"))

    def write() -> None:
        with impatient.begin() as session:
            session.execute(delete(SiteFact))

    with ThreadPoolExecutor(1) as pool:
        with impatient.begin() as session:
            session.execute(delete(SiteFact))
            other = pool.submit(write)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.2)
        other.result()
    impatient.close()


def test_a_new_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Also in a folder that everybody may look into: keys, sessions and everybody's work are in it."""
    tmp_path.chmod(0o755)
    with opened(Whereabouts(data=tmp_path)) as site, site.database.begin() as session:
        session.execute(select(1))
        files = [each for each in tmp_path.iterdir() if each.name.startswith(FILE)]
        assert {each.name: oct(each.stat().st_mode & 0o077) for each in files} == {each.name: "0o0" for each in files}
    assert (tmp_path / FILE).exists()


@ON_POSTGRESQL
def test_a_look_is_one_question_and_nothing_around_it(database: Database, tmp_path: Path) -> None:
    """No transaction begins or ends, and nobody asks first whether the line is there: each is a way of its own."""
    with database.look() as connection:
        line = connection.connection.driver_connection
    assert line is not None
    wire = line.pgconn
    with (tmp_path / "said").open("w+b") as said:
        wire.trace(said.fileno())
        with database.look() as connection:
            assert connection.connection.driver_connection is line
            assert connection.scalar(select(1)) == 1
        wire.untrace()
        heard = (tmp_path / "said").read_text()
    assert heard.count("ReadyForQuery") == 1, heard


@ON_POSTGRESQL
def test_a_session_that_the_server_ended_is_nobodys_trouble(database: Database) -> None:
    """Whoever takes the connection next gets another; to find out costs no question."""
    with database.look() as connection:
        ended = connection.scalar(text("SELECT pg_backend_pid()"))
    other = Database(database.url)
    with other.look() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:ended, 5000)"), {"ended": ended})
    other.close()

    with database.begin() as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) != ended
