"""Tests of otter: a test cell with what it printed, or a file `tests/<question>.py` that was assigned already.

Files are read as Python's syntax and never run.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from grader.authoring.importing.pieces import Case, Tests
from grader.authoring.importing.points import points_of
from grader.errors import CourseError
from grader.judging.cells.names import UNREADABLE

#: points that the author left to otter
UNSAID: Final = Fraction(-1)


def as_case(name: str, source: str, printed: str, *, doctests: bool) -> Case:
    """One test cell. With `doctests` it is compared with what it `printed`; else it is a function that is called with
    the names of its parameters. One that is no Python, or too deep to be read, stays as it is: whoever looks into it
    says so."""
    try:
        return _read_case(name, source, printed, doctests=doctests)
    except UNREADABLE:
        return Case(name=name, source=source, points=UNSAID)


def _read_case(name: str, source: str, printed: str, *, doctests: bool) -> Case:
    body = ast.parse(source).body
    if not doctests and body and isinstance(body[0], ast.FunctionDef):
        return Case(name=name, source=_called(body[0]), points=UNSAID)
    if printed.strip() or any(_shows(each) for each in body):
        return Case(name=name, source=_examples(body, printed), points=UNSAID, form="examples")
    return Case(name=name, source=source, points=UNSAID)


def with_points(cases: Sequence[Case], total: Fraction | None) -> tuple[Case, ...]:
    """The cases with their points, as otter gives them out: what is left of the total is shared by those that say
    nothing. Without a total, they share one point if no other says anything, and have none otherwise."""
    said = [case.points for case in cases if case.points != UNSAID]
    silent = len(cases) - len(said)
    unsaid = Fraction(0) if any(said) else Fraction(1)
    left = unsaid if total is None else total - sum(said)
    if left < 0:
        raise ValueError("its tests have more points than the question")
    share = left / silent if silent else Fraction(0)
    return tuple(replace(case, points=share) if case.points == UNSAID else case for case in cases)


def read_test_file(path: Path) -> Tests:
    """The tests of one question in a file that `otter assign` wrote. Raises CourseError for a file that is none."""
    try:
        body = ast.parse(path.read_text(encoding="utf-8")).body
        bound = {_target(each): each.value for each in body if isinstance(each, ast.Assign)}
        if "test" in bound:
            return _of_dictionary(path.stem, ast.literal_eval(bound["test"]))
        cases = tuple(_of_functions(path.stem, body))
        if not cases:
            raise ValueError("it binds no `test` and has no test case")
        points = bound.get("points")
        total = None if points is None else ast.literal_eval(points)
        return Tests(name=path.stem, cases=with_points(cases, None if total is None else points_of(total)))
    except (OSError, KeyError, TypeError, IndexError, *UNREADABLE) as error:
        raise CourseError(f"{path.name} is no test file of otter ({' '.join(str(error).split())[:120]})") from error


def _of_dictionary(name: str, test: dict[str, Any]) -> Tests:
    points = test.get("points")
    found = [(suite, case) for suite in test["suites"] for case in suite["cases"]]
    listed = points if isinstance(points, list) else [None] * len(found)
    if any(case.get("locked") or suite.get("type", "doctest") != "doctest" for suite, case in found):
        raise ValueError("its answers are locked or asked at a prompt; unlock it with OK's client first")
    cases = [
        Case(
            name=f"{name}_{number}",
            source=f"{_setup(suite)}{textwrap.dedent(case['code'])}",
            points=_points(case.get("points") if share is None else share),
            form="examples",
            hidden=bool(case.get("hidden", True)),
            passed=str(case.get("success_message") or ""),
            failed=str(case.get("failure_message") or ""),
        )
        for number, ((suite, case), share) in enumerate(zip(found, listed, strict=True), start=1)
    ]
    total = None if points is None or isinstance(points, list) else points_of(points)
    return Tests(name=name, cases=with_points(cases, total), together=bool(test.get("all_or_nothing")))


def _setup(suite: dict[str, Any]) -> str:
    text = textwrap.dedent(suite.get("setup") or "").strip()
    return f"{text}\n" if text else ""


def _of_functions(name: str, body: Sequence[ast.stmt]) -> Iterator[Case]:
    for each in body:
        if isinstance(each, ast.FunctionDef) and each.decorator_list and isinstance(each.decorator_list[0], ast.Call):
            said = {word.arg: ast.literal_eval(word.value) for word in each.decorator_list[0].keywords}
            yield Case(
                name=f"{name}_{each.name}",
                source=_called(each),
                points=_points(said.get("points")),
                hidden=bool(said.get("hidden", False)),
                passed=str(said.get("success_message") or ""),
                failed=str(said.get("failure_message") or ""),
            )


def _called(function: ast.FunctionDef) -> str:
    """The function, and its call with names of the student's; `env` is a dictionary of those it looks up."""
    function.decorator_list = []
    names = [each.arg for each in function.args.args]
    looked_up = sorted(
        node.slice.value
        for node in ast.walk(function)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "env"
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    )
    env = "{" + ", ".join(f"{each!r}: {each}" for each in dict.fromkeys(looked_up)) + "}"
    passed = ", ".join(env if name == "env" else name for name in names)
    return f"{ast.unparse(function)}\n\n{function.name}({passed})\n"


def _shows(statement: ast.stmt) -> bool:
    """Whether a doctest would show something after it, were it not None."""
    return isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Constant | ast.Call)


def _examples(body: Sequence[ast.stmt], printed: str) -> str:
    lines: list[str] = []
    for each in body:
        first, *rest = ast.unparse(each).split("\n")
        lines += [f">>> {first}", *(f"... {line}" for line in rest)]
    return "\n".join([*lines, printed.rstrip("\n")]) + "\n"


def _points(said: Any) -> Fraction:
    return UNSAID if said is None else points_of(said)


def _target(statement: ast.Assign) -> str:
    return statement.targets[0].id if isinstance(statement.targets[0], ast.Name) else ""
