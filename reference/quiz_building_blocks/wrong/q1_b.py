"""What one perceptron cannot: OR."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "A threshold that a single one reaches is enough."

answers = {"q1": "b", "q2": "b", "q3": "a", "q4": "c", "q5": "b", "q6": "a", "q7": {"a", "d"}}
