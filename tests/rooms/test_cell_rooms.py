"""Instructors' cells run outside the student's room: what they meet, what they say, and what ends them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from grader.grading.cell_heard import Rehearsal
from grader.grading.cell_rooms import CellRooms
from grader.grading.cell_things import USE
from grader.grading.cell_work import Work as CellWork
from grader.judging.cells import CellRan, CellRun, CourseCell
from grader.judging.examination import Fault
from grader.lab import cell, series, session
from grader.limits import RoomLimits
from grader.messages import say
from grader.report.report import Verdict
from grader.wall.message_frames import to_bytes, whole
from grader.wall.protocol import (
    Answer,
    Borrow,
    Call,
    Ended,
    Follow,
    Question,
    Raised,
    Read,
    Returned,
    StudentError,
    Unsupported,
)
from grader.wall.room.following import follow, value_or_kept
from grader.wall.room.objects import Arguments
from grader.wall.sandbox import Sandbox
from grader.wall.sandbox.forked import choose_sandbox
from grader.wall.table import numbers
from grader.wall.values import UnsupportedValueError, freeze, kind_of
from tests.english import spoken
from tests.rooms.jobs import opened as opened_room

Ran = Callable[..., CellRan]
LIMITS = RoomLimits(cpu_seconds=1, wall_factor=2, printed_bytes=100_000)


def squares(n: int) -> list[int]:
    """What is asked for, right."""
    if n < 0:
        raise ValueError("n is negative")
    return [k * k for k in range(1, n + 1)]


class Work:
    """A student's room without the room: the same questions, answered by what is bound here, and kept."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names
        self.asked: list[Question] = []
        self.kept: dict[Any, Any] = {}

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        self.asked += questions
        return list(map(self._answer, questions))

    def _answer(self, question: Question) -> Answer:
        try:
            target = self.names[question.target]
            if isinstance(question, Read):
                return Returned(id=question.id, value=freeze(target))
            if isinstance(question, Follow):
                return Returned(id=question.id, value=follow(target, question.steps, kept=self.kept))
            assert isinstance(question, Call)
            arguments = Arguments(question.args, question.named)
            given = target(*arguments.by_place, **arguments.by_name)
            value = freeze(given) if question.keeps is None else value_or_kept(given, question.keeps, self.kept)
            return whole(Returned(id=question.id, value=value, arguments=arguments.afterwards()), question)
        except UnsupportedValueError as error:
            return Unsupported(id=question.id, what=error.what)
        except Exception as error:
            told = StudentError(type=type(error).__name__, text=str(error), cell=2, line=3)
            return Raised(id=question.id, error=told)


@pytest.fixture
def ran(sandbox: Sandbox) -> Ran:
    """What came of a cell that met this work."""

    def run(asked: CourseCell | str, *, with_reference: bool = False, **names: Any) -> CellRan:
        work = Work({"squares": squares, **names})
        held = Rehearsal(by_far=True, exchanges=None) if with_reference else None
        rooms = CellRooms(sandbox=sandbox, ask=work.ask, limits=LIMITS, most_calls=50, rehearsed=lambda _: held)
        course_cell = cell(asked) if isinstance(asked, str) else asked
        (answer,) = rooms.answers([CellRun(id=0, target="squares", cell=course_cell)])
        assert isinstance(answer, CellRan)
        return answer

    return run


def fault_of(answer: CellRan) -> Fault:
    """Why it did not run through."""
    assert answer.fault is not None
    return answer.fault


RIGHT = {
    "asserts": cell("assert squares(3) == [1, 4, 9]\nassert squares(0) == []"),
    "a library's": cell("np.testing.assert_allclose(squares(2), [1, 4])", setup="import numpy as np"),
    "a plain function": cell("def test(f):\n    for n in range(3):\n        assert len(f(n)) == n\ntest(squares)"),
    "an exception that is asked for": cell(
        "try:\n    squares(-1)\nexcept ValueError as error:\n"
        "    assert 'negative' in str(error)\nelse:\n    assert False"
    ),
    "a variable": cell("assert answer.shape == (2,) and answer.sum() == 3"),
    "an argument that is changed": cell("box = [3, 1]\norder(box)\nassert box == [1, 3]"),
    "a helper that calls the work": cell("assert total(3) == 14", setup="def total(n):\n    return sum(squares(n))"),
    "a doctest": session(
        ">>> squares(2)\n[1, 4]\n>>> print(squares(1)[0])\n1\n>>> squares(-1)\nTraceback (most recent "
        "call last):\nValueError: n is negative\n"
    ),
    "apart": cell("assert squares(1) == [1]\nassert squares(2) == [1, 4]", apart=True),
}


