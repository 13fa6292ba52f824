"""Whether an instructor's cell asks the same of every work, as its text shows: then nothing that it sends depends on
what a work answered, and all of it may be asked at once. Nothing runs here.

Text of any other form, however harmless, is not foreseen; nothing is lost but time. A call counts whose arguments are
written out, or made of names that no work's answer has come near: they stand together with no call of a work in any
statement before, nor do names that may stand for the same object, for a work may change what it is given.
"""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from collections.abc import Iterator
from typing import Final

from grader.judging.cells.names import UNREADABLE, as_plain
from grader.judging.cells.question import CourseCell

#: builtins by which text reaches what it does not name
_REACH_FAR: Final = frozenset(
    {"__import__", "breakpoint", "delattr", "eval", "exec", "getattr", "globals", "locals", "setattr", "super", "vars"}
)
#: of what is within these it depends on an answer, or on nothing that the text shows, whether it is evaluated
_PERHAPS: Final = (
    ast.Await,
    ast.BoolOp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.IfExp,
    ast.Lambda,
    ast.ListComp,
    ast.NamedExpr,
    ast.SetComp,
    ast.Yield,
    ast.YieldFrom,
)
#: libraries whose attributes are numbers, types and functions, which nobody changes
_FIXED: Final = frozenset({"math", "numpy", "pandas"})
_ITERATED: Final = frozenset({"enumerate", "range", "zip"})


def is_foreseen(cell: CourseCell) -> bool:
    """Whether the text shows that every work is asked the same, up to where the cell ends."""
    try:
        source = as_plain(cell.source) if cell.form == "examples" else cell.source
        before, body = ast.parse(cell.setup).body, ast.parse(source).body
        text = _Text([*before, *body], frozenset(cell.names))
        alone = text.is_plain and all(map(text.is_without, before))
        return alone and all(text.goes_on(each, cell.apart) for each in body)
    except UNREADABLE:
        return False


