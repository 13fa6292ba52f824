"""A small learning platform that follows LTI 1.3, for tests. It knows nothing of the grader, and no test is in it."""
