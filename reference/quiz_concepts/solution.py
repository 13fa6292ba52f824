"""The right answers to the quiz. Graded like a submission; never enters a room."""

answers = {"q1": "c", "q2": "a", "q3": "b", "q4": {"b", "d"}, "q5": "d", "q6": "c"}
