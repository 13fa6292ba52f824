"""What staff hand out and start from: the list of assignments, the student package, a new assignment. No grading.

Nothing here reads `reference/`; a package holds what students may see and no more.
"""
