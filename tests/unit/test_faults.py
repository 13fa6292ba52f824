"""Faults of an assignment that show on paper: each says where, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.proof.faults import faults_on_paper
from grader.authoring.scaffold import scaffold
from grader.course.folder import Course

SOLUTION = "import numpy as np\n\n\ndef adding_up(x):\n    return np.sum(x)\n"


def faults(folder: Path, *, runtime: str = "numpy", solution: str = SOLUTION, another: str = "") -> str:
    """What is found in a scaffold of that runtime, with that reference, and with another check."""
    for name, data in scaffold("adding_up").items():
        text = data.decode().replace("    seed=", f'    runtime="{runtime}",\n    seed=')
        text = text.replace("import calls", "import Bounded, Visibility, calls, examples")
        text = text.replace("        check(", f"        {another}\n        check(", 1)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(solution if name.endswith("solution.py") else text, encoding="utf-8")
    return "\n".join(faults_on_paper(Course(folder), "adding_up"))


@pytest.mark.parametrize(
    ("runtime", "solution", "asked_for"),
    [
        ("numpy", f"import keras\n{SOLUTION}", 'runtime="tensorflow"'),
        ("numpy", f"{SOLUTION}    import tensorflow.keras\n", 'runtime="tensorflow"'),
        ("numpy", f"from keras.layers import Dense\n{SOLUTION}", 'runtime="tensorflow"'),
        ("numpy", f"import sympy\n{SOLUTION}", 'runtime="sympy"'),
        ("tensorflow", f"from sklearn.pipeline import Pipeline\n{SOLUTION}", 'uses=("sklearn",)'),
        ("tensorflow", f"import keras\n{SOLUTION}", None),
        ("numpy", SOLUTION, None),
    ],
    ids=["keras", "within a function", "from", "sympy", "used", "declared", "numpy alone"],
)
def test_a_library_that_every_room_would_load_anew_is_named(
    runtime: str, solution: str, asked_for: str | None, tmp_path: Path
) -> None:
    """Without its runtime an assignment is right and slow: minutes become hours, and nothing else would say why."""
    said = faults(tmp_path, runtime=runtime, solution=solution)

    assert ("assignment.py, runtime: solution.py imports" in said) is (asked_for is not None)
    assert (f"Add {asked_for} to the `lab`." in said) is (asked_for is not None)


@pytest.mark.parametrize(
    ("inputs", "is_named"),
    [
        pytest.param("examples((np.ones(9),)), Bounded()", True, id="written down"),
        pytest.param("examples((np.ones(9),)), Bounded(), visibility=Visibility.HIDDEN", False, id="but never shown"),
        pytest.param("calls(vectors(), count=2), Bounded()", False, id="drawn"),
    ],
)
def test_time_that_is_asked_for_on_inputs_that_are_known_is_named(inputs: str, is_named: bool, tmp_path: Path) -> None:
    """An answer that is looked up takes no time, so the check would say nothing."""
    said = faults(tmp_path, another=f'check("fast", "Fast", 1, {inputs}),')

    assert ("check fast: it asks for time on inputs that are written down" in said) is is_named
