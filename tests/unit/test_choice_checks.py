"""Choice exercises, judged without a room: what a student may write for an answer, and what it earns."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.assignment import Check, Exercise, Visibility
from grader.judging import Examination, Solutions, Subject, examine, prepare
from grader.judging.choice import Answers, Chooses
from grader.messages import literal
from grader.report.report import CheckResult, Verdict
from grader.wall.protocol import Answer, Ended, Question, Raised, Read, Returned, StudentError, Unsupported
from grader.wall.values import Value
from tests.english import all_spoken, spoken
from tests.unit.strategies import values

OPTIONS = {"a": "-2", "b": "0", "c": "2", "d": "4"}
ASKED = Answers()


def question(name: str, right: Any, **more: Any) -> Check:
    """A question worth ten points."""
    said: dict[str, Any] = {"text": "Which?", "options": OPTIONS, "why": "For this reason."}
    said["feedback"] = {"a": "Not a.", "d": "Not d."}
    rule = Chooses(name=name, right=right, **{**said, **more})
    words: dict[str, Any] = {"passed": "Right.", "failed": "That is not right yet.", "hint": "Read again."}
    return Check(id=name, title=name, points=10, question=ASKED, rule=rule, **words)


ONE = question("q1", "b")
BOTH = question("q2", {"b", "c"}, multiple=True)
SHARED = question("q3", {"b", "c"}, multiple=True, partial="per_option")


def exercise(*checks: Check) -> Exercise:
    """A quiz of these questions."""
    return Exercise(id="quiz", title="Quiz", target="answers", checks=checks)


def examined(answer: Callable[[Question], Answer], *checks: Check, hidden: Check | None = None) -> Examination:
    """What comes of a room that answers so."""
    whole = exercise(*checks, *((hidden,) if hidden else ()))
    key = prepare(whole, Solutions(), 0)
    return examine(exercise(*checks), key, Subject(target="answers"), lambda questions: [answer(q) for q in questions])


def judged(value: Value, *checks: Check, hidden: Check | None = None) -> Examination:
    """What comes of `answers` being `value`."""
    return examined(lambda asked: Returned(id=asked.id, value=value), *checks, hidden=hidden)


def only(examination: Examination) -> CheckResult:
    """The one check of an examination."""
    (result,) = examination.checks
    return result


@pytest.mark.parametrize(
    "spelling",
    ["b", "B", " b ", "(b)", "b)", "'b'", "b.", ["b"], ("B",), frozenset({"b"})],
    ids=repr,
)
def test_one_letter_may_be_spelled_in_many_ways(spelling: Value) -> None:
    """Case, blanks, brackets and a collection of one make no difference."""
    result = only(judged({"q1": spelling}, ONE))
    assert (result.verdict, result.earned, spoken(result.message)) == (
        Verdict.PASSED,
        10,
        "Right. For this reason.",
    )


@pytest.mark.parametrize(
    "spelling",
    [["b", "c"], ("c", "b"), frozenset({"B", "C"}), "b,c", "c, b", "bc", "b & c", "{b; c}", ["b", "b", "c"], ["bc"]],
    ids=lambda spelling: "a set" if isinstance(spelling, frozenset) else repr(spelling),
)
def test_several_letters_may_be_spelled_in_many_ways(spelling: Value) -> None:
    """Order and repetition make no difference either."""
    assert only(judged({"q2": spelling}, BOTH)).verdict is Verdict.PASSED


@pytest.mark.parametrize("key", ["q1", "Q1", " q1 ", "1", 1], ids=repr)
def test_a_question_may_be_named_in_many_ways(key: Any) -> None:
    """By its id, or by its number alone."""
    assert only(judged({key: "b"}, ONE)).verdict is Verdict.PASSED


@pytest.mark.parametrize("blank", [None, "", "  ", [], (), {}, frozenset()], ids=repr)
def test_a_blank_is_no_answer_yet(blank: Value) -> None:
    """As in the starter: nothing is wrong, and nothing is earned."""
    result = only(judged({"q1": blank}, ONE))
    assert (result.verdict, result.earned) == (Verdict.MISSING, 0)
    assert spoken(result.message) == "This question is not answered yet."


@pytest.mark.parametrize(
    ("value", "check", "message"),
    [
        pytest.param({"q1": "d"}, ONE, 'That is not right yet. In q1 you chose d, "4".', id="wrong"),
        pytest.param({"q2": "ab"}, BOTH, "In q2 you chose a, b.", id="wrong letters"),
        pytest.param(
            {"q1": "e"}, ONE, "'e' is none of the options a, b, c, d: write the letter alone.", id="no option"
        ),
        pytest.param({"q1": "zero"}, ONE, "'zero' is none of the options", id="the text of an option"),
        pytest.param({"q1": ["a", "b"]}, ONE, "You gave 2 letters; this question has one answer.", id="two letters"),
        pytest.param({"q1": 0}, ONE, "The answer is a single number; the letter of an option", id="a number"),
        pytest.param({"q1": ["b", 1]}, ONE, "The answer is a list of 2 values;", id="a number among letters"),
        pytest.param(
            {"q1": "b", "Q1": "a"}, ONE, "This question is answered twice, in different ways", id="two entries"
        ),
        pytest.param(
            {"q2": "b"}, BOTH, "What you chose belongs to the answer, but something is missing.", id="too few"
        ),
        pytest.param(["b"], ONE, "`answers` is a list of 1 value; a dictionary from each question", id="no dictionary"),
    ],
)
def test_each_way_to_be_wrong_has_its_sentence(value: Value, check: Check, message: str) -> None:
    """What was found, and what to write instead; no point."""
    result = only(judged(value, check))
    assert (result.verdict, result.earned) == (Verdict.FAILED, 0)
    assert message in spoken(result.message)


@pytest.mark.parametrize(
    ("chosen", "hint"),
    [
        pytest.param("a", "Not a.", id="one wrong option"),
        pytest.param("abd", "Not a. Not d.", id="two wrong options"),
        pytest.param("b", "Read again.", id="something is missing"),
    ],
)
def test_feedback_is_that_of_the_wrong_options_chosen(chosen: str, hint: str) -> None:
    """Of right options nothing is said, chosen or not; the question's own hint stands in where none waits."""
    assert spoken(only(judged({"q2": chosen}, BOTH)).hint) == hint


