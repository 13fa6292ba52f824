"""The right answers to the quiz. Graded like a submission; never enters a room."""

answers = {"q1": "a", "q2": "c", "q3": "b", "q4": "a", "q5": "c", "q6": {"b", "d"}}
