"""Steps with objects that stay in their room: how they are written, taken, shown, and what is told of an object."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course.assignment import Check
from grader.errors import ProtocolError
from grader.judging import Examination, Subject, examine, prepare
from grader.judging.question import Misconception, Solutions
from grader.judging.showing import call_text
from grader.lab import (
    Agrees,
    IsA,
    Raises,
    asks,
    check,
    does,
    examples,
    expression,
    function,
    gives,
    history,
    item,
    kind,
    make,
    prints,
    reads,
    refused,
    silently,
    that,
)
from grader.messages import english
from grader.report.report import Verdict
from grader.wall.protocol import Answer, Follow, Question, Raised, Returned, Unsupported, asked_with
from grader.wall.room.following import follow
from grader.wall.room.objects import Arguments
from grader.wall.room.student_error import student_error
from grader.wall.steps import MAX_STEPS, Handle
from grader.wall.value_frames import unpack
from grader.wall.values import UnsupportedValueError, Value, freeze


class Counts:
    """A class as a student writes it."""

    def __init__(self, start: int = 0) -> None:
        self.counted = {"all": start}

    def add(self, *more: int, times: int = 1) -> Counts:
        self.counted["all"] += sum(more) * times
        return self

    def total(self) -> int:
        return self.counted["all"]

    def merged(self, other: Counts) -> int:
        return self.total() + other.total()


def shout(text: str, *, twice: bool = False) -> None:
    """A function that prints."""
    print(text * (1 + twice))


@pytest.mark.parametrize(
    ("target", "moves", "told"),
    [
        pytest.param(Counts, [make(3), does("add", 1, times=2), asks("total")], 5, id="methods in order"),
        pytest.param(
            Counts,
            [make().called("a"), make(5).called("b"), does("add", 1).on("a"), asks("merged", that("b")).on("a")],
            6,
            id="several objects",
        ),
        pytest.param(Counts(2), [asks("total"), does("add", 1), asks("total")], (2, 3), id="an object that is there"),
        pytest.param(Counts, [make(1), silently(reads("counted")).called("c"), item("all").on("c")], 1, id="parts"),
        pytest.param(shout, [prints("a", twice=True)], "aa\n", id="what is printed"),
        pytest.param(lambda x, *, n: x * n, [gives([1], n=2)], [1, 1], id="arguments by name"),
        pytest.param(lambda f, x: f(f(x)), [gives(expression("lambda x: x * x"), 3)], 81, id="functions"),
        pytest.param(lambda: None, [kind(make())], "NoneType", id="the kind of nothing"),
        pytest.param(OrderedDict, [kind(make())], Handle(type="collections.OrderedDict", kinds=()), id="kinds"),
    ],
)
def test_steps_are_taken_in_order_and_tell_what_they_are_asked_for(target: Any, moves: list[Any], told: Any) -> None:
    """Objects stay where they are; what crosses is data, one value for each step that tells something."""
    (steps,) = history(*moves)

    found = follow(target, steps)

    if isinstance(found, Handle) and isinstance(told, str):
        assert found.type == told
    elif isinstance(told, Handle):
        assert isinstance(found, Handle)
        assert (found.type, "dict" in found.kinds) == (told.type, True)
    else:
        assert found == told


def test_steps_are_shown_as_one_would_type_them() -> None:
    """Objects that are used again have a name."""
    moves = history(make(k=1).called("it"), does("fit", np.array([1.0])), kind(asks("other", that("it"))))
    assert call_text("KNN", moves) == "a = KNN(k=1); a.fit(np.array([1.])); a.other(a)"


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        pytest.param([make(), does("fit")], "no step of it tells anything", id="nothing is told"),
        pytest.param([asks("add", that("b"))], "no earlier step is called 'b'; there are target", id="an unknown name"),
    ],
)
def test_a_history_that_makes_no_sense_is_refused(moves: list[Any], words: str) -> None:
    """The author learns it when the assignment is read."""
    with pytest.raises(ValueError, match=words):
        history(*moves)


@pytest.mark.parametrize(
    "node",
    [
        pytest.param(["steps", []], id="steps"),
        pytest.param(["earlier", 0], id="an earlier object"),
        pytest.param(["expression", "print()"], id="an expression"),
        pytest.param(["handle", "a", ["b"] * 41], id="too many kinds"),
        pytest.param(["handle", "a", [1]], id="a kind that is none"),
    ],
)
def test_no_answer_holds_what_is_to_be_done(node: list[Any]) -> None:
    """Steps and expressions go into a room; what comes out of one is data."""
    with pytest.raises(ProtocolError):
        unpack(node, ())


def forged() -> Any:
    """An object of a class that merely bears a library's name, and says that it is another."""
    made = type("Pipeline", (), {"__module__": "sklearn.pipeline", "__class__": OrderedDict})
    return made()


