"""Courses at their revisions: packed on the machine of whoever adds them, unpacked where they grade."""
