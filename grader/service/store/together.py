"""Writes that share a transaction: what comes while one is under way is done in the next, all of it, and the disk is
waited for once. What is written is not known here.

Nobody hears of a write before the transaction that it is in is committed. One that fails takes nothing of the others
with it, each being undone by itself; if the transaction fails, all have failed, and nothing of them is kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from grader.service.store.faults import told

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
        """Have it done; the answer is there once it is committed. It may be given up until it has begun."""
        given = _Write(do)
        self._given.append(given)
        self._writers.submit(self._round)  # which finds nothing if the one before it took this as well
        return given.answer

    def close(self) -> None:
        """When all that was given is done."""
        self._writers.shutdown()

    def _round(self) -> None:
        writes = self._taken()
        if not writes:
            return
        try:
            with self._begun() as connection:
                for each in writes:
                    each.do_in(connection, by_itself=len(writes) == 1)
        except BaseException as error:
            for each in writes:
                each.answer.set_exception(error)
        else:
            for each in writes:
                each.tell()

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
        self._failure: Exception | None = None

    def do_in(self, connection: Connection, *, by_itself: bool) -> None:
        """Do it within that transaction. Raises what undoing it met: the database has let the whole transaction go."""
        mode: Any = "rollback_only" if by_itself else "create_savepoint"
        with Session(connection, join_transaction_mode=mode, expire_on_commit=False) as session:
            try:
                with told():
                    self._done = self._do(session)
                    session.commit()
            except Exception as error:
                self._failure = error
                session.rollback()

    def tell(self) -> None:
        """What came of it, now that it is kept."""
        if self._failure is not None:
            self.answer.set_exception(self._failure)
        else:
            self.answer.set_result(self._done)  # type: ignore[arg-type]  # that of an answer, also where it is None
