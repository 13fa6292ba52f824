"""`python -m tests.benchmarks.peer_examples`: courses of nbgrader and otter brought over, and graded there and here.

nbgrader's is its quickstart course, as its installed package writes it; otter's package brings none, so it gets one of
ours that has each kind of its tests. Each is handed in with its own solutions, blank, and with mutants of every answer;
what each test gives is compared one by one. The peers are installed from the package registry, without TensorFlow.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias

from grader.authoring.importing.command import ImportRequest, run_import
from grader.authoring.importing.regions import NBGRADER_STUB, otter_starter, without_region
from grader.authoring.proof.mutants import mutants
from grader.course.folder import Course
from grader.errors import GraderError
from grader.grading.grader import Grader
from grader.notebook.bundle import as_one
from grader.notebook.submission.names import names_of
from tests import foreign
from tests.benchmarks.peer_courses import PEERS
from tests.benchmarks.peers import installed, output_of
from tests.benchmarks.table import Row, Standing, at_least, row, table

#: mutants of each answer that are handed in
MUTANTS: Final = 4
#: what each test gave, as a share of its points, by its name
Verdicts: TypeAlias = Mapping[str, Fraction]
#: what a cell is as the peer hands it out
Clear: TypeAlias = Callable[[dict[str, Any]], str]
_TOLD: Final = """
import json, sys
from nbgrader.api import Gradebook
told = {}
with Gradebook("sqlite:///gradebook.db") as book:
    for each in book.assignment_submissions("ps1"):
        grades = [grade for notebook in each.notebooks for grade in notebook.grades]
        told[each.student.id] = {grade.name: [grade.auto_score, grade.max_score] for grade in grades}
json.dump(told, sys.stdout)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one student handed in: notebooks by name, as the peer's own authors write them."""

    name: str
    notebooks: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One peer's course: points of tests that run by themselves there, those that came over, and all verdicts that
    differ, out of how many."""

    peer: str
    automatic: Fraction
    came: Fraction
    verdicts: int
    differing: tuple[str, ...]


def main() -> int:
    """Ends with 1 if a reach was missed."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [measured for each in compared(Path(folder)) for measured in _rows(each)]
    sys.stdout.write(f"{table(rows)}\n")
    return int(any(measured.standing is Standing.NOT_REACHED for measured in rows))


def compared(scratch: Path) -> Iterator[Compared]:
    """nbgrader, then otter."""
    yield _nbgrader(installed(scratch / "nbgrader_only", PEERS["nbgrader"]), scratch / "nbgrader")
    yield _otter(installed(scratch / "otter_only", (*PEERS["otter"], "pandas")), scratch / "otter")


def _rows(found: Compared) -> Iterator[Row]:
    for each in found.differing:
        sys.stderr.write(f"{found.peer}: {each}\n")
    note = f"{float(found.came):g} of {float(found.automatic):g}"
    share = 100 * float(found.came / found.automatic)
    reach = {"nbgrader": 95, "otter": 92}[found.peer]
    yield at_least(f"{found.peer}: automatic points that come over", share, reach=reach, unit=" %", note=note)
    what = f"{found.peer}: verdicts of tests that differ"
    yield row(what, len(found.differing), reach=0, unit="", note=f"of {found.verdicts}")


def _nbgrader(programs: Path, home: Path) -> Compared:
    home.mkdir()
    output_of([str(programs / "nbgrader"), "quickstart", "course"], home, programs)
    course = home / "course"
    paths = sorted((course / "source" / "ps1").glob("*.ipynb"))
    asked = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}
    works = list(_works(asked, _cleared_by_nbgrader))
    for work in works:
        folder = course / "submitted" / work.name / "ps1"
        folder.mkdir(parents=True)
        for name, data in work.notebooks.items():
            (folder / f"{name}.ipynb").write_bytes(data)
    nbgrader = str(programs / "nbgrader")
    output_of([nbgrader, "generate_assignment", "ps1"], course, programs)
    output_of([nbgrader, "autograde", "ps1"], course, programs)
    told = json.loads(output_of([str(programs / "python"), "-c", _TOLD], course, programs))
    marks = [cell["metadata"].get("nbgrader", {}) for each in asked.values() for cell in each["cells"]]
    tests = {mark["grade_id"]: _points(mark["points"]) for mark in marks if mark.get("grade") and not mark["solution"]}
    theirs = {work: {name: _share(*grades[name]) for name in tests} for work, grades in told.items()}
    return _compared("nbgrader", course, "ps1", tests, works, theirs)


