"""What counts as a small mistake, and what does not."""

from __future__ import annotations

import ast

import pytest

from grader.authoring.proof.equivalents import Equivalent, sort_out
from grader.authoring.proof.mutants import Mutant, mutants
from grader.authoring.proof.operators import OPERATORS


def becomes(body: str, *, operator: str | None = None) -> set[str]:
    """What the only line of a function is mutated to."""
    found = mutants(f"def f(a, b):\n    {body}\n", "f")
    return {mutant.becomes for mutant in found if operator in (None, mutant.operator)}


@pytest.mark.parametrize(
    ("operator", "body", "expected"),
    [
        ("arithmetic", "return a + b", "return a - b"),
        ("arithmetic", "a *= b", "a /= b"),
        ("dropped term", "return a / m", "return a"),
        ("exchanged operands", "return a - b", "return b - a"),
        ("number", "return 2", "return 3"),
        ("truth", "return True", "return False"),
        ("comparison", "return a < b", "return a <= b"),
        ("sign", "return a", "return -a"),
        ("condition", "return a if b else 1", "return a if not b else 1"),
        ("axis", "return sum(a, axis=0)", "return sum(a, axis=1)"),
        ("axis", "return sum(a, keepdims=True)", "return sum(a)"),
        ("off by one", "return a[:b]", "return a[:b - 1]"),
        ("function", "return np.max(a)", "return np.min(a)"),
        ("exchanged arguments", "return f(a, b)", "return f(b, a)"),
        ("transpose", "return a.T", "return a"),
        ("transpose", "return np.dot(a, b)", "return np.dot(a.T, b)"),
        ("forgotten copy", "return a.copy()", "return a"),
        ("forgotten statement", "a = b", "pass"),
        ("forgotten part", "return [a, b, 3]", "return [a, b]"),
        ("activation", "return 'relu'", "return 'sigmoid'"),
    ],
)
def test_each_operator_makes_its_mistake(operator: str, body: str, expected: str) -> None:
    """One example a row."""
    assert expected in becomes(body, operator=operator)


def test_every_operator_has_an_example() -> None:
    """A new operator comes with its row above."""
    (table,) = test_each_operator_makes_its_mistake.pytestmark  # type: ignore[attr-defined]  # set by the decorator

    assert {row[0] for row in table.args[1]} == set(OPERATORS)


def test_words_are_left_alone() -> None:
    """Docstrings, annotations, assertions and prints are not what an exercise is about."""
    source = 'def f(a: "x + 1") -> "y - 1":\n    """Adds 1."""\n    assert a > 1\n    print(a + 1)\n    return a\n'

    assert {mutant.becomes for mutant in mutants(source, "f")} == {"return -a"}


def test_only_what_binds_the_target_is_mutated() -> None:
    """Another function has an exercise of its own."""
    source = "def g(a):\n    return a + 1\n\ndef f(a):\n    return g(a)\n"

    assert {mutant.line for mutant in mutants(source, "f")} == {5}


def test_every_method_of_a_class_is_mutated() -> None:
    """What a class does is what its methods do."""
    source = "class C:\n    def f(self, a):\n        return a + 1\n\n    def g(self, a):\n        return a - 2\n"
    assert {"return a - 1", "return a + 2"} <= {mutant.becomes for mutant in mutants(source, "C")}


def test_mutants_are_distinct_and_differ_from_the_original() -> None:
    """`1 * 1` mutates to the same thing in several ways; each is listed once."""
    source = "def f(a):\n    return 1 * 1 + a\n"
    found = mutants(source, "f")

    assert len({mutant.source for mutant in found}) == len(found)
    assert ast.unparse(ast.parse(source)) not in {mutant.source for mutant in found}


def test_a_mutant_shows_what_was_changed() -> None:
    """The name marks the difference, and the statement around it."""
    mutant = Mutant(operator="number", line=3, was="return a + 10", becomes="return a + 11", source="")

    assert mutant.name == "line 3, number: return a + 1[0 -> 1]"


def test_equivalent_mutants_are_left_out_and_stale_marks_named() -> None:
    """A mark that matches no mutant any more hides nothing, and says so."""
    found = mutants("def f(a):\n    return a + 0\n", "f")
    marks = [Equivalent(exercise="f", becomes=text, reason="0 adds nothing") for text in ("return a - 0", "return b")]
    other = Equivalent(exercise="g", becomes="return a", reason="of another exercise")

    result = sort_out(found, (*marks, other), "f")

    assert "return a - 0" not in {mutant.becomes for mutant in result.mutants}
    assert (result.equivalent, result.stale) == (1, (marks[1],))
