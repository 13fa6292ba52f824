"""Capital letters, and lists where several options are right."""

EXERCISE = "answers"

answers = {"q1": "A", "q2": "C", "q3": "B", "q4": "A", "q5": "C", "q6": ["b", "d"]}
