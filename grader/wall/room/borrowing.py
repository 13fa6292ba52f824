"""Borrowed functions: names that look like functions of the notebook, but are answered by the judge. Lives in the room.

Nothing of such a function is here. A call sends its arguments across the wall and waits; what comes back is a value, or
the exception that the function raised there. What the function changed in its arguments is changed here as well. Of
loans that the judge told beforehand none is asked for, as long as the calls are those, one after the other.
"""

from __future__ import annotations

import builtins
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np

from grader.wall.message_frames import from_reader, to_bytes
from grader.wall.protocol import Borrow, Lent, Loan, NotLent
from grader.wall.room.objects import thaw_here
from grader.wall.values import UnsupportedValueError, freeze

#: sends a request and waits for its answer
Ask = Callable[[Borrow], Loan]


class NotSendableError(TypeError):
    """An argument of a borrowed function cannot cross the wall: no fault of the function."""


class StrangeAnswerError(TypeError):
    """What a borrowed function answered is nothing that any object stands for: only a forged answer is."""


class Borrowing:
    """The borrowed functions of one room, by name in `functions`. Threads of a student take turns.

    `told` are loans by their frames, see `Job`; so many of them were `taken`.
    """

    def __init__(self, names: tuple[str, ...], ask: Ask, told: Iterable[tuple[bytes, bytes]] = ()) -> None:
        self._ask = ask
        self._asked = 0
        self._told = deque(told)
        self.taken = 0
        self._turn = threading.Lock()
        self.functions = {name: self._function(name) for name in names}

    def _function(self, name: str) -> Callable[..., Any]:
        def borrowed(*args: Any, **named: Any) -> Any:
            return self._call(name, args, named)

        borrowed.__name__ = borrowed.__qualname__ = name
        borrowed.__module__ = "__main__"
        return borrowed

    def _call(self, name: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        with self._turn:
            request = Borrow(id=self._asked, name=name, args=_frozen(name, args), named=_frozen(name, named))
            loan = self._known(request) or self._ask(request)
            self._asked += 1
        if isinstance(loan, NotLent):
            raise _exception(loan)
        try:
            _reflect((*args, *named.values()), loan)
            return thaw_here(loan.value)
        except MemoryError:
            raise
        except Exception as error:  # of pandas, which may even want to import something
            raise StrangeAnswerError(f"{name} answered what no object stands for ({type(error).__name__})") from None

    def _known(self, request: Borrow) -> Loan | None:
        if not self._told:
            return None
        asked, lent = self._told.popleft()
        if to_bytes(replace(request, id=0)) != asked:
            self._told.clear()  # from here on it is another conversation
            return None
        self.taken += 1
        return from_reader(BytesIO(lent).read, max_bytes=len(lent), max_header=len(lent))  # type: ignore[return-value]  # by the judge


def _frozen(name: str, arguments: Any) -> Any:
    try:
        return freeze(arguments)
    except UnsupportedValueError as error:
        raise NotSendableError(f"{name} cannot be called with {error}") from None


#: what would end a loop of whoever calls, in silence; and what takes more than a text
_RAISED_OTHERWISE = (StopIteration, StopAsyncIteration, UnicodeError, ExceptionGroup)


def _exception(loan: NotLent) -> Exception:
    kind = getattr(builtins, loan.type, None)
    if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, _RAISED_OTHERWISE):
        return kind(loan.text)
    return RuntimeError(f"{loan.type}: {loan.text}")


def _reflect(originals: tuple[Any, ...], loan: Lent) -> None:
    for original, after in zip(originals, loan.arguments or (), strict=False):
        _become(original, thaw_here(after))


def _become(old: Any, new: Any) -> Any:
    """`old` with the contents of `new`, changed in place where that is possible; else `new`."""
    match old, new:
        case np.ndarray(), np.ndarray() if old.shape == new.shape and old.dtype == new.dtype:
            if old.flags.writeable:
                old[...] = new
            return old
        case dict(), dict():
            parts = {key: _become(old.get(key), item) for key, item in new.items()}
            old.clear()
            old.update(parts)
            return old
        case list(), list():
            old[:] = [*map(_become, old, new), *new[len(old) :]]
            return old
        case tuple(), tuple() if len(old) == len(new):
            return tuple(map(_become, old, new))
        case _:
            return new
