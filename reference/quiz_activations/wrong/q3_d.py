"""A yes-or-no output: Step."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "A step is flat everywhere, so gradient descent gets no direction from it."

answers = {"q1": "a", "q2": "c", "q3": "d", "q4": "a", "q5": "c", "q6": {"b", "d"}}
