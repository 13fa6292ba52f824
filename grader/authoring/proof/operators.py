"""Mutation operators: small, plausible mistakes, each a function from a syntax node to what may stand in its place.

A new operator is one function and one row in `OPERATORS`. Nothing here knows what is graded or runs anything.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

Operator: TypeAlias = Callable[[ast.AST], Iterator[ast.AST]]

ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
COMPARISONS: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
#: functions that students take for one another
EXCHANGED: Final[dict[str, tuple[str, ...]]] = {
    "abs": ("square",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "ceil": ("floor",),
    "cos": ("sin",),
    "dot": ("multiply",),
    "exp": ("exp2",),
    "floor": ("ceil",),
    "log": ("log2", "log1p"),
    "log2": ("log",),
    "matmul": ("multiply",),
    "max": ("min",),
    "maximum": ("minimum",),
    "mean": ("sum",),
    "min": ("max",),
    "minimum": ("maximum",),
    "multiply": ("dot",),
    "ones": ("zeros",),
    "ones_like": ("zeros_like",),
    "relu": ("sigmoid", "tanh"),
    "relu_backward": ("sigmoid_backward",),
    "sigmoid": ("relu", "tanh"),
    "sigmoid_backward": ("relu_backward",),
    "sin": ("cos",),
    "softmax": ("sigmoid",),
    "sqrt": ("square",),
    "square": ("abs",),
    "std": ("var",),
    "sum": ("mean",),
    "tanh": ("sin",),
    "var": ("std",),
    "zeros": ("ones",),
    "zeros_like": ("ones_like",),
}
ACTIVATIONS: Final = {"relu": "sigmoid", "sigmoid": "relu", "tanh": "relu", "linear": "softmax", "softmax": "linear"}
COPIES: Final = frozenset({"copy", "deepcopy", "array", "asarray"})
PRODUCTS: Final = frozenset({"dot", "matmul"})


def arithmetic(node: ast.AST) -> Iterator[ast.AST]:
    """`a + b` becomes `a - b`, `a * b` becomes `a / b`, and back; also in `+=`."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and (other := ARITHMETIC.get(type(node.op))) is not None:
        yield _with(node, op=other())


def dropped_term(node: ast.AST) -> Iterator[ast.AST]:
    """`a + b` becomes `a`, or `b`: a forgotten term or factor, 1/m among them."""
    if isinstance(node, ast.BinOp):
        yield node.left
        yield node.right


def exchanged_operands(node: ast.AST) -> Iterator[ast.AST]:
    """`a - b` becomes `b - a`; the same for division, power and matrix product."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.MatMult):
        yield _with(node, left=node.right, right=node.left)


def number(node: ast.AST) -> Iterator[ast.AST]:
    """Another constant: one more, and twice as much (or one less, where that says nothing new)."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        value: int | float = node.value  # type: ignore[assignment]  # narrowed by the exact type above
        others = {value + 1, value * 2 if value not in (0, 1) else value - 1}
        yield from (ast.Constant(other) for other in sorted(others))


def truth(node: ast.AST) -> Iterator[ast.AST]:
    """True becomes False, `and` becomes `or`, `not a` becomes `a`."""
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.BoolOp(op=op):
            yield _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand


