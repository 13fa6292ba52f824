"""The terms of an opening as a form: whatever terms there are, the form holds them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.messages import LANGUAGES, Words
from grader.policy.terms import Counts, Deduction, Period, Publishing, Terms
from grader.service.web.staff.terms_form import Faults, TermsForm, read_terms, typed
from grader.service.web.staff.terms_told import told

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Shanghai", "Asia/Kathmandu"]).map(ZoneInfo)
#: one moment after the other, none in the hour that a clock put back says twice
MOMENTS = st.lists(
    st.integers(1, 600).map(lambda days: BEGIN + timedelta(days=days, hours=12, seconds=days)),
    min_size=5,
    max_size=5,
    unique=True,
).map(sorted)


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    """Terms that an instructor may state."""
    release, due, late_until, points_from, checks_from = draw(MOMENTS)
    by_hand = draw(st.booleans())
    percent = draw(st.integers(0, 100))
    taken = Deduction(percent=percent, per=draw(st.sampled_from(Period)), floor=draw(st.integers(0, 100)))
    return Terms(
        release=draw(st.sampled_from([None, release])),
        due=due,
        late_until=draw(st.sampled_from([None, late_until])),
        deduction=taken if percent else None,
        grace_seconds=draw(st.integers(0, 86_400)),
        attempts=draw(st.none() | st.integers(1, 1000)),
        attempts_per_day=draw(st.none() | st.integers(1, 1000)),
        cool_down_seconds=draw(st.integers(0, 86_400)),
        counts=draw(st.sampled_from(Counts)),
        publishing=Publishing(by_hand=True)
        if by_hand
        else Publishing(
            points_from=draw(st.sampled_from([None, points_from])),
            checks_from=draw(st.sampled_from([None, checks_from])),
        ),
    )


@given(any_terms(), ZONES)
def test_a_form_holds_all_that_terms_say(terms: Terms, zone: ZoneInfo) -> None:
    """Saved without a change, nothing is changed."""
    assert read_terms(typed(terms, zone), zone) == terms


@given(st.builds(TermsForm, **{name: st.text(max_size=12) for name in TermsForm.model_fields}), ZONES)
def test_whatever_is_typed_is_read_or_refused(form: TermsForm, zone: ZoneInfo) -> None:
    """No text makes an error of ours; what is wrong has a field and a reason."""
    read = read_terms(form, zone)

    assert isinstance(read, Terms) or set(read.errors) <= set(TermsForm.model_fields)


@pytest.mark.parametrize("language", LANGUAGES)
@given(terms=any_terms(), zone=ZONES)
def test_terms_are_told_in_sentences(language: str, terms: Terms, zone: ZoneInfo) -> None:
    """Each of them has its words."""
    words = Words("zh" if language == "zh" else "en")

    assert all("{" not in words.text(each) for each in told(terms, zone))


def test_a_moment_with_its_own_zone_is_taken_as_it_is() -> None:
    """Whoever types an offset means it."""
    read = read_terms(TermsForm(due="2027-01-01T00:00+08:00"), ZoneInfo("UTC"))

    assert not isinstance(read, Faults)
    assert read.due == datetime(2026, 12, 31, 16, tzinfo=UTC)
