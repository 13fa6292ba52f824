"""Calls of TensorFlow's functions that were right in TensorFlow 1: arguments under other names. Lives in the room.

What is no longer there at all is for `gone.py`.
"""

from __future__ import annotations

from typing import Any

from grader.wall.room.compatibility.callbacks import adapt_summaries
from grader.wall.room.compatibility.gone import Note
from grader.wall.room.compatibility.numpy_calls import renaming
from grader.wall.room.compatibility.tables import TENSORFLOW_ARGUMENTS

#: modules of TensorFlow that give out the functions of the table
_HOMES = ("math", "nn", "linalg")


def install(tensorflow: Any, note: Note) -> None:
    """Have the functions that notebooks call take their old arguments; TensorFlow's own code calls others."""
    adapt_summaries(tensorflow, note)
    for home in (tensorflow, *(getattr(tensorflow, name) for name in _HOMES)):
        for names, rows in TENSORFLOW_ARGUMENTS.items():
            for name in names:
                if (function := getattr(home, name, None)) is not None:
                    setattr(home, name, renaming(rows, note, function))
