"""Call shapes: the ways in which a function of one exercise may be called, and which of them a definition asks for.

A lab's templates differ by generation: `compute_cost(A2, Y)` in one, `compute_cost(A2, Y, parameters)` in another.
The inputs of a check give the canonical arguments, all there are; a shape says which are passed, in which order.
Nothing is called here: a definition is judged by what it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self, TypeVar

from pydantic import Field, model_validator

from grader.assignment import Data, PythonName
from grader.submission.plan import Parameters

T = TypeVar("T")


class CallShape(Data):
    """One way to call: `names` are what the lab's template calls the parameters, in its order.

    `passes` are the places of the canonical arguments they stand for, counted from 0; left out, the first in order.
    `CallShape(names=("A2", "Y"))` passes the first two; `CallShape(names=("X", "parameters"), passes=(1, 0))` is a
    `predict` that takes its two canonical arguments the other way round.
    """

    names: tuple[PythonName, ...] = Field(min_length=1)
    passes: tuple[int, ...] | None = None

    @property
    def places(self) -> tuple[int, ...]:
        """Which canonical argument each parameter stands for."""
        return tuple(range(len(self.names))) if self.passes is None else self.passes

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        places = self.places
        if len(self.names) != len(places) or len(set(places)) != len(places) or min(places) < 0:
            raise ValueError("a call shape needs one place in `passes` for each of its `names`, and no place twice")
        return self

    def pick(self, canonical: Sequence[T]) -> tuple[T, ...]:
        """The arguments of a call of this shape, of all canonical ones. Raises IndexError if there are too few."""
        return tuple(canonical[place] for place in self.places)

    def fits(self, parameters: Parameters) -> bool:
        """Whether the definition takes so many arguments, and puts none of the names in another one's place."""
        if not parameters.take(len(self.names)):
            return False
        places = {name: place for place, name in enumerate(self.names)}
        return all(places.get(name, place) == place for place, name in enumerate(parameters.names))


def shape_for(shapes: Iterable[CallShape], parameters: Parameters | None) -> CallShape | None:
    """The first shape that fits the definition; the first of all if none does or nothing is known of it.

    None if there are no shapes: then all canonical arguments are passed.
    """
    known = tuple(shapes)
    fitting = (shape for shape in known if parameters is not None and shape.fits(parameters))
    return next(fitting, known[0] if known else None)
