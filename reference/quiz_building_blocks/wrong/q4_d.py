"""Which initialisation for ReLU: n."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = "The more inputs, the smaller each weight should be."

answers = {"q1": "d", "q2": "b", "q3": "a", "q4": "d", "q5": "b", "q6": "a", "q7": {"a", "d"}}
