"""A student's work as an instructor's cell meets it: values that were read, functions and classes that are asked.

What a cell room borrows is answered here. Whether the cell ran through is `cell_faults.py`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Final

from grader.grading.cell_things import (
    REFUSE,
    SEEDED,
    USE,
    WITH,
    WITHOUT,
    Thing,
    Things,
    UnknownThing,
    Use,
    has_thing,
    plain_of,
)
from grader.judging.examination import Ask, Fault, no_value, nothing_read
from grader.judging.showing import call_text, shown
from grader.messages import Message, say
from grader.report.report import Counterexample
from grader.wall.protocol import (
    Answer,
    Borrow,
    Call,
    Ended,
    Follow,
    Lent,
    Loan,
    NotLent,
    Raised,
    Read,
    Returned,
    Unsupported,
)
from grader.wall.steps import Expression, Handle, LentFunction, Step, Steps
from grader.wall.values import Value, identical

#: by it a cell room asks for the value of a variable
VALUE_OF: Final = "__grader_value_of__"
#: what a room says it cannot send and keeps instead: an object, and what holds some
_KEPT: Final = frozenset({"object", "array_of_dtype", "nested_containers", "odd_key", "symbolic_with"})
#: modules that a cell may seed for the work as well
SEEDS: Final = frozenset({"random", "numpy.random"})
#: types of what is a function to whoever wrote it
FUNCTIONS: Final = frozenset({"function", "method", "builtin_function_or_method"})
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
        self.objects: dict[str, tuple[int, tuple[str, ...]]] = {}  # by name: their number, and the kinds they are of
        self._things = Things(target="")
        self._without: list[str] = []  # names that the cell has taken away
        self.raised: deque[tuple[str, Raised]] = deque(maxlen=MOST_RAISED)  # by what was called, the last first
        self.stopped: Fault | None = None  # why the cell cannot go on, which is told of the student's work
        self.refused: Message | None = None  # why the cell cannot go on, which is told of the cell
        self._last: tuple[Use, Answer] | None = None
        for name, answer in zip(names, ask([Read(id=n, target=name) for n, name in enumerate(names)]), strict=True):
            self._met(name, answer)

    @property
    def last_call(self) -> Counterexample | None:
        """The call that was made last, and its answer, as a report shows them."""
        if self._last is None:
            return None
        use, answer = self._last
        got = shown(answer.value) if isinstance(answer, Returned) and not isinstance(answer.value, Handle) else None
        given = use.question.args if isinstance(use.question, Call) and as_called(use.question) is not None else ()
        inputs = tuple(map(shown, given))  # a function that was passed is shown in the call
        return Counterexample(call=use.text, inputs=inputs, got=got, expected=None)

    def lend(self, borrow: Borrow) -> Loan | Ended | None:
        """What the student's work answers to the cell."""
        if borrow.name == VALUE_OF:
            return self._value(borrow)
        if borrow.name != USE:
            return None
        self._calls += 1
        if self._calls > self.most_calls:
            self.refused = say("cell_calls_too_often", most=f"{self.most_calls:,}")
            return Ended(reason="over_limit", message=self.refused)
        return self._used(borrow)

    def _value(self, borrow: Borrow) -> Lent | None:
        (name, *_) = (*borrow.args, None)
        return Lent(id=borrow.id, value=self.values[name]) if isinstance(name, str) and name in self.values else None

    def _used(self, borrow: Borrow) -> Loan | Ended | None:
        """What comes of an object, which is plain data or another one."""
        try:
            if borrow.args[:1] in ((WITHOUT,), (WITH,)):
                return self._moved(borrow)
            if borrow.args[:1] == (SEEDED,):
                return self._seeded(borrow)
            if borrow.args[:1] == (REFUSE,):
                return self._refused(self._things.of(borrow))
            use = self._wished(borrow)
        except UnknownThing:
            return None
        (answer,) = self._ask([use.question])
        self._last = use, answer
        match answer:
            case Returned(value=value, arguments=arguments):
                told = (
                    (True, self._things.keep(use.text, value), value.kinds)
                    if isinstance(value, Handle)
                    else (False, value)
                )
                after = _afterwards(borrow, use.question, arguments) if isinstance(use.question, Call) else None
                return Lent(id=borrow.id, value=told, arguments=after)
            case _:
                return self._not_told(borrow.id, use.name, answer)

    def _wished(self, borrow: Borrow) -> Use:
        """What the cell asks for as a question. Raises UnknownThing."""
        match borrow.args:
            case ("function", str(name), _, list(args), dict(by)) if name in self.functions:
                if has_thing([*args, *by.values()]):
                    return self._things.called(name, args, by)
                return self._call(name, args, by)
            case ("of function", str(name), str(attribute), *_) if name in self.functions:
                return self._things.of_function(name, attribute)
            case _:
                return self._things.wished(borrow)

    def _call(self, name: str, args: list[Value], by: dict[str, Value]) -> Use:
        """A call with plain data, of which what it changes of that comes back."""
        shown = [Expression(source=self._things.shown(each)) for each in args]
        named = [Expression(source=f"{key}={self._things.shown(each)}") for key, each in by.items()]
        self._things.target = name
        call = Call(
            id=self._calls,
            target=name,
            args=tuple(map(plain_of, args)),
            named={key: plain_of(each) for key, each in by.items()},
            without=tuple(self._without),
            keeps=self._things.next,
        )
        return Use(question=call, text=call_text(name, (*shown, *named)), name=name)

    def _seeded(self, borrow: Borrow) -> Lent:
        """What chance gives the work from here on, where the cell has seeded its own."""
        match borrow.args:
            case (_, str(library), int() as seed) if library in SEEDS and (known := [*self.functions, *self.objects]):
                source = Expression(source=f"__import__({library!r}, fromlist=['seed']).seed({int(seed)})")
                step = Step(does="keep", name=SEEDED, args=(source,), gives="kind")
                self._ask([Follow(id=0, target=known[0], steps=Steps(steps=(step,)))])
            case _:
                pass
        return Lent(id=borrow.id, value=None)

    def _refused(self, thing: Thing) -> Ended:
        """An object is met where the cell needs plain data."""
        name = thing.type.removeprefix("__main__.")
        kind = say("function") if name in FUNCTIONS else say("object", type=name)
        self.stopped = nothing_read(Unsupported(id=0, what=kind), thing.text)
        return Ended(reason="crashed", message=say("cell_stopped"))

    def _moved(self, borrow: Borrow) -> Lent:
        """The calls that come are made without these names, or with them again."""
        how, *names = borrow.args
        self._without = [each for each in self._without if each not in names]
        if how == WITHOUT:
            self._without += [each for each in names if isinstance(each, str)]
        return Lent(id=borrow.id, value=None)

    def _is_object(self, name: str) -> bool:
        self._things.target = name
        (answer,) = self._ask([self._things.met(name).question])
        if not (isinstance(answer, Returned) and isinstance(answer.value, Handle)):
            return False
        self.objects[name] = self._things.keep(name, answer.value), answer.value.kinds
        return True

    def _met(self, name: str, answer: Answer) -> None:
        match answer:
            case Returned(value=value):
                self.values[name] = value
            case Unsupported(what=what) if what.key == "function":
                self.functions.append(name)
            case Unsupported(what=what) if what.key in _KEPT and self._is_object(name):
                pass
            case Raised():
                pass  # it is not there, as the cell will find, unless it asks first
            case _ if self.stopped is None:
                self.stopped = nothing_read(answer, name)

    def _not_told(self, id: int, name: str, answer: Answer) -> Loan | Ended:
        if isinstance(answer, Raised):
            self.raised.appendleft((name, answer))
            return _not_lent(id, answer)
        self._stop(answer, name)
        return Ended(reason="crashed", message=say("cell_stopped"))

    def _stop(self, answer: Answer, name: str) -> None:
        self.stopped = no_value(answer, name)


