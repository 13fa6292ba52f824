"""What is handed in: taken once, with a receipt, or refused with a reason and at no cost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, update

from grader.limits import NotebookLimits
from grader.policy.decision import Refusal, Refused
from grader.policy.state import State
from grader.policy.terms import Counts, Deduction, Terms
from grader.service.attempts.filenames import cleaned
from grader.service.attempts.handed_in import Received
from grader.service.attempts.receiving import receive_all
from grader.service.site import Site
from grader.service.store.tables import Attempt, Blob, Course, Membership, Person, Role, Standing
from tests.service.classroom import Classroom, furnish
from tests.service.clock import StoppedClock
from tests.service.grading import NOTEBOOK, asked_for, hand_in, refused, taken
from tests.service.questions import questions


def test_what_is_taken_is_stored_with_its_bytes_before_there_is_a_receipt(site: Site) -> None:
    """Every receipt has exactly one attempt, and the attempt its bytes."""
    room = furnish(site)
    received = taken(hand_in(room, "ada"))
    with site.database.read() as session:
        attempt = session.get_one(Attempt, received.attempt_id)
        assert attempt.state == State.WAITING
        assert session.scalar(select(Blob.content).where(Blob.sha256 == attempt.sha256)) == NOTEBOOK
        assert attempt.receipt == received.receipt.model_dump(mode="json")
        standing = session.get_one(Standing, (room.opening_id, room.people["ada"]))
        assert (standing.attempts, standing.waiting, standing.earned) == (1, 1, None)


def test_the_same_upload_again_is_the_same_attempt(site: Site) -> None:
    """A sender whose answer was lost may ask again: nothing is stored twice, and nothing is used up."""
    room = furnish(site, terms=Terms(attempts=1))
    first = taken(hand_in(room, "ada", key="k"))
    again = taken(hand_in(room, "ada", key="k"))
    assert (again.attempt_id, again.receipt, again.is_new) == (first.attempt_id, first.receipt, False)
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_a_key_names_one_upload(site: Site) -> None:
    """Other bytes under the same key are a mistake of the sender's, and the key of another person is another key."""
    room = furnish(site)
    taken(hand_in(room, "ada", key="k"))
    assert refused(hand_in(room, "ada", b"{}", key="k")).kind is Refusal.KEY_REUSED
    assert taken(hand_in(room, "bob", b"{}", key="k")).is_new


def test_the_same_bytes_without_a_key_are_a_new_attempt_that_says_so(site: Site) -> None:
    """Nobody is refused for handing in the same work twice."""
    room = furnish(site)
    taken(hand_in(room, "ada"))
    again = taken(hand_in(room, "ada"))
    assert (again.number, again.is_new) == (2, True)
    assert [each.key for each in again.notices] == ["hand_in_same_bytes"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"", Refusal.EMPTY, id="empty"),
        pytest.param(bytes(NotebookLimits().file_bytes + 1), Refusal.TOO_LARGE, id="too large"),
    ],
)
def test_what_cannot_be_a_notebook_costs_no_attempt(site: Site, data: bytes, kind: Refusal) -> None:
    """Nothing of it is kept."""
    room = furnish(site, terms=Terms(attempts=1))
    assert refused(hand_in(room, "ada", data)).kind is kind
    assert taken(hand_in(room, "ada")).number == 1


def test_what_is_no_json_is_taken_and_left_to_the_report(site: Site) -> None:
    """Its report says what is wrong with it, better than a receipt could."""
    assert taken(hand_in(furnish(site), "ada", b"\x89PNG")).is_new


def test_only_people_of_the_course_hand_in(site: Site) -> None:
    """To whoever is not in it, or does not exist, the same is said."""
    room = furnish(site)
    other = furnish(site, slug="other", people={})
    stranger = Classroom(
        site=site,
        course_id=other.course_id,
        revision_id=0,
        opening_id=other.opening_id,
        people=room.people | {"x": 999},
    )
    assert refused(hand_in(stranger, "ada")).kind is Refusal.NOT_ENROLLED
    assert refused(hand_in(stranger, "x")).kind is Refusal.NOT_ENROLLED


def test_staff_try_an_opening_whenever_they_like(site: Site, clock: StoppedClock) -> None:
    """Its terms are for students."""
    room = furnish(site, terms=Terms(late_until=clock(), attempts=1))
    clock.go_on(days=1)
    assert refused(hand_in(room, "ada")).kind is Refusal.CLOSED
    assert [taken(hand_in(room, "ines")).number for _ in range(2)] == [1, 2]


