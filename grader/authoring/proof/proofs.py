"""The proof of an assignment: what is asked of its solutions, and what came of trying them. Pure judgement, no rooms.

`candidates_for` says what to try, in parts; `prove` says what the outcomes mean. How it looks is `showing.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from grader.authoring.proof.candidates import Candidate, Role, all_mutants, mutated, scripted, whole
from grader.authoring.proof.equivalents import Equivalent
from grader.authoring.proof.proving import TriedExercise
from grader.authoring.proof.redrawn import is_drawn
from grader.course.assignment import Assignment
from grader.course.folder import Course
from grader.course.mistakes import Mistake, read_mistakes, read_variants
from grader.messages import english, prose

#: of the mutants that are mistakes, how many the checks have to catch, in percent
KILLED_PERCENT = 97
#: with how many seeds the verdicts are the same, the assignment's own among them
SEEDS = 5


class Part(StrEnum):
    """The parts of a proof, in the order in which they are worth running; the solutions include the notebooks."""

    NOTEBOOKS = "notebooks"
    SOLUTIONS = "solutions"
    SEEDS = "seeds"
    MUTANTS = "mutants"


class Count(BaseModel):
    """So many of so many."""

    model_config = ConfigDict(frozen=True)

    right: int = 0
    of: int = 0


class Proof(BaseModel):
    """What is known of one assignment; it holds if there are no faults. A part that was not run counts 0 of 0.

    `skipped` says why nothing of it was run, if a library that it needs is not installed here; `remarks` are no faults.
    """

    model_config = ConfigDict(frozen=True)

    assignment: str
    title: str
    exercises: int
    points: int
    wrong: Count = Count()
    right: Count = Count()
    mutants: Count = Count()
    equivalent: int = 0
    survivors: tuple[str, ...] = ()
    seeds: int = 0
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """What to try for one assignment, how many mutants are no mistakes, and which marks of such match nothing."""

    candidates: tuple[Candidate, ...]
    equivalent: int = 0
    stale: tuple[Equivalent, ...] = ()


def trials(course: Course, assignment: Assignment, parts: Sequence[Part]) -> Trials:
    """All candidates of the asked parts. Raises CourseError and UnreadableSubmission for files that cannot be read."""
    candidates: list[Candidate] = []
    if not {Part.NOTEBOOKS, Part.SOLUTIONS}.isdisjoint(parts):
        candidates += (whole(course, assignment, role) for role in (Role.REFERENCE, Role.STARTER, Role.SAMPLE))
    if Part.SOLUTIONS in parts:
        candidates += _scripted(course, assignment)
    if Part.SEEDS in parts:
        candidates += _with_other_seeds(course, assignment)
    if Part.MUTANTS not in parts:
        return Trials(candidates=tuple(candidates))
    sorted_out = list(all_mutants(course, assignment))
    candidates += (mutated(assignment, name, mutant) for name, found in sorted_out for mutant in found.mutants)
    return Trials(
        candidates=tuple(candidates),
        equivalent=sum(found.equivalent for _, found in sorted_out),
        stale=tuple(entry for _, found in sorted_out for entry in found.stale),
    )


def _with_other_seeds(course: Course, assignment: Assignment) -> Iterator[Candidate]:
    """All solutions where inputs are drawn. A model is trained anew for each seed by the reference alone, since one
    training takes as long as hundreds of calls."""
    seeds = tuple(range(assignment.seed + 1, assignment.seed + SEEDS))
    reference = whole(course, assignment, Role.REFERENCE)
    if trained := tuple(each.id for each in assignment.exercises if each.answered_by != "function"):
        yield from (replace(reference, exercises=trained, seed=seed) for seed in seeds)
    drawn = tuple(each.id for each in assignment.exercises if is_drawn(each))
    for candidate in (replace(reference, exercises=drawn), *_scripted(course, assignment)):
        if candidate.exercises and set(drawn).issuperset(candidate.exercises):
            yield replace(candidate, redrawn=seeds)


def _scripted(course: Course, assignment: Assignment) -> Iterator[Candidate]:
    for wrong in read_mistakes(course, assignment):
        yield scripted(assignment, wrong)
    for right in read_variants(course, assignment):
        yield scripted(assignment, right)


def prove(
    course: Course,
    assignment: Assignment,
    tried_out: Trials,
    outcomes: Iterable[tuple[Candidate, Sequence[TriedExercise]]],
) -> Proof:
    """What the outcomes of an assignment's candidates say about its checks."""
    seen = list(outcomes)
    wrong = {solution.name: solution for solution in read_mistakes(course, assignment)}
    faults = [fault for candidate, results in seen for fault in _faults(candidate, _once(results), wrong)]
    faults += (
        f"equivalent.toml, exercise {entry.exercise}: no mutant reads `{entry.becomes}` any more. Remove the entry."
        for entry in tried_out.stale
    )
    survivors = [f"{c.exercises[0]}, {c.name}" for c, results in seen if c.role is Role.MUTANT and _all_full(results)]
    mutants = sum(candidate.role is Role.MUTANT for candidate, _ in seen)
    killed = Count(right=mutants - len(survivors), of=mutants)
    if 100 * killed.right < KILLED_PERCENT * killed.of:
        faults.append(
            f"Only {killed.right} of {killed.of} mutants were caught; {KILLED_PERCENT} % are asked. Draw other inputs "
            "for those below, or add a check; one that is no mistake goes into equivalent.toml beside solution.py."
        )
    return Proof(
        assignment=assignment.id,
        title=assignment.title,
        exercises=len(assignment.exercises),
        points=assignment.points,
        wrong=_count(seen, Role.WRONG, wrong),
        right=_count(seen, Role.RIGHT, wrong),
        mutants=killed,
        equivalent=tried_out.equivalent,
        survivors=tuple(survivors),
        seeds=_seeds([candidate for candidate, _ in seen]),
        faults=tuple(faults),
        remarks=tuple(remark for _, results in seen for result in results for remark in result.remarks),
    )


