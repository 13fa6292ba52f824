"""The commands `grade` and `grader`: options, exit codes, one notebook by hand. Grading itself is below."""
