"""Function exercises, judged without a room: a fake `ask` calls a Python function in this process."""

from __future__ import annotations

import linecache
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from grader.course.assignment import CallShape, Check, Exercise, Remark, Visibility
from grader.course.edits import Script
from grader.errors import CourseError
from grader.judging import Ask, Examination, Misconception, Solutions, Subject, examine, prepare
from grader.judging.calls import Calls
from grader.judging.inputs import Drawn, calls, examples, vectors
from grader.judging.rules import Agrees, Holds, HoldsOfAll, LeavesArguments, Repeats, Rule
from grader.judging.showing import call_text
from grader.messages import english, literal, prose, say
from grader.notebook.submission import Parameters
from grader.report.report import CheckResult, Verdict
from grader.wall.protocol import Answer, Call, Ended, Question, Raised, Returned, Statement, StudentError, Unsupported
from grader.wall.values import UnsupportedValueError, freeze, thaw
from tests.english import all_spoken, spoken
from tests.mistaken import mistaken

Function = Callable[..., Any]


class Pupil:
    """Answers calls with `function`, in this process; after `patience` calls the room has `ended`."""

    def __init__(self, function: Function, *, patience: int = 10**6, ended: Ended | None = None) -> None:
        self.function = function
        self.patience = patience
        self.ended = ended or Ended(reason="timed_out", message=literal("Too slow."))
        self.calls = 0

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        return [self._answer(question) for question in questions]

    def _answer(self, question: Question) -> Answer:
        assert isinstance(question, Call)
        self.calls += 1
        if self.calls > self.patience:
            return self.ended
        arguments = [thaw(arg) for arg in question.args]
        try:
            value = freeze(self.function(*arguments))
        except UnsupportedValueError as error:
            return Unsupported(id=question.id, what=error.what)
        except Exception as error:
            what = StudentError(type=type(error).__name__, text=str(error), cell=5, line=2)
            return Raised(id=question.id, error=what)
        return Returned(id=question.id, value=value, arguments=tuple(map(freeze, arguments)))


def check(
    name: str, question: Calls, *, rule: Rule | None = None, needs: tuple[str, ...] = (), points: int = 10
) -> Check:
    """A check called `name`, by default on agreement."""
    return Check(
        id=name,
        title=name.title(),
        points=points,
        question=question,
        rule=rule or Agrees(),
        needs=needs,
        passed=f"{name} is right.",
        failed=f"{name} is wrong.",
        hint=f"Look at {name}.",
    )


def exercise(*checks: Check, remarks: tuple[Remark, ...] = ()) -> Exercise:
    """An exercise to write `double`."""
    return Exercise(id="double", title="Double it", target="double", checks=checks, remarks=remarks)


def double(z: Any) -> Any:
    """The reference."""
    return 2 * z


SQUARE = mistaken("square", "Doubling is not squaring.", lambda z: z * z)
IN_PLACE = mistaken("in_place", "Keep z.", lambda z: np.multiply(z, 2, out=z))


def squeezed(z: Any) -> Any:
    """A wrong solution that raises, always."""
    return np.squeeze(z, axis=7)


HERE = Script(__file__, Path(__file__).read_text(encoding="utf-8"))
RAISES = mistaken("raises", "Wrong axis.", squeezed, code=HERE)
ONE, DRAWN = examples((np.array([1.0, 3.0]),)), calls(vectors(), count=12)
EXAMPLE, ANY = check("example", ONE), check("any", DRAWN)
UNCHANGED = check("unchanged", DRAWN, rule=LeavesArguments())
AGAIN = check("again", DRAWN, rule=Repeats())
TWICE = Agrees(twice=True)
POSITIVE = check("positive", DRAWN, rule=Holds(lambda a, _: bool(np.all(a < 1e9))))
FULL = exercise(EXAMPLE, ANY, UNCHANGED, AGAIN, POSITIVE)


