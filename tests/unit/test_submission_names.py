"""Which names a statement reads, binds and changes."""

from __future__ import annotations

import ast

import pytest

from grader.notebook.submission.names import Names, names_of
from grader.notebook.submission.traits import Traits, traits_of


def names(source: str) -> Names:
    (node,) = ast.parse(source).body
    return names_of(node)


def traits(source: str) -> Traits:
    (node,) = ast.parse(source).body
    return traits_of(node)


READS = [
    ("x = a + b.c[d]", "a b d"),
    ("x = x + 1", "x"),
    ("x += a", "a x"),
    ("x[i] = a", "a i x"),
    ("x.y = a", "a x"),
    ("x: T = a", "T a"),
    ("x = (y := a) + y", "a"),
    ("x = [i * k for i in v if i > m]", "k m v"),
    ("x = [i for i in i]", "i"),
    ("x = [j for i in v for j in i]", "v"),
    ("x = {k: w for k, w in d.items()}", "d"),
    ("x = [(y := i) for i in v]", "v"),
    ("x = lambda a, b=c: a + d", "c"),
    ("def f(a, *b, c=d, **e) -> T: return g", "d"),
    ("@deco\ndef f(a: A): pass", "deco"),
    ("class C(Base, k=m):\n    x = a\n    y = x\n    def f(self): return x", "Base a m"),
    ("for i in v:\n    s = i\n    t = s + u", "u v"),
    ("while a:\n    b = c", "a c"),
    ("if a:\n    b = 1\nelse:\n    b = 2", "a"),
    ("with open(p) as f:\n    x = f.read()", "open p"),
    ("try:\n    x = a\nexcept E as e:\n    print(e)\nfinally:\n    y = b", "E a b print"),
    ("async def f(): pass\n", ""),
    ("try:\n    x = a\nexcept* E as e:\n    print(e)", "E a print"),
    ("async for i in v:\n    s = i + t", "t v"),
    ("async with a as b:\n    c = b", "a"),
    ("match a:\n    case [b, *c] if d:\n        e = b\n    case {'k': f, **g}:\n        h = g", "a d"),
    ("assert a, b", "a b"),
    ("del x[i]", "i x"),
    ("import a.b as c", ""),
    ("f'{a} {b!r:{c}}'", "a b c"),
]


@pytest.mark.parametrize(("source", "expected"), READS)
def test_a_statement_reads_what_it_does_not_bind_before(source: str, expected: str) -> None:
    """Loop variables, parameters and names just bound are a statement's own affair."""
    assert names(source).reads == set(expected.split())


READS_LATER = [
    ("def f(a):\n    b = a + c\n    return d(b)", "c d"),
    ("def f():\n    x = 1\n    def g(): return x + y\n    return g", "y"),
    ("def f():\n    global n\n    n += 1", "n"),
    ("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2", ""),
    ("def f(v): return [i + k for i in v]", "k"),
    ("def f():\n    import m\n    return m.a", ""),
    ("def f():\n    import p.m\n    return p.other", "p"),
    ("def f():\n    import os.path, p.m as q\n    return os, q", ""),
    ("def f():\n    for i, (j, *k) in v: pass\n    return i, j, k", "v"),
    ("def f(x): return f(x - 1)", "f"),
    ("x = lambda a: a + b", "b"),
    ("class C:\n    x = 1\n    def f(self): return x", "x"),
    ("def f():\n    try: pass\n    except E as e: return e", "E"),
    ("def f():\n    def g(): pass\n    class C: pass\n    return g, C", ""),
]


@pytest.mark.parametrize(("source", "expected"), READS_LATER)
def test_a_function_reads_its_free_names_later(source: str, expected: str) -> None:
    """What a body takes from the notebook is needed when it is called, not where it stands."""
    assert names(source).reads_later == set(expected.split())


