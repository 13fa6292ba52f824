"""A site seen from another machine: `grader submit`, `grader pull`. What a site is inside is not known here, only its
API; nothing of it is imported."""
