"""What happens on a site is written down to be told by mail, by the very functions that make it happen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from grader.policy.mail import About
from grader.policy.terms import Counts, Publishing, Terms
from grader.service.attempts.finishing import finish
from grader.service.attempts.openings import publish, unpublish
from grader.service.people.audit import Actor
from grader.service.people.mail_choices import choose
from grader.service.people.outbox import FACT
from grader.service.queue.claims import claim_in
from grader.service.site import Site
from grader.service.store.identity import fact
from grader.service.store.mail_tables import Mail
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import graded, hand_in, two
from tests.service.marked import decide, with_written, written
from tests.service.test_mark_requests import answered, asked
from tests.service.test_regrading import applied, judged, milder, the_set, undone


def sending(site: Site) -> None:
    with site.database.begin() as session:
        fact(session, FACT, {"since": ""})


def told(room: Classroom) -> list[tuple[About, int]]:
    with room.site.database.read() as session:
        return sorted((each.about, each.person_id) for each in session.scalars(select(Mail)))


def test_an_answer_is_told_to_who_asked(on_sqlite: Site) -> None:
    """Once, with the answer."""
    terms = Terms(requests_until=on_sqlite.now() + timedelta(days=2), counts=Counts.LATEST)
    room = with_written(furnish(on_sqlite, terms=terms))
    sending(on_sqlite)
    asked(room, graded(room, "ada", written(40, 10)))
    for _ in range(2):
        answered(room)

    assert told(room) == [(About.ANSWERED, room.people["ada"])]


def test_a_regrade_is_one_mail_for_each_student_whose_points_it_moves(on_sqlite: Site) -> None:
    """However many attempts of theirs are judged again; who keeps their points hears nothing."""
    room = furnish(on_sqlite)
    for name, outcome in (("ada", two(20, 10)), ("ada", two(20, 20)), ("bob", two(10, 10))):
        graded(room, name, outcome)
    sending(on_sqlite)
    set_id = the_set(room)
    judged(room, milder)
    applied(room, set_id)

    assert told(room) == [(About.REGRADED, room.people["ada"])]


def test_a_report_is_told_to_whoever_asked_for_that(on_sqlite: Site) -> None:
    """By the transaction that keeps it: Ada asked, Bob did not."""
    room = furnish(on_sqlite)
    sending(on_sqlite)
    with on_sqlite.database.begin() as session:
        choose(session, room.people["ada"], {About.GRADED: True})
    for name in ("ada", "bob"):
        hand_in(room, name)
        claimed = claim_in(on_sqlite.database, worker="w", now=on_sqlite.now())
        assert claimed is not None
        with on_sqlite.database.begin() as session:
            finish(session, on_sqlite, claimed, two(40, 10))

    assert told(room) == [(About.GRADED, room.people["ada"])]


def test_an_undone_regrade_is_told_to_whoever_sees_other_numbers_by_it(on_sqlite: Site) -> None:
    """Not to everybody whose report was replaced, nor to whoever may not see their points."""
    room = furnish(on_sqlite)
    for name, outcome in (("ada", two(20, 10)), ("bob", two(10, 10))):
        graded(room, name, outcome)
    set_id = the_set(room)
    judged(room, milder)
    applied(room, set_id)
    sending(on_sqlite)
    undone(room, set_id)

    assert told(room) == [(About.REGRADED, room.people["ada"])]


def test_a_regrade_that_moves_hidden_points_alone_is_told_to_nobody(on_sqlite: Site) -> None:
    """What the student sees is as before."""
    room = furnish(on_sqlite)
    graded(room, "ada", two(20, 10))
    sending(on_sqlite)
    set_id = the_set(room)
    judged(room, lambda _: two(20, 10, hidden=10))
    applied(room, set_id)

    assert told(room) == []


def test_results_that_are_published_again_are_told_to_whoever_sees_others(on_sqlite: Site, clock: StoppedClock) -> None:
    """Than at the last mail: Bob's answer was marked meanwhile, Ada's is as it was."""
    room = with_written(furnish(on_sqlite, terms=Terms(publishing=Publishing(by_hand=True))))
    attempts = {name: graded(room, name, written(40, 10)) for name in ("ada", "bob")}
    sending(on_sqlite)

    def published(act: Callable[..., None]) -> None:
        with on_sqlite.database.begin() as session:
            act(session, room.opening_id, actor=Actor(person_id=room.people["ines"]), now=on_sqlite.now())

    published(publish)
    published(unpublish)
    decide(room, attempts["bob"], 15)
    clock.go_on(hours=1)
    published(publish)

    both = [(About.PUBLISHED, room.people[name]) for name in ("ada", "bob")]
    assert told(room) == [*both, both[1]]
