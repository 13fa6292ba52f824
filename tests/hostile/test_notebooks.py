"""Bytes that are no notebook, or more than one can be: unreadable, with a sentence, and no score."""

from __future__ import annotations

import pytest

from grader.report.report import Status
from tests.english import spoken
from tests.hostile.by_notebook import UNREADABLE
from tests.hostile.conftest import STRONGEST, House, outside_run
from tests.hostile.small_course import handed_in


@pytest.mark.parametrize("house", [STRONGEST], indirect=True)
def test_what_is_no_notebook_is_unreadable_and_harms_nobody(house: House) -> None:
    """No crash, no zero, nothing left behind, and the next report is as it was. No room is opened in any tier."""
    reports = {name: house.grade(data) for name, (_, data) in UNREADABLE.items()}
    graded = {name for name, each in reports.items() if (each.status, each.score) != (Status.UNREADABLE, None)}

    assert graded == set()
    assert all(len(spoken(each.notices[0])) > 20 and each.exercises == () for each in reports.values())
    assert house.traces() == house.before
    assert outside_run(house.grade(handed_in())) == house.honest
