"""Whether a cell is still as it was handed out: told by its text, since such a cell need not be Python.

Only words follow from this. A cell that looks untouched is judged like any other, and what it earns it keeps: somebody
may have written the answer below the place that was meant for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

MAX_LINE: Final = 300  # characters; whoever wrote more has written something

_START: Final = re.compile(r"\s*#.{0,80}\bSTART CODE\b", re.IGNORECASE)
_END: Final = re.compile(r"\s*#.{0,80}\bEND CODE\b", re.IGNORECASE)
#: lazy, not possessive: before 3.11.5, Python matches possessive groups otherwise
_TEXT: Final = re.compile(r'""".*?"""|\'\'\'.*?\'\'\'', re.DOTALL)
#: what a template gives around the places that are to be filled in
_GIVEN: Final = re.compile(r"(?:async )?(?:def|class|import|from)\b|@")
#: a function whose body stands behind its head, where something is written there
_WHOLE: Final = re.compile(
    r"(?:async )?def\b.{0,200}\)\s*(?:->[^:]{1,80})?:\s*(?!(?:pass|return None|return|\.\.\.)$)\S"
)
_DEF: Final = re.compile(r"(?:async )?def\b")
_RETURNED: Final = re.compile(r"return(?:\s+\(?[^\W\d][\w\s,]*\)?)?")
_HEADER: Final = re.compile(r"(?:for|while|if|elif|else|try|except|finally|with)\b.*:$")
_TARGET: Final = re.compile(r"([^=!<>]*)=(?!=)")
_KEY: Final = re.compile(r"(?:\"[^\"]{0,80}\"|'[^']{0,80}')\s{0,9}:")
_CALL: Final = re.compile(r"\b[\w.]{1,80}\(")
_NAMED: Final = re.compile(r"\b\w{1,80}=")
_PLAIN: Final = re.compile(r"[\w\s,]+")
_WORD: Final = re.compile(r"\w+")
_NOTHING: Final = frozenset({"None", "pass"})


def is_untouched(source: str) -> bool:
    """Whether every place in the cell that was to be filled in is empty, or holds what stood there.

    Places are those between START CODE and END CODE lines; where there are none, all but what a template gives.
    """
    lines = source.split("\n")
    places = list(_places(lines))
    if places:
        return _all_placeholders(line for place in places for line in place)
    code = [each for line in _TEXT.sub("", source).split("\n") if (each := _without_comment(line))]
    heads = {word for line in code if _DEF.match(line) for word in _WORD.findall(line)}
    return bool(code) and _all_placeholders(line for line in code if not _is_given(line, heads))


def _is_given(line: str, heads: set[str]) -> bool:
    """Whether the template has such a line; of those that return something, one that returns no word of `heads`."""
    if _WHOLE.match(line[:MAX_LINE]):
        return False
    if not line.startswith("return"):
        return _GIVEN.match(line) is not None
    return _RETURNED.fullmatch(line) is not None and heads.isdisjoint(_WORD.findall(line))


def _all_placeholders(lines: Iterable[str]) -> bool:
    empty = set(_NOTHING)  # and the names that hold nothing yet
    return all(_is_placeholder(line, empty) for line in lines)


def _places(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    begun: int | None = None
    for number, line in enumerate(lines):
        if _START.match(line[:MAX_LINE]):
            begun = number + 1
        elif begun is not None and _END.match(line[:MAX_LINE]):
            yield lines[begun:number]
            begun = None


def _is_placeholder(line: str, empty: set[str]) -> bool:
    """Whether nothing is written there: no code, `a = None`, `a =`, `f(None)`, `pass`, `return None`, or the head of an
    empty loop.

    What is made of nothing but `empty` names is empty, too.
    """
    if len(line) > MAX_LINE:
        return False
    code = _without_comment(line)
    if _HEADER.match(code) or code == "return None" or code.startswith("raise NotImplementedError"):
        return True
    target, value = _parts(code)
    value = _NAMED.sub("", _KEY.sub("", value))
    if "None" in value:
        value = _CALL.sub("", value)
    filled = not empty.issuperset(_WORD.findall(value))
    if not filled and _PLAIN.fullmatch(target):
        empty.update(_WORD.findall(target))
    return not filled


def _parts(code: str) -> tuple[str, str]:
    """What an assignment sets, and to what; of any other line nothing, and all."""
    match = _TARGET.match(code)
    if match is None or any(match[1].count(one) != match[1].count(other) for one, other in ("()", "[]", "{}")):
        return "", code
    return match[1], code[match.end() :]


def _without_comment(line: str) -> str:
    return line[: MAX_LINE + 1].partition("#")[0].strip()
