"""The libraries that a room has loaded when it opens. Lives in the room, and needs no system of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: by runtime; a library that is not installed is left out
PRELOADED: Final = {
    "numpy": ("numpy", "matplotlib.pyplot"),
    "sympy": ("numpy", "sympy", "matplotlib.pyplot"),
    "tensorflow": ("numpy", "tensorflow", "keras", "matplotlib.pyplot"),
    "torch": ("numpy", "torch", "matplotlib.pyplot"),
}
#: by runtime, the library without which its rooms are of no use
NEEDED: Final = {"sympy": "sympy", "tensorflow": "tensorflow", "torch": "torch"}
#: what notebooks import of a library that loads its parts one by one; of every other library, itself is enough
PARTS: Final = {
    "PIL": ("PIL.Image",),
    "scipy": ("scipy.linalg", "scipy.optimize", "scipy.sparse", "scipy.spatial", "scipy.stats"),
    "sklearn": tuple(
        f"sklearn.{part}"
        for part in (
            *("cluster", "compose", "datasets", "decomposition", "ensemble", "impute", "linear_model", "metrics"),
            *("model_selection", "naive_bayes", "neighbors", "pipeline", "preprocessing", "svm", "tree"),
        )
    ),
}


@dataclass(frozen=True, slots=True)
class Libraries:
    """What one zygote has loaded: its runtime, and what else an assignment `uses`, as the names one imports.

    Assignments with equal `Libraries` share a zygote; so `uses` counts as a set.
    """

    runtime: str = "numpy"
    uses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "uses", tuple(sorted(set(self.uses))))

    @property
    def modules(self) -> tuple[str, ...]:
        """What is imported, in this order."""
        return (*PRELOADED[self.runtime], *(part for name in self.uses for part in (name, *PARTS.get(name, ()))))

    @property
    def needed(self) -> tuple[str, ...]:
        """The top-level modules that have to be installed where assignments of this runtime are graded. What one
        `uses` is looked for when the assignment is read."""
        return (NEEDED[self.runtime],) if self.runtime in NEEDED else ()

    @property
    def names(self) -> frozenset[str]:
        """The top-level modules among them, which no student has to wait for."""
        return frozenset(name.partition(".")[0] for name in self.modules)
