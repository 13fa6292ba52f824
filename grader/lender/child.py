"""The inside of the lender's process: runs references on the arguments of students, one call at a time. Trusted code.

It is told its functions first, each as the job of a room without questions; then it answers every `Borrow` by the name
of its target. The arguments are hostile: computing time and memory are bounded by the kernel before each call.
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import sys
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any, BinaryIO

import numpy as np

from grader.errors import ProtocolError
from grader.protocol import MAX_ERROR_TEXT, Borrow, Job, Lent, Message, NotLent, from_reader, to_bytes
from grader.values import Array, Value, freeze, identical, thaw

TOO_LARGE = "what it returns is larger than the grader can send"
#: what Python and NumPy hold of RLIMIT_DATA before the first call, with room to spare (measured: 40 MB)
PRELOADED_DATA = 200 * 1024 * 1024
ADDRESS_SPACE = 16 * 1024 * 1024 * 1024
MAX_INCOMING = 1024 * 1024 * 1024


class Shop:
    """The functions that are lent, by name; each is made when it is first asked for."""

    def __init__(self, jobs: dict[str, Job], *, call_seconds: int) -> None:
        self.jobs = jobs
        self.call_seconds = call_seconds
        self.functions: dict[str, Callable[..., Any]] = {}

    def serve(self, borrow: Borrow) -> bytes:
        """Call the function, and frame what comes of it. Whatever it raises is an answer."""
        args, named = [thaw(arg) for arg in borrow.args], {name: thaw(arg) for name, arg in borrow.named.items()}
        job = self.jobs[borrow.name]
        if borrow.name not in self.functions:
            self.functions[borrow.name] = _function(job)
        no_memory = to_bytes(NotLent(id=borrow.id, type="MemoryError", text=""))  # when there is none, it is too late
        _bound_computing_time(self.call_seconds)
        random.seed(job.seed)
        np.random.seed(job.seed)
        try:
            value = freeze(self.functions[borrow.name](*args, **named))
            return _fitting(Lent(id=borrow.id, value=value, arguments=_changed(borrow, args, named)), job.answer_bytes)
        except Exception as error:
            try:
                return _refusal(borrow, error)
            except MemoryError:
                return no_memory


def main(call_seconds: int, memory_bytes: int) -> None:
    """Serve until the judge closes our standard input. Standard output is the way back; nothing else prints there."""
    answers = os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # as long as the process
    os.dup2(sys.stdout.fileno(), 1)
    _bound(memory_bytes)
    questions = sys.stdin.buffer
    jobs: dict[str, Job] = {}
    while isinstance(told := _next(questions), Job):
        jobs[told.target] = told
    shop = Shop(jobs, call_seconds=call_seconds)
    warnings.simplefilter("ignore")
    with contextlib.suppress(EOFError):
        while isinstance(asked := _next(questions), Borrow):
            answers.write(shop.serve(asked))
            answers.flush()


def _next(questions: BinaryIO) -> Message:
    def read(count: int) -> bytes:
        data = questions.read(count)
        if len(data) != count:
            raise EOFError
        return data

    return from_reader(read, max_bytes=MAX_INCOMING, max_header=MAX_INCOMING)


def _function(job: Job) -> Callable[..., Any]:
    namespace: dict[str, Any] = {"__name__": "reference"}
    for statement in job.statements:
        exec(compile(statement.source, "<reference>", "exec"), namespace)  # noqa: S102  # the course's own code
    function: Callable[..., Any] = namespace[job.target]
    return function


def _refusal(borrow: Borrow, error: Exception) -> bytes:
    text = str(error.args[0] if isinstance(error, KeyError) and error.args else error)
    return to_bytes(NotLent(id=borrow.id, type=type(error).__name__, text=text[:MAX_ERROR_TEXT]))


def _changed(borrow: Borrow, args: list[Any], named: dict[str, Any]) -> tuple[Value, ...] | None:
    before, after = (*borrow.args, *borrow.named.values()), (*args, *named.values())
    return None if all(map(_is_still, before, after)) else tuple(map(freeze, after))


def _is_still(before: Value, now: Any) -> bool:
    """Whether an argument is bit for bit what it was; large arrays are compared where they lie."""
    match before:
        case Array(data=data) if type(now) is np.ndarray and now.flags.c_contiguous and data.ndim > 0:
            same_form = now.shape == data.shape and now.dtype == data.dtype
            return same_form and np.array_equal(now.view(np.uint8), data.view(np.uint8))
        case dict() if type(now) is dict:
            return list(before) == list(now) and all(_is_still(item, now[key]) for key, item in before.items())
        case list() | tuple() if type(now) is type(before):
            return len(before) == len(now) and all(map(_is_still, before, now))
        case _:
            return identical(before, freeze(now))


def _fitting(loan: Lent, most: int) -> bytes:
    """The loan in a frame, if the judge will be able to read it."""
    frame = to_bytes(loan)
    try:
        from_reader(BytesIO(frame).read, max_bytes=most)
    except ProtocolError:
        return to_bytes(NotLent(id=loan.id, type="ValueError", text=TOO_LARGE))
    return frame


def _bound(memory_bytes: int) -> None:
    for what, most in (
        (resource.RLIMIT_DATA, PRELOADED_DATA + memory_bytes),
        (resource.RLIMIT_AS, ADDRESS_SPACE + memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def _bound_computing_time(seconds: int) -> None:
    """The kernel ends this process when the next call has used so much; what it used before does not count."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, most))
