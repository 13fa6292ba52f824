"""Answers that are alike, found in a class of 1,000 that is made from all mistakes and right variants of a lab.

Measured is `grader groups`, from the start of its process; and whether the groups are right.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sysconfig
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path

import nbformat

from grader.classes.groups import Kind
from grader.classes.groups_command import GroupsShown
from grader.course.folder import Course, find_course
from grader.course.mistakes import Mistake, Variant, read_mistakes, read_variants
from grader.notebook.scripts import from_script
from tests.benchmarks.class_run import grade_class
from tests.benchmarks.table import Row, Standing, row
from tests.end_to_end.digits import ROOT

GRADER = str(Path(sysconfig.get_path("scripts")) / "grader")
LAB, STUDENTS, SECONDS = "numpy_basics", 1_000, 10.0


def groups(folder: Path, *, students: int = STUDENTS) -> Iterator[Row]:
    """How long it takes, and how many answers are in a group in which they should not be."""
    made = write_class(folder / "class", students)
    grade_class(folder / "class", course=ROOT, assignment=LAB, out=folder / "out")
    start = time.perf_counter()
    found = grouped(folder / "out")
    what = f"groups of {students:,} submissions of {LAB}, made from all its mistakes and variants"
    yield row(what, time.perf_counter() - start, reach=SECONDS * students / STUDENTS, unit=" s")
    wrong = list(misplaced(found, made))
    standing = Standing.NOT_REACHED if wrong else Standing.REACHED
    yield Row(what="answers of it in a wrong group", reach="0", measured=str(len(wrong)), standing=standing)


def grouped(out: Path) -> GroupsShown:
    """What the command says of a class."""
    done = subprocess.run([GRADER, "groups", str(out), "--json", "-"], capture_output=True, text=True, check=True)
    return GroupsShown.model_validate_json(done.stdout)


def write_class(folder: Path, students: int) -> Mapping[str, Variant]:
    """Each mistake and variant in turn, every second time formatted otherwise, none twice with the same text."""
    course = find_course(folder=ROOT)
    made: dict[str, Variant] = {}
    folder.mkdir(parents=True)
    for number, each in enumerate(islice(cycle(solutions(course)), students)):
        name = f"student{number:05}"
        (folder / f"{name}.ipynb").write_bytes(_notebook(each.script.source, number))
        made[name] = each
    return made


def solutions(course: Course) -> list[Variant]:
    """All mistakes and right variants of the lab."""
    assignment = course.assignment(LAB)
    return [*read_mistakes(course, assignment), *read_variants(course, assignment)]


def misplaced(found: GroupsShown, made: Mapping[str, Variant]) -> Iterator[tuple[str, str]]:
    """Whose answer to which exercise is in a wrong group: a right one in another than the right ones, a mistake in
    another than most of those who made it."""
    places: dict[tuple[str, str], list[tuple[str, str, Kind]]] = defaultdict(list)
    for group in found.groups:
        for student in group.students:
            solution = made[student]
            if solution.exercise != group.exercise:
                continue
            is_mistake = isinstance(solution, Mistake)
            if is_mistake != (group.kind is not Kind.RIGHT):
                yield student, group.exercise
            elif is_mistake:
                places[group.exercise, solution.name].append((group.id, student, group.kind))
    for (exercise, _), seen in places.items():
        ids = [id for id, _, _ in seen]
        most = max(ids, key=ids.count)
        yield from ((student, exercise) for id, student, _ in seen if id != most)


def _notebook(source: str, number: int) -> bytes:
    cells = [cell.source for cell in from_script(source).cells]
    told = [ast.unparse(ast.parse(cell)) if number % 2 else f"# by student {number}\n{cell}" for cell in cells]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in told])
    return json.dumps(book).encode()
