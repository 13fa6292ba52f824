"""Stability: an exercise whose drawn checks are asked with the inputs of several seeds, all in one room. Data only.

A seed changes nothing but what is drawn, so fixed examples are left out, unless a drawn check needs them. Each drawn
check becomes one for each seed, named `check@seed`; `seeds_apart` tells the results apart again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from grader.course.assignment import Assignment, Check, Exercise
from grader.judging.inputs import Drawn
from grader.report.report import CheckResult

MARK = "@"


def is_drawn(exercise: Exercise) -> bool:
    """Whether anything about the exercise's calls depends on the seed."""
    return any(check.question.drawn for check in exercise.checks)


def redrawn(assignment: Assignment, seeds: Sequence[int]) -> Assignment:
    """The assignment with its drawn checks once for each seed; exercises without any are as they were."""
    exercises = tuple(_redrawn(each, seeds) if is_drawn(each) else each for each in assignment.exercises)
    return assignment.model_copy(update={"exercises": exercises})


def seeds_apart(results: Sequence[CheckResult], seeds: Sequence[int]) -> Iterator[tuple[int, tuple[CheckResult, ...]]]:
    """The results of what was drawn, seed by seed, under the names that the checks have in the assignment."""
    for seed in seeds:
        mine = (each for each in results if each.id.partition(MARK)[2] == str(seed))
        yield seed, tuple(each.model_copy(update={"id": each.id.partition(MARK)[0]}) for each in mine)


def _redrawn(exercise: Exercise, seeds: Sequence[int]) -> Exercise:
    checks: list[Check] = []
    needs = _all_needs(exercise)
    drawn = {check.id for check in exercise.checks if check.question.drawn}
    for check in exercise.checks:
        if check.id in drawn:
            checks += (_drawn_by(check, seed, needs[check.id], drawn) for seed in seeds)
        elif any(check.id in needs[each] for each in drawn):
            checks.append(check.model_copy(update={"needs": tuple(n for n in needs[check.id] if n not in drawn)}))
    limits = replace(exercise.limits, cpu_seconds=exercise.limits.cpu_seconds * len(seeds))
    return exercise.model_copy(update={"checks": tuple(checks), "remarks": (), "limits": limits})


def _drawn_by(check: Check, seed: int, needs: Sequence[str], drawn: Set[str]) -> Check:
    assert isinstance(check.question, Drawn)
    own = tuple(f"{need}{MARK}{seed}" if need in drawn else need for need in needs)
    question = replace(check.question, seed=seed)
    return check.model_copy(update={"id": f"{check.id}{MARK}{seed}", "needs": own, "question": question})


def _all_needs(exercise: Exercise) -> dict[str, tuple[str, ...]]:
    """What each check needs, and what that needs in turn: each is named before it is needed."""
    found: dict[str, tuple[str, ...]] = {}
    for check in exercise.checks:
        found[check.id] = tuple(dict.fromkeys(each for need in check.needs for each in (*found[need], need)))
    return found
