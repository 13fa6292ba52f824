"""What an opening allows: tables of what is decided, and laws that hold of whatever terms there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.policy.deciding import Earlier, decide, kinder, left
from grader.policy.decision import Decision, Refusal, Refused
from grader.policy.terms import Deduction, Period, Relief, Terms, own_terms

T = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
TEN_A_DAY = Terms(due=T, deduction=Deduction(percent=10, floor=50))
TEN_AN_HOUR = Terms(due=T, deduction=Deduction(percent=10, per=Period.HOUR))

LATE = [
    pytest.param(TEN_A_DAY, T, 0, id="at the due moment"),
    pytest.param(TEN_A_DAY, T + SECOND, 10, id="a second later is a started day"),
    pytest.param(TEN_A_DAY, T + DAY, 10, id="a whole day"),
    pytest.param(TEN_A_DAY, T + DAY + SECOND, 20, id="a second day"),
    pytest.param(TEN_A_DAY, T + 40 * DAY, 50, id="never below the floor"),
    pytest.param(TEN_AN_HOUR, T + HOUR + SECOND, 20, id="by the hour"),
    pytest.param(TEN_AN_HOUR, T + 100 * HOUR, 100, id="all of it"),
    pytest.param(Terms(due=T), T + DAY, 0, id="late without a deduction"),
    pytest.param(TEN_A_DAY.model_copy(update={"grace_seconds": 60}), T + 60 * SECOND, 0, id="within the grace"),
    pytest.param(TEN_A_DAY.model_copy(update={"grace_seconds": 60}), T + 61 * SECOND, 10, id="after the grace"),
    pytest.param(
        TEN_AN_HOUR.model_copy(update={"grace_seconds": 7200}),
        T + 2 * HOUR + SECOND,
        30,
        id="after it, from the due date",
    ),
]


@pytest.mark.parametrize(("terms", "at", "deducted"), LATE)
def test_each_started_period_is_deducted(terms: Terms, at: datetime, deducted: int) -> None:
    """Until the floor, counted from the due date, not at all within the grace."""
    decision = decide(terms, [], [], received_at=at)
    assert isinstance(decision, Decision)
    assert decision.deducted == deducted


def ago(*hours: float, charged: bool = True) -> list[Earlier]:
    return [Earlier(received_at=T - each * HOUR, charged=charged) for each in hours]


REFUSED = [
    pytest.param(Terms(release=T + HOUR), [], Refusal.NOT_OPEN_YET, T + HOUR, id="before the release"),
    pytest.param(Terms(late_until=T - SECOND), [], Refusal.CLOSED, None, id="after the end"),
    pytest.param(Terms(attempts=2), ago(2, 1), Refusal.NO_ATTEMPTS_LEFT, None, id="no attempts"),
    pytest.param(Terms(attempts_per_day=1), ago(1), Refusal.NONE_LEFT_TODAY, T + 12 * HOUR, id="none today"),
    pytest.param(Terms(cool_down_seconds=7200), ago(5, 1), Refusal.COOLING_DOWN, T + HOUR, id="cooling down"),
    pytest.param(
        Terms(cool_down_seconds=7200, attempts_per_day=2),
        ago(5, 1),
        Refusal.NONE_LEFT_TODAY,
        T + 12 * HOUR,
        id="the longer",
    ),
    pytest.param(
        Terms(cool_down_seconds=7200, late_until=T + 10 * SECOND),
        ago(1),
        Refusal.COOLING_DOWN,
        None,
        id="closed by then",
    ),
]


@pytest.mark.parametrize(("terms", "earlier", "kind", "allowed_from"), REFUSED)
def test_a_refusal_says_when_it_would_be_allowed(
    terms: Terms, earlier: list[Earlier], kind: Refusal, allowed_from: datetime | None
) -> None:
    """And nobody is told to come again when the opening is closed."""
    refused = decide(terms, [], earlier, received_at=T)
    assert isinstance(refused, Refused)
    assert (refused.kind, refused.allowed_from) == (kind, allowed_from)


TAKEN = [
    pytest.param(Terms(late_until=T), [], id="at the last moment"),
    pytest.param(Terms(late_until=T - SECOND, grace_seconds=1), [], id="within the grace"),
    pytest.param(Terms(release=T), [], id="at the first moment"),
    pytest.param(
        Terms(attempts=1, attempts_per_day=1, cool_down_seconds=9999), ago(1, charged=False), id="not charged"
    ),
    pytest.param(Terms(attempts_per_day=1), ago(13), id="yesterday's"),
    pytest.param(Terms(cool_down_seconds=3600), ago(1), id="cooled down"),
    pytest.param(Terms(cool_down_seconds=3600), ago(-24), id="the clock was a day ahead"),
]


@pytest.mark.parametrize(("terms", "earlier"), TAKEN)
def test_what_is_allowed_is_taken(terms: Terms, earlier: list[Earlier]) -> None:
    """Bounds belong to what is allowed."""
    assert isinstance(decide(terms, [], earlier, received_at=T), Decision)


@pytest.mark.parametrize(
    ("zone", "taken"),
    [pytest.param("UTC", False, id="the same day"), pytest.param("Asia/Shanghai", True, id="the next")],
)
def test_days_are_those_of_the_courses_zone(zone: str, taken: bool) -> None:
    """At 15:30 and 16:30 UTC it is 23:30 and the next day's 00:30 in Shanghai."""
    before = [Earlier(received_at=datetime(2027, 3, 1, 15, 30, tzinfo=UTC))]
    at = datetime(2027, 3, 1, 16, 30, tzinfo=UTC)
    decided = decide(Terms(attempts_per_day=1), [], before, received_at=at, zone=zone)
    assert isinstance(decided, Decision) is taken