def as_called(call: Call) -> Borrow | None:
    """The wish of a cell's that is this call; None for one that a text alone tells of, as of a function it passes."""
    given = (*call.args, *call.named.values())
    if any(isinstance(each, Expression | LentFunction) for each in given):
        return None
    args: list[Value] = [(False, each) for each in call.args]
    by: dict[str, Value] = {name: (False, each) for name, each in call.named.items()}
    return Borrow(id=0, name=USE, args=("function", call.target, "", args, by), named={})


def loan_of(borrow: Borrow, call: Call, answer: Answer) -> Loan | None:
    """What a cell room gets where a function answers this to plain data; None if it cannot go on then, or the answer
    is an object, which has a number."""
    match answer:
        case Returned(value=Handle()):
            return None
        case Returned(value=value, arguments=after):
            return Lent(id=borrow.id, value=(False, value), arguments=_afterwards(borrow, call, after))
        case Raised():
            return _not_lent(borrow.id, answer)
        case _:
            return None


def _afterwards(borrow: Borrow, call: Call, after: tuple[Value, ...] | None) -> tuple[Value, ...] | None:
    """What became of what the cell sent along, as it sent it; None if all was left as it is."""
    if after is None or all(map(identical, after, (*call.args, *call.named.values()))):
        return None
    does, name, key, args, by = borrow.args
    assert isinstance(args, list)  # as every such wish has them
    assert isinstance(by, dict)
    told = iter(after)
    changed = [_changed(each, next(told)) for each in args]
    return does, name, key, changed, {word: _changed(each, next(told)) for word, each in by.items()}


def _changed(sent: Value, after: Value) -> Value:
    return (False, after) if isinstance(sent, tuple) and sent[0] is False else sent


def _not_lent(id: int, raised: Raised) -> NotLent:
    return NotLent(id=id, type=raised.error.type, text=raised.error.text)
