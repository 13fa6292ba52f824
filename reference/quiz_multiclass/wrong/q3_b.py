"""A certain and wrong network: Close to 0."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "Close to 0 is the loss of a network that is right and sure of it."

answers = {"q1": "b", "q2": "c", "q3": "b", "q4": "d", "q5": "a", "q6": {"a", "c"}}
