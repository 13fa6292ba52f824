"""How an edit changes a script."""

from __future__ import annotations

import pytest

from grader.course.edits import Edit, Script

SCRIPT = Script(
    "reference/lab/solution.py",
    '''\
import numpy as np
from math import (
    exp,
)

RATE = 0.1


def total(z):
    """The sum of z."""
    result = 0
    for each in z:
        result += each
    return result


def mean(z):
    """The sum of z by how many there are."""
    result = total(z) / len(z)
    return result
''',
)

EDITED = [
    pytest.param("total", "result = 0", "result = 1", "    result = 1\n", id="in the answer"),
    pytest.param("mean", "RATE = 0.1", "RATE = 1", "RATE = 1\n", id="outside of it, where it is not in it"),
    pytest.param("RATE", "0.1", "0.2", "RATE = 0.2\n", id="in a value"),
    pytest.param("mean", "sum", "size", "The size of z by", id="in a string"),
    pytest.param("total", "    result += each", "", "z:\n        \n", id="left out"),
    pytest.param(
        "total",
        "for each in z:\n    result += each",
        "for n in range(len(z)):\n    result += z[n]",
        "    for n in range(len(z)):\n        result += z[n]\n",
        id="of several lines, indented as the place is",
    ),
    pytest.param(
        "total",
        "\nresult += each\n",
        "\n    if each > 0:\n        result += each\n",
        "        if each > 0:\n            result += each\n",
        id="with margins of its own",
    ),
]


@pytest.mark.parametrize(("target", "was", "becomes", "there"), EDITED)
def test_an_edit_changes_the_one_place_where_it_fits(target: str, was: str, becomes: str, there: str) -> None:
    """In the answer to the exercise first; all the rest stays."""
    after = SCRIPT.edited([Edit(was=was, becomes=becomes)], target)
    assert there in after
    lines = [text.strip("\n").count("\n") for text in (SCRIPT.source, becomes, was)]
    assert after.strip("\n").count("\n") == lines[0] + lines[1] - lines[2]


def test_tabs_are_kept_as_they_are() -> None:
    """A script may be indented by tabs; an edit need not know."""
    script = Script("solution.py", "def f(z):\n\tif z:\n\t\treturn 1\n\treturn 2\n")
    edit = Edit(was="return 1", becomes="z = 3\nreturn z")
    assert script.edited([edit], "f") == "def f(z):\n\tif z:\n\t\tz = 3\n\t\treturn z\n\treturn 2\n"


def test_several_edits_are_all_of_the_script_as_it_stands() -> None:
    """In whatever order they are written: what one puts in, no other finds."""
    edits = [Edit(was="result / n", becomes="n"), Edit(was="n = len(z)", becomes="n = len(z) + result / n")]
    script = Script("solution.py", "def f(z):\n    n = len(z)\n    return result / n\n")
    assert script.edited(edits, "f") == "def f(z):\n    n = len(z) + result / n\n    return n\n"


REFUSED = [
    pytest.param([("each", "one")], r"`each` occurs 2 times in .*, in lines 12, 13\. Take more", id="twice"),
    pytest.param([("np.sum", "sum")], r"`np\.sum` does not occur in solution\.py", id="never"),
    pytest.param([("return  result", "return 0")], "does not occur", id="other spaces"),
    pytest.param([("result = 0", "result = 0")], "the edit of `result = 0` changes nothing", id="nothing"),
    pytest.param([("result = 0", "\nresult = 0\n")], "changes nothing", id="nothing but margins"),
    pytest.param([(" \n", "result = 0")], "`was` is empty", id="empty"),
    pytest.param([("result = 0", "a = 1"), ("= 0\nfor", "= 2\nfor")], "overlap", id="two that overlap"),
    pytest.param([("result = 0", "a = 1"), ("result = 0", "b = 1")], "overlap", id="the same place twice"),
]


@pytest.mark.parametrize(("edits", "says"), REFUSED)
def test_what_fits_nowhere_or_twice_is_refused(edits: list[tuple[str, str]], says: str) -> None:
    """With the place, and what to do."""
    with pytest.raises(ValueError, match=says):
        SCRIPT.edited([Edit(was=was, becomes=becomes) for was, becomes in edits], "total")


def test_the_imports_of_a_script_are_whole_statements() -> None:
    """Over several lines, too."""
    assert SCRIPT.imports == "import numpy as np\nfrom math import (\n    exp,\n)\n"


def test_a_script_that_is_no_python_has_no_place() -> None:
    """The message names it."""
    with pytest.raises(ValueError, match=r"solution\.py cannot be read as Python"):
        Script("solution.py", "def f(:\n").edited([Edit(was="f", becomes="g")], "f")