def answered(target: Any, question: Question) -> Answer:
    """As a room answers, without one."""
    try:
        if isinstance(question, Follow):
            return Returned(id=question.id, value=follow(target, question.steps))
        arguments = Arguments(question.args, {})  # type: ignore[union-attr]  # nothing but calls is asked here
        value: Value = freeze(target(*arguments.by_place))
    except UnsupportedValueError as error:
        return Unsupported(id=question.id, what=error.what)
    except Exception as error:
        return Raised(id=question.id, error=student_error(error))
    return Returned(id=question.id, value=value)


def examined(target: Any, *drafts: Any) -> Examination:
    """What comes of these checks for a function that the reference writes alike."""
    exercise = function("f", "F").checks(*drafts)
    key = prepare(exercise, Solutions(reference=lambda *_: 0), seed=1)
    return examine(exercise, key, Subject(target="f"), lambda asked: [answered(target, each) for each in asked])


class OwnError(ValueError):
    """An exception of the student's own."""


def raises(error: Exception) -> Any:
    """A function that raises it."""

    def refuse(*_: Any) -> None:
        raise error

    return refuse


REFUSES: Check = check("refuses", "It refuses", 1, refused((-1,)), Raises("ValueError"))  # type: ignore[assignment]  # a draft


@pytest.mark.parametrize(
    ("target", "verdict", "words"),
    [
        pytest.param(raises(ValueError("no")), Verdict.PASSED, "", id="the kind"),
        pytest.param(raises(OwnError("no")), Verdict.PASSED, "", id="one derived from it"),
        pytest.param(
            raises(KeyError("k")),
            Verdict.FAILED,
            "It raised KeyError: 'k'; an exception of the kind ValueError was asked for.",
            id="another",
        ),
        pytest.param(
            raises(type("ValueError", (Exception,), {})("no")),
            Verdict.FAILED,
            "It raised ValueError: no; an exception of the kind ValueError was asked for.",
            id="one that bears its name",
        ),
        pytest.param(
            lambda x: x,
            Verdict.FAILED,
            "It returned a single number where an exception of the kind ValueError was asked for.",
            id="none",
        ),
    ],
)
def test_what_is_to_be_refused_raises_an_exception_of_that_kind(
    target: Any, verdict: Verdict, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By class, as its library knows it; the text of an exception is everybody's own."""
    monkeypatch.chdir(tmp_path)  # a room works in a folder of its own: what is raised below it has a place to tell
    (result,) = examined(target, REFUSES).checks
    assert result.verdict is verdict
    assert english(result.message).endswith(words)


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        pytest.param(OrderedDict, Verdict.PASSED, id="the kind"),
        pytest.param(type("Own", (OrderedDict,), {}), Verdict.PASSED, id="one derived from it"),
        pytest.param(dict, Verdict.FAILED, id="another"),
        pytest.param(forged, Verdict.FAILED, id="one that says so"),
    ],
)
def test_what_is_made_is_of_the_kind_that_its_library_knows(target: Any, verdict: Verdict) -> None:
    """`__class__`, `__module__` and `__name__` are for anybody to set."""
    question = examples(history(kind(make())))
    (result,) = examined(target, check("is", "A kind", 1, question, IsA("collections.OrderedDict"))).checks
    assert result.verdict is verdict


class Forgets(Counts):
    """Counts nothing."""

    def total(self) -> int:
        return 0


def object_of(target: Any) -> Any:
    """A function that returns an object, which cannot cross."""
    return lambda *_: target()


@pytest.mark.parametrize(
    ("question", "mistaken"),
    [
        pytest.param(examples(history(make(1), does("add", 2), asks("total"))), Forgets, id="another value"),
        pytest.param(examples(history(make(1), item("all"))), Counts, id="it has no items"),
        pytest.param(refused((1,)), object_of(Counts), id="an object in place of an exception"),
    ],
)
def test_a_known_mistake_is_recognised_by_what_its_objects_do(question: Any, mistaken: Any) -> None:
    """Also by what they cannot do, where no line of anybody's raises."""

    def answer(args: Any) -> Answer:
        return answered(mistaken, asked_with(args, id=0, target="f"))

    rule = Raises("ValueError") if question.answered_by is None else Agrees()
    exercise = function("f", "F").checks(check("does", "It does", 1, question, rule))
    solutions = Solutions(
        reference=lambda *_: 7, misconceptions=(Misconception(name="known", hint="?", answer=answer),)
    )
    key = prepare(exercise, solutions, seed=1)

    found = examine(exercise, key, Subject(target="f"), lambda asked: [answered(mistaken, each) for each in asked])

    assert found.misconception == "known"


def test_so_many_steps_are_refused() -> None:
    """A frame cannot hold more work than anybody asks for."""
    step = ["call", -1, ["str", ""], [], ["dict", []], "nothing"]
    with pytest.raises(ProtocolError):
        unpack(["steps", [step] * (MAX_STEPS + 1)], ())
