"""Assignment, exercise and check as data, and the folder they are read from."""