class Account:
    """A class as a student writes it."""

    opened = 0

    def __init__(self, balance: int = 0) -> None:
        Account.opened += 1
        self.balance = balance

    def deposit(self, much: int) -> Account:
        if much < 0:
            raise ValueError("less than nothing")
        self.balance += much
        return self

    def give(self, other: Account, *, much: int) -> None:
        self.balance -= much
        other.balance += much

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Account) and self.balance == other.balance

    def __add__(self, other: Account) -> Account:
        return Account(self.balance + other.balance)

    def __len__(self) -> int:
        return self.balance

    def __iter__(self) -> Iterator[int]:
        yield from range(self.balance)

    def __str__(self) -> str:
        return f"{self.balance} left"

    __hash__ = None  # type: ignore[assignment]  # as a class that defines __eq__ has it


OBJECTS = {
    "its methods and attributes": "acc = Account(5)\nacc.deposit(3)\nassert acc.balance == 8",
    "several": "a, b = Account(5), Account()\na.give(b, much=2)\nassert (a.balance, b.balance) == (3, 2)",
    "one that a method gives": "assert Account(1).deposit(1).deposit(1).balance == 3",
    "each made once": "n = Account.opened\na = Account()\na.deposit(1)\na.deposit(1)\nassert Account.opened == n + 1",
    "what Python calls": "a = Account(2)\nassert len(a) == 2 and str(a) == '2 left' and list(a) == [0, 1] and 1 in a",
    "two that are compared": "assert Account(1) + Account(2) == Account(3) and Account(1) != Account(2)",
    "an attribute that is set": "a = Account()\na.balance = 4\nassert a.balance == 4",
    "its kind": "assert isinstance(Account(), Account) and not isinstance(3, Account) and hasattr(Account(), 'give')",
    "an exception": "try:\n    Account().deposit(-1)\nexcept ValueError:\n    pass\nelse:\n    assert False",
}


class Rocket:
    """A class without a word on how it compares."""


def _counts(n: int) -> Iterator[int]:
    """3, 2, 1."""
    yield from range(n, 0, -1)


def _changed(box: list[int], to: Callable[[int], int]) -> None:
    box[:] = map(to, box)


#: what a student's notebook may have beside plain functions
FOUND: dict[str, Any] = {
    "Rocket": Rocket,
    "account": Account(5),
    "accounts": [Account(1), Account(2)],
    "grid": np.array([Account(1), Account(2)], dtype=object),
    "memo": lambda f: lambda x: 0 + f(x),
    "adder": lambda n: lambda x: x + n,
    "counts": _counts,
    "twice": lambda f, x: f(f(x)),
    "changed": _changed,
    "poured": lambda one, other: one.give(other, much=1),
    "drawn": lambda: [random.random(), float(np.random.rand())],
}
MET = {
    "a variable that is an object": "assert account.balance == 5 and isinstance(account, Account)",
    "objects within a list": "assert len(accounts) == 2 and [each.balance for each in accounts] == [1, 2]",
    "a function that a function gives": "add = adder(3)\nassert add(4) == 7 and callable(add)",
    "what a function says of itself": "import types\nassert '2' in counts.__doc__ and counts.__name__ == 'counts'\n"
    "assert isinstance(counts, types.FunctionType) and counts.__defaults__ is None",
    "a generator": "import types\nc = counts(3)\nassert isinstance(c, types.GeneratorType)\n"
    "assert next(c) == 3 and list(c) == [2, 1]\ntry:\n    next(c)\nexcept StopIteration:\n    pass\nelse:\n    1 / 0",
    "an object as an argument": "a, b = Account(2), Account()\npoured(a, b)\nassert (a.balance, b.balance) == (1, 1)",
    "of which class it is": "assert type(account) == Account and type(3) is int\n"
    "assert type(account).__name__ == 'Account'\n"
    "assert type(Rocket()) != Account and isinstance(account, (int, Account))",
    "what Python knows by itself": "assert not callable(account) and hasattr(account, '__len__')\n"
    "assert not hasattr(Rocket(), '__len__') and vars(account) == {'balance': 5} and f'{account}' == '5 left'",
    "a function of the cell's": "k = 2\ndef more(x):\n    return x + k\nassert twice(more, 1) == 5",
    "one that is decorated by the student's": "@memo\ndef more(x):\n    return x + 1\nassert more(2) == more(2) == 3",
    "objects within an array": "assert [each.balance for each in grid] == [1, 2] and grid.shape == (2,)",
    "two lambdas on one line": "assert twice(lambda x: x + 1, 0) + twice(lambda x: x * 3, 1) == 11",
    "lambdas with defaults": "k = 2\nassert twice(lambda x, by=3: x + by, 0) == 6\n"
    "assert twice(lambda x, by=lambda y: y + k, *, to=1: by(x) * to, 0) == 4",
    "one of a library": "import numpy as np\nassert twice(np.sqrt, 16.0) == 2 and twice(str.upper, 'a') == 'A'",
    "one that is passed beside what changes": "box = [1, 2]\nchanged(box, lambda x: x * 2)\nassert box == [2, 4]",
    "seeds": "import random\nimport numpy as np\nrandom.seed(4)\nnp.random.seed(5)\na = drawn()\n"
    "random.seed(4)\nnp.random.seed(5)\nassert drawn() == a == [0.23604808973743452, 0.22199317108973948]",
}


