"""Hints by kind of exception: where code raised there is no answer to compare, but its kind says what to look at.

One row for each kind, tried in order; its sentence stands in the catalogues. The text of an exception is the
student's to choose, so it is searched for plain pieces only, and decides on nothing but a hint.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.judging.detectors.exports import library_of
from grader.messages import Message, say
from grader.wall.protocol import Ended, StudentError


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorKind:
    """Exceptions of one of these `types`; with `says`, those whose text holds one of its pieces.

    `without_line`: no line of the student's raised, so the definition itself refused the call that was asked.
    """

    sentence: str
    types: tuple[str, ...]
    says: tuple[str, ...] = ()
    without_line: bool = False

    def fits(self, error: StudentError) -> bool:
        """Whether `error` is of this kind."""
        return (
            error.type in self.types
            and (not self.says or any(piece in error.text for piece in self.says))
            and not (self.without_line and error.line is not None)
        )


_ARGUMENTS = ("required positional argument", "positional argument", "unexpected keyword", "multiple values for")
_LIBRARIES = tuple(f"name '{name}'" for name in ("np", "numpy", "tf", "tensorflow", "keras", "math", "plt", "pd"))
_OPERATOR = ("TypeError", "UFuncTypeError", "_UFuncNoLoopError")
_WHOLE = (
    "cannot be interpreted as an integer",
    "indices must be integers",
    "only integers, slices",
    "only integer scalar arrays",
    "expected a sequence of integers",
)
#: where Python gives up without a reason, or for one that stands elsewhere; its other texts say all there is to say
_UNCLEAR = (
    "invalid syntax",
    "never closed",
    "unterminated",
    "unexpected EOF",
    "unmatched",
    "does not match opening",
    "expected ':'",
    "EOL while scanning",
    "forgot a comma",
)

_OF_PYTHON_2 = (
    *(
        f"name '{name}' is"
        for name in ("xrange", "raw_input", "unicode", "unichr", "basestring", "long", "reduce", "cmp")
    ),
    *(f"'dict' object has no attribute '{name}'" for name in ("iteritems", "itervalues", "iterkeys", "has_key")),
)

#: the most specific first: of several that fit, the first speaks
ERROR_KINDS: tuple[ErrorKind, ...] = (
    ErrorKind(sentence="hint_python_2", types=("NameError", "AttributeError"), says=_OF_PYTHON_2),
    ErrorKind(sentence="hint_library", types=("NameError",), says=_LIBRARIES),
    ErrorKind(sentence="hint_name", types=("NameError",)),
    ErrorKind(sentence="hint_local", types=("UnboundLocalError",)),
    ErrorKind(sentence="hint_is_none", types=("TypeError", "AttributeError"), says=("NoneType",)),
    ErrorKind(sentence="hint_definition", types=("TypeError",), says=_ARGUMENTS, without_line=True),
    ErrorKind(sentence="hint_arguments", types=("TypeError",), says=_ARGUMENTS),
    ErrorKind(sentence="hint_not_callable", types=("TypeError",), says=("is not callable",)),
    ErrorKind(
        sentence="hint_takes_one_number",
        types=("TypeError", "ValueError"),
        says=("only length-1 arrays", "only size-1 arrays", "only 0-dimensional arrays"),
    ),
    ErrorKind(
        sentence="hint_list_index", types=("TypeError",), says=("list indices must be integers or slices, not t",)
    ),
    ErrorKind(sentence="hint_whole_number", types=("TypeError", "IndexError"), says=_WHOLE),
    ErrorKind(
        sentence="hint_list_computes",
        types=("TypeError",),
        says=("'list' and", "and 'list'", "multiply sequence by non-int", "can only concatenate list"),
    ),
    ErrorKind(sentence="hint_power", types=_OPERATOR, says=("'bitwise_xor'", "operand type(s) for ^")),
    ErrorKind(
        sentence="hint_operands",
        types=("TypeError",),
        says=("unsupported operand", "bad operand", "not supported between"),
    ),
    ErrorKind(sentence="hint_unpack", types=("ValueError", "TypeError"), says=("to unpack", "cannot unpack")),
    ErrorKind(
        sentence="hint_no_entries", types=("TypeError",), says=("not subscriptable", "not iterable", "has no len")
    ),
    ErrorKind(sentence="hint_library_lacks", types=("AttributeError",), says=("module '",)),
    ErrorKind(sentence="hint_attribute", types=("AttributeError",)),
    ErrorKind(sentence="hint_shape_entry", types=("IndexError",), says=("tuple index out of range",)),
    ErrorKind(sentence="hint_too_many_indices", types=("IndexError",), says=("too many indices",)),
    ErrorKind(sentence="hint_index", types=("IndexError",)),
    ErrorKind(sentence="hint_axis", types=("AxisError",)),
    ErrorKind(sentence="hint_no_key", types=("KeyError",)),
    ErrorKind(sentence="hint_divisor", types=("ZeroDivisionError",)),
    ErrorKind(
        sentence="hint_product",
        types=("ValueError", "InvalidArgumentError"),
        says=("not aligned", "mismatch in its core dimension", "Matrix size-incompatible"),
    ),
    ErrorKind(sentence="hint_broadcast", types=("ValueError",), says=("could not be broadcast together",)),
    ErrorKind(
        sentence="hint_assigned_shape",
        types=("ValueError",),
        says=("could not broadcast input array", "setting an array element with a sequence"),
    ),
    ErrorKind(sentence="hint_truth", types=("ValueError",), says=("truth value of an array",)),
    ErrorKind(sentence="hint_reshape", types=("ValueError",), says=("cannot reshape",)),
    ErrorKind(sentence="hint_layer_input", types=("ValueError",), says=("incompatible with the layer",)),
    ErrorKind(sentence="hint_casting", types=("UFuncTypeError", "UFuncOutputCastingError", "_UFuncOutputCastingError")),
    ErrorKind(sentence="hint_module", types=("ModuleNotFoundError", "ImportError")),
    ErrorKind(sentence="hint_file", types=("FileNotFoundError",)),
    ErrorKind(sentence="hint_recursion", types=("RecursionError",)),
    ErrorKind(sentence="hint_assertion", types=("AssertionError",)),
    ErrorKind(sentence="hint_memory", types=("MemoryError",)),
    ErrorKind(sentence="hint_empty_block", types=("IndentationError",), says=("expected an indented block after",)),
    ErrorKind(sentence="hint_indentation", types=("IndentationError", "TabError")),
    ErrorKind(
        sentence="hint_character", types=("SyntaxError",), says=("invalid character", "invalid non-printable character")
    ),
    ErrorKind(sentence="hint_syntax", types=("SyntaxError",), says=_UNCLEAR),
    ErrorKind(sentence="hint_not_implemented", types=("NotImplementedError",)),
)


def hint_on_error(error: StudentError) -> Message | None:
    """What to look at after `error`; None for a kind that says no more than its own text."""
    return _on_missing_name(error) or next((say(kind.sentence) for kind in ERROR_KINDS if kind.fits(error)), None)


def _on_missing_name(error: StudentError) -> Message | None:
    """That a library exports the name, or that another was probably meant; None where neither is known."""
    name = error.missing
    if error.type != "NameError" or not name or not name.isidentifier():
        return None
    if library := library_of(name):
        return say("hint_exported", name=name, library=library)
    return say("hint_meant", name=name, meant=error.meant) if error.meant else None


def hint_on_end(ended: Ended) -> Message | None:
    """What to look at where a room ended before it answered; its limits are told by its own text."""
    return say("hint_too_slow") if ended.reason == "timed_out" else None
