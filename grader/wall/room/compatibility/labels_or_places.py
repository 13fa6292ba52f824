"""`df.ix` of older pandas: rows and columns by label, or by place where labels are no numbers. Lives in the room."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

#: kinds of labels among which a number is never a place
_NUMBERED: Final = ("integer", "floating", "mixed-integer-float", "boolean")


class Ix:
    """What `table.ix` was."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __getitem__(self, key: Any) -> Any:
        return self._table.loc[self._labels(key)]

    def __setitem__(self, key: Any, value: Any) -> None:
        self._table.loc[self._labels(key)] = value

    def _labels(self, key: Any) -> Any:
        if isinstance(key, tuple) and self._table.ndim == 2 and len(key) == 2:
            return _of_axis(self._table.index, key[0]), _of_axis(self._table.columns, key[1])
        return _of_axis(self._table.index, key)


def _of_axis(axis: Any, key: Any) -> Any:
    """The labels that are meant; places count from 0, and the end of a slice of places is not among them."""
    parts = [key.start, key.stop] if isinstance(key, slice) else key if isinstance(key, list) else [key]
    whole = [isinstance(each, int | np.integer) and not isinstance(each, bool) for each in parts if each is not None]
    if axis.inferred_type in _NUMBERED or not whole or not all(whole):
        return key
    return list(axis[key]) if isinstance(key, slice | list) else axis[key]
