"""One database, SQLite or PostgreSQL, and its transactions. What is kept in it stands in `tables.py`.

A transaction that writes takes SQLite's one writing place at its beginning, so that none fails half-way because another
was faster; readers never wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar
from urllib.parse import unquote

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker

from grader.errors import UsageError
from grader.service.store.faults import told
from grader.service.store.lines import look_after
from grader.service.store.together import DoAll, Together

Kind = Literal["sqlite", "postgresql"]
WhatT = TypeVar("WhatT")
AnswerT = TypeVar("AnswerT")
#: how long a writer waits for another, in seconds
BUSY_SECONDS: Final = 30
#: connections that one process may hold
POOL: Final = 20
#: how each is told that a statement stands for itself; the driver of SQLite begins nothing unless we do
_ALONE: Final[dict[Kind, dict[str, Any]]] = {
    "sqlite": {"stands_alone": True},
    "postgresql": {"isolation_level": "AUTOCOMMIT"},
}


#: how much of what is written together is in one transaction, and how many of these go on at once: SQLite has one place
#: to write; on PostgreSQL one set is written while another waits for the disk, or for a row that somebody holds
_MOST: Final[dict[Kind, int]] = {"sqlite": 64, "postgresql": 32}
WRITERS: Final[dict[Kind, int]] = {"sqlite": 1, "postgresql": 2}


class Database:
    """A site's database. `begin` for whatever may write, `read` for what only looks, `look` for one question alone;
    `write` for what very many write at the same time."""

    def __init__(self, url: str) -> None:
        """`url`: `sqlite:///FILE` or `postgresql://USER@HOST/NAME`. Raises UsageError for any other."""
        self.url = url
        self.engine = _engine(url)
        self.kind: Kind = "postgresql" if self.engine.dialect.name == "postgresql" else "sqlite"
        self._reading = sessionmaker(self.engine, expire_on_commit=False)
        self._looking = self.engine.execution_options(**_ALONE[self.kind])
        self._changing = self.engine.execution_options(writes=True)
        self._writing = sessionmaker(self._changing, expire_on_commit=False)
        self._turn: Callable[[], AbstractContextManager[None]] = (
            _Turns(self.engine).one if self.kind == "sqlite" else nullcontext
        )
        self._together = Together(self._begun, writers=WRITERS[self.kind], most=_MOST[self.kind])

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A transaction: committed at the end, rolled back by an exception.

        Raises StoreUnavailable, and nothing is kept, where the database cannot be had or takes nothing more.
        """
        with told(), self._turn(), self._writing.begin() as session:
            yield session

    def write(self, do: Callable[[Session], AnswerT]) -> Future[AnswerT]:
        """Have that done as in `begin`, together with what others write at the same time; the answer is there once it
        is committed. It is done in another thread, perhaps twice, and is to wait for nothing but the database."""
        return self._together.write(do)

    def write_one_of(self, do_all: DoAll[WhatT, AnswerT], what: WhatT) -> Future[AnswerT]:
        """The same, done by the statements of one set together with what others give for `do_all`. That does whatever
        it is given, in an order of its own, and answers in the order in which it was given."""
        return self._together.write_one_of(do_all, what)

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        with told(), self._turn(), self._changing.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A look at the database; nothing written here is kept. Raises StoreUnavailable as `begin`."""
        with told(), self._reading() as session:
            yield session

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """A look by one statement, or by several that need not agree: each stands for itself, and no transaction is
        begun or ended around it, which takes longer than most questions. Raises StoreUnavailable as `begin`."""
        with told(), self._looking.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let all connections go, when what was to be written is."""
        self._together.close()
        self.engine.dispose()


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UsageError(f"{url!r} is no address of a database, such as postgresql://grader@db/grader.") from None
    match parsed.get_backend_name():
        case "postgresql":
            if parsed.host is not None:
                parsed = parsed.set(host=unquote(parsed.host))  # of a socket: %2Frun%2Fpostgresql, as libpq writes it
            engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_size=POOL, max_overflow=POOL)
            event.listen(engine, "connect", _speaks_every_language, insert=True)  # before anything is asked
            look_after(engine)
            return engine
        case "sqlite":
            # more than there are threads: one that only looks never waits for those that wait to write
            engine = create_engine(
                parsed, pool_size=POOL, max_overflow=3 * POOL, connect_args={"timeout": BUSY_SECONDS}
            )
            event.listen(engine, "connect", _prepared)
            return engine
        case other:
            raise UsageError(f"{other!r} is no database we know. Use sqlite:///FILE or postgresql://USER@HOST/NAME.")


def _speaks_every_language(connection: Any, record: object) -> None:
    """Raises UsageError for a database of PostgreSQL that cannot hold what people are called everywhere."""
    del record
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise UsageError(
            f"The database has the encoding {encoding}, which does not hold every name. Make one that has UTF8: "
            "createdb --encoding=UTF8 --template=template0 NAME"
        )


def _prepared(connection: Any, record: object) -> None:
    """The driver begins no transactions by itself; what is committed survives a crash of the machine."""
    del record
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


class _Turns:
    """SQLite's one writing place, handed from thread to thread of this process. SQLite itself lets whoever waits look
    again after pauses, and of a hundred that hand in at once the unlucky ones look for seconds.

    It is taken with the first statement, as the place itself is, and let go when the transaction has ended.
    """

    def __init__(self, engine: Engine) -> None:
        self._free = threading.Lock()
        self._mine = threading.local()
        event.listen(engine, "begin", self._begun)

    @contextmanager
    def one(self) -> Iterator[None]:
        """The place is this thread's from its first statement that may write until this is left."""
        before, turn = getattr(self._mine, "turn", None), _Turn()
        self._mine.turn = turn
        try:
            yield
        finally:
            self._mine.turn = before
            if turn.is_taken:
                self._free.release()

    def _begun(self, connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("stands_alone"):
            return
        if not options.get("writes"):
            connection.exec_driver_sql("BEGIN")
            return
        turn: _Turn | None = getattr(self._mine, "turn", None)
        if turn is not None and not turn.is_taken:
            turn.is_taken = self._free.acquire(timeout=BUSY_SECONDS)
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # where it was not, this says how long it took


@dataclass(slots=True)
class _Turn:
    is_taken: bool = False
