"""Python scripts that are handed in: where their cells begin, and which are none."""

from __future__ import annotations

import pytest

from grader.limits import NotebookLimits
from grader.notebook.notebook import parse
from grader.notebook.scripts import cells_of
from tests.english import spoken

PLAIN = """\
import numpy as np
SIZE = 3

# twice as much
@np.vectorize
def double(x):

    return 2 * x
class Box:
    pass
a = 1
b = 2

c = 3
"""
MARKED = """\
# %% [markdown]
# # Doubling
# %%
import numpy as np

# %% twice
def double(x):
    return 2 *
# In[3]:
%time double(1)
"""


def test_without_marks_a_cell_is_a_function_or_a_group_of_statements() -> None:
    """Comments and decorators go with what follows; a blank line divides."""
    assert [source.split("\n")[0] for source, _ in cells_of(PLAIN)] == [
        "import numpy as np",
        "# twice as much",
        "class Box:",
        "a = 1",
        "c = 3",
    ]


def test_with_marks_the_marks_decide() -> None:
    """Whatever a cell holds: one that is no Python costs no other."""
    assert cells_of(MARKED) == (
        ("# Doubling", False),
        ("import numpy as np", True),
        ("def double(x):\n    return 2 *", True),
        ("%time double(1)", True),
    )


def test_nothing_of_a_script_is_lost() -> None:
    """Its cells are all of its lines."""
    assert [line for source, _ in cells_of(PLAIN) for line in source.split("\n") if line] == [
        line for line in PLAIN.split("\n") if line
    ]


@pytest.mark.parametrize(
    "text", ["", "import numpy as np\n", "x = 1\n", "# %%\n# nothing\n", "def f(:\n", "Dear all,\n"]
)
def test_what_defines_nothing_and_marks_nothing_is_no_script(text: str) -> None:
    """It is told as the other file that it is."""
    assert cells_of(text) == ()


def test_that_a_script_was_read_is_said() -> None:
    """With the number of its cells."""
    notebook = parse(PLAIN.encode(), NotebookLimits())

    assert [cell.index for cell in notebook.code_cells] == [1, 2, 3, 4, 5]
    assert [spoken(each) for each in notebook.notices] == [
        "You handed in a Python script; it was read as a notebook of 5 cells."
    ]
