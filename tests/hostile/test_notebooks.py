"""Bytes that are no notebook, or more than one can be: unreadable, with a sentence, and no score."""

from __future__ import annotations

import pytest

from grader.report import Status
from tests.hostile.by_notebook import UNREADABLE
from tests.hostile.conftest import House, outside_run
from tests.hostile.small_course import handed_in


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_notebook_is_unreadable_and_harms_nobody(house: House, name: str) -> None:
    """No crash, no zero, nothing left behind, and the next report is as it was."""
    report = house.grade(UNREADABLE[name][1])

    assert (report.status, report.score, report.exercises) == (Status.UNREADABLE, None, ())
    assert len(report.notices[0]) > 20
    assert house.traces() == house.before
    assert outside_run(house.grade(handed_in())) == house.honest
