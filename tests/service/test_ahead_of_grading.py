"""What is got ready before anybody hands in: which assignment that is, its answer key, the worker of a site itself."""

from __future__ import annotations

import socket
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import Pipe, get_context
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.policy.terms import Terms
from grader.service.attempts.openings import open_assignment
from grader.service.courses.adding import add_course
from grader.service.people.audit import Actor
from grader.service.serve.beginning import begun
from grader.service.serve.children import Child
from grader.service.site import Site, Whereabouts, await_site, opened
from grader.service.store.tables import Course, Opening
from grader.service.worker.fetching import Fetching
from grader.service.worker.job import JobAnswer, Preparation, Prepared
from grader.service.worker.likely import Guess, likely
from grader.service.worker.work import GradingWork
from tests.service.batched import class_of, handed_to
from tests.service.classroom import furnish, handed_in
from tests.service.clock import StoppedClock
from tests.service.course_folder import write_course
from tests.service.served import free_port


def guess(site: Site) -> Guess | None:
    with site.database.look() as connection:
        return likely(connection)


def test_what_is_likely_is_what_waits_or_was_opened_last(site: Site, clock: StoppedClock, tmp_path: Path) -> None:
    """Nobody guesses where nothing is open, or a class is to be graded, by a course of its own."""
    assert guess(site) is None
    room = furnish(site)
    clock.go_on(days=1)
    with site.database.begin() as session:
        session.add(Opening(course_id=room.course_id, assignment="faces", terms=Terms(), created_at=site.now()))
    assert guess(site) == Guess(revision_id=room.revision_id, assignment="faces")
    with handed_to(site, tmp_path) as workers:
        workers.hand_over(class_of(tmp_path / "class", "a"))
        assert guess(site) is None
    handed_in(room, "ada")
    assert guess(site) == Guess(revision_id=room.revision_id, assignment="digits")


def test_nothing_is_likely_of_a_course_in_the_archive(site: Site) -> None:
    """Nobody hands in there."""
    room = furnish(site)
    with site.database.begin() as session:
        session.get_one(Course, room.course_id).archived_at = site.now()

    assert guess(site) is None


def test_an_answer_key_is_made_before_anybody_hands_in(on_sqlite: Site, tmp_path: Path) -> None:
    """By the revision that will grade; the rooms it was made in stay open."""
    with on_sqlite.database.begin() as session:
        course_id = add_course(session, on_sqlite, write_course(tmp_path / "ml")).course_id
        open_assignment(session, course_id, "doubling", Terms(), actor=Actor(person_id=None), now=on_sqlite.now())
    job = Fetching(on_sqlite).ahead()
    assert job is not None

    assert in_a_process(job, tmp_path / "keys") == Prepared()
    assert [each for each in (tmp_path / "keys").rglob("*") if each.is_file()] != []


def test_what_cannot_be_prepared_is_left_to_whoever_hands_in(tmp_path: Path) -> None:
    """Then it is said, where somebody reads it."""
    job = Preparation(folder=write_course(tmp_path / "ml"), assignment="nothing")

    assert in_a_process(job, tmp_path / "keys") == Prepared()


def in_a_process(job: Preparation, keys: Path) -> JobAnswer:
    """What a slot's process answers."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(answered, job, keys).result()


def answered(job: Preparation, keys: Path) -> JobAnswer:
    told, _ = Pipe(duplex=False)
    with GradingWork(sandbox="none", private=(), keys=keys, told=told, most=1, memory=1).open() as do:
        return do(job)


def test_a_worker_may_be_there_before_its_site(tmp_path: Path) -> None:
    """It waits for its tables, and makes nothing itself."""
    where = Whereabouts(data=tmp_path / "site")
    waiting = threading.Thread(target=await_site, args=(where,))
    waiting.start()
    assert not where.data.exists()
    with opened(where):
        waiting.join()


def test_what_cannot_be_had_is_refused_before_anybody_is_begun(tmp_path: Path) -> None:
    """A worker of a site that is served already would take what that one's has."""
    mark = tmp_path / "mark"
    child = Child(name="x", command=(sys.executable, "-c", f"open({str(mark)!r}, 'w')"), environment={})
    begins = partial(begun, "127.0.0.1", data=tmp_path / "site", told=print)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="in use"):
        begins(taken.getsockname()[1], children=(child,)).__enter__()
    with begins(free_port(), children=()), pytest.raises(UsageError, match="already"):
        begins(free_port(), children=(child,)).__enter__()

    assert not mark.exists()
