"""The catalogue is whole: every class has a row, a test that exists, or a reason."""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.hostile.by_notebook import UNREADABLE
from tests.hostile.catalogue import CATALOGUE, PROMISED, Class
from tests.hostile.on_walls import MODULES
from tests.hostile.test_attacks import ATTACKS

REPOSITORY = Path(__file__).parents[2]
NUMBERS = {number for attack in ATTACKS for number in attack.numbers}
TESTS = {test for each in CATALOGUE for test in each.tests}


def test_the_catalogue_counts_from_1_to_110() -> None:
    """No class is left out or listed twice."""
    assert [each.number for each in CATALOGUE] == list(range(1, 111))


def test_a_class_is_exercised_or_has_a_reason() -> None:
    """Rows or tests, or else a reason; never a reason beside either."""

    def exercised(each: Class) -> bool:
        return each.number in NUMBERS or bool(each.tests)

    assert [each.name for each in CATALOGUE if exercised(each) is bool(each.reason)] == []


def test_a_named_test_exists() -> None:
    """The name after :: is a function in the file before it."""
    found: set[str] = set()
    for path in {test.partition("::")[0] for test in TESTS}:
        tree = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))
        found |= {f"{path}::{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}

    assert TESTS - found == set()


def test_whatever_we_promise_administrators_of_student_code_is_attacked() -> None:
    """Its sentence, part for part, and for each part classes of attack that are exercised."""
    *parts, last = PROMISED
    sentence = f"**It promises** that student code {', '.join(parts)}, and {last}."
    exercised = {each.number for each in CATALOGUE if not each.reason}

    assert sentence in " ".join((REPOSITORY / "docs/administrators.md").read_text(encoding="utf-8").split())
    assert {number for numbers in PROMISED.values() for number in numbers} <= exercised


@pytest.mark.parametrize("name", MODULES)
def test_a_module_that_an_attack_looks_for_is_one_of_ours(name: str) -> None:
    """A name that nothing has would be out of every room's reach."""
    assert find_spec(f"grader.{name}") is not None


def test_every_row_belongs_to_a_class() -> None:
    """Rows bear numbers of the catalogue, and a name of their own."""
    names = [attack.name for attack in ATTACKS] + list(UNREADABLE)

    assert {number for numbers, _ in UNREADABLE.values() for number in numbers} | NUMBERS <= set(range(1, 111))
    assert len(names) == len(set(names))