def test_where_the_latest_counts_what_still_waits_is_let_go(site: Site) -> None:
    """It uses nothing up, and is not graded."""
    room = furnish(site, terms=Terms(counts=Counts.LATEST, attempts=2))
    first = taken(hand_in(room, "ada"))
    second = taken(hand_in(room, "ada", b"{}"))
    assert [each.key for each in second.notices] == ["hand_in_supersedes"]
    with site.database.read() as session:
        assert session.get_one(Attempt, first.attempt_id).state == State.SUPERSEDED
    assert taken(hand_in(room, "ada", b"[]")).number == 3


def test_two_uploads_at_once_do_not_both_take_the_last_attempt(site: Site) -> None:
    """Whatever each of them saw when it came."""
    room = furnish(site, terms=Terms(attempts=2))
    taken(hand_in(room, "ada"))
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: hand_in(room, "ada", b"%d" % n), range(8)))
    assert sum(isinstance(each, Received) for each in made) == 1
    assert {each.kind for each in made if isinstance(each, Refused)} == {Refusal.NO_ATTEMPTS_LEFT}


def test_one_upload_sent_twice_at_once_is_one_attempt(site: Site) -> None:
    """With the same key."""
    room = furnish(site)
    with ThreadPoolExecutor(8) as pool:
        made = [taken(each) for each in pool.map(lambda _: hand_in(room, "ada", key="k"), range(8))]
    assert len({each.attempt_id for each in made}) == 1
    assert sum(each.is_new for each in made) == 1


@pytest.mark.parametrize("earlier", [0, 20])
def test_a_receipt_takes_as_many_questions_however_much_there_is(site: Site, earlier: int) -> None:
    """Place, earlier attempts, extensions, blob, the place in the queue, attempt, standing."""
    room = furnish(site)
    taken(hand_in(room, "bob"))
    for n in range(earlier):
        taken(hand_in(room, "ada", b"%d" % n))
    with questions(site.database) as asked:
        taken(hand_in(room, "ada", key="k"))
    assert len(asked) <= 6, asked


def test_several_at_once_are_received_as_one_after_the_other(site: Site) -> None:
    """Numbers, keys, refusals, who gives way, turns, standings: also where a first matters for the next."""
    uploads = [("ada", b"1", None), ("bob", b"1", "k"), ("ada", b"", None), ("ada", b"2", "k"), ("cleo", b"1", None),
               ("ada", b"2", "k"), ("bob", b"3", "k"), ("ada", b"3", None), ("cleo", b"1", None)]  # fmt: skip
    people = [{f"{name}{n}": Role.STUDENT for name in ("ada", "bob", "cleo")} for n in range(2)]
    terms = Terms(attempts=3, counts=Counts.LATEST)
    alone, together = (furnish(site, slug=f"c{n}", terms=terms, people=people[n]) for n in range(2))
    one_by_one = [hand_in(alone, f"{name}0", data, key=key) for name, data, key in uploads]
    asked = [asked_for(together, f"{name}1", data, key=key) for name, data, key in uploads]
    with site.database.begin() as session:
        at_once = receive_all(session, site, asked)

    assert [told(each) for each in at_once] == [told(each) for each in one_by_one]
    assert kept(together) == kept(alone)


def test_a_set_takes_hardly_more_questions_than_one(site: Site) -> None:
    """One more for each: its bytes."""
    room = furnish(site, people={f"s{n}": Role.STUDENT for n in range(9)})
    taken(hand_in(room, "s0"))
    with questions(site.database) as asked, site.database.begin() as session:
        receive_all(session, site, [asked_for(room, f"s{n}", b"%d" % n) for n in range(1, 9)])
    assert len(asked) <= 5 + 8, asked


def test_sets_that_meet_do_not_wait_for_each_other_in_a_circle(site: Site) -> None:
    """Whatever the order in which the same people, and the same bytes, come in each."""
    room = furnish(site, people={f"s{n}": Role.STUDENT for n in range(6)})

    def receive_some(names: list[str]) -> list[Received | Refused | None]:
        with site.database.begin() as session:
            return receive_all(session, site, [asked_for(room, name, name.encode()) for name in names])

    orders = [sorted(room.people), sorted(room.people, reverse=True)] * 8
    with ThreadPoolExecutor(4) as pool:
        found = [each for some in pool.map(receive_some, orders) for each in some]

    assert all(isinstance(each, Received) for each in found)
    assert {(each.name, each.number) for each in found if isinstance(each, Received)} == {
        (f"S{n}", number) for n in range(6) for number in range(1, 17)
    }


