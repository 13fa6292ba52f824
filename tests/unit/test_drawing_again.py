"""What stands in a class once a regrade set applies is drawn by several processes, or by this one."""

from __future__ import annotations

from grader.classes.regrading.drawing import drawn
from grader.classes.report_files import REPORT_FILES
from grader.messages import ENGLISH
from tests.unit.classes import work


def test_a_crew_draws_what_this_process_would() -> None:
    """Every file of every report, to the byte."""
    reports = {"reports/ada.json": work(30, 20), "reports/ben.json": work(0, 20)}
    alone = drawn(reports, ENGLISH, workers=1)

    assert drawn(reports, ENGLISH, workers=2, worth_a_crew=2) == alone
    assert set(alone) == {f"reports/{who}{ending}" for who in ("ada", "ben") for ending in REPORT_FILES}
