"""The libraries that a room has loaded when it opens. Lives in the room, and needs no system of its own."""

from typing import Final

#: by runtime; a library that is not installed is left out
PRELOADED: Final = {
    "numpy": ("numpy", "matplotlib.pyplot"),
    "sympy": ("numpy", "sympy", "matplotlib.pyplot"),
    "tensorflow": ("numpy", "tensorflow", "keras", "matplotlib.pyplot"),
}
