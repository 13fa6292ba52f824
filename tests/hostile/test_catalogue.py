"""The catalogue is whole: every class has a row, a test that exists, or a reason."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.hostile.by_notebook import UNREADABLE
from tests.hostile.catalogue import CATALOGUE, Class
from tests.hostile.test_attacks import ATTACKS

REPOSITORY = Path(__file__).parents[2]
NUMBERS = {number for attack in ATTACKS for number in attack.numbers}
TESTS = sorted({test for each in CATALOGUE for test in each.tests})


def test_the_catalogue_counts_from_1_to_110() -> None:
    """No class is left out or listed twice."""
    assert [each.number for each in CATALOGUE] == list(range(1, 111))


@pytest.mark.parametrize("each", [pytest.param(each, id=f"{each.number} {each.name}") for each in CATALOGUE])
def test_a_class_is_exercised_or_has_a_reason(each: Class) -> None:
    """Rows or tests, or else a reason; never a reason beside either."""
    assert (each.number in NUMBERS or bool(each.tests)) is not bool(each.reason)


@pytest.mark.parametrize("test", TESTS)
def test_a_named_test_exists(test: str) -> None:
    """The name after :: is a function in the file before it."""
    path, _, name = test.partition("::")
    tree = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))

    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_row_belongs_to_a_class() -> None:
    """Rows bear numbers of the catalogue, and a name of their own."""
    names = [attack.name for attack in ATTACKS] + list(UNREADABLE)

    assert {number for numbers, _ in UNREADABLE.values() for number in numbers} | NUMBERS <= set(range(1, 111))
    assert len(names) == len(set(names))