@pytest.mark.parametrize(
    ("chosen", "earned", "verdict"),
    [
        pytest.param("bc", 10, Verdict.PASSED, id="all"),
        pytest.param("b", 5, Verdict.PARTIAL, id="one of two"),
        pytest.param("bca", 5, Verdict.PARTIAL, id="one too many"),
        pytest.param("ba", 0, Verdict.FAILED, id="one right, one wrong"),
        pytest.param("ad", 0, Verdict.FAILED, id="never below nothing"),
        pytest.param("abcd", 0, Verdict.FAILED, id="everything marked"),
    ],
)
def test_credit_per_option_is_right_minus_wrong(chosen: str, earned: int, verdict: Verdict) -> None:
    """A share for each right one, one less for each wrong one."""
    result = only(judged({"q3": chosen}, SHARED))
    assert (result.earned, result.verdict) == (earned, verdict)


def test_without_credit_per_option_only_the_whole_answer_counts() -> None:
    """As declared: all or nothing."""
    assert only(judged({"q2": "b"}, BOTH)).earned == 0


def test_points_of_a_share_are_whole() -> None:
    """One of three options of ten points: three points."""
    three = question("q1", {"a", "b", "c"}, multiple=True, partial="per_option", options={**OPTIONS, "e": "", "f": ""})
    assert only(judged({"q1": "a"}, three)).earned == 3