def judged(
    answer: Function | Ask,
    asked: Exercise = FULL,
    misconceptions: tuple[Misconception, ...] = (),
    *,
    line: str = "np.squeeze(x, axis=7)",
) -> Examination:
    """What comes of examining `answer`, on whose second line stands `line`."""
    key = prepare(asked, Solutions(reference=double, misconceptions=misconceptions), 0)
    ask = answer if isinstance(getattr(answer, "__self__", None), Pupil) else Pupil(answer).ask
    wrote = Statement(cell=5, line=1, source=f"def double(z):\n    return {line}", role="cell")
    return examine(asked, key, Subject(target="double", statements=(wrote,)), ask)


def only(examination: Examination) -> CheckResult:
    """The one check of an examination."""
    (result,) = examination.checks
    return result


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(double, id="the reference itself"),
        pytest.param(lambda z: z + z, id="another way"),
        pytest.param(lambda z: [2 * x for x in z], id="a list"),
        pytest.param(lambda z: (z * 2).astype(np.float32), id="float32"),
    ],
)
def test_a_right_answer_earns_every_point(answer: Function) -> None:
    """All checks pass, in the words of the assignment, with neither hint nor counterexample."""
    results = judged(answer, misconceptions=(SQUARE,)).checks
    assert [result.earned for result in results] == [10] * 5
    assert {
        (r.verdict, spoken(r.message) == f"{r.id} is right.", spoken(r.hint), r.counterexample) for r in results
    } == {(Verdict.PASSED, True, None, None)}


ERROR = "double raised ZeroDivisionError: division by zero (cell 5, line 2)."
#: the hint of the check, or that of the kind of failure; what raised or was stopped is no wrong answer
HINTS = {
    Verdict.FAILED: (prose("Look at example."), say("hint_none")),
    Verdict.RAISED: (say("hint_divisor"), None),
    Verdict.TIMED_OUT: (say("hint_too_slow"),),
    Verdict.OVER_LIMIT: (None,),
}


