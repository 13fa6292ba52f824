"""A stored result under other points and words is what grading gives, or it is left to grading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.assignment import Check, Exercise, ToMark
from grader.grading.rejudging import rejudged, rewaiting
from grader.grading.revisions import Change, Part
from grader.judging import Solutions, Subject, examine, prepare
from grader.judging.inputs import examples
from grader.judging.rules import Agrees, LeavesArguments, Repeats
from grader.messages import counted, prose, say
from grader.report.report import ExerciseResult, Verdict
from grader.report.sums import earned, overall, summary
from grader.wall.protocol import Answer, Call, Question, Raised, Returned, StudentError
from grader.wall.values import freeze, thaw

QUESTION = examples((1,), (2,), (3,))


def pair(x: int) -> Any:
    """The reference: two parts that name themselves."""
    return {"dw": 2 * x, "db": x + 1}


#: what students wrote
ANSWERS: dict[str, Callable[[int], Any]] = {
    "right": pair,
    "one part": lambda x: {"dw": 2 * x, "db": 0},
    "neither part": lambda _: {"dw": 0, "db": 0},
    "another form": lambda x: x,
    "raises": lambda x: {"dw": 2 // (x - 2), "db": 0},
}


def exercise(points: Sequence[int], text: str = "") -> Exercise:
    """Checks of several kinds, one of which needs another; `text` is added to all that is said."""
    said = {"passed": f"Yes.{text}", "failed": f"No.{text}", "hint": f"Look again.{text}"}
    rules = (Agrees(each_entry=True), Agrees(), LeavesArguments(), Repeats())
    checks = tuple(
        Check(
            id=f"check{number}",
            title=f"Check {number}{text}",
            points=worth,
            question=QUESTION,
            rule=rule,
            needs=("check1",) if number == 3 else (),
            **said,  # type: ignore[arg-type]  # texts
        )
        for number, (worth, rule) in enumerate(zip(points, rules, strict=True))
    )
    return Exercise(id="pair", title=f"A pair{text}", target="pair", checks=checks)


def graded(asked: Exercise, answer: Callable[[int], Any]) -> ExerciseResult:
    """What grading makes of that answer."""

    def ask(questions: Sequence[Question]) -> list[Answer]:
        return [_answered(question, answer) for question in questions]

    key = prepare(asked, Solutions(reference=pair), 0)
    checks = examine(asked, key, Subject(target="pair"), ask).checks
    return ExerciseResult(
        id=asked.id,
        title=asked.title,
        verdict=overall(checks),
        earned=earned(checks),
        possible=asked.points,
        message=summary(overall(checks), checks),
        cell=None,
        checks=checks,
    )


def _answered(question: Question, answer: Callable[[int], Any]) -> Answer:
    assert isinstance(question, Call)
    try:
        value = freeze(answer(*map(thaw, question.args)))
    except ZeroDivisionError as error:
        return Raised(id=question.id, error=StudentError(type="ZeroDivisionError", text=str(error)))
    return Returned(id=question.id, value=value, arguments=question.args)


FOUR = st.tuples(*[st.integers(0, 12)] * 4)


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@given(before=FOUR, now=FOUR, text=st.sampled_from(["", " Again."]))
def test_on_paper_as_in_a_room(
    answer: Callable[[int], Any], before: tuple[int, ...], now: tuple[int, ...], text: str
) -> None:
    """Whatever the points and words were and are: the same result, to the last word, or none."""
    old, new = exercise(before), exercise(now, text)
    found = rejudged(graded(old, answer), Change(before=old, now=new))

    assert found is None or found == graded(new, answer)


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_words_alone_never_need_a_room(answer: Callable[[int], Any]) -> None:
    """Nor do fewer points, where nothing was earned in part."""
    old, new = exercise((4, 3, 2, 1)), exercise((4, 3, 2, 1), " Again.")
    assert rejudged(graded(old, answer), Change(before=old, now=new)) is not None


@pytest.mark.parametrize(
    ("before", "now", "known"),
    [
        pytest.param((4, 1, 1, 1), (8, 1, 1, 1), None, id="2 of 4 may be 4 or 5 of 8"),
        pytest.param((1, 1, 1, 1), (2, 1, 1, 1), None, id="nothing of 1 may be 1 of 2"),
        pytest.param((4, 1, 1, 1), (2, 1, 1, 1), 1, id="2 of 4 are 1 of 2"),
        pytest.param((4, 1, 1, 1), (4, 5, 1, 1), 2, id="a rule without parts earns nothing in part"),
    ],
)
def test_a_share_that_a_report_does_not_tell_is_found_out_again(
    before: tuple[int, ...], now: tuple[int, ...], known: int | None
) -> None:
    """Points are whole and rounded down, so a half of them may be more than it says."""
    old, new = exercise(before), exercise(now)
    found = rejudged(graded(old, ANSWERS["one part"]), Change(before=old, now=new))
    assert (None if found is None else found.checks[0].earned) == known


def changed(**more: Any) -> Change:
    return Change(**{"before": exercise((4, 3, 2, 1)), "now": exercise((9, 3, 2, 1))} | more)


#: why a result is left to grading
LEFT: dict[str, tuple[dict[str, Any], Change]] = {
    "its question changed": ({}, changed(asked_again=(Part.QUESTIONS,))),
    "nobody knows what was before": ({}, changed(before=None)),
    "it was not graded": ({"earned": None, "verdict": Verdict.NOT_GRADED, "checks": ()}, changed()),
    "mistakes changed": ({}, changed(other_mistakes=True)),
    "several answers were weighed": ({"notices": (say("does_better"),)}, changed()),
    "a name was missing": ({"message": say("raised", error=say("error", type="NameError", text="x"))}, changed()),
    "its checks are others": ({"checks": ()}, changed()),
}


@pytest.mark.parametrize(("update", "change"), LEFT.values(), ids=LEFT)
def test_what_only_grading_can_tell_is_left_to_it(update: dict[str, Any], change: Change) -> None:
    """No evidence is never a verdict."""
    result = graded(exercise((4, 3, 2, 1)), ANSWERS["neither part"]).model_copy(update=update)
    assert rejudged(result, change) is None


def test_a_right_answer_is_like_no_mistake() -> None:
    """So new mistakes are looked for in wrong answers alone."""
    change = Change(before=exercise((4, 3, 2, 1)), now=exercise((4, 3, 2, 1)), other_mistakes=True)
    assert rejudged(graded(exercise((4, 3, 2, 1)), pair), change) is not None


def test_the_hint_of_a_mistake_is_said_in_its_new_words() -> None:
    """Wherever it was said."""
    result = graded(exercise((4, 3, 2, 1)), ANSWERS["neither part"])
    hinted = tuple(check.model_copy(update={"hint": prose("Old.")}) for check in result.checks)
    same = exercise((4, 3, 2, 1))
    found = rejudged(
        result.model_copy(update={"checks": hinted}), Change(before=same, now=same, hints={"Old.": "New."})
    )
    assert found is not None
    assert {check.hint for check in found.checks} == {prose("New.")}


def test_what_waits_for_a_person_has_the_points_of_today() -> None:
    """Unless another cell may be the answer by now."""
    before = ToMark(id="why", title="Why?", points=5, prompt="Explain.")
    now = ToMark(id="why", title="Why so?", points=8, prompt="Explain.", rubric="Says why.")
    waits = ExerciseResult(
        id="why",
        title="Why?",
        verdict=Verdict.TO_MARK,
        earned=0,
        possible=0,
        message=say("to_mark", points=counted(5, "point")),
        cell=None,
        checks=(),
        to_mark=5,
    )
    found = rewaiting(waits, before, now)

    assert found is not None
    assert (found.to_mark, found.rubric, found.message) == (8, "Says why.", say("to_mark", points=counted(8, "point")))
    assert rewaiting(waits, before, now.model_copy(update={"prompt": "Tell."})) is None
