"""Classes made for measuring: as many right submissions as asked for, no two with the same code. Measures nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from tests.end_to_end.digits import SAMPLE
from tests.hostile.small_course import handed_in

#: makes the submission with this number
Make: TypeAlias = Callable[[int], bytes]


def digits(number: int) -> bytes:
    """The sample, with names of its own for two of the student's variables. It earns all points."""
    notebook: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if source.startswith("# UNQ_C1"):
            source = source.replace("ez", f"powers_{number}")
        elif source.startswith("# UNQ_C2"):
            source = source.replace('"layer', f'"layer_{number}_')
        cell["source"] = source
    return json.dumps(notebook).encode()


def arrays(number: int) -> bytes:
    """Two small functions of NumPy, for the course of `tests/hostile/small_course.py`. It earns all points."""
    return handed_in(
        f"# GRADED CELL: double\ndef double(x):\n    twice_{number} = 2.0 * x\n    return twice_{number}\n"
    )


def write_class(folder: Path, count: int, make: Make) -> None:
    """One notebook for each of `count` students, side by side in `folder`."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"student{number:05}.ipynb").write_bytes(make(number))
