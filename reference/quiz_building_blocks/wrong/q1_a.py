"""What one perceptron cannot: AND."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "A threshold that only the sum of all ones reaches is enough."

answers = {"q1": "a", "q2": "b", "q3": "a", "q4": "c", "q5": "b", "q6": "a", "q7": {"a", "d"}}
