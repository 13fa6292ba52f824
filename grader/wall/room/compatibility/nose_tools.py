"""`nose.tools`, whose asserts fill older notebooks, on a Python for which there is no nose any more: those of
`unittest` under its names. Lives in the room.
"""

from __future__ import annotations

import functools
import re
import sys
import types
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

_NAMES = ("nose", "nose.tools")


def install() -> None:
    """Let it be found where nose is not installed."""
    sys.meta_path.append(_Finder())


class _Finder(MetaPathFinder, Loader):
    """Comes last, so that a nose that is installed is the one."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        return ModuleSpec(fullname, self, is_package=fullname == "nose") if fullname in _NAMES else None

    def exec_module(self, module: types.ModuleType) -> None:
        if module.__name__ == "nose.tools":
            module.__dict__.update(_asserts())


def _asserts() -> dict[str, Any]:
    from unittest import TestCase  # loads much, and few notebooks ask for it

    case = TestCase()
    case.maxDiff = None
    found = {_in_words(name): getattr(case, name) for name in dir(case) if re.fullmatch(r"assert[A-Z]\w*", name)}
    named = {"eq_": _equal, "ok_": _holds, "raises": _raises, "assert_items_equal": case.assertCountEqual}
    return {**found, **named, "__all__": [*found, *named]}


def _in_words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _equal(one: Any, other: Any, msg: str | None = None) -> None:
    if not one == other:
        raise AssertionError(msg or f"{one!r} != {other!r}")


def _holds(what: Any, msg: str | None = None) -> None:
    if not what:
        raise AssertionError(msg)


def _raises(*kinds: type[BaseException]) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    def expecting(function: Callable[..., Any]) -> Callable[..., None]:
        @functools.wraps(function)
        def tried(*args: Any, **named: Any) -> None:
            try:
                function(*args, **named)
            except kinds:
                return
            raise AssertionError(f"{function.__name__}() did not raise {' or '.join(each.__name__ for each in kinds)}")

        return tried

    return expecting
