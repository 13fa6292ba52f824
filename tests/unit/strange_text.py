"""Cell texts that nobody wrote by hand: all printable characters, IPython's own signs, odd spaces and line ends, depth.

The same number always gives the same text. No test lives here; `python -m tests.unit.strange_text 10000` tries so many.
"""

from __future__ import annotations

import random
import string
import sys
import time
from dataclasses import replace

from grader.notebook.submission import Plan, extract
from tests.exercises import DIGITS, handed_in
from tests.notebooks import code

RIGHT = (
    "import numpy as np\nfrom keras import Sequential, layers",
    "# GRADED CELL: my_softmax\ndef my_softmax(z):\n    e = np.exp(z)\n    return e / e.sum()",
    "# GRADED CELL: Sequential model\nmodel = Sequential([layers.Dense(10)])",
)

SPACES = [" ", "  ", "    ", "\t", "\f", "\v", "\u00a0", "\u2003", "\u3000", "\ufeff", "\u200b", "\x1c", "\x85"]
LINE_ENDS = ["\n", "\n\n", "\r", "\r\n", "\u2028", "\u2029", "\\\n", "\\", ";", "\f\n"]
SIGNS = ["%", "%%", "!", "!!", "?", "??", ",", ";", "/", "=%", "=!", "=%\\", "$", ">>> ", "... ", "= %", "In [1]: "]
MAGICS = ["%%time", "%%writefile a.py", "%%bash", "%run a.py", "%time x = ", "%%timeit -n1", "%load a", "%%script"]
WORDS = ["x", "y1", "def f(a):", "class C:", "lambda:", "if x:", "else:", "await g()", "async ", "for i in", "@d"]
LITERALS = ["1_0", "0x", "1e999", "1" * 5000, "'", '"', "'''", '"""', "f'{x!r:{y}}'", "rb'\\x'", "'\\N{a}'", "b'é'"]
BRACKETS = [*"()[]{}", "(((", "]]]", "{{", "[(", "(" * 150, "[" * 250, "{" * 99 + "}" * 99]
BINARY = ["-" * 3000 + "1", "1+" * 3000 + "1", "not " * 3000 + "x", "a=" * 2000 + "1"]
POSTFIX = ["a" + ".b" * 3000, "x" + "()" * 3000, "x" + "[0]" * 3000]
BLOCKS = ["if x:\n" + "".join(" " * n + "if x:\n" for n in range(1, 120)), "if x: y\n" + "elif x: y\n" * 1200]
ODD = ["\0", "\x1b[31m", "\ud800", "\udfff", "\ud83d\ude00", "\u202e", "\U0001f600", "# coding: latin-7", "# UNQ_C1"]
KINDS = [SPACES, LINE_ENDS, SIGNS, MAGICS, WORDS, LITERALS, BRACKETS, ODD, list(string.printable)]


def strange_text(number: int) -> str:
    """The text of that number."""
    chance = random.Random(number)
    parts = [chance.choice(chance.choice(KINDS)) for _ in range(chance.choice([1, 2, 3, 5, 8, 13, 40]))]
    if chance.random() < 0.05:
        parts.insert(chance.randrange(len(parts) + 1), chance.choice([*BINARY, *POSTFIX, *BLOCKS]))
    return "".join(parts)


def plans_beside(text: str) -> list[Plan]:
    """What is found of three right answers with `text` in a cell before, between and after them."""
    cells = [code(each) for source in RIGHT for each in (text, source)]
    answers = extract(handed_in(*cells, code(text)), DIGITS).answers
    return [replace(answer, files=()) for answer in answers if isinstance(answer, Plan)]


def main(most: int) -> int:
    """Tries the texts of the numbers below `most`, and says which ones were trouble."""
    usual, troubles = plans_beside(""), 0
    for number in range(most):
        try:
            same = plans_beside(strange_text(number)) == usual
        except Exception as error:
            same = False
            sys.stdout.write(f"{number}: {error!r}\n")
        if not same:
            troubles += 1
            sys.stdout.write(f"{number}: {strange_text(number)[:200]!r}\n")
    sys.stdout.write(f"{most} texts, {troubles} troubles, {time.process_time():.0f} s of processor time\n")
    return troubles


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]))))
