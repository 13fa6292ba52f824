"""A class of sixty in which twelve go wrong, each in a way of its own, on the small course. No tests here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tests.hostile.small_course import DOUBLE, body, handed_in
from tests.notebooks import code, notebook
from tests.unit.handed_in import zipped

_WRONG: Final = DOUBLE.replace("2.0 * x", "x")
_RAISES: Final = DOUBLE.replace("2.0 * x", "x / undefined")
#: forty-eight students: most are right, some are wrong, some raise
OTHERS: Final = {
    f"s{number:02}": handed_in(
        f"{(_RAISES if number % 12 == 5 else _WRONG if number % 6 == 3 else DOUBLE)}# {number}\n"
    )
    for number in range(1, 49)
}
#: of newline, formula and a mark that turns the reading direction around
NAME: Final = "=1+1\n\u202ename"
BIG_BYTES: Final = 300_000_000
STRANGER: Final = "stranger"

_KILLER: Final = """\
    import os
    for process in (os.getppid(), 1, -1):
        try:
            os.kill(process, 9)
        except OSError:
            pass
    while True:
        os.fork()
"""
_LAB: Final = notebook(code("# GRADED CELL: my_softmax\ndef my_softmax(z):\n    return z"))
BAD: Final = {
    "another_lab.ipynb": _LAB,
    "blank.ipynb": b"",
    "bomb.zip": zipped({"bomb.ipynb": bytes(30_000_000)}),
    "cell_less.ipynb": notebook(),
    "cut_off.ipynb": b'{"cells": [',
    "endless.ipynb": body("while True: pass"),
    "greedy.ipynb": body("return [0] * 10**10"),
    "killer.ipynb": body(_KILLER),
    "loud.ipynb": body("return 2.0 * x", before="print('x' * 10**7)"),
    f"{NAME}.ipynb": handed_in(),
    "slash.zip": zipped({"../../slash.ipynb": handed_in()}),
    f"{STRANGER}.ipynb": handed_in(),
    "twice/lab.ipynb": handed_in(_WRONG),
    "twice/lab (1).ipynb": handed_in(),
}


def write_others(folder: Path) -> Path:
    """The class without the twelve."""
    folder.mkdir(parents=True)
    for student, data in OTHERS.items():
        (folder / f"{student}.ipynb").write_bytes(data)
    return folder


def write_class(folder: Path) -> Path:
    """All sixty and two more kinds of nothing; the file with 300 MB of outputs takes no room on the disk."""
    write_others(folder)
    for name, data in BAD.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    with (folder / "heavy.ipynb").open("wb") as file:
        file.write(handed_in()[:-1])
        file.truncate(BIG_BYTES)
    return folder


def write_roster(path: Path, students: Iterable[str]) -> Path:
    """A roster of these."""
    text = io.StringIO()
    csv.writer(text).writerows([["id"], *([student] for student in students)])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path
