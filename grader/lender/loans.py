"""The loans of one room: which function each name stands for, how its arguments are put, and how much is enough.

A room may say anything. What it asks for beyond its offers is nothing that honest code of ours would say.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from grader.errors import SandboxError
from grader.lender.process import WALL_FACTOR, Lendable, Lender
from grader.limits import MEGABYTE
from grader.protocol import Borrow, Ended, Lent, Loan
from grader.values import Value
from grader.wording import say
from grader.words import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a room may borrow: the exercise whose reference answers, and the shape in which the student's code calls it
    as far as that is known."""

    exercise: str
    shape: tuple[int, ...] | None = None


class Loans:
    """Everything that is lent to one room; `lend` is what a `Room` is given. A context manager: leaving it is the end
    of whatever was computed for this room."""

    def __init__(self, lender: Lender, offers: Mapping[str, Offer]) -> None:
        self._lender = lender
        self._offers = offers
        self._calls = 0
        self._bytes = 0
        self._seconds = 0.0
        self._waited = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._calls:
            self._lender.room_is_over()

    def lend(self, borrow: Borrow) -> Loan | Ended | None:
        """Call what was asked for. None for a request that is none of ours; `Ended` when it is more than one room gets.

        Raises SandboxError if the process that calls it is lost or starved.
        """
        offer = self._offers.get(borrow.name)
        if offer is None or borrow.id != self._calls:
            return None
        self._calls += 1
        started = time.monotonic()
        said = self._over(borrow.name) or self._said(borrow, offer)
        self._waited += time.monotonic() - started
        if self._waited > WALL_FACTOR * self._lender.limits.seconds:
            raise SandboxError(say("lender_busy"))
        return said

    def _said(self, borrow: Borrow, offer: Offer) -> Loan | Ended:
        lendable = self._lender.lendables[offer.exercise]
        kept = _places(len(borrow.args), lendable, offer) if not borrow.named else None
        request = replace(borrow, name=lendable.target)
        if kept is not None:
            named = {lendable.parameters[place]: borrow.args[at] for at, place in kept.items()}
            request = replace(request, args=(), named=named)
        served = self._lender.serve(request)
        self._bytes += served.bytes
        self._seconds += served.seconds
        return _in_order(served.said, borrow.args, kept) if kept is not None else served.said

    def _over(self, name: str) -> Ended | None:
        limits = self._lender.limits
        if self._calls > limits.calls:
            return Ended(reason="over_limit", text=say("borrowed_too_often", name=name, most=f"{limits.calls:,}"))
        if self._bytes > limits.bytes:
            most = f"{limits.bytes // MEGABYTE:,}"
            return Ended(reason="over_limit", text=say("borrowed_too_much", name=name, most=most))
        if self._seconds > limits.seconds:
            time_allowed = counted(limits.seconds, "second")
            return Ended(reason="timed_out", text=say("borrowed_too_long", name=name, time=time_allowed))
        return None


def _places(count: int, lendable: Lendable, offer: Offer) -> dict[int, int] | None:
    """For each argument that the reference wants, by its place in the call, which parameter it is.

    None where the call can go on as it is: no shape has that many arguments, or it is the reference's own order.
    """
    shapes: Iterable[tuple[int, ...]] = (*([offer.shape] if offer.shape else []), *lendable.shapes)
    shape = next((shape for shape in shapes if len(shape) == count), None)
    if shape is None or not lendable.parameters:
        return None
    kept = {at: place for at, place in enumerate(shape) if place < len(lendable.parameters)}
    return None if len(kept) == count and all(at == place for at, place in kept.items()) else kept


def _in_order(said: Loan | Ended, args: tuple[Value, ...], kept: dict[int, int]) -> Loan | Ended:
    """A loan whose arguments stand again as the room gave them."""
    if not isinstance(said, Lent) or said.arguments is None:
        return said
    after = list(args)
    for at, argument in zip(kept, said.arguments, strict=True):
        after[at] = argument
    return replace(said, arguments=tuple(after))
