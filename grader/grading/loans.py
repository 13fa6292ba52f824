"""Loans: calls of the reference on behalf of a student's room whose code builds on earlier exercises.

Each room that borrows has a reference room of its own, forked at the first loan and gone with the student's: nothing of
one student meets the next. Arguments reach it over the wall, as data. A room may say anything: what it asks for beyond
its offers is nothing that honest code of ours would say, and how much is enough stands in `LendingLimits`.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from types import TracebackType
from typing import Final, Self

from grader.errors import SandboxError
from grader.limits import MEGABYTE, LendingLimits
from grader.messages import counted, english, say
from grader.wall.message_frames import to_bytes
from grader.wall.protocol import Answer, Borrow, Call, Ended, Lent, Loan, NotLent, OverLimit, Returned
from grader.wall.sandbox import Room
from grader.wall.values import Value, identical

WALL_FACTOR: Final = 10  # of computing time; the machine may be busy


@dataclass(frozen=True, slots=True, kw_only=True)
class Lendable:
    """A reference that others depend on: the function's name, and what its parameters are called.

    `shapes` are the ways in which templates of the lab call it: for each argument, which of the parameters it is.
    """

    target: str
    parameters: tuple[str, ...] = ()
    shapes: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a room may borrow, and the shape in which the student's code calls it as far as that is known."""

    lendable: Lendable
    shape: tuple[int, ...] | None = None


class Loans:
    """Everything that is lent to one room; `lend` is what a `Room` is given. A context manager: leaving it is the end
    of whatever was computed for this room."""

    def __init__(
        self,
        offers: Mapping[str, Offer],
        room: Callable[[], AbstractContextManager[Room]],
        limits: LendingLimits,
        *,
        rehearsed: Callable[[], Mapping[str, Returned]] = dict,
    ) -> None:
        """`room` opens a reference room in which all that is offered is defined. `rehearsed` gives answers that are
        known, by the digest of their question: see `rehearsals.py`."""
        self._offers = offers
        self._open = room
        self._rehearsed = rehearsed
        self._limits = limits
        self._stack = ExitStack()
        self._calls = 0
        self._asked: set[str] = set()  # a digest of each question that differs from all before
        self._bytes = 0
        self._seconds = 0.0
        self._waited = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def lend(self, borrow: Borrow) -> Loan | Ended | None:
        """Call what was asked for. None for a request that is none of ours; `Ended` when it is more than one room gets.

        Raises SandboxError if the reference room is lost or starved.
        """
        offer = self._offers.get(borrow.name)
        if offer is None or borrow.id != self._calls:
            return None
        self._calls += 1
        kept = _places(len(borrow.args), offer) if not borrow.named else None
        call = _call(borrow, offer, kept)
        frame = to_bytes(call)
        asked = digest_of(frame)
        self._asked.add(asked)
        if (over := self._over(borrow.name)) is not None:
            return over
        if (known := self._known.get(asked)) is not None:
            return _in_order(Lent(id=borrow.id, value=known.value, arguments=known.arguments), borrow, kept)
        started = time.monotonic()
        said = self._said(borrow, offer, replace(call, id=borrow.id), kept, moved=len(frame))
        self._waited += time.monotonic() - started
        if self._waited > WALL_FACTOR * self._limits.seconds:
            raise SandboxError(say("loan_too_late"))
        return said

    def _said(
        self, borrow: Borrow, offer: Offer, call: Call, kept: dict[int, int] | None, *, moved: int
    ) -> Loan | Ended:
        (answer,) = self._room.ask([call])
        self._bytes += moved
        self._seconds = self._room.seconds
        said = self._answered(borrow, offer, answer)
        if isinstance(said, Lent):
            self._bytes += len(to_bytes(said))
            said = _in_order(said, borrow, kept)
        return said

    def _answered(self, borrow: Borrow, offer: Offer, answer: Answer) -> Loan | Ended:
        """Whatever the reference raised, the answer is the same: kind and text would tell how it computes."""
        match answer:
            case Returned(value=value, arguments=arguments):
                return Lent(id=borrow.id, value=value, arguments=arguments)
            case Ended(reason="timed_out"):
                most = counted(self._limits.call_seconds, "second")
                return Ended(reason="timed_out", message=say("borrowed_call_too_long", name=borrow.name, time=most))
            case OverLimit() | Ended(reason="over_limit"):
                return NotLent(id=borrow.id, type="MemoryError", text="")
            case Ended():
                raise SandboxError(say("loan_lost"))
            case _:
                no_answer = english(say("lent_no_answer", name=offer.lendable.target))
                return NotLent(id=borrow.id, type="ValueError", text=no_answer)

    @cached_property
    def _known(self) -> Mapping[str, Returned]:
        return self._rehearsed()

    @cached_property
    def _room(self) -> Room:
        return self._stack.enter_context(self._open())

    def _over(self, name: str) -> Ended | None:
        limits = self._limits
        if self._calls > limits.calls:
            return Ended(reason="over_limit", message=say("borrowed_too_often", name=name, most=f"{limits.calls:,}"))
        if len(self._asked) > limits.distinct:
            return Ended(
                reason="over_limit", message=say("borrowed_too_widely", name=name, most=f"{limits.distinct:,}")
            )
        if self._bytes > limits.bytes:
            most = f"{limits.bytes // MEGABYTE:,}"
            return Ended(reason="over_limit", message=say("borrowed_too_much", name=name, most=most))
        if self._seconds > limits.seconds:
            time_allowed = counted(limits.seconds, "second")
            return Ended(reason="timed_out", message=say("borrowed_too_long", name=name, time=time_allowed))
        return None


def digest_of(frame: bytes) -> str:
    """By what a question to a reference is known: its frame, with 0 for its number."""
    return hashlib.sha256(frame).hexdigest()


def _call(borrow: Borrow, offer: Offer, kept: dict[int, int] | None) -> Call:
    args, named = borrow.args, borrow.named
    if kept is not None:
        args, named = (), {offer.lendable.parameters[place]: borrow.args[at] for at, place in kept.items()}
    return Call(id=0, target=offer.lendable.target, args=args, named=named)


def _places(count: int, offer: Offer) -> dict[int, int] | None:
    """For each argument that the reference wants, by its place in the call, which parameter it is.

    None where the call can go on as it is: no shape has that many arguments, or it is the reference's own order.
    """
    parameters = offer.lendable.parameters
    shapes: Iterable[tuple[int, ...]] = (*([offer.shape] if offer.shape else []), *offer.lendable.shapes)
    shape = next((shape for shape in shapes if len(shape) == count), None)
    if shape is None or not parameters:
        return None
    kept = {at: place for at, place in enumerate(shape) if place < len(parameters)}
    return None if len(kept) == count and all(at == place for at, place in kept.items()) else kept


def _in_order(said: Lent, borrow: Borrow, kept: dict[int, int] | None) -> Lent:
    """A loan whose arguments stand as the room gave them; None if they are as they were."""
    if said.arguments is None:
        return said
    given: tuple[Value, ...] = (*borrow.args, *borrow.named.values())
    after = list(given)
    for at, argument in zip(range(len(given)) if kept is None else kept, said.arguments or (), strict=False):
        after[at] = argument
    same = all(map(identical, after, given))
    return replace(said, arguments=None if same else tuple(after))