@pytest.mark.parametrize("name", MET)
def test_a_cell_works_with_whatever_the_work_has(ran: Ran, name: str) -> None:
    """As in the student's process: objects from functions and variables, functions that are passed, seeds."""
    fault = ran(MET[name], **FOUND, Account=Account).fault

    assert fault is None, spoken(fault.detail)


def test_a_cell_passes_functions_of_the_work_to_the_work(sandbox: Sandbox) -> None:
    """Which are not sent, but there already; what the cell passes of its own takes along what it names."""
    work = "def twice(f, x):\n    return f(f(x))\ndef double(x):\n    return 2 * x\n"
    asked = cell("assert twice(double, 1) == 4 and twice(lambda x: double(x) + 1, 1) == 7")
    with opened_room(sandbox, work) as room:
        (ran,) = CellRooms(sandbox=sandbox, ask=room.ask, limits=LIMITS).answers(
            [CellRun(id=0, target="f", cell=asked)]
        )

    assert isinstance(ran, CellRan)
    assert ran.fault is None


def test_a_function_that_was_passed_is_shown_as_it_was_written(ran: Ran) -> None:
    """And none of the text that makes it in the student's room."""
    call = ran("assert twice(lambda x: x + 1, 0) == 3", **FOUND).call

    assert call is not None
    assert (call.call, call.inputs) == ("twice(lambda x: x + 1, 0)", ())


def test_an_object_that_is_met_where_data_is_needed_is_named(ran: Ran) -> None:
    """By how the cell came by it."""
    assert spoken(fault_of(ran("assert account == 5", **FOUND)).detail).startswith("`account` is an object of type ")
    assert spoken(fault_of(ran("assert adder(3) == 5", **FOUND)).detail) == "`adder(3)` is a function."


@pytest.mark.parametrize("name", OBJECTS)
def test_a_cell_works_with_objects_of_the_students_class(ran: Ran, name: str) -> None:
    """They stay in their room, and what is done with them is asked there."""
    assert ran(OBJECTS[name], Account=Account).fault is None