@pytest.mark.parametrize(
    ("answer", "verdict", "detail"),
    [
        pytest.param(lambda z: z, Verdict.FAILED, "2 of 2 entries differ.", id="wrong numbers"),
        pytest.param(lambda _: None, Verdict.FAILED, "It returned None: a way through it has no `return`", id="None"),
        pytest.param(lambda z: 2 * z[:1], Verdict.FAILED, "It returned an array of shape (1,);", id="shape"),
        pytest.param(lambda z: z / 0 * 0, Verdict.FAILED, "It returned NaN, which is no number.", id="NaN"),
        pytest.param(lambda _: 1 / 0, Verdict.RAISED, ERROR, id="raises"),
        pytest.param(lambda _: print, Verdict.FAILED, "You returned a function; that is nothing", id="function"),
        pytest.param(lambda z: z.astype(object), Verdict.FAILED, "You returned an array of dtype object", id="objects"),
        pytest.param(
            Pupil(double, patience=0, ended=Ended(reason="timed_out", message=literal("Too slow."))).ask,
            Verdict.TIMED_OUT,
            "Too slow.",
            id="timed out",
        ),
        pytest.param(
            Pupil(double, patience=0, ended=Ended(reason="over_limit", message=literal("Too big."))).ask,
            Verdict.OVER_LIMIT,
            "Too big.",
            id="over a limit",
        ),
        pytest.param(
            Pupil(double, patience=0, ended=Ended(reason="crashed", message=literal("Gone."))).ask,
            Verdict.RAISED,
            "Gone.",
            id="crashed",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value|divide by zero:RuntimeWarning")
def test_each_way_to_be_wrong_has_its_verdict_and_sentence(answer: Function, verdict: Verdict, detail: str) -> None:
    """What the assignment says comes first, then what happened; no point is earned."""
    result = only(judged(answer, exercise(EXAMPLE)))
    assert (result.verdict, result.earned) == (verdict, 0)
    assert result.hint in HINTS[result.verdict]
    assert spoken(result.message).startswith((f"example is wrong. {detail}", detail))


def test_the_counterexample_is_the_smallest_call_that_goes_wrong() -> None:
    """Wrong for negative entries only: one entry, minus one, is all it takes to show that."""
    example = only(judged(lambda z: 2 * abs(z), exercise(ANY))).counterexample
    assert example is not None
    assert example.call == "double(np.array([-1.]))"
    assert example.got is not None
    assert example.expected is not None
    assert (example.got.text, example.expected.text) == ("[2.]", "[-2.]")
    assert (example.expected.shape, example.expected.dtype, example.expected.data) == ((1,), "float64", (-2.0,))


def test_an_exception_has_a_counterexample_without_a_value() -> None:
    """The student sees the call that raised, and what should have come."""
    example = only(judged(lambda _: 1 / 0, exercise(EXAMPLE))).counterexample
    assert example is not None
    assert (example.call, example.got) == ("double(np.array([1., 3.]))", None)


def test_a_rule_without_reference_shows_no_expected_value() -> None:
    """What an invariant demands is no single value."""
    example = only(judged(lambda z: z + 1e12, exercise(POSITIVE))).counterexample
    assert example is not None
    assert example.got is not None
    assert example.expected is None


def test_a_fixed_example_shows_the_first_call_that_goes_wrong() -> None:
    """The author put the simplest first; it is not shrunk."""
    fixed = examples((np.array([1.0]),), (np.array([-4.0]),), (np.array([-5.0]),))
    example = only(judged(lambda z: 2 * abs(z), exercise(check("fixed", fixed)))).counterexample
    assert example is not None
    assert example.call == "double(np.array([-4.]))"


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        pytest.param(lambda z: z**2, "square", id="same values"),
        pytest.param(lambda z: np.multiply(z, 2, out=z), "in_place", id="same change of its argument"),
        pytest.param(lambda z: np.squeeze(z, axis=7), "raises", id="same exception in the same place"),
        pytest.param(lambda z: np.squeeze(z, axis=8), None, id="an exception with another text"),
        pytest.param(lambda z: z**2 * (z.size < 3), None, id="only sometimes the same"),
        pytest.param(double, None, id="right"),
    ],
)
def test_a_known_mistake_is_recognised_if_all_answers_agree(answer: Function, name: str | None) -> None:
    """One answer that differs, and it is another mistake."""
    asked = exercise(ANY, UNCHANGED)
    assert judged(answer, asked, (SQUARE, IN_PLACE, RAISES)).misconception == name


def test_an_exception_in_another_place_is_another_mistake() -> None:
    """Class and text alone are met by many mistakes."""
    asked = exercise(ANY, UNCHANGED)
    assert judged(squeezed, asked, (RAISES,), line="np.transpose(x, (7,))").misconception is None


def refused(_: Any) -> Any:
    """What whoever borrows a function meets, whatever it was called with."""
    raise ValueError(english(say("lent_no_answer", name="optimize")))


def test_a_call_that_a_borrowed_function_refuses_is_no_known_mistake() -> None:
    """It refuses all calls with one text, so two that are refused may be wrong for different reasons."""
    known = mistaken("known", "No.", refused, code=HERE)
    assert judged(refused, exercise(ANY), (known,), line="raise ValueError(english(say(").misconception is None


def _nothing(*_: object) -> None:
    return None


def untyped(thing: Any) -> Any:
    """Something that no type checker looks through."""
    return thing


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(_nothing, id="a None returned"),
        pytest.param(lambda z: untyped(None) * z, id="a None worked with"),
        pytest.param(lambda _: untyped(double)(), id="too few arguments"),
        pytest.param(lambda z: untyped(double)(z, z), id="too many arguments"),
        pytest.param(lambda z: untyped(double)(z, axis=1), id="an argument there is not"),
        pytest.param(lambda _: untyped("a".join)(), id="too few for what is built in"),
    ],
)
def test_what_is_unfinished_is_no_known_mistake(wrong: Function) -> None:
    """Not even where a wrong solution does the very same: nearly every mistake ends so, and so does none at all."""
    known = mistaken("known", "No.", wrong, code=HERE)
    same = linecache.getline(__file__, wrong.__code__.co_firstlineno).strip()
    examination = judged(wrong, exercise(ANY), (known,), line=same)
    assert (examination.misconception, only(examination).earned) == (None, 0)