def test_the_next_day_begins_at_its_own_midnight() -> None:
    """Where clocks are set forward in the night, the day is 23 hours long."""
    at = datetime(2027, 3, 27, 23, 30, tzinfo=UTC)  # 00:30 in Berlin, where at 02:00 it becomes 03:00
    refused = decide(Terms(attempts_per_day=1), [], [Earlier(received_at=at)], received_at=at, zone="Europe/Berlin")
    assert isinstance(refused, Refused)
    assert refused.allowed_from == datetime(2027, 3, 28, 22, 0, tzinfo=UTC)


def test_of_several_extensions_the_kinder_wins_field_by_field() -> None:
    """One for the section, one for the student: each may be the kinder in something."""
    terms = Terms(due=T, late_until=T + HOUR, attempts=1, deduction=Deduction(percent=10))
    own = own_terms(terms, [Relief(due=T + 2 * DAY, extra_attempts=1), Relief(due=T + DAY, extra_attempts=3)])
    assert (own.due, own.late_until, own.attempts) == (T + 2 * DAY, T + 2 * DAY, 4)
    assert own_terms(terms, [Relief(no_deduction=True), Relief()]).deduction is None


def test_equal_extensions_do_not_add_up() -> None:
    """Two of one attempt more each, as for a student and the section, are one attempt more."""
    assert own_terms(Terms(attempts=1), [Relief(extra_attempts=1)] * 2).attempts == 2


def test_what_is_left_is_said_before_anybody_hands_in() -> None:
    """Attempts, today's, the cool-down, and what would be taken off now."""
    terms = TEN_A_DAY.model_copy(update={"attempts": 5, "attempts_per_day": 3, "cool_down_seconds": 5400})
    found = left(terms, [], ago(20, 1), T + SECOND)
    assert (found.attempts, found.today, found.deducted, found.late) == (3, 2, 10, True)
    assert found.cool_down_until == T + HOUR / 2
    assert found.refused is not None
    assert found.refused.kind is Refusal.COOLING_DOWN


MOMENTS = st.integers(-(10**6), 10**6).map(lambda seconds: T + timedelta(seconds=seconds))
MAYBE = st.none() | MOMENTS
TERMS = st.builds(
    Terms,
    release=MAYBE,
    due=MAYBE,
    late_until=MAYBE,
    deduction=st.none()
    | st.builds(Deduction, percent=st.integers(0, 100), per=st.sampled_from(Period), floor=st.integers(0, 100)),
    grace_seconds=st.integers(0, 86_400),
    attempts=st.none() | st.integers(1, 4),
    attempts_per_day=st.none() | st.integers(1, 3),
    cool_down_seconds=st.integers(0, 10**5),
)
RELIEFS = st.lists(
    st.builds(Relief, due=MAYBE, late_until=MAYBE, extra_attempts=st.integers(0, 3), no_deduction=st.booleans()),
    max_size=3,
)
EARLIER = st.lists(st.builds(Earlier, received_at=MOMENTS, charged=st.booleans()), max_size=5)
ZONES = st.sampled_from(["UTC", "Asia/Shanghai", "America/St_Johns", "Europe/Berlin"])