def test_what_was_asked_of_an_object_last_is_shown(ran: Ran) -> None:
    """With how the object came about."""
    call = ran("a = Account(5)\nassert a.deposit(3).balance == 9", Account=Account).call

    assert call is not None
    assert call.got is not None
    assert (call.call, call.got.text) == ("Account(5).deposit(3).balance", "8")

    call = ran("assert len(Account(5)) == 6", Account=Account).call
    assert call is not None
    assert call.call == "len(Account(5))"


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(("attribute", 7, "balance", [], {}), id="another number"),
        pytest.param(("attribute", -1, "balance", [], {}), id="one before the first"),
        pytest.param(("attribute", True, "balance", [], {}), id="no number"),
        pytest.param(("call", 0, "", [(True, 7)], {}), id="as an argument"),
        pytest.param(("kept", 0, "", [], {}), id="another deed"),
        pytest.param(("refuse", 7, "", [], {}), id="to be refused"),
    ],
)
def test_a_number_that_was_not_given_is_refused(args: Any) -> None:
    """A handle is a claim: nobody has an object by naming a number, and nothing is asked in the student's room."""
    room = Work({"Account": Account})
    work = CellWork(room.ask, ["Account"], most_calls=5)
    before = len(room.asked)

    assert work.lend(Borrow(id=0, name=USE, args=args, named={})) is None
    assert len(room.asked) == before


def test_an_object_whose_room_ended_ends_the_cell(sandbox: Sandbox) -> None:
    """As an attribute that never returns does, and it is the work's."""
    room = Work({"Account": Account})

    def ask(questions: Sequence[Question]) -> list[Answer]:
        if len(room.asked) > 3:
            return [Ended(reason="timed_out", message=say("cell_endless"))]
        return room.ask(questions)

    rooms = CellRooms(sandbox=sandbox, ask=ask, limits=LIMITS)
    source = "a = Account(1)\ntry:\n    a.balance\n    a.balance\nexcept BaseException:\n    pass"
    (answer,) = rooms.answers([CellRun(id=0, target="Account", cell=cell(source))])

    assert isinstance(answer, CellRan)
    assert fault_of(answer).verdict is Verdict.TIMED_OUT


@pytest.mark.parametrize("name", RIGHT)
def test_a_cell_that_right_work_satisfies_runs_through(ran: Ran, name: str) -> None:
    """Unchanged, as it ran in the student's process."""
    assert ran(RIGHT[name], answer=np.array([1, 2]), order=lambda box: box.sort()).fault is None


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param(
            "assert squares(2) == [1, 4]",
            "This was to hold: `assert squares(2) == [1, 4]`. The values were [1], [1, 4].",
            id="a comparison",
        ),
        pytest.param(
            "for n in (1, 2):\n    assert (len(squares(n)) ==  # so many\n        n), f'for {n}'",
            "This was to hold: `assert len(squares(n)) == n`. The values were 1, 2. for 2",
            id="within a loop, over two lines",
        ),
        pytest.param(
            "import numpy as np\nassert np.allclose(squares(1), [3])",
            "This was to hold: `assert np.allclose(squares(1), [3])`. The values were [1], [3].",
            id="a call",
        ),
        pytest.param(
            "assert squares(1)[5] == 25",
            "The instructor's test stopped at `assert squares(1)[5] == 25` with IndexError: list index out of range.",
            id="no assert came to it",
        ),
        pytest.param(
            "assert cubes(1) == 1",
            "The instructor's test stopped at `assert cubes(1) == 1` with NameError: name 'cubes' is not",
            id="a name that is not there",
        ),
    ],
)
def test_what_does_not_hold_is_told_with_its_values(ran: Ran, source: str, said: str) -> None:
    """The failing assert is the counterexample: its text, what it compared, what its author says of it."""
    fault = fault_of(ran(source, squares=gives([1])))

    assert fault.verdict is Verdict.FAILED
    assert spoken(fault.detail).startswith(said)


def test_the_last_call_and_its_answer_are_shown(ran: Ran) -> None:
    """As one would type it."""
    call = ran("assert squares(n=2) == []").call

    assert call is not None
    assert call.got is not None
    assert (call.call, call.got.text) == ("squares(n=2)", "[1, 4]")


def test_what_the_work_raises_is_the_works_with_its_place(ran: Ran) -> None:
    """Not the cell's, which only let it pass."""
    fault = fault_of(ran("squares(-2)"))

    assert (fault.verdict, fault.raised_at and fault.raised_at.line) == (Verdict.RAISED, 3)


def test_apart_each_assert_earns_its_share(ran: Ran) -> None:
    """All of them run, whether or not those before held."""
    lines = "box = 3\nassert squares(1) == [0]\nassert squares(2) == [1, 4]\nassert squares(box) == [1, 4, 9]"

    assert fault_of(ran(cell(lines, apart=True))).share * 3 == 2


