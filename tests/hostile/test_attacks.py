"""Every attack: its verdict, the neighbour's points, nothing left behind, the next report unchanged.

Attacks on the machine and on the walls of a room meet the kernel, so they are made in both tiers. Those on the
conversation, on the judge and by the file meet code of ours that is the same in every tier.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from grader.render import RENDERERS
from grader.report.report import Verdict
from tests.english import spoken
from tests.hostile import by_notebook, on_answers, on_limits, on_walls
from tests.hostile.attack import Attack
from tests.hostile.conftest import STRONGEST, TIERS, House, outside_run
from tests.hostile.small_course import handed_in, held

ON_THE_KERNEL = {"limits": on_limits.ATTACKS, "walls": on_walls.ATTACKS}
ON_OUR_CODE = {"answers": on_answers.ATTACKS, "notebooks": by_notebook.ATTACKS}
ATTACKS = tuple(attack for attacks in (ON_THE_KERNEL | ON_OUR_CODE).values() for attack in attacks)
#: attacks after which an honest notebook is graded once
GROUP = 8


def groups(tier: str, attacks: dict[str, tuple[Attack, ...]]) -> Iterator[Any]:
    """These attacks in that tier, in groups."""
    for name, rows in attacks.items():
        for start in range(0, len(rows), GROUP):
            yield pytest.param(tier, rows[start : start + GROUP], id=f"{tier}, on {name} from {rows[start].name}")


@pytest.mark.parametrize(
    ("house", "attacks"),
    [
        *groups(STRONGEST, ON_OUR_CODE),
        *(case for tier in TIERS for case in groups(tier, ON_THE_KERNEL)),
    ],
    indirect=["house"],
)
def test_attacks_get_their_verdicts_and_harm_nobody(house: House, attacks: Sequence[Attack]) -> None:
    """Not the other exercise, not the machine, not the next submission."""
    assert [trouble for attack in attacks for trouble in troubles(house, attack)] == []
    assert outside_run(house.grade(handed_in())) == house.honest


def troubles(house: House, attack: Attack) -> Iterator[str]:
    """What should have come of an attack and did not, in words; and the report of it can be drawn."""
    report = house.grade(attack.notebook)
    double, total = report.exercises
    if double.verdict not in attack.verdicts:
        yield f"{attack.name}: {double.verdict}: {double.message}"
    if double.earned != attack.earned and not (len(attack.verdicts) > 1 and (double.earned or 0) <= attack.earned):
        yield f"{attack.name}: earned {double.earned}"
    if total.earned != 10:
        yield f"{attack.name}: cost the other exercise points: {total.message}"
    if (left := house.traces()) != house.before:
        yield f"{attack.name}: left {left}"
    if any(attack in rows for rows in ON_OUR_CODE.values()):
        yield from (f"{attack.name}: empty as {name}" for name, render in RENDERERS.items() if not render(report))


def test_an_attempt_that_works_is_named(house: House) -> None:
    """The rows that try and must fail would notice a success: here one tries what every room may do."""
    report = house.grade(held('tries("read a library", lambda: open(os.__file__).close())\n'))

    assert report.exercises[0].verdict is Verdict.RAISED
    assert "read a library" in spoken(report.exercises[0].message)
