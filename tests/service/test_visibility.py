"""When students see what: laws of whatever publishing is stated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from grader.course.assignment import Visibility
from grader.policy.deciding import decide
from grader.policy.decision import Decision
from grader.policy.terms import Publishing, Relief, Terms
from grader.policy.visibility import over_at, sight

T = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
MOMENTS = st.integers(-(10**6), 10**6).map(lambda seconds: T + timedelta(seconds=seconds))
MAYBE = st.none() | MOMENTS
TERMS = st.builds(
    Terms,
    due=MAYBE,
    late_until=MAYBE,
    grace_seconds=st.integers(0, 1000),
    publishing=st.builds(Publishing, points_from=MAYBE, checks_from=MAYBE, by_hand=st.booleans()),
)
RELIEFS = st.lists(st.builds(Relief, due=MAYBE, late_until=MAYBE), max_size=3)


@given(TERMS, RELIEFS, MAYBE, MOMENTS, MOMENTS)
def test_what_was_seen_once_stays_seen(
    terms: Terms, reliefs: list[Relief], published_at: datetime | None, one: datetime, other: datetime
) -> None:
    """Time opens, and never closes."""
    first, then = (sight(terms, reliefs, published_at=published_at, now=each) for each in sorted((one, other)))
    assert first.open_now <= then.open_now


@given(TERMS, RELIEFS, MAYBE, MOMENTS)
def test_hidden_checks_are_never_seen(
    terms: Terms, reliefs: list[Relief], published_at: datetime | None, now: datetime
) -> None:
    """Whatever is published, by date or by hand."""
    assert Visibility.HIDDEN not in sight(terms, reliefs, published_at=published_at, now=now).open_now


@given(TERMS, RELIEFS, MOMENTS)
def test_checks_of_after_due_wait_for_the_last_who_may_hand_in(
    terms: Terms, reliefs: list[Relief], now: datetime
) -> None:
    """What one student may read all can read: so nobody reads it while anybody's due date, or end, is to come."""
    over = over_at(terms, reliefs)
    if over is None or now >= over:
        return
    seen = sight(terms, reliefs, published_at=None, now=now)
    assert not seen.after_due
    if terms.publishing.checks_from is None:
        assert not seen.after_published


@given(TERMS, RELIEFS, MOMENTS)
def test_where_there_is_an_end_nobody_hands_in_after_it(terms: Terms, reliefs: list[Relief], at: datetime) -> None:
    """The moment that opens withheld checks is one after which nothing is taken."""
    over = over_at(terms, reliefs)
    if terms.late_until is not None and over is not None and at > over:
        assert not any(isinstance(decide(terms, [each], [], received_at=at), Decision) for each in reliefs)
        assert not isinstance(decide(terms, reliefs, [], received_at=at), Decision)


def test_before_an_instructor_publishes_there_is_the_state_alone() -> None:
    """Where that is said; then all is seen at once, whatever the dates."""
    terms = Terms(publishing=Publishing(by_hand=True))
    assert sight(terms, [], published_at=None, now=T).open_now == set()
    assert sight(terms, [], published_at=T, now=T).open_now == set(Visibility) - {Visibility.HIDDEN}


def test_points_by_date_keep_checks_sealed_too() -> None:
    """A check is not read before its points."""
    publishing = Publishing(points_from=T + timedelta(days=1), checks_from=T)
    assert sight(Terms(publishing=publishing), [], published_at=None, now=T).open_now == set()
