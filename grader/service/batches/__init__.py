"""Classes that a command has graded by the workers of a site: handed over file by file, taken, and collected again."""
