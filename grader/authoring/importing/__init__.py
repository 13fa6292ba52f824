"""Courses of other graders, brought over: `grader import`. Reads, never runs, what another grader's authors wrote.

A format is a module that turns notebooks into the pieces of `pieces.py`, and a row in `formats.py`; from there on
nothing knows where they came from.
"""
