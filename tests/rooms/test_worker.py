"""What the worker in a room does with a job and with questions, seen from outside."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from grader.wall.protocol import Describe, Opened, Raised, Read, Returned, StudentError, Unsupported
from grader.wall.sandbox import Sandbox
from grader.wall.values import Value, array, freeze, identical
from tests.english import spoken
from tests.rooms.jobs import LIMITS, calls, job, opened


def run(sandbox: Sandbox, *sources: str, target: str = "f", files: dict[str, bytes] | None = None) -> Opened:
    """How a job went."""
    with sandbox.room(LIMITS) as room:
        went = room.open(job(*sources, target=target, files=files))
    assert isinstance(went, Opened)
    return went


def value_of(sandbox: Sandbox, source: str, argument: Any = 0) -> Value:
    """What f of the source returns."""
    with opened(sandbox, source) as room:
        (answer,) = room.ask(calls(argument))
    assert isinstance(answer, Returned)
    return answer.value


def read_of(sandbox: Sandbox, *sources: str) -> Value:
    """What the cells bind f to."""
    with opened(sandbox, *sources) as room:
        (answer,) = room.ask([Read(id=0, target="f")])
    assert isinstance(answer, Returned), answer
    return answer.value


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        pytest.param("def f(): pass", "a function", id="function"),
        pytest.param("f = 1", "an object of type int", id="number"),
        pytest.param("f = None", "None", id="None"),
        pytest.param("g = 1", None, id="not bound"),
        pytest.param("f = 1\ndel f", None, id="deleted"),
        pytest.param("class f: pass", "an object of type type", id="class"),
    ],
)
def test_opening_says_what_the_target_is(sandbox: Sandbox, source: str, kind: str | None) -> None:
    """A name bound to None is something else than a name that is not there."""
    assert run(sandbox, source).target_type == kind


@pytest.mark.parametrize(
    ("sources", "failures"),
    [
        pytest.param(["f = 1"], [], id="nothing failed"),
        pytest.param(
            ["f = 1", "\n\nf = 1 / 0"],
            [(1, StudentError(type="ZeroDivisionError", text="division by zero", cell=2, line=1))],
            id="an exception",
        ),
        pytest.param(
            ["x\n", "y\n", "f = 1"],
            [
                (0, StudentError(type="NameError", text="name 'x' is not defined", cell=1, line=1, missing="x")),
                (1, StudentError(type="NameError", text="name 'y' is not defined", cell=2, line=1, missing="y")),
            ],
            id="two names missing",
        ),
        pytest.param(
            ["import nonsense"],
            [
                (
                    0,
                    StudentError(
                        type="ModuleNotFoundError",
                        text="No module named 'nonsense'",
                        cell=1,
                        line=1,
                        missing="nonsense",
                    ),
                )
            ],
            id="a module missing",
        ),
        pytest.param(
            ["x = 1\nf = ("],
            [(0, StudentError(type="SyntaxError", text="'(' was never closed", cell=1, line=2))],
            id="no Python",
        ),
        pytest.param(
            ["def g():\n  h()\ndef h():\n  [].pop()", "f = g()"],
            [(1, StudentError(type="IndexError", text="pop from empty list", cell=1, line=4))],
            id="deep in the student's own code",
        ),
        pytest.param(
            ["import json", "f = json.loads('?')"],
            [
                (
                    1,
                    StudentError(
                        type="JSONDecodeError", text="Expecting value: line 1 column 1 (char 0)", cell=2, line=1
                    ),
                )
            ],
            id="deep in a library",
        ),
    ],
)
def test_a_failure_names_the_students_deepest_line(
    sandbox: Sandbox, sources: list[str], failures: list[tuple[int, StudentError]]
) -> None:
    """Cell and line as in the notebook; the other statements run nevertheless."""
    assert [(failure.statement, failure.error) for failure in run(sandbox, *sources).failures] == failures


@pytest.mark.parametrize(
    ("source", "error"),
    [
        pytest.param("class E(Exception):\n def __str__(self): 1/0\nraise E", ("E", ""), id="text that raises"),
        pytest.param("class E(Exception):\n def __str__(self): return 1\nraise E", ("E", ""), id="text that is none"),
        pytest.param("raise Exception('x' * 10**6)", ("Exception", "x" * 2_000), id="long text"),
        pytest.param("raise type('E' * 10**6, (Exception,), {})", ("E" * 200, ""), id="long name"),
        pytest.param("raise NameError(name=5)", ("NameError", ""), id="a name that is none"),
    ],
)
def test_a_hostile_exception_is_described_all_the_same(sandbox: Sandbox, source: str, error: tuple[str, str]) -> None:
    """Its text is bounded, and may refuse to be one."""
    (failure,) = run(sandbox, source).failures
    assert (failure.error.type, failure.error.text) == error


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("def f(x): return __name__", "__main__", id="the module is __main__"),
        pytest.param("display(1)\ndef f(x): return x", 0, id="display is there"),
        pytest.param("import inspect\ndef f(x): return inspect.getsource(f)[:5]", "def f", id="source is readable"),
        pytest.param("class A: pass\nimport pickle\ndef f(x): return len(pickle.dumps(A())) > 0", True, id="pickle"),
        pytest.param(
            "from dataclasses import dataclass\n@dataclass\nclass A:\n  n: int\ndef f(x): return A(3).n",
            3,
            id="dataclass",
        ),
        pytest.param("import data\ndef f(x): return x", 0, id="a missing import fails alone"),
        pytest.param(
            "f = lambda x: [x, (x,), {'a': x}, {'b'}]", [0, (0,), {"a": 0}, frozenset({"b"})], id="containers"
        ),
    ],
)
def test_a_notebook_feels_at_home(sandbox: Sandbox, source: str, expected: Value) -> None:
    """What works in Jupyter works here."""
    sources = source.split("\n", 1) if source.startswith("import data\n") else [source]
    with opened(sandbox, *sources) as room:
        (answer,) = room.ask(calls(0))
    assert isinstance(answer, Returned)
    assert identical(answer.value, expected)


def test_a_future_import_reaches_later_cells(sandbox: Sandbox) -> None:
    """As in a notebook, where all cells are one program."""
    with opened(sandbox, "from __future__ import annotations", "def f(x: Unknown): return x") as room:
        (answer,) = room.ask(calls(5))
    assert isinstance(answer, Returned)


def test_given_files_lie_beside_the_notebook(sandbox: Sandbox) -> None:
    """Helper modules are imported and data files are read by their names."""
    files = {"helper.py": b"X = 5", "data/a.txt": b"abc"}
    source = "import helper\nf = (helper.X, open('data/a.txt').read())"
    assert run(sandbox, source, files=files).failures == ()


def test_a_call_tells_what_became_of_its_arguments(sandbox: Sandbox) -> None:
    """The judge sees that z was changed, although its own z was not."""
    with opened(sandbox, "def f(z):\n z[0] = 9\n return z.sum()") as room:
        (answer,) = room.ask(calls(np.array([1.0, 2.0])))
    assert isinstance(answer, Returned)
    assert answer.arguments is not None
    assert identical(answer.arguments[0], array([9.0, 2.0]))


def test_an_argument_that_can_no_longer_cross_has_changed(sandbox: Sandbox) -> None:
    """A list that now holds a function is not the list that was sent."""
    with opened(sandbox, "def f(z): z.append(f)") as room:
        (answer,) = room.ask(calls([1]))
    assert isinstance(answer, Returned)
    assert answer.arguments == ("changed beyond recognition",)


def test_every_call_gets_fresh_arguments(sandbox: Sandbox) -> None:
    """A change in one call is not seen by the next."""
    with opened(sandbox, "def f(z):\n z += 1\n return z") as room:
        answers = room.ask(calls(np.array([1.0]), np.array([1.0])))
    assert all(isinstance(a, Returned) and identical(a.value, array([2.0])) for a in answers)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param("np.float64(1.5)", array(1.5, "scalar"), id="scalar"),
        pytest.param("np.all(np.ones(3) > 0)", array(np.bool_(True), "scalar"), id="NumPy bool"),
        pytest.param("np.matrix([[1.0]])", array([[1.0]], "matrix"), id="matrix"),
        pytest.param("np.arange(4.0)[::2]", array([0.0, 2.0]), id="a view"),
        pytest.param("None", None, id="None"),
        pytest.param("2.5", 2.5, id="float"),
    ],
)
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_values_arrive_as_what_they_were(sandbox: Sandbox, expression: str, expected: Value) -> None:
    """Through the real pipe, not only through the codec."""
    assert identical(value_of(sandbox, f"import numpy as np\ndef f(x): return {expression}"), expected)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        pytest.param("f", "a function", id="function"),
        pytest.param("type('G', (), {'__next__': f})()", "an object of type G", id="iterator of the student's own"),
        pytest.param("NotImplemented", "an object of type NotImplementedType", id="NotImplemented"),
        pytest.param("10**30", "an integer beyond 64 bits", id="big integer"),
        pytest.param("type('T', (), {})()", "an object of type T", id="an object of the student's own"),
    ],
)
def test_what_cannot_cross_is_unsupported(sandbox: Sandbox, expression: str, words: str) -> None:
    """Said in words, and the room goes on."""
    with opened(sandbox, f"def f(x): return {expression}") as room:
        (answer,) = room.ask(calls(0))
    assert isinstance(answer, Unsupported)
    assert spoken(answer.what) == words


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param("[0] * 20_000", id="many numbers"),
        pytest.param("[np.float64(0)] * 5_000", id="many NumPy scalars"),
        pytest.param("np.zeros((1,) * 9)", id="nine dimensions"),
        pytest.param("chr(0xD800)", id="half a character"),
    ],
)
def test_what_the_judge_would_refuse_is_unsupported_in_the_room_already(sandbox: Sandbox, expression: str) -> None:
    """Honest code must never look like a forger: an odd answer costs itself and no other."""
    with opened(sandbox, f"import numpy as np\ndef f(x): return {expression} if x else 0") as room:
        odd, plain = room.ask(calls(1, 0))
    assert isinstance(odd, Unsupported)
    assert isinstance(plain, Returned)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param("{'q1': 'b', 'q2': {'a', 'c'}}", {"q1": "b", "q2": frozenset({"a", "c"})}, id="choices"),
        pytest.param("OrderedDict(W1=1.5)", {"W1": 1.5}, id="ordered dictionary"),
        pytest.param("{1: 'a', 2: {3}}", {1: "a", 2: frozenset({3})}, id="numbers as keys"),
        pytest.param("Fraction(1, 4)", Fraction(1, 4), id="fraction"),
        pytest.param("[((np.ones(1), {'b': 2}), (3,))]", [((array([1.0]), {"b": 2}), (3,))], id="nested caches"),
        pytest.param("sympy.Rational(1, 4) * sympy.Symbol('x').subs('x', 2)", 0.5, id="SymPy number"),
    ],
)
def test_values_of_labs_cross_with_their_form(sandbox: Sandbox, expression: str, expected: Value) -> None:
    """Keys, tuples and sets stay what they are; numbers of other libraries become plain ones."""
    imports = "import numpy as np, sympy\nfrom collections import OrderedDict\nfrom fractions import Fraction"
    with opened(sandbox, imports, f"a = {expression}") as room:
        (answer,) = room.ask([Read(id=0, target="a")])
    assert isinstance(answer, Returned)
    assert identical(answer.value, expected)


def test_names_can_be_read(sandbox: Sandbox) -> None:
    """A variable is an answer too."""
    with opened(sandbox, "a = [1, 2]") as room:
        (answer,) = room.ask([Read(id=3, target="a")])
    assert isinstance(answer, Returned)
    assert (answer.id, answer.value, answer.arguments) == (3, [1, 2], None)


def test_a_name_that_is_not_there_raises(sandbox: Sandbox) -> None:
    """With the name, so that the plan can be widened."""
    with opened(sandbox, "a = 1") as room:
        (answer,) = room.ask([Read(id=0, target="b")])
    assert isinstance(answer, Raised)
    assert (answer.error.type, answer.error.missing) == ("NameError", "b")


def test_only_a_model_can_be_described(sandbox: Sandbox) -> None:
    """Where Keras was never imported, nothing is a model."""
    with opened(sandbox, "model = 5") as room:
        (answer,) = room.ask([Describe(id=0, target="model", inputs=array(np.zeros((1, 2), np.float32)))])
    assert isinstance(answer, Unsupported)
    assert spoken(answer.what) == "an object of type int, not a Keras model"


def test_many_large_questions_and_answers_pass_at_once(sandbox: Sandbox) -> None:
    """Neither side waits for the other while the pipes are full."""
    arguments = [np.full(50_000, float(n)) for n in range(20)]
    with opened(sandbox, "def f(z): return z") as room:
        answers = room.ask(calls(*arguments))
    assert all(
        isinstance(a, Returned) and identical(a.value, freeze(z)) for a, z in zip(answers, arguments, strict=True)
    )


FIVE = "async def g():\n  return 5"
AWAITING = [
    pytest.param([FIVE, "f = await g()"], id="await without asyncio"),
    pytest.param(["import asyncio", "await asyncio.sleep(0.01)\nf = 5"], id="asyncio.sleep"),
    pytest.param(["async def g():\n  for n in range(6):\n    yield n", "async for n in g():\n  f = n"], id="async for"),
    pytest.param(["async def g():\n  yield 5", "f = [n async for n in g()][0]"], id="an async comprehension"),
    pytest.param(
        [
            "import contextlib\n@contextlib.asynccontextmanager\nasync def g():\n  yield 5",
            "async with g() as f:\n  pass",
        ],
        id="async with",
    ),
    pytest.param(["import asyncio", FIVE, "t = asyncio.create_task(g())", "f = await t"], id="a task begun before"),
    pytest.param(["import asyncio", FIVE, "f = asyncio.run(g())"], id="asyncio.run"),
    pytest.param(
        ["import asyncio", FIVE, "f = asyncio.get_event_loop().run_until_complete(g())"], id="run_until_complete"
    ),
    pytest.param(["import asyncio", "f = (await asyncio.gather(asyncio.to_thread(lambda: 5)))[0]"], id="a thread"),
]


@pytest.mark.parametrize("sources", AWAITING)
def test_a_cell_may_await_as_in_jupyter(sandbox: Sandbox, sources: list[str]) -> None:
    """A notebook has an event loop, and a room has one that needs no socket."""
    assert read_of(sandbox, *sources) == 5


def test_an_asynchronous_answer_is_awaited(sandbox: Sandbox) -> None:
    """Whoever writes `async def` is asked for what it comes to, not for a coroutine object."""
    assert value_of(sandbox, "async def f(x):\n  return x + 1", 4) == 5


DEEP = [
    pytest.param("z = float(1)\nf = " + " + ".join(["1"] * 600), 600, id="a sum of 600 terms"),
    pytest.param("f = float(1) + " + " + ".join(["1"] * 1999), 2000, id="one of 2,000, with a call that is adapted"),
    pytest.param("f = " + "(" * 90 + "5" + ")" * 90, 5, id="brackets"),
    pytest.param("x = 0\nif x == 1: f = 1\n" + "".join(f"elif x == {-n}: f = {n}\n" for n in range(300)), 0, id="elif"),
]


@pytest.mark.parametrize(("source", "expected"), DEEP)
def test_what_python_compiles_runs(sandbox: Sandbox, source: str, expected: int) -> None:
    """What we do to a statement before it runs is bounded by nothing that Python itself is not bounded by."""
    assert read_of(sandbox, source) == expected


def test_a_file_of_a_librarys_name_takes_nothing_from_the_library(sandbox: Sandbox) -> None:
    """Files beside the notebook can be imported, but stand behind every installed library and the grader itself."""
    files = {"numpy.py": b"raise SystemExit", "grader/wall/values.py": b"raise SystemExit", "helper.py": b"five = 5"}
    went = run(
        sandbox, "import numpy as np, grader.wall.values\nfrom helper import five\nf = int(np.array(five))", files=files
    )
    assert (went.failures, went.target_type) == ((), "an object of type int")


WARNS = """
import warnings, numpy as np
def f(z):
    return z
for _ in range(3):
    warnings.warn("mine")
    np.log(np.array([-1.0]))
warnings.warn_explicit(f"kept in {__import__('os').getcwd()}/model.h5", UserWarning, "/srv/venv/keras/saving.py", 93)
"""


def test_a_warning_is_told_once_and_without_paths_of_ours(sandbox: Sandbox) -> None:
    """Where a library lies, and on which line it warns, is of this machine; a report is the same on another."""
    with opened(sandbox, WARNS) as room:
        room.ask(calls(0))
        assert room.printed.splitlines() == [
            "UserWarning: mine (cell 1, line 5)",
            "RuntimeWarning: invalid value encountered in log (cell 1, line 6)",
            "UserWarning: kept in model.h5",
        ]


def test_an_error_names_files_as_the_student_does(sandbox: Sandbox) -> None:
    """The folder in which a room works is another one each time."""
    went = run(sandbox, "import os\nf = open(os.path.abspath('no.npy'))")
    (failure,) = went.failures
    assert failure.error.text == "[Errno 2] No such file or directory: 'no.npy'"