def harshness(decided: Decision | Refused) -> tuple[bool, int, int]:
    """More is worse."""
    if isinstance(decided, Refused):
        return True, 0, 0
    return False, decided.deducted, decided.late_seconds


@given(TERMS, RELIEFS, MOMENTS, MOMENTS)
def test_a_later_receipt_is_never_deducted_less(
    terms: Terms, reliefs: list[Relief], one: datetime, other: datetime
) -> None:
    """Of the same terms."""
    found = [decide(terms, reliefs, [], received_at=each) for each in sorted((one, other))]
    if all(isinstance(each, Decision) for each in found):
        assert harshness(found[0]) <= harshness(found[1])


@given(TERMS, RELIEFS, RELIEFS, EARLIER, MOMENTS, ZONES)
def test_an_extension_makes_nobody_worse_off(
    terms: Terms, some: list[Relief], more: list[Relief], earlier: list[Earlier], at: datetime, zone: str
) -> None:
    """Whatever it says, and whatever others there are."""
    with_more = decide(terms, [*some, *more], earlier, received_at=at, zone=zone)
    assert harshness(with_more) <= harshness(decide(terms, some, earlier, received_at=at, zone=zone))


@given(TERMS, EARLIER, MOMENTS, st.integers(0, 86_400))
def test_grace_never_costs(terms: Terms, earlier: list[Earlier], at: datetime, grace: int) -> None:
    """More of it takes no less, and deducts no more."""
    less = terms.model_copy(update={"grace_seconds": min(grace, terms.grace_seconds)})
    assert harshness(decide(terms, [], earlier, received_at=at)) <= harshness(decide(less, [], earlier, received_at=at))


@given(TERMS, RELIEFS, EARLIER, MOMENTS, ZONES)
def test_what_is_left_is_never_negative_and_says_what_is_decided(
    terms: Terms, reliefs: list[Relief], earlier: list[Earlier], now: datetime, zone: str
) -> None:
    """Pages promise exactly what is done."""
    found = left(terms, reliefs, earlier, now, zone=zone)
    decided = decide(terms, reliefs, earlier, received_at=now, zone=zone)
    assert all(each is None or each >= 0 for each in (found.attempts, found.today))
    assert found.refused == (decided if isinstance(decided, Refused) else None)
    assert isinstance(decided, Refused) or found.deducted == decided.deducted
    if 0 in (found.attempts, found.today):
        assert found.refused is not None


@given(TERMS, RELIEFS, EARLIER, MOMENTS, ZONES)
def test_whoever_comes_when_told_is_taken(
    terms: Terms, reliefs: list[Relief], earlier: list[Earlier], at: datetime, zone: str
) -> None:
    """Unless something else, which ends later, is in the way: then that is told, and in the end it is so."""
    for _ in range(12):
        decided = decide(terms, reliefs, earlier, received_at=at, zone=zone)
        if isinstance(decided, Decision) or decided.allowed_from is None:
            return
        assert decided.allowed_from > at
        at = decided.allowed_from
    raise AssertionError("told to come again twelve times")


@given(TERMS, EARLIER, MOMENTS)
def test_what_is_not_charged_changes_nothing(terms: Terms, earlier: list[Earlier], at: datetime) -> None:
    """As if it had not been."""
    charged = [each for each in earlier if each.charged]
    assert decide(terms, [], earlier, received_at=at) == decide(terms, [], charged, received_at=at)


@given(TERMS, TERMS, RELIEFS, MOMENTS)
def test_what_was_told_at_receipt_never_becomes_worse(
    then: Terms, today: Terms, reliefs: list[Relief], at: datetime
) -> None:
    """Whatever the terms become; with an extension it becomes what the extension says."""
    decided = decide(then, [], [], received_at=at)
    if isinstance(decided, Decision):
        assert harshness(kinder(decided, today, reliefs, received_at=at)) <= harshness(decided)
