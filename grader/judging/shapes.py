"""Call shapes: the ways in which a function of one exercise may be called, and which of them a definition asks for.

A lab's templates differ by generation: `compute_cost(A2, Y)` in one, `compute_cost(A2, Y, parameters)` in another.
The inputs of a check give the canonical arguments, all there are; a shape says which are passed, in which order.
Nothing is called here: a definition is judged by what it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from grader.course.assignment import CallShape
from grader.notebook.submission.plan import Parameters
from grader.wall.values import Value

#: parameters that change nothing of what is returned, and what the labs' own calls pass for them
ASIDE: Final[Mapping[str, Value]] = {
    **dict.fromkeys(("print_cost", "printCost", "print_costs", "verbose", "debug", "plot", "plot_cost"), False),
    **dict.fromkeys(("print_every", "print_interval", "print_loss_every"), 100),
}


def fits(shape: CallShape, parameters: Parameters) -> bool:
    """Whether the definition takes so many arguments, and puts none of the names in another one's place."""
    if not parameters.take(len(shape.names)):
        return False
    places = {name: place for place, name in enumerate(shape.names)}
    return all(places.get(name, place) == place for place, name in enumerate(parameters.names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one definition is called: in a shape, with `more` after its arguments, or part by part where no shape fits.

    Each of `parts` is the place of a canonical argument, or None for the value of `more` whose turn it is.
    """

    shape: CallShape | None
    more: tuple[Value, ...] = ()
    parts: tuple[int | None, ...] = ()
    parameters: Parameters | None = None
    known: Mapping[str, Value] | None = None

    def pick(self, canonical: tuple[Value, ...]) -> tuple[Value, ...]:
        """The arguments of a call, of all canonical ones."""
        if self.parts:
            more = iter(self.more)
            return tuple(next(more) if place is None else canonical[place] for place in self.parts)
        picked = canonical if self.shape is None else self.shape.pick(canonical)
        return (*picked, *_wanted_after(len(picked), self.parameters, self.known or {}))


def way_for(shapes: Iterable[CallShape], parameters: Parameters | None, known: Mapping[str, Value]) -> Way:
    """How to call a definition. What it requires beyond the canonical arguments is passed where its name is `known`."""
    given = tuple(shapes)
    if parameters is not None and given and not any(fits(each, _eased(parameters, known)) for each in given):
        parts = _by_name(given, parameters, known)
        if parts:
            names = zip(parameters.names, parts, strict=False)
            more = tuple(known[name] for name, place in names if place is None)
            return Way(shape=None, parts=parts, more=more)
    shape = shape_for(given, None if parameters is None else _eased(parameters, known))
    return Way(shape=shape, parameters=parameters, known=known)


def _eased(parameters: Parameters, known: Mapping[str, Value]) -> Parameters:
    """The parameters, where those at the end that are required and known count as if they had a default."""
    needed = parameters.needed
    while needed and parameters.names[needed - 1] in known:
        needed -= 1
    return Parameters(names=parameters.names, needed=needed, any_more=parameters.any_more)


def _wanted_after(count: int, parameters: Parameters | None, known: Mapping[str, Value]) -> tuple[Value, ...]:
    if parameters is None or not all(name in known for name in parameters.names[count : parameters.needed]):
        return ()
    return tuple(known[name] for name in parameters.names[count : parameters.needed])


def _by_name(shapes: Sequence[CallShape], parameters: Parameters, known: Mapping[str, Value]) -> tuple[int | None, ...]:
    """For each parameter that is required, the canonical argument of its name, or None if it is known otherwise."""
    places = {name: place for shape in reversed(shapes) for name, place in zip(shape.names, shape.places, strict=True)}
    required = parameters.names[: parameters.needed]
    if not all(name in places or name in known for name in required) or not any(name in places for name in required):
        return ()
    return tuple(places.get(name) for name in required)


def shape_for(shapes: Iterable[CallShape], parameters: Parameters | None) -> CallShape | None:
    """The first shape that fits the definition; the first of all if none does or nothing is known of it.

    None if there are no shapes: then all canonical arguments are passed.
    """
    known = tuple(shapes)
    fitting = (shape for shape in known if parameters is not None and fits(shape, parameters))
    return next(fitting, known[0] if known else None)
