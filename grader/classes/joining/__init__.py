"""Several class folders of the same students become one grade each: `grader join`."""