def told(what: Received | Refused | None) -> tuple[object, ...]:
    """What somebody hears of an upload, but for its id."""
    if not isinstance(what, Received):
        return (what,)
    return (what.number, what.is_new, what.notices, what.decision)


def kept(room: Classroom) -> list[tuple[object, ...]]:
    """The attempts of a course, with their standings."""
    asked = (
        select(Attempt.number, Attempt.state, Attempt.start, Standing.attempts, Standing.waiting)
        .join(Person, Person.id == Attempt.person_id)
        .join(Standing, (Standing.person_id == Person.id) & (Standing.opening_id == Attempt.opening_id))
        .where(Attempt.course_id == room.course_id)
        .order_by(Person.name, Attempt.number)
    )
    with room.site.database.read() as session:
        return [tuple(row) for row in session.execute(asked)]


def test_nobody_is_late_because_we_were_busy(site: Site, clock: StoppedClock) -> None:
    """What counts is when the last byte came, not when the database let us in."""
    room = furnish(site, terms=Terms(late_until=clock()))
    arrived = clock()
    clock.go_on(seconds=20)
    assert refused(hand_in(room, "ada")).kind is Refusal.CLOSED
    assert taken(hand_in(room, "ada", arrived_at=arrived)).receipt.statement.received_at == arrived


def test_after_our_outage_the_grace_counts_as_in_time(site: Site, clock: StoppedClock) -> None:
    """Nothing is deducted, and the receipt says so in words."""
    room = furnish(
        site, terms=Terms(due=clock(), late_until=clock(), deduction=Deduction(percent=50), grace_seconds=600)
    )
    clock.go_on(minutes=9)
    received = taken(hand_in(room, "ada"))
    assert (received.decision.in_grace, received.decision.deducted, received.decision.late_seconds) == (True, 0, 0)
    assert [each.key for each in received.notices] == ["hand_in_in_grace"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        pytest.param("digits.ipynb", "digits.ipynb", id="as it is"),
        pytest.param("../../etc/passwd", "passwd", id="a path"),
        pytest.param("C:\\Users\\ada\\数字.ipynb", "数字.ipynb", id="a path of Windows, Chinese"),
        pytest.param("a\x00b\n\u202ec.ipynb", "abc.ipynb", id="what cannot be seen"),
        pytest.param("", "notebook.ipynb", id="nothing"),
        pytest.param("..", "notebook.ipynb", id="a folder"),
        pytest.param("e\u0301.ipynb", "\u00e9.ipynb", id="composed"),
        pytest.param("x" * 400 + ".ipynb", "x" * 294 + ".ipynb", id="too long"),
    ],
)
def test_a_file_is_called_what_can_be_kept_and_shown(said: str, kept: str) -> None:
    """Whatever the sender calls it."""
    assert cleaned(said) == kept


def test_a_clock_that_was_ahead_keeps_nobody_waiting(site: Site, clock: StoppedClock) -> None:
    """Receipts keep their times, attempts their numbers."""
    room = furnish(site, terms=Terms(cool_down_seconds=600))
    clock.go_on(days=1)
    taken(hand_in(room, "ada"))
    clock.go_on(days=-1)
    assert taken(hand_in(room, "ada", b"{}")).number == 2


def test_what_is_refused_leaves_nothing_behind(site: Site, clock: StoppedClock) -> None:
    """Neither bytes nor rows."""
    room = furnish(site, terms=Terms(late_until=clock.after(days=-1)))
    with site.database.read() as session:
        before = session.scalar(select(func.count()).select_from(Blob))
    refused(hand_in(room, "ada", b"never"))
    with site.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Blob)) == before
        assert session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_a_course_that_is_archived_takes_nothing(site: Site, clock: StoppedClock) -> None:
    """And one without a revision cannot grade yet."""
    room = furnish(site)
    for column, kind in (("archived_at", Refusal.CLOSED), ("revision_id", Refusal.NOT_READY)):
        with site.database.begin() as session:
            course = session.get_one(Course, room.course_id)
            course.archived_at = clock() if column == "archived_at" else None
            course.revision_id = None if column == "revision_id" else room.revision_id
        assert refused(hand_in(room, "ada")).kind is kind


def test_whoever_left_hands_in_nothing(site: Site, clock: StoppedClock) -> None:
    """Their attempts stay."""
    room = furnish(site)
    taken(hand_in(room, "ada"))
    with site.database.begin() as session:
        session.execute(update(Membership).where(Membership.person_id == room.people["ada"]).values(left_at=clock()))
    assert refused(hand_in(room, "ada")).kind is Refusal.NOT_ENROLLED
