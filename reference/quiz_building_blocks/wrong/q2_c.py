"""A dead unit: They are drawn anew."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "Nothing in training does that."

answers = {"q1": "d", "q2": "c", "q3": "a", "q4": "c", "q5": "b", "q6": "a", "q7": {"a", "d"}}