def test_a_check_that_needs_a_partial_one_is_skipped() -> None:
    """Partly right is not passed."""
    results = judged({"q3": "b", "q1": "b"}, SHARED, ONE.model_copy(update={"needs": ("q3",)})).checks
    assert [r.verdict for r in results] == [Verdict.PARTIAL, Verdict.SKIPPED]


def test_a_misspelt_question_is_named_in_a_notice() -> None:
    """It counts as unanswered, and the student is told why; hidden questions are no strangers."""
    seen = judged({"q7": "b", "q2": "b"}, ONE, hidden=BOTH.model_copy(update={"visibility": Visibility.HIDDEN}))
    assert all_spoken(seen.notices) == (
        "The entry 'q7' of your answers is no question of this exercise, so it was left out.",
    )
    assert only(seen).verdict is Verdict.MISSING


@pytest.mark.parametrize(
    ("answer", "verdict", "message"),
    [
        pytest.param(
            Unsupported(id=0, what=literal("a function")), Verdict.FAILED, "`answers` is a function.", id="function"
        ),
        pytest.param(
            Raised(id=0, error=StudentError(type="NameError", text="no")), Verdict.RAISED, "NameError: no.", id="raises"
        ),
        pytest.param(Ended(reason="timed_out", message=literal("Slow.")), Verdict.TIMED_OUT, "Slow.", id="timed out"),
    ],
)
def test_what_is_no_value_fails_every_question(answer: Answer, verdict: Verdict, message: str) -> None:
    """The reason stands with each of them."""
    results = examined(lambda _: answer, ONE, BOTH).checks
    assert {(r.verdict, r.earned) for r in results} == {(verdict, 0)}
    assert all(message in spoken(r.message) for r in results)


def test_the_name_is_read_once() -> None:
    """One question to the room, however many are in the quiz."""
    asked: list[Question] = []

    def ask(one: Question) -> Answer:
        asked.append(one)
        return Returned(id=0, value={})

    examined(ask, ONE, BOTH, SHARED)
    assert asked == [Read(id=0, target="answers")]


@given(values | st.dictionaries(st.sampled_from(["q1", "q2", "q3"]), values | st.text("abcdz ,", max_size=5)))
def test_whatever_was_bound_gets_a_verdict(value: Value) -> None:
    """No answer brings the judge down, and what is not the right set never passes."""
    results = judged(value, ONE, BOTH, SHARED).checks
    assert all(r.earned in range(11) and (r.verdict is Verdict.PASSED) == (r.earned == 10) for r in results)


@given(st.sets(st.sampled_from("abcd"), min_size=1))
def test_no_report_tells_the_right_option(chosen: set[str]) -> None:
    """Of a wrong answer it repeats what was chosen, and nothing else about letters."""
    result = only(judged({"q2": frozenset(chosen)}, BOTH))
    told = re.findall(r"\b[a-d]\b", spoken(result.message).partition("you chose ")[2])
    assert set(told) <= chosen
    assert result.counterexample is None


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        pytest.param({"right": "e"}, "'e' is none of its options", id="right option that is none"),
        pytest.param({"feedback": {"z": "No."}}, "'z' is none of its options", id="feedback on no option"),
        pytest.param({"right": {"a", "b"}}, "say multiple=True", id="two right ones"),
        pytest.param({"partial": "per_option"}, "needs multiple=True", id="credit for one answer"),
        pytest.param(
            {"right": {"a", "b", "c"}, "multiple": True, "partial": "per_option"},
            "marking everything would earn points",
            id="points for marking everything",
        ),
        pytest.param({"right": set()}, "no option is right", id="no right option"),
        pytest.param({"options": {"A": "", "b": ""}, "feedback": {}}, "under a small letter", id="a capital letter"),
    ],
)
def test_a_question_that_does_not_fit_together_is_refused(changes: dict[str, Any], complaint: str) -> None:
    """The author reads which question, and what to change."""
    with pytest.raises(ValueError, match=complaint):
        question("q1", **{"right": "b", **changes})
