"""Student code as it is compiled: as Python would, but for the few rewritings that compatibility needs. In the room.

`a[i] = value`, `float(x)`, `map(int, x)`, `"%f" % x` and calls of methods that arrays lost go through functions of
`compatibility/arrays.py`, which do the same and step in only when a newer NumPy refuses; `a[i][j] = value`,
`a.i[j] = value` and `a[i].m(inplace=True)` through those of `compatibility/frames.py`, since pandas 3 leaves them
without effect on a frame.
Line numbers, evaluation order and every other statement stay.
Code that nests deeper than a tree may, though not deeper than text may, runs as it was written.
"""

from __future__ import annotations
import __future__

import ast
import types

ENTRIES = "__grader_entries__"
NUMBER_OF = "__grader_number_of__"
NUMBER_FUNCTION = "__grader_number_function__"
FILLED_IN = "__grader_filled_in__"
METHOD = "__grader_method__"
COLUMN = "__grader_column__"
IN_PLACE = "__grader_in_place__"
#: what chooses entries of a column of pandas
ACCESSORS = ("loc", "iloc", "at", "iat")
#: methods that arrays lost, see `compatibility/tables.py`
LOST_METHODS = ("ptp", "itemset", "newbyteorder", "tostring")


def compiled(source: str, name: str, flags: int) -> types.CodeType:
    """The code of `source`, which may `await` as a cell of a notebook does. Raises what `compile` raises.

    Type hints stay text, as in Python from 3.14 on: they compute nothing, so what they name need not be there.
    """
    flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | __future__.annotations.compiler_flag
    try:
        tree = compile(source, name, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        if rewrite(tree):
            return compile(tree, name, "exec", flags, dont_inherit=True)  # type: ignore[no-any-return]
    except RecursionError:
        pass
    return compile(source, name, "exec", flags, dont_inherit=True)  # type: ignore[no-any-return]


def rewrite(tree: ast.Module) -> bool:
    """Does all rewritings in the tree; False if there was nothing to do. Never recurses, however deep the code is."""
    changed = False
    for node in reversed(list(ast.walk(tree))):  # what lies within is rewritten before what holds it
        for field, value in ast.iter_fields(node):
            if isinstance(value, list):
                for at, each in enumerate(value):
                    if isinstance(each, _REWRITTEN) and (new := _rewritten(each)) is not each:
                        value[at] = new
                        changed = True
            elif isinstance(value, _REWRITTEN) and (new := _rewritten(value)) is not value:
                setattr(node, field, new)
                changed = True
    return changed


#: kinds of what is rewritten: most of a notebook is none of them, and need not be held against every form
_REWRITTEN = (ast.BinOp, ast.Call, ast.Subscript)


def _rewritten(node: object) -> object:
    match node:
        case ast.Subscript(value=ast.Subscript() as column, slice=index, ctx=ast.Store()) if _is_one(column):
            entries = _call(COLUMN, [column.value, column.slice], column)
            return ast.copy_location(ast.Subscript(entries, index, ast.Store()), node)
        case ast.Subscript(
            value=ast.Attribute(value=ast.Subscript() as column, attr=attr), slice=index, ctx=ast.Store()
        ) if attr in ACCESSORS and _is_one(column):
            entries = _call(COLUMN, [column.value, column.slice, _text(attr, column)], column)
            return ast.copy_location(ast.Subscript(entries, index, ast.Store()), node)
        case ast.Subscript(
            value=ast.Attribute(value=ast.Attribute(value=table, attr=name) as column, attr=attr),
            slice=index,
            ctx=ast.Store(),
        ) if attr in ACCESSORS and not name.startswith("__"):
            by_name = [table, _text(name, column), _text(attr, column), _yes(column)]
            return ast.copy_location(ast.Subscript(_call(COLUMN, by_name, column), index, ast.Store()), node)
        case ast.Subscript(value=ast.Attribute(value=table, attr=name) as column, slice=index, ctx=ast.Store()) if (
            name not in ACCESSORS and not name.startswith("__")
        ):
            by_name = [table, _text(name, column), _text("", column), _yes(column)]
            return ast.copy_location(ast.Subscript(_call(COLUMN, by_name, column), index, ast.Store()), node)
        case ast.Call(func=ast.Attribute(value=ast.Subscript() as column, attr=attr)) if _is_one(
            column
        ) and _is_in_place(node):
            method = _call(IN_PLACE, [column.value, column.slice, _text(attr, column)], column)
            return ast.copy_location(ast.Call(method, node.args, node.keywords), node)
        case ast.Call(func=ast.Attribute(value=ast.Attribute(value=table, attr=name) as column, attr=attr)) if (
            not name.startswith("__") and _is_in_place(node)
        ):
            by_name = [table, _text(name, column), _text(attr, column), _yes(column)]
            return ast.copy_location(ast.Call(_call(IN_PLACE, by_name, column), node.args, node.keywords), node)
        case ast.Subscript(value=container, slice=index, ctx=ast.Store()) if not _selects_many(index):
            entries = _call(ENTRIES, [container], container)
            return ast.copy_location(ast.Subscript(entries, index, ast.Store()), node)
        case ast.Call(func=ast.Name(id="float" | "int" | "complex") as kind, args=[thing], keywords=[]):
            if not isinstance(thing, ast.Starred):
                return _call(NUMBER_OF, [kind, thing], node)
        case ast.Call(func=ast.Name(id="map") as function, args=[ast.Name(id="float" | "int") as kind, *rest]):
            args = [_call(NUMBER_FUNCTION, [kind], kind), *rest]
            return ast.copy_location(ast.Call(function, args, node.keywords), node)
        case ast.Call(func=ast.Attribute(value=thing, attr=name)) if name in LOST_METHODS:
            method = _call(METHOD, [thing, _text(name, thing)], thing)
            return ast.copy_location(ast.Call(method, node.args, node.keywords), node)
        case ast.BinOp(left=ast.Constant(value=str()) as text, op=ast.Mod(), right=values):
            return _call(FILLED_IN, [text, values], node)
    return node


def _call(name: str, args: list[ast.expr], place: ast.expr) -> ast.expr:
    function = ast.copy_location(ast.Name(name, ast.Load()), place)
    return ast.copy_location(ast.Call(function, args, []), place)


def _text(text: str, place: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Constant(text), place)


def _yes(place: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Constant(True), place)


def _is_one(column: ast.Subscript) -> bool:
    """Whether an index within an index can be handed to a function: it has no slice and spreads no star."""
    return not _selects_many(column.slice)


def _is_in_place(call: ast.Call) -> bool:
    return any(
        each.arg == "inplace" and isinstance(each.value, ast.Constant) and each.value.value is True
        for each in call.keywords
    )


def _selects_many(index: ast.expr) -> bool:
    """Whether an index is a slice or spreads a star; one within an index of its own says nothing of this one."""
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    return any(isinstance(part, ast.Slice | ast.Starred) for part in parts)
