"""What groups of pandas' tables did before pandas 3: fill what is missing, be applied with the columns they are grouped
by, be asked for by one label. Lives in the room.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

from grader.wall.room.compatibility.data_tables import GROUP_METHODS, ONE_GROUP, WITH_GROUPING
from grader.wall.room.compatibility.gone import Note, by_notebook, is_library
from grader.wall.room.compatibility.wrapping import give_back


def adapt_groups(generic: Any, note: Note) -> None:
    """Have groups of frames and of columns take the calls of the tables. `generic` is the module of both."""
    for kind in (generic.DataFrameGroupBy, generic.SeriesGroupBy):
        give_back(kind, GROUP_METHODS, note)
        kind.get_group = _by_one_label(note, kind.get_group)
    generic.DataFrameGroupBy.apply = _with_grouping(note, generic.DataFrameGroupBy.apply)


def _by_one_label(note: Note, get_group: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(get_group)
    def lenient(groups: Any, name: Any) -> Any:
        try:
            return get_group(groups, name)
        except KeyError:
            if isinstance(name, tuple) or is_library(sys._getframe(1)) or not isinstance(groups.keys, list):
                raise
        found = get_group(groups, (name,))
        note(ONE_GROUP.notice)
        return found

    return lenient


def _with_grouping(note: Note, apply: Callable[..., Any]) -> Callable[..., Any]:
    """The columns that a frame is grouped by are handed over as well, where the function asks for one."""

    @functools.wraps(apply)
    def lenient(groups: Any, func: Any, *args: Any, **named: Any) -> Any:
        try:
            return apply(groups, func, *args, **named)
        except (KeyError, AttributeError) as error:
            asked = {str(each) for each in (*error.args, getattr(error, "name", None))}
            keys = {str(each) for each in groups.keys} if isinstance(groups.keys, list) else {str(groups.keys)}
            if not by_notebook(sys._getframe(1)) or asked.isdisjoint(keys):
                raise
        note(WITH_GROUPING.notice)
        return apply(groups[list(groups.obj.columns)], func, *args, **named)

    return lenient
