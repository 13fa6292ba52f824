"""Classes made for likeness: answers that people wrote each for themselves, and copies of them in disguise. No tests.

Everybody begins from the reference, a known mistake or a right variant of a lab, and writes it in their own way. None
of it is ever run, so it need not be right.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, Final

from grader.course.folder import Course
from grader.course.mistakes import read_mistakes, read_variants, solution_of
from grader.report.report import AssignmentReference, CellReference, Report, SubmissionReference
from tests.unit.reports import check, exercise, report

ROOT: Final = Path(__file__).parents[1]
LAB: Final = "shallow_network"
_NAMES: Final = ("alpha", "beta", "gamma", "total", "part", "value", "item", "left", "right", "first", "last", "scale")
_COMMENTS: Final = ("# here we go", "# as in the lecture", "# check this", "# shapes are fine", "# 按照公式")
_HABITS: Final = ("dot", "sum", "square", "turned", "minus", "shape")

#: the answers of one student, by exercise
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeClass:
    """Everybody's answers by student, and who of them has whose work: pairs that are to be found, and no others."""

    works: Mapping[str, Answers]
    alike: frozenset[frozenset[str]]

    def reports(self) -> dict[str, Report]:
        """A report of each, with the answers in it."""
        return {student: report_of(answers) for student, answers in self.works.items()}


def made(students: int, copies: int, *, seed: int = 4, lab: str = LAB) -> MadeClass:
    """A class of so many, the last of whom have the work of one of the others."""
    random, forms = Random(seed), forms_of(lab)
    works: dict[str, Answers] = {}
    source: dict[str, str] = {}
    for number in range(students - copies):
        who, own = f"student{number:04}", Random(random.random())
        works[who] = {name: written_by(own, own.choice(known)) for name, known in forms.items()}
    for number in range(students - copies, students):
        who, other = f"student{number:04}", f"student{random.randrange(students - copies):04}"
        works[who] = {name: disguised(random, answer) for name, answer in works[other].items()}
        source[who] = source[other] = other
    groups = [{who for who, first in source.items() if first == each} for each in source.values()]
    pairs = (frozenset({one, other}) for each in groups for one in each for other in each if one != other)
    return MadeClass(works=works, alike=frozenset(pairs))


def forms_of(lab: str) -> dict[str, list[str]]:
    """What an answer to each exercise of a lab begins from: the reference as often as all others together."""
    course = Course(ROOT)
    assignment = course.assignment(lab)
    solution = solution_of(course, lab).source
    others = [*read_variants(course, assignment), *read_mistakes(course, assignment)]
    forms: dict[str, list[str]] = {}
    for one in assignment.exercises:
        own = [_function(each.script.source, one.target) for each in others if each.exercise == one.id]
        found = [each for each in own if each is not None]
        reference = _function(solution, one.target)
        if reference is not None:
            forms[one.id] = [reference] * max(1, len(found)) + found
    return forms


def report_of(answers: Answers) -> Report:
    """A report that has these answers."""
    graded = (
        exercise(check("a"), id=name, title=name, cell=CellReference(index=5, found_by="marker", source=answer))
        for name, answer in answers.items()
    )
    lab = AssignmentReference(id=LAB, title="A lab", version="1")
    digest = sha256(repr(sorted(answers.items())).encode()).hexdigest()
    return report(*graded, assignment=lab, submission=SubmissionReference(name="lab.ipynb", sha256=digest))


def _function(source: str, name: str) -> str | None:
    found = (each for each in ast.parse(source).body if isinstance(each, ast.FunctionDef) and each.name == name)
    return next(map(ast.unparse, found), None)


def written_by(random: Random, source: str) -> str:
    """The code as somebody writes it for themselves: with temporaries of their own, and other calls for the same."""
    tree = _OwnWay(random).visit(ast.parse(source))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = [each for statement in node.body for each in _in_steps(random, statement)]
    return ast.unparse(ast.fix_missing_locations(tree))


