"""Hints by kind of exception: each row with code that really raises, so that Python's own words are matched."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.judging.detectors.raised import ERROR_KINDS, hint_on_end, hint_on_error
from grader.judging.examination import Fault, no_value, result
from grader.messages import Message, literal, prose, say
from grader.report.report import Verdict
from grader.wall.protocol import Ended, Raised, StudentError
from grader.wall.room.student_error import student_error
from tests.exercises import check

CHECK = check("drawn", points=4, passed="Right.", failed="Wrong.", hint="Work it out on paper.")
V, M = np.arange(3.0), np.ones((2, 3))
NONE: Any = None
ANY: Any = V


def before_its_value() -> Any:
    if not len(V):
        total = 0
    return total


def endless(n: int) -> int:
    return endless(n + 1)


def of_two(a: Any, b: Any) -> Any:
    return a, b


def not_begun() -> None:
    raise NotImplementedError


def untrue() -> None:
    assert len(V) == 4


def unpacked() -> None:
    _, _ = ANY


def stored() -> None:
    made = np.zeros(2)
    made[:] = V


def in_place() -> None:
    whole: Any = np.arange(3)
    whole /= 2


def code(text: str) -> Callable[[], Any]:
    return lambda: eval(text, {"np": np, "V": V, "M": M, "math": math, "two": 2, "endless": endless, "pair": [1, 2]})


#: by the sentence it earns: code that raises
RAISING: dict[str, list[Callable[[], Any]]] = {
    "hint_python_2": [code("xrange(3)"), code("reduce(max, V)"), code("{1: 2}.iteritems()"), code("{}.has_key(1)")],
    "hint_library": [lambda: eval("tf.zeros(2)", {})],
    "hint_name": [code("totl + 1")],
    "hint_local": [before_its_value],
    "hint_is_none": [lambda: NONE + 1, lambda: NONE[0], lambda: NONE.shape, code("pair.sort()()")],
    "hint_arguments": [code("np.exp()"), lambda: of_two(1)],  # type: ignore[call-arg]  # that is the mistake
    "hint_not_callable": [code("V(2)"), code("two(3)")],
    "hint_takes_one_number": [code("math.exp(V)"), code("float(V)")],
    "hint_list_index": [code("pair[0, 1]")],
    "hint_whole_number": [code("range(4 / 2)"), code("pair[two / 1]"), code("V[1.0]"), code("np.zeros(3 / 1)")],
    "hint_list_computes": [code("[1] - [2]"), code("[1] * 0.5"), code("1.5 + [2]"), code("[1] + 2")],
    "hint_operands": [code("'a' - 1"), code("'a' < 1"), code("-'a'")],
    "hint_unpack": [unpacked],
    "hint_no_entries": [code("two[0]"), code("list(3)"), code("len(2)"), code("len[V]")],
    "hint_library_lacks": [code("np.expp(2)")],
    "hint_attribute": [code("[1, 2].shape")],
    "hint_shape_entry": [code("V.shape[1]")],
    "hint_too_many_indices": [code("V[0, 1]")],
    "hint_index": [code("V[3]"), code("[1, 2][2]")],
    "hint_axis": [code("np.sum(V, axis=1)")],
    "hint_no_key": [code("{'W1': 1}['w1']")],
    "hint_divisor": [code("1 / 0"), code("1 // 0")],
    "hint_product": [code("np.dot(M, M)"), code("M @ M"), code("np.dot(M, V[:2])")],
    "hint_broadcast": [code("M + V[:2]")],
    "hint_assigned_shape": [stored],
    "hint_truth": [code("1 if V > 0 else 2"), code("V > 0 and V < 1")],
    "hint_reshape": [code("V.reshape(2, 2)")],
    "hint_casting": [in_place],
    "hint_module": [lambda: __import__("no_such_library")],
    "hint_file": [lambda: open("no_such_file.h5")],  # noqa: PTH123, SIM115  # as a student would
    "hint_recursion": [code("endless(0)")],
    "hint_assertion": [untrue],
    "hint_memory": [code("np.zeros(10**15)")],
    "hint_empty_block": [
        lambda: compile("if 1:\nx = 2", "<cell 1>", "exec"),
        lambda: compile("for i in z:", "c", "exec"),
    ],
    "hint_power": [code("V ^ 2"), code("1.5 ^ 2"), code("V ^ V")],
    "hint_indentation": [lambda: compile("if 1:\n  x = 2\n y = 3", "<cell 1>", "exec")],
    "hint_character": [
        lambda: compile("a = \u2212b", "<cell 1>", "exec"),
        lambda: compile("f(\u201ca\u201d)", "<c>", "exec"),
    ],
    "hint_syntax": [
        lambda: compile("f(1", "<cell 1>", "exec"),
        lambda: compile("if 1\n  2", "<cell 1>", "exec"),
        lambda: compile("a = [1 2]", "<cell 1>", "exec"),
        lambda: compile("a b", "<cell 1>", "exec"),
    ],
    "hint_not_implemented": [not_begun],
}
CASES = [pytest.param(each, key, id=f"{key} {n}") for key, all_ in RAISING.items() for n, each in enumerate(all_)]
#: what NumPy or Python in other versions, or Keras, say; and errors that no code here can raise
SAID = [
    pytest.param(
        "TypeError", "f() takes 1 positional argument but 2 were given", None, "hint_definition", id="own def"
    ),
    pytest.param(
        "ValueError", 'Input 0 of layer "d" is incompatible with the layer: axis', 3, "hint_layer_input", id="Keras"
    ),
    pytest.param("InvalidArgumentError", "Matrix size-incompatible: In[0]: [2,3]", 3, "hint_product", id="TensorFlow"),
    pytest.param(
        "TypeError", "only size-1 arrays can be converted to Python scalars", 3, "hint_takes_one_number", id="old"
    ),
    pytest.param("UFuncTypeError", "Cannot cast ufunc 'divide' output", 3, "hint_casting", id="old NumPy"),
]


@pytest.mark.parametrize(("raising", "sentence"), CASES)
def test_an_exception_earns_the_hint_of_its_kind(raising: Callable[[], Any], sentence: str) -> None:
    """What to look at, in one sentence, for the words that this Python and this NumPy say."""
    with pytest.raises(BaseException) as caught:  # noqa: PT011  # each case another one
        raising()
    error = student_error(caught.value)
    assert hint_on_error(StudentError(type=error.type, text=error.text, cell=3, line=2)) == say(sentence)


@pytest.mark.parametrize(("type_", "text", "line", "sentence"), SAID)
def test_an_exception_told_by_others_earns_it_too(type_: str, text: str, line: int | None, sentence: str) -> None:
    """Where no line of the student's raised, the definition itself refused our call."""
    error = StudentError(type=type_, text=text, cell=line and 3, line=line)
    assert hint_on_error(error) == say(sentence)


