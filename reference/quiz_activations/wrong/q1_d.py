"""Why ReLU is fast: ReLU needs fewer weights."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "The number of weights depends on the widths of the layers, not on the activation."

answers = {"q1": "d", "q2": "c", "q3": "b", "q4": "a", "q5": "c", "q6": {"b", "d"}}
