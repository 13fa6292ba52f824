"""A model as plain data, of whichever library it is. Lives in the room, and where students practise."""

from __future__ import annotations

import sys
from typing import Any

import numpy.typing as npt

from grader.message import say
from grader.wall.room.keras_model import describe_keras, is_keras
from grader.wall.room.torch_module import describe_module, is_module
from grader.wall.values import UnsupportedValueError, Value, kind_of


def describe(model: Any, inputs: npt.NDArray[Any]) -> Value:
    """Class, layers, and predictions for `inputs` (m, ...). Raises UnsupportedValueError if `model` is no model."""
    if is_module(model):
        return describe_module(model, inputs)
    if is_keras(model):
        return describe_keras(model, inputs)
    if "torch" in sys.modules and "keras" not in sys.modules:
        raise UnsupportedValueError(say("not_a_module", what=kind_of(model)))
    raise UnsupportedValueError(say("not_a_model", what=kind_of(model)))
