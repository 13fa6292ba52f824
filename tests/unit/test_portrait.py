"""When an object of a course is what it was: by what it does, not by where it stands."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from grader.course.portrait import NotPortrayable, Painter

HEAD = "import numpy as np\nfrom dataclasses import dataclass\n"
F1, F2 = "def f(x): return x\n", "def f(x): return 2\n"
MADE = "def made(n): return lambda x: x < n\n"
#: what stands in two revisions of a course, and whether `it` is the same in both
CASES = {
    "a comment": ("def it(x):\n    return x + 1\n", "# new\n\ndef it(x):  # one more\n    return x + 1\n", True),
    "another constant": ("def it(x):\n    return x + 1\n", "def it(x):\n    return x + 2\n", False),
    "another operator": ("it = lambda x: x + 1\n", "it = lambda x: x - 1\n", False),
    "another default": ("def it(x=1):\n    return x\n", "def it(x=2):\n    return x\n", False),
    "a helper that differs": (F1 + "def it(x): return f(x)\n", F2 + "def it(x): return f(x)\n", False),
    "a helper nobody calls": (F1 + "def it(x): return x\n", F2 + "def it(x): return x\n", True),
    "a closure": (MADE + "it = made(1)\n", MADE + "it = made(2)\n", False),
    "a global number": ("N = 1\ndef it(x): return x < N\n", "N = 2\ndef it(x): return x < N\n", False),
    "equal arrays": ("it = (np.zeros(3),)\n", "it = (np.array([0.0, 0.0, 0.0]),)\n", True),
    "another dtype": ("it = (np.zeros(3),)\n", "it = (np.zeros(3, dtype=int),)\n", False),
    "one is not true": ("it = (1,)\n", "it = (True,)\n", False),
    "a library's function": ("it = np.sum\n", "it = np.prod\n", False),
    "a class of the course": (
        "@dataclass\nclass A:\n    n: int\n    def f(self): return 1\nit = A(1)\n",
        "@dataclass\nclass A:\n    n: int\n    def f(self): return 2\nit = A(1)\n",
        False,
    ),
    "calls itself": ("def it(x): return x and it(x - 1)\n", "\ndef it(x): return x and it(x - 1)\n", True),
}  # fmt: skip


def portrait(folder: Path, source: str) -> Any:
    folder.mkdir()
    file = folder / "assignment.py"
    file.write_text(HEAD + source, encoding="utf-8")
    return Painter(home=folder).portrait(runpy.run_path(str(file))["it"])


@pytest.mark.parametrize(("before", "now", "same"), CASES.values(), ids=CASES)
def test_equal_portraits_are_equal_behaviour(tmp_path: Path, before: str, now: str, same: bool) -> None:
    """Whatever could judge otherwise makes another portrait; where it stands makes none."""
    assert (portrait(tmp_path / "before", before) == portrait(tmp_path / "now", now)) is same


def test_what_cannot_be_looked_into_has_no_portrait(tmp_path: Path) -> None:
    """Then nobody says that it is the same."""
    with pytest.raises(NotPortrayable):
        portrait(tmp_path / "course", "it = (x for x in ())\n")
