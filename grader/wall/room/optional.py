"""Packages that the libraries of a room use where they are installed, and how one that breaks does no harm."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Final

#: the extra `labs` by the names of its modules: Keras and Matplotlib look for them; assignments may use them
OPTIONAL: Final = frozenset({"PIL", "pandas", "scipy", "sklearn", "tqdm"})


@contextmanager
def broken_is_absent(packages: frozenset[str] = OPTIONAL) -> Iterator[None]:
    """Meanwhile whatever one of these raises while it is imported is an ImportError to the library that tried.

    A library that can do without a package catches that alone: one built for another NumPy raises ValueError.
    """
    plain = builtins.__import__

    def bearing(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        try:
            return plain(name, globals, locals, fromlist, level)
        except Exception as error:
            if level or name.partition(".")[0] not in packages or isinstance(error, ImportError):
                raise
            raise ImportError(f"{name} is broken: {error}", name=name) from error

    builtins.__import__ = bearing
    try:
        yield
    finally:
        builtins.__import__ = plain
