"""Why ReLU is fast: ReLU has no flat part at all."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "Look at the left of 0 once more."

answers = {"q1": "c", "q2": "c", "q3": "b", "q4": "a", "q5": "c", "q6": {"b", "d"}}
