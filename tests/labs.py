"""The labs on which the suite proves what holds of every lab; with `-m thorough` it is proven on the others too.

Between them the few have every kind of exercise. What costs next to nothing is tested on all. No test lives here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from grader.authoring.release import package
from grader.authoring.student_package import practice_files
from grader.course.folder import Course
from grader.grading.lacking import lacking_libraries

COURSE: Final = Course(Path(__file__).parents[1])
FEW: Final = ("digits", "digits_training", "numpy_basics", "quiz_training", "relu_lab", "sklearn_pipeline")

#: whose functions take tensors, which rooms make; tests that call a reference in their own process have none
TENSORS: Final = frozenset(name for name in COURSE.ids if COURSE.assignment(name).runtime == "torch")


def labs(names: Iterable[str] = COURSE.ids) -> list[Any]:
    """These labs as the cases of a test: those of the few run with every suite, the others with `-m thorough`."""
    return [lab(name, thorough=name not in FEW) for name in names]


def lab(name: str, *, thorough: bool = False) -> Any:
    """A lab as the case of a test that runs its code, and is skipped where a library that it needs is missing."""
    lacking = _lacking(name)
    marks = [pytest.mark.thorough] if thorough else []
    if lacking:
        marks.append(pytest.mark.skip(reason=f"{lacking[0]} is not installed: pip install -e '.[{lacking[0]}]'"))
    return pytest.param(name, marks=marks)


@cache
def packed(name: str) -> dict[str, bytes]:
    """The lab as students get it. Its reference is asked for that, so the tests of a worker share one."""
    return package(COURSE, COURSE.assignment(name), sandbox="none")


@cache
def practice(name: str) -> dict[str, bytes]:
    """What of it is practice."""
    return practice_files(COURSE, COURSE.assignment(name), sandbox="none")


@cache
def _lacking(name: str) -> tuple[str, ...]:
    return tuple(lacking_libraries(COURSE.assignment(name).libraries))
