"""What a cell room is told of a work before it asks: the values of variables, and answers that were heard already.

The room takes them by itself as long as it asks just that, so no journey is made for them. Once it is known how many it
took, everything is noted of them here as of what it asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.grading.cell_heard import Exchange
from grader.grading.cell_work import VALUE_OF, Work, as_called, loan_of
from grader.wall.message_frames import to_bytes
from grader.wall.protocol import Borrow, Call, Ended, Lent, Loan


class Told:
    """The loans that one cell room is told of, and its way to all others."""

    def __init__(self, work: Work, heard: Sequence[Exchange]) -> None:
        self._work = work
        self._loans = [*_of_variables(work), *_of_functions(work, heard)]
        self._taken = 0
        self._asked = 0

    @property
    def frames(self) -> tuple[tuple[bytes, bytes], ...]:
        """See `Job.told`."""
        return tuple((to_bytes(borrow), to_bytes(loan)) for borrow, loan in self._loans)

    @property
    def is_open(self) -> bool:
        """Whether the room may have taken answers that it did not speak of."""
        return any(borrow.name != VALUE_OF for borrow, _ in self._loans[self._taken :])

    def lend(self, borrow: Borrow) -> Loan | Ended | None:
        """What the work answers to what the room was not told; by its number, it took so many of what it was told, and
        takes no more."""
        self.take(borrow.id - self._asked)
        self._asked += 1
        del self._loans[self._taken :]
        return self._work.lend(borrow)

    def take(self, count: int) -> None:
        """The room says that it has taken so many by now."""
        for borrow, _ in self._loans[self._taken : count]:
            self._work.lend(borrow)
            self._taken += 1


def _of_variables(work: Work) -> Iterator[tuple[Borrow, Loan]]:
    for name, value in work.values.items():
        yield Borrow(id=0, name=VALUE_OF, args=(name,), named={}), Lent(id=0, value=value)


def _of_functions(work: Work, heard: Sequence[Exchange]) -> Iterator[tuple[Borrow, Loan]]:
    for each in heard[: work.most_calls]:
        question = each.question
        if not isinstance(question, Call) or question.without or question.target not in work.functions:
            return
        borrow = as_called(question)
        loan = None if borrow is None else loan_of(borrow, question, each.answer)
        if borrow is None or loan is None:
            return
        yield borrow, loan