class _Text:
    """The statements of one cell, gone through in order."""

    def __init__(self, body: list[ast.stmt], students: frozenset[str]) -> None:
        nodes = [node for each in body for node in ast.walk(each)]
        self._students = students
        self._bound = Counter(name for node in nodes for name in _bound_by(node))
        read = {node.id for node in nodes if isinstance(node, ast.Name)}
        self.is_plain = not read & _REACH_FAR and not students & set(self._bound)
        imports = [node for node in nodes if isinstance(node, ast.Import)]
        aliases = [each for node in imports for each in node.names]
        fixed = {each.asname or each.name for each in aliases if each.name in _FIXED}
        values = {
            name: node.value
            for node in nodes
            if isinstance(node, ast.Assign)
            for name in _bound_by(node.targets[0])
            if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
        }
        once = {name: value for name, value in values.items() if self._bound[name] == 1}
        constants = {name for name, value in once.items() if _is_constant(value)}
        there = {name for name in dir(builtins) if name not in self._bound}
        #: names of what nobody changes
        self._still = {name for name in fixed if self._bound[name] == 1} | constants | there
        self._written_out = {name for name, value in once.items() if self._is_written_out(value)}
        self._touched: set[str] = set()
        self._together: dict[str, set[str]] = {}
        self._calls = 0

    def is_without(self, statement: ast.stmt) -> bool:
        """Whether this statement and those before it do nothing with a work."""
        names = self._names(statement)
        if names & (self._students | self._touched):
            return False
        self._put_together(names)
        return True

    def goes_on(self, statement: ast.stmt, apart: bool = False) -> bool:
        """Whether what this statement asks is foreseen; with `apart`, those after it run even if it fails."""
        if self.is_without(statement):
            return True
        names = self._names(statement)
        self._calls = 0
        match statement:
            case ast.For(target=target, iter=ast.expr() as items, body=body, orelse=[]) if not apart:
                asks = self._loops(target, items, body)
            case ast.Assert(test=test, msg=said):
                asks = all(map(self._asks, _halves(test))) and (said is None or not self._names(said) & self._students)
            case ast.Expr() | ast.Assign() | ast.AugAssign() | ast.AnnAssign():
                asks = self._asks(statement)
            case _:
                asks = not names & self._students and not _leaps(statement)
        self._touch(names)
        return asks and not (apart and self._calls > 1)

    def _loops(self, target: ast.expr, items: ast.expr, body: list[ast.stmt]) -> bool:
        own = self._names(target)
        if self._names(items) & (self._students | self._touched) or not self._gives_others(items):
            return False
        for _ in range(2):  # what the first turn touches, the second finds touched
            self._touched -= own
            if not all(map(self.goes_on, body)):
                return False
        return True

    def _gives_others(self, items: ast.expr) -> bool:
        """Whether no two turns of a loop over `items` meet the same object."""
        match items:
            case ast.Call(func=ast.Name(id="range")):
                return not self._names(items)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _ITERATED:
                return len(self._names(items)) <= 1 and all(map(self._gives_others, args))
            case ast.Call(func=ast.Attribute(value=value, attr="items" | "keys" | "values"), args=[]):
                return self._gives_others(value)
            case ast.Name(id=name):
                return name in self._written_out
            case _:
                return self._is_written_out(items)

    def _is_written_out(self, value: ast.expr) -> bool:
        """Whether it is a container as text, of other objects each."""
        return isinstance(value, ast.List | ast.Tuple | ast.Dict) and not self._names(value)

    def _asks(self, node: ast.AST) -> bool:
        """Whether the calls of the work in `node` are foreseen, and nothing else is done with it."""
        match node:
            case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in self._students:
                return self._is_asked([*args, *(each.value for each in keywords)])
            case ast.Name(id=name):
                return name not in self._students
            case ast.Compare(ops=[_, _, *_]):
                return not self._names(node) & self._students
            case _ if isinstance(node, _PERHAPS):
                return not self._names(node) & self._students
            case _:
                return all(map(self._asks, ast.iter_child_nodes(node)))

    def _is_asked(self, args: list[ast.expr]) -> bool:
        names = {name for each in args for name in self._names(each)}
        self._calls += 1
        if names & (self._students | self._touched) or (self._calls > 1 and names):
            return False
        self._touch(names)
        return True

    def _names(self, node: ast.AST) -> set[str]:
        """The names in it of what may change."""
        return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} - self._still

    def _put_together(self, names: set[str]) -> None:
        whole = set().union(names, *(self._together.get(name, ()) for name in names))
        self._together |= dict.fromkeys(whole, whole)

    def _touch(self, names: set[str]) -> None:
        self._touched |= set().union(names, *(self._together.get(name, ()) for name in names)) - self._students


def _halves(test: ast.expr) -> list[ast.expr]:
    """What an assert evaluates one after the other, as long as it holds."""
    match test:
        case ast.BoolOp(op=ast.And(), values=values):
            return [part for each in values for part in _halves(each)]
        case ast.Compare(left=left, comparators=comparators):
            return [left, *comparators]
        case _:
            return [test]


def _leaps(statement: ast.stmt) -> bool:
    """Whether it may leave out a part of the loop that it is in."""
    return any(isinstance(node, ast.Break | ast.Continue) for node in ast.walk(statement))


def _is_constant(value: ast.expr) -> bool:
    match value:
        case ast.UnaryOp(operand=operand):
            return isinstance(operand, ast.Constant)
        case ast.Tuple(elts=parts):
            return all(map(_is_constant, parts))
        case _:
            return isinstance(value, ast.Constant)


def _bound_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.arg(arg=name) | ast.ExceptHandler(name=str(name)):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name
        case ast.alias(name=name, asname=called):
            yield (called or name).partition(".")[0]
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield from (each for name in names for each in (name, name))
        case _:
            pass