def _otter(programs: Path, home: Path) -> Compared:
    source = foreign.write(home / "source" / "hw" / "hw.ipynb", *foreign.larger_otter_cells())
    asked = {"hw": json.loads(source.read_text(encoding="utf-8"))}
    otter = str(programs / "otter")
    output_of([otter, "assign", str(source), "dist", "--no-pdfs", "--no-run-tests"], home, programs)
    (autograder,) = (home / "dist" / "autograder").glob("*.zip")
    (home / "out").mkdir()
    works, theirs, tests = list(_works(asked, _cleared_by_otter)), {}, dict[str, Fraction]()
    for work in works:
        (home / "submission.ipynb").write_bytes(work.notebooks["hw"])
        output_of([otter, "run", "submission.ipynb", "-a", str(autograder), "-o", "out"], home, programs)
        results = json.loads((home / "out" / "results.json").read_text(encoding="utf-8"))["tests"]
        scored = {each["name"]: each for each in results if each.get("max_score")}
        tests = {name: _points(each["max_score"]) for name, each in scored.items()}
        theirs[work.name] = {name: _share(each.get("score"), each["max_score"]) for name, each in scored.items()}
    return _compared("otter", home, "hw", tests, works, theirs)


def _compared(
    peer: str,
    home: Path,
    assignment: str,
    tests: Mapping[str, Fraction],
    works: list[Work],
    theirs: Mapping[str, Verdicts],
) -> Compared:
    ours = home / "ours"
    run_import(ImportRequest(source=home / "source", output=ours, check=True, sandbox="auto"), environment={})
    course = Course(ours)
    found = course.assignment(assignment)
    points = {check.id: check.points for each in found.exercises for check in each.checks}
    came = {name for name in tests if any(_is_of(check, name) for check in points)}
    differing = []
    with Grader(course, found) as grader:
        for work in works:
            report = grader.grade(*as_one([(f"{name}.ipynb", data) for name, data in work.notebooks.items()]))
            earned = {check.id: check.earned for each in report.exercises for check in each.checks}
            for name in sorted(came):
                own = [check for check in points if _is_of(check, name)]
                share = _share(sum(earned[check] or 0 for check in own), sum(points[check] for check in own))
                if share != theirs[work.name][name]:
                    differing.append(f"{work.name}, {name}: {theirs[work.name][name]} there, {share} here")
    return Compared(
        peer=peer,
        automatic=sum(tests.values(), Fraction(0)),
        came=sum((tests[name] for name in came), Fraction(0)),
        verdicts=len(works) * len(came),
        differing=tuple(differing),
    )


def _is_of(check: str, test: str) -> bool:
    """Whether a check of ours is that test, by its name as an id has it: otter's are several to a question."""
    test = re.sub(r"[^a-z0-9]+", "_", test.lower()).strip("_")
    return check == test or (check.startswith(f"{test}_") and check.removeprefix(f"{test}_").isdigit())


def _works(asked: Mapping[str, dict[str, Any]], clear: Clear) -> Iterator[Work]:
    """Solved, blank, and each answer replaced by mutants of it."""
    yield Work(name="solved", notebooks={name: _bytes(each) for name, each in asked.items()})
    blank = {name: _with(each, clear) for name, each in asked.items()}
    yield Work(name="blank", notebooks={name: _bytes(each) for name, each in blank.items()})
    for name, notebook in asked.items():
        for number, cell in enumerate(notebook["cells"]):
            for count, source in enumerate(_wrong(cell, clear)):
                cells = [*notebook["cells"][:number], {**cell, "source": source}, *notebook["cells"][number + 1 :]]
                changed = {**asked, name: {**notebook, "cells": cells}}
                notebooks = {each: _bytes(content) for each, content in changed.items()}
                yield Work(name=f"mutant_{name}_{number}_{count}", notebooks=notebooks)


def _wrong(cell: dict[str, Any], clear: Clear) -> Iterator[str]:
    """Mutants of an answer; none of what is no answer."""
    solution = _text(cell)
    if cell["cell_type"] != "code" or clear(cell) == solution:
        return
    bound = {name for each in ast.parse(solution).body for name in names_of(each).all_bound}
    for target in sorted(bound):
        yield from (each.source for each in islice(mutants(solution, target), MUTANTS))


def _with(notebook: dict[str, Any], change: Clear) -> dict[str, Any]:
    return {**notebook, "cells": [dict(cell, source=change(cell)) for cell in notebook["cells"]]}


def _cleared_by_nbgrader(cell: dict[str, Any]) -> str:
    mark = cell["metadata"].get("nbgrader", {})
    if not mark.get("solution") or mark.get("grade") or cell["cell_type"] != "code":
        return _text(cell)
    return without_region(_text(cell), "SOLUTION", instead=NBGRADER_STUB)[0]


def _cleared_by_otter(cell: dict[str, Any]) -> str:
    return otter_starter(_text(cell)) if cell["cell_type"] == "code" else _text(cell)


def _text(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _bytes(notebook: dict[str, Any]) -> bytes:
    return json.dumps(notebook).encode()


def _points(said: float) -> Fraction:
    return Fraction(str(said))


def _share(earned: float | None, of: float) -> Fraction:
    return Fraction(str(earned or 0)) / Fraction(str(of)) if of else Fraction(1)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except GraderError as error:
        sys.exit(str(error))
