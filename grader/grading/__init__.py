"""One submission: the answer key, rooms, each exercise's examination, the report. Nothing here draws or stores."""
