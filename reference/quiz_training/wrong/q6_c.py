"""Loss and cost: The cost is the loss after training."""

EXERCISE = "answers"
LOSES = ("q6",)
HINT = "Both can be computed at any moment, before training too."

answers = {"q1": "b", "q2": "c", "q3": "d", "q4": {"a", "c"}, "q5": "b", "q6": "c"}
