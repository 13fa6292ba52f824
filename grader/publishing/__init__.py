"""What staff hand out and start from: the list of assignments, the student package, a new assignment. No grading.

A package holds what students may see and no more. Only `practice.py` runs the reference, for values to practise with.
"""
