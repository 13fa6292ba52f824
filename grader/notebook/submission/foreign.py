"""The one door between a student's text and what others wrote to read it: Python's parser, IPython, the tokenizer.

Some of them answer a strange text with an exception that they never promised. Whatever comes, here it is a value:
`Refused`. Nothing else in the grader hands a student's text to such code; a test of the repository keeps it so.
What a reader may cost is bounded elsewhere, by the process that reads.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refused:
    """A reader did not come through a text: and this is what it raised."""

    error: Exception


def through(reader: Callable[P, T], *text: P.args, **options: P.kwargs) -> T | Refused:
    """What `reader` makes of a text, or that it did not come through."""
    try:
        return reader(*text, **options)
    except Exception as error:
        return Refused(error)


def tree(source: str) -> ast.Module | Refused:
    """The syntax tree of `source`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a student's "\d" is no business of ours
        return through(ast.parse, source)
