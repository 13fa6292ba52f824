"""`grader push`: the grades of a class into a column of Canvas or Moodle, by the platform's own API."""
