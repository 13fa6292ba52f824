"""How tables become the JSON and the arrays of a frame and come back, every length checked before it is believed.

Exists in the room too. Reading is written for hostile bytes: a table comes of them, or ProtocolError.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from grader.errors import ProtocolError
from grader.wall.table import (
    KINDS,
    MAX_COLUMNS,
    MAX_DTYPE,
    MAX_ROWS,
    MAX_TEXTS,
    Column,
    Table,
    numbers,
    others,
    places,
    texts,
)
from grader.wall.values import MAX_TEXT, Array, Value, array, is_key

Pack: TypeAlias = Callable[[Any], Any]
Take: TypeAlias = Callable[[object], Value]
#: of dtypes whose entries may be missing otherwise than as NaN or NaT, the kinds that a mask may go with
_MASKED: Final = "biufc"


def pack_table(table: Table, pack: Pack) -> list[Any]:
    """The JSON form of a table; `pack` is that of its parts."""
    named = [[pack(each) for each in names] for names in (table.names, table.index_names)]
    columns, index = ([_pack_column(each, pack) for each in part] for part in (table.columns, table.index))
    return ["table", table.kind, *named, columns, index]


def _pack_column(column: Column, pack: Pack) -> list[Any]:
    match column.form:
        case "numbers":
            mask = None if column.missing is None else Array(column.missing)
            return ["numbers", column.dtype, pack(Array(column.data)), pack(mask)]
        case "texts":
            written = [each.encode("utf-8") for each in column.data]
            lengths = [-1 if gone else len(each) for each, gone in zip(written, column.absent, strict=True)]
            letters = np.frombuffer(b"".join(written), np.uint8)
            return ["texts", column.dtype, pack(array(np.array(lengths, np.int32))), pack(array(letters))]
        case "categories":
            assert column.categories is not None
            return ["categories", pack(Array(column.data)), _pack_column(column.categories, pack), column.ordered]
        case "values":
            mask = Array(column.absent)
            return ["values", column.dtype, [pack(each) for each in column.data], pack(mask)]


class TableReader:
    """The tables of one frame; it counts their texts. `take` reads a part that is no table."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._texts = 0

    def table(self, kind: object, names: Sequence[object], called: Sequence[object], parts: Sequence[Any]) -> Table:
        """The table of a JSON form made by `pack_table`. Raises ProtocolError for any other form."""
        labels, levels = tuple(map(self._name, names)), tuple(map(self._name, called))
        columns, index = (tuple(map(self._column, part)) for part in parts)
        if kind not in KINDS or len(labels) != len(columns) or len(levels) != len(index) or len(labels) > MAX_COLUMNS:
            raise ProtocolError("a table whose names are not as many as its columns")
        if len({len(each) for each in (*columns, *index)}) > 1:
            raise ProtocolError("a table of columns of different lengths")
        if bool(index) != (kind in ("frame", "series")) or (kind in ("series", "array") and len(columns) != 1):
            raise ProtocolError("a table that is none")
        return Table(kind=kind, names=labels, columns=columns, index=index, index_names=levels)  # type: ignore[arg-type]  # one of KINDS

    def _name(self, node: object) -> Value:
        name = self._take(node)
        if not is_key(name):
            raise ProtocolError("a name of a column that can be none")
        return name

    def _column(self, node: object, within: bool = False) -> Column:
        match node:
            case ["numbers", str() as dtype, data, mask]:
                return self._numbers(_dtype(dtype), self._data(data), mask)
            case ["texts", str() as dtype, lengths, letters]:
                given, buffer = self._data(lengths), self._data(letters)
                return texts(self._split(given, buffer), _dtype(dtype))
            case ["categories", data, inner, bool() as ordered] if not within:
                held, categories = self._data(data), self._column(inner, within=True)
                if held.dtype != np.int32 or (len(held) and (held.min() < -1 or held.max() >= len(categories))):
                    raise ProtocolError("a column of categories that there are not")
                return places(held, categories, ordered=ordered)
            case ["values", str() as dtype, list() as nodes, mask]:
                cells = [self._take(each) for each in nodes]
                return others(cells, _dtype(dtype), self._mask(mask, len(cells)))
            case _:
                raise ProtocolError("a column in no form that we know")

    def _numbers(self, dtype: str, data: npt.NDArray[Any], node: object) -> Column:
        if (mask := self._take(node)) is None:
            return numbers(data, dtype)
        if data.dtype.kind not in _MASKED:
            raise ProtocolError("a mask of a column that needs none")
        return numbers(data, dtype, _checked(mask, len(data)))

    def _data(self, node: object) -> npt.NDArray[Any]:
        value = self._take(node)
        if not isinstance(value, Array) or value.data.ndim != 1 or len(value.data) > MAX_ROWS * MAX_TEXT:
            raise ProtocolError("a column that is no row of numbers")
        return value.data

    def _mask(self, node: object, length: int) -> npt.NDArray[np.bool_]:
        return _checked(self._take(node), length)

    def _split(self, lengths: npt.NDArray[Any], letters: npt.NDArray[Any]) -> list[str | None]:
        """The texts of a column; a length of -1 is one that is missing."""
        self._texts += len(lengths)
        if lengths.dtype != np.int32 or letters.dtype != np.uint8 or self._texts > MAX_TEXTS:
            raise ProtocolError("texts of a column that are none, or too many")
        given = lengths.tolist()
        if any(not -1 <= each <= 4 * MAX_TEXT for each in given) or sum(max(each, 0) for each in given) != len(letters):
            raise ProtocolError("texts of a column of other lengths than they have")
        raw, begin, found = letters.tobytes(), 0, list[str | None]()
        for each in given:
            found.append(None if each < 0 else _decoded(raw[begin : begin + each]))
            begin += max(each, 0)
        return found


def _checked(mask: Value, length: int) -> npt.NDArray[np.bool_]:
    if not isinstance(mask, Array) or mask.data.dtype != np.bool_ or mask.data.shape != (length,):
        raise ProtocolError("a mask that does not fit its column")
    return mask.data


def _dtype(name: str) -> str:
    if len(name) > MAX_DTYPE:
        raise ProtocolError("a dtype with a name too long to be one")
    return name.encode("utf-8", "replace").decode("utf-8")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError("a text of a column that is no UTF-8") from None
