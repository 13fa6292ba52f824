"""Writes that share a transaction: what comes while one is under way is done in the next, all of it, and the disk is
waited for once. What is written is not known here.

Nobody hears of a write before the transaction that it is in is committed. If one fails, nothing of that transaction is
kept, and each is done once more by itself: so it fails alone. That is rare; a savepoint around each would cost all of
them a tenth more. If the transaction itself fails, all have failed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

AnswerT = TypeVar("AnswerT")


class Together:
    """Does what it is given in threads of its own: in each of so many `writers` at most so much at a time."""

    def __init__(self, begun: Callable[[], AbstractContextManager[Connection]], *, writers: int, most: int) -> None:
        """`begun`: a transaction that is committed when it is left, and rolled back by an exception."""
        self._begun = begun
        self._most = most
        self._given: deque[_Write[Any]] = deque()
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="writes")

    def write(self, do: Callable[[Session], AnswerT]) -> Future[AnswerT]:
        """Have it done; the answer is there once it is committed. It may be given up until it has begun, and may be
        begun twice: what it does outside of the database is to be the same then."""
        given = _Write(do)
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

    def _is_settled(self, writes: list[_Write[Any]]) -> bool:
        """Do these in one transaction, and say what came of it; False, and nothing is kept or said, if it was one of
        several that failed."""
        failing: _Write[Any] | None = None
        try:
            with self._begun() as connection:
                for each in writes:
                    failing = each
                    each.do_in(connection)
                failing = None
        except BaseException as error:
            if failing is not None and len(writes) > 1:
                return False
            for each in writes:
                each.answer.set_exception(error)
        else:
            for each in writes:
                each.tell()
        return True

    def _taken(self) -> list[_Write[Any]]:
        taken: list[_Write[Any]] = []
        with suppress(IndexError):
            while len(taken) < self._most:
                given = self._given.popleft()
                if given.answer.set_running_or_notify_cancel():
                    taken.append(given)
        return taken


class _Write(Generic[AnswerT]):
    def __init__(self, do: Callable[[Session], AnswerT]) -> None:
        self.answer: Future[AnswerT] = Future()
        self._do = do
        self._done: AnswerT | None = None

    def do_in(self, connection: Connection) -> None:
        """Do it within that transaction. Raises what it does."""
        with Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session:
            self._done = self._do(session)
            session.flush()

    def tell(self) -> None:
        """What came of it, now that it is kept."""
        self.answer.set_result(self._done)  # type: ignore[arg-type]  # that of an answer, also where it is None
