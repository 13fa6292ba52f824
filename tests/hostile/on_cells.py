"""Instructors' cells that end by their own fault, and work of students that would deceive one. Data only."""

from __future__ import annotations

from typing import Final

from grader.judging.cells import CourseCell
from grader.lab import cell
from grader.report.report import Verdict

SQUARES: Final = "def squares(n):\n    return [k * k for k in range(1, n + 1)]\n"

#: by what such a cell does
OURS: Final[dict[str, CourseCell]] = {
    "has a setup that fails": cell("assert squares(1) == [1]", setup="raise ValueError"),
    "loops for ever": cell("while True:\n    pass"),
    "calls for ever": cell("while True:\n    squares(1)"),
    "exits": cell("import sys\nsys.exit(0)"),
    "ends its process": cell("import os\nos._exit(0)"),
    "prints without end": cell("while True:\n    print('x' * 10_000)"),
    "prints a gigabyte at once": cell("print('x' * 2**30)"),
    "reads a file that is not there": cell("open('answers.csv')"),
    "lacks a module": cell("import no_such_module"),
    "is no Python": cell("%%time\nsquares(1)"),
    "passes what cannot be sent": cell("squares(object())"),
    "takes all memory": cell("x = 'x' * 10**11"),
}

_ALWAYS: Final = """\
class Always:
    def __eq__(self, other): return True
    def __getattr__(self, name): return Always()
    def __bool__(self): return True
    __hash__ = None
"""
_ACCOUNT: Final = """\
import os
class Account:
    def __init__(self, much): self.much = much
    @property
    def waits(self):
        while True: pass
    def floods(self):
        while True: os.write(1, b"x" * 65536)
    def quits(self): os._exit(0)
    def forges(self): self.__class__ = property
    def itself(self): return self
    def __getitem__(self, key): return self
    def __iter__(self):
        while True: yield 1
    def __len__(self): return -1
"""
_PATCHED: Final = """\
import builtins
def squares(n):
    builtins.isinstance = lambda *_: True
    return object()
"""

#: by what the work does: its source, the cell, and what may come of that; never that it passes
WORK: Final[dict[str, tuple[str, str, tuple[Verdict, ...]]]] = {
    "equals everything": (
        f"{_ALWAYS}def squares(n):\n    return Always()\n",
        "assert squares(2) == [1, 4]",
        (Verdict.FAILED,),
    ),
    "patches isinstance": (_PATCHED, "assert squares(2) == [1, 4]", (Verdict.FAILED, Verdict.RAISED)),
    "never answers": ("def squares(n):\n    while True: pass\n", "assert squares(2)", (Verdict.TIMED_OUT,)),
    "has an attribute that never comes": (_ACCOUNT, "assert Account(1).waits == 1", (Verdict.TIMED_OUT,)),
    "floods": (_ACCOUNT, "Account(1).floods()", (Verdict.OVER_LIMIT,)),
    "says that it is a list": (
        "class Lies:\n    __class__ = list\ndef squares(n): return Lies()\n",
        "assert isinstance(squares(2), list)",
        (Verdict.FAILED,),
    ),
    "bears the name of a library's class": (
        "class ndarray:\n    __module__ = 'numpy'\ndef squares(n): return ndarray()\n",
        "import numpy as np\nassert isinstance(squares(2), np.ndarray)",
        (Verdict.FAILED,),
    ),
    "gives what never ends": (
        "def squares(n):\n    while True: yield 1\n",
        "assert list(squares(2)) == [1, 4]",
        (Verdict.FAILED,),
    ),
    "keeps a function that it is passed": (
        "def squares(f):\n    while True: f(1)\n",
        "assert squares(lambda x: x) == [1]",
        (Verdict.TIMED_OUT,),
    ),
    "quits": (_ACCOUNT, "Account(1).quits()", (Verdict.RAISED,)),
    "becomes another class": (_ACCOUNT, "Account(1).forges()", (Verdict.RAISED,)),
    "iterates for ever": (_ACCOUNT, "assert list(Account(1)) == [1]", (Verdict.FAILED, Verdict.RAISED)),
    "has items without end": (_ACCOUNT, "assert Account(1)[0][0] == 1", (Verdict.FAILED,)),
    "has a length that there is not": (_ACCOUNT, "assert len(Account(1)) == -1", (Verdict.FAILED, Verdict.RAISED)),
}
