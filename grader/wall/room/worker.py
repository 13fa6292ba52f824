"""The worker: runs one job's statements, then answers questions about what they bound. Lives in the room.

It knows no expected value and decides nothing. It shares its process with student code, so whatever it sends is a
claim; the judge on the other side of the wall treats it as one.
"""

from __future__ import annotations

import builtins
import contextlib
import linecache
import os
import sys
import tempfile
import types
from collections import deque
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from grader.errors import ProtocolError
from grader.wall.chance import seed_all
from grader.wall.frames import Reader
from grader.wall.message_frames import from_reader, to_bytes
from grader.wall.protocol import (
    TOO_LARGE,
    Borrow,
    Call,
    Describe,
    Failure,
    Follow,
    Job,
    Leave,
    Lent,
    Loan,
    NotLent,
    Opened,
    Outcome,
    Question,
    Raised,
    Read,
    Returned,
    Sent,
    Statement,
    Unsupported,
)
from grader.wall.room.asynchronous import Asynchronous
from grader.wall.room.borrowing import Borrowing
from grader.wall.room.compatibility import Compatibility
from grader.wall.room.figures import library
from grader.wall.room.following import follow, value_or_kept
from grader.wall.room.models import describe
from grader.wall.room.objects import Arguments
from grader.wall.room.rewriting import compiled
from grader.wall.room.student_error import cell_name, student_error
from grader.wall.room.warned import tell_warnings_plainly
from grader.wall.values import MAX_ARRAYS, MAX_NODES, UnsupportedValueError, freeze, in_words

MAX_QUESTION = 256 * 1024 * 1024
#: bytes of a frame of frozen values that is within every cap of the decoder: a part takes 8, an array's entry 16
SURELY_READ = min(8 * MAX_NODES, 16 * MAX_ARRAYS)


