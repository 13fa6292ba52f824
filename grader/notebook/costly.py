"""Cells that a parser does not come through: a process reads one after the other, each in its share of the time.

Python's parser tries nested brackets and strings that are never closed in ways that double with each level (150
characters are minutes in 3.11), and nothing interrupts it but the end of its process. Nobody can read such a cell; its
neighbours are not at fault. Each cell is read once here, so the work grows with the notebook and no faster. What the
cells say, and what is made of them, is not known here.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final, NoReturn

from grader.limits import MEGABYTE
from grader.notebook.bundle import each_of
from grader.notebook.notebook import Cell, Notebook
from grader.notebook.process import bound, heard
from grader.notebook.submission.cells import read_cells, read_plain

#: of one process; the kernel counts whole ones
MOST_SECONDS: Final = 1
MOST_MEMORY: Final = 256 * MEGABYTE
#: what a cell counts for beside its characters, when the time is shared out
CELL_CHARACTERS: Final = 1_000
#: some times what an honest cell needs, however little its share of a large notebook would be; and for each character
LEAST_SECONDS: Final = 0.008
SECONDS_A_CHARACTER: Final = 1e-5
#: how a process ends that has had all the time there was: no cell of it is to blame
_OUT_OF_TIME: Final = (signal.SIGXCPU, signal.SIGKILL)


def with_costly(notebook: Notebook, seconds: float) -> Notebook:
    """The notebook, and those beside it, with the cells marked that take more than their share of `seconds` of
    processor time. What was not come to within them stays as it is."""
    import grader.notebook.submission.magics  # noqa: F401  # IPython takes 0.1 s, which is the share of no cell

    cells = [cell for each in each_of(notebook) for cell in each.cells]
    costly = _costly(cells, seconds)
    told = iter([replace(cell, costly=at in costly) for at, cell in enumerate(cells)])
    first, *others = (replace(each, cells=tuple(next(told) for _ in each.cells)) for each in each_of(notebook))
    return replace(first, beside=tuple(others))


def _costly(cells: Sequence[Cell], seconds: float) -> set[int]:
    """The places of the cells at which a reader ended; the next one goes on behind it."""
    shares = _shares(cells, seconds)
    found: set[int] = set()
    at, left = 0, seconds
    while at < len(cells) and left > 0:
        begun, status, took = _read_from(cells[at:], shares[at:])
        at, left = at + begun, left - took
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in _OUT_OF_TIME:
            break
        if os.WIFSIGNALED(status) or at < len(cells):
            found.add(at - 1)
    return found


def _shares(cells: Sequence[Cell], seconds: float) -> list[float]:
    """The seconds that each cell gets: its part of all, by its length, or more if that is little; half of them at most,
    so that two are found."""
    lengths = [len(cell.source) for cell in cells]
    all_characters = sum(lengths) + CELL_CHARACTERS * len(cells)
    parts = (seconds * (length + CELL_CHARACTERS) / all_characters for length in lengths)
    least = (LEAST_SECONDS + SECONDS_A_CHARACTER * length for length in lengths)
    return [min(seconds / 2, max(part, most)) for part, most in zip(parts, least, strict=True)]


def _read_from(cells: Sequence[Cell], shares: Sequence[float]) -> tuple[int, int, float]:
    """How many cells a process began to read, how it ended, and the seconds of processor time it took."""
    told, ours = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        _read_each(cells, shares, ours)
    os.close(ours)
    try:
        begun = len(heard(told))
    finally:
        os.close(told)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
    return max(begun, 1), status, used.ru_utime + used.ru_stime


def _read_each(cells: Sequence[Cell], shares: Sequence[float], ours: int) -> NoReturn:
    """The life of the process: it tells of each cell before it reads it, and its timer ends it."""
    try:
        gc.disable()
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGPROF])
        bound(MOST_SECONDS, MOST_MEMORY)
        for cell, share in zip(cells, shares, strict=True):
            os.write(ours, b".")
            signal.setitimer(signal.ITIMER_PROF, share)
            _read(cell)
        signal.setitimer(signal.ITIMER_PROF, 0)
    finally:
        os._exit(0)


def _read(cell: Cell) -> None:
    """All that is ever read of a cell: as it is, and what stands below its magic, or in prose that may be code."""
    if cell.kind != "code":
        read_plain(cell)
        return
    for read in read_cells([cell]):
        if read.magic is not None:
            read_plain(replace(cell, source=read.magic.body))
