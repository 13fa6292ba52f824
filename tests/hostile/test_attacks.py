"""Every attack, in both tiers: its verdict, the neighbour's points, nothing left behind, the next report unchanged."""

from __future__ import annotations

import pytest

from grader.render import RENDERERS
from grader.report import Audience, Verdict
from tests.hostile import by_notebook, on_answers, on_limits, on_walls
from tests.hostile.attack import Attack
from tests.hostile.conftest import House, outside_run
from tests.hostile.small_course import handed_in, held

ATTACKS = (*on_limits.ATTACKS, *on_walls.ATTACKS, *on_answers.ATTACKS, *by_notebook.ATTACKS)


@pytest.mark.parametrize("attack", [pytest.param(attack, id=attack.name) for attack in ATTACKS])
def test_an_attack_gets_its_verdict_and_harms_nobody(house: House, attack: Attack) -> None:
    """Not the other exercise, not the machine, not the next submission; and the report of it can be written."""
    report = house.grade(attack.notebook)
    double, total = report.exercises

    assert double.verdict in attack.verdicts, double.message
    assert (double.earned or 0) <= attack.earned
    assert double.earned == attack.earned or len(attack.verdicts) > 1
    assert total.earned == 10
    assert all(render(report.seen_by(reader)) for render in RENDERERS.values() for reader in Audience)
    assert house.traces() == house.before
    assert outside_run(house.grade(handed_in())) == house.honest


def test_an_attempt_that_works_is_named(house: House) -> None:
    """The rows that try and must fail would notice a success: here one tries what every room may do."""
    report = house.grade(held('tries("read a library", lambda: open(os.__file__).close())\n'))

    assert report.exercises[0].verdict is Verdict.RAISED
    assert "read a library" in report.exercises[0].message
