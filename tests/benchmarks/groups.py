"""Answers that are alike, found in a class of 1,000 that is made from all mistakes and right variants of a lab.

Measured is `grader groups`, from the start of its process; and whether the groups are right.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sysconfig
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path

from grader.classes.groups import Kind
from grader.classes.groups_command import GroupsShown
from grader.course.folder import Course
from grader.course.mistakes import Mistake, Variant, read_mistakes, read_variants
from grader.notebook.notebook import from_script
from tests.benchmarks.class_run import class_command
from tests.benchmarks.table import Row, Standing, row
from tests.end_to_end.digits import ROOT
from tests.notebooks import code, notebook

GRADER = str(Path(sysconfig.get_path("scripts")) / "grader")
LAB, STUDENTS, SECONDS = "numpy_basics", 1_000, 10.0


def groups(folder: Path, *, students: int = STUDENTS) -> Iterator[Row]:
    """How long it takes, and how many answers are in a group in which they should not be."""
    made = multiplied(folder / "out", write_class(folder / "class", folder / "out"), students)
    start = time.perf_counter()
    found = grouped(folder / "out")
    what = f"groups of {students:,} submissions of {LAB}, made from all its mistakes and variants"
    yield row(what, time.perf_counter() - start, reach=SECONDS * students / STUDENTS, unit=" s")
    wrong = list(misplaced(found, made))
    standing = Standing.NOT_REACHED if wrong else Standing.REACHED
    yield Row(what="answers of it in a wrong group", reach="0", measured=str(len(wrong)), standing=standing)


def multiplied(out: Path, made: Mapping[str, Variant], students: int) -> Mapping[str, Variant]:
    """The class with as many reports: copies of those that are there, under names of their own."""
    (out / "class.json").unlink()
    more = dict(made)
    for number, name in enumerate(islice(cycle(made), max(students - len(made), 0))):
        copied = f"copy{number:05}"
        shutil.copyfile(out / "reports" / f"{name}.json", out / "reports" / f"{copied}.json")
        more[copied] = made[name]
    return more


def grade(submissions: Path, out: Path) -> None:
    """Grade the class; most of it is wrong on purpose."""
    subprocess.run(class_command(submissions, course=ROOT, assignment=LAB, out=out, cache=False), check=True)


def grouped(out: Path) -> GroupsShown:
    """What the command says of a class."""
    done = subprocess.run([GRADER, "groups", str(out), "--json", "-"], capture_output=True, text=True, check=True)
    return GroupsShown.model_validate_json(done.stdout)


def write_class(folder: Path, out: Path) -> Mapping[str, Variant]:
    """Each mistake and variant as it is and formatted otherwise, graded. Whose answer is which."""
    folder.mkdir(parents=True)
    made = {f"student{number:05}": each for number, each in enumerate(2 * solutions(Course(ROOT)))}
    for number, (name, each) in enumerate(made.items()):
        is_other = number >= len(made) // 2
        (folder / f"{name}.ipynb").write_bytes(_notebook(each.script.source, formatted=is_other))
    grade(folder, out)
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
        ids = [place for place, _, _ in seen]
        most = max(ids, key=ids.count)
        yield from ((student, exercise) for place, student, _ in seen if place != most)


def _notebook(source: str, *, formatted: bool) -> bytes:
    cells = [cell.source for cell in from_script(source).cells]
    told = [ast.unparse(ast.parse(cell)) if formatted else cell for cell in cells]
    return notebook(*map(code, told))
