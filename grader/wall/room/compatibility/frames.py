"""Calls of pandas that were right in pandas 2 or 1, and columns that were changed within their frame. In the room.

A call is made as it was written; only where pandas refuses it, it is made once more in today's spelling. What pandas 3
takes and leaves without effect, `df["a"].fillna(0, inplace=True)` and `df["a"][i] = x`, `rewriting.py` leads here.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import io
import re
import sys
from collections.abc import Callable
from typing import Any

from grader.wall.room.compatibility.data_tables import (
    AXIS_AND_COLUMNS,
    AXIS_IN_PLACE,
    AXIS_OF_ROWS,
    BY_LEVEL,
    BY_POSITION,
    DATE_METHODS,
    DATE_PARSER,
    ENDS_INCLUDED,
    ENTRY,
    ENTRY_OF_ROW,
    ERRORS_IGNORED,
    FILL_METHOD,
    FILLED_CHANGE,
    FRAME_METHODS,
    FREQUENCIES,
    HOW_AND_THRESH,
    IN_PLACE,
    INDEX_METHODS,
    INFERRED,
    MIXED_DATES,
    NUMBERS_ONLY,
    OF_A_LIST,
    OF_NUMBERS,
    OF_NUMBERS_TOO,
    OLD_ORDER,
    PANDAS_ARGUMENTS,
    PATTERN,
    SERIES_METHODS,
    SEVERAL_COLUMNS,
    SHORT_ORIENT,
    SQUEEZED,
    TEXT_OF_JSON,
)
from grader.wall.room.compatibility.dates_of_files import with_parser
from grader.wall.room.compatibility.entries_of_tables import adapt_entries
from grader.wall.room.compatibility.gone import Note, by_notebook, is_library
from grader.wall.room.compatibility.groups_of_tables import adapt_groups
from grader.wall.room.compatibility.numpy_calls import renamed
from grader.wall.room.compatibility.spelling import Spelling
from grader.wall.room.compatibility.wrapping import Options, Positional, by_name, give_back, replace_function

_FUNCTIONS = (
    *("concat", "read_csv", "read_table", "read_excel", "to_datetime", "to_numeric", "date_range"),
    *("unique", "factorize"),
)
_METHODS = (
    *("drop", "dropna", "sort_values", "sort_index", "set_index", "reset_index", "drop_duplicates", "pivot", "any"),
    *("clip", "rename", "where", "to_csv", "fillna", "ffill", "bfill", "groupby", "describe", "set_axis", "pct_change"),
    *("between", "to_dict", "info", "apply", "rolling", "expanding", "ewm", "sum", "count", "min", "max", *OF_NUMBERS),
)
_BY_NAME = inspect.Parameter.KEYWORD_ONLY
_FREQUENCY = re.compile(r"(-?\d*)([A-Z]+)((?:-[A-Z]{3})?)")
_ORIENTS = ("dict", "list", "series", "split", "records", "index")
#: what `replace` of texts takes before `regex`, after the pattern
_BEFORE_REGEX = 4
_META = re.compile(r"[\\^$.|?*+()\[\]{}]")
_FILLS = {"ffill": "ffill", "pad": "ffill", "bfill": "bfill", "backfill": "bfill"}


def adapt_pandas(pandas: Any, note: Note) -> None:
    """Have pandas take the calls of the tables."""
    for name in _FUNCTIONS:
        replace_function(pandas, name, functools.partial(_Calls(note).lenient, name))
    for kind, rows in ((pandas.DataFrame, FRAME_METHODS), (pandas.Series, SERIES_METHODS)):
        for name in _METHODS:
            if hasattr(kind, name):
                setattr(kind, name, _Calls(note).lenient(name, getattr(kind, name)))
        give_back(kind, rows, note)
    accessors = importlib.import_module("pandas.core.strings.accessor")
    for name in ("split", "rsplit"):
        lenient = _Calls(note).lenient(name, getattr(accessors.StringMethods, name))
        setattr(accessors.StringMethods, name, lenient)
    accessors.StringMethods.replace = _by_pattern(note, accessors.StringMethods.replace)
    give_back(importlib.import_module("pandas.core.indexes.accessors").DatetimeProperties, DATE_METHODS, note)
    give_back(pandas.Index, INDEX_METHODS, note)
    give_back(pandas.DatetimeIndex, DATE_METHODS, note)
    groups = importlib.import_module("pandas.core.groupby.generic")
    _adapt_groups(groups.DataFrameGroupBy, note)
    adapt_groups(groups, note)
    replace_function(pandas, "read_json", functools.partial(_of_text, note))
    adapt_entries(pandas, note)
    replace_function(sys.modules["pandas._libs.tslibs"], "to_offset", functools.partial(_with_old_frequencies, note))


def _adapt_groups(kind: Any, note: Note) -> None:
    for name in OF_NUMBERS:
        if hasattr(kind, name):
            setattr(kind, name, _Calls(note).lenient(name, getattr(kind, name)))
    choose = kind.__getitem__

    @functools.wraps(choose)
    def chosen(groups: Any, key: Any) -> Any:
        try:
            return choose(groups, key)
        except ValueError:
            if not isinstance(key, tuple) or is_library(sys._getframe(1)):
                raise
        note(SEVERAL_COLUMNS.notice)
        return choose(groups, list(key))

    kind.__getitem__ = chosen


def _by_pattern(note: Note, replace: Callable[..., Any]) -> Callable[..., Any]:
    """A pattern that stands nowhere in the texts as it is written, and does as a pattern, is one."""

    @functools.wraps(replace)
    def lenient(texts: Any, pat: Any, *args: Any, **named: Any) -> Any:
        result = replace(texts, pat, *args, **named)
        told = "regex" in named or len(args) > _BEFORE_REGEX or is_library(sys._getframe(1))
        if told or not isinstance(pat, str) or len(pat) < 2 or not _META.search(pat) or not result.equals(texts._data):
            return result
        try:
            otherwise = replace(texts, pat, *args, **named, regex=True)
        except re.error:
            return result
        if otherwise.equals(result):
            return result
        note(PATTERN.notice)
        return otherwise

    return lenient


class _Calls:
    """Makes functions lenient. `note` is told what was adapted."""

    def __init__(self, note: Note) -> None:
        self._note = note

    def lenient(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function; what it refuses is tried in today's spelling, if a notebook calls it."""

        @functools.wraps(function)
        def call(*args: Any, **named: Any) -> Any:
            try:
                return function(*args, **named)
            except (TypeError, ValueError):
                if not by_notebook(sys._getframe(1)):
                    raise
                again = self._again(name, function, args, named)
                if again is None:
                    raise
                return again()

        return call

    def _again(
        self, name: str, function: Callable[..., Any], args: Positional, named: Options
    ) -> Callable[[], Any] | None:
        if name == "fillna" and str(named.get("method")) in _FILLS:
            self._note(FILL_METHOD.notice)
            kept = {key: value for key, value in named.items() if key not in ("method", "value", "downcast")}
            return functools.partial(getattr(args[0], _FILLS[named["method"]]), **kept)
        if named.get("errors") == "ignore" and name in ("to_numeric", "to_datetime"):
            return functools.partial(self._unless_refused, function, args, named)
        if (special := self._special(name, function, args, named)) is not None:
            return special
        today = self._with_names(name, function, args, named)
        rows = [row for names, rows in PANDAS_ARGUMENTS.items() if name in names for row in rows]
        olds = {row.name for row in rows}
        after = renamed(today[1], rows, self._note, takes=lambda argument: argument not in olds)
        return None if after is named else functools.partial(function, *today[0], **after)

    def _special(
        self, name: str, function: Callable[..., Any], args: Positional, named: Options
    ) -> Callable[[], Any] | None:
        """What is more than another name of an argument."""
        match name, named:
            case (("read_csv" | "read_table"), {"date_parser": parse, **rest}):
                self._note(DATE_PARSER.notice)
                return functools.partial(with_parser, getattr(sys.modules["pandas"], name), parse, args, rest)
            case (("read_csv" | "read_table"), {"squeeze": squeeze, **rest}):
                self._note(SQUEEZED.notice)
                read = functools.partial(getattr(sys.modules["pandas"], name), *args, **rest)
                return (lambda: read().squeeze("columns")) if squeeze else read
            case (("unique" | "factorize"), _) if args and isinstance(args[0], list | tuple):
                self._note(OF_A_LIST.notice)
                values = sys.modules["pandas"].Series(args[0]).to_numpy()
                return functools.partial(function, values, *args[1:], **named)
            case "drop", {"axis": _, **rest} if rest.get("columns") is not None or rest.get("index") is not None:
                self._note(AXIS_AND_COLUMNS.notice)
                return functools.partial(function, *args, **rest)
            case "dropna", {"how": _, "thresh": int(thresh), **rest}:
                self._note(HOW_AND_THRESH.notice)
                return functools.partial(function, *args, **rest, thresh=thresh)
            case "set_axis", {"inplace": inplace, **rest}:
                self._note(AXIS_IN_PLACE.notice)
                return functools.partial(_set_axis, function, bool(inplace), *args, **rest)
            case "pct_change", {"fill_method": str(way), **rest} if way in _FILLS:
                self._note(FILLED_CHANGE.notice)
                filled = getattr(args[0], _FILLS[way])(limit=rest.pop("limit", None))
                return functools.partial(function, filled, *args[1:], **rest, fill_method=None)
            case "to_datetime", {"infer_datetime_format": _, **rest}:
                self._note(INFERRED.notice)
                return functools.partial(sys.modules["pandas"].to_datetime, *args, **rest)
            case "to_datetime", _ if args and len(args) < 2 and not {"format", "unit", "errors"} & set(named):
                self._note(MIXED_DATES.notice)
                return functools.partial(function, *args, **named, format="mixed")
            case "between", {"inclusive": bool(inclusive)}:
                self._note(ENDS_INCLUDED.notice)
                return functools.partial(function, *args, **{**named, "inclusive": "both" if inclusive else "neither"})
            case "to_dict", _ if (orient := _in_full([*args[1:], named.get("orient")])) is not None:
                self._note(SHORT_ORIENT.notice)
                kept = {key: value for key, value in named.items() if key != "orient"}
                return functools.partial(function, args[0], orient, *args[2:], **kept)
            case _, {"level": level, **rest} if level is not None and hasattr(args[0], "groupby"):
                self._note(BY_LEVEL.notice)
                return getattr(args[0].groupby(level=level), name, None) and functools.partial(
                    getattr(args[0].groupby(level=level), name), **rest
                )
            case (("rolling" | "expanding" | "ewm" | "groupby"), {"axis": 0 | "index", **rest}):
                self._note(AXIS_OF_ROWS.notice)
                return functools.partial(getattr(args[0], name), *args[1:], **rest)
            case _ if (
                name in (*OF_NUMBERS, *OF_NUMBERS_TOO) and named.get("numeric_only") is None and args[0].ndim == 2
            ):
                self._note(NUMBERS_ONLY[name].notice)
                return functools.partial(function, *args, **{**named, "numeric_only": True})
        return None

    def _with_names(
        self, name: str, function: Callable[..., Any], args: Positional, named: Options
    ) -> tuple[Positional, Options]:
        """The arguments, those named that are no longer taken by their position."""
        row = BY_POSITION.get(name)
        if row is None:
            return args, named
        parameters = list(inspect.signature(function).parameters.values())
        if name in OLD_ORDER:
            parameters = [parameters[0], *(inspect.Parameter(each, _BY_NAME) for each in OLD_ORDER[name])]
        after = by_name(parameters, args, named)
        if len(after[0]) < len(args):
            self._note(row.notice)
        return after

    def _unless_refused(self, function: Callable[..., Any], args: Positional, named: Options) -> Any:
        self._note(ERRORS_IGNORED.notice)
        try:
            return function(*args, **{**named, "errors": "raise"})
        except (TypeError, ValueError):
            return args[0] if args else named["arg"]


