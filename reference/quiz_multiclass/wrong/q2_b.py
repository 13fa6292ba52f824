"""Label 3: log a_3."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "Look at the sign: a probability below 1 has a negative logarithm, and a loss is not negative."

answers = {"q1": "b", "q2": "b", "q3": "a", "q4": "d", "q5": "a", "q6": {"a", "c"}}
