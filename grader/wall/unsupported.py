"""What cannot cross the wall, in words. Exists in the room, where no catalogue is: so its English stands here."""

from __future__ import annotations

from typing import Final

import numpy as np

from grader.message import Message, say

#: what cannot cross, in the words that a room needs by itself; the judge has them from its catalogues
UNSUPPORTED: Final = {
    "none": "None",
    "function": "a function",
    "array_of_dtype": "an array of dtype {dtype}",
    "object": "an object of type {type}",
    "nested_containers": "containers nested more than {most} deep",
    "many_arrays": "more than {most} arrays at once",
    "many_entries": "lists, tuples, sets or dictionaries of more than {most} entries in all (an array may have more)",
    "many_rows": "a table of more than {most} rows",
    "many_columns": "a table of more than {most} columns",
    "many_texts": "a table with more than {most} texts in it",
    "large_sparse": "a sparse matrix of shape {shape}, too large to be written out",
    "symbolic_with": "a SymPy formula with {what} in it",
    "long_formula": "a SymPy formula of more than {most} characters",
    "many_dimensions": "an array of {dimensions} dimensions",
    "large_integer": "an integer beyond 64 bits",
    "large_number": "an exact number of more than {most} digits",
    "long_text": "a text of more than {most} characters",
    "half_a_character": "a text with half a character in it",
    "odd_key": "a dictionary or set with {what} in it where text, numbers, dates and tuples of these are understood",
    "not_a_model": "{what}, not a Keras model",
    "not_a_module": "{what}, not a module of torch",
}


class UnsupportedValueError(TypeError):
    """An object of a kind that cannot cross; `what` says what it was, the text of the exception says it in English."""

    def __init__(self, what: Message) -> None:
        super().__init__(_in_english(what))
        self.what = what


def _in_english(what: Message) -> str:
    fields = {name: _in_english(each) if isinstance(each, Message) else each for name, each in what.fields.items()}
    return UNSUPPORTED[what.key].format(**fields)


def in_words(thing: object) -> str:
    """As `kind_of`, in English."""
    return _in_english(kind_of(thing))


def kind_of(thing: object) -> Message:
    """What kind of object this is, for a student: "an object of type Widget", "an array of dtype object"."""
    if thing is None:
        return say("none")
    if type(thing).__name__ in ("function", "builtin_function_or_method", "ufunc", "method"):
        return say("function")
    if isinstance(thing, np.ndarray):
        return say("array_of_dtype", dtype=str(thing.dtype))
    return say("object", type=type(thing).__name__[:80])