def test_full_points_are_no_mistake() -> None:
    """A wrong solution may pass what the student passed, too; and then it says nothing."""
    for_nothing = check("unchanged", DRAWN, rule=LeavesArguments(), points=0)
    examination = judged(lambda z: np.multiply(z, 2, out=z), exercise(ANY, for_nothing), (IN_PLACE,))
    assert (examination.misconception, examination.checks[0].earned) == (None, 10)


def weights(*, spread: float, seed: int, bias: float = 0.0) -> Function:
    """A function that draws first weights, as many rows as it is told."""
    return lambda n: {"W": spread * np.random.default_rng(seed).normal(size=(n, 40)), "b": np.full(n, bias)}


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        pytest.param(weights(spread=1.0, seed=2), "large", id="spread alike"),
        pytest.param(weights(spread=3.0, seed=2), None, id="spread otherwise"),
        pytest.param(weights(spread=0.01, seed=2, bias=1.0), "biased", id="a constant part"),
        pytest.param(weights(spread=0.01, seed=2, bias=2.0), None, id="another constant"),
        pytest.param(weights(spread=0.01, seed=2), None, id="right"),
        pytest.param(lambda n: {"W": np.zeros((n, 40)), "b": np.zeros(n)}, None, id="nothing drawn"),
        pytest.param(lambda n: {"W": np.random.default_rng(2).normal(size=(40, n)), "b": np.zeros(n)}, None, id="form"),
    ],
)
def test_of_answers_drawn_at_random_the_spread_is_compared(answer: Function, name: str | None) -> None:
    """No two students draw the same weights, and still it shows what both forgot."""
    small = HoldsOfAll(lambda drawn, _: bool(np.std(drawn["W"]) < 0.1) and not np.any(drawn["b"]))
    asked = exercise(check("small", examples((20,), (2,)), rule=small))
    known = (
        mistaken("large", "Small.", weights(spread=1.0, seed=1)),
        mistaken("biased", "No bias.", weights(spread=0.01, seed=1, bias=1.0)),
    )
    key = prepare(asked, Solutions(reference=weights(spread=0.01, seed=0), misconceptions=known), 0)
    assert examine(asked, key, Subject(target="double"), Pupil(answer).ask).misconception == name


def test_a_known_mistake_is_recognised_in_the_form_in_which_it_returns() -> None:
    """What the rule reads as a vector may still be the column that the wrong solution makes."""
    answer: Function = lambda z: (z * z).reshape(-1, 1)  # noqa: E731  # both are this one
    column = mistaken("column", "Doubling is not squaring.", answer)
    asked = exercise(check("any", DRAWN, rule=Agrees(reading=lambda value, z: np.reshape(value, z.shape))))
    assert judged(answer, asked, (column,)).misconception == "column"


def test_a_known_mistake_brings_its_own_hint() -> None:
    """The hint of the wrong solution says more than the check's."""
    result = only(judged(lambda z: z * z, exercise(ANY), (IN_PLACE, SQUARE)))
    assert spoken(result.hint) == "Doubling is not squaring."


def test_a_mistake_of_a_known_kind_is_named() -> None:
    """Where no wrong solution fits, what the answers have in common says more than the check's hint."""
    asked = exercise(EXAMPLE, ANY, UNCHANGED)
    hints = [result.hint for result in judged(lambda z: 4 * z, asked, (SQUARE,)).checks]
    assert hints == [say("hint_doubled"), say("hint_doubled"), None]


def test_the_known_mistake_comes_before_its_kind() -> None:
    """The course knows its mistakes best."""
    twice = mistaken("twice", "Once is enough.", lambda z: 4 * z)
    assert judged(lambda z: 4 * z, exercise(EXAMPLE, ANY), (twice,)).checks[0].hint == prose("Once is enough.")


@pytest.mark.parametrize("hint", [None, "Leave it alone."])
def test_a_changed_argument_is_explained_where_the_course_does_not(hint: str | None) -> None:
    """Its own words on that check are as specific as ours."""
    asked = exercise(UNCHANGED.model_copy(update={"hint": hint}))
    assert only(judged(lambda z: np.multiply(z, 2, out=z), asked)).hint == (
        prose(hint) if hint else say("hint_in_place")
    )


