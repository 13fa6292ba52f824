"""A new question and a new rule are one file: the engine grades with both, and knows neither."""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader import lab
from grader.judging import QUESTIONS, RULES, Question, Rule, Solutions, Subject, examine, prepare
from grader.lab import check, function
from grader.lab.writing import shared_out
from grader.report.report import CheckResult, Verdict
from grader.wall import protocol
from grader.wall.protocol import Answer, Call, Returned
from tests.english import spoken

NEW = """
from dataclasses import dataclass

from grader.judging.examination import Fault
from grader.judging.question import Case, Question
from grader.judging.rules import Rule
from grader.messages import literal
from grader.wall.protocol import Call


@dataclass(frozen=True)
class Counting(Question):
    asks_for = "function"

    most: int

    def cases(self, exercise, solutions, seed, asked_by):
        return tuple(Case(args=(n,)) for n in range(self.most))

    def put(self, args, *, id, target):
        return Call(id=id, target=target, args=args)


@dataclass(frozen=True)
class IsAbove(Rule):
    least: int

    def fault(self, reaction):
        return None if reaction.seen.value > self.least else Fault(detail=literal(f"Not for {reaction.args[0]}."))
"""


def judged(question: Question, rule: Rule, answers: Sequence[int]) -> CheckResult:
    """The one check of a function that answers so."""
    asked = function("f", "A function").checks(check("new", "New", 3, question, rule).says("Right.", "Wrong."))

    def ask(questions: Sequence[protocol.Question]) -> list[Answer]:
        assert all(isinstance(each, Call) for each in questions)
        return [Returned(id=n, value=answers[n]) for n, _ in enumerate(questions)]

    (result,) = examine(asked, prepare(asked, Solutions(), 0), Subject(target="f"), ask).checks
    return result


@pytest.mark.parametrize(
    ("answers", "verdict", "message"),
    [((5, 6, 7), Verdict.PASSED, "Right."), ((5, 0, 7), Verdict.FAILED, "Wrong. Not for 1.")],
    ids=["right", "wrong"],
)
def test_a_question_and_a_rule_of_a_new_file_are_graded_with(
    tmp_path: Path, answers: Sequence[int], verdict: Verdict, message: str
) -> None:
    """Nothing else has to know of them."""
    (tmp_path / "new.py").write_text(NEW, encoding="utf-8")
    new = runpy.run_path(str(tmp_path / "new.py"))
    result = judged(new["Counting"](3), new["IsAbove"](4), answers)
    assert (result.verdict, spoken(result.message)) == (verdict, message)


def test_every_rule_is_had_at_the_authors_door() -> None:
    """A rule that no assignment can be written with is none."""
    assert {rule.__name__ for rule in RULES} <= set(lab.__all__)


def test_the_tables_hold_every_question_and_rule_that_the_labs_are_written_with() -> None:
    """What proofs and tests go through is all there is."""
    assert all(issubclass(each, Question) for each in QUESTIONS)
    assert all(issubclass(each, Rule) for each in RULES)
    assert len({*QUESTIONS, *RULES}) == len(QUESTIONS) + len(RULES)


@pytest.mark.parametrize(
    ("weights", "points", "shares"),
    [
        pytest.param((2, 3), 100, (40, 60), id="even"),
        pytest.param((1, 1, 1), 100, (34, 33, 33), id="the first gets what is left over"),
        pytest.param((1, 1, 4), 10, (2, 2, 6), id="those that lost most get it"),
        pytest.param((5, 7), None, (5, 7), id="points of their own"),
    ],
)
def test_weights_share_out_whole_points(weights: Sequence[int], points: int | None, shares: Sequence[int]) -> None:
    """They add up to what the exercise is worth, to the point."""
    drafts = [check(f"c{place}", points=weight) for place, weight in enumerate(weights)]
    assert tuple(draft.points for draft in shared_out(drafts, points)) == tuple(shares)


def test_what_an_author_leaves_out_is_said_by_question_and_rule() -> None:
    """A check of one line has a title and sentences."""
    asked = function("f", "F").checks(
        check("a").examples((1,)), check("b").asks(lab.calls(lab.vectors()), lab.Repeats())
    )
    assert [(each.title, each.passed) for each in asked.checks] == [
        ("Small examples", "Right for the small examples."),
        ("The same call gives the same answer again", "The same call gives the same answer a second time."),
    ]


def test_a_check_that_asks_nothing_is_refused() -> None:
    """When the assignment is read, with the id of the check."""
    with pytest.raises(ValueError, match="check a: it asks nothing"):
        function("f", "F").checks(check("a"))


def test_the_options_of_a_quiz_get_letters_in_order() -> None:
    """Each stands beside its feedback; of several right ones each has to be chosen."""
    one = lab.choice("q", "Q", 1, "?").among(lab.wrong("A", "Not A."), lab.right("B"), why="It is B.").rule
    two = lab.choice("q", "Q", 1, "?").among(lab.right("A"), lab.wrong("B"), lab.right("C")).rule
    assert isinstance(one, lab.Chooses)
    assert isinstance(two, lab.Chooses)
    assert (one.options, one.right, one.feedback, one.why) == ({"a": "A", "b": "B"}, "b", {"a": "Not A."}, "It is B.")
    assert (two.right, two.multiple) == ({"a", "c"}, True)


def test_a_check_is_held_to_the_rule_of_its_exercise_unless_it_has_one() -> None:
    """What most checks share is written once."""
    written = check("a").examples((1,)), check("b", "B", 1, lab.LeavesArguments()).examples((2,))
    asked = function("f", "F", rule=lab.Repeats()).checks(*written)
    assert [type(each.rule) for each in asked.checks] == [lab.Repeats, lab.LeavesArguments]
