"""A course that was brought over gives each notebook what its own grader would: test by test, right work and wrong.

There a test cell is run in the student's process, below their code; `exec` does so here. The peers' own courses
are compared by `make bench`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from grader.authoring.importing.command import ImportRequest, run_import
from grader.authoring.proof.mutants import mutants
from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.notebook.bundle import as_one
from grader.report.report import Verdict
from grader.wall.sandbox import Sandbox
from tests import foreign
from tests.notebooks import code, notebook

CUBES = "def cubes(n):\n    if n < 1:\n        raise ValueError('n')\n    return [k ** 3 for k in range(1, n + 1)]"
ADDED = "def added(n):\n    return sum(cubes(n))"
MEAN = "def mean(values):\n    return sum(values) / len(values)\n\n\nlargest = max([3, 9, 4])"
USES = """\
kept = cubes
del cubes
try:
    added(1)
except NameError:
    pass
else:
    raise AssertionError("it does not use cubes")
finally:
    cubes = kept"""
RAISES = "try:\n    cubes(0)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError('nothing was raised')"
TESTS = {
    "first_cubes": "assert cubes(1) == [1]\nassert cubes(3) == [1, 8, 27]",
    "no_cubes": RAISES,
    "sums": "assert added(1) == 1\nassert added(4) == 100",
    "by_cubes": USES,
    "means": "import math\nassert math.isclose(mean([1, 2, 6]), 3)\nassert mean([5]) == 5",
    "is_largest": "assert largest == 9",
}
#: of the answers, the suite tries every third
EVERY = 3
ANSWERS = {"one": {"cubes": CUBES, "added": ADDED}, "two": {"mean": MEAN}}
ASKED = {"one": ["first_cubes", "no_cubes", "sums", "by_cubes"], "two": ["means", "is_largest"]}


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Grader]:
    """Of two notebooks that were one assignment of nbgrader."""
    folder = tmp_path_factory.mktemp("course")
    for name, answers in ANSWERS.items():
        cells = [foreign.answer(target, source) for target, source in answers.items()]
        cells += [foreign.test(test, 1, TESTS[test]) for test in ASKED[name]]
        foreign.write(folder / "source" / "ps" / f"{name}.ipynb", *cells)
    request = ImportRequest(source=folder / "source", output=folder / "ours", check=True, sandbox="none")
    assert run_import(request, environment={}) == 0
    course = Course(Path(folder / "ours"))
    with Grader(course, course.assignment("ps"), sandbox=sandbox) as opened:
        yield opened


def handed_in() -> Iterator[dict[str, dict[str, str]]]:
    """Solved; and with each answer in turn as it begins, left out, or one of its mutants."""
    yield ANSWERS
    for name, answers in ANSWERS.items():
        for target, solution in answers.items():
            wrong = [
                "raise NotImplementedError()",
                f"{target} = 3",
                *(each.source for each in mutants(solution, target)),
            ]
            yield from ({**ANSWERS, name: {**answers, target: source}} for source in wrong)


def there(answers: dict[str, str], tests: list[str]) -> dict[str, bool]:
    """Whether each test runs through below these cells, in one process; an error of a cell is passed over."""
    names: dict[str, Any] = {}
    for source in answers.values():
        _runs(source, names)
    return {test: _runs(TESTS[test], names) for test in tests}


def _runs(source: str, names: dict[str, Any]) -> bool:
    try:
        with redirect_stdout(StringIO()):
            exec(source, names)
    except Exception:
        return False
    return True


@pytest.mark.parametrize("first", [0, *(pytest.param(n, marks=pytest.mark.thorough) for n in range(1, EVERY))])
def test_each_test_gives_what_it_gives_in_the_students_process(grader: Grader, first: int) -> None:
    """Of both notebooks, for dozens of wrong answers, a third of them with every suite; all points of the course came
    over.

    But for one thing: a test that waits for a NameError is content there with an answer that is not there at all.
    """
    differing = []
    count = 0
    for answers in islice(handed_in(), first, None, EVERY):
        files = [(f"{name}.ipynb", notebook(*map(code, cells.values()))) for name, cells in answers.items()]
        report = grader.grade(*as_one(files))
        checks = [check for each in report.exercises for check in each.checks]
        here = {check.id: check.earned == 1 for check in checks if check.verdict is not Verdict.MISSING}
        theirs = {test: passed for name, tests in ASKED.items() for test, passed in there(answers[name], tests).items()}
        count += 1
        differing += [(answers, test) for test, passed in here.items() if passed != theirs[test]]

    assert differing == []
    assert count > 20 // EVERY