def test_a_changed_argument_is_not_explained_where_the_call_raised() -> None:
    """The array may be as it was: nobody saw it afterwards."""
    assert only(judged(lambda _: 1 / 0, exercise(UNCHANGED))).hint == say("hint_divisor")


def test_what_was_not_answered_shows_nothing() -> None:
    """A room that ended is no pattern in the student's answers."""
    pupil = Pupil(lambda z: 4 * z, patience=1)
    results = judged(pupil.ask, exercise(EXAMPLE, ANY)).checks
    assert {result.hint for result in results} <= {
        prose("Look at example."),
        prose("Look at any."),
        say("hint_too_slow"),
    }


def test_a_check_whose_need_has_not_passed_is_skipped() -> None:
    """It earns nothing, shows nothing, and names what has to pass first."""
    needy = check("needy", DRAWN, rule=LeavesArguments(), needs=("example",))
    _, result = judged(lambda z: z, exercise(EXAMPLE, needy)).checks
    assert (result.verdict, result.earned, result.hint, result.counterexample) == (Verdict.SKIPPED, 0, None, None)
    assert spoken(result.message) == 'Not looked at: "Example" has to pass first.'


def test_skipping_passes_on() -> None:
    """What needs a skipped check is skipped as well."""
    asked = exercise(EXAMPLE, check("second", ONE, needs=("example",)), check("third", ONE, needs=("second",)))
    assert [r.verdict for r in judged(lambda z: z, asked).checks][1:] == [Verdict.SKIPPED] * 2


def test_a_room_that_ends_midway_keeps_what_had_passed() -> None:
    """Answers given before the end count; everything later carries the reason."""
    asked = exercise(EXAMPLE, check("later", ONE), check("last", ONE))
    results = judged(Pupil(double, patience=1).ask, asked).checks
    assert [r.verdict for r in results] == [Verdict.PASSED, Verdict.TIMED_OUT, Verdict.TIMED_OUT]


def test_a_search_ends_when_the_room_does() -> None:
    """The counterexample is then one of the calls judged by; nothing is lost."""
    pupil = Pupil(lambda z: z + 1, patience=12)
    result = only(judged(pupil.ask, exercise(ANY)))
    assert result.verdict is Verdict.FAILED
    assert result.counterexample is not None


FEW = exercise(*(check(name, calls(vectors(min_size=3), count=4)) for name in "abc"), check("twice", DRAWN, rule=TWICE))
JUDGING = 3 * 4 + 2 * 12 + 1


@pytest.mark.parametrize(
    ("answer", "calls_made"),
    [
        pytest.param(double, JUDGING, id="right"),
        pytest.param(lambda z: z + 1, JUDGING + 3 + 2, id="always wrong: one call for each check shows it"),
        pytest.param(lambda z: 2 * z + (abs(z).max() > 4), 2 * JUDGING, id="wrong for no small call"),
    ],
)
def test_a_search_asks_no_more_calls_than_judging_did(answer: Function, calls_made: int) -> None:
    """A failing submission costs at most twice a passing one, counted in calls, and so alike on every machine."""
    pupil = Pupil(answer)
    judged(pupil.ask, FEW)
    assert pupil.calls == calls_made


def _counting() -> Function:
    count = iter(range(10**6))
    return lambda z: 2 * z + next(count)


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        pytest.param(lambda z: np.multiply(z, 2, out=z), "unchanged", id="works in place"),
        pytest.param(_counting(), "again", id="counts its calls"),
        pytest.param(lambda z: 2 * z + np.random.default_rng().random(), "again", id="rolls dice"),
    ],
)
def test_side_effects_are_caught_by_the_check_on_them(answer: Function, failed: str) -> None:
    """In place, by memory or by chance: each fails the check that is about it."""
    results = {result.id: result.verdict for result in judged(answer).checks}
    assert results[failed] is Verdict.FAILED


def test_an_answer_that_takes_turns_never_repeats() -> None:
    """Be the same question asked at its first turn and at its third: once more, and it is the other's."""
    turn = iter(range(10**6))
    asked = exercise(check("again", ONE, rule=Repeats()), check("between", ONE, rule=Holds(lambda *_: True)))
    results = judged(lambda z: 2 * z + next(turn) % 2, asked).checks
    assert [result.verdict for result in results] == [Verdict.FAILED, Verdict.PASSED]


