"""What authors do with an assignment: begin it or bring it over, prove it, list it, hand it out. No student is graded.

A package holds what students may see and no more. For it the reference is run by `student_package.py` alone.
"""