def _set_axis(function: Callable[..., Any], inplace: bool, table: Any, labels: Any, axis: Any = 0) -> Any:
    result = function(table, labels, axis=axis)
    if not inplace:
        return result
    setattr(table, "columns" if axis in (1, "columns") else "index", labels)
    return None


def _of_text(note: Note, read_json: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(read_json)
    def lenient(source: Any, *args: Any, **named: Any) -> Any:
        if isinstance(source, str) and source.lstrip().startswith(("{", "[")):
            note(TEXT_OF_JSON.notice)
            source = io.StringIO(source)
        return read_json(source, *args, **named)

    return lenient


def _in_full(given: list[Any]) -> str | None:
    """The orient of which the first of these is a short form."""
    short = next((each for each in given if isinstance(each, str)), "")
    return next((each for each in _ORIENTS if short and each != short and each.startswith(short)), None)


def _with_old_frequencies(note: Note, to_offset: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(to_offset)
    def lenient(freq: Any, *args: Any, **named: Any) -> Any:
        try:
            return to_offset(freq, *args, **named)
        except ValueError:
            parts = _FREQUENCY.fullmatch(freq) if isinstance(freq, str) else None
            row = FREQUENCIES.get(parts[2]) if parts else None
            if parts is None or row is None:
                raise
            found = to_offset(f"{parts[1]}{row.new.strip(chr(39))}{parts[3]}", *args, **named)
            note(row.notice)
            return found

    return lenient


class Columns:
    """Changes of a column that reach its frame, as before pandas 3. `entries` stands for what is no column."""

    def __init__(self, note: Note, entries: Callable[[Any], Any]) -> None:
        self._note = note
        self._entries = entries

    def column(self, table: Any, key: Any, accessor: str = "", by_name: bool = False) -> Any:
        """What stands for `table[key]`, `table[key].loc` or, `by_name`, `table.key` where an entry gets a value."""
        thing = getattr(table, key) if by_name else table[key]
        if _is_column(table, thing) and key in table:
            return _Column(table, key, thing, accessor, self._note)
        if not accessor and not by_name and _is_own_row(table, thing):
            return _Column(table, key, thing, accessor, self._note, ENTRY_OF_ROW)
        return self._entries(getattr(thing, accessor) if accessor else thing)

    def in_place(self, table: Any, key: Any, method: str, by_name: bool = False) -> Any:
        """`table[key].method`, or `table.key.method` if `by_name`, where it is called with `inplace=True`."""
        thing = getattr(table, key) if by_name else table[key]
        if not _is_column(table, thing):
            return getattr(thing, method)

        def then_written(*args: Any, **named: Any) -> Any:
            result = getattr(thing, method)(*args, **named)
            self._note(IN_PLACE.notice)
            table[key] = thing
            return result

        return then_written


class _Column:
    """A column or row of a frame that is written back when an entry of it is. It lives as long as one statement."""

    __slots__ = ("_accessor", "_key", "_note", "_row", "_table", "_thing")

    def __init__(self, table: Any, key: Any, thing: Any, accessor: str, note: Note, row: Spelling = ENTRY) -> None:
        self._row = row
        self._table = table
        self._key = key
        self._thing = thing
        self._accessor = accessor
        self._note = note

    def _where(self) -> Any:
        return getattr(self._thing, self._accessor) if self._accessor else self._thing

    def __getitem__(self, key: Any) -> Any:
        return self._where()[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        self._where()[key] = value
        self._note(self._row.notice)
        self._table[self._key] = self._thing


def _is_column(table: Any, thing: Any) -> bool:
    pandas = sys.modules.get("pandas")
    if pandas is None or not hasattr(pandas, "Series"):
        return False
    return isinstance(table, pandas.DataFrame) and isinstance(thing, pandas.Series)


def _is_own_row(where: Any, thing: Any) -> bool:
    """Whether the thing is a row given by `df.loc` or `df.iloc`, of a frame of one kind: it was a part of the frame."""
    pandas = sys.modules.get("pandas")
    frame = getattr(where, "obj", None)
    if pandas is None or not hasattr(pandas, "Series") or not isinstance(frame, pandas.DataFrame):
        return False
    is_row = isinstance(thing, pandas.Series) and thing.index.equals(frame.columns)
    return is_row and len(set(frame.dtypes)) == 1