class Always:
    """Equal to everything, and true."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]  # as a class that defines __eq__ has it


class LyingText(str):
    """A text that says it is another one."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


class LyingArray(np.ndarray):
    """An array that compares as it likes."""

    def __eq__(self, other: object) -> Any:
        return np.True_

    __hash__ = None


class LyingClass:
    """Whose instances answer for themselves, as it likes."""

    def __init__(self, *_: object) -> None:
        pass

    @property
    def inner(self) -> Always:
        return Always()

    def _true(self, _: object = None) -> bool:
        return True

    def __sub__(self, other: object) -> float:
        return 0.0

    def __array__(self, *_: object, **__: object) -> Any:
        return np.array(4)

    __rsub__ = __add__ = __sub__
    __eq__ = __ne__ = __gt__ = __contains__ = __bool__ = _true
    __hash__ = None  # type: ignore[assignment]


class LyingNumber(float):
    """A number that is near everything."""

    def __sub__(self, other: float) -> float:
        return 0.0

    __rsub__ = __sub__


def gives(what: object) -> Callable[[int], object]:
    """A function that gives that, whatever it is asked."""
    return lambda _: what


CHEATS: dict[str, tuple[str, Any]] = {
    "an object equal to everything": ("assert cheat(2) == [1, 4]", gives(Always())),
    "one within a list": ("assert cheat(2) == [1, 4]", gives([Always(), Always()])),
    "a text that lies": ("assert cheat(2) == 'right'", gives(LyingText("wrong"))),
    "an array that lies": ("assert (cheat(2) == 4).all()", gives(np.zeros(2).view(LyingArray))),
    "a number that lies": ("assert abs(cheat(2) - 4) < 1e-9", gives(LyingNumber(7))),
    "an object where an error is asked for": (
        "try:\n    cheat(2)\nexcept Exception:\n    pass\nelse:\n    assert False",
        gives(Always()),
    ),
    "a table that there cannot be": (
        "assert cheat(2) == 4",
        gives(replace(series([4]), columns=(numbers([4], "string[pyarrow]"),))),
    ),
    "a variable that there cannot be": ("assert cheat == 4", replace(series([4]), columns=(numbers([4], "period"),))),
    "a variable equal to everything": ("assert cheat == 4", Always()),
    "a function where a number is asked for": ("assert cheat == 4", lambda: 4),
}


CHEATS |= {
    f"a class in the place of a function, which {how}": (source, LyingClass)
    for how, source in {
        "equals everything": "assert cheat(2) == [1, 4]",
        "differs from everything": "assert cheat(2) != 5",
        "is above everything": "assert cheat(2) > 3",
        "is true": "assert cheat(2)",
        "holds everything": "assert 4 in cheat(2)",
        "equals what is in a list": "assert [cheat(2)] == [4]",
        "is near everything": "assert abs(cheat(2) - 4) < 1e-9",
        "is near everything from the right": "assert abs(4 - cheat(2)) < 1e-9",
        "refuses where that is asked for": "try:\n    cheat(2) + 1\nexcept TypeError:\n    pass",
        "is an array to NumPy": "import numpy as np\nnp.testing.assert_allclose(cheat(2), 4)",
        "answers from within": "assert cheat(2).inner == 4",
    }.items()
}


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_reaches_no_assert(ran: Ran, name: str) -> None:
    """A cell meets plain data, and what cannot be sent ends it."""
    source, cheat = CHEATS[name]

    fault = fault_of(ran(source, cheat=cheat))

    assert (fault.verdict, fault.share) == (Verdict.FAILED, Fraction(0))


def raises(what: Exception) -> Callable[[int], object]:
    """A function that raises that, whatever it is asked."""

    def raising(_: int) -> object:
        raise what

    return raising


ESCAPES: dict[str, tuple[str, Exception]] = {
    "the end of the cell's loop": (
        "for got, asked in zip(map(cheat, [1, 2]), [[1], [1, 4]]):\n    assert got == asked",
        StopIteration(),
    ),
    "the end of all": ("assert all(map(cheat, [1, 2]))", StopIteration()),
    "what looks like a cell's own, in a colour": ("cheat(1)", FileNotFoundError("\x1b[31mx")),
    "what takes more than a text": ("cheat(1)", ExceptionGroup("x", [ValueError()])),
    "what quotes its text": ("cheat(1)", KeyError("x")),
}


