"""The inside of the lender's process: runs references on the arguments of students, one call at a time. Trusted code.

It is told its functions first, each as the job of a room without questions. Then it forks a counter for each room that
borrows: that one answers every `Borrow` by the name of its target, and ends with the `Leave` of the room. So nothing of
one student is there when the next one asks. The arguments are hostile: computing time and memory are bounded by the
kernel before each call.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import warnings
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, NoReturn

import numpy as np

from grader.errors import ProtocolError
from grader.lender.process import PID
from grader.protocol import MAX_ERROR_TEXT, Borrow, Job, Leave, Lent, Message, NotLent, from_reader, to_bytes
from grader.room import kernel
from grader.room.landlock import landlock_ruleset
from grader.values import Array, Value, freeze, identical, thaw

TOO_LARGE = "what it returns is larger than the grader can send"
#: what Python and NumPy hold of RLIMIT_DATA before the first call, with room to spare (measured: 40 MB)
PRELOADED_DATA = 200 * 1024 * 1024
ADDRESS_SPACE = 16 * 1024 * 1024 * 1024
MAX_INCOMING = 1024 * 1024 * 1024
CHUNK = 1024 * 1024
_JUDGE_GONE = 3


class Shop:
    """The functions that are lent, by name; each is made when it is first asked for."""

    def __init__(self, jobs: dict[str, Job], *, call_seconds: int) -> None:
        self.jobs = jobs
        self.call_seconds = call_seconds
        self.functions: dict[str, Callable[..., Any]] = {}

    def serve(self, borrow: Borrow) -> bytes:
        """Call the function, and frame what comes of it. Whatever it raises is an answer."""
        job = self.jobs[borrow.name]
        if borrow.name not in self.functions:
            self.functions[borrow.name] = _function(job)
        no_memory = to_bytes(NotLent(id=borrow.id, type="MemoryError", text=""))  # when there is none, it is too late
        _bound_computing_time(self.call_seconds)
        random.seed(job.seed)
        np.random.seed(job.seed)
        try:
            args, named = [thaw(arg) for arg in borrow.args], {name: thaw(arg) for name, arg in borrow.named.items()}
            value = freeze(self.functions[borrow.name](*args, **named))
            return _fitting(Lent(id=borrow.id, value=value, arguments=_changed(borrow, args, named)), job.answer_bytes)
        except Exception as error:
            try:
                return _refusal(borrow, error)
            except MemoryError:
                return no_memory


def main(call_seconds: int, memory_bytes: int, readable: Sequence[str]) -> None:
    """Serve until the judge closes our standard input. Standard output is the way back; nothing else prints there.

    Of all files, only those below `readable` can be opened, where the kernel can refuse that.
    """
    answers = os.dup(1)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # as long as the process
    os.dup2(sys.stdout.fileno(), 1)
    _bound(memory_bytes)
    jobs: dict[str, Job] = {}
    while isinstance(told := _next(), Job):
        jobs[told.target] = told
    shop = Shop(jobs, call_seconds=call_seconds)
    warnings.simplefilter("ignore")
    _close_the_disk(readable)
    while True:
        if (counter := os.fork()) == 0:
            _serve_one_room(shop, answers)
        _, status = os.waitpid(counter, 0)
        if status != 0:
            _end_like(status)


def _serve_one_room(shop: Shop, answers: int) -> NoReturn:
    code = 1
    try:
        _write(answers, PID.pack(os.getpid()))
        while isinstance(asked := _next(), Borrow):
            _write(answers, shop.serve(asked))
        code = 0 if isinstance(asked, Leave) else 1
    except EOFError:
        code = _JUDGE_GONE
    finally:
        os._exit(code)


def _end_like(status: int) -> NoReturn:
    """As the counter did: by how we end, the judge tells a call that took too long from a fault of ours."""
    if os.WIFSIGNALED(status):
        os.kill(os.getpid(), os.WTERMSIG(status))
    os._exit(1)


def _next() -> Message:
    """Read without a buffer: what is there already may be for the next counter."""

    def read(count: int) -> bytes:
        parts: list[bytes] = []
        while count:
            part = os.read(0, min(count, CHUNK))
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    return from_reader(read, max_bytes=MAX_INCOMING, max_header=MAX_INCOMING)


def _write(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


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


def _close_the_disk(readable: Sequence[str]) -> None:
    """A reference that opens the file it is told would else read any, and say in its error what stands in it."""
    if kernel.landlock_abi() > 0:
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.landlock_restrict(landlock_ruleset([path for path in readable if os.path.exists(path)], ()))  # noqa: PTH110


def _bound_computing_time(seconds: int) -> None:
    """The kernel ends this process when the next call has used so much; what it used before does not count."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, most))
