"""Reading what was handed in, in a process of its own with a bound on processor time and memory.

What a student wrote is read by our code and by Python's parser, IPython and others; what those do with text that was
made to be costly nobody promises (`import a.a.a...` of 180 kB takes CPython's parser 20 seconds and 8 GB). The process
is forked for one call and runs no student code, so its answer is believed. Where one is killed, the cells that it did
not come through are looked for and left unread; if that does not help, the submission is not graded, by name.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, NoReturn, TypeVar

from grader.course.assignment import Assignment
from grader.errors import GraderError, TooCostly
from grader.limits import MEGABYTE, NotebookLimits
from grader.messages import counted, say
from grader.notebook.bundle import each_of, read_together
from grader.notebook.costly import with_costly
from grader.notebook.notebook import Notebook
from grader.notebook.process import bound, heard
from grader.notebook.submission import Submission, extract
from grader.notebook.submission.exported import SHELL

T = TypeVar("T")

#: of processor time, for one call; a real notebook takes some hundredths of them. See also MORE_SECONDS
MOST_SECONDS: Final = 4
#: of these, for what is done with a notebook's cells at first; to look for costly cells among them; and then again
FIRST_SECONDS: Final = 1
LOOK_SECONDS: Final = 1
AGAIN_SECONDS: Final = MOST_SECONDS - FIRST_SECONDS - LOOK_SECONDS
#: for each thing that is looked for beyond that, once an answer fails
MORE_SECONDS: Final = 1
#: beyond what this process holds, and beyond the bytes handed in, of which text may take four times as many and more
MOST_MEMORY: Final = 256 * MEGABYTE
MEMORY_FOR_A_BYTE: Final = 8


def read_notebook(data: bytes, limits: NotebookLimits) -> Notebook:
    """See `bundle.read_together`. Raises UnreadableSubmission, and TooCostly."""
    return within_budget(lambda: read_together(data, limits), of=len(data))


def find_answers(notebook: Notebook, assignment: Assignment) -> Submission:
    """See `submission.extract`. Raises TooCostly."""
    return by_cells(notebook, lambda told: replace(extract(told, assignment), is_dear=told is not notebook))


def by_cells(notebook: Notebook, use: Callable[[Notebook], T]) -> T:
    """What `use` makes of the cells of `notebook`; if that takes long, without those that a parser does not come
    through, which are then `costly`. Raises TooCostly if that takes too much as well."""
    cells = (cell for each in each_of(notebook) for cell in each.code_cells)
    if any(sign in cell.source for cell in cells for sign in ("%", "!", SHELL)):
        import grader.notebook.submission.magics  # noqa: F401  # here once, rather than in every reader: IPython takes 0.1 s
    try:
        return within_budget(lambda: use(notebook), seconds=FIRST_SECONDS)
    except TooCostly:
        told = with_costly(notebook, LOOK_SECONDS)
    try:
        return within_budget(lambda: use(told), seconds=AGAIN_SECONDS)
    except TooCostly:
        raise TooCostly(say("too_costly", time=counted(MOST_SECONDS, "second"))) from None


def within_budget(read: Callable[[], T], *, of: int = 0, seconds: int = MOST_SECONDS) -> T:
    """What `read` returns, or the GraderError it raises; of `of` bytes. Raises TooCostly if it takes too much.

    Where processes cannot be bounded, it is called here.
    """
    if sys.platform != "linux":
        return read()
    answers, ours = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answers)
        _answer(read, ours, seconds, MOST_MEMORY + MEMORY_FOR_A_BYTE * of)
    os.close(ours)
    try:
        said = heard(answers)
    finally:
        os.close(answers)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    value, error = _believed(said)
    if isinstance(error, _Spent):
        raise TooCostly(say("too_costly", time=counted(seconds, "second")))
    if error is not None:
        raise error
    return value  # type: ignore[no-any-return]


class _Spent(Exception):
    """Time or memory was used up."""


def _believed(said: bytes) -> tuple[Any, Exception | None]:
    try:
        return pickle.loads(said)  # type: ignore[no-any-return]  # noqa: S301  # from our own process, as `crew` has it
    except (EOFError, pickle.UnpicklingError):  # it was ended before it had said all
        return None, _Spent()


def _answer(read: Callable[[], T], ours: int, seconds: int, memory: int) -> NoReturn:
    """The life of the process: read, say what came of it, end."""
    try:
        gc.disable()  # it lives for one call; to look through the trees of a large notebook was half of its time
        bound(seconds, memory)
        said = pickle.dumps(_outcome(read), protocol=pickle.HIGHEST_PROTOCOL)
        with os.fdopen(ours, "wb") as pipe:
            pipe.write(said)
    finally:
        os._exit(0)


def _outcome(read: Callable[[], T]) -> tuple[T | None, Exception | None]:
    try:
        return read(), None
    except GraderError as error:
        return None, error
    except MemoryError:
        return None, _Spent()
    except Exception as error:  # ours, and nothing that is handed on: it may not pickle
        return None, RuntimeError(f"{type(error).__name__}: {error}")