class _OwnWay(ast.NodeTransformer):
    """Each place by the habits of one student, and now and then otherwise."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._habits = {kind: random.random() for kind in _HABITS}

    def _does(self, kind: str) -> bool:
        return self._random.random() < 0.15 + 0.7 * self._habits[kind]

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        self.generic_visit(node)
        match node.op:
            case ast.Add() | ast.Mult() if self._does("turned"):
                return ast.BinOp(node.right, node.op, node.left)
            case ast.Sub() if self._does("minus"):
                return ast.BinOp(ast.UnaryOp(ast.USub(), node.right), ast.Add(), node.left)
            case ast.Div() if self._does("minus") and self._does("turned"):
                return ast.BinOp(ast.BinOp(ast.Constant(1), ast.Div(), node.right), ast.Mult(), node.left)
        return node

    def visit_Call(self, node: ast.Call) -> Any:
        self.generic_visit(node)
        name, told = ast.unparse(node.func), [ast.unparse(each) for each in node.args]
        if name == "np.dot" and self._does("dot"):
            return self._one_of("({0}) @ ({1})", "np.matmul({0}, {1})", "({0}).dot({1})", of=told)
        if name == "np.square" and self._does("square"):
            return self._one_of("({0}) ** 2", "np.power({0}, 2)", "({0}) * ({0})", of=told)
        if name in {"np.sum", "np.mean", "np.max"} and told and self._does("sum"):
            return ast.Call(ast.Attribute(node.args[0], name[3:], ast.Load()), node.args[1:], node.keywords)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        self.generic_visit(node)
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape" and self._does("shape"):
            return self._one_of("np.shape({0})[{1}]", of=[ast.unparse(node.value.value), ast.unparse(node.slice)])
        return node

    def _one_of(self, *ways: str, of: Sequence[str]) -> ast.expr:
        return ast.parse(self._random.choice(ways).format(*of), mode="eval").body


def _in_steps(random: Random, statement: ast.stmt) -> Iterator[ast.stmt]:
    """The statement, with some of what it computes in steps before it."""
    if isinstance(statement, ast.Return | ast.Assign | ast.AugAssign) and statement.value is not None:
        for number in range(2):
            places = [each for each in _places(statement.value) if random.random() < 0.3]
            if places:
                name = f"t_{random.choice(_NAMES)}{number}"
                value = random.choice(places).replaced(ast.Name(name, ast.Load()))
                yield ast.Assign([ast.Name(name, ast.Store())], value)
    if random.random() < 0.08:
        yield from ast.parse(random.choice(("assert True", "assert 1 > 0", "assert np is not None"))).body
    yield statement


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an expression stands within another."""

    parent: ast.AST
    field: str
    index: int | None

    def replaced(self, by: ast.expr) -> ast.expr:
        """Put `by` there; what stood there."""
        held = getattr(self.parent, self.field)
        if self.index is None:
            setattr(self.parent, self.field, by)
            return held  # type: ignore[no-any-return]
        held[self.index], found = by, held[self.index]
        return found  # type: ignore[no-any-return]


def _places(value: ast.expr) -> Iterator[_Place]:
    """Of what may be computed before: outside of any scope of its own."""
    stack: list[ast.AST] = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Lambda | ast.ListComp | ast.DictComp | ast.GeneratorExp | ast.SetComp):
            continue
        for name, held in ast.iter_fields(node):
            each: Any
            for index, each in enumerate(held) if isinstance(held, list) else [(None, held)]:
                if isinstance(each, ast.BinOp | ast.Call | ast.Subscript | ast.UnaryOp) and name != "func":
                    yield _Place(node, name, index)
                if isinstance(each, ast.AST):
                    stack.append(each)


def disguised(random: Random, source: str) -> str:
    """A copy: renamed, lines in another order, formatted otherwise, with comments, prints and dead lines put in."""
    tree = ast.parse(source)
    _rename(random, tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            _shuffle(random, node.body)
            node.body = [each for statement in node.body for each in (*_idle(random), statement)]
    lines = ast.unparse(ast.fix_missing_locations(tree)).replace(" = ", "=").split("\n")
    return "\n".join(each for line in lines for each in (*_comment(random, line), line))


def _rename(random: Random, tree: ast.Module) -> None:
    own = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    own |= {each.arg for each in ast.walk(tree) if isinstance(each, ast.arg)}
    new = {name: f"{random.choice(_NAMES)}_{number}" for number, name in enumerate(sorted(own))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = new.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg = new[node.arg]


def _shuffle(random: Random, body: list[ast.stmt]) -> None:
    """Swap neighbours that do not need each other."""
    for _ in range(2 * len(body)):
        at = random.randrange(max(len(body) - 1, 1))
        both = body[at : at + 2]
        if len(both) == 2 and all(isinstance(each, ast.Assign) for each in both):
            (first, named_first), (second, named_second) = (_names(each) for each in both)
            if not first & named_second and not second & named_first:
                body[at : at + 2] = reversed(both)


def _names(statement: ast.stmt) -> tuple[set[str], set[str]]:
    """Those it binds, and all of its."""
    names = [each for each in ast.walk(statement) if isinstance(each, ast.Name)]
    return {each.id for each in names if isinstance(each.ctx, ast.Store)}, {each.id for each in names}


def _idle(random: Random) -> Sequence[ast.stmt]:
    number = random.randrange(1000)
    lines = random.choice((f"print({number})", f"unused_{number} = {number}", "pass"))
    return ast.parse(lines).body if random.random() < 0.4 else ()


def _comment(random: Random, line: str) -> Sequence[str]:
    indent = line[: len(line) - len(line.lstrip())]
    return (textwrap.indent(random.choice(_COMMENTS), indent),) if random.random() < 0.3 else ()