def test_every_kind_is_tried() -> None:
    """A row without a case above is a row that nobody has seen speak."""
    tried = RAISING.keys() | {case.values[-1] for case in SAID}
    assert {kind.sentence for kind in ERROR_KINDS} == tried


def exported(name: str, library: str) -> Message:
    return say("hint_exported", name=name, library=library)


NAMES = [
    pytest.param("Dense", None, exported("Dense", "tensorflow.keras.layers"), id="a layer"),
    pytest.param("exp", None, exported("exp", "numpy"), id="a function of NumPy"),
    pytest.param("Adam", "Adem", exported("Adam", "tensorflow.keras.optimizers"), id="rather than a near name"),
    pytest.param("exp_z", "expo_z", say("hint_meant", name="exp_z", meant="expo_z"), id="a near name"),
    pytest.param("exp_z", None, say("hint_name"), id="neither"),
    pytest.param("np", None, say("hint_library"), id="the library itself"),
    pytest.param("a b`", "c", say("hint_name"), id="no name at all"),
]


@pytest.mark.parametrize(("missing", "meant", "says"), NAMES)
def test_a_missing_name_is_looked_for_in_libraries_and_nearby(missing: str, meant: str | None, says: Message) -> None:
    """What a library of the lab exports was not imported; what is almost another name was misspelt."""
    error = StudentError(type="NameError", text=f"name {missing!r} is not defined", missing=missing, meant=meant)
    hint = hint_on_error(error)
    assert hint is not None
    assert hint == says


@pytest.mark.parametrize(
    ("type_", "text"),
    [("LinAlgError", "Singular matrix"), ("SyntaxError", "non-default argument follows default argument")],
)
def test_an_exception_that_says_it_all_earns_no_hint(type_: str, text: str) -> None:
    """Its own text says all there is; a guess would mislead."""
    assert hint_on_error(StudentError(type=type_, text=text)) is None


def test_code_that_takes_too_long_is_told_where_to_look() -> None:
    """Of the other ends, the limit that was met says enough."""
    assert hint_on_end(Ended(reason="timed_out", message=literal("10 s."))) == say("hint_too_slow")
    assert hint_on_end(Ended(reason="crashed", message=literal("SIGSEGV."))) is None


@pytest.mark.parametrize("error", ["NameError", "LinAlgError"])
def test_the_hint_of_a_check_is_not_said_of_code_that_raised(error: str) -> None:
    """It is about wrong answers: "work it out on paper" helps nobody against a misspelt name."""
    fault = no_value(Raised(id=0, error=StudentError(type=error, text="x")), "double")
    assert result(CHECK, fault).hint == hint_on_error(StudentError(type=error, text="x"))


def test_a_known_mistake_says_more_than_the_kind_of_its_exception() -> None:
    """A wrong solution that raises has a hint of its own."""
    fault = Fault(verdict=Verdict.RAISED, judged=False, hint=prose("X is not A1."), by_kind=say("hint_product"))
    assert result(CHECK, fault).hint == prose("X is not A1.")


def test_a_wrong_answer_keeps_the_hint_of_its_check() -> None:
    """Nothing raised, so the author's own hint is the one that fits."""
    assert result(CHECK, Fault()).hint == prose("Work it out on paper.")
