"""Writes that share a transaction: what comes while one is under way is done in the next, all of it, and the disk is
waited for once. What is written is not known here.

Writes of one kind are done as one set, before those that are alone in their kind: a set locks in an order of its own.
Nobody hears of a write before the transaction that it is in is committed. If one fails, nothing of that transaction is
kept, and each is done once more by itself: so it fails alone. That is rare; a savepoint around each would cost all of
them a tenth more. If the transaction itself fails, all have failed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

WhatT = TypeVar("WhatT")
AnswerT = TypeVar("AnswerT")
#: does a set of things, with an answer to each in their order
DoAll: TypeAlias = Callable[[Session, Sequence[WhatT]], Sequence[AnswerT]]


class Together:
    """Does what it is given in threads of its own: in each of so many `writers` at most so much at a time."""

    def __init__(self, begun: Callable[[], AbstractContextManager[Connection]], *, writers: int, most: int) -> None:
        """`begun`: a transaction that is committed when it is left, and rolled back by an exception."""
        self._begun = begun
        self._most = most
        self._given: deque[_Write[Any, Any]] = deque()
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="writes")

    def write(self, do: Callable[[Session], AnswerT]) -> Future[AnswerT]:
        """Have it done; the answer is there once it is committed. It may be given up until it has begun, and may be
        begun twice: what it does outside of the database is to be the same then."""
        return self.write_one_of(_one_by_one, do)

    def write_one_of(self, do_all: DoAll[WhatT, AnswerT], what: WhatT) -> Future[AnswerT]:
        """The same, done together with whatever else is given at that time for the same `do_all`."""
        given = _Write(do_all, what)
        self._given.append(given)
        self._writers.submit(self._round)  # which finds nothing if the one before it took this as well
        return given.answer

    def close(self) -> None:
        """When all that was given is done."""
        self._writers.shutdown()

    def _round(self) -> None:
        writes = self._taken()
        if writes and not self._is_settled(writes):
            for each in writes:
                self._is_settled([each])

    def _is_settled(self, writes: list[_Write[Any, Any]]) -> bool:
        """Do these in one transaction, and say what came of it; False, and nothing is kept or said, if one of several
        failed."""
        sets, is_done = _sets(writes), False
        try:
            with self._begun() as connection:
                answers = [_answers(connection, each) for each in sets]
                is_done = True
        except BaseException as error:
            if not is_done and len(writes) > 1:
                return False
            for each in writes:
                each.answer.set_exception(error)
        else:
            for those, told in zip(sets, answers, strict=True):
                for each, answer in zip(those, told, strict=True):
                    each.answer.set_result(answer)
        return True

    def _taken(self) -> list[_Write[Any, Any]]:
        taken: list[_Write[Any, Any]] = []
        with suppress(IndexError):
            while len(taken) < self._most:
                given = self._given.popleft()
                if given.answer.set_running_or_notify_cancel():
                    taken.append(given)
        return taken


@dataclass(frozen=True, slots=True)
class _Write(Generic[WhatT, AnswerT]):
    do_all: DoAll[WhatT, AnswerT]
    what: WhatT
    answer: Future[AnswerT] = field(default_factory=Future)


def _one_by_one(session: Session, dos: Sequence[Callable[[Session], AnswerT]]) -> Sequence[AnswerT]:
    """Those that are alone in their kind."""
    answers = []
    for do in dos:
        answers.append(do(session))
        session.flush()
    return answers


def _sets(writes: Sequence[_Write[Any, Any]]) -> list[list[_Write[Any, Any]]]:
    by_kind: dict[DoAll[Any, Any], list[_Write[Any, Any]]] = {}
    for each in writes:
        by_kind.setdefault(each.do_all, []).append(each)
    return sorted(by_kind.values(), key=lambda those: those[0].do_all is _one_by_one)


def _answers(connection: Connection, those: Sequence[_Write[WhatT, AnswerT]]) -> Sequence[AnswerT]:
    """Do a set within that transaction. Raises what it does."""
    with Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session:
        answers = those[0].do_all(session, [each.what for each in those])
        session.flush()
    return answers
