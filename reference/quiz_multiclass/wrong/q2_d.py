"""Label 3: 1 - a_3."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "That would fall with a_3 too, but the loss of softmax is a logarithm."

answers = {"q1": "b", "q2": "d", "q3": "a", "q4": "d", "q5": "a", "q6": {"a", "c"}}
