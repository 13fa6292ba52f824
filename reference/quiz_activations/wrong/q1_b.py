"""Why ReLU is fast: ReLU gives probabilities."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "ReLU has no upper end, so its values are no probabilities."

answers = {"q1": "b", "q2": "c", "q3": "b", "q4": "a", "q5": "c", "q6": {"b", "d"}}
