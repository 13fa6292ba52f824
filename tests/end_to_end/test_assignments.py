"""The assignments of the course keep their promises, as `grader check` sees them; each in full with `make proof`.

With every suite all are read, and a few are tried, which ask in every way between them: the reference and the sample
earn everything, the starter nothing. Of some of these every wrong solution loses what it names and earns its hint, and
every right variant loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest

from grader.authoring.proof.candidates import Candidate
from grader.authoring.proof.faults import faults_on_paper
from grader.authoring.proof.proofs import Part, Proof, prove, trials
from grader.authoring.proof.proving import Batch, Outcome, TriedExercise, TryingOut, Unprepared, batches
from tests.labs import COURSE, lab

TryOut = Callable[[Batch], Outcome]


@pytest.fixture(scope="session")
def try_out() -> Iterator[TryOut]:
    """One bench for the labs that come this worker's way, so that libraries are loaded once."""
    with TryingOut(course=COURSE.folder, sandbox="auto").open() as work:
        yield work


def proof(name: str, part: Part, try_out: TryOut) -> Proof:
    """What is known of one assignment when that part was tried."""
    assignment = COURSE.assignment(name)
    to_try = trials(COURSE, assignment, [part])
    outcomes: list[tuple[Candidate, Sequence[TriedExercise]]] = []
    for batch in batches(to_try.candidates):
        outcome = try_out(batch)
        assert not isinstance(outcome, Unprepared), outcome
        outcomes += zip(batch, outcome, strict=True)
    return prove(COURSE, assignment, to_try, outcomes)


@pytest.mark.parametrize("name", COURSE.ids)
def test_nothing_is_wrong_with_an_assignment_on_paper(name: str) -> None:
    """Every fault would name file, field and cure."""
    assert faults_on_paper(COURSE, name) == ()


#: proven with their solutions: functions and a network, a quiz, values that a cell leaves
PROVEN = ("digits", "quiz_training", "relu_lab")
#: whose notebooks are tried: training, values of each kind, estimators, tables, figures, prose
TRIED = ("digits_training", "numpy_basics", "pandas_cleaning", "plotting", "sklearn_pipeline", "written_answers")


@pytest.mark.parametrize("name", [lab(name) for name in TRIED])
def test_reference_and_sample_earn_everything_and_the_starter_nothing(try_out: TryOut, name: str) -> None:
    """The whole list of faults is shown, each with its file."""
    assert proof(name, Part.NOTEBOOKS, try_out).faults == ()


@pytest.mark.parametrize("name", [lab(name) for name in PROVEN])
def test_wrong_solutions_lose_what_they_name_and_right_ones_nothing(try_out: TryOut, name: str) -> None:
    """Checks that were never seen to catch or to accept anything would prove nothing."""
    found = proof(name, Part.SOLUTIONS, try_out)

    assert found.faults == ()
    assert found.wrong.of >= 2 * found.exercises
    assert found.right.of > 0


def test_the_few_ask_and_judge_in_every_way_that_the_labs_do() -> None:
    """Whichever question somebody changes, a lab that asks it is tried with every suite."""

    def questions(names: Iterable[str]) -> set[type]:
        exercises = (exercise for name in names for exercise in COURSE.assignment(name).exercises)
        return {type(check.question) for exercise in exercises for check in exercise.checks}

    assert questions((*PROVEN, *TRIED)) == questions(COURSE.ids)
