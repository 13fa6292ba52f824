"""Grades machine-learning notebooks. `import grader` stays light: nothing heavy is loaded until it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.authoring.practice import check

__version__ = "0.1.0"
__all__ = ["__version__", "check"]


def __getattr__(name: str) -> Any:
    """`check`, which students import from here; its module is read when it is first asked for."""
    if name != "check":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from grader.authoring.practice import check

    return check
