"""The right answers to the quiz. Graded like a submission; never enters a room."""

answers = {"q1": "b", "q2": "c", "q3": "a", "q4": "d", "q5": "a", "q6": {"a", "c"}}
