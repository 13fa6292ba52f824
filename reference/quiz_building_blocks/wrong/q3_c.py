"""All weights zero: The biases cannot be learned."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "The biases learn; the units just do not become different."

answers = {"q1": "d", "q2": "b", "q3": "c", "q4": "c", "q5": "b", "q6": "a", "q7": {"a", "d"}}
