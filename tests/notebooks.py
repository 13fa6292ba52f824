"""Notebooks built in code, as bytes: `notebook(code("x = 1"), markdown("# Title"))`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

CellNode: TypeAlias = Mapping[str, Any]


def code(source: str, *, tags: Sequence[str] = (), outputs: Sequence[Mapping[str, Any]] = ()) -> CellNode:
    """A code cell."""
    metadata = {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": list(outputs),
        "source": source.splitlines(keepends=True),
    }


def markdown(source: str) -> CellNode:
    """A Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def raw(source: str) -> CellNode:
    """A raw cell."""
    return {"cell_type": "raw", "metadata": {}, "source": source}


def notebook(*cells: CellNode, python: str | None = None) -> bytes:
    """A notebook of these cells, written by `python` if given."""
    language = {"name": "python", **({"version": python} if python else {})}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": language}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}).encode()
