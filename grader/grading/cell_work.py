"""A student's work as an instructor's cell meets it: values that were read, functions and classes that are asked.

What a cell room borrows is answered here. Whether the cell ran through is `cell_faults.py`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Final

from grader.grading.cell_things import REFUSE, USE, WITH, WITHOUT, Things, UnknownThing, Use
from grader.judging.examination import Ask, Fault, no_value, nothing_read
from grader.judging.showing import call_text, shown
from grader.messages import Message, say
from grader.report.report import Counterexample
from grader.wall.protocol import (
    Answer,
    Borrow,
    Call,
    Ended,
    Lent,
    Loan,
    NotLent,
    Raised,
    Read,
    Returned,
    Unsupported,
)
from grader.wall.steps import Handle
from grader.wall.values import Value, identical

#: by it a cell room asks for the value of a variable
VALUE_OF: Final = "__grader_value_of__"
#: exceptions of the work that are remembered, to know one that ends the cell
MOST_RAISED: Final = 100


class Work:
    """The student's work as one cell sees it: values, functions and classes by name, and what became of the calls."""

    def __init__(self, ask: Ask, names: Sequence[str], *, most_calls: int) -> None:
        self._ask = ask
        self.most_calls = most_calls
        self._calls = 0
        self.values: dict[str, Value] = {}
        self.functions: list[str] = []
        self.classes: dict[str, int] = {}  # the numbers that they have among the things
        self._things = Things(target="")
        self._without: list[str] = []  # names that the cell has taken away
        self.raised: deque[tuple[str, Raised]] = deque(maxlen=MOST_RAISED)  # by what was called, the last first
        self.stopped: Fault | None = None  # why the cell cannot go on, which is told of the student's work
        self.refused: Message | None = None  # why the cell cannot go on, which is told of the cell
        self._last: tuple[Borrow | Use, Answer] | None = None
        for name, answer in zip(names, ask([Read(id=n, target=name) for n, name in enumerate(names)]), strict=True):
            self._met(name, answer)

    @property
    def last_call(self) -> Counterexample | None:
        """The call that was made last, and its answer, as a report shows them."""
        if self._last is None:
            return None
        borrow, answer = self._last
        got = shown(answer.value) if isinstance(answer, Returned) and not isinstance(answer.value, Handle) else None
        if isinstance(borrow, Use):
            return Counterexample(call=borrow.text, inputs=(), got=got, expected=None)
        return Counterexample(call=_as_typed(borrow), inputs=tuple(map(shown, borrow.args)), got=got, expected=None)

    def lend(self, borrow: Borrow) -> Loan | Ended | None:
        """What the student's work answers to the cell."""
        if borrow.name == VALUE_OF:
            return self._value(borrow)
        if borrow.name not in (USE, *self.functions):
            return None
        self._calls += 1
        if self._calls > self.most_calls:
            self.refused = say("cell_calls_too_often", most=f"{self.most_calls:,}")
            return Ended(reason="over_limit", message=self.refused)
        if borrow.name == USE:
            return self._used(borrow)
        call = Call(
            id=self._calls, target=borrow.name, args=borrow.args, named=borrow.named, without=tuple(self._without)
        )
        (answer,) = self._ask([call])
        return self._told(borrow, answer)

    def _value(self, borrow: Borrow) -> Lent | None:
        (name, *_) = (*borrow.args, None)
        return Lent(id=borrow.id, value=self.values[name]) if isinstance(name, str) and name in self.values else None

    def _used(self, borrow: Borrow) -> Loan | Ended | None:
        """What comes of an object, which is plain data or another one."""
        try:
            if borrow.args[:1] in ((WITHOUT,), (WITH,)):
                return self._moved(borrow)
            if borrow.args[:1] == (REFUSE,):
                kind = say("object", type=self._things.of(borrow).type.removeprefix("__main__."))
                self._stop(Unsupported(id=borrow.id, what=kind), "")
                return Ended(reason="crashed", message=say("cell_stopped"))
            use = self._things.wished(borrow)
        except UnknownThing:
            return None
        (answer,) = self._ask([use.question])
        self._last = use, answer
        match answer:
            case Returned(value=Handle() as handle):
                told = (True, self._things.keep(use, handle), handle.type)
                return Lent(id=borrow.id, value=told)
            case Returned(value=value):
                return Lent(id=borrow.id, value=(False, value))
            case _:
                return self._not_told(borrow.id, use.text, answer)

    def _moved(self, borrow: Borrow) -> Lent:
        """The calls that come are made without these names, or with them again."""
        how, *names = borrow.args
        self._without = [each for each in self._without if each not in names]
        if how == WITHOUT:
            self._without += [each for each in names if isinstance(each, str)]
        return Lent(id=borrow.id, value=None)

    def _is_class(self, name: str) -> bool:
        self._things.target = name
        use = self._things.met(name)
        (answer,) = self._ask([use.question])
        if not (isinstance(answer, Returned) and isinstance(answer.value, Handle) and "type" in answer.value.kinds):
            return False
        self.classes[name] = self._things.keep(use, answer.value)
        return True

    def _met(self, name: str, answer: Answer) -> None:
        match answer:
            case Returned(value=value):
                self.values[name] = value
            case Unsupported(what=what) if what.key == "function":
                self.functions.append(name)
            case Unsupported(what=what) if what.key == "object" and self._is_class(name):
                pass
            case Raised():
                pass  # it is not there, as the cell will find, unless it asks first
            case _ if self.stopped is None:
                self.stopped = nothing_read(answer, name)

    def _told(self, borrow: Borrow, answer: Answer) -> Loan | Ended:
        self._last = borrow, answer
        loan = loan_of(borrow, answer)
        return loan if isinstance(loan, Lent) else self._not_told(borrow.id, borrow.name, answer)

    def _not_told(self, id: int, name: str, answer: Answer) -> Loan | Ended:
        if isinstance(answer, Raised):
            self.raised.appendleft((name, answer))
            return _not_lent(id, answer)
        self._stop(answer, name)
        return Ended(reason="crashed", message=say("cell_stopped"))

    def _stop(self, answer: Answer, name: str) -> None:
        self.stopped = no_value(answer, name)


def loan_of(borrow: Borrow, answer: Answer) -> Loan | None:
    """What a cell room gets where a function answers this; None if it cannot go on then."""
    match answer:
        case Returned(value=value, arguments=arguments):
            left = all(map(identical, arguments or (), (*borrow.args, *borrow.named.values())))
            return Lent(id=borrow.id, value=value, arguments=None if left else arguments)
        case Raised():
            return _not_lent(borrow.id, answer)
        case _:
            return None


def _not_lent(id: int, raised: Raised) -> NotLent:
    return NotLent(id=id, type=raised.error.type, text=raised.error.text)


def _as_typed(borrow: Borrow) -> str:
    """The call as one would type it."""
    text = call_text(borrow.name, borrow.args)
    if not borrow.named:
        return text
    named = ", ".join(f"{name}={call_text('', (value,))[1:-1]}" for name, value in borrow.named.items())
    return f"{text[:-1]}{', ' if borrow.args else ''}{named})"
