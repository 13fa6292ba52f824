"""Capital letters, and lists where several options are right."""

EXERCISE = "answers"

answers = {"q1": "B", "q2": "C", "q3": "A", "q4": "D", "q5": "A", "q6": ["a", "c"]}