def test_returning_the_argument_itself_is_no_change_of_it() -> None:
    """An alias is judged by its numbers; only the check on agreement minds."""
    results = {result.id: result.verdict for result in judged(lambda z: z, exercise(ANY, UNCHANGED)).checks}
    assert results == {"any": Verdict.FAILED, "unchanged": Verdict.PASSED}


def test_a_check_that_cannot_try_what_it_says_is_the_courses_fault() -> None:
    """Twenty calls of a strategy that gives two would be two, and nobody would know."""
    with pytest.raises(CourseError, match=r"check few: it asks for 20 different calls, .* gives 2\. Ask for fewer"):
        prepare(exercise(check("few", calls(st.booleans(), count=20))), Solutions(reference=double), 0)


def test_a_check_that_makes_no_call_is_not_passed() -> None:
    """No evidence is never a pass."""
    result = only(judged(double, exercise(check("empty", examples()))))
    assert (result.verdict, spoken(result.message)) == (Verdict.FAILED, "empty is wrong. No call was made.")


PLAIN_LIST = "double returns a plain list; an array was asked for. It is accepted here."


@pytest.mark.parametrize(
    ("answer", "remarks"),
    [
        pytest.param(double, (), id="nothing to say"),
        pytest.param(lambda z: list(2 * z), (PLAIN_LIST,), id="list"),
        pytest.param(lambda z: 2 * z if z[0] < 99 else None, ("Big z.",), id="an author's remark"),
        pytest.param(lambda _: None, (), id="not on work that failed"),
    ],
)
def test_remarks_are_for_work_that_passed(answer: Function, remarks: tuple[str, ...]) -> None:
    """A remark costs nothing; work that failed has other worries."""
    big = Remark(
        question=examples((np.array([100.0]),)),
        applies=lambda r: isinstance(r.answer, Returned) and r.answer.value is None,
        text="Big z.",
    )
    assert all_spoken(judged(answer, exercise(ANY, remarks=(big,))).remarks) == remarks


def test_a_rule_may_be_a_remark() -> None:
    """What the text does not ask costs nothing, and is said."""
    kept = Remark(question=ONE, rule=LeavesArguments(), text="z is used up.")
    seen = judged(lambda z: np.multiply(z, 2, out=z), exercise(ANY, remarks=(kept,)))
    assert (only(seen).earned, all_spoken(seen.remarks)) == (10, ("z is used up.",))
    assert judged(double, exercise(ANY, remarks=(kept,))).remarks == ()


@pytest.mark.parametrize("when", [{}, {"applies": bool, "rule": Agrees()}], ids=["never", "twice"])
def test_a_remark_says_when_it_is_made(when: dict[str, Any]) -> None:
    """By what it looks at, or by the rule that is broken."""
    with pytest.raises(ValueError, match="either `applies` or a `rule`"):
        Remark(question=ONE, text="?", **when)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        pytest.param(None, "exercise double: the reference solution defines no double; add it", id="missing"),
        pytest.param(lambda _: 1 / 0, r"raises ZeroDivisionError: division by zero for double\(", id="raises"),
        pytest.param(lambda _: print, "raises UnsupportedValueError: a function", id="no value"),
    ],
)
def test_a_reference_that_cannot_answer_is_the_courses_fault(reference: Function | None, message: str) -> None:
    """No student pays for it: it is an exception, with the call that shows it."""
    with pytest.raises(CourseError, match=message):
        prepare(FULL, Solutions(reference=reference), 0)


SCALED = examples((np.array([1.0, 3.0]), 2.0, {"unused": 1}), (np.array([-1.0]), 0.5, {}))
TEMPLATES = (CallShape(names=("z", "by")), CallShape(names=("by", "z"), passes=(1, 0)))
SCALE = Exercise(
    id="scale",
    title="Scale it",
    target="scale",
    shapes=TEMPLATES,
    checks=(check("right", SCALED), check("unchanged", SCALED, rule=LeavesArguments())),
)
FORGETS = mistaken("forgets", "By how much?", lambda z, *_: z)


