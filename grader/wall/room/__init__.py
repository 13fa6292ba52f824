"""The inside of a room: the only code of ours that shares a process with student code.

Nothing secret may ever be here. Modules in this package import the standard library, NumPy, and the grader's errors,
values, frames and protocol; no other file of the grader exists where they run.
"""
