"""Solutions taken out of an author's cell, as nbgrader and otter do when they make the version for students."""

from __future__ import annotations

import re
from typing import Final

from grader.errors import CourseError

NBGRADER_STUB: Final = "# YOUR CODE HERE\nraise NotImplementedError()"
_MARK: Final = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
_ASSIGNED: Final = re.compile(r"(\s*[\w.\[\]'\", ]+=)(?!=).*#\s?SOLUTION\s*$")
_DROPPED: Final = ("# SOLUTION NO PROMPT", "# BEGIN PROMPT", "# END PROMPT", "# SEED", "# IGNORE")


def without_region(source: str, name: str, *, instead: str = "") -> tuple[str, bool]:
    """The cell without what lies between `BEGIN <name>` and its end, lines with them among it, and whether there was
    such a region; nbgrader knows both words by any comment they are in, and so `# BEGIN` hides as `### BEGIN` does.
    `instead` goes into its place, as far in. Raises CourseError for one that does not end."""
    kept: list[str] = []
    inside = found = False
    for line in source.split("\n"):
        if f"BEGIN {name}" in line:
            if inside:
                raise CourseError(f"a region `BEGIN {name}` begins within another")
            inside = found = True
            indent = line[: len(line) - len(line.lstrip())]
            kept += [f"{indent}{each}" for each in instead.split("\n")] if instead else []
        elif f"END {name}" in line:
            inside = False
        elif not inside:
            kept.append(line)
    if inside:
        raise CourseError(f"a region `BEGIN {name}` does not end")
    return "\n".join(kept), found


def without_marks(source: str) -> str:
    """The cell without lines that begin or end a region: all code stays."""
    return "\n".join(line for line in source.split("\n") if not _MARK.search(line))


def otter_starter(source: str) -> str:
    """What otter gives students of a solution cell: `...` where a line or block was marked as the solution, and nothing
    of what it is to ignore."""
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        bare = line.rstrip()
        if bare.endswith(("# END SOLUTION", "# END IGNORE")):
            inside = False
        elif bare.endswith("# BEGIN IGNORE"):
            inside = True
        elif inside or bare.endswith(_DROPPED):
            continue
        elif begun := re.match(r"(\s*)# BEGIN SOLUTION( NO PROMPT)?", line):
            inside = True
            kept += [] if begun[2] else [f"{begun[1]}..."]
        elif assigned := _ASSIGNED.match(line):
            kept.append(f"{assigned[1]} ...")
        elif re.search(r"#\s?SOLUTION$", bare):
            kept.append(f"{line[: len(line) - len(line.lstrip())]}...")
        else:
            kept.append(line)
    return "\n".join(kept)
