"""How an exercise was answered, as a digest: two submissions with the same one answered alike whatever was asked.

Numbers are rounded first, since right and wrong answers alike may be computed in another order. A digest says nothing
of what was asked, and of answers only whether they are the same. What is right is judged elsewhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final

import numpy as np

from grader.judging.question import Reaction
from grader.wall.protocol import Answer, Ended, OverLimit, Raised, Returned, Unsupported
from grader.wall.values import Array, Record, Value, form

#: an entry of an array counts in so many steps of its largest one; single precision is some 100 times finer
STEPS: Final = 1_000
#: entries that are looked at together; of a larger array a digest stands in its place, which takes no room
AT_ONCE: Final = 100_000
#: where an object lies in memory differs from run to run
_ADDRESS: Final = re.compile(r"0x[0-9a-fA-F]+")
_BYTES: Final = 8


def digest_of(reactions: Mapping[str, Sequence[Reaction]], *, seed: int) -> str:
    """Of every answer, by check; another one for each seed, by which the questions were drawn."""
    asked = ((name, *(told(reaction.answer) for reaction in found)) for name, found in sorted(reactions.items()))
    return _digest((seed, *asked))


def together(digests: Iterable[str]) -> str:
    """The digest of several parts of one exercise, that were asked in rooms of their own."""
    found = [each for each in digests if each]
    if not found:
        return ""
    return found[0] if len(found) == 1 else _digest(found)


def told(answer: Answer) -> object:
    """What an answer says, without what differs from run to run."""
    match answer:
        case Returned(value=value):
            return "returned", rounded(value)
        case Raised(error=error):
            return "raised", error.type, _ADDRESS.sub("0x", error.text)
        case Unsupported(what=what):
            return "unsupported", what.key
        case OverLimit():
            return ("over_limit",)
        case Ended(reason=reason):
            return "ended", reason


def rounded(value: Value) -> object:
    """The value as plain data, in which numbers that nearly agree are the same, whether they are whole or not."""
    match value:
        case Array(data=data) if data.dtype.kind in "biufc":
            return "array", data.shape, _steps(data)
        case Array(data=data) if data.size > AT_ONCE:
            return "array", data.shape, data.dtype.str, blake2b(data.tobytes(), digest_size=_BYTES).hexdigest()
        case bool() | int() | float() | complex():
            return _number(value)
        case list() | tuple():
            return "row", *map(rounded, value)
        case dict():
            return "dict", *((form(key), rounded(item)) for key, item in value.items())
        case Record(type=kind, fields=held):
            return "record", kind, rounded(held)
        case _:
            return form(value)


def _number(value: complex) -> object:
    try:
        return f"{complex(value):.3e}"
    except OverflowError:  # a whole number beyond all floats
        return value


def _steps(data: np.ndarray[Any, Any]) -> object:
    """Each entry in steps of the largest one, which is rounded itself; what is not finite as it is."""
    if data.dtype.kind == "c":
        return _steps(data.real), _steps(data.imag)
    flat = data.ravel()
    parts = [flat[first : first + AT_ONCE] for first in range(0, flat.size, AT_ONCE)]
    largest = max(map(_largest, parts), default=0.0)
    scale = STEPS / largest if largest > 0 and math.isfinite(STEPS / largest) else 0.0
    return f"{largest:.2e}", *(_entries(flat, scale) if len(parts) <= 1 else _digests(parts, scale))


def _largest(data: np.ndarray[Any, Any]) -> float:
    numbers = data.astype(np.float64)
    return float(np.abs(numbers, where=np.isfinite(numbers), out=np.zeros_like(numbers)).max(initial=0.0))


def _entries(data: np.ndarray[Any, Any], scale: float) -> tuple[object, ...]:
    numbers, finite, steps = _in_steps(data, scale)
    odd = "" if finite.all() else numbers[~finite].astype(str).tolist(), np.flatnonzero(~finite).tolist()
    return steps.tobytes(), odd


def _digests(parts: Iterable[np.ndarray[Any, Any]], scale: float) -> tuple[object, ...]:
    """What stands in the place of the entries of a large array, which would take hundreds of bytes each."""
    all_steps, all_odd = blake2b(digest_size=_BYTES), blake2b(digest_size=_BYTES)
    for each in parts:
        numbers, finite, steps = _in_steps(each, scale)
        all_steps.update(steps.tobytes())
        all_odd.update(np.where(finite, 0, np.where(np.isnan(numbers), 1, 2 + (numbers > 0))).astype(np.int8).tobytes())
    return all_steps.hexdigest(), all_odd.hexdigest()


def _in_steps(
    data: np.ndarray[Any, Any], scale: float
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The entries as numbers, which of them are finite, and how many steps each of these is."""
    numbers = data.astype(np.float64)
    finite = np.isfinite(numbers)
    return numbers, finite, np.rint(np.where(finite, numbers, 0.0) * scale).astype(np.int64)


def _digest(said: Iterable[object]) -> str:
    made = blake2b(digest_size=_BYTES)
    for each in said:
        made.update(repr(each).encode("utf-8", "surrogatepass"))
    return made.hexdigest()