@pytest.mark.parametrize("name", ESCAPES)
def test_whatever_the_work_raises_ends_the_cell_and_is_the_works(ran: Ran, name: str) -> None:
    """It neither ends a loop in silence, as StopIteration would, nor passes for a failure of the cell."""
    source, error = ESCAPES[name]

    assert fault_of(ran(source, cheat=raises(error))).verdict is Verdict.RAISED


BROUGHT_ABOUT: dict[str, tuple[str, Any]] = {
    "goes on for as long as it says": ("for _ in range(much(1)):\n    pass", gives(10**15)),
    "calls until it is large": ("x = 1\nwhile x < 9:\n    x = much(x)", lambda x: x),
    "takes as much memory as it says": ("'x' * much(1)", gives(10**12)),
    "prints as much as it says": ("for _ in range(much(1)):\n    print('x' * 10_000)", gives(10**5)),
    "exits if it is wrong": ("import sys\nif much(1) != 1:\n    sys.exit(1)", gives(2)),
    "reads the file that it names": ("open(much(1))", gives("no.csv")),
}


@pytest.mark.parametrize("name", BROUGHT_ABOUT)
def test_what_a_value_of_the_work_brought_about_is_the_works(ran: Ran, name: str) -> None:
    """The same cell goes through with the reference; where it does not, the fault may be the cell's."""
    source, much = BROUGHT_ABOUT[name]

    assert fault_of(ran(source, much=much, with_reference=True)).verdict is Verdict.FAILED
    assert fault_of(ran(source, much=much, with_reference=False)).verdict is Verdict.NOT_GRADED


def test_apart_what_held_keeps_its_share_where_the_work_brought_about_the_end_of_the_rest(ran: Ran) -> None:
    """One of two asserts that earn points is lost."""
    source = "assert squares(1) == [1]\nassert open(much(1))"

    assert fault_of(ran(cell(source, apart=True), much=gives("no.csv"), with_reference=True)).share * 2 == 1


def test_nothing_of_the_cell_goes_to_the_students_room(sandbox: Sandbox) -> None:
    """Its names are read and its calls made, and that is all that is heard there."""
    work = Work({"squares": squares})
    rooms = CellRooms(sandbox=sandbox, ask=work.ask, limits=LIMITS)

    rooms.answers([CellRun(id=0, target="squares", cell=cell("canary = 'of the cell'\nassert squares(2) == canary"))])

    assert [type(each).__name__ for each in work.asked] == ["Read", "Call"]
    assert not any(b"canary" in to_bytes(each) or b"assert" in to_bytes(each) for each in work.asked)
    assert kind_of(squares).key == "function"


TABLES = """\
expected = pd.DataFrame({"name": ["ada", "bo"], "points": [3.0, np.nan]}, index=[4, 7])
pd.testing.assert_frame_equal(clean(expected.assign(extra=1)), expected)
pd.testing.assert_series_equal(clean(expected.assign(extra=1))["points"], expected["points"])
assert raw.shape == (2, 2) and list(raw.columns) == ["name", "points"]
"""


@pytest.mark.parametrize(
    ("columns", "verdict"),
    [pytest.param(["name", "points"], None, id="right"), pytest.param(["points"], Verdict.FAILED, id="wrong")],
)
def test_tables_reach_a_cell_as_pandas_objects(columns: list[str], verdict: Verdict | None) -> None:
    """`pandas.testing` compares them there, both those that were given and those that are answered."""
    pandas = pytest.importorskip("pandas")
    raw = pandas.DataFrame({"name": ["ada", "bo"], "points": [3.0, np.nan]})
    work = Work({"clean": lambda table: table[columns], "raw": raw})
    asked = cell(TABLES, setup="import numpy as np\nimport pandas as pd")
    with choose_sandbox("none", "numpy", uses=("pandas",)) as sandbox:
        rooms = CellRooms(sandbox=sandbox, ask=work.ask, limits=LIMITS)
        (answer,) = rooms.answers([CellRun(id=0, target="clean", cell=asked)])

    assert isinstance(answer, CellRan)
    assert (answer.fault and answer.fault.verdict) == verdict
