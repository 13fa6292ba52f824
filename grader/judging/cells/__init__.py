"""Cells of the instructor's own as checks: asserts, doctests, plain functions. Trusted side only.

A cell runs in a room of its own, never in a student's, and meets plain data there; where that is, is `grading/`.
"""

from grader.judging.cells.foreseen import is_foreseen
from grader.judging.cells.question import CellRan, CellRun, CourseCell, Passes
from grader.judging.cells.unfit import Unfit, unfit

__all__ = ["CellRan", "CellRun", "CourseCell", "Passes", "Unfit", "is_foreseen", "unfit"]
