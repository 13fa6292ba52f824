"""Digits notebooks in the making: right answers by default, any part replaced. No tests here."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "assignments" / "digits" / "sample.ipynb"
STARTER = ROOT / "assignments" / "digits" / "starter.ipynb"

IMPORTS = """\
import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
"""
SOFTMAX = """\
# UNQ_C1
# GRADED CELL: my_softmax

def my_softmax(z):
    ez = np.exp(z)
    return ez / np.sum(ez)
"""
MODEL = """\
# UNQ_C2
# GRADED CELL: Sequential model
model = Sequential([
    tf.keras.Input(shape=(400,)),
    Dense(25, activation="relu"),
    Dense(15, activation="relu"),
    Dense(10, activation="linear"),
])
"""


def code(*sources: str) -> bytes:
    """A notebook of these code cells."""
    return cells([{"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in sources])


def cells(items: list[dict[str, object]]) -> bytes:
    """A notebook of cells given in full."""
    metadata = {"kernelspec": {"name": "python3"}, "language_info": {"name": "python", "version": "3.11.0"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": metadata, "cells": items}).encode()


def digits(*, imports: str = IMPORTS, softmax: str = SOFTMAX, model: str = MODEL, after: tuple[str, ...] = ()) -> bytes:
    """A digits notebook that is right wherever nothing else is given."""
    return code(imports, softmax, model, *after)


def marked(body: str) -> str:
    """A graded softmax cell around `body`."""
    return f"# UNQ_C1\n# GRADED CELL: my_softmax\n{body}"