class Worker:
    """One job's namespace, and the conversation about it.

    Making one reads the job and gets ready, without a line of the student's; `serve` runs it and answers until told to
    leave. `compatibility` is installed already: the zygote did it once for all rooms.
    """

    def __init__(self, questions: BinaryIO, answers: BinaryIO, compatibility: Compatibility) -> None:
        self.read = _exactly(questions)
        self.answers = answers
        self.compatibility = compatibility
        self.module = types.ModuleType("__main__")
        self.answered = 0
        self.waiting: deque[Sent] = deque()  # questions that came while a borrowed function was waited for
        job = from_reader(self.read, max_bytes=MAX_QUESTION, max_header=MAX_QUESTION)
        if not isinstance(job, Job):
            raise TypeError("the first message of a room is its job")
        self.job = job
        self.asynchronous = Asynchronous()
        self.borrowing = Borrowing(job.borrows, self._borrow, job.told)
        self.kept: dict[Any, Any] = {}  # objects of the work's that an instructor's cell holds, by number
        _seed(job.seed)
        _settle()
        _write_files(job.files)
        self.compatibility.find(job.files)
        self._prepare()

    def serve(self) -> None:
        """Run the job's statements, then answer until told to leave."""
        failures = tuple(self._run())
        found = self.module.__dict__.get(self.job.target)
        kind = None if self.job.target not in self.module.__dict__ else in_words(found)
        told = self.borrowing.taken
        self._send(Opened(failures=failures, target_type=kind, notices=self.compatibility.notices, told=told))
        while not isinstance(question := self._next(), Leave):
            self._write(self._that_fits(self._answer(question)))  # type: ignore[arg-type]  # nothing but questions now
            self.answered += 1
        self._send(Leave(answered=self.answered, notices=self.compatibility.notices))

    def _next(self) -> Sent:
        return self.waiting.popleft() if self.waiting else self._hear()

    def _hear(self) -> Sent:
        return from_reader(self.read, max_bytes=MAX_QUESTION, max_header=MAX_QUESTION)

    def _send(self, message: Sent) -> None:
        self._write(to_bytes(message))

    def _write(self, frame: bytes) -> None:
        sys.stdout.flush()
        self.answers.write(frame)
        self.answers.flush()

    def _borrow(self, request: Borrow) -> Loan:
        """Have the judge call a function for us. Raises ValueError for arguments that are too large to send."""
        frame = to_bytes(request)
        if not self._can_be_read(frame):
            raise ValueError(f"the arguments of {request.name} are larger than the grader can take")
        self._write(frame)
        while not isinstance(message := self._hear(), Lent | NotLent):
            self.waiting.append(message)
        return message

    def _prepare(self) -> None:
        sys.modules["__main__"] = self.module
        self.module.__dict__.update(__builtins__=builtins, display=_ignore, **self.compatibility.names)
        builtins.input = _nobody_there
        library()
        tell_warnings_plainly()

    def _run(self) -> Iterator[Failure]:
        flags = 0
        self.module.__dict__.update(self.compatibility.starred([each.source for each in self.job.statements]))
        self.module.__dict__.update(self.borrowing.functions)
        for number, statement in enumerate(self.job.statements):
            try:
                code = self._compiled(statement, flags)
                flags |= code.co_flags & _FUTURE_FLAGS
                self.asynchronous.finish(eval(code, self.module.__dict__))  # noqa: S307  # the purpose of this process
            except BaseException as error:
                yield Failure(statement=number, error=student_error(error))
            if "import" in statement.source and "*" in statement.source:
                self.module.__dict__.update(self.compatibility.behind_a_star(self.module.__dict__))
            self.module.__dict__.update(self.borrowing.functions)  # the student's own version never takes their place

    def _compiled(self, statement: Statement, flags: int) -> types.CodeType:
        name = cell_name(statement.cell)
        padded = "\n" * (statement.line - 1) + statement.source
        lines = [f"{line}\n" for line in padded.split("\n")]  # as Python counts them; `splitlines` breaks at more
        linecache.cache[name] = (len(padded), None, lines, name)
        return compiled(padded, name, flags)

    def _answer(self, question: Question) -> Outcome:
        try:
            outcome = self._outcome(question)
        except UnsupportedValueError as error:
            outcome = Unsupported(id=question.id, what=error.what)
        except BaseException as error:
            outcome = Raised(id=question.id, error=student_error(error))
        return outcome

    def _that_fits(self, outcome: Outcome) -> bytes:
        """The frame of the outcome if the judge can read it, else of what it was: no honest answer may look forged."""
        frame = to_bytes(outcome)
        return frame if self._can_be_read(frame) else to_bytes(Unsupported(id=outcome.id, what=TOO_LARGE))

    def _can_be_read(self, frame: bytes) -> bool:
        if len(frame) <= min(SURELY_READ, self.job.answer_bytes):
            return True
        try:
            from_reader(BytesIO(frame).read, max_bytes=self.job.answer_bytes)
        except ProtocolError:
            return False
        return True

    def _outcome(self, question: Question) -> Outcome:
        target = self._lookup(question.target)
        match question:
            case Call():
                if self.job.reseeds:
                    _seed(self.job.seed)
                arguments = Arguments(question.args, question.named)
                with self._lacking(question.without):
                    value = self.asynchronous.finish(target(*arguments.by_place, **arguments.by_name))
                after = arguments.afterwards()
                told = freeze(value) if question.keeps is None else value_or_kept(value, question.keeps, self.kept)
                return Returned(id=question.id, value=told, arguments=after)
            case Follow():
                if self.job.reseeds:
                    _seed(self.job.seed)
                told = follow(target, question.steps, self.asynchronous.finish, self.kept)
                return Returned(id=question.id, value=told)
            case Read():
                return Returned(id=question.id, value=freeze(target))
            case Describe():
                return Returned(id=question.id, value=describe(target, question.inputs.data))

    @contextlib.contextmanager
    def _lacking(self, names: tuple[str, ...]) -> Iterator[None]:
        """Meanwhile the student's code finds none of these names."""
        bound = self.module.__dict__
        taken = {name: bound.pop(name) for name in names if name in bound}
        try:
            yield
        finally:
            bound.update({name: value for name, value in taken.items() if name not in bound})

    def _lookup(self, name: str) -> Any:
        if name not in self.module.__dict__:
            raise NameError(f"name {name!r} is not defined", name=name)
        return self.module.__dict__[name]


#: bits of a code object that say which __future__ features it was compiled with
_FUTURE_FLAGS = 0x1FE0000


def _exactly(stream: BinaryIO) -> Reader:
    def read(count: int) -> bytes:
        data = stream.read(count)
        if len(data) != count:
            raise EOFError("the judge is gone")
        return data

    return read


def _seed(seed: int) -> None:
    """The same random numbers in every room; Keras and torch draw initial weights from generators of their own."""
    seed_all(seed)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def _settle() -> None:
    """Let libraries write their temporary files and dot-files here: the only folder a locked room may write in."""
    os.environ["HOME"] = os.environ["TMPDIR"] = str(Path.cwd())
    tempfile.tempdir = None


def _write_files(files: dict[str, bytes]) -> None:
    """Put the given files into the work folder, read-only and importable, but behind every installed library."""
    sys.path.append(str(Path.cwd()))
    for name, data in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        read_only = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)  # at once: a locked room may not chmod
        with os.fdopen(read_only, "wb") as file:
            file.write(data)


def _ignore(*_: object, **__: object) -> None:
    """Stands in for IPython's `display`: nobody looks."""


def _nobody_there(prompt: object = "") -> NoReturn:
    del prompt
    raise EOFError(
        "input() waits for a person, and nobody is there while a notebook is graded; use a fixed value instead"
    )