BINDS = [
    ("x = y = 1", "x y", ""),
    ("a, (b, *c) = v", "a b c", ""),
    ("x: int", "", ""),
    ("def f(): pass", "f", ""),
    ("import a.b, c as d", "a d", ""),
    ("from m import a, b as c", "a c", ""),
    ("from m import *", "", ""),
    ("if a:\n    x = 1", "", "x"),
    ("if a:\n    x = 1\nelse:\n    x, y = 2, 3", "x", "y"),
    ("for i in v:\n    x = 1", "", "i x"),
    ("while a:\n    x = 1", "", "x"),
    ("with a as b:\n    x = 1", "b x", ""),
    ("try:\n    x = 1\nexcept E:\n    y = 2", "", "x y"),
    ("try:\n    x = 1\nexcept E:\n    x = 2\nfinally:\n    z = 3", "x z", ""),
    ("match a:\n    case b:\n        x = 1", "", "b x"),
    ("print(x := 1)", "x", ""),
    ("x[0] = 1", "", ""),
]


@pytest.mark.parametrize(("source", "surely", "perhaps"), BINDS)
def test_a_statement_binds_names_surely_or_perhaps(source: str, surely: str, perhaps: str) -> None:
    """Sure is what every path through the statement binds."""
    found = names(source)
    assert found.binds == set(surely.split())
    assert found.may_bind == set(perhaps.split())


CHANGES = [
    ("p['W'] = 1", "p", ""),
    ("p['W'][0].x += 1", "p", ""),
    ("a, p.x = v", "p", ""),
    ("model.add(1)", "", "model"),
    ("model.layers[0].build(1)", "", "model"),
    ("model.fit(X)", "", ""),
    ("fig.gca().set(x=1)", "", "fig"),
    ("(a or b).add(1)", "", ""),
    ("[*p][0].x = 1", "", ""),
    ("for i in v:\n    a.append(i)\n    b[i] = 1", "b", "a"),
    ("del p['W']", "p", ""),
    ("f(p)", "", ""),
]


@pytest.mark.parametrize(("source", "stores", "calls"), CHANGES)
def test_a_statement_changes_what_a_name_holds(source: str, stores: str, calls: str) -> None:
    """Stores into a name and method calls are told apart; training is no change."""
    found = names(source)
    assert found.stores_into == set(stores.split())
    assert found.calls_method_of == set(calls.split())


@pytest.mark.parametrize("depth", [50, 95])
def test_nested_blocks_are_followed_to_the_parsers_own_limit(depth: int) -> None:
    """Whatever depth of blocks parses is read."""
    source = "".join(" " * level + "if a:\n" for level in range(depth)) + " " * depth + "x = y"
    assert names(source).reads == {"a", "y"}


IMPORTS = [
    ("import a", True),
    ("from a import *", True),
    ("try:\n    import a\nexcept ImportError:\n    a = None", True),
    ("if x:\n    import a\nelse:\n    from b import a", True),
    ("with w():\n    import a", True),
    ("try:\n    import a\n    f()\nexcept ImportError:\n    pass", False),
    ("if x:\n    import a\nelse:\n    f()", False),
    ("def f():\n    import a", False),
]


@pytest.mark.parametrize(("source", "imports"), IMPORTS)
def test_a_statement_of_nothing_but_imports_is_an_import(source: str, imports: bool) -> None:
    """A guard around imports belongs to them."""
    assert traits(source).imports is imports


TESTS = [
    ("test_my_softmax(my_softmax)", True),
    ("public_tests.test_model(model, 10, 400)", True),
    ("compute_entropy_test(compute_entropy)", True),
    ("run_tests(f)", True),
    ("latest(f)", False),
    ("x = test_model(model)", False),
    ("model.build(1)", False),
]


@pytest.mark.parametrize(("source", "tests"), TESTS)
def test_a_call_of_a_test_is_known_by_its_name(source: str, tests: bool) -> None:
    """`test` must stand as a word of the name."""
    assert traits(source).tests is tests


COSTLY = [
    ("model.fit(X, y)", True),
    ("history = model.fit(X, y).history", True),
    ("for i in v:\n    print(model.predict(i))", True),
    ("def train(): model.fit(X, y)", False),
    ("np.polyfit(x, y)", False),
]


@pytest.mark.parametrize(("source", "costly"), COSTLY)
def test_training_and_predicting_are_costly(source: str, costly: bool) -> None:
    """Defining a function that trains is not."""
    assert traits(source).costly is costly