def _seeds(candidates: Sequence[Candidate]) -> int:
    """With how many seeds they were tried, if with any but the assignment's own."""
    others = {seed for candidate in candidates for seed in candidate.seeds}
    return 1 + len(others) if others else 0


def _count(
    seen: Sequence[tuple[Candidate, Sequence[TriedExercise]]], role: Role, wrong: Mapping[str, Mistake]
) -> Count:
    mine = [(candidate, results) for candidate, results in seen if candidate.role is role and not candidate.seeds]
    return Count(right=sum(not any(_faults(c, results, wrong)) for c, results in mine), of=len(mine))


def _faults(candidate: Candidate, results: Sequence[TriedExercise], wrong: Mapping[str, Mistake]) -> Iterator[str]:
    """What should have come of the candidate and did not, in words."""
    match candidate.role:
        case Role.STARTER:
            for result in results:
                if result.earned:
                    yield f"starter.ipynb earns {result.earned} free points in {result.exercise}: a blank passes there."
        case Role.WRONG:
            yield from _not_lost(results, wrong[candidate.name])
        case Role.MUTANT:
            return
        case Role.REFERENCE | Role.SAMPLE | Role.RIGHT:
            where = {Role.REFERENCE: "solution.py", Role.SAMPLE: "sample.ipynb"}.get(
                candidate.role, f"variants.toml, {'.'.join(candidate.exercises)}.{candidate.name}"
            )
            for result in results:
                if not result.full:
                    lost = ", ".join(result.lost)
                    yield f"{where}{_drawn_with(result)} loses {lost} in {result.exercise}: {result.message}"


def _once(results: Sequence[TriedExercise]) -> Sequence[TriedExercise]:
    """Of the results with several seeds, the first of those that came out alike: a fault is told once."""
    kept: dict[tuple[str, tuple[str, ...]], TriedExercise] = {}
    for result in results:
        kept.setdefault((result.exercise, result.lost), result)
    return tuple(kept.values())


def _not_lost(results: Sequence[TriedExercise], wrong: Mistake) -> Iterator[str]:
    for result in results:
        where = f"{wrong.script.file}{_drawn_with(result)}"
        named = tuple(check for check in wrong.loses if check in result.asked)
        if result.lost != named:
            yield (
                f"{where}: loses {_listed(result.lost)}; `loses` names {_listed(named)}. Correct it, or the check "
                "that should catch the mistake."
            )
        if result.lost and result.seed is None and prose(wrong.hint) not in result.hints:
            given = "; ".join(dict.fromkeys(map(english, result.hints))) or "none"
            yield (
                f"{where}: its hint is not given. What is: {given}. Another mistake may answer alike; of a "
                "model, and of what has learned, hints of checks alone are given, and the mistake repeats one."
            )


def _drawn_with(result: TriedExercise) -> str:
    return "" if result.seed is None else f" with seed {result.seed}"


def _all_full(results: Sequence[TriedExercise]) -> bool:
    return all(result.full for result in results)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing"