def scaled(answer: Function, *names: str) -> Examination:
    """What comes of `answer`, whose definition has parameters of these names."""
    key = prepare(SCALE, Solutions(reference=lambda z, by, _: z * by, misconceptions=(FORGETS,)), 0)
    subject = Subject(target="scale", parameters=Parameters(names=names, needed=len(names)))
    return examine(SCALE, key, subject, Pupil(answer).ask)


@pytest.mark.parametrize(
    ("answer", "names", "notices"),
    [
        pytest.param(lambda z, by: z * by, ("z", "by"), (), id="the usual template"),
        pytest.param(
            lambda by, z: z * by,
            ("by", "z"),
            ("scale was called with by, z, the way your definition asks for.",),
            id="the other one",
        ),
    ],
)
def test_a_function_is_called_in_the_shape_of_its_definition(
    answer: Function, names: tuple[str, ...], notices: tuple[str, ...]
) -> None:
    """Either template earns all; one that is not the usual is said to have been followed."""
    examination = scaled(answer, *names)
    assert [result.earned for result in examination.checks] == [10, 10]
    assert all_spoken(examination.notices) == notices


def test_a_mistake_in_another_shape_is_shown_and_recognised_alike() -> None:
    """The call is the one that was made; wrong solutions are asked with all canonical arguments."""
    examination = scaled(lambda _, z: z, "by", "z")
    example = examination.checks[0].counterexample
    assert examination.misconception == "forgets"
    assert example is not None
    assert example.call == "scale(2.0, np.array([1., 3.]))"


def test_a_known_mistake_is_recognised_through_a_reading() -> None:
    """The student's value is compared with the wrong one in the form in which it is judged."""
    asked = exercise(check("any", DRAWN, rule=Agrees(reading=lambda value, _: value["z"])))
    assert judged(lambda z: {"z": z * z}, asked, (SQUARE,)).misconception == "square"


def test_a_key_is_a_function_of_the_seed() -> None:
    """Prepared twice, the same questions and answers."""
    first, second = (prepare(FULL, Solutions(reference=double), 7) for _ in range(2))
    assert repr(first.cases) == repr(second.cases)


def test_a_result_keeps_its_checks_visibility() -> None:
    """Who may see it is decided later; the result says what was declared."""
    hidden = EXAMPLE.model_copy(update={"visibility": Visibility.HIDDEN})
    assert only(judged(double, exercise(hidden))).visibility is Visibility.HIDDEN


@pytest.mark.parametrize(
    ("call", "text"),
    [
        pytest.param((np.array([1.5, 2.0]),), "f(np.array([1.5, 2. ]))", id="array"),
        pytest.param((np.array([1], np.int32),), "f(np.array([1], dtype=np.int32))", id="dtype"),
        pytest.param((np.array([]),), "f(np.array([], dtype=np.float64))", id="empty array"),
        pytest.param((2.0, 3), "f(2.0, 3)", id="a whole float is still a float"),
        pytest.param(({"a": (1,)}, [True, None, "x"]), "f({'a': (1,)}, [True, None, 'x'])", id="containers"),
    ],
)
def test_a_counterexample_is_a_call_one_can_type(call: tuple[Any, ...], text: str) -> None:
    """Pasted into the notebook, it makes the call that went wrong."""
    assert call_text("f", tuple(map(freeze, call))) == text


@pytest.mark.parametrize(
    ("strategy", "says"),
    [(3, "InvalidArgument"), (st.builds(int, st.just("x")).map(lambda x: (x,)), "ValueError")],
    ids=["no strategy", "one that raises"],
)
def test_inputs_that_cannot_be_drawn_are_the_courses_fault(strategy: object, says: str) -> None:
    """The author is told which check draws them, and where to mend it."""
    asked = exercise(EXAMPLE, check("odd", Drawn(strategy)))
    with pytest.raises(CourseError, match=rf"exercise double, check odd: .* \({says}.*Correct them in assignment\.py"):
        prepare(asked, Solutions(reference=double), seed=0)