def comparison(node: ast.AST) -> Iterator[ast.AST]:
    """`<` becomes `<=`, and `>`."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from (_with(node, ops=[other()]) for other in COMPARISONS.get(type(node.ops[0]), ()))


def sign(node: ast.AST) -> Iterator[ast.AST]:
    """`-a` becomes `a`, and what is returned changes its sign."""
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield operand
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Tuple | ast.Dict | ast.List):
            yield ast.Return(ast.UnaryOp(ast.USub(), value))


def condition(node: ast.AST) -> Iterator[ast.AST]:
    """A condition becomes its contrary."""
    if isinstance(node, ast.If | ast.IfExp):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def axis(node: ast.AST) -> Iterator[ast.AST]:
    """The sum runs along the other axis, along none, or loses its kept dimension."""
    if not isinstance(node, ast.Call):
        return
    for place, keyword in enumerate(node.keywords):
        if keyword.arg not in ("axis", "keepdims"):
            continue
        yield _with(node, keywords=[*node.keywords[:place], *node.keywords[place + 1 :]])
        match keyword.value:
            case ast.Constant(value=int(along)) if keyword.arg == "axis" and along in (0, 1):
                other = ast.keyword("axis", ast.Constant(1 - along))
                yield _with(node, keywords=[*node.keywords[:place], other, *node.keywords[place + 1 :]])
            case _:
                pass


def off_by_one(node: ast.AST) -> Iterator[ast.AST]:
    """A loop or slice ends one earlier or begins one later; an index is one less."""
    match node:
        case ast.Call(func=ast.Name(id="range"), args=[*before, stop]):
            yield _with(node, args=[*before, _less_one(stop)])
            if not before:
                yield _with(node, args=[ast.Constant(1), stop])
        case ast.Slice(upper=ast.expr() as upper):
            yield _with(node, upper=_less_one(upper))
        case ast.Subscript(slice=ast.Name() as index):
            yield _with(node, slice=_less_one(index))
        case _:
            pass


def function(node: ast.AST) -> Iterator[ast.AST]:
    """Another function of the same library: `np.max` becomes `np.min`, `sigmoid` becomes `relu`."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name) as called):
            yield from (_with(node, func=_with(called, attr=other)) for other in EXCHANGED.get(name, ()))
        case ast.Call(func=ast.Name(id=name)) if name in ("relu", "sigmoid", "relu_backward", "sigmoid_backward"):
            yield _with(node, func=ast.Name(EXCHANGED[name][0], ast.Load()))
        case _:
            pass


def exchanged_arguments(node: ast.AST) -> Iterator[ast.AST]:
    """The first two arguments of a call, or what a tuple returns, in the other order."""
    match node:
        case ast.Call(args=[first, second, *rest]) if not isinstance(first, ast.Starred):
            yield _with(node, args=[second, first, *rest])
        case ast.Return(value=ast.Tuple(elts=[first, second, *rest]) as value):
            yield _with(node, value=_with(value, elts=[second, first, *rest]))
        case _:
            pass


def transpose(node: ast.AST) -> Iterator[ast.AST]:
    """`.T` is forgotten, or stands where it should not, in a matrix product."""
    match node:
        case ast.Attribute(attr="T", value=value):
            yield value
        case ast.Call(func=ast.Attribute(attr=name), args=[first, second]) if name in PRODUCTS:
            yield _with(node, args=[_transposed(first), second])
            yield _with(node, args=[first, _transposed(second)])
        case ast.BinOp(op=ast.MatMult(), left=left, right=right):
            yield _with(node, left=_transposed(left))
            yield _with(node, right=_transposed(right))
        case _:
            pass


def forgotten_copy(node: ast.AST) -> Iterator[ast.AST]:
    """What was copied is used itself."""
    match node:
        case ast.Call(func=ast.Attribute(attr="copy", value=value), args=[]):
            yield value
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[value]) if name in COPIES:
            yield value
        case _:
            pass


def forgotten_statement(node: ast.AST) -> Iterator[ast.AST]:
    """A line is left out."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Raise):
        yield ast.Pass()
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
        yield ast.Pass()


def forgotten_part(node: ast.AST) -> Iterator[ast.AST]:
    """A list loses its last part, or its first two change places: layers of a model, columns, shapes."""
    if isinstance(node, ast.List) and len(node.elts) > 1:
        yield _with(node, elts=node.elts[:-1])
        yield _with(node, elts=[node.elts[1], node.elts[0], *node.elts[2:]])


def activation(node: ast.AST) -> Iterator[ast.AST]:
    """Another activation by name."""
    match node:
        case ast.Constant(value=str(name)) if name in ACTIVATIONS:
            yield ast.Constant(ACTIVATIONS[name])
        case _:
            pass


#: by the name a survivor is listed with
OPERATORS: Final[dict[str, Operator]] = {
    "arithmetic": arithmetic,
    "dropped term": dropped_term,
    "exchanged operands": exchanged_operands,
    "number": number,
    "truth": truth,
    "comparison": comparison,
    "sign": sign,
    "condition": condition,
    "axis": axis,
    "off by one": off_by_one,
    "function": function,
    "exchanged arguments": exchanged_arguments,
    "transpose": transpose,
    "forgotten copy": forgotten_copy,
    "forgotten statement": forgotten_statement,
    "forgotten part": forgotten_part,
    "activation": activation,
}


def _with(node: ast.AST, **fields: ast.AST | Sequence[ast.AST] | str) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _less_one(value: ast.expr) -> ast.expr:
    return ast.BinOp(value, ast.Sub(), ast.Constant(1))


def _transposed(value: ast.expr) -> ast.expr:
    return ast.Attribute(value, "T", ast.Load())
